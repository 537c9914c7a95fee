"""mock_xray(real_clients=True) creates real botocore clients. The fake handles their HTTP requests in the process."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import boto3
import botocore.client
import botocore.endpoint
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import NoCredentialsError, ParamValidationError
from conftest import SNS_DOCUMENT

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")


@pytest.fixture
def fake():
    with mock_xray(real_clients=True) as fake:
        yield fake


def put(client, name="p", **arguments):
    return client.put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT, **arguments)


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


@pytest.mark.parametrize(
    "create",
    [
        lambda: boto3.client("xray"),
        lambda: boto3.Session(region_name="us-east-1").client("xray"),
        lambda: botocore.session.Session().create_client("xray"),
        lambda: botocore.session.Session().create_client("xray", "us-east-1"),
        lambda: boto3.client("xray", endpoint_url="http://localhost:2000"),
        lambda: boto3.client("xray", endpoint_url="https://proxy.example.com/base/"),
        lambda: boto3.client("xray", config=Config(use_fips_endpoint=True)),
        lambda: boto3.client("xray", config=Config(use_dualstack_endpoint=True)),
        lambda: boto3.client("xray", config=Config(parameter_validation=False)),
        lambda: boto3.client("xray", aws_access_key_id="k", aws_secret_access_key="s", aws_session_token="t"),
    ],
    ids=[
        "boto3",
        "boto3 session",
        "botocore session",
        "botocore session with Region",
        "http endpoint",
        "endpoint with path",
        "FIPS endpoint",
        "dual-stack endpoint",
        "without parameter validation",
        "with credentials",
    ],
)
def test_every_way_to_create_a_client_returns_a_real_client_that_works(fake, create):
    client = create()
    assert isinstance(client, botocore.client.BaseClient)
    put(client)
    assert names(client) == names(fake.client()) == ["p"]
    client.delete_resource_policy(PolicyName="p")
    assert names(fake.client()) == []


def test_a_real_client_without_a_region_uses_the_region_of_the_fake():
    with mock_xray(FakeXRay(region_name="eu-west-2"), real_clients=True) as fake:
        client = boto3.client("xray")
        assert client.meta.region_name == "eu-west-2"
        put(client)
        assert names(fake.client(region_name="eu-west-2")) == ["p"]


def test_a_real_client_emits_its_events(fake):
    client = boto3.client("xray")
    events = []
    for event in ("provide-client-params", "before-parameter-build", "before-call", "request-created", "before-sign"):
        client.meta.events.register(f"{event}.xray", lambda event_name, **_: events.append(event_name.split(".")[0]))
    client.meta.events.register(
        "before-send.xray", lambda request, **_: events.append(request.headers["Authorization"].split()[0].decode())
    )
    client.meta.events.register("after-call.xray", lambda parsed, **_: events.append(sorted(parsed)[0]))
    client.list_resource_policies()
    assert events == [
        "provide-client-params",
        "before-parameter-build",
        "before-call",
        "before-sign",
        "request-created",
        "AWS4-HMAC-SHA256",
        "ResourcePolicies",
    ]


def test_an_event_handler_can_change_the_request(fake):
    client = boto3.client("xray")
    client.meta.events.register(
        "provide-client-params.xray.PutResourcePolicy", lambda params, **_: {**params, "PolicyName": "changed"}
    )
    put(client)
    assert names(fake.client()) == ["changed"]


def test_a_real_client_raises_its_own_exception_classes_with_a_note_about_the_reason(fake):
    client = boto3.client("xray")
    with pytest.raises(client.exceptions.MalformedPolicyDocumentException) as caught:
        client.put_resource_policy(PolicyName="p", PolicyDocument="{}")
    assert type(caught.value).__module__ == "botocore.errorfactory"
    assert caught.value.response["Error"]["Message"] is None
    assert caught.value.__notes__ == ["fake-xray: Statement is missing"]


def test_an_error_raised_by_an_event_handler_is_not_changed(fake):
    def fail(**_):
        raise botocore.exceptions.ClientError({"Error": {"Code": "FromHandler"}}, "ListResourcePolicies")

    client = boto3.client("xray")
    client.meta.events.register("before-call.xray", fail)
    with pytest.raises(client.exceptions.ClientError, match="FromHandler") as caught:
        client.list_resource_policies()
    assert not hasattr(caught.value, "__notes__")


def test_the_fake_validates_parameters_if_the_client_does_not(fake):
    client = boto3.client("xray", config=Config(parameter_validation=False))
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.put_resource_policy(PolicyName=5, PolicyDocument=SNS_DOCUMENT)
    assert caught.value.response["Error"]["Code"] == "SerializationException"
    with pytest.raises(client.exceptions.ClientError, match="Value null at 'policyDocument'"):
        client.put_resource_policy(PolicyName="p")


def test_a_client_created_before_the_block_needs_no_credentials():
    client = botocore.session.Session().create_client("xray", region_name="us-east-1")
    with mock_xray() as fake:
        put(client)
        assert names(fake.client()) == ["p"]
    with pytest.raises(NoCredentialsError):
        client.list_resource_policies()


def test_a_client_keeps_no_handlers_after_the_block():
    client = botocore.session.Session().create_client("xray", region_name="us-east-1")
    before = client.meta.events.emit("before-send.xray.ListResourcePolicies", request=None)
    with mock_xray():
        put(client)
    assert client.meta.events.emit("before-send.xray.ListResourcePolicies", request=None) == before


def test_the_fake_handles_the_retry_of_a_call_after_its_block_has_ended(monkeypatch):
    client = botocore.session.Session().create_client(
        "xray", region_name="us-east-1", config=Config(retries={"mode": "legacy"})
    )
    block = mock_xray()
    fake = block.__enter__()
    fake.inject_error("ListResourcePolicies", "ServiceUnavailable")
    # The block ends while the client waits before its retry.
    monkeypatch.setattr(botocore.endpoint.time, "sleep", lambda _: block.__exit__(None, None, None))
    assert client.list_resource_policies()["ResponseMetadata"]["RetryAttempts"] == 1
    assert [call.error_code for call in fake.calls] == ["ServiceUnavailable", None]
    with pytest.raises(NoCredentialsError):
        client.list_resource_policies()


def test_a_call_inside_two_blocks_has_one_log_entry_and_one_note():
    client = botocore.session.Session().create_client("xray", region_name="us-east-1")
    with mock_xray():
        wrapped = botocore.client.BaseClient._make_api_call

        def wrapper(self, *args):
            return wrapped(self, *args)

        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", wrapper), mock_xray() as fake:
            with pytest.raises(ParamValidationError):
                client.put_resource_policy(PolicyName=1, PolicyDocument="{}")
            with pytest.raises(client.exceptions.MalformedPolicyDocumentException) as caught:
                client.put_resource_policy(PolicyName="p", PolicyDocument="{}")
    assert [call.error_code for call in fake.calls] == ["ParamValidationError", "MalformedPolicyDocumentException"]
    assert caught.value.__notes__ == ["fake-xray: Statement is missing"]


def test_a_call_that_interrupts_the_start_of_another_call_is_handled(fake, monkeypatch):
    first, other = boto3.client("xray"), boto3.client("xray")
    register = first.meta.events.register_first

    def interrupted(*args):
        # A signal handler can call the other client at this point.
        other.list_resource_policies()
        register(*args)

    monkeypatch.setattr(first.meta.events, "register_first", interrupted)
    first.list_resource_policies()
    assert {call.operation for call in fake.calls} == {"ListResourcePolicies"}


def test_a_call_that_interrupts_the_first_call_of_the_same_client_is_handled(fake, monkeypatch):
    client = boto3.client("xray")
    register = client.meta.events.register_first

    def interrupted(*args):
        monkeypatch.undo()
        put(client)
        register(*args)

    monkeypatch.setattr(client.meta.events, "register_first", interrupted)
    assert put(client)["ResourcePolicy"]["PolicyRevisionId"] == "2"
    assert len(fake.calls) == 2


def test_a_call_made_inside_another_call_is_logged_separately(fake):
    client = boto3.client("xray")
    parameters = {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT}
    inner_calls = []

    def call_again(**_):
        client.meta.events.unregister("before-parameter-build.xray", call_again)
        with mock_xray() as inner:
            client._make_api_call("PutResourcePolicy", parameters)
        inner_calls.extend(inner.calls)
        with contextlib.suppress(ParamValidationError):
            client._make_api_call("PutResourcePolicy", {})

    client.meta.events.register("before-parameter-build.xray", call_again)
    client._make_api_call("PutResourcePolicy", parameters)
    assert [call.error_code for call in inner_calls] == [None]
    assert [call.error_code for call in fake.calls] == ["ParamValidationError", None]


def test_a_call_that_continues_in_another_thread_sends_nothing():
    client = botocore.session.Session().create_client("xray", region_name="us-east-1")
    original = botocore.client.BaseClient._make_api_call

    def in_another_thread(self, *args):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(original, self, *args).result()

    with mock.patch.object(botocore.client.BaseClient, "_make_api_call", in_another_thread), mock_xray() as fake:
        put(client)
        assert names(fake.client()) == ["p"]


def test_fake_and_real_clients_report_the_same_reason_for_a_rejected_document(fake):
    notes = []
    for client in (boto3.client("xray"), fake.client()):
        with pytest.raises(client.exceptions.MalformedPolicyDocumentException) as caught:
            client.put_resource_policy(PolicyName="p", PolicyDocument='{"Stätement": []}')
        notes.append(caught.value.__notes__)
    assert notes[0] == notes[1] == ["fake-xray: unknown element 'Stätement'; did you mean 'Statement'?"]


def test_a_real_client_creates_presigned_urls(fake):
    url = boto3.client("xray").generate_presigned_url("list_resource_policies")
    assert url.startswith("https://xray.us-east-1.amazonaws.com/ListResourcePolicies?")


def test_other_services_are_not_affected(fake):
    with pytest.raises(botocore.exceptions.NoRegionError):
        boto3.Session().client("sqs")


@pytest.mark.fake_xray(real_clients=True, region_name="eu-west-3")
def test_the_marker_selects_real_clients(fake_xray):
    client = boto3.client("xray")
    assert isinstance(client, botocore.client.BaseClient)
    put(client)
    assert names(fake_xray.client()) == ["p"]


def test_the_decorator_selects_real_clients():
    @mock_xray(real_clients=True)
    def create():
        return boto3.client("xray")

    assert isinstance(create(), botocore.client.BaseClient)
