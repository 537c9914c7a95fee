"""Print the response of `boto3.client("xray").put_resource_policy(...)` from the fake."""

import json
from pprint import pprint

import boto3
from tracing_policy import POLICY_NAME, sns_document

from fake_xray import mock_xray

with mock_xray():
    response = boto3.client("xray").put_resource_policy(
        PolicyName=POLICY_NAME, PolicyDocument=json.dumps(sns_document("123456789012", "us-east-1", "*"))
    )

print('\nThe response of boto3.client("xray").put_resource_policy(...), from the fake:\n')
pprint(response, sort_dicts=False, width=120)
