"""Threads that share a fake: what happens is what could have happened one call after the other."""

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
from model import ACCEPTED, LOCKING_OUT, REJECTED, Model, Place, summarize
from oracle import outcome

from fake_xray import FakeXRay

THREADS = 8
PLACE = Place()
NAMES = ["a", "b", "c", "d", "e", "f", "g"]
TEXTS = [document.text for document in [*ACCEPTED * 4, *LOCKING_OUT, *REJECTED]]

pytestmark = pytest.mark.thread_unsafe(reason="has threads of its own, and a clock for the whole process")


@pytest.fixture(autouse=True)
def hasty_switching():
    """Threads take turns a thousand times as often as usual, so that calls overlap."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def together(functions):
    """What functions come to that begin at the same moment, each in a thread."""
    barrier = threading.Barrier(len(functions))

    def run(function):
        barrier.wait(60)
        return function()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))


class Clock:
    """In the place of `time.time`: another second at every look; knows when a thread looked last."""

    def __init__(self):
        self._seconds = itertools.count(1_790_149_691)
        self._seen = threading.local()

    def __call__(self):
        self._seen.last = seconds = next(self._seconds)
        if seconds % 4 == 0:
            # Other threads' calls come before this one, which has begun.
            time.sleep(1e-6)
        return float(seconds)

    def last_seen(self):
        return getattr(self._seen, "last", None)


@dataclass
class Event:
    """One call: moments from its beginning to its end, what it was, what it came to."""

    began: int
    ended: int
    operation: str
    parameters: dict[str, Any]
    now: int
    shown: Any

    def request_number(self):
        response = self.shown if isinstance(self.shown, dict) else self.shown.response
        return int(response["ResponseMetadata"]["RequestId"].replace("-", ""), 16) & 0xFFFFFFFFFFFF


class Recorder:
    """Makes calls, and writes down what came of them."""

    def __init__(self):
        self.clock = Clock()
        self._moments = itertools.count()

    def call(self, client, operation, parameters):
        method = getattr(client, xform_name(operation))
        began = next(self._moments)
        result = outcome(method, (), parameters)
        ended = next(self._moments)
        return Event(began, ended, operation, parameters, self.clock.last_seen(), summarize(result))

    def session(self, clients, seed, calls):
        """A thread's calls: random ones, which mostly expect the revision that the thread has seen last."""
        random = Random(seed)
        seen, events = {}, []
        for _ in range(calls):
            operation = random.choice(
                ["PutResourcePolicy"] * 5 + ["DeleteResourcePolicy"] * 2 + ["ListResourcePolicies"]
            )
            parameters = {}
            if operation != "ListResourcePolicies":
                name = random.choice(NAMES)
                revision = random.choice([None, "0", seen.get(name, "0"), seen.get(name, "0")])
                parameters = {"PolicyName": name} | ({} if revision is None else {"PolicyRevisionId": revision})
            if operation == "PutResourcePolicy":
                parameters["PolicyDocument"] = random.choice(TEXTS)
            event = self.call(random.choice(clients), operation, parameters)
            events.append(event)
            if isinstance(event.shown, dict):
                policies = event.shown.get("ResourcePolicies", [event.shown.get("ResourcePolicy")])
                seen |= {policy["PolicyName"]: policy["PolicyRevisionId"] for policy in policies if policy}
        return events


@pytest.fixture
def recorder(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(time, "time", recorder.clock)
    return recorder


@pytest.fixture
def history(recorder):
    """What eight threads did with one fake, each through a client of its own and through one that all share."""
    fake = FakeXRay()
    shared = fake.client()
    sessions = [
        lambda seed=seed: recorder.session([fake.client(), shared], seed, calls=rounds(150, 5000))
        for seed in range(THREADS)
    ]
    return list(itertools.chain(*together(sessions)))


def replay(history, model):
    """Make the same calls of the model, one after the other in the order of their request numbers.

    They must come to the same. And the order must be one in which they can have happened: a call that had ended before
    another began comes before it.
    """
    history = sorted(history, key=Event.request_number)
    assert [event.request_number() for event in history] == list(range(1, len(history) + 1))
    latest_beginning = -1
    for event in history:
        assert latest_beginning < event.ended
        latest_beginning = max(latest_beginning, event.began)
        assert event.shown == model.call(PLACE, event.operation, event.parameters, event.now)


def test_calls_come_to_what_they_come_to_one_after_the_other(history):
    assert sum(event.ended > event.began + 1 for event in history) > len(history) / 20, "hardly any calls overlap"
    replay(history, Model())


class TakesAnyRevision(Model):
    def put(self, place, now, policy_name, policy_document, policy_revision_id=None):
        return super().put(place, now, policy_name, policy_document)


class DeletesNothing(Model):
    def delete(self, place, now, policy_name, policy_revision_id=None):
        return {}


class ListsByName(Model):
    def list(self, place, now):
        answer = super().list(place, now)
        return {"ResourcePolicies": sorted(answer["ResourcePolicies"], key=lambda policy: policy["PolicyName"])}


@pytest.mark.parametrize("model", [TakesAnyRevision(), DeletesNothing(), ListsByName(), Model(policy_limit=4)])
def test_the_comparison_notices_a_model_that_does_something_else(history, model):
    with pytest.raises(AssertionError):
        replay(history, model)


def test_the_comparison_notices_an_order_that_cannot_have_been(history):
    first = min(history, key=Event.request_number)
    first.began = first.ended = math.inf
    with pytest.raises(AssertionError):
        replay(history, Model())


def test_of_those_who_expect_one_revision_one_wins(document):
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
        results = together([functools.partial(put, client, str(revision)) for client in clients])
        assert results.count(str(revision + 1)) == 1
        losers = [result["Code"] for result in results if result != str(revision + 1)]
        assert losers == ["InvalidPolicyRevisionIdException"] * (THREADS - 1)


def test_updates_that_are_tried_again_all_arrive_without_a_gap(document):
    fake = FakeXRay()
    shared = fake.client()

    def add(client, times):
        revisions = []
        while len(revisions) < times:
            policies = client.list_resource_policies()["ResourcePolicies"]
            known = policies[0]["PolicyRevisionId"] if policies else "0"
            try:
                answer = client.put_resource_policy(PolicyName="p", PolicyDocument=document, PolicyRevisionId=known)
            except client.exceptions.InvalidPolicyRevisionIdException:
                continue
            revisions.append(int(answer["ResourcePolicy"]["PolicyRevisionId"]))
        return revisions

    times = rounds(50, 5000)
    clients = [fake.client() for _ in range(THREADS // 2)] + [shared] * (THREADS // 2)
    answered = together([functools.partial(add, client, times) for client in clients])
    assert sorted(itertools.chain(*answered)) == list(range(1, THREADS * times + 1))


def test_there_are_never_more_policies_than_the_limit(document):
    fake = FakeXRay(policy_limit=3)
    shared = fake.client()

    def fill(own, thread):
        counts = []
        for number in range(rounds(50, 5000)):
            name = f"{thread}-{number}"
            created = outcome(shared.put_resource_policy, (), {"PolicyName": name, "PolicyDocument": document})
            counts.append(len(own.list_resource_policies()["ResourcePolicies"]))
            if isinstance(created, dict):
                own.delete_resource_policy(PolicyName=name)
            else:
                assert type(created) is own.exceptions.PolicyCountLimitExceededException
        return counts

    counts = together([functools.partial(fill, fake.client(), thread) for thread in range(THREADS)])
    assert max(itertools.chain(*counts)) <= 3


def test_an_error_that_is_injected_n_times_meets_n_calls():
    fake = FakeXRay()
    times = rounds(200, 20_000)
    fake.inject_error("ListResourcePolicies", "ThrottledException", times=times)

    def count_errors(client):
        results = [outcome(client.list_resource_policies, (), {}) for _ in range(times // 4)]
        return sum(isinstance(result, Exception) for result in results)

    assert sum(together([functools.partial(count_errors, fake.client()) for _ in range(THREADS)])) == times


def test_the_log_has_every_call_and_those_of_a_thread_in_their_order():
    fake = FakeXRay()
    accounts = [f"{thread:012}" for thread in range(THREADS)]

    def delete_many(client):
        return [
            outcome(client.delete_resource_policy, (), {"PolicyName": f"p{number}"})
            for number in range(rounds(100, 10_000))
        ]

    together([functools.partial(delete_many, fake.client(account_id=account)) for account in accounts])
    for account in accounts:
        names = [call.parameters["PolicyName"] for call in fake.calls if call.account_id == account]
        assert names == [f"p{number}" for number in range(rounds(100, 10_000))]
