"""FakeXRay.calls: the log of all calls of fake and real clients, with their outcomes."""

import gc
import weakref

import boto3
import pytest
from conftest import SNS_DOCUMENT

from fake_xray import FakeXRay, mock_xray


@pytest.fixture(params=[False, True], ids=["fake client", "real client"])
def fake_and_client(request):
    with mock_xray(real_clients=request.param) as fake:
        yield fake, boto3.client("xray")


def expect_error(call, *args, **kwargs):
    with pytest.raises(Exception):  # noqa: B017, PT011 - any exception is accepted
        call(*args, **kwargs)


def test_calls_are_logged_with_their_outcomes(fake_and_client):
    fake, client = fake_and_client
    client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT, BypassPolicyLockoutCheck=False)
    expect_error(client.put_resource_policy, PolicyName="p", PolicyDocument="{")
    expect_error(client.put_resource_policy, PolicyName="p", PolicyDocument=None)
    client.list_resource_policies()
    expect_error(client.delete_resource_policy, PolicyName="/")
    expect_error(client.batch_get_traces, TraceIds=[])
    assert [(call.operation, call.parameters, call.error_code) for call in fake.calls] == [
        (
            "PutResourcePolicy",
            {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": False},
            None,
        ),
        ("PutResourcePolicy", {"PolicyName": "p", "PolicyDocument": "{"}, "MalformedPolicyDocumentException"),
        ("PutResourcePolicy", {"PolicyName": "p", "PolicyDocument": None}, "ParamValidationError"),
        ("ListResourcePolicies", {}, None),
        ("DeleteResourcePolicy", {"PolicyName": "/"}, "ValidationException"),
        ("BatchGetTraces", {"TraceIds": []}, "NotImplementedError"),
    ]
    assert {(call.account_id, call.region_name) for call in fake.calls} == {("123456789012", "us-east-1")}


def test_calls_for_operation_returns_the_calls_of_one_operation(fake_and_client):
    fake, client = fake_and_client
    client.list_resource_policies()
    expect_error(client.delete_resource_policy, PolicyName="missing")
    client.list_resource_policies()
    (deleted,) = fake.calls.for_operation("DeleteResourcePolicy")
    assert deleted.parameters == {"PolicyName": "missing"}
    assert len(fake.calls.for_operation("ListResourcePolicies")) == 2
    assert not fake.calls.for_operation("PutResourcePolicy")
    assert not fake.calls.for_operation("GetGroups")
    assert fake.calls.for_operation("delete_resource_policy") == [deleted]
    with pytest.raises(ValueError, match=r"not 'PutResourcePolcy'; did you mean 'PutResourcePolicy'\?"):
        fake.calls.for_operation("PutResourcePolcy")
    with pytest.raises(ValueError, match=r"not '\*'"):
        fake.calls.for_operation("*")


def test_calls_last_is_the_most_recent_call(fake_and_client):
    fake, client = fake_and_client
    with pytest.raises(IndexError, match="there are no calls"):
        fake.calls.last  # noqa: B018 - the property raises
    client.list_resource_policies()
    expect_error(client.delete_resource_policy, PolicyName="missing")
    assert fake.calls.last == fake.calls[-1]
    assert fake.calls.last.operation == "DeleteResourcePolicy"
    assert fake.calls.for_operation("ListResourcePolicies").last == fake.calls[0]


def test_calls_clear_empties_the_log_but_keeps_the_state_and_injected_errors(fake_and_client):
    fake, client = fake_and_client
    client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    fake.inject_error("DeleteResourcePolicy", "AccessDeniedException")
    calls = fake.calls
    calls.clear()
    assert len(calls) == len(fake.calls) == 0
    assert len(client.list_resource_policies()["ResourcePolicies"]) == 1
    expect_error(client.delete_resource_policy, PolicyName="p")
    assert [call.error_code for call in fake.calls] == [None, "AccessDeniedException"]


def test_calls_clear_raises_for_a_slice_or_a_selection_of_the_log(fake_and_client):
    fake, client = fake_and_client
    client.list_resource_policies()
    for part in (fake.calls[:], fake.calls.for_operation("ListResourcePolicies")):
        with pytest.raises(RuntimeError, match=r"use fake\.calls\.clear\(\)"):
            part.clear()
    assert len(fake.calls) == 1


def test_calls_of_an_untracked_client_are_not_logged(fake_and_client):
    fake, client = fake_and_client
    untracked = fake.client(tracked=False)
    untracked.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    expect_error(untracked.put_resource_policy, PolicyName=1)
    expect_error(untracked.delete_resource_policy, PolicyName="missing")
    expect_error(untracked.batch_get_traces, TraceIds=[])
    expect_error(untracked.batch_get_traces, Unknown=1)
    assert [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]] == ["p"]
    assert [call.operation for call in fake.calls] == ["ListResourcePolicies"]


def test_a_logged_call_has_the_account_and_region_of_its_client():
    fake = FakeXRay()
    fake.client(account_id="111122223333", region_name="eu-west-1").list_resource_policies()
    (call,) = fake.calls
    assert (call.account_id, call.region_name) == ("111122223333", "eu-west-1")


def test_changing_an_argument_after_the_call_does_not_change_the_logged_parameters():
    fake = FakeXRay()
    document = {"Statement": []}
    parameters = {"PolicyName": "p", "PolicyDocument": document}
    expect_error(fake.client().put_resource_policy, **parameters)
    document["Statement"].append("more")
    parameters["PolicyName"] = "q"
    expected = {"PolicyName": "p", "PolicyDocument": {"Statement": []}}
    assert fake.calls[0].parameters == expected
    fake.calls[0].parameters["PolicyDocument"]["Statement"].append("more")
    fake.calls[0].parameters.clear()
    assert fake.calls[0].parameters == expected


def test_parameters_that_cannot_be_copied_are_logged_without_a_copy():
    fake = FakeXRay()
    generator = (number for number in ())
    expect_error(fake.client().put_resource_policy, PolicyName=generator)
    assert fake.calls[0].parameters == {"PolicyName": generator}


def test_a_call_with_positional_arguments_is_logged_as_a_type_error():
    fake = FakeXRay()
    expect_error(fake.client().delete_resource_policy, "p", PolicyName="p")
    assert [(call.parameters, call.error_code) for call in fake.calls] == [({"PolicyName": "p"}, "TypeError")]


def test_calls_have_a_readable_repr():
    fake = FakeXRay()
    fake.client().put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    expect_error(fake.client().delete_resource_policy, PolicyName="missing")
    first, second = map(repr, fake.calls)
    assert first.startswith("<Call PutResourcePolicy(PolicyName='p', PolicyDocument='{\"Version\": ")
    assert "..." in first
    assert first.endswith(") in 123456789012 us-east-1>")
    assert second == (
        "<Call DeleteResourcePolicy(PolicyName='missing') in 123456789012 us-east-1 -> InvalidRequestException>"
    )
    assert repr(fake.calls) == f"<Calls [{first}, {second}]>"


def test_fake_calls_is_a_sequence_that_later_calls_do_not_change():
    fake = FakeXRay()
    client = fake.client()
    client.list_resource_policies()
    before = fake.calls
    client.list_resource_policies()
    assert (len(before), len(fake.calls)) == (1, 2)
    assert fake.calls[:1] == before
    assert fake.calls[-1] == before[0]
    assert fake.calls == list(fake.calls)
    assert before != fake.calls


def test_reset_empties_the_call_log():
    fake = FakeXRay()
    fake.client().list_resource_policies()
    fake.reset()
    assert len(fake.calls) == 0


def test_record_calls_false_turns_off_the_call_log():
    fake = FakeXRay(record_calls=False)
    client = fake.client()
    client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    expect_error(client.put_resource_policy, PolicyName=1)
    expect_error(client.batch_get_traces, TraceIds=[])
    with pytest.raises(RuntimeError, match=r"call recording is off for this FakeXRay \(record_calls=False\)"):
        fake.calls  # noqa: B018 - the property raises
    fake.reset()
    assert client.list_resource_policies()["ResourcePolicies"] == []


def test_a_reference_cycle_through_the_log_is_freed():
    class Parameter:
        pass

    parameter = Parameter()
    fake = FakeXRay()
    parameter.fake, parameter.client = fake, fake.client()
    # The parameter cannot be copied, so the log contains the parameter itself.
    parameter.__deepcopy__ = None
    expect_error(parameter.client.put_resource_policy, PolicyName=parameter)
    assert fake.calls[0].parameters["PolicyName"] is parameter
    reference = weakref.ref(parameter)
    del parameter, fake
    gc.collect()
    assert reference() is None
