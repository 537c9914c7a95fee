"""The interpreter ends quietly, whatever of the fake is still alive then."""

import subprocess
import sys

import pytest
from conftest import SNS_DOCUMENT, SOAKING, rounds

pytestmark = pytest.mark.thread_unsafe(reason="has processes of its own")

SETUP = f"""
import atexit, itertools, threading, time
import boto3
from botocore.exceptions import BotoCoreError, ClientError
from fake_xray import FakeXRay, mock_xray

document = {SNS_DOCUMENT!r}
genuine = boto3.session.Session().client(
    "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
)
fake = FakeXRay()
client = fake.client()


def put():
    client.put_resource_policy(PolicyName="p", PolicyDocument=document)


def be_refused():
    try:
        client.put_resource_policy(PolicyName="p", PolicyDocument="{{")
    except ClientError as error:
        return error


def call_genuinely():
    assert genuine.list_resource_policies()["ResponseMetadata"]["HTTPStatusCode"] == 200
"""

ALIVE = {
    "clients": "put(); client.meta; client.exceptions; client.get_paginator('list_resource_policies')",
    "an error and its traceback": "error = be_refused()",
    "the log": "put(); calls = fake.calls; evaluation = fake.evaluate('xray:A', principal='sns.amazonaws.com')",
    "a block": """
block = mock_xray(fake)
block.__enter__()
put()
call_genuinely()
made = boto3.client("xray")
made.list_resource_policies()
""",
    "a generator that waits in a block": """
def wait():
    with mock_xray(fake):
        yield call_genuinely()


waiting = wait()
next(waiting)
""",
    "a callback at exit": """
block = mock_xray(fake)
block.__enter__()
atexit.register(call_genuinely)
atexit.register(be_refused)
atexit.register(put)
""",
    "a cycle": """
client.itself = client
fake.client().fake = fake
""",
    "threads that are waited for": """
def go_on():
    for _ in range(200):
        put()
        be_refused()


for _ in range(4):
    threading.Thread(target=go_on).start()
""",
}

DAEMONS = """
block = mock_xray(fake)
block.__enter__()


def go_on(call):
    while True:
        call()


for call in (put, be_refused, be_refused, be_refused, call_genuinely):
    threading.Thread(target=go_on, args=(call,), daemon=True).start()
time.sleep(0.2)
"""


def end_of(script):
    """Exit code and standard error of an interpreter that runs a script, with all its own checks on."""
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", SETUP + script]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return ended.returncode, ended.stderr


def test_with_all_of_it():
    assert end_of("\n".join(ALIVE.values())) == (0, "")


@pytest.mark.skipif(not SOAKING, reason="starts an interpreter for each case: `make soak` runs it")
@pytest.mark.parametrize("alive", ALIVE)
def test_with(alive):
    assert end_of(ALIVE[alive]) == (0, "")


@pytest.mark.xfail(
    sys.version_info < (3, 14),
    reason="Before 3.14 CPython ends a daemon thread by unwinding its stack, which aborts where Rust is on it",
    strict=False,  # where none of the threads is in Rust just then, all is well
)
def test_with_daemon_threads_in_the_middle_of_calls():
    for _ in range(rounds(1, 10)):
        assert end_of(DAEMONS) == (0, "")
