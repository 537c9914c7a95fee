"""The lockout check rejects a policy that would deny PutResourcePolicy to its caller. Callers can bypass the check."""

import json

import pytest

from fake_xray import FakeXRay

ANN = "arn:aws:iam::123456789012:user/ann"
MESSAGE = "The new resource policy will not allow the caller of this request to call PutResourcePolicy in the future."


def deny(principal, **elements):
    statement = {"Effect": "Deny", "Principal": principal, "Action": "xray:PutResourcePolicy", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | elements]})


def put(client, document, **arguments):
    return client.put_resource_policy(PolicyName="p", PolicyDocument=document, **arguments)


def test_a_policy_that_locks_out_its_caller_is_rejected_and_a_note_names_the_statement():
    client = FakeXRay().client(caller_arn=ANN)
    with pytest.raises(client.exceptions.LockoutPreventionException) as caught:
        put(client, deny({"AWS": ANN}, Sid="NoAnn"), BypassPolicyLockoutCheck=False)
    assert caught.value.response["Error"] == {"Code": "LockoutPreventionException", "Message": MESSAGE}
    reason = f"statement 0 (NoAnn) denies xray:PutResourcePolicy to the caller, {ANN}"
    assert caught.value.__notes__ == [f"fake-xray: {reason}"]
    assert caught.value.response["ResponseMetadata"]["HTTPHeaders"]["x-fake-xray-reason"] == reason
    assert client.list_resource_policies()["ResourcePolicies"] == []


def test_the_lockout_check_can_be_bypassed():
    client = FakeXRay().client()
    policy = put(client, deny("*"), BypassPolicyLockoutCheck=True)["ResourcePolicy"]
    assert policy["PolicyRevisionId"] == "1"


def test_the_lockout_check_uses_the_caller_arn_and_the_account_of_the_client():
    fake = FakeXRay()
    put(fake.client(), deny({"AWS": ANN}))
    put(fake.client(caller_arn=ANN), deny({"AWS": "arn:aws:iam::123456789012:user/fake-xray"}))
    with pytest.raises(fake.client().exceptions.LockoutPreventionException):
        put(fake.client(), deny({"AWS": "arn:aws:iam::123456789012:user/fake-xray"}))
    other = fake.client(account_id="111122223333")
    put(other, deny({"AWS": "123456789012"}))
    with pytest.raises(other.exceptions.LockoutPreventionException):
        put(other, deny({"AWS": "arn:aws:iam::111122223333:user/fake-xray"}))


def test_a_deny_whose_condition_does_not_match_is_not_a_lockout():
    client = FakeXRay().client()
    put(client, deny("*", Condition={"Bool": {"aws:SecureTransport": "false"}}))
    with pytest.raises(client.exceptions.LockoutPreventionException):
        put(client, deny("*", Condition={"Bool": {"aws:SecureTransport": "true"}}))


def test_a_stale_revision_is_reported_before_a_lockout():
    client = FakeXRay().client()
    with pytest.raises(client.exceptions.InvalidPolicyRevisionIdException):
        put(client, deny("*"), PolicyRevisionId="7")


@pytest.mark.parametrize("caller", ["ann", "123456789012", "arn:aws:s3:::bucket", "sns.amazonaws.com", ""])
def test_a_caller_arn_must_be_the_arn_of_an_aws_principal(caller):
    with pytest.raises(ValueError, match="caller_arn must be the ARN of a user"):
        FakeXRay().client(caller_arn=caller)
