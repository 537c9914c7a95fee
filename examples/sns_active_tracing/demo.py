"""Prints what one `boto3.client("xray").put_resource_policy(...)` answers under mock_xray."""

import json
from pprint import pprint

import boto3
from tracing_policy import POLICY_NAME, sns_document

from fake_xray import mock_xray

with mock_xray():
    answer = boto3.client("xray").put_resource_policy(
        PolicyName=POLICY_NAME, PolicyDocument=json.dumps(sns_document("123456789012", "us-east-1", "*"))
    )

print('\nboto3.client("xray").put_resource_policy(...), answered in process:\n')
pprint(answer, sort_dicts=False, width=120)
