"""Groups and tags through both kinds of clients. The Rust tests cover each rule."""

import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError
from conftest import needs_current_model

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="its threads would share one fake")

FILTER = 'service("checkout") AND fault'
NO_RETRIES = Config(retries={"total_max_attempts": 1})


@pytest.fixture(params=["fake client", "real client"])
def client(request):
    """Return a client that uses an empty fake: first a `FakeXRayClient`, then a real client."""
    if request.param == "fake client":
        yield FakeXRay().client()
    else:
        with mock_xray(FakeXRay(), real_clients=True):
            yield boto3.client("xray", config=NO_RETRIES)


def create(client, name="checkout", **arguments):
    return client.create_group(GroupName=name, FilterExpression=FILTER, **arguments)["Group"]


def group_names(client):
    return [group["GroupName"] for group in client.get_groups()["Groups"]]


def tags_of(client, arn):
    response = client.list_tags_for_resource(ResourceARN=arn)
    return {tag["Key"]: tag["Value"] for tag in response["Tags"]}


def error_of(caught):
    return caught.value.response["Error"]


def test_the_default_group_exists_and_has_no_filter_expression(client):
    response = client.get_groups()
    assert response.keys() == {"Groups", "ResponseMetadata"}
    assert response["Groups"] == [
        {
            "GroupName": "Default",
            "GroupARN": "arn:aws:xray:us-east-1:123456789012:group/Default",
            "InsightsConfiguration": {"InsightsEnabled": False, "NotificationsEnabled": False},
        }
    ]
    assert client.get_group(GroupName="Default")["Group"] == response["Groups"][0]


def test_a_group_can_be_created_read_updated_and_deleted(client):
    created = create(client, InsightsConfiguration={"InsightsEnabled": True, "NotificationsEnabled": True})
    arn = created["GroupARN"]
    assert arn.startswith("arn:aws:xray:us-east-1:123456789012:group/checkout/")
    assert created == {
        "GroupName": "checkout",
        "GroupARN": arn,
        "FilterExpression": FILTER,
        "InsightsConfiguration": {"InsightsEnabled": True, "NotificationsEnabled": True},
    }
    assert client.get_group(GroupARN=arn)["Group"] == created
    assert group_names(client) == ["Default", "checkout"]
    updated = client.update_group(GroupName="checkout", FilterExpression="error")["Group"]
    assert updated == {**created, "FilterExpression": "error"}
    assert client.delete_group(GroupARN=arn).keys() == {"ResponseMetadata"}
    assert group_names(client) == ["Default"]
    assert create(client)["GroupARN"] != arn


@pytest.mark.parametrize(
    ("method", "arguments", "message"),
    [
        ("create_group", {"GroupName": "new"}, "Filter Expression is empty"),
        ("update_group", {"GroupName": "checkout", "FilterExpression": "  "}, "Filter Expression is empty"),
        ("create_group", {"GroupName": "checkout", "FilterExpression": "fault"}, "checkout already exists"),
        ("get_group", {}, "Provide either GroupName or GroupARN"),
        ("delete_group", {"GroupName": "checkout", "GroupARN": "arn"}, "Provide either GroupName or GroupARN"),
        ("get_group", {"GroupName": "missing"}, "Group not found"),
        ("get_groups", {"NextToken": "token"}, "Next Token not supported"),
    ],
)
def test_a_rejected_group_request_raises_the_recorded_error_and_changes_nothing(client, method, arguments, message):
    group = create(client)
    with pytest.raises(client.exceptions.InvalidRequestException) as caught:
        getattr(client, method)(**arguments)
    assert error_of(caught) == {"Code": "InvalidRequestException", "Message": message}
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert client.get_groups()["Groups"][1:] == [group]


def test_a_note_explains_that_a_filter_expression_is_required():
    with pytest.raises(ClientError) as caught:
        FakeXRay().client().create_group(GroupName="new")
    (note,) = caught.value.__notes__
    assert note == "fake-xray: FilterExpression is required, although the API model says that it is optional"


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("create_group", {"FilterExpression": "fault"}),
        ("create_group", {"GroupName": "", "FilterExpression": "fault"}),
        ("create_group", {"GroupName": "g", "Tags": [{"Key": "k"}]}),
        ("create_group", {"GroupName": "g", "InsightsConfiguration": {"InsightsEnabled": "yes"}}),
        ("get_groups", {"NextToken": ""}),
        ("tag_resource", {"ResourceARN": "a"}),
        ("untag_resource", {"ResourceARN": "a", "TagKeys": "k"}),
    ],
)
def test_botocore_rejects_invalid_arguments_of_group_and_tag_operations(client, method, arguments):
    with pytest.raises(ParamValidationError):
        getattr(client, method)(**arguments)


def test_a_group_name_of_33_characters_raises_a_validation_exception(client):
    with pytest.raises(ClientError) as caught:
        create(client, "n" * 33)
    assert error_of(caught)["Code"] == "ValidationException"
    assert "at 'groupName' failed to satisfy constraint" in error_of(caught)["Message"]


def test_tags_can_be_added_replaced_listed_and_removed(client):
    arn = create(client, Tags=[{"Key": "team", "Value": "checkout"}, {"Key": "empty", "Value": ""}])["GroupARN"]
    assert tags_of(client, arn) == {"team": "checkout", "empty": ""}
    tags = [{"Key": "team", "Value": "payments"}, {"Key": "stage", "Value": "test"}]
    assert client.tag_resource(ResourceARN=arn, Tags=tags).keys() == {"ResponseMetadata"}
    assert client.untag_resource(ResourceARN=arn, TagKeys=["empty", "absent"]).keys() == {"ResponseMetadata"}
    assert tags_of(client, arn) == {"team": "payments", "stage": "test"}
    client.delete_group(GroupARN=arn)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        tags_of(client, arn)


def test_tags_are_listed_in_the_order_of_the_real_service(client):
    arn = create(client)["GroupARN"]
    for key in ("Owner", "email@owner", "Email"):
        client.tag_resource(ResourceARN=arn, Tags=[{"Key": key, "Value": ""}])
    response = client.list_tags_for_resource(ResourceARN=arn, NextToken="invented")
    assert response.keys() == {"Tags", "ResponseMetadata"}
    assert [tag["Key"] for tag in response["Tags"]] == ["Owner", "Email", "email@owner"]


def test_the_exception_for_tags_of_a_missing_resource_names_the_resource(client):
    arn = "arn:aws:xray:us-east-1:123456789012:group/missing/X"
    calls = [
        lambda: client.list_tags_for_resource(ResourceARN=arn),
        lambda: client.tag_resource(ResourceARN=arn, Tags=[]),
        lambda: client.untag_resource(ResourceARN=arn, TagKeys=[]),
    ]
    for call in calls:
        with pytest.raises(client.exceptions.ResourceNotFoundException) as caught:
            call()
        response = caught.value.response
        assert response["Message"] == response["Error"]["Message"] == f"Resource {arn} not found"
        assert response["ResourceName"] == arn
        assert response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_a_repeated_tag_key_raises_an_internal_failure_without_a_message(client):
    arn = create(client)["GroupARN"]
    with pytest.raises(ClientError) as caught:
        client.tag_resource(ResourceARN=arn, Tags=[{"Key": "k", "Value": "1"}, {"Key": "k", "Value": "2"}])
    assert error_of(caught) == {"Code": "InternalFailure", "Message": None}
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert tags_of(client, arn) == {}


def test_a_real_client_retries_the_internal_failure_of_a_repeated_tag_key():
    with mock_xray(real_clients=True) as fake:
        client = boto3.client("xray", config=Config(retries={"total_max_attempts": 2, "mode": "standard"}))
        arn = create(client)["GroupARN"]
        with pytest.raises(ClientError, match="reached max retries: 1"):
            client.tag_resource(ResourceARN=arn, Tags=[{"Key": "k", "Value": "1"}] * 2)
        assert [call.operation for call in fake.calls] == ["CreateGroup", "TagResource", "TagResource"]


@needs_current_model
def test_http_responses_with_groups_contain_nulls_that_botocore_removes():
    bodies = []
    with mock_xray(real_clients=True):
        client = boto3.client("xray")
        client.meta.events.register("before-parse.xray", lambda response_dict, **_: bodies.append(response_dict))
        create(client)
        client.get_groups()
    document = json.loads(bodies[-1]["body"])
    assert list(document) == ["Groups", "NextToken"]
    assert document["NextToken"] is None
    assert document["Groups"][0]["FilterExpression"] is None


def test_fake_and_real_clients_share_the_groups_of_one_fake():
    fake = FakeXRay()
    group = create(fake.client())
    with mock_xray(fake, real_clients=True):
        assert boto3.client("xray").get_group(GroupName="checkout")["Group"] == group
    fake.reset()
    assert group_names(fake.client()) == ["Default"]
    assert create(fake.client()) == group


def test_each_account_and_region_has_separate_groups():
    fake = FakeXRay()
    create(fake.client())
    other = fake.client(region_name="eu-west-1", account_id="111122223333")
    assert group_names(other) == ["Default"]
    assert create(other)["GroupARN"].startswith("arn:aws:xray:eu-west-1:111122223333:group/checkout/")
