"""Objects are freed once nothing refers to them, and repeated use does not increase memory."""

import gc
import itertools
import os
import sys
import weakref
from pathlib import Path

import botocore.exceptions
import botocore.session
import pytest
from conftest import SNS_DOCUMENT, rounds
from oracle import outcome

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="measures the memory of the whole process")


def new_real_client():
    session = botocore.session.Session()
    return session.create_client("xray", "us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")


class Parameter:
    """A value for a parameter of a call. Its method can be the argument `when` of `inject_error`."""

    def method(self, call):
        return False


def cycle_through_a_client(fake):
    client = fake.client()
    client.itself = client
    return client


def cycle_through_a_paginator(fake):
    client = fake.client()
    client.paginator = client.get_paginator("list_resource_policies")
    return client


def cycle_through_the_log(fake):
    parameter = Parameter()
    parameter.fake = fake
    outcome(fake.client().put_resource_policy, (), {"PolicyName": parameter})
    assert fake.calls[0].parameters == {"PolicyName": parameter}
    return parameter


def cycle_through_an_exception_and_its_traceback(fake):
    client = fake.client()
    client.error = outcome(client.put_resource_policy, (), {"PolicyName": "p", "PolicyDocument": "{"})
    assert client.error.__traceback__.tb_frame.f_locals["function"].__self__ is client
    return client


def cycle_through_a_failed_connection(fake):
    client = fake.client()
    fake.inject_error("ListResourcePolicies", botocore.exceptions.ReadTimeoutError)
    client.error = outcome(client.list_resource_policies, (), {})
    return client


def cycle_through_an_injected_error(fake):
    parameter = Parameter()
    parameter.fake = fake
    fake.inject_error("*", "ThrottledException", when=parameter.method)
    return parameter


def cycle_through_an_unsupported_operation(fake):
    client = fake.client()
    client.error = outcome(client.batch_get_traces, (), {"TraceIds": []})
    return client


def cycle_through_a_block(fake):
    with mock_xray(fake) as active:
        client = botocore.session.Session().create_client("xray")
        client.block, client.active = mock_xray(active), active
    return client


def cycle_through_a_real_client(fake):
    client = new_real_client()
    client.fake = fake
    with mock_xray(fake):
        client.list_resource_policies()
    return client


@pytest.mark.parametrize(
    "create_cycle",
    [
        cycle_through_a_client,
        cycle_through_a_paginator,
        cycle_through_the_log,
        cycle_through_an_exception_and_its_traceback,
        cycle_through_a_failed_connection,
        cycle_through_an_injected_error,
        cycle_through_an_unsupported_operation,
        cycle_through_a_block,
        cycle_through_a_real_client,
    ],
)
def test_a_reference_cycle_that_contains_a_fake_is_freed(create_cycle):
    def count_fakes():
        gc.collect()
        return sum(type(item) is FakeXRay for item in gc.get_objects())

    # A FakeXRay does not support weak references, so the test counts the fakes instead.
    before = count_fakes()
    reference = weakref.ref(create_cycle(FakeXRay()))
    assert (count_fakes(), reference()) == (before, None)


class Actions:
    """Actions that a test suite repeats. Each method except `repeat` is one action."""

    def __init__(self):
        self.fake = FakeXRay()
        self.client = self.fake.client()
        self.real_client = new_real_client()
        self.accounts = itertools.count()

    def put(self):
        self.client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)

    def list(self):
        self.client.list_resource_policies()

    def delete(self):
        outcome(self.client.delete_resource_policy, (), {"PolicyName": "p"})

    def put_a_malformed_document(self):
        outcome(self.client.put_resource_policy, (), {"PolicyName": "p", "PolicyDocument": "{"})

    def inject_an_error(self):
        self.fake.inject_error("ListResourcePolicies", "ThrottledException")
        outcome(self.client.list_resource_policies, (), {})

    def respond(self):
        self.fake.respond("ListResourcePolicies", {"ResourcePolicies": []}, times=1)
        self.client.list_resource_policies()

    def call_an_unsupported_operation(self):
        outcome(self.client.batch_get_traces, (), {"TraceIds": []})

    def call_with_invalid_arguments(self):
        outcome(self.client.put_resource_policy, (), {"PolicyName": "p"})

    def evaluate(self):
        self.fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com", context={"aws:SourceAccount": "1"})

    def use_a_new_fake(self):
        FakeXRay().client().list_resource_policies()

    def use_a_new_account(self):
        self.fake.client(account_id=f"{next(self.accounts):012}").list_resource_policies()

    def enter_and_leave_a_block(self):
        with mock_xray(self.fake):
            pass

    def call_through_a_real_client(self):
        with mock_xray(self.fake):
            self.real_client.list_resource_policies()

    def repeat(self, name, times):
        action = getattr(self, name)
        for number in range(times):
            action()
            if number % 500 == 0:
                self.fake.reset()
        self.fake.reset()


ACTIONS = [name for name in vars(Actions) if not name.startswith("_") and name != "repeat"]
SLOW_ACTIONS = {
    "call_an_unsupported_operation",
    "call_with_invalid_arguments",
    "enter_and_leave_a_block",
    "call_through_a_real_client",
}


def count_objects_and_blocks():
    """Return the number of objects of the garbage collector, and of memory blocks that Python has allocated."""
    gc.collect()
    return len(gc.get_objects()), sys.getallocatedblocks()


@pytest.mark.parametrize("name", ACTIONS)
def test_repeating_an_action_leaves_no_objects_behind(name):
    times = rounds(100 if name in SLOW_ACTIONS else 1000, 10_000)
    actions = Actions()
    actions.repeat(name, times // 2)
    objects_before, blocks_before = count_objects_and_blocks()
    actions.repeat(name, times)
    objects, blocks = count_objects_and_blocks()
    assert objects - objects_before < times / 10
    # Python's own caches allocate and free hundreds of blocks.
    assert blocks - blocks_before < times / 10 + 300


def resident_memory():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="this platform has no /proc/self/statm")
def test_repeating_all_actions_does_not_increase_resident_memory():
    fast_actions = [name for name in ACTIONS if name not in SLOW_ACTIONS]
    calls = rounds(16_000, 1_000_000)
    actions = Actions()
    for name in fast_actions:
        actions.repeat(name, 500)
    before = resident_memory()
    for _ in range(calls // len(fast_actions) // 500):
        for name in fast_actions:
            actions.repeat(name, 500)
    assert resident_memory() - before < 2_000_000
