"""The import of `fake_xray` and its public names, the command line, and generated files."""

import importlib
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import pytest
from conftest import SNS_DOCUMENT, needs_current_model

import fake_xray
from fake_xray import _literals
from fake_xray._arranged import known_errors
from fake_xray._client import methods, operation_names
from fake_xray._core import OPERATIONS

ROOT = Path(__file__).parent.parent


def run(code):
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def test_importing_the_package_loads_no_extension_and_no_botocore():
    loaded = run("import fake_xray, sys; print(*sys.modules)")
    assert not {"fake_xray._core", "botocore", "boto3", "dateutil"} & set(loaded)


def test_successful_calls_of_a_client_do_not_import_botocore():
    loaded = run(
        "from fake_xray import FakeXRay; import sys; c = FakeXRay().client();"
        'c.put_resource_policy(PolicyName="p", PolicyDocument=\'{"Statement":[{"Effect":"Allow","Principal":"*",'
        '"Action":"xray:*","Resource":"*"}]}\'); c.list_resource_policies(); print(*sys.modules)'
    )
    assert "fake_xray._core" in loaded
    assert "botocore" not in loaded


def test_every_public_name_exists():
    assert set(fake_xray.__all__) <= set(dir(fake_xray))
    for name in fake_xray.__all__:
        assert getattr(fake_xray, name) is not None


def test_classes_of_returned_objects_are_public():
    # In a new process: pytester, which other tests use, can leave classes of two imports in this one.
    results = run(
        """
import fake_xray

mock = fake_xray.mock_xray()
with mock as fake:
    client = fake.client()
    client.list_resource_policies()
    fake.client().put_resource_policy(
        PolicyName="p",
        PolicyDocument='{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "xray:*", "Resource": "*"}]}',
    )
evaluation = fake.evaluate("xray:PutTraceSegments", principal="123456789012")
for returned, public in [
    (mock, fake_xray.XRayMock),
    (client, fake_xray.FakeXRayClient),
    (fake.calls, fake_xray.Calls),
    (fake.calls.last, fake_xray.Call),
    (fake.policies["p"], fake_xray.StoredPolicy),
    (evaluation, fake_xray.Evaluation),
    (evaluation.matched[0], fake_xray.MatchedStatement),
]:
    print(isinstance(returned, public))
"""
    )
    assert results == ["True"] * 7


def test_an_unknown_attribute_of_the_package_raises_attribute_error():
    with pytest.raises(AttributeError, match="module 'fake_xray' has no attribute 'FakeXray'"):
        _ = fake_xray.FakeXray


def test_the_error_for_an_unknown_attribute_of_the_package_lists_the_public_names():
    with pytest.raises(
        AttributeError, match="it has Call, Calls, Evaluation, FakeXRay, FakeXRayClient, MatchedStatement, "
    ):
        _ = fake_xray.FakeClient


def test_boto3_stubs_are_not_imported_at_run_time():
    # Python cannot import a module that is None in `sys.modules`.
    printed = run(
        "import sys; sys.modules.update(dict.fromkeys(['mypy_boto3_xray', 'boto3_stubs']));"
        "from fake_xray import FakeXRay, pytest_plugin; client = FakeXRay().client(); client.exceptions.ClientError;"
        "print(client.list_resource_policies()['ResourcePolicies'], client.meta.region_name)"
    )
    assert printed == ["[]", "us-east-1"]


def command(*arguments, stdin=""):
    """Run `python -m fake_xray` with arguments."""
    return subprocess.run(
        [sys.executable, "-m", "fake_xray", *arguments], input=stdin, capture_output=True, text=True, check=False
    )


def test_the_command_line_reports_versions_and_operations():
    text = command().stdout
    assert text.startswith(f"fake-xray {version('fake-xray')}, botocore {version('botocore')}\n")
    listed = dict(re.findall(r"^  (\w+) +(supported, recorded|supported, documented|not supported)$", text, re.M))
    assert {name for name, state in listed.items() if state != "not supported"} == set(OPERATIONS)
    assert {name for name, state in listed.items() if state == "not supported"} == operation_names() - set(OPERATIONS)
    assert f"{len(OPERATIONS)} of {len(listed)} operations of X-Ray are supported" in text
    assert "python -m pydoc fake_xray.FakeXRay" in text


def test_the_command_line_has_a_help_and_a_version_option():
    completed = command("--version")
    assert (completed.returncode, completed.stdout) == (0, f"fake-xray {version('fake-xray')}\n")
    completed = command("--help")
    assert completed.returncode == 0
    assert "check" in completed.stdout
    assert "FILE" in command("check", "--help").stdout


@pytest.mark.parametrize("arguments", [("--unknown",), ("unknown",), ("check",), ("check", "--unknown", "file")])
def test_invalid_command_line_arguments_print_the_usage_and_exit_with_2(arguments):
    completed = command(*arguments)
    assert completed.returncode == 2
    assert completed.stderr.startswith("usage: python -m fake_xray")
    assert completed.stdout == ""


def test_the_check_command_accepts_valid_documents(tmp_path):
    file = tmp_path / "policy.json"
    file.write_text(SNS_DOCUMENT)
    assert status_and_output(command("check", str(file), str(file))) == (0, "")
    assert status_and_output(command("check", "-", stdin=SNS_DOCUMENT)) == (0, "")


def test_the_check_command_names_the_file_and_the_place_of_each_error(tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(SNS_DOCUMENT)
    bad.write_text(SNS_DOCUMENT.replace('"Resource": "*"', '"Resource": "everything"'))
    status, text = status_and_output(command("check", str(good), str(bad), "-", stdin="{"))
    assert status == 1
    first, second = text.splitlines()
    assert first.startswith(f"{bad}: Statement[0].Resource: ")
    assert "everything" in first
    assert second.startswith("-: ")


def status_and_output(completed):
    assert completed.stderr == ""
    return completed.returncode, completed.stdout


def test_the_check_command_reports_files_that_cannot_be_read(tmp_path):
    binary = tmp_path / "binary.json"
    binary.write_bytes(b'{"Version": "\xff"}')
    missing = tmp_path / "missing.json"
    status, text = status_and_output(command("check", str(missing), str(binary)))
    assert status == 1
    assert text.splitlines() == [
        f"{missing}: cannot be read: No such file or directory",
        f"{binary}: byte 13: the document is not UTF-8",
    ]


def test_the_pre_commit_hook_runs_the_check_command():
    hooks = ROOT / ".pre-commit-hooks.yaml"
    if not hooks.exists():
        pytest.skip("only a checkout has the pre-commit hook")
    (entry,) = re.findall(r"^  entry: python -m fake_xray (.*)$", hooks.read_text(), re.MULTILINE)
    assert "FILE" in command(*entry.split(), "--help").stdout


def test_the_literal_types_for_type_checkers_contain_all_operations_and_error_codes():
    names = get_args(_literals.Operation)
    # An older botocore has fewer operations.
    assert set(methods()) | set(methods().values()) <= set(names)
    assert len(names) == len(set(names))
    codes = get_args(get_args(_literals.ErrorCode)[0])
    assert set(codes) == set(known_errors())


@pytest.mark.parametrize("script", ["stub.py", pytest.param("operations_page.py", marks=needs_current_model)])
def test_generated_files_are_current(script):
    script = ROOT / "tools" / script
    if not script.exists() or not (ROOT / "python").exists():
        pytest.skip("only a checkout has the tools and the stub")
    completed = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stdout + completed.stderr


def test_exceptions_can_be_caught_after_the_package_is_reloaded(monkeypatch):
    fake_xray.exceptions.from_code("InvalidRequestException")
    for name in [name for name in sys.modules if name.split(".")[0] == "fake_xray"]:
        monkeypatch.delitem(sys.modules, name)
    reloaded = importlib.import_module("fake_xray")
    assert reloaded is not fake_xray
    client = reloaded.FakeXRay().client()
    assert isinstance(client, reloaded.FakeXRayClient)
    with pytest.raises(client.exceptions.InvalidRequestException):
        client.delete_resource_policy(PolicyName="missing")
    with pytest.raises(reloaded.exceptions.InvalidRequestException):
        client.delete_resource_policy(PolicyName="missing")
