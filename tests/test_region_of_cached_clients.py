"""A client that was created without a Region uses the Region of the active fake, even if the fake changes."""

import boto3
import botocore.session
import pytest
from conftest import SNS_DOCUMENT

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")

FAKE_AND_REAL = pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])


@pytest.fixture(autouse=True)
def no_default_session(monkeypatch):
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


def regions(fake):
    return [call.region_name for call in fake.calls]


@FAKE_AND_REAL
class TestCachedClient:
    def test_a_client_without_a_region_uses_the_region_of_each_active_fake(self, real_clients):
        with mock_xray(FakeXRay(region_name="eu-west-1"), real_clients=real_clients) as fake:
            client = boto3.client("xray")
            client.list_resource_policies()
            assert client.meta.region_name == "eu-west-1"
            assert regions(fake) == ["eu-west-1"]
        for region_name in ("us-west-2", "cn-north-1", "us-west-2"):
            with mock_xray(FakeXRay(region_name=region_name)) as fake:
                assert client.meta.region_name == region_name
                client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
                assert len(fake.client().list_resource_policies()["ResourcePolicies"]) == 1
                assert regions(fake) == [region_name] * 2
        assert client.meta.region_name == "eu-west-1"

    def test_a_client_without_a_region_uses_the_outer_fake_again_after_a_nested_block(self, real_clients):
        with mock_xray(FakeXRay(region_name="eu-west-1"), real_clients=real_clients) as outer:
            client = boto3.client("xray")
            with mock_xray(FakeXRay(region_name="us-west-2")) as inner:
                client.list_resource_policies()
            client.list_resource_policies()
        assert (regions(outer), regions(inner)) == (["eu-west-1"], ["us-west-2"])

    def test_a_client_without_a_region_uses_the_region_of_the_environment_if_the_fake_does(
        self, real_clients, monkeypatch
    ):
        with mock_xray(real_clients=real_clients):
            client = boto3.Session().client("xray")
            assert client.meta.region_name == "us-east-1"
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        with mock_xray() as fake:
            assert client.meta.region_name == fake.client().meta.region_name == "eu-central-1"
            client.list_resource_policies()
            client.list_resource_policies()
        assert regions(fake) == ["eu-central-1"] * 2

    def test_a_client_without_a_region_does_not_keep_the_region_of_the_environment(self, real_clients, monkeypatch):
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        with mock_xray(real_clients=real_clients):
            client = boto3.Session().client("xray")
            assert client.meta.region_name == "eu-central-1"
        monkeypatch.delenv("AWS_DEFAULT_REGION")
        with mock_xray():
            assert client.meta.region_name == "us-east-1"

    @pytest.mark.parametrize(
        "create_client",
        [
            lambda: boto3.client("xray", "sa-east-1"),
            lambda: boto3.Session(region_name="sa-east-1").client("xray"),
            lambda: boto3.client("xray", config=botocore.client.Config(region_name="sa-east-1")),
        ],
        ids=["argument", "session", "config"],
    )
    def test_a_client_keeps_an_explicit_region_when_the_active_fake_changes(self, real_clients, create_client):
        with mock_xray(FakeXRay(region_name="eu-west-1"), real_clients=real_clients):
            client = create_client()
        with mock_xray(FakeXRay(region_name="us-west-2")) as fake:
            assert client.meta.region_name == "sa-east-1"
            client.list_resource_policies()
        assert regions(fake) == ["sa-east-1"]

    def test_a_client_keeps_the_region_of_an_explicit_profile_when_the_active_fake_changes(
        self, real_clients, monkeypatch, tmp_path
    ):
        config = tmp_path / "config"
        config.write_text("[profile paris]\nregion = eu-west-3\n")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        with mock_xray(real_clients=real_clients):
            client = boto3.Session(profile_name="paris").client("xray")
            assert client.meta.region_name == "eu-west-3"
        with mock_xray():
            assert client.meta.region_name == "eu-west-3"

    def test_a_client_keeps_its_event_system_when_its_region_changes(self, real_clients):
        with mock_xray(FakeXRay(region_name="eu-west-1"), real_clients=real_clients):
            client = boto3.client("xray")
            events = client.meta.events
        with mock_xray(FakeXRay(region_name="us-west-2")):
            assert client.meta.events is events
            assert client.meta.config.region_name == "us-west-2"
            assert client.meta is client.meta


def test_a_new_session_uses_the_region_of_the_default_session(monkeypatch):
    boto3.setup_default_session(region_name="eu-west-2")
    with mock_xray() as fake:
        assert boto3.Session().client("xray").meta.region_name == fake.client().meta.region_name == "eu-west-2"


def test_a_call_that_continues_after_its_block_keeps_its_region(monkeypatch):
    block = mock_xray(FakeXRay(region_name="eu-west-1"), real_clients=True)
    fake = block.start()
    client = boto3.client("xray", config=botocore.client.Config(retries={"mode": "legacy"}))
    fake.inject_error("ListResourcePolicies", "ServiceUnavailable")
    # The block ends and another one begins while the client waits before its retry.
    other = mock_xray(FakeXRay(region_name="us-west-2"))

    def change_blocks(_):
        block.stop()
        other.start()

    monkeypatch.setattr(botocore.endpoint.time, "sleep", change_blocks)
    client.list_resource_policies()
    other.stop()
    assert regions(fake) == ["eu-west-1", "eu-west-1"]
