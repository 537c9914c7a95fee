"""Calls of threads that share a fake are linearizable.

The calls have the same outcomes as if one thread made them in some order. In this order, a call that ended before
another call began comes first.
"""

import functools
import itertools
import math
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from botocore import xform_name
from conftest import rounds
from model import ACCEPTED, LOCKING_OUT, REJECTED, Model, Scope, summarize
from oracle import outcome

from fake_xray import FakeXRay

THREADS = 8
SCOPE = Scope()
NAMES = ["a", "b", "c", "d", "e", "f", "g"]
TEXTS = [document.text for document in [*ACCEPTED * 4, *LOCKING_OUT, *REJECTED]]

pytestmark = pytest.mark.thread_unsafe(reason="starts threads, and replaces the clock of the whole process")


@pytest.fixture(autouse=True)
def frequent_thread_switches():
    """Make Python switch threads 5,000 times as often as by default, so that calls overlap."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def run_concurrently(functions):
    """Run each function in a thread. All begin at the same moment. Return their results."""
    barrier = threading.Barrier(len(functions))

    def run(function):
        barrier.wait(60)
        return function()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))


class Clock:
    """A replacement for `time.time`. Each call adds a second. The clock remembers the last time of each thread."""

    def __init__(self):
        self._seconds = itertools.count(1_790_149_691)
        self._thread = threading.local()

    def __call__(self):
        self._thread.last_seconds = seconds = next(self._seconds)
        if seconds % 4 == 0:
            # Let calls of other threads overtake this one, which has already begun.
            time.sleep(1e-6)
        return float(seconds)

    def last_of_this_thread(self):
        return getattr(self._thread, "last_seconds", None)


@dataclass
class Event:
    """A call: when it began and ended, its operation and parameters, the time that the fake read, and its outcome."""

    began: int
    ended: int
    operation: str
    parameters: dict[str, Any]
    now: int
    result: Any

    def request_number(self):
        response = self.result if isinstance(self.result, dict) else self.result.response
        return int(response["ResponseMetadata"]["RequestId"].replace("-", ""), 16) & 0xFFFFFFFFFFFF


class Recorder:
    """Makes calls, and returns them as events."""

    def __init__(self):
        self.clock = Clock()
        self._moments = itertools.count()

    def call(self, client, operation, parameters):
        method = getattr(client, xform_name(operation))
        began = next(self._moments)
        result = outcome(method, (), parameters)
        ended = next(self._moments)
        return Event(began, ended, operation, parameters, self.clock.last_of_this_thread(), summarize(result))

    def session(self, clients, seed, calls):
        """Make random calls in one thread. Most of them expect the latest revision that the thread has received."""
        random = Random(seed)
        revisions, events = {}, []
        for _ in range(calls):
            operation = random.choice(
                ["PutResourcePolicy"] * 5 + ["DeleteResourcePolicy"] * 2 + ["ListResourcePolicies"]
            )
            parameters = {}
            if operation != "ListResourcePolicies":
                name = random.choice(NAMES)
                revision = random.choice([None, "0", revisions.get(name, "0"), revisions.get(name, "0")])
                parameters = {"PolicyName": name} | ({} if revision is None else {"PolicyRevisionId": revision})
            if operation == "PutResourcePolicy":
                parameters["PolicyDocument"] = random.choice(TEXTS)
            event = self.call(random.choice(clients), operation, parameters)
            events.append(event)
            if isinstance(event.result, dict):
                policies = event.result.get("ResourcePolicies", [event.result.get("ResourcePolicy")])
                revisions |= {policy["PolicyName"]: policy["PolicyRevisionId"] for policy in policies if policy}
        return events


@pytest.fixture
def recorder(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(time, "time", recorder.clock)
    return recorder


@pytest.fixture
def history(recorder):
    """Return the calls that eight threads make to one fake. Each thread uses its own client and a shared one."""
    fake = FakeXRay()
    shared = fake.client()
    sessions = [
        lambda seed=seed: recorder.session([fake.client(), shared], seed, calls=rounds(150, 5000))
        for seed in range(THREADS)
    ]
    return list(itertools.chain(*run_concurrently(sessions)))


def replay(history, model):
    """Make the same calls to the model, one at a time, in the order of their request numbers.

    Each call must have the same outcome. The order must be possible: a call that ended before another call began must
    come first.
    """
    history = sorted(history, key=Event.request_number)
    assert [event.request_number() for event in history] == list(range(1, len(history) + 1))
    latest_begin = -1
    for event in history:
        assert latest_begin < event.ended
        latest_begin = max(latest_begin, event.began)
        assert event.result == model.call(SCOPE, event.operation, event.parameters, event.now)


def test_concurrent_calls_have_the_outcomes_of_the_same_calls_in_sequence(history):
    assert sum(event.ended > event.began + 1 for event in history) > len(history) / 20, "too few calls overlap"
    replay(history, Model())


# Models that deliberately differ from X-Ray.
class IgnoresRevisions(Model):
    def put(self, scope, now, policy_name, policy_document, policy_revision_id=None):
        return super().put(scope, now, policy_name, policy_document)


class DeletesNothing(Model):
    def delete(self, scope, now, policy_name, policy_revision_id=None):
        return {}


class ListsByName(Model):
    def list(self, scope, now):
        response = super().list(scope, now)
        return {"ResourcePolicies": sorted(response["ResourcePolicies"], key=lambda policy: policy["PolicyName"])}


@pytest.mark.parametrize(
    "model",
    [IgnoresRevisions(), DeletesNothing(), ListsByName(), Model(policy_limit=4)],
    ids=["ignores revisions", "deletes nothing", "lists by name", "lower limit"],
)
def test_replaying_calls_detects_a_model_that_behaves_differently(history, model):
    with pytest.raises(AssertionError):
        replay(history, model)


def test_replaying_calls_detects_an_impossible_order(history):
    first = min(history, key=Event.request_number)
    first.began = first.ended = math.inf
    with pytest.raises(AssertionError):
        replay(history, Model())


def test_exactly_one_of_several_concurrent_puts_with_the_same_revision_succeeds(document):
    fake = FakeXRay()
    shared = fake.client()

    def put(client, revision):
        result = outcome(
            client.put_resource_policy,
            (),
            {"PolicyName": "p", "PolicyDocument": document, "PolicyRevisionId": revision},
        )
        return result["ResourcePolicy"]["PolicyRevisionId"] if isinstance(result, dict) else result.response["Error"]

    for revision in range(rounds(30, 3000)):
        clients = [fake.client() for _ in range(THREADS // 2)] + [shared] * (THREADS // 2)
        results = run_concurrently([functools.partial(put, client, str(revision)) for client in clients])
        assert results.count(str(revision + 1)) == 1
        error_codes = [result["Code"] for result in results if result != str(revision + 1)]
        assert error_codes == ["InvalidPolicyRevisionIdException"] * (THREADS - 1)


def test_concurrent_updates_with_retries_create_each_revision_exactly_once(document):
    fake = FakeXRay()
    shared = fake.client()

    def put_with_retries(client, times):
        revisions = []
        while len(revisions) < times:
            policies = client.list_resource_policies()["ResourcePolicies"]
            current = policies[0]["PolicyRevisionId"] if policies else "0"
            try:
                response = client.put_resource_policy(PolicyName="p", PolicyDocument=document, PolicyRevisionId=current)
            except client.exceptions.InvalidPolicyRevisionIdException:
                continue
            revisions.append(int(response["ResourcePolicy"]["PolicyRevisionId"]))
        return revisions

    times = rounds(50, 5000)
    clients = [fake.client() for _ in range(THREADS // 2)] + [shared] * (THREADS // 2)
    revisions = run_concurrently([functools.partial(put_with_retries, client, times) for client in clients])
    assert sorted(itertools.chain(*revisions)) == list(range(1, THREADS * times + 1))


def test_concurrent_puts_never_store_more_policies_than_the_limit(document):
    fake = FakeXRay(policy_limit=3)
    shared = fake.client()

    def fill(client, thread):
        counts = []
        for number in range(rounds(50, 5000)):
            name = f"{thread}-{number}"
            created = outcome(shared.put_resource_policy, (), {"PolicyName": name, "PolicyDocument": document})
            counts.append(len(client.list_resource_policies()["ResourcePolicies"]))
            if isinstance(created, dict):
                client.delete_resource_policy(PolicyName=name)
            else:
                assert type(created) is client.exceptions.PolicyCountLimitExceededException
        return counts

    counts = run_concurrently([functools.partial(fill, fake.client(), thread) for thread in range(THREADS)])
    assert max(itertools.chain(*counts)) <= 3


def test_an_error_injected_n_times_fails_exactly_n_concurrent_calls():
    fake = FakeXRay()
    times = rounds(200, 20_000)
    fake.inject_error("ListResourcePolicies", "ThrottledException", times=times)

    def count_errors(client):
        results = [outcome(client.list_resource_policies, (), {}) for _ in range(times // 4)]
        return sum(isinstance(result, Exception) for result in results)

    assert sum(run_concurrently([functools.partial(count_errors, fake.client()) for _ in range(THREADS)])) == times


def test_the_call_log_has_the_calls_of_each_thread_in_order():
    fake = FakeXRay()
    accounts = [f"{thread:012}" for thread in range(THREADS)]

    def delete_many(client):
        return [
            outcome(client.delete_resource_policy, (), {"PolicyName": f"p{number}"})
            for number in range(rounds(100, 10_000))
        ]

    run_concurrently([functools.partial(delete_many, fake.client(account_id=account)) for account in accounts])
    for account in accounts:
        names = [call.parameters["PolicyName"] for call in fake.calls if call.account_id == account]
        assert names == [f"p{number}" for number in range(rounds(100, 10_000))]
