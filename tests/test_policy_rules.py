"""Rules of policy documents, tested through a client and `evaluate`.

The evidence for these rules is recorded responses of IAM, and the IAM User Guide.
"""

import json

import botocore.session
import pytest

from fake_xray import FakeXRay
from fake_xray._core import check_document

SNS = "sns.amazonaws.com"
S3 = "s3.amazonaws.com"
ROLE = "arn:aws:iam::123456789012:role/writer"
GROUP = "arn:aws:xray:us-east-1:123456789012:group/default/g"
TOPIC = "arn:aws:sns:us-east-1:123456789012:orders"
BUCKET = "arn:aws:s3:::bucket"


def document(**elements):
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "xray:*", "Resource": "*", **elements}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def fake():
    return FakeXRay()


def put(fake, text, name="p"):
    return fake.client().put_resource_policy(PolicyName=name, PolicyDocument=text)["ResourcePolicy"]


def is_allowed(fake, text, action="xray:GetGroup", principal=ROLE, **options):
    put(fake, text)
    return bool(fake.evaluate(action, principal=principal, **options))


def reason_for_rejecting(fake, text):
    with pytest.raises(fake.client().exceptions.MalformedPolicyDocumentException) as caught:
        put(fake, text)
    assert caught.value.response["Error"]["Message"] is None
    assert fake.client().list_resource_policies()["ResourcePolicies"] == []
    (note,) = caught.value.__notes__
    place, problem = check_document(text)
    assert note == f"fake-xray: {place}: {problem}"
    return note.removeprefix("fake-xray: ")


@pytest.mark.parametrize("everyone", ["*", {"AWS": "*"}, {"AWS": ["123456789012", "*"]}])
def test_every_spelling_of_the_principal_for_everyone_includes_services(fake, everyone):
    source = {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:*:*:bucket"}}
    grant = document(Principal=everyone, Condition=source)
    assert is_allowed(fake, grant, principal=S3, context={"aws:SourceArn": BUCKET})
    assert not is_allowed(fake, grant, principal=S3, context={"aws:SourceArn": "arn:aws:s3:::other"})
    assert not is_allowed(fake, grant, principal=S3)
    assert is_allowed(fake, document(Principal=everyone), principal=SNS)
    assert is_allowed(fake, document(Principal=everyone), principal=ROLE)


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("arn:aws:xray:*", True),
        ("arn:aws:xray:us-east-1:*", True),
        ("arn:aws:xray:us-*", True),
        ("arn:aws:xray:*:group/*", True),
        ("arn:aws:xray:*:*:group/*", True),
        ("arn:*:xray:*", True),
        ("arn:aws:xray:eu-west-1:*", False),
        ("arn:aws:xray:*:*:sampling-rule/*", False),
        ("arn:aws:xray", False),
        ("arn:aws:xray:us-east-1", False),
        ("arn:aws:fdsasf", False),
        ("arn:aws-cn:xray:*", False),
    ],
)
def test_a_wildcard_in_a_resource_can_match_colons_and_a_short_arn_matches_nothing(fake, pattern, matches):
    assert is_allowed(fake, document(Resource=pattern), resource=GROUP) is matches


@pytest.mark.parametrize(
    ("resource", "problem"),
    [
        ("foo", "'foo' is neither '*' nor an ARN"),
        ("", "'' is neither '*' nor an ARN"),
        ("arn:error:xray:::x", "'arn:error:xray:::x' has the unknown partition 'error'; expected one of aws, aws-cn, "),
        ("arn:aws::::x", "'arn:aws::::x' has no service; "),
        ("arn:aws", "'arn:aws' has no service; "),
        ("arn:aws:*", "'arn:aws:*' has a wildcard in its service"),
        ("arn:aws:*:*:*:*", "'arn:aws:*:*:*:*' has a wildcard in its service"),
        ("arn:aws:xr?y:::x", "'arn:aws:xr?y:::x' has a wildcard in its service"),
    ],
)
def test_a_resource_without_a_known_partition_or_a_literal_service_is_malformed(fake, resource, problem):
    assert reason_for_rejecting(fake, document(Resource=resource)).startswith(f"Statement[0].Resource: {problem}")


@pytest.mark.parametrize("partition", botocore.session.get_session().get_available_partitions())
def test_every_partition_of_botocore_is_known(fake, partition):
    assert is_allowed(fake, document(Resource=f"arn:{partition}:xray:*"), resource=f"arn:{partition}:xray:r:a:group/g")


@pytest.mark.parametrize("resource", ["arn:aws:s3:us-east-1::bucket", "arn:aws:s3::bucket", "arn:aws:iam:::bucket"])
def test_arns_of_other_services_are_not_checked(fake, resource):
    assert check_document(document(Resource=resource)) is None
    put(fake, document(Resource=resource))


@pytest.mark.parametrize(
    "action", ["xray:PutTraceSegments ", "xray: PutTraceSegments", "xray:A,B", "xray:", "x.ray:A", "xray:é"]
)
def test_an_action_that_does_not_exist_is_accepted_and_matches_nothing(fake, action):
    assert not is_allowed(fake, document(Action=action), action="xray:PutTraceSegments")
    assert is_allowed(fake, document(Action=[action, "xray:PutTraceSegments"]), action="xray:PutTraceSegments")


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        (
            "PutTraceSegments",
            "is neither '*' nor an action of the form 'service:Name', such as 'xray:PutTraceSegments'",
        ),
        ("", "is neither '*' nor an action"),
        ("a a:Put", "has an invalid service before the colon"),
        ("x*:Put", "has an invalid service before the colon"),
        ("xray:Put:Trace", "has more than one colon"),
        (":Put", "has no service before the colon"),
    ],
)
def test_an_action_without_a_valid_service_is_malformed(fake, action, problem):
    assert reason_for_rejecting(fake, document(Action=action)).startswith(f"Statement[0].Action: '{action}' {problem}")


@pytest.mark.parametrize(
    ("operand", "value"),
    [
        ("01T", "0001-01-01T00:00:00Z"),
        ("2016-12-13t02:00:00Z", "2016-12-13T02:00:00Z"),
        ("2016-12-13t2:00:00.593194+23", "2016-12-12T03:00:00.593Z"),
        ("2016-12-13T21:20:37.593194+00:00", "2016-12-13T21:20:37.593Z"),
        ("2030-01-01T00:00:00.123456789Z", "2030-01-01T00:00:00.123Z"),
        ("-292275054", "-292275054"),
    ],
)
def test_date_formats_that_iam_stores_are_accepted(fake, operand, value):
    condition = {"DateEquals": {"k": operand}}
    assert is_allowed(fake, document(Condition=condition), context={"k": value})
    assert not is_allowed(fake, document(Condition=condition), context={"k": "2031-01-01T00:00:00Z"})


@pytest.mark.parametrize(
    "operand",
    [
        "2016-12-13t2:00:00.1999999999+10:59",
        "2030-01-01T00:00:00.1234567890Z",
        "2016-12-13t2:00:00.593194+1",
        "234-13",
        "sdfdsf",
        "9223372036854775808",
    ],
)
def test_other_date_formats_are_malformed(fake, operand):
    assert reason_for_rejecting(fake, document(Condition={"DateEquals": {"k": operand}})) == (
        f"Statement[0].Condition.DateEquals.k: '{operand}' "
        "is neither an ISO 8601 date nor a number of seconds since 1970"
    )


@pytest.mark.parametrize("condition", [{"a": {}}, {"x": {}, "y": {}}, {"StringEqual": {}}, {"NullIfExists": {}}])
def test_an_unknown_condition_operator_without_keys_is_ignored(fake, condition):
    assert is_allowed(fake, document(Condition=condition))


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        (
            {"a": {"k": "v"}},
            "unknown condition operator 'a'; expected an operator of the IAM User Guide, such as 'StringEquals'",
        ),
        (
            {"a": "b"},
            "unknown condition operator 'a'; expected an operator of the IAM User Guide, such as 'StringEquals'",
        ),
        ({"StringEqual": {"k": "v"}}, "unknown condition operator 'StringEqual'; did you mean 'StringEquals'?"),
    ],
)
def test_an_unknown_condition_operator_with_keys_is_malformed(fake, condition, problem):
    assert reason_for_rejecting(fake, document(Condition=condition)) == f"Statement[0].Condition: {problem}"


@pytest.mark.parametrize("operator", ["ArnLike", "ArnEquals"])
def test_a_star_as_an_arn_operand_matches_every_arn(fake, operator):
    grant = document(Condition={operator: {"aws:SourceArn": "*"}})
    assert is_allowed(fake, grant, principal=SNS, context={"aws:SourceArn": TOPIC})
    assert is_allowed(fake, grant, principal=SNS, context={"aws:SourceArn": BUCKET})
    assert not is_allowed(fake, grant, principal=SNS, context={"aws:SourceArn": "orders"})
    assert not is_allowed(fake, grant, principal=SNS)


def test_a_document_with_a_single_statement_and_no_version_is_stored_as_sent(fake):
    text = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"xray:*","Resource":"*"}}'
    assert put(fake, text)["PolicyDocument"] == text
    assert fake.evaluate("xray:GetGroup", principal=SNS)


def test_a_service_principal_that_does_not_exist_is_accepted(fake):
    assert not is_allowed(fake, document(Principal={"Service": "snss.amazonaws.com"}), principal=SNS)


def test_the_note_for_too_many_policies_names_the_limit_argument():
    client = FakeXRay(policy_limit=1).client()
    client.put_resource_policy(PolicyName="a", PolicyDocument=document())
    with pytest.raises(client.exceptions.PolicyCountLimitExceededException) as caught:
        client.put_resource_policy(PolicyName="b", PolicyDocument=document())
    assert caught.value.response["Message"] == (
        "The resource policy b would exceed the limit of 1 resource policies in this account and Region."
    )
    (note,) = caught.value.__notes__
    assert "FakeXRay(policy_limit=...)" in note
    assert "several public reports say that real accounts allow 10" in note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (document(), None),
        ("{}", ("", "Statement is missing")),
        ('{\n "Id" 1}', ("line 2 column 7", "not valid JSON: expected `:`")),
        ('{"Id": "' + "x" * 5120 + '"}', ("", "The policy document has 5130 bytes; the limit is 5120.")),
        (document(Effect="allow"), ("Statement[0].Effect", "'allow' is neither 'Allow' nor 'Deny'")),
        (document(Sids="x"), ("Statement[0]", "unknown element 'Sids'; did you mean 'Sid'?")),
        (
            document(Principal={"AWS": [ROLE, SNS]}),
            ("Statement[0].Principal.AWS[1]", f"'{SNS}' is a service principal, which belongs under 'Service'"),
        ),
    ],
)
def test_check_document_returns_the_place_and_the_problem(text, expected):
    assert check_document(text) == expected
