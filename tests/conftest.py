"""What the tests share: documents, an oracle, and pytest's own fixture for testing plugins."""

import json
import os

import botocore
import pytest
from oracle import Oracle

pytest_plugins = ["pytester"]

# They run in environments of their own: `make async-test`, `make agentcore-test`, `make sdk-test`.
collect_ignore = ["agentcore", "async", "sdk"]

# AWS's own example for SNS active tracing (X-Ray Developer Guide).
SNS_DOCUMENT = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "SNSAccess",
                "Effect": "Allow",
                "Principal": {"Service": "sns.amazonaws.com"},
                "Action": ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
                "Resource": "*",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": "123456789012"},
                    "StringLike": {"aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:*"},
                },
            }
        ],
    }
)


def pytest_collection_modifyitems(items):
    """Keep from pytest-run-parallel (`make soak`) the tests whose threads would share the state of one fake."""
    for item in items:
        if {"fake", "fake_xray", "front"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.thread_unsafe(reason="its threads would share one fake"))


def minimal(shape):
    """The smallest value that botocore's validation accepts for a shape."""
    if shape is None:
        return {}
    if shape.type_name == "structure":
        names = list(shape.members)[:1] if shape.is_tagged_union else shape.required_members
        return {name: minimal(shape.members[name]) for name in names}
    if shape.type_name == "list":
        return [minimal(shape.member)] * shape.metadata.get("min", 0)
    values = {
        "string": "x" * shape.metadata.get("min", 1),
        "timestamp": 0,
        "boolean": True,
        "double": 0.5,
        "float": 0.5,
    }
    return values.get(shape.type_name, shape.metadata.get("min", 1))


# Whether this is `make soak`.
SOAKING = bool(os.environ.get("FAKE_XRAY_SOAK"))


def rounds(usual, soaking):
    """How often a test does what may go wrong once in a while."""
    return soaking if SOAKING else usual


# An older botocore lacks operations and members that the package has.
needs_current_model = pytest.mark.skipif(
    tuple(map(int, botocore.__version__.split(".")[:2])) < (1, 42), reason="this botocore has an older model of X-Ray"
)


@pytest.fixture
def document():
    return SNS_DOCUMENT


@pytest.fixture(scope="session")
def oracle():
    return Oracle()


@pytest.fixture(autouse=True)
def bare_environment(tmp_path_factory):
    """No Region, no credentials, no profile, no configuration file: a developer's own must not decide a test."""
    nowhere = str(tmp_path_factory.getbasetemp() / "nowhere")
    # The fixture `monkeypatch` would keep every test from running in several threads (`make soak`).
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", nowhere)
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", nowhere)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield
