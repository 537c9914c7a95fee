"""FakeXRay: accounts, Regions, limits, stored policies, reset, the strict check, and errors for invalid arguments."""

import contextlib
import gc
import json
import unittest
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import boto3
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from fake_xray import FakeXRay, StoredPolicy, mock_xray


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


def test_clients_of_one_account_and_region_share_their_state(document):
    fake = FakeXRay()
    fake.client().put_resource_policy(PolicyName="p", PolicyDocument=document)
    assert names(fake.client(region_name="us-east-1", account_id="123456789012")) == ["p"]


def test_accounts_and_regions_have_separate_state(document):
    fake = FakeXRay(account_id="111122223333", region_name="eu-west-1")
    fake.client().put_resource_policy(PolicyName="p", PolicyDocument=document)
    assert names(fake.client(account_id="111122223333", region_name="eu-west-1")) == ["p"]
    assert names(fake.client(account_id="444455556666")) == []
    assert names(fake.client(region_name="us-east-1")) == []
    assert names(FakeXRay().client()) == []


def test_the_argument_policy_limit_sets_the_limit(document):
    client = FakeXRay(policy_limit=1).client()
    client.put_resource_policy(PolicyName="a", PolicyDocument=document)
    with pytest.raises(client.exceptions.PolicyCountLimitExceededException, match="limit of 1 "):
        client.put_resource_policy(PolicyName="b", PolicyDocument=document)
    assert names(client) == ["a"]


def test_reset_deletes_the_state_of_every_account_and_region(document):
    fake = FakeXRay()
    clients = [fake.client(), fake.client(region_name="eu-west-1"), fake.client(account_id="111122223333")]
    for client in clients:
        client.put_resource_policy(PolicyName="p", PolicyDocument=document)
    fake.reset()
    assert [names(client) for client in clients] == [[], [], []]


def test_request_ids_are_the_same_in_every_run():
    def ids():
        client = FakeXRay().client()
        return [client.list_resource_policies()["ResponseMetadata"]["RequestId"] for _ in range(3)]

    assert ids() == ids()
    assert len(set(ids())) == 3


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        (
            {"account_id": "12345"},
            ValueError,
            "account_id must be twelve digits, such as '123456789012', not '12345'",
        ),
        ({"account_id": "12345678901x"}, ValueError, "account_id"),
        ({"account_id": "١٢٣٤٥٦٧٨٩٠١٢"}, ValueError, "account_id"),
        ({"account_id": 123456789012}, TypeError, "account_id must be a str, not 123456789012"),
        ({"account_id": "\ud800"}, ValueError, "account_id must be Unicode text"),
        ({"region_name": ""}, ValueError, "region_name must be a Region's name, such as 'us-east-1', not ''"),
        ({"region_name": "us east"}, ValueError, "region_name"),
        ({"region_name": "-us"}, ValueError, "region_name"),
        ({"region_name": "x" * 64}, ValueError, "region_name"),
        ({"region_name": None}, TypeError, "region_name"),
        ({"policy_limit": -1}, ValueError, "policy_limit must be 0 or greater, not -1"),
        ({"policy_limit": "5"}, TypeError, "policy_limit must be an int, not '5'"),
        ({"policy_limit": 1.5}, TypeError, "policy_limit must be an int, not 1.5"),
        ({"caller_arn": "me"}, ValueError, "caller_arn must be the ARN of a user, a role, a session"),
        ({"caller_arn": 1}, TypeError, "caller_arn must be a str, not 1"),
        ({"policy_limits": 5}, TypeError, "policy_limits"),
        ({"record_calls": 1}, TypeError, "record_calls must be a bool, not 1"),
    ],
)
def test_an_invalid_argument_of_fakexray_is_reported_with_its_value(arguments, error, text):
    with pytest.raises(error) as caught:
        FakeXRay(**arguments)
    assert text in str(caught.value)
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize("method", ["client", "policies_in"])
@pytest.mark.parametrize("arguments", [{"account_id": "1"}, {"region_name": "?"}])
def test_an_invalid_account_or_region_is_reported(method, arguments):
    with pytest.raises(ValueError, match=next(iter(arguments))) as caught:
        getattr(FakeXRay(), method)(**arguments)
    assert not hasattr(caught.value, "__notes__")


def test_the_argument_tracked_must_be_a_bool():
    with pytest.raises(TypeError, match="tracked must be a bool, not 1"):
        FakeXRay().client(tracked=1)


def test_the_policy_limit_may_exceed_64_bits(document):
    FakeXRay(policy_limit=2**64).client().put_resource_policy(PolicyName="p", PolicyDocument=document)


DENY_FOR_DEPLOY_ROLE = json.dumps(
    {
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": {"AWS": "arn:aws:iam::123456789012:role/deploy"},
                "Action": "xray:PutResourcePolicy",
                "Resource": "*",
            }
        ]
    }
)


def test_caller_arn_of_the_fake_is_the_default_for_its_clients():
    fake = FakeXRay(caller_arn="arn:aws:iam::123456789012:role/deploy")
    with mock_xray(fake):
        for client in (fake.client(), boto3.client("xray")):
            with pytest.raises(client.exceptions.LockoutPreventionException):
                client.put_resource_policy(PolicyName="p", PolicyDocument=DENY_FOR_DEPLOY_ROLE)
    with mock_xray(fake, real_clients=True):
        client = boto3.client("xray")
        with pytest.raises(client.exceptions.LockoutPreventionException):
            client.put_resource_policy(PolicyName="p", PolicyDocument=DENY_FOR_DEPLOY_ROLE)
    other = fake.client(caller_arn="arn:aws:iam::123456789012:user/ann")
    other.put_resource_policy(PolicyName="p", PolicyDocument=DENY_FOR_DEPLOY_ROLE)
    assert names(fake.client()) == ["p"]


def test_a_cached_client_uses_the_caller_arn_of_the_active_fake():
    with mock_xray():
        cached = boto3.client("xray")
        rejected = pytest.raises(cached.exceptions.LockoutPreventionException)
        with mock_xray(FakeXRay(caller_arn="arn:aws:iam::123456789012:role/deploy")), rejected:
            cached.put_resource_policy(PolicyName="p", PolicyDocument=DENY_FOR_DEPLOY_ROLE)


def test_policies_is_a_read_only_mapping_of_the_stored_policies(document):
    fake = FakeXRay()
    client = fake.client()
    assert dict(fake.policies) == {}
    for name in ("b", "a", "b"):
        client.put_resource_policy(PolicyName=name, PolicyDocument=document)
    policies, before = fake.policies, len(fake.calls)
    listed = client.list_resource_policies()["ResourcePolicies"]
    assert list(policies) == ["b", "a"]
    for policy in listed:
        stored = policies[policy["PolicyName"]]
        assert isinstance(stored, StoredPolicy)
        assert (stored.name, stored.text) == (policy["PolicyName"], policy["PolicyDocument"])
        assert stored.revision == policy["PolicyRevisionId"]
        assert stored.updated_at == policy["LastUpdatedTime"]
        assert stored.updated_at.utcoffset() == timedelta(0)
        assert stored.document == json.loads(stored.text)
    assert policies["b"].document["Statement"][0]["Sid"] == "SNSAccess"
    with pytest.raises(TypeError):
        policies["c"] = policies["b"]
    with pytest.raises(AttributeError):
        policies["b"].text = "{}"
    client.delete_resource_policy(PolicyName="a")
    assert (list(policies), list(fake.policies)) == (["b", "a"], ["b"])
    # Reading `policies` is not a call: it affects neither the log nor the request ids.
    assert len(fake.calls) == before + 2
    request_ids = [client.list_resource_policies()["ResponseMetadata"]["RequestId"] for _ in fake.policies]
    assert request_ids[0].endswith("6")


def test_policies_in_returns_the_policies_of_one_account_and_region(document):
    fake = FakeXRay()
    fake.client(region_name="eu-west-1").put_resource_policy(PolicyName="p", PolicyDocument=document)
    fake.client(account_id="111122223333").put_resource_policy(PolicyName="q", PolicyDocument=document)
    assert list(fake.policies) == list(fake.policies_in()) == []
    assert list(fake.policies_in(region_name="eu-west-1")) == ["p"]
    assert list(fake.policies_in(account_id="111122223333")) == ["q"]
    assert list(fake.policies_in(account_id="111122223333", region_name="eu-west-1")) == []


def test_the_strict_check_reports_nothing_for_a_fake_without_errors():
    fake = FakeXRay()
    fake.client().list_resource_policies()
    assert fake._complaints() == []


def test_the_strict_check_reports_injected_errors_that_were_not_used_up():
    fake = FakeXRay()
    fake.inject_error("PutResourcePolicy", "ThrottledException")
    fake.inject_error("*", "InternalFailure", times=3)
    fake.inject_error("get_groups", ReadTimeoutError, times=2)
    fake.inject_error("list_resource_policies", "ThrottledException", times=None)
    with pytest.raises(ClientError):
        fake.client().list_resource_policies()
    assert fake._complaints() == [
        "inject_error('PutResourcePolicy', 'ThrottledException') was not used by any call",
        "inject_error('*', 'InternalFailure') was used by 1 call, but times=3 (times=None allows any number of calls)",
        "inject_error('GetGroups', ReadTimeoutError) was not used by any call (times=2)",
    ]
    assert fake._complaints() == []
    with pytest.raises(ClientError, match="ThrottledException"):
        fake.client().list_resource_policies()


def swallow(function, **arguments):
    try:
        function(**arguments)
    except Exception as error:
        return repr(error)
    return None


def expect(function, **arguments):
    with pytest.raises(NotImplementedError):
        function(**arguments)


@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_the_strict_check_reports_swallowed_errors_of_unsupported_operations(real):
    with mock_xray(real_clients=real) as fake:
        client = boto3.client("xray")
        for _ in range(20):
            assert "NotImplementedError" in swallow(client.batch_get_traces, TraceIds=[])
        (message,) = fake._complaints()
        assert message.startswith(
            "The application called BatchGetTraces, which fake-xray does not support, and swallowed"
        )
        assert fake._complaints() == []
        swallow(client.batch_get_traces, TraceIds=[])
        fake.reset()
        assert fake._complaints() == []


@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_the_strict_check_does_not_report_expected_errors_of_unsupported_operations(real):
    with mock_xray(real_clients=real) as fake:
        client = boto3.client("xray")
        expect(client.batch_get_traces, TraceIds=[])
        with pytest.raises(NotImplementedError):
            client.batch_get_traces(TraceIds=[])
        with pytest.raises(Exception) as caught, contextlib.nullcontext():  # noqa: PT011, PT012 - several lines
            number = 1
            client.batch_get_traces(TraceIds=[str(number)])
        assert "BatchGetTraces" in str(caught.value)
        pytest.raises(NotImplementedError, client.batch_get_traces, TraceIds=[])  # noqa: RUF061
        case = unittest.TestCase()
        with case.assertRaises(NotImplementedError):  # noqa: PT027
            client.batch_get_traces(TraceIds=[])
        case.assertRaises(NotImplementedError, client.batch_get_traces, TraceIds=[])  # noqa: PT027
        assert fake._complaints() == []


def test_the_strict_check_does_not_report_calls_of_untracked_clients():
    fake = FakeXRay()
    swallow(fake.client(tracked=False).batch_get_traces, TraceIds=[])
    assert fake._complaints() == []


def test_repr_of_a_fake_shows_its_account_region_and_policy_limit():
    assert repr(FakeXRay()) == "FakeXRay(account_id='123456789012', region_name='us-east-1', policy_limit=5)"


def test_threads_that_share_a_fake_lose_no_put(document):
    client = FakeXRay().client()

    def put(_):
        response = client.put_resource_policy(PolicyName="p", PolicyDocument=document)
        return int(response["ResourcePolicy"]["PolicyRevisionId"])

    with ThreadPoolExecutor(8) as pool:
        revisions = list(pool.map(put, range(400)))
    assert sorted(revisions) == list(range(1, 401))


def test_an_unreferenced_client_is_freed(document):
    client = FakeXRay().client()
    client.put_resource_policy(PolicyName="p", PolicyDocument=document)
    assert client.meta.region_name == "us-east-1"
    reference = weakref.ref(client)
    del client
    gc.collect()
    assert reference() is None
