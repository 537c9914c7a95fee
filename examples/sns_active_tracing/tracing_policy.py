"""Store the X-Ray resource policy that Amazon SNS active tracing needs.

This is application code. It uses only boto3. Nothing in it is written for the fake.
The policy document comes from the AWS documentation (X-Ray Developer Guide, "Amazon SNS and AWS X-Ray").
"""

import json
from typing import Any

import boto3

POLICY_NAME = "SNSActiveTracing"
MAX_ATTEMPTS = 5


class PolicyConflict(Exception):
    """Another writer changed the policy during every attempt."""


def allow_sns_active_tracing(account_id: str, topic: str = "*") -> dict[str, Any]:
    """Let the account's topics in this Region write traces. Return the stored policy.

    Create the policy, or update the revision that was read. If another writer changes the policy between the read and
    the update, try again.
    """
    xray = boto3.client("xray")
    document = sns_document(account_id, xray.meta.region_name, topic)
    for _ in range(MAX_ATTEMPTS):
        current = read_policy(xray)
        if current is not None and json.loads(current["PolicyDocument"]) == document:
            return current
        try:
            response = xray.put_resource_policy(
                PolicyName=POLICY_NAME,
                PolicyDocument=json.dumps(document),
                PolicyRevisionId=current["PolicyRevisionId"] if current else "0",
            )
        except xray.exceptions.InvalidPolicyRevisionIdException:
            continue
        policy: dict[str, Any] = dict(response["ResourcePolicy"])
        return policy
    raise PolicyConflict(f"{POLICY_NAME} changed between reading and writing in each of {MAX_ATTEMPTS} attempts")


def read_policy(xray: Any) -> dict[str, Any] | None:
    """Return the stored policy, or None if it does not exist."""
    pages = xray.get_paginator("list_resource_policies").paginate()
    return next((policy for policy in pages.search("ResourcePolicies[]") if policy["PolicyName"] == POLICY_NAME), None)


def sns_document(account_id: str, region_name: str, topic: str) -> dict[str, Any]:
    """Return a policy document that lets SNS write traces only for topics of this account and Region."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "SNSAccess",
                "Effect": "Allow",
                "Principal": {"Service": "sns.amazonaws.com"},
                "Action": ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
                "Resource": "*",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": account_id},
                    "StringLike": {"aws:SourceArn": f"arn:aws:sns:{region_name}:{account_id}:{topic}"},
                },
            }
        ],
    }
