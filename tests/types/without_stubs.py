"""Code of a user who has not installed boto3-stubs. `make types` checks it while it hides the stubs from mypy."""

from typing import Any

from typing_extensions import assert_type

from fake_xray import Evaluation, FakeXRay, FakeXRayClient, mock_xray


def valid_code_has_no_errors() -> None:
    with mock_xray(FakeXRay(region_name="eu-west-1")) as fake:
        client = fake.client()
    assert_type(client, FakeXRayClient)
    assert_type(client.put_resource_policy(PolicyName="p", PolicyDocument="{}"), dict[str, Any])
    assert_type(client.exceptions.InvalidRequestException, Any)
    assert_type(client.meta.region_name, str)
    assert_type(fake.evaluate("xray:GetGroups", principal="sns.amazonaws.com"), Evaluation)


def errors_are_reported() -> None:
    FakeXRay(account_id=123456789012)  # type: ignore[arg-type]
