"""A call has the same outcome through a FakeXRayClient and through a real botocore client.

The real client makes each call twice. First it receives the HTTP response that the oracle writes, as AWS would. Then it
receives the response of the fake's own HTTP front end. These tests therefore also compare the two front ends of the
fake.
"""

import enum
import time
from unittest import mock

import pytest
from botocore.exceptions import ClientError, ParamValidationError
from conftest import SNS_DOCUMENT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle import describe, http_response_for, outcome

from fake_xray import FakeXRay, mock_xray

METHODS = ["put_resource_policy", "list_resource_policies", "delete_resource_policy"]


class NameEnum(str, enum.Enum):
    POLICY = "p"


class StrSubclass(str):
    __slots__ = ()


class StrWithWrongLength(str):
    """A string for which `len` returns 5, whatever it contains."""

    __slots__ = ()

    def __len__(self):
        return 5


class DictSubclass(dict):
    pass


class ComparedClients:
    """A fake client and a real client, whose outcomes are compared.

    Each has a separate fake. Both fakes start with one policy, `p`, at revision 2.
    """

    def __init__(self, oracle):
        self.oracle = oracle
        self.fake_client = FakeXRay().client()
        self.fake_of_real_client = FakeXRay()
        for client in (self.fake_client, self.fake_of_real_client.client()):
            for _ in range(2):
                client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)

    def policies(self):
        return self.fake_client.list_resource_policies()["ResourcePolicies"]

    def outcome(self, method, args, kwargs):
        """Make a call with both clients, check that the outcomes are equal, and return the outcome."""
        result = outcome(getattr(self.fake_client, method), args, kwargs)
        with_response_of_oracle = self.oracle.call(method, args, kwargs, http_response_for(result))
        assert describe(with_response_of_oracle) == describe(result)
        with mock_xray(self.fake_of_real_client):
            with_response_of_fake = outcome(getattr(self.oracle.client, method), args, kwargs)
        assert describe(with_response_of_fake) == describe(result)
        return result


@pytest.fixture
def clients(oracle, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_790_149_691.5)
    return ComparedClients(oracle)


SUCCESSFUL = [
    ("put_resource_policy", {"PolicyName": "new", "PolicyDocument": SNS_DOCUMENT}),
    ("put_resource_policy", {"PolicyDocument": SNS_DOCUMENT, "PolicyName": "p", "PolicyRevisionId": "2"}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": True}),
    ("put_resource_policy", {"PolicyName": NameEnum.POLICY, "PolicyDocument": StrSubclass(SNS_DOCUMENT)}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": False}),
    ("list_resource_policies", {}),
    ("delete_resource_policy", {"PolicyName": "p"}),
    ("delete_resource_policy", {"PolicyName": "p", "PolicyRevisionId": "2"}),
]

REJECTED = [
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": "{"}, "MalformedPolicyDocumentException"),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": ""}, "MalformedPolicyDocumentException"),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": "[" * 100_000}, "MalformedPolicyDocumentException"),
    (
        "put_resource_policy",
        {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "PolicyRevisionId": "1"},
        "InvalidPolicyRevisionIdException",
    ),
    ("put_resource_policy", {"PolicyName": "名前", "PolicyDocument": SNS_DOCUMENT}, "ValidationException"),
    ("put_resource_policy", {"PolicyName": "n" * 129, "PolicyDocument": SNS_DOCUMENT}, "ValidationException"),
    (
        "put_resource_policy",
        {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT + " " * 5120},
        "PolicySizeLimitExceededException",
    ),
    ("put_resource_policy", {"PolicyName": "\ud800", "PolicyDocument": SNS_DOCUMENT}, "SerializationException"),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": "\udfff"}, "SerializationException"),
    (
        "put_resource_policy",
        {"PolicyName": StrWithWrongLength(""), "PolicyDocument": SNS_DOCUMENT},
        "ValidationException",
    ),
    (
        "put_resource_policy",
        {
            "PolicyName": "p",
            "PolicyDocument": '{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}',
        },
        "LockoutPreventionException",
    ),
    (
        "put_resource_policy",
        {"PolicyName": "p", "PolicyDocument": '{"Stätement\\n":1}'},
        "MalformedPolicyDocumentException",
    ),
    ("list_resource_policies", {"NextToken": "token"}, "InvalidRequestException"),
    ("list_resource_policies", {"NextToken": "t" * 101}, "ValidationException"),
    ("delete_resource_policy", {"PolicyName": "missing"}, "InvalidRequestException"),
    (
        "delete_resource_policy",
        {"PolicyName": "missing", "PolicyRevisionId": "1"},
        "InvalidPolicyRevisionIdException",
    ),
]

INVALID = [
    ("put_resource_policy", {}),
    ("put_resource_policy", {"PolicyName": "p"}),
    ("put_resource_policy", {"PolicyDocument": SNS_DOCUMENT}),
    ("put_resource_policy", {"PolicyName": None, "PolicyDocument": None}),
    ("put_resource_policy", {"PolicyName": "", "PolicyDocument": SNS_DOCUMENT}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17"}}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": DictSubclass()}),
    ("put_resource_policy", {"PolicyName": b"p", "PolicyDocument": SNS_DOCUMENT}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "PolicyRevisionId": 1}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "PolicyRevisionId": None}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": 1}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": None}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "Bypass": True}),
    ("put_resource_policy", {"policy_name": "p", "policyDocument": SNS_DOCUMENT}),
    # botocore reports several errors in the order of the arguments.
    ("put_resource_policy", {"X": 1, "PolicyRevisionId": 1, "PolicyName": "", "Y": 2}),
    ("put_resource_policy", {"BypassPolicyLockoutCheck": "no", "PolicyDocument": 3.5, "PolicyName": []}),
    # botocore validates arguments before it serializes them.
    ("put_resource_policy", {"PolicyName": "\ud800", "PolicyDocument": None}),
    ("list_resource_policies", {"NextToken": ""}),
    ("list_resource_policies", {"NextToken": None}),
    ("list_resource_policies", {"MaxResults": 10}),
    ("delete_resource_policy", {}),
    ("delete_resource_policy", {"PolicyName": "", "PolicyRevisionId": 7}),
]


@pytest.mark.parametrize(("method", "kwargs"), SUCCESSFUL)
def test_responses_of_fake_and_real_clients_are_equal(clients, method, kwargs):
    result = clients.outcome(method, (), kwargs)
    assert result["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize(("method", "kwargs", "code"), REJECTED)
def test_errors_of_fake_and_real_clients_are_equal(clients, method, kwargs, code):
    result = clients.outcome(method, (), kwargs)
    assert isinstance(result, ClientError)
    assert result.response["Error"]["Code"] == code


@pytest.mark.parametrize(("method", "kwargs"), INVALID)
def test_invalid_arguments_raise_the_same_errors_as_in_botocore(clients, method, kwargs):
    before = clients.policies()
    result = clients.outcome(method, (), kwargs)
    assert isinstance(result, ParamValidationError)
    assert clients.policies() == before


@pytest.mark.parametrize("method", METHODS)
def test_positional_arguments_raise_the_same_type_error_as_in_botocore(clients, method):
    result = clients.outcome(method, ("p",), {"PolicyDocument": 1})
    assert type(result) is TypeError


WRONG_TYPES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(max_size=3),
    st.lists(st.text(max_size=2), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    st.text(st.characters(), max_size=5).map(StrSubclass),
    st.sampled_from(NameEnum),
)
TEXT = st.one_of(st.text(st.characters(codec=None), max_size=140), WRONG_TYPES)
MEMBERS = {
    "PolicyName": st.sampled_from(["p", "new", "n" * 128, "a/b"]) | TEXT,
    "PolicyDocument": st.sampled_from([SNS_DOCUMENT, "{", "{}", '{"Statement": []}', "null"]) | TEXT,
    "PolicyRevisionId": st.sampled_from(["0", "1", "2", "02"]) | TEXT,
    "BypassPolicyLockoutCheck": st.booleans() | WRONG_TYPES,
    "NextToken": TEXT,
    "Unknown": WRONG_TYPES,
}


@st.composite
def arguments(draw):
    """Generate keyword arguments in any order. Some are valid, some invalid, some unknown, and some are missing."""
    names = draw(st.lists(st.sampled_from(sorted(MEMBERS)), unique=True))
    return {name: draw(MEMBERS[name]) for name in names}


@settings(max_examples=500, deadline=None)
@given(method=st.sampled_from(METHODS), kwargs=arguments())
@example(method="put_resource_policy", kwargs={"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT})
def test_any_arguments_have_the_same_outcome_for_fake_and_real_clients(oracle, method, kwargs):
    with mock.patch("time.time", return_value=1_790_149_691.5):
        clients = ComparedClients(oracle)
        result = clients.outcome(method, (), kwargs)
        assert isinstance(result, dict) or len(clients.policies()) == 1
