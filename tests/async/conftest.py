"""Fixtures of the tests that need aiobotocore, which requires certain versions of botocore.

`make async-test` runs these tests.
"""

import pytest

SNS_DOCUMENT = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},'
    '"Action":"xray:PutTraceSegments","Resource":"*"}]}'
)


@pytest.fixture
def document():
    return SNS_DOCUMENT


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    """Hide the developer's own AWS configuration, so that no test depends on it."""
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "missing"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "missing"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
