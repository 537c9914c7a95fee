"""Encryption, indexing rules and the trace segment destination, used through clients."""

import json
import time
from datetime import datetime, timezone
from unittest import mock

import boto3
import pytest
from botocore.exceptions import ClientError, ParamValidationError
from botocore.session import Session

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="its threads would share one fake")

NOW = 1_790_149_691.25
needs_transaction_search = pytest.mark.skipif(
    "GetIndexingRules" not in Session().get_service_model("xray").operation_names,
    reason="this botocore is older than Transaction Search",
)
OPERATIONS = {
    "get_encryption_config",
    "put_encryption_config",
    "get_indexing_rules",
    "update_indexing_rule",
    "get_trace_segment_destination",
    "update_trace_segment_destination",
}


@pytest.fixture
def fake():
    return FakeXRay()


@pytest.fixture
def client(fake):
    return fake.client()


def without_metadata(response):
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def percentage(value):
    return {"Probabilistic": {"DesiredSamplingPercentage": value}}


def code_and_message(caught):
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def wait_until_active(get_status, pause):
    """Poll until the status is ACTIVE, as applications do."""
    for _ in range(10):
        if get_status() == "ACTIVE":
            return
        pause(2)
    pytest.fail("the status did not become ACTIVE")


class Clock:
    def __init__(self):
        self.now = NOW

    def sleep(self, seconds):
        self.now += seconds

    def time(self):
        return self.now


def test_a_new_account_has_the_default_settings(client):
    assert without_metadata(client.get_encryption_config()) == {
        "EncryptionConfig": {"Status": "ACTIVE", "Type": "NONE"}
    }
    assert without_metadata(client.get_trace_segment_destination()) == {"Destination": "XRay", "Status": "ACTIVE"}
    (rule,) = client.get_indexing_rules()["IndexingRules"]
    assert rule.pop("ModifiedAt") < datetime.now(timezone.utc)
    assert rule == {"Name": "Default", "Rule": percentage(1.0)}


@needs_transaction_search
def test_a_real_client_gets_the_same_default_settings_without_the_member_that_the_api_model_lacks(client):
    bodies = []
    with mock_xray(real_clients=True):
        real_client = boto3.client("xray", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")
        real_client.meta.events.register(
            "before-parse", lambda response_dict, **_: bodies.append(response_dict["body"])
        )
        for method in ("get_encryption_config", "get_trace_segment_destination", "get_indexing_rules"):
            from_fake, from_real = (without_metadata(getattr(each, method)()) for each in (client, real_client))
            assert from_fake == from_real
    destination = json.loads(bodies[1])
    assert "CompositeConfiguration" in destination
    assert destination["CompositeConfiguration"] is None


def test_changed_account_settings_are_active_at_the_next_read(client):
    assert client.update_trace_segment_destination(Destination="CloudWatchLogs")["Status"] == "PENDING"
    assert client.get_trace_segment_destination()["Status"] == "ACTIVE"
    assert client.put_encryption_config(Type="KMS", KeyId="k")["EncryptionConfig"]["Status"] == "UPDATING"
    assert client.get_encryption_config()["EncryptionConfig"] == {
        "KeyId": "arn:aws:kms:us-east-1:123456789012:key/k",
        "Status": "ACTIVE",
        "Type": "KMS",
    }


def test_changed_account_settings_become_active_after_the_activation_delay():
    clock = Clock()
    client = FakeXRay(activation_delay=5).client()
    with mock.patch("time.time", clock.time):
        client.update_trace_segment_destination(Destination="CloudWatchLogs")
        client.put_encryption_config(Type="KMS", KeyId="alias/aws/xray")
        with pytest.raises(client.exceptions.InvalidRequestException) as caught:
            client.update_trace_segment_destination(Destination="XRay")
        assert code_and_message(caught)[1] == "Updates are not allowed while the current status is PENDING"
        wait_until_active(lambda: client.get_trace_segment_destination()["Status"], clock.sleep)
        assert clock.now == NOW + 6
        assert client.get_encryption_config()["EncryptionConfig"]["Status"] == "ACTIVE"
        client.update_trace_segment_destination(Destination="XRay")


def test_updating_the_destination_to_its_current_value_raises_invalid_request_exception(client):
    with pytest.raises(client.exceptions.InvalidRequestException) as caught:
        client.update_trace_segment_destination(Destination="XRay")
    assert code_and_message(caught)[1] == "The destination is already set to XRay"


@pytest.mark.parametrize(
    "real", [False, pytest.param(True, marks=needs_transaction_search)], ids=["fake client", "real client"]
)
def test_updating_the_destination_without_a_logs_policy_raises_access_denied_exception(real):
    with mock_xray(FakeXRay(logs_policy=False), real_clients=real):
        client = boto3.client("xray", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")
        with pytest.raises(ClientError) as caught:
            client.update_trace_segment_destination(Destination="CloudWatchLogs")
        assert type(caught.value) is ClientError
        assert code_and_message(caught) == (
            "AccessDeniedException",
            "XRay does not have permission to call PutLogEvents on the aws/spans Log Group. Please verify that your "
            "CloudWatch Logs Resource Policies are configured correctly",
        )
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
        assert client.get_trace_segment_destination()["Destination"] == "XRay"


@pytest.mark.fake_xray(logs_policy=False, activation_delay=1.5)
def test_the_marker_accepts_logs_policy_and_activation_delay(fake_xray):
    with pytest.raises(ClientError, match="AccessDeniedException"):
        boto3.client("xray").update_trace_segment_destination(Destination="CloudWatchLogs")


def test_updated_indexing_rule_has_the_time_of_the_update(client):
    with mock.patch("time.time", return_value=NOW):
        updated = client.update_indexing_rule(Name="Default", Rule=percentage(12.5))["IndexingRule"]
    assert updated["ModifiedAt"].timestamp() == int(NOW)
    assert updated["Rule"] == percentage(12.5)
    assert client.get_indexing_rules()["IndexingRules"] == [updated]


def test_error_for_an_unknown_indexing_rule_contains_its_name(client):
    with pytest.raises(client.exceptions.ResourceNotFoundException) as caught:
        client.update_indexing_rule(Name="mine", Rule=percentage(1))
    assert caught.value.response["ResourceName"] == "mine"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


@needs_transaction_search
def test_the_fake_rejects_invalid_settings_that_botocore_accepts(client):
    for method, kwargs, code in (
        ("update_trace_segment_destination", {"Destination": "Foo"}, "ValidationException"),
        ("update_trace_segment_destination", {}, "InvalidRequestException"),
        ("update_indexing_rule", {"Name": "Default", "Rule": percentage(101)}, "InvalidRequestException"),
        ("update_indexing_rule", {"Name": "Default", "Rule": percentage(float("nan"))}, "InvalidRequestException"),
        ("update_indexing_rule", {"Name": "", "Rule": percentage(1)}, "ResourceNotFoundException"),
        ("put_encryption_config", {"Type": "FOO"}, "ValidationException"),
        ("put_encryption_config", {"Type": "KMS"}, "InvalidRequestException"),
        ("put_encryption_config", {"Type": "NONE", "KeyId": "k"}, "InvalidRequestException"),
        ("get_indexing_rules", {"NextToken": "x"}, "InvalidRequestException"),
    ):
        with pytest.raises(ClientError) as caught:
            getattr(client, method)(**kwargs)
        assert code_and_message(caught)[0] == code, (method, kwargs)


@needs_transaction_search
def test_missing_and_empty_settings_raise_param_validation_error(fake, client):
    for method, kwargs in (
        ("update_indexing_rule", {"Name": "Default", "Rule": {}}),
        ("update_indexing_rule", {"Name": "Default", "Rule": {"Probabilistic": {}}}),
        ("put_encryption_config", {"Type": "KMS", "KeyId": ""}),
        ("put_encryption_config", {}),
    ):
        with pytest.raises(ParamValidationError):
            getattr(client, method)(**kwargs)
    assert {call.error_code for call in fake.calls} == {"ParamValidationError"}


def test_account_settings_are_separate_per_region_and_reset_restores_the_defaults(fake, client):
    client.update_trace_segment_destination(Destination="CloudWatchLogs")
    client.put_encryption_config(Type="KMS", KeyId="k")
    client.update_indexing_rule(Name="Default", Rule=percentage(7))
    client_in_other_region, client_of_new_fake = fake.client(region_name="us-west-2"), FakeXRay().client()
    for reset in (False, True):
        if reset:
            fake.reset()
        for method in ("get_encryption_config", "get_trace_segment_destination", "get_indexing_rules"):
            default = without_metadata(getattr(client_of_new_fake, method)())
            assert without_metadata(getattr(client_in_other_region, method)()) == default
            assert (without_metadata(getattr(client, method)()) == default) == reset


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"activation_delay": -1}, ValueError, "activation_delay must be from 0 to 1000000000 seconds, not -1"),
        ({"activation_delay": float("nan")}, ValueError, "activation_delay must be from 0 to"),
        ({"activation_delay": "1"}, TypeError, "activation_delay must be a number of seconds, not '1'"),
        ({"activation_delay": True}, TypeError, "activation_delay must be a number of seconds, not True"),
        ({"logs_policy": 0}, TypeError, "logs_policy must be a bool, not 0"),
    ],
)
def test_the_error_for_an_invalid_option_names_the_option(options, error, message):
    with pytest.raises(error, match=message):
        FakeXRay(**options)


def test_activation_delay_passes_in_real_time():
    client = FakeXRay(activation_delay=0.2).client()
    client.update_trace_segment_destination(Destination="CloudWatchLogs")
    assert client.get_trace_segment_destination()["Status"] == "PENDING"
    wait_until_active(lambda: client.get_trace_segment_destination()["Status"], lambda _: time.sleep(0.1))


def test_operations_on_account_settings_are_methods_of_the_client(client):
    assert set(dir(client)) >= OPERATIONS
