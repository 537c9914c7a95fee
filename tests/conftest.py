"""Fixtures, helpers and test data that several test modules use."""

import inspect
import json
import os

import botocore
import pytest
from oracle import Oracle

pytest_plugins = ["pytester"]

# These directories run in separate environments: `make agentcore-test`, `make async-test`, `make sdk-test`.
collect_ignore = ["agentcore", "async", "sdk"]

# The policy that the X-Ray Developer Guide gives for SNS active tracing.
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
    """Mark the tests that pytest-run-parallel (`make soak`) must not run in several threads.

    Their threads would share the state of one fake, or each would replace the clients of the whole process.
    """
    for item in items:
        if {"fake", "fake_xray", "fake_and_client"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.thread_unsafe(reason="its threads would share one fake"))
        elif "mock_xray" in inspect.unwrap(item.function).__code__.co_names:
            item.add_marker(pytest.mark.thread_unsafe(reason="mock_xray changes the whole process"))


def pytest_make_parametrize_id(val):
    """Show dicts, lists and tuples in the ids of parametrized tests, so that a report shows which case failed."""
    if not isinstance(val, (dict, list, tuple)):
        return None
    text = repr(val)
    # The address of an object is different in each process, but xdist needs the same ids in all of them.
    return None if " at 0x" in text else text[:60]


def minimal(shape):
    """Return the smallest value of a shape that botocore's validation accepts."""
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


# True during `make soak`, which sets FAKE_XRAY_SOAK.
SOAKING = bool(os.environ.get("FAKE_XRAY_SOAK"))


def rounds(usual, soaking):
    """Return how often a stress test repeats its work: `usual` by default, `soaking` during `make soak`."""
    return soaking if SOAKING else usual


# An older botocore lacks operations and members that the package supports.
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
    """Hide the Region, credentials, profile and configuration of the machine, which could change a test's result."""
    missing_file = str(tmp_path_factory.getbasetemp() / "missing")
    # pytest-run-parallel (`make soak`) does not run a test in several threads if it uses the fixture `monkeypatch`.
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", missing_file)
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", missing_file)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield
