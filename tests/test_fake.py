"""FakeXRay: accounts, Regions, limits, reset, and clear errors for what it cannot be."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from fake_xray import FakeXRay


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


def test_clients_of_one_account_and_region_share_their_state(document):
    fake = FakeXRay()
    fake.client().put_resource_policy(PolicyName="p", PolicyDocument=document)
    assert names(fake.client(region_name="us-east-1", account_id="123456789012")) == ["p"]


def test_accounts_and_regions_are_apart(document):
    fake = FakeXRay(account_id="111122223333", region_name="eu-west-1")
    fake.client().put_resource_policy(PolicyName="p", PolicyDocument=document)
    assert names(fake.client(account_id="111122223333", region_name="eu-west-1")) == ["p"]
    assert names(fake.client(account_id="444455556666")) == []
    assert names(fake.client(region_name="us-east-1")) == []
    assert names(FakeXRay().client()) == []


def test_the_policy_limit_can_be_chosen(document):
    client = FakeXRay(policy_limit=1).client()
    client.put_resource_policy(PolicyName="a", PolicyDocument=document)
    with pytest.raises(client.exceptions.PolicyCountLimitExceededException, match="limit of 1 "):
        client.put_resource_policy(PolicyName="b", PolicyDocument=document)
    assert names(client) == ["a"]


def test_reset_empties_every_account_and_region(document):
    fake = FakeXRay()
    clients = [fake.client(), fake.client(region_name="eu-west-1"), fake.client(account_id="111122223333")]
    for client in clients:
        client.put_resource_policy(PolicyName="p", PolicyDocument=document)
    fake.reset()
    assert [names(client) for client in clients] == [[], [], []]


def test_request_ids_count_so_that_runs_repeat():
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
        ({"policy_limit": -1}, ValueError, "policy_limit must be from 0 to 18446744073709551615, not -1"),
        ({"policy_limit": "5"}, TypeError, "policy_limit must be an int, not '5'"),
        ({"policy_limit": 2**64}, ValueError, "policy_limit"),
        ({"policy_limits": 5}, TypeError, "policy_limits"),
        ({"record_calls": 1}, TypeError, "record_calls must be a bool, not 1"),
    ],
)
def test_what_a_fake_cannot_be_is_refused_by_name_and_value(arguments, error, text):
    with pytest.raises(error) as caught:
        FakeXRay(**arguments)
    assert text in str(caught.value)


@pytest.mark.parametrize("arguments", [{"account_id": "1"}, {"region_name": "?"}])
def test_where_a_client_cannot_work_is_refused_by_name(arguments):
    with pytest.raises(ValueError, match=next(iter(arguments))):
        FakeXRay().client(**arguments)


def test_a_fake_shows_what_it_is_like():
    assert repr(FakeXRay()) == "FakeXRay(account_id='123456789012', region_name='us-east-1', policy_limit=5)"


def test_threads_share_a_fake_without_losing_a_put(document):
    client = FakeXRay().client()

    def put(_):
        answer = client.put_resource_policy(PolicyName="p", PolicyDocument=document)
        return int(answer["ResourcePolicy"]["PolicyRevisionId"])

    with ThreadPoolExecutor(8) as pool:
        revisions = list(pool.map(put, range(400)))
    assert sorted(revisions) == list(range(1, 401))


def test_a_client_that_nobody_holds_is_freed(document):
    client = FakeXRay().client()
    client.put_resource_policy(PolicyName="p", PolicyDocument=document)
    assert client.meta.region_name == "us-east-1"
    gone = weakref.ref(client)
    del client
    gc.collect()
    assert gone() is None
