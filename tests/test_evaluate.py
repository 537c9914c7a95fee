"""FakeXRay.evaluate returns whether the stored policies allow a principal to perform an action."""

import datetime
import enum
import json
from collections.abc import Mapping

import pytest
from conftest import SNS_DOCUMENT
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_xray import FakeXRay

SNS = "sns.amazonaws.com"
ROLE = "arn:aws:iam::123456789012:role/writer"
TOPIC = {"aws:SourceAccount": "123456789012", "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:orders"}


def statement(effect="Allow", **elements):
    return {"Effect": effect, "Principal": "*", "Action": "xray:*", "Resource": "*", **elements}


def put(fake, *statements, name="p"):
    document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    fake.client().put_resource_policy(PolicyName=name, PolicyDocument=document, BypassPolicyLockoutCheck=True)


@pytest.fixture
def fake():
    return FakeXRay()


def test_the_evaluation_names_the_statement_that_allows(fake):
    fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=SNS_DOCUMENT)
    evaluation = fake.evaluate("xray:PutTraceSegments", principal=SNS, context=TOPIC)
    assert evaluation
    assert evaluation.decision == "allowed"
    (matched,) = evaluation.matched
    assert (matched.policy_name, matched.statement_index, matched.sid) == ("sns", 0, "SNSAccess")
    assert not evaluation.needs_identity_policy
    assert repr(evaluation) == (
        "<Evaluation allowed: xray:PutTraceSegments by sns.amazonaws.com; "
        "allowed by statement 0 (SNSAccess) of policy 'sns'>"
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"action": "xray:GetGroups"},
            "the action is 'xray:GetGroups', but Action requires one of "
            "'xray:PutTraceSegments', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'",
        ),
        (
            {"principal": "events.amazonaws.com"},
            "the principal is 'events.amazonaws.com', but Principal requires 'sns.amazonaws.com'",
        ),
        (
            {"context": {**TOPIC, "aws:SourceAccount": "999999999999"}},
            "aws:SourceAccount is '999999999999', but StringEquals requires '123456789012'",
        ),
        (
            {"context": {**TOPIC, "aws:SourceArn": ["arn:aws:sns:us-east-1:123456789012:a"]}},
            "aws:SourceArn is the list ['arn:aws:sns:us-east-1:123456789012:a'], but StringLike requires a single "
            "value; ForAllValues: and ForAnyValue: compare lists",
        ),
        (
            {"context": {"aws:SourceAccount": "123456789012"}},
            "the request has no aws:SourceArn, but StringLike requires 'arn:aws:sns:us-east-1:123456789012:*'",
        ),
        ({"context": None}, "the request has no aws:SourceAccount, but StringEquals requires '123456789012'"),
    ],
)
def test_an_allow_that_does_not_match_leads_to_an_implicit_deny_with_a_reason(fake, change, reason):
    fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=SNS_DOCUMENT)
    arguments = {"action": "xray:PutTraceSegments", "principal": SNS, "context": TOPIC} | change
    evaluation = fake.evaluate(arguments.pop("action"), **arguments)
    assert not evaluation
    assert (evaluation.decision, evaluation.matched) == ("implicitDeny", ())
    expected = f"no statement allows it: statement 0 (SNSAccess) of policy 'sns' does not match: {reason}>"
    assert expected in repr(evaluation)


def test_an_evaluation_explains_every_allow_that_does_not_match(fake):
    put(fake, statement(Action="sns:Publish"), statement("Deny", Action="sns:*"), name="one")
    put(fake, statement(Principal={"AWS": ROLE}, Sid="Role"), name="two")
    assert repr(fake.evaluate("xray:GetGroups", principal=SNS)) == (
        "<Evaluation implicitDeny: xray:GetGroups by sns.amazonaws.com; no statement allows it: "
        "statement 0 of policy 'one' does not match: "
        "the action is 'xray:GetGroups', but Action requires 'sns:Publish'; "
        "statement 0 (Role) of policy 'two' does not match: "
        f"the principal is 'sns.amazonaws.com', but Principal requires '{ROLE}'>"
    )


def test_evaluate_allows_nothing_without_a_policy(fake):
    evaluation = fake.evaluate("xray:PutTraceSegments", principal=SNS)
    assert repr(evaluation) == (
        "<Evaluation implicitDeny: xray:PutTraceSegments by sns.amazonaws.com; no statement allows it: "
        "there is no resource policy in 123456789012 us-east-1>"
    )


def test_a_deny_in_any_policy_overrides_an_allow(fake):
    put(fake, statement(Principal={"Service": SNS}), name="allow")
    put(fake, statement(), statement("Deny", Principal={"Service": SNS}, Sid="No"), name="deny")
    evaluation = fake.evaluate("xray:PutTraceSegments", principal=SNS)
    assert evaluation.decision == "explicitDeny"
    assert [(each.policy_name, each.statement_index, each.sid) for each in evaluation.matched] == [("deny", 1, "No")]
    assert "denied by statement 1 (No) of policy 'deny'" in repr(evaluation)


def test_an_evaluation_ignores_policies_of_other_accounts_and_regions(fake):
    put(fake, statement(Principal={"Service": SNS}))
    assert fake.evaluate("xray:PutTraceSegments", principal=SNS, region_name="us-east-1", account_id="123456789012")
    assert not fake.evaluate("xray:PutTraceSegments", principal=SNS, region_name="eu-west-1")
    assert not fake.evaluate("xray:PutTraceSegments", principal=SNS, account_id="111122223333")


def test_an_evaluation_without_policies_names_the_regions_that_have_policies(fake):
    put(fake, statement(Principal={"Service": SNS}))
    other_client = fake.client(region_name="ap-south-1", account_id="111122223333")
    other_client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    evaluation = fake.evaluate("xray:PutTraceSegments", principal=SNS, region_name="eu-west-1")
    assert repr(evaluation).endswith(
        "there is no resource policy in 123456789012 eu-west-1, but there are policies in 111122223333 ap-south-1, "
        "123456789012 us-east-1>"
    )
    for number in range(5):
        fake.client(region_name=f"region-{number}").put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    evaluation = fake.evaluate("xray:PutTraceSegments", principal=SNS, region_name="eu-west-1")
    assert repr(evaluation).endswith(", 123456789012 region-3 and 2 more>")


@pytest.mark.parametrize(
    "principal",
    ["123456789012", "arn:aws:iam::123456789012:user/ann", ROLE, "arn:aws:sts::123456789012:assumed-role/writer/s"],
)
def test_an_aws_principal_needs_an_identity_policy_as_well(fake, principal):
    put(fake, statement(Principal={"AWS": "123456789012"}))
    evaluation = fake.evaluate("xray:PutTraceSegments", principal=principal)
    assert evaluation
    assert evaluation.needs_identity_policy
    assert repr(evaluation).endswith("; an identity-based policy of the principal must allow it too>")


def test_an_allow_for_everyone_covers_aws_principals_and_services(fake):
    for everyone in ("*", {"AWS": "*"}):
        put(fake, statement(Principal=everyone))
        assert fake.evaluate("xray:PutTraceSegments", principal=ROLE)
        assert fake.evaluate("xray:PutTraceSegments", principal=SNS)


def test_a_deny_for_everyone_covers_services(fake):
    for everyone in ("*", {"AWS": "*"}):
        put(fake, statement(Principal={"Service": SNS}), statement("Deny", Principal=everyone))
        assert fake.evaluate("xray:PutTraceSegments", principal=SNS).decision == "explicitDeny"


class Number(enum.IntEnum):
    SEVEN = 7


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ({"StringEquals": {"k": "text"}}, "text"),
        ({"NumericEquals": {"k": "7"}}, 7),
        ({"NumericEquals": {"k": 7}}, Number.SEVEN),
        ({"NumericEquals": {"k": "0.5"}}, 0.5),
        ({"NumericEquals": {"k": "100000000000000000000"}}, 1e20),
        ({"NumericEquals": {"k": str(2**80)}}, 2**80),
        ({"Bool": {"k": "true"}}, True),
        ({"StringEquals": {"k": "false"}}, False),
        (
            {"DateEquals": {"k": "2026-09-23T07:48:11Z"}},
            datetime.datetime(2026, 9, 23, 7, 48, 11, 999, datetime.timezone.utc),
        ),
        (
            {"DateEquals": {"k": "2026-09-23T07:48:11.5Z"}},
            datetime.datetime(2026, 9, 23, 9, 48, 11, 500_000, datetime.timezone(datetime.timedelta(hours=2))),
        ),
        ({"ForAnyValue:StringLike": {"k": ["a*", "b*"]}}, ["a1", "c1"]),
        ({"ForAnyValue:NumericEquals": {"k": "2"}}, (1, 2)),
    ],
)
def test_conditions_compare_context_values_of_every_type(fake, condition, value):
    put(fake, statement(Condition=condition))
    assert fake.evaluate("xray:GetGroups", principal=ROLE, context={"K": value})
    assert not fake.evaluate("xray:GetGroups", principal=ROLE, context={"other": value})


def test_a_context_key_with_a_list_of_one_value_is_multivalued(fake):
    put(fake, statement(Condition={"StringEquals": {"k": "v"}}))
    assert fake.evaluate("xray:GetGroups", principal=ROLE, context={"k": "v"})
    assert not fake.evaluate("xray:GetGroups", principal=ROLE, context={"k": ["v"]})


def test_for_all_values_compares_each_value_of_a_list(fake):
    put(fake, statement(Condition={"ForAllValues:StringLike": {"k": ["a*", "b*"]}}))
    assert fake.evaluate("xray:GetGroups", principal=ROLE, context={"k": ["a1", "b1"]})
    assert fake.evaluate("xray:GetGroups", principal=ROLE, context={"k": []})
    assert not fake.evaluate("xray:GetGroups", principal=ROLE, context={"k": ["a1", "c1"]})


@pytest.mark.parametrize(
    ("condition", "principal"),
    [
        ({"Bool": {"aws:SecureTransport": "true"}}, SNS),
        ({"ArnEquals": {"aws:PrincipalArn": ROLE}}, "arn:aws:sts::123456789012:assumed-role/writer/session"),
        ({"StringEquals": {"aws:PrincipalAccount": "123456789012"}}, ROLE),
        ({"StringEquals": {"aws:RequestedRegion": "us-east-1"}}, ROLE),
        ({"Bool": {"aws:PrincipalIsAWSService": "true"}}, SNS),
        ({"Bool": {"aws:PrincipalIsAWSService": "false"}}, ROLE),
        ({"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}, SNS),
        ({"NumericGreaterThan": {"aws:EpochTime": "1577836800"}}, SNS),
        ({"Null": {"aws:PrincipalArn": "true", "aws:PrincipalAccount": "true"}}, SNS),
    ],
)
def test_standard_context_keys_have_defaults(fake, condition, principal):
    put(fake, statement(Principal={"AWS": "*", "Service": SNS}, Condition=condition))
    assert fake.evaluate("xray:GetGroups", principal=principal)


def test_values_in_the_context_override_the_defaults_of_standard_keys(fake):
    put(fake, statement(Condition={"Bool": {"aws:SecureTransport": "true"}}))
    assert not fake.evaluate("xray:GetGroups", principal=ROLE, context={"AWS:securetransport": False})


def test_the_condition_key_current_time_has_the_value_of_time_time(fake, monkeypatch):
    put(fake, statement(Condition={"DateEquals": {"aws:CurrentTime": "2026-09-23T07:48:11Z"}}))
    assert not fake.evaluate("xray:GetGroups", principal=ROLE)
    monkeypatch.setattr("time.time", lambda: 1_790_149_691.7)
    assert fake.evaluate("xray:GetGroups", principal=ROLE)


class CustomMapping(Mapping):
    def __getitem__(self, key):
        return TOPIC[key]

    def __iter__(self):
        return iter(TOPIC)

    def __len__(self):
        return len(TOPIC)


def test_evaluate_accepts_any_mapping_as_context(fake):
    fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=SNS_DOCUMENT)
    assert fake.evaluate("xray:PutTraceSegments", principal=SNS, context=CustomMapping())


NAIVE = datetime.datetime(2026, 9, 23)
LATE = datetime.datetime.max.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=-5)))


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            {"action": "PutTraceSegments"},
            "action must be an action of the form 'service:Name', such as 'xray:PutTraceSegments', "
            "not 'PutTraceSegments'",
        ),
        ({"action": "xray:*"}, "action must be"),
        ({"action": None}, "action must be a str, not None"),
        ({"principal": "somebody"}, "'somebody' is neither a service principal"),
        ({"principal": "12345"}, "principal is invalid: '12345' is neither an ARN nor an account id"),
        ({"principal": "*"}, "'*' is neither"),
        ({"principal": 123456789012}, "principal must be a str, not 123456789012"),
        ({"resource": "group"}, "resource must be '*' or an ARN, not 'group'"),
        ({"context": "k=v"}, "context must be a mapping of condition keys to their values, not 'k=v'"),
        ({"context": {1: "v"}}, "a key of context must be a str, not 1"),
        ({"context": {"k": None}}, 'the context value of "k" must be a str, a number'),
        ({"context": {"k": [["v"]]}}, 'the context value of "k"'),
        ({"context": {"k": b"v"}}, 'the context value of "k"'),
        ({"context": {"k": float("nan")}}, "a finite number, not nan"),
        ({"context": {"k": NAIVE}}, "a datetime with a time zone"),
        ({"context": {"k": "\ud800"}}, 'the context value of "k"'),
        # Python cannot show this number, so the case needs an id.
        pytest.param(
            {"context": {"k": 10**5000}},
            'the context value of "k" is a number with too many digits; pass',
            id="too many digits",
        ),
        ({"context": {"k": LATE}}, "a datetime within the years 1 to 9999 of UTC"),
        ({"context": {"aws:Key": "1", "AWS:key": "2"}}, "twice, in different letter case; keep one"),
        ({"account_id": "1"}, "account_id must be twelve digits"),
        ({"region_name": ""}, "region_name must be"),
    ],
)
def test_evaluate_raises_a_value_error_that_names_an_invalid_argument(fake, arguments, text):
    arguments = {"action": "xray:GetGroups", "principal": SNS} | arguments
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is compared below
        fake.evaluate(arguments.pop("action"), **arguments)
    assert text in str(caught.value)


NAMES = st.sampled_from(["xray:PutTraceSegments", "xray:GetGroups", "xray:PutResourcePolicy"])
PRINCIPALS = st.sampled_from([SNS, ROLE, "123456789012", "arn:aws:sts::123456789012:assumed-role/writer/s"])
CONDITIONS = st.sampled_from(
    [{}, {"StringEquals": {"aws:SourceAccount": "123456789012"}}, {"Bool": {"aws:SecureTransport": "true"}}]
)
ALLOWS = st.builds(
    lambda action, principal, condition: statement(Action=action, Principal=principal, Condition=condition),
    st.sampled_from(["*", "xray:*", "xray:Put*", "xray:GetGroups"]),
    st.sampled_from(["*", {"Service": SNS}, {"AWS": "123456789012"}, {"AWS": "*", "Service": SNS}]),
    CONDITIONS,
)


@settings(max_examples=300, deadline=None)
@given(
    allows=st.lists(ALLOWS, max_size=4),
    position=st.integers(0, 4),
    action=NAMES,
    pattern=st.sampled_from(["*", "xray:*", "XRAY:*", "{}"]),
    principal=PRINCIPALS,
    everyone=st.booleans(),
    data=st.data(),
)
def test_a_matching_unconditional_deny_overrides_every_allow(
    allows, position, action, pattern, principal, everyone, data
):
    matching = "*" if everyone else {"Service": SNS} if principal == SNS else {"AWS": "123456789012"}
    deny = statement("Deny", Action=pattern.format(action), Principal=matching)
    statements = [*allows[:position], deny, *allows[position:]]
    fake = FakeXRay()
    split = data.draw(st.integers(0, len(statements)))
    for name, part in (("a", statements[:split]), ("b", statements[split:])):
        if part:
            put(fake, *part, name=name)
    evaluation = fake.evaluate(action, principal=principal, context=TOPIC)
    assert evaluation.decision == "explicitDeny"
    assert not evaluation
