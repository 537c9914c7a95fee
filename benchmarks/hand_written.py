"""A fake that a developer could write by hand instead of using a package."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from botocore.exceptions import ClientError


class HandWritten:
    """A fake that keeps the policies of one account in a dict, makes a few checks, and responds like boto3."""

    class InvalidPolicyRevisionIdException(ClientError):
        """Callers can catch this class as they catch `client.exceptions.InvalidPolicyRevisionIdException` of boto3."""

    def __init__(self) -> None:
        self.policies: dict[str, dict[str, Any]] = {}
        self.requests = 0

    def put_resource_policy(
        self,
        *,
        PolicyName: str,
        PolicyDocument: str,
        PolicyRevisionId: str | None = None,
        BypassPolicyLockoutCheck: bool = False,
    ) -> dict[str, Any]:
        try:
            json.loads(PolicyDocument)
        except ValueError:
            raise self.error(ClientError, "MalformedPolicyDocumentException", None) from None
        if len(PolicyDocument.encode()) > 5120:
            raise self.error(ClientError, "PolicySizeLimitExceededException", "too long")
        existing = self.policies.get(PolicyName)
        revision = int(existing["PolicyRevisionId"]) if existing else 0
        if PolicyRevisionId is not None and PolicyRevisionId != str(revision):
            message = f"Another concurrent request has modified the resource policy {PolicyName}"
            raise self.error(self.InvalidPolicyRevisionIdException, "InvalidPolicyRevisionIdException", message)
        if existing is None and len(self.policies) >= 5:
            raise self.error(ClientError, "PolicyCountLimitExceededException", "too many")
        policy = {
            "PolicyName": PolicyName,
            "PolicyDocument": PolicyDocument,
            "PolicyRevisionId": str(revision + 1),
            "LastUpdatedTime": datetime.now(timezone.utc).replace(microsecond=0),
        }
        self.policies[PolicyName] = policy
        return {"ResourcePolicy": dict(policy), "ResponseMetadata": self.metadata()}

    def list_resource_policies(self, *, NextToken: str | None = None) -> dict[str, Any]:
        policies = [dict(policy) for policy in self.policies.values()]
        return {"ResourcePolicies": policies, "ResponseMetadata": self.metadata()}

    def delete_resource_policy(self, *, PolicyName: str, PolicyRevisionId: str | None = None) -> dict[str, Any]:
        if PolicyName not in self.policies:
            raise self.error(
                ClientError, "InvalidRequestException", f"The resource policy {PolicyName} does not exist."
            )
        del self.policies[PolicyName]
        return {"ResponseMetadata": self.metadata()}

    def metadata(self, status: int = 200) -> dict[str, Any]:
        self.requests += 1
        request_id = f"00000000-0000-4000-8000-{self.requests:012x}"
        headers = {"x-amzn-requestid": request_id, "content-type": "application/json"}
        return {"RequestId": request_id, "HTTPStatusCode": status, "HTTPHeaders": headers, "RetryAttempts": 0}

    def error(self, kind: type[ClientError], code: str, message: str | None) -> ClientError:
        response: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": self.metadata(400)}
        return kind(response, "PutResourcePolicy")
