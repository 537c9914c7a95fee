"""Keeps the X-Ray resource policy in place that Amazon SNS active tracing needs.

Application code: it knows boto3, and nothing of the fake that its tests use.
The document is the one of the AWS documentation (X-Ray Developer Guide, "Amazon SNS and AWS X-Ray").
"""

import json
from typing import Any

import boto3

POLICY_NAME = "SNSActiveTracing"
ATTEMPTS = 5


class PolicyContested(Exception):
    """Somebody else changes the policy all the time."""


def allow_sns_active_tracing(account_id: str, topic: str = "*") -> dict[str, Any]:
    """Let the account's topics in this Region write traces; return the policy as X-Ray has it afterwards.

    Creates the policy, or updates the revision that it has just read. Whoever loses a race reads again.
    """
    xray = boto3.client("xray")
    document = sns_document(account_id, xray.meta.region_name, topic)
    for _ in range(ATTEMPTS):
        current = read_policy(xray)
        if current is not None and json.loads(current["PolicyDocument"]) == document:
            return current
        try:
            answer = xray.put_resource_policy(
                PolicyName=POLICY_NAME,
                PolicyDocument=json.dumps(document),
                PolicyRevisionId=current["PolicyRevisionId"] if current else "0",
            )
        except xray.exceptions.InvalidPolicyRevisionIdException:
            continue
        policy: dict[str, Any] = dict(answer["ResourcePolicy"])
        return policy
    raise PolicyContested(f"{POLICY_NAME} changed {ATTEMPTS} times between reading and writing")


def read_policy(xray: Any) -> dict[str, Any] | None:
    """Return the policy as X-Ray has it now, None where there is none."""
    pages = xray.get_paginator("list_resource_policies").paginate()
    return next((policy for policy in pages.search("ResourcePolicies[]") if policy["PolicyName"] == POLICY_NAME), None)


def sns_document(account_id: str, region_name: str, topic: str) -> dict[str, Any]:
    """Return the policy document: SNS may write traces for topics of this account, and for no others."""
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
