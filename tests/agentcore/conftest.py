"""Fixtures of the tests that need bedrock-agentcore-starter-toolkit. `make agentcore-test` runs these tests."""

import pytest
from moto import mock_aws


@pytest.fixture(autouse=True)
def aws(monkeypatch, tmp_path):
    """Let moto handle CloudWatch Logs in an empty account, and hide the developer's own AWS configuration."""
    for name in ("AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "missing"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "missing"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with mock_aws():
        yield
