"""A forked child process has its own copy of its parent's fakes and blocks, and works independently of the parent.

This also holds if other threads of the parent use the fake during the fork.
"""

import contextlib
import multiprocessing
import os
import threading
import time

import boto3
import botocore.session
import pytest
from botocore.exceptions import ClientError
from conftest import SNS_DOCUMENT, rounds

from fake_xray import FakeXRay, FakeXRayClient, mock_xray

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the platform has no fork"),
    # Since version 3.12, Python warns about forks of a process that has several threads.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
    pytest.mark.thread_unsafe(reason="forks, with threads of its own"),
]

TIMEOUT = 20  # seconds


def put(client, name="p"):
    client.put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT)


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


def request_id(client):
    return client.list_resource_policies()["ResponseMetadata"]["RequestId"]


@pytest.fixture
def real_client():
    session = botocore.session.Session()
    return session.create_client("xray", "us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")


def in_child(function):
    """Call a function in a forked child process, and return its result."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=lambda: sender.send(function()))
    with receiver:
        child.start()
        sender.close()
        if not receiver.poll(TIMEOUT):
            child.kill()
            pytest.fail(f"the child process sent no result within {TIMEOUT} seconds")
        result = receiver.recv()
    child.join(TIMEOUT)
    assert child.exitcode == 0
    return result


def test_a_forked_child_process_has_a_copy_of_its_parents_state():
    fake = FakeXRay()
    client = fake.client()
    put(client, "before")
    fake.inject_error("DeleteResourcePolicy", "ThrottledException")

    def use_fake():
        put(client, "child")
        with pytest.raises(client.exceptions.ThrottledException):
            client.delete_resource_policy(PolicyName="before")
        seen = names(fake.client()), len(fake.calls), request_id(client)
        fake.reset()
        return seen

    stored, calls, last_request_id = in_child(use_fake)
    assert (stored, calls) == (["before", "child"], 4)
    assert last_request_id.endswith("5")
    assert names(client) == ["before"]
    assert [call.operation for call in fake.calls] == ["PutResourcePolicy", "ListResourcePolicies"]
    assert request_id(client).endswith("3")
    with pytest.raises(client.exceptions.ThrottledException):
        client.delete_resource_policy(PolicyName="before")


def test_a_block_is_active_in_a_forked_child_and_ends_separately_in_each_process(real_client):
    block = mock_xray()
    original = botocore.session.Session.create_client

    def call_and_leave_block():
        put(boto3.client("xray"), "child")
        seen = names(real_client)
        block.__exit__(None, None, None)
        with mock_xray():
            seen += names(real_client)
        return seen, botocore.session.Session.create_client is original

    with contextlib.ExitStack() as stack:
        stack.enter_context(block)
        put(real_client, "before")
        assert in_child(call_and_leave_block) == (["before", "child"], True)
        assert names(real_client) == names(boto3.client("xray")) == ["before"]
    assert botocore.session.Session.create_client is original


def test_os_fork_inside_a_block_copies_the_state(real_client):
    with mock_xray() as fake:
        put(real_client, "before")
        child = os.fork()
        put(real_client, "after")
        stored = names(fake.client())
    if child == 0:
        os._exit(stored != ["before", "after"])
    assert os.waitpid(child, 0) == (child, 0)
    assert stored == ["before", "after"]


def call_fake_client(client, real_client, session):
    put(client)


def cause_errors(client, real_client, session):
    with pytest.raises(ClientError):
        client.put_resource_policy(PolicyName="p", PolicyDocument="{")
    with pytest.raises(Exception, match="Missing required parameter"):
        client.delete_resource_policy()


def call_real_client(client, real_client, session):
    names(real_client)


def begin_and_end_blocks(client, real_client, session):
    with mock_xray():
        assert isinstance(session.create_client("xray"), FakeXRayClient)


def do_everything(client, real_client, session):
    for do in (call_fake_client, cause_errors, call_real_client, begin_and_end_blocks):
        do(client, real_client, session)
    return "done"


@pytest.mark.parametrize("do", [call_fake_client, cause_errors, call_real_client, begin_and_end_blocks])
def test_a_fork_works_while_other_threads_use_the_fake(do, real_client):
    session, ended = botocore.session.Session(), threading.Event()

    def repeat(do, *arguments):
        while not ended.is_set():
            do(*arguments)

    with mock_xray() as fake:
        # Import all modules before the fork. In CPython, a child process hangs if it imports a module that another
        # thread was importing during the fork.
        do_everything(fake.client(), real_client, session)
        threads = [threading.Thread(target=repeat, args=(do, fake.client(), real_client, session)) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(rounds(8, 100)):
                fake.reset()  # Otherwise the log grows, and each fork takes longer.
                assert in_child(lambda: do_everything(fake.client(), real_client, session)) == "done"
        finally:
            ended.set()
            for thread in threads:
                thread.join()


def test_a_fork_works_while_another_thread_begins_a_call(real_client, monkeypatch):
    has_begun, register = threading.Event(), real_client.meta.events.register_first

    def register_slowly(*args):
        has_begun.set()
        time.sleep(0.2)
        register(*args)

    monkeypatch.setattr(real_client.meta.events, "register_first", register_slowly)
    with mock_xray():
        thread = threading.Thread(target=names, args=(real_client,))
        thread.start()
        assert has_begun.wait(TIMEOUT)
        monkeypatch.undo()
        assert in_child(lambda: names(real_client)) == []
        thread.join()
