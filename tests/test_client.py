"""FakeXRayClient has the public attributes of a real botocore client, and no others."""

import pickle

import boto3
import pytest
from botocore import xform_name
from botocore.client import ClientMeta
from botocore.config import Config
from botocore.exceptions import ClientError, OperationNotPageableError
from botocore.stub import Stubber
from conftest import minimal, needs_current_model
from oracle import describe, outcome

import fake_xray
from fake_xray import FakeXRay, FakeXRayClient, _client, _core, mock_xray

SUPPORTED = {xform_name(operation) for operation in _core.OPERATIONS}


@pytest.fixture
def client():
    return FakeXRay().client()


@pytest.fixture
def real_client(oracle):
    return oracle.client


def public_names(client):
    return [name for name in dir(client) if not name.startswith("_")]


@needs_current_model
def test_a_fake_client_has_the_public_names_of_a_real_client(client, real_client):
    assert public_names(client) == public_names(real_client)


def test_meta_equals_the_meta_of_a_real_client(client, real_client):
    assert isinstance(client.meta, ClientMeta)
    assert client.meta is client.meta
    for name in ("region_name", "endpoint_url", "partition", "method_to_api_mapping"):
        assert getattr(client.meta, name) == getattr(real_client.meta, name)
    assert client.meta.service_model.service_name == "xray"
    assert client.meta.config.region_name == "us-east-1"
    assert isinstance(client.meta.events, type(real_client.meta.events))


@pytest.mark.parametrize(
    ("region", "partition", "url"),
    [
        ("eu-central-1", "aws", "https://xray.eu-central-1.amazonaws.com"),
        ("cn-north-1", "aws-cn", "https://xray.cn-north-1.amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "https://xray.us-gov-west-1.amazonaws.com"),
    ],
)
def test_meta_has_the_region_and_endpoint_of_the_client(region, partition, url):
    meta = FakeXRay().client(region_name=region).meta
    assert (meta.region_name, meta.partition, meta.endpoint_url) == (region, partition, url)


def test_each_client_has_a_separate_event_system():
    fake = FakeXRay()
    one, other = fake.client(), fake.client()
    with pytest.warns(UserWarning, match="emits no events"):
        one.meta.events.register("an-event", lambda **_: "handled")
    assert [result for _, result in one.meta.events.emit("an-event")] == ["handled"]
    assert other.meta.events.emit("an-event") == []


@pytest.mark.parametrize("register", ["register", "register_first", "register_last"])
def test_registering_an_event_handler_warns_once(client, register):
    called = []
    with pytest.warns(UserWarning, match=r"emits no events.*mock_xray\(real_clients=True\)") as caught:
        getattr(client.meta.events, register)("before-call.xray", lambda **_: called.append("handler"))
    assert [warning.filename for warning in caught] == [__file__]
    # The test suite turns warnings into errors, so a second warning fails this test.
    getattr(client.meta.events, register)("before-send.xray", lambda **_: called.append("handler"))
    client.list_resource_policies()
    assert called == []


def test_activating_a_stubber_on_a_fake_client_warns(client):
    stubber = Stubber(client)
    stubber.add_response("list_resource_policies", {"ResourcePolicies": [{"PolicyName": "stubbed"}]})
    with pytest.warns(UserWarning, match="event handlers and a Stubber have no effect"), stubber:
        assert client.list_resource_policies()["ResourcePolicies"] == []


@pytest.mark.filterwarnings("error")
def test_supported_client_features_do_not_warn(client):
    with mock_xray():
        patched = boto3.client("xray")
        boto3.Session().client("xray", config=Config(retries={"mode": "adaptive"})).list_resource_policies()
        for each in (client, patched):
            pages = each.get_paginator("list_resource_policies").paginate().build_full_result()
            assert pages == {"ResourcePolicies": []}
            assert each.generate_presigned_url("list_resource_policies")
            assert each.waiter_names == []


@pytest.mark.parametrize("arguments", [(), ("eu-west-1",), (None, "eu-west-1")])
def test_creating_a_client_without_a_fake_raises_type_error(arguments):
    with pytest.raises(TypeError, match=r"cannot be created directly; use FakeXRay\(\).client\(\)"):
        FakeXRayClient(*arguments)


def test_a_stubber_on_a_real_client_can_respond_to_an_unsupported_operation():
    with mock_xray(real_clients=True):
        real_client = boto3.client("xray")
        with Stubber(real_client) as stubber:
            stubber.add_response("batch_get_traces", {"Traces": [{"Id": "stubbed"}]})
            assert real_client.batch_get_traces(TraceIds=[])["Traces"] == [{"Id": "stubbed"}]


def test_meta_ignores_a_missing_profile(client, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "missing")
    assert FakeXRay().client(region_name="eu-west-3").meta.region_name == "eu-west-3"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_ENDPOINT_URL", "http://localhost:4566"),
        ("AWS_RETRY_MODE", "bogus"),
        ("AWS_DEFAULTS_MODE", "auto"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
    ],
)
def test_meta_does_not_depend_on_the_environment(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    _client._session.cache_clear()
    _client._real_client.cache_clear()
    meta = FakeXRay().client(region_name="eu-west-3").meta
    assert meta.endpoint_url == "https://xray.eu-west-3.amazonaws.com"
    assert meta.config.connect_timeout == 60


def test_client_exceptions_are_the_modelled_exceptions(client, real_client):
    modelled = [str(shape.name) for shape in real_client.meta.service_model.error_shapes]
    assert sorted(fake_xray.exceptions.__all__) == sorted(modelled)
    for name in modelled:
        from_fake = getattr(client.exceptions, name)
        from_real = getattr(real_client.exceptions, name)
        assert from_fake is getattr(fake_xray.exceptions, name)
        assert from_fake is client.exceptions.from_code(name)
        assert [cls.__name__ for cls in from_fake.__mro__] == [cls.__name__ for cls in from_real.__mro__]
    assert client.exceptions.ClientError is ClientError
    assert client.exceptions.from_code("AccessDenied") is ClientError


def test_an_unknown_exception_raises_the_attribute_error_of_botocore(client, real_client):
    from_fake, from_real = (outcome(getattr, (each.exceptions, "Misspelled"), {}) for each in (client, real_client))
    assert type(from_fake) is type(from_real) is AttributeError
    # The messages begin with the repr of the client, which is different for the two clients.
    assert str(from_fake).split(" has ", 1)[1] == str(from_real).split(" has ", 1)[1]
    assert ".XRayExceptions object at" in str(from_fake)


def test_an_exception_can_be_pickled(client):
    error = outcome(client.delete_resource_policy, (), {"PolicyName": "missing"})
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@needs_current_model
def test_an_unsupported_operation_validates_its_arguments_and_raises_not_implemented_error(client, real_client):
    operations = real_client.meta.method_to_api_mapping
    assert set(operations) > SUPPORTED
    for method in set(operations) - SUPPORTED:
        model = real_client.meta.service_model.operation_model(operations[method])
        with pytest.raises(NotImplementedError, match=rf"{operations[method]}\b.*nothing was sent"):
            getattr(client, method)(**minimal(model.input_shape))
        for args, kwargs in (((1,), {}), ((), {"Anything": 1})):
            from_fake, from_real = (outcome(getattr(each, method), args, kwargs) for each in (client, real_client))
            assert describe(from_fake) == describe(from_real)
        assert getattr(client, method).__name__ == method


@pytest.mark.parametrize("name", ["put_resource_polcy", "PutResourcePolicy", "_private", "__wrapped__"])
def test_a_misspelled_operation_raises_the_attribute_error_of_botocore(client, real_client, name):
    from_fake, from_real = (outcome(getattr, (each, name), {}) for each in (client, real_client))
    assert describe(from_fake) == describe(from_real)
    assert type(from_fake) is AttributeError


def test_list_resource_policies_has_a_paginator(client, document):
    assert client.can_paginate("list_resource_policies")
    for name in "ab":
        client.put_resource_policy(PolicyName=name, PolicyDocument=document)
    paginator = client.get_paginator("list_resource_policies")
    (page,) = paginator.paginate()
    assert [policy["PolicyName"] for policy in page["ResourcePolicies"]] == ["a", "b"]
    whole = paginator.paginate().build_full_result()
    assert whole["ResourcePolicies"] == page["ResourcePolicies"]
    assert list(paginator.paginate().search("ResourcePolicies[].PolicyName")) == ["a", "b"]
    limited = paginator.paginate(PaginationConfig={"MaxItems": 1}).build_full_result()
    assert [policy["PolicyName"] for policy in limited["ResourcePolicies"]] == ["a"]


def test_a_fake_client_has_the_paginators_of_a_real_client(client, real_client):
    for method in real_client.meta.method_to_api_mapping:
        assert client.can_paginate(method) == real_client.can_paginate(method)
    with pytest.raises(OperationNotPageableError):
        client.get_paginator("put_resource_policy")
    for query in ("can_paginate", "get_paginator", "get_waiter"):
        from_fake, from_real = (outcome(getattr(each, query), ("misspelled",), {}) for each in (client, real_client))
        assert describe(from_fake) == describe(from_real)


def test_a_paginator_of_an_unsupported_operation_raises_not_implemented_error(client):
    with pytest.raises(NotImplementedError, match="BatchGetTraces"):
        list(client.get_paginator("batch_get_traces").paginate(TraceIds=[]))


def test_a_fake_client_has_no_waiters_like_a_real_client(client, real_client):
    assert client.waiter_names == real_client.waiter_names == []


def test_a_presigned_url_contains_the_operation_and_the_endpoint(client):
    url = client.generate_presigned_url("list_resource_policies")
    assert url.startswith("https://xray.us-east-1.amazonaws.com/ListResourcePolicies?X-Amz-Algorithm=")


def test_a_closed_fake_client_still_handles_calls(client):
    assert client.close() is None
    assert client.list_resource_policies()["ResourcePolicies"] == []


def test_repr_of_a_client_shows_its_account_and_region(client):
    assert isinstance(client, FakeXRayClient)
    assert repr(client) == "<FakeXRayClient account_id='123456789012' region_name='us-east-1'>"
