"""Measure whole processes: suites of 1,000 tests, and start-up."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contenders import Moto, small_document
from timing import Row, Sample, interleave

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = 1000
# With moto, 1,000 tests take minutes, so its suite has fewer.
MOTO_TESTS = 100

# Every suite imports boto3, because the application under test does so too.
SUITES = {
    "empty tests": """
import boto3
@pytest.mark.parametrize("n", range(TESTS))
def test(n):
    pass
""",
    "empty tests with an empty fixture": """
import boto3
@pytest.fixture
def nothing():
    yield
@pytest.mark.parametrize("n", range(TESTS))
def test(nothing, n):
    pass
""",
    "empty tests with the fake_xray fixture": """
import boto3
@pytest.mark.parametrize("n", range(TESTS))
def test(fake_xray, n):
    pass
""",
    "the same calls on an object that does nothing": """
import boto3
class Nothing:
    def put_resource_policy(self, **arguments):
        if "PolicyRevisionId" in arguments:
            raise KeyError
    def list_resource_policies(self):
        return {"ResourcePolicies": [None]}
@pytest.fixture
def nothing():
    yield Nothing()
@pytest.mark.parametrize("n", range(TESTS))
def test(nothing, n):
    exercise(nothing, KeyError)
""",
    "fake-xray": """
import boto3
@pytest.mark.parametrize("n", range(TESTS))
def test(fake_xray, n):
    exercise(boto3.client("xray"))
""",
    "hand-written Python": """
import boto3
from hand_written import HandWritten
@pytest.fixture
def client(monkeypatch):
    store = HandWritten()
    monkeypatch.setattr(boto3, "client", lambda name: store)
    return boto3.client("xray")
@pytest.mark.parametrize("n", range(TESTS))
def test(client, n):
    exercise(client, client.InvalidPolicyRevisionIdException)
""",
    "MagicMock": """
from contenders import Mock
@pytest.fixture
def kit():
    return Mock().kit(1, DOCUMENT)
@pytest.mark.parametrize("n", range(TESTS))
def test(kit, n):
    exercise(kit, kit.stale_error)
""",
    "Stubber": """
from contenders import BotocoreStubber
@pytest.fixture
def kit():
    kit = BotocoreStubber().kit(1, DOCUMENT)
    with kit.cleanup:
        yield kit
@pytest.mark.parametrize("n", range(TESTS))
def test(kit, n):
    exercise(kit, kit.stale_error)
""",
    "before-send handler": """
from contenders import BeforeSend
@pytest.fixture
def kit():
    return BeforeSend().kit(1, DOCUMENT)
@pytest.mark.parametrize("n", range(TESTS))
def test(kit, n):
    exercise(kit, kit.stale_error)
""",
    "moto (CloudWatch Logs)": """
import boto3
from moto import mock_aws
from contenders import CREDENTIALS
@pytest.fixture
def logs():
    with mock_aws():
        yield boto3.client("logs", **CREDENTIALS)
@pytest.mark.parametrize("n", range(TESTS))
def test(logs, n):
    logs.put_resource_policy(policyName="policy", policyDocument=DOCUMENT)
    assert len(logs.describe_resource_policies()["resourcePolicies"]) == 1
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.delete_resource_policy(policyName="missing")
""",
}

HEAD = """
import pytest
TESTS = {tests}
DOCUMENT = {document!r}

def exercise(xray, stale_error=None):
    xray.put_resource_policy(PolicyName="policy", PolicyDocument=DOCUMENT)
    assert len(xray.list_resource_policies()["ResourcePolicies"]) == 1
    with pytest.raises(stale_error or xray.exceptions.InvalidPolicyRevisionIdException):
        xray.put_resource_policy(PolicyName="policy", PolicyDocument=DOCUMENT, PolicyRevisionId="99")
"""

PYTEST = ["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", "."]


# Let Python keep the compiled modules, as it does by default.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _run(arguments: list[str], directory: Path) -> Sample:
    command = [sys.executable, *arguments]

    def work() -> None:
        run = subprocess.run(command, cwd=directory, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise RuntimeError(f"{arguments} failed:\n{run.stdout}{run.stderr}")

    return Sample(work, 1)


def _interleaved(name: str, rounds: int, commands: dict[str, list[str]], directory: Path) -> Row:
    samples: dict[str, Callable[[], Sample]] = {
        contender: partial(_run, arguments, directory) for contender, arguments in commands.items()
    }
    return interleave(name, "s", rounds, samples)


def suites(rounds: int) -> list[Row]:
    """Time suites whose tests use a fixture, put a policy, list the policies and expect one error."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "conftest.py").write_text(f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n")

        def command(contender: str, tests: int) -> list[str]:
            file = directory / f"test_{abs(hash((contender, tests)))}.py"
            file.write_text(HEAD.format(tests=tests, document=small_document(1)) + SUITES[contender])
            return [*PYTEST, file.name]

        slow = [Moto.name]
        fast = [contender for contender in SUITES if contender not in slow]
        return [
            _interleaved(
                f"{TESTS:,} tests",
                rounds,
                {contender: command(contender, TESTS) for contender in fast},
                directory,
            ),
            _interleaved(
                f"{MOTO_TESTS} tests",
                max(rounds // 3, 3),
                {contender: command(contender, MOTO_TESTS) for contender in ["empty tests", "fake-xray", *slow]},
                directory,
            ),
        ]


def start_up(rounds: int) -> list[Row]:
    """Time imports, and pytest with the plugin installed but not used."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "test_one.py").write_text("def test():\n    pass\n")
        imports = {
            "pass": "pass",
            "import fake_xray": "import fake_xray",
            "fake_xray.FakeXRay()": "import fake_xray; fake_xray.FakeXRay()",
            "import botocore.exceptions": "import botocore.exceptions",
            "import boto3": "import boto3",
            "import moto": "from moto import mock_aws",
        }
        run = [*PYTEST, "test_one.py"]
        return [
            _interleaved(
                "python -c", rounds, {name: ["-I", "-c", source] for name, source in imports.items()}, directory
            ),
            _interleaved(
                "pytest, one empty test",
                # The difference is a hundredth of the time, so it needs more rounds than the other measures.
                rounds * 4,
                {"without the plugin": [*run, "-p", "no:fake_xray"], "with the plugin, unused": run},
                directory,
            ),
        ]
