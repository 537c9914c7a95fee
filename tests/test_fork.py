"""A forked child goes on where its parent was, whatever other threads were doing then, and changes nothing there."""

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
    # From Python 3.12 on a fork beside threads warns.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
    pytest.mark.thread_unsafe(reason="forks, with threads of its own"),
]

PATIENCE = 20


def put(client, name="p"):
    client.put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT)


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


def request_id(client):
    return client.list_resource_policies()["ResponseMetadata"]["RequestId"]


@pytest.fixture
def genuine():
    session = botocore.session.Session()
    return session.create_client("xray", "us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")


def in_child(function):
    """What a function answers in a forked child."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=lambda: sender.send(function()))
    with receiver:
        child.start()
        sender.close()
        if not receiver.poll(PATIENCE):
            child.kill()
            pytest.fail("the child hangs")
        answer = receiver.recv()
    child.join(PATIENCE)
    assert child.exitcode == 0
    return answer


def test_the_child_has_the_parents_state_and_the_parent_not_the_childs():
    fake = FakeXRay()
    client = fake.client()
    put(client, "before")
    fake.inject_error("DeleteResourcePolicy", "ThrottledException")

    def go_on():
        put(client, "child")
        with pytest.raises(client.exceptions.ThrottledException):
            client.delete_resource_policy(PolicyName="before")
        seen = names(fake.client()), len(fake.calls), request_id(client)
        fake.reset()
        return seen

    stored, calls, last_request_id = in_child(go_on)
    assert (stored, calls) == (["before", "child"], 4)
    assert last_request_id.endswith("5")
    assert names(client) == ["before"]
    assert [call.operation for call in fake.calls] == ["PutResourcePolicy", "ListResourcePolicies"]
    assert request_id(client).endswith("3")
    with pytest.raises(client.exceptions.ThrottledException):
        client.delete_resource_policy(PolicyName="before")


def test_a_block_is_active_in_the_child_and_ends_in_each_by_itself(genuine):
    block = mock_xray()
    original = botocore.session.Session.create_client

    def go_on_and_leave():
        put(boto3.client("xray"), "child")
        seen = names(genuine)
        block.__exit__(None, None, None)
        with mock_xray():
            seen += names(genuine)
        return seen, botocore.session.Session.create_client is original

    with contextlib.ExitStack() as stack:
        stack.enter_context(block)
        put(genuine, "before")
        assert in_child(go_on_and_leave) == (["before", "child"], True)
        assert names(genuine) == names(boto3.client("xray")) == ["before"]
    assert botocore.session.Session.create_client is original


def test_os_fork_within_a_block(genuine):
    with mock_xray() as fake:
        put(genuine, "before")
        child = os.fork()
        put(genuine, "after")
        stored = names(fake.client())
    if child == 0:
        os._exit(stored != ["before", "after"])
    assert os.waitpid(child, 0) == (child, 0)
    assert stored == ["before", "after"]


def call(client, genuine, session):
    put(client)


def be_refused(client, genuine, session):
    with pytest.raises(ClientError):
        client.put_resource_policy(PolicyName="p", PolicyDocument="{")
    with pytest.raises(Exception, match="Missing required parameter"):
        client.delete_resource_policy()


def call_genuinely(client, genuine, session):
    names(genuine)


def begin_and_end_blocks(client, genuine, session):
    with mock_xray():
        assert isinstance(session.create_client("xray"), FakeXRayClient)


def do_everything(client, genuine, session):
    for do in (call, be_refused, call_genuinely, begin_and_end_blocks):
        do(client, genuine, session)
    return "done"


@pytest.mark.parametrize("do", [call, be_refused, call_genuinely, begin_and_end_blocks])
def test_while_other_threads(do, genuine):
    session, ended = botocore.session.Session(), threading.Event()

    def go_on(do, client, *others):
        while not ended.is_set():
            do(client, *others)

    with mock_xray() as fake:
        # What is first needed is imported now: a child that imports what a thread was importing hangs in CPython.
        do_everything(fake.client(), genuine, session)
        threads = [threading.Thread(target=go_on, args=(do, fake.client(), genuine, session)) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(rounds(8, 100)):
                fake.reset()  # or the log grows, and with it the time that a fork takes
                assert in_child(lambda: do_everything(fake.client(), genuine, session)) == "done"
        finally:
            ended.set()
            for thread in threads:
                thread.join()


def test_while_another_thread_is_about_to_call(genuine, monkeypatch):
    about_to, register = threading.Event(), genuine.meta.events.register_first

    def register_slowly(*args):
        about_to.set()
        time.sleep(0.2)
        register(*args)

    monkeypatch.setattr(genuine.meta.events, "register_first", register_slowly)
    with mock_xray():
        thread = threading.Thread(target=names, args=(genuine,))
        thread.start()
        assert about_to.wait(PATIENCE)
        monkeypatch.undo()
        assert in_child(lambda: names(genuine)) == []
        thread.join()
