"""FakeXRayClient has what boto3's client has, and no public name more."""

import pickle

import boto3
import pytest
from botocore import xform_name
from botocore.client import ClientMeta
from botocore.config import Config
from botocore.exceptions import ClientError, OperationNotPageableError
from botocore.stub import Stubber
from conftest import minimal, needs_current_model
from oracle import face, outcome

import fake_xray
from fake_xray import FakeXRay, FakeXRayClient, _client, _core, mock_xray

BUILT = {xform_name(operation) for operation in _core.OPERATIONS}


@pytest.fixture
def client():
    return FakeXRay().client()


@pytest.fixture
def genuine(oracle):
    return oracle.client


def public_names(client):
    return [name for name in dir(client) if not name.startswith("_")]


@needs_current_model
def test_the_public_names_are_those_of_a_genuine_client(client, genuine):
    assert public_names(client) == public_names(genuine)


def test_meta_is_that_of_a_genuine_client(client, genuine):
    assert isinstance(client.meta, ClientMeta)
    assert client.meta is client.meta
    for name in ("region_name", "endpoint_url", "partition", "method_to_api_mapping"):
        assert getattr(client.meta, name) == getattr(genuine.meta, name)
    assert client.meta.service_model.service_name == "xray"
    assert client.meta.config.region_name == "us-east-1"
    assert isinstance(client.meta.events, type(genuine.meta.events))


@pytest.mark.parametrize(
    ("region", "partition", "url"),
    [
        ("eu-central-1", "aws", "https://xray.eu-central-1.amazonaws.com"),
        ("cn-north-1", "aws-cn", "https://xray.cn-north-1.amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "https://xray.us-gov-west-1.amazonaws.com"),
    ],
)
def test_meta_tells_the_region_of_the_client(region, partition, url):
    meta = FakeXRay().client(region_name=region).meta
    assert (meta.region_name, meta.partition, meta.endpoint_url) == (region, partition, url)


def test_each_client_has_an_event_system_of_its_own():
    fake = FakeXRay()
    one, other = fake.client(), fake.client()
    with pytest.warns(UserWarning, match="emits no events"):
        one.meta.events.register("an-event", lambda **_: "answered")
    assert [answer for _, answer in one.meta.events.emit("an-event")] == ["answered"]
    assert other.meta.events.emit("an-event") == []


@pytest.mark.parametrize("register", ["register", "register_first", "register_last"])
def test_a_handler_that_will_not_be_called_is_warned_of_once(client, register):
    handlers = []
    with pytest.warns(UserWarning, match=r"emits no events.*mock_xray\(real_clients=True\)") as caught:
        getattr(client.meta.events, register)("before-call.xray", lambda **_: handlers.append("called"))
    assert [warning.filename for warning in caught] == [__file__]
    # Warnings are errors here.
    getattr(client.meta.events, register)("before-send.xray", lambda **_: handlers.append("called"))
    client.list_resource_policies()
    assert handlers == []


def test_a_stubber_that_will_not_answer_is_warned_of(client):
    stubber = Stubber(client)
    stubber.add_response("list_resource_policies", {"ResourcePolicies": [{"PolicyName": "stubbed"}]})
    with pytest.warns(UserWarning, match="event handlers and a Stubber have no effect"), stubber:
        assert client.list_resource_policies()["ResourcePolicies"] == []


@pytest.mark.filterwarnings("error")
def test_botocore_itself_is_not_warned(client):
    with mock_xray():
        patched = boto3.client("xray")
        boto3.Session().client("xray", config=Config(retries={"mode": "adaptive"})).list_resource_policies()
        for each in (client, patched):
            pages = each.get_paginator("list_resource_policies").paginate().build_full_result()
            assert pages == {"ResourcePolicies": []}
            assert each.generate_presigned_url("list_resource_policies")
            assert each.waiter_names == []


@pytest.mark.parametrize("arguments", [(), ("eu-west-1",), (None, "eu-west-1")])
def test_a_client_is_made_by_a_fake_only(arguments):
    with pytest.raises(TypeError, match=r"create a FakeXRayClient with FakeXRay\(\).client\(\)"):
        FakeXRayClient(*arguments)


def test_an_operation_that_is_not_built_can_be_answered_by_a_stubber():
    with mock_xray(real_clients=True):
        genuine = boto3.client("xray")
        with Stubber(genuine) as stubber:
            stubber.add_response("batch_get_traces", {"Traces": [{"Id": "stubbed"}]})
            assert genuine.batch_get_traces(TraceIds=[])["Traces"] == [{"Id": "stubbed"}]


def test_meta_needs_no_profile(client, monkeypatch):
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


def test_exceptions_are_the_modelled_ones(client, genuine):
    modelled = [str(shape.name) for shape in genuine.meta.service_model.error_shapes]
    assert sorted(fake_xray.exceptions.__all__) == sorted(modelled)
    for name in modelled:
        ours = getattr(client.exceptions, name)
        theirs = getattr(genuine.exceptions, name)
        assert ours is getattr(fake_xray.exceptions, name)
        assert ours is client.exceptions.from_code(name)
        assert [cls.__name__ for cls in ours.__mro__] == [cls.__name__ for cls in theirs.__mro__]
    assert client.exceptions.ClientError is ClientError
    assert client.exceptions.from_code("AccessDenied") is ClientError


def test_an_unknown_exception_is_an_attribute_error_in_botocores_words(client, genuine):
    ours, theirs = (outcome(getattr, (each.exceptions, "Misspelt"), {}) for each in (client, genuine))
    assert type(ours) is type(theirs) is AttributeError
    # botocore's text begins with the object's repr
    assert str(ours).split(" has ", 1)[1] == str(theirs).split(" has ", 1)[1]
    assert ".XRayExceptions object at" in str(ours)


def test_an_exception_can_be_pickled_as_botocores_can(client):
    error = outcome(client.delete_resource_policy, (), {"PolicyName": "missing"})
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@needs_current_model
def test_an_operation_that_is_not_built_validates_its_arguments_and_raises_not_implemented_error(client, genuine):
    operations = genuine.meta.method_to_api_mapping
    assert set(operations) > BUILT
    for method in set(operations) - BUILT:
        model = genuine.meta.service_model.operation_model(operations[method])
        with pytest.raises(NotImplementedError, match=rf"{operations[method]}\b.*nothing was sent"):
            getattr(client, method)(**minimal(model.input_shape))
        for args, kwargs in (((1,), {}), ((), {"Anything": 1})):
            ours, theirs = (outcome(getattr(each, method), args, kwargs) for each in (client, genuine))
            assert face(ours) == face(theirs)
        assert getattr(client, method).__name__ == method


@pytest.mark.parametrize("name", ["put_resource_polcy", "PutResourcePolicy", "_private", "__wrapped__"])
def test_a_misspelt_operation_is_an_attribute_error_in_botocores_words(client, genuine, name):
    ours, theirs = (outcome(getattr, (each, name), {}) for each in (client, genuine))
    assert face(ours) == face(theirs)
    assert type(ours) is AttributeError


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


def test_paginators_are_told_apart_as_a_genuine_client_does(client, genuine):
    for method in genuine.meta.method_to_api_mapping:
        assert client.can_paginate(method) == genuine.can_paginate(method)
    with pytest.raises(OperationNotPageableError):
        client.get_paginator("put_resource_policy")
    for ask in ("can_paginate", "get_paginator", "get_waiter"):
        ours, theirs = (outcome(getattr(each, ask), ("misspelt",), {}) for each in (client, genuine))
        assert face(ours) == face(theirs)


def test_a_paginator_of_an_operation_that_is_not_built_says_so(client):
    with pytest.raises(NotImplementedError, match="BatchGetTraces"):
        list(client.get_paginator("batch_get_traces").paginate(TraceIds=[]))


def test_there_are_no_waiters(client, genuine):
    assert client.waiter_names == genuine.waiter_names == []


def test_a_presigned_url_names_the_operation_and_the_endpoint(client):
    url = client.generate_presigned_url("list_resource_policies")
    assert url.startswith("https://xray.us-east-1.amazonaws.com/ListResourcePolicies?X-Amz-Algorithm=")


def test_a_closed_client_still_answers_as_a_genuine_one_does(client):
    assert client.close() is None
    assert client.list_resource_policies()["ResourcePolicies"] == []


def test_a_client_shows_where_it_works(client):
    assert isinstance(client, FakeXRayClient)
    assert repr(client) == "<FakeXRayClient account_id='123456789012' region_name='us-east-1'>"
