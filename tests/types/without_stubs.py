"""Code of users who have no boto3-stubs: `make types` checks it with the stubs hidden."""

from typing import Any

from typing_extensions import assert_type

from fake_xray import Evaluation, FakeXRay, FakeXRayClient, mock_xray


def everything_checks() -> None:
    with mock_xray(FakeXRay(region_name="eu-west-1")) as fake:
        client = fake.client()
    assert_type(client, FakeXRayClient)
    assert_type(client.put_resource_policy(PolicyName="p", PolicyDocument="{}"), dict[str, Any])
    assert_type(client.exceptions.InvalidRequestException, Any)
    assert_type(client.meta.region_name, str)
    assert_type(fake.evaluate("xray:GetGroups", principal="sns.amazonaws.com"), Evaluation)


def what_must_not_check() -> None:
    FakeXRay(account_id=123456789012)  # type: ignore[arg-type]
