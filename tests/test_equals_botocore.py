"""FakeXRayClient and genuine botocore clients come to the same outcome, whoever wrote the HTTP answer.

A genuine client is given what the oracle writes, as the real service does, and then what the fake's own HTTP front
writes: so the two fronts of the fake are compared with each other as well.
"""

import enum
import time
from unittest import mock

import pytest
from botocore.exceptions import ClientError, ParamValidationError
from conftest import SNS_DOCUMENT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracle import face, http_answer_of, outcome

from fake_xray import FakeXRay, mock_xray

METHODS = ["put_resource_policy", "list_resource_policies", "delete_resource_policy"]


class Name(str, enum.Enum):
    POLICY = "p"


class Text(str):
    __slots__ = ()


class Odd(str):
    """Text whose length is not what it seems."""

    __slots__ = ()

    def __len__(self):
        return 5


class Mapping(dict):
    pass


class Fronts:
    """Two fakes in the same state, each holding one policy, `p`, at revision 2: one behind each front."""

    def __init__(self, oracle):
        self.oracle = oracle
        self.client = FakeXRay().client()
        self.behind_http = FakeXRay()
        for client in (self.client, self.behind_http.client()):
            for _ in range(2):
                client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)

    def policies(self):
        return self.client.list_resource_policies()["ResourcePolicies"]

    def outcome(self, method, args, kwargs):
        """The outcome of a call, which is the same for all three."""
        ours = outcome(getattr(self.client, method), args, kwargs)
        theirs = self.oracle.call(method, args, kwargs, http_answer_of(ours))
        assert face(ours) == face(theirs)
        with mock_xray(self.behind_http):
            assert face(outcome(getattr(self.oracle.client, method), args, kwargs)) == face(ours)
        return ours


@pytest.fixture
def fronts(oracle, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_790_149_691.5)
    return Fronts(oracle)


ANSWERED = [
    ("put_resource_policy", {"PolicyName": "new", "PolicyDocument": SNS_DOCUMENT}),
    ("put_resource_policy", {"PolicyDocument": SNS_DOCUMENT, "PolicyName": "p", "PolicyRevisionId": "2"}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": True}),
    ("put_resource_policy", {"PolicyName": Name.POLICY, "PolicyDocument": Text(SNS_DOCUMENT)}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": False}),
    ("list_resource_policies", {}),
    ("delete_resource_policy", {"PolicyName": "p"}),
    ("delete_resource_policy", {"PolicyName": "p", "PolicyRevisionId": "2"}),
]

REFUSED = [
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
    ("put_resource_policy", {"PolicyName": Odd(""), "PolicyDocument": SNS_DOCUMENT}, "ValidationException"),
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
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": Mapping()}),
    ("put_resource_policy", {"PolicyName": b"p", "PolicyDocument": SNS_DOCUMENT}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "PolicyRevisionId": 1}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "PolicyRevisionId": None}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": 1}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "BypassPolicyLockoutCheck": None}),
    ("put_resource_policy", {"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT, "Bypass": True}),
    ("put_resource_policy", {"policy_name": "p", "policyDocument": SNS_DOCUMENT}),
    # several faults, which botocore reports in the order of the arguments
    ("put_resource_policy", {"X": 1, "PolicyRevisionId": 1, "PolicyName": "", "Y": 2}),
    ("put_resource_policy", {"BypassPolicyLockoutCheck": "no", "PolicyDocument": 3.5, "PolicyName": []}),
    # botocore checks before it serialises
    ("put_resource_policy", {"PolicyName": "\ud800", "PolicyDocument": None}),
    ("list_resource_policies", {"NextToken": ""}),
    ("list_resource_policies", {"NextToken": None}),
    ("list_resource_policies", {"MaxResults": 10}),
    ("delete_resource_policy", {}),
    ("delete_resource_policy", {"PolicyName": "", "PolicyRevisionId": 7}),
]


@pytest.mark.parametrize(("method", "kwargs"), ANSWERED)
def test_answers_are_those_of_a_genuine_client(fronts, method, kwargs):
    result = fronts.outcome(method, (), kwargs)
    assert result["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize(("method", "kwargs", "code"), REFUSED)
def test_errors_are_those_of_a_genuine_client(fronts, method, kwargs, code):
    result = fronts.outcome(method, (), kwargs)
    assert isinstance(result, ClientError)
    assert result.response["Error"]["Code"] == code


@pytest.mark.parametrize(("method", "kwargs"), INVALID)
def test_invalid_arguments_are_refused_in_botocores_words(fronts, method, kwargs):
    before = fronts.policies()
    result = fronts.outcome(method, (), kwargs)
    assert isinstance(result, ParamValidationError)
    assert fronts.policies() == before


@pytest.mark.parametrize("method", METHODS)
def test_positional_arguments_are_a_type_error_in_botocores_words(fronts, method):
    result = fronts.outcome(method, ("p",), {"PolicyDocument": 1})
    assert type(result) is TypeError


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(max_size=3),
    st.lists(st.text(max_size=2), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    st.text(st.characters(), max_size=5).map(Text),
    st.sampled_from(Name),
)
TEXT = st.one_of(st.text(st.characters(codec=None), max_size=140), JUNK)
MEMBERS = {
    "PolicyName": st.sampled_from(["p", "new", "n" * 128, "a/b"]) | TEXT,
    "PolicyDocument": st.sampled_from([SNS_DOCUMENT, "{", "{}", '{"Statement": []}', "null"]) | TEXT,
    "PolicyRevisionId": st.sampled_from(["0", "1", "2", "02"]) | TEXT,
    "BypassPolicyLockoutCheck": st.booleans() | JUNK,
    "NextToken": TEXT,
    "Unknown": JUNK,
}


@st.composite
def arguments(draw):
    """Keyword arguments in any order: right ones, wrong ones, missing ones, unknown ones."""
    names = draw(st.lists(st.sampled_from(sorted(MEMBERS)), unique=True))
    return {name: draw(MEMBERS[name]) for name in names}


@settings(max_examples=500, deadline=None)
@given(method=st.sampled_from(METHODS), kwargs=arguments())
@example(method="put_resource_policy", kwargs={"PolicyName": "p", "PolicyDocument": SNS_DOCUMENT})
def test_any_arguments_come_to_the_same_outcome(oracle, method, kwargs):
    with mock.patch("time.time", return_value=1_790_149_691.5):
        fronts = Fronts(oracle)
        result = fronts.outcome(method, (), kwargs)
        assert isinstance(result, dict) or len(fronts.policies()) == 1
