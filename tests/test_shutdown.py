"""The interpreter exits without errors or warnings while objects of the fake still exist."""

import subprocess
import sys

import pytest
from conftest import SNS_DOCUMENT, SOAKING, rounds

pytestmark = pytest.mark.thread_unsafe(reason="starts interpreters")

SETUP = f"""
import atexit, itertools, threading, time
import boto3
from botocore.exceptions import BotoCoreError, ClientError
from fake_xray import FakeXRay, mock_xray

document = {SNS_DOCUMENT!r}
real_client = boto3.session.Session().client(
    "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
)
fake = FakeXRay()
client = fake.client()


def put():
    client.put_resource_policy(PolicyName="p", PolicyDocument=document)


def put_a_malformed_document():
    try:
        client.put_resource_policy(PolicyName="p", PolicyDocument="{{")
    except ClientError as error:
        return error


def call_through_a_real_client():
    assert real_client.list_resource_policies()["ResponseMetadata"]["HTTPStatusCode"] == 200
"""

# Code that leaves objects behind when the interpreter exits.
SCRIPTS = {
    "clients": "put(); client.meta; client.exceptions; client.get_paginator('list_resource_policies')",
    "an error and its traceback": "error = put_a_malformed_document()",
    "the log": "put(); calls = fake.calls; evaluation = fake.evaluate('xray:A', principal='sns.amazonaws.com')",
    "a block": """
block = mock_xray(fake)
block.__enter__()
put()
call_through_a_real_client()
created = boto3.client("xray")
created.list_resource_policies()
""",
    "a generator that is suspended in a block": """
def generate():
    with mock_xray(fake):
        yield call_through_a_real_client()


generator = generate()
next(generator)
""",
    "functions that run at exit": """
block = mock_xray(fake)
block.__enter__()
atexit.register(call_through_a_real_client)
atexit.register(put_a_malformed_document)
atexit.register(put)
""",
    "reference cycles": """
client.itself = client
fake.client().fake = fake
""",
    "running threads": """
def work():
    for _ in range(200):
        put()
        put_a_malformed_document()


for _ in range(4):
    threading.Thread(target=work).start()
""",
}

DAEMON_THREADS = """
block = mock_xray(fake)
block.__enter__()


def repeat(call):
    while True:
        call()


for call in [put, *[put_a_malformed_document] * 3, call_through_a_real_client]:
    threading.Thread(target=repeat, args=(call,), daemon=True).start()
time.sleep(0.2)
"""


def run(script):
    """Run a script in an interpreter with all warnings and checks enabled. Return its exit code and standard error."""
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", SETUP + script]
    completed = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return completed.returncode, completed.stderr


def test_the_interpreter_exits_cleanly_if_all_scripts_leave_objects_behind():
    assert run("\n".join(SCRIPTS.values())) == (0, "")


@pytest.mark.skipif(not SOAKING, reason="starts an interpreter for each script; `make soak` runs it")
@pytest.mark.parametrize("script", SCRIPTS)
def test_the_interpreter_exits_cleanly_if_one_script_leaves_objects_behind(script):
    assert run(SCRIPTS[script]) == (0, "")


@pytest.mark.xfail(
    sys.version_info < (3, 14),
    reason="Before 3.14 CPython unwinds the stacks of daemon threads, which aborts if a stack has Rust frames",
    strict=False,  # The test passes if no thread runs Rust code when the interpreter exits.
)
def test_the_interpreter_exits_cleanly_while_daemon_threads_make_calls():
    for _ in range(rounds(1, 10)):
        assert run(DAEMON_THREADS) == (0, "")
