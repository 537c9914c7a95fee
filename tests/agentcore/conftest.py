"""These tests run where bedrock-agentcore-starter-toolkit is installed, which needs much: `make agentcore-test`."""

import pytest
from moto import mock_aws


@pytest.fixture(autouse=True)
def aws(monkeypatch, tmp_path):
    """An empty account whose CloudWatch Logs are moto's. No developer's own configuration decides a test."""
    for name in ("AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "nowhere"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "nowhere"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with mock_aws():
        yield
