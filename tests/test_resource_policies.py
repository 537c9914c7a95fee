"""Resource policies through a `FakeXRayClient`. The Rust tests cover each rule."""

import json
import time
from datetime import datetime, timezone

import pytest

from fake_xray import FakeXRay

pytestmark = pytest.mark.thread_unsafe(reason="its threads would share one fake")


@pytest.fixture
def client():
    return FakeXRay().client()


def put(client, document, name="p", **kwargs):
    return client.put_resource_policy(PolicyName=name, PolicyDocument=document, **kwargs)["ResourcePolicy"]


def listed(client):
    return client.list_resource_policies()["ResourcePolicies"]


def test_put_resource_policy_returns_the_stored_policy_with_its_revision(client, document):
    created = put(client, document, PolicyRevisionId="0")
    assert created["PolicyRevisionId"] == "1"
    assert created["PolicyDocument"] == json.dumps(json.loads(document), separators=(",", ":"))
    updated = put(client, document, PolicyRevisionId="1")
    assert updated["PolicyRevisionId"] == "2"
    assert listed(client) == [updated]


def test_the_error_for_a_stale_revision_can_be_caught_by_its_class(client, document):
    put(client, document)
    with pytest.raises(client.exceptions.InvalidPolicyRevisionIdException) as caught:
        put(client, document, PolicyRevisionId="7")
    assert caught.value.response["Message"] == "Another concurrent request has modified the resource policy p"


def test_a_malformed_policy_document_raises_an_error_with_a_null_message_and_a_reason(client):
    with pytest.raises(client.exceptions.MalformedPolicyDocumentException) as caught:
        put(client, "{}")
    error = caught.value
    assert error.response["Error"] == {"Code": "MalformedPolicyDocumentException", "Message": None}
    assert str(error).endswith("operation: None")
    (note,) = error.__notes__
    reason = error.response["ResponseMetadata"]["HTTPHeaders"]["x-fake-xray-reason"]
    assert note == f"fake-xray: {reason}"
    assert "Statement" in reason


def test_resource_policies_are_listed_in_order_of_creation(client, document):
    for name in ("c", "a", "b"):
        put(client, document, name)
    put(client, document, "c")
    assert [policy["PolicyName"] for policy in listed(client)] == ["c", "a", "b"]


def test_a_deleted_resource_policy_no_longer_exists(client, document):
    put(client, document)
    assert client.delete_resource_policy(PolicyName="p").keys() == {"ResponseMetadata"}
    assert listed(client) == []
    with pytest.raises(client.exceptions.InvalidRequestException, match=r"The resource policy p does not exist\."):
        client.delete_resource_policy(PolicyName="p")


def test_changing_a_response_does_not_change_the_stored_policies(client, document):
    response = put(client, document)
    response["PolicyName"] = "changed"
    listed(client)[0].clear()
    listed(client).clear()
    assert [policy["PolicyName"] for policy in listed(client)] == ["p"]


def test_changing_a_response_does_not_change_later_responses(client, document):
    put(client, document)["PolicyName"] = "changed"
    again = put(client, document)
    assert (again["PolicyName"], again["PolicyRevisionId"]) == ("p", "2")
    assert listed(client) == [again]


def test_responses_have_the_current_values_of_each_policy(client, document, monkeypatch):
    other = document.replace("xray:GetSamplingRules", "xray:PutTelemetryRecords")
    minute, later = 1_790_000_000, 1_790_000_060
    puts = [
        ("one", document, "1", minute),
        ("one", document, "2", minute),
        ("one", other, "3", minute),
        ("one", other, "4", later),
        ("two", other, "1", later),
        ("one", document, "5", minute),
    ]
    stored = {}
    for name, text, revision, now in puts:
        monkeypatch.setattr(time, "time", lambda now=now: float(now))
        response = put(client, text, name)
        stored[name] = {
            "PolicyName": name,
            "PolicyDocument": json.dumps(json.loads(text), separators=(",", ":")),
            "PolicyRevisionId": revision,
            "LastUpdatedTime": datetime.fromtimestamp(now, timezone.utc),
        }
        assert response == stored[name]
        assert listed(client) == list(stored.values())
    client.delete_resource_policy(PolicyName="one")
    assert listed(client) == [stored["two"]]


def test_a_policy_document_of_10_megabytes_exceeds_the_size_limit(client):
    document = json.dumps({"Statement": [], "Id": "x" * 10_000_000})
    with pytest.raises(client.exceptions.PolicySizeLimitExceededException, match="the limit is 5120"):
        put(client, document)
    assert listed(client) == []


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"Statement":' * 100_000, "\x00", "{" + " " * 100_000],
    ids=["nested arrays", "nested objects", "null character", "long white space"],
)
def test_deeply_nested_and_very_long_policy_documents_are_malformed(client, text):
    with pytest.raises(client.exceptions.MalformedPolicyDocumentException):
        put(client, text)
    assert listed(client) == []
