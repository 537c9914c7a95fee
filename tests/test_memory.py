"""What nobody holds any more is freed, and what goes on for long stays as large as it was."""

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

pytestmark = pytest.mark.thread_unsafe(reason="looks at the memory of the whole process")


def new_genuine_client():
    session = botocore.session.Session()
    return session.create_client("xray", "us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")


class Parameter:
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


def cycle_through_an_arrangement(fake):
    parameter = Parameter()
    parameter.fake = fake
    fake.inject_error("*", "ThrottledException", when=parameter.method)
    return parameter


def cycle_through_an_operation_that_is_not_built(fake):
    client = fake.client()
    client.error = outcome(client.batch_get_traces, (), {"TraceIds": []})
    return client


def cycle_through_a_block(fake):
    with mock_xray(fake) as active:
        client = botocore.session.Session().create_client("xray")
        client.block, client.active = mock_xray(active), active
    return client


def genuine_client_that_was_answered(fake):
    genuine = new_genuine_client()
    genuine.fake = fake
    with mock_xray(fake):
        genuine.list_resource_policies()
    return genuine


@pytest.mark.parametrize(
    "make",
    [
        cycle_through_a_client,
        cycle_through_a_paginator,
        cycle_through_the_log,
        cycle_through_an_exception_and_its_traceback,
        cycle_through_a_failed_connection,
        cycle_through_an_arrangement,
        cycle_through_an_operation_that_is_not_built,
        cycle_through_a_block,
        genuine_client_that_was_answered,
    ],
)
def test_freed(make):
    def fakes():
        gc.collect()
        return sum(type(living) is FakeXRay for living in gc.get_objects())

    before = fakes()
    gone = weakref.ref(make(FakeXRay()))
    # A FakeXRay itself takes no weak reference: they are counted.
    assert (fakes(), gone()) == (before, None)


class Use:
    """All that goes on in a suite, time and again."""

    def __init__(self):
        self.fake = FakeXRay()
        self.client = self.fake.client()
        self.genuine = new_genuine_client()
        self.accounts = itertools.count()

    def put(self):
        self.client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)

    def list(self):
        self.client.list_resource_policies()

    def delete(self):
        outcome(self.client.delete_resource_policy, (), {"PolicyName": "p"})

    def be_refused(self):
        outcome(self.client.put_resource_policy, (), {"PolicyName": "p", "PolicyDocument": "{"})

    def inject_an_error(self):
        self.fake.inject_error("ListResourcePolicies", "ThrottledException")
        outcome(self.client.list_resource_policies, (), {})

    def respond(self):
        self.fake.respond("ListResourcePolicies", {"ResourcePolicies": []}, times=1)
        self.client.list_resource_policies()

    def call_what_is_not_built(self):
        outcome(self.client.batch_get_traces, (), {"TraceIds": []})

    def call_wrongly(self):
        outcome(self.client.put_resource_policy, (), {"PolicyName": "p"})

    def evaluate(self):
        self.fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com", context={"aws:SourceAccount": "1"})

    def use_a_new_fake(self):
        FakeXRay().client().list_resource_policies()

    def use_a_new_account(self):
        self.fake.client(account_id=f"{next(self.accounts):012}").list_resource_policies()

    def begin_and_end_a_block(self):
        with mock_xray(self.fake):
            pass

    def be_answered_genuinely(self):
        with mock_xray(self.fake):
            self.genuine.list_resource_policies()

    def often(self, name, times):
        use = getattr(self, name)
        for number in range(times):
            use()
            if number % 500 == 0:
                self.fake.reset()
        self.fake.reset()


USES = [name for name in vars(Use) if not name.startswith("_") and name != "often"]
SELDOM = {"call_what_is_not_built", "call_wrongly", "begin_and_end_a_block", "be_answered_genuinely"}


def living():
    """How many objects there are, and blocks of Python's memory."""
    gc.collect()
    return len(gc.get_objects()), sys.getallocatedblocks()


@pytest.mark.parametrize("name", USES)
def test_no_object_is_left_behind(name):
    times = rounds(100 if name in SELDOM else 1000, 10_000)
    use = Use()
    use.often(name, times // 2)
    objects, blocks = living()
    use.often(name, times)
    more_objects, more_blocks = living()
    assert more_objects - objects < times / 10
    # Blocks come and go by the hundred, with Python's own caches.
    assert more_blocks - blocks < times / 10 + 300


def resident_memory():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="the platform does not tell")
def test_resident_memory_stays_as_it_was():
    often = [name for name in USES if name not in SELDOM]
    calls = rounds(16_000, 1_000_000)
    use = Use()
    for name in often:
        use.often(name, 500)
    before = resident_memory()
    for _ in range(calls // len(often) // 500):
        for name in often:
            use.often(name, 500)
    assert resident_memory() - before < 2_000_000
