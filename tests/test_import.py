"""`import fake_xray` is light, and says what it has."""

import importlib
import re
import subprocess
import sys
from importlib.metadata import version

import pytest

import fake_xray
from fake_xray._client import operation_names
from fake_xray._core import OPERATIONS


def run(code):
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def test_importing_the_package_loads_no_extension_and_no_botocore():
    loaded = run("import fake_xray, sys; print(*sys.modules)")
    assert not {"fake_xray._core", "botocore", "boto3", "dateutil"} & set(loaded)


def test_a_client_answers_without_botocore_until_something_is_refused():
    loaded = run(
        "from fake_xray import FakeXRay; import sys; c = FakeXRay().client();"
        'c.put_resource_policy(PolicyName="p", PolicyDocument=\'{"Statement":[{"Effect":"Allow","Principal":"*",'
        '"Action":"xray:*","Resource":"*"}]}\'); c.list_resource_policies(); print(*sys.modules)'
    )
    assert "fake_xray._core" in loaded
    assert "botocore" not in loaded


def test_everything_public_is_there():
    assert set(fake_xray.__all__) <= set(dir(fake_xray))
    for name in fake_xray.__all__:
        assert getattr(fake_xray, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'fake_xray' has no attribute 'FakeXray'"):
        _ = fake_xray.FakeXray


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(
        AttributeError, match="it has Evaluation, FakeXRay, FakeXRayClient, active_fake, exceptions, mock_xray"
    ):
        _ = fake_xray.FakeClient


def test_boto3_stubs_are_for_type_checkers_alone():
    listed = run(
        "import sys; sys.modules.update(dict.fromkeys(['mypy_boto3_xray', 'boto3_stubs']));"
        "from fake_xray import FakeXRay, pytest_plugin; client = FakeXRay().client(); client.exceptions.ClientError;"
        "print(client.list_resource_policies()['ResourcePolicies'], client.meta.region_name)"
    )
    assert listed == ["[]", "us-east-1"]


def test_python_m_tells_what_is_installed():
    text = subprocess.run([sys.executable, "-m", "fake_xray"], check=True, capture_output=True, text=True).stdout
    assert text.startswith(f"fake-xray {version('fake-xray')}, botocore {version('botocore')}\n")
    built, not_built = re.search(
        r"^built: (.*)\nnot built \(NotImplementedError\): (.*)\n\S", text, re.S | re.M
    ).groups()
    assert names(built) == set(OPERATIONS)
    assert names(not_built) == operation_names() - set(OPERATIONS)
    assert "documentation: README.md" in text


def names(listed):
    return set(re.split(r",\s+", listed))


def test_what_is_raised_can_be_caught_after_the_modules_were_loaded_anew(monkeypatch):
    fake_xray.exceptions.from_code("InvalidRequestException")
    for name in [name for name in sys.modules if name.split(".")[0] == "fake_xray"]:
        monkeypatch.delitem(sys.modules, name)
    anew = importlib.import_module("fake_xray")
    assert anew is not fake_xray
    client = anew.FakeXRay().client()
    assert isinstance(client, anew.FakeXRayClient)
    with pytest.raises(client.exceptions.InvalidRequestException):
        client.delete_resource_policy(PolicyName="missing")
    with pytest.raises(anew.exceptions.InvalidRequestException):
        client.delete_resource_policy(PolicyName="missing")
