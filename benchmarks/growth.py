"""Measure many accounts and Regions, many threads, and the memory of many calls."""

from __future__ import annotations

import gc
import itertools
import json
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

from contenders import small_document
from hand_written import HandWritten
from timing import Row, Sample, interleave

from fake_xray import FakeXRay

SCOPES = (1, 10, 100, 1000)
THREADS = (1, 2, 4, 8)


def scopes(rounds: int) -> list[Row]:
    """Time the operations while the fake has several pairs of account and Region, each with one policy.

    Either all calls go to one pair, or each call goes to the next pair. In the second case, the state of many pairs
    does not fit into the caches of the processor.
    """
    text = small_document(0)

    def clients(count: int) -> tuple[FakeXRay, list[Any]]:
        fake = FakeXRay()
        created = [
            fake.client(account_id=f"{number // 10:012}", region_name=f"region-{number % 10}")
            for number in range(count)
        ]
        return fake, created

    stores = {count: clients(count) for count in SCOPES}

    def sample(operation: str, in_turn: bool, count: int) -> Sample:
        fake, used = stores[count]
        fake.reset()
        for client in used:
            client.put_resource_policy(PolicyName="policy", PolicyDocument=text)
        if not in_turn:
            used = used[-1:]
        puts = [client.put_resource_policy for client in used]
        lists = [client.list_resource_policies for client in used]
        deletes = [client.delete_resource_policy for client in used]

        def put() -> None:
            for call in itertools.islice(itertools.cycle(puts), 2000):
                call(PolicyName="policy", PolicyDocument=text)

        def list_policies() -> None:
            for call in itertools.islice(itertools.cycle(lists), 2000):
                call()

        def put_and_delete() -> None:
            for put_one, delete in itertools.islice(itertools.cycle(zip(puts, deletes, strict=True)), 2000):
                put_one(PolicyName="other", PolicyDocument=text)
                delete(PolicyName="other")

        return Sample({"put": put, "list": list_policies, "put and delete": put_and_delete}[operation], 2000)

    return [
        interleave(
            f"{operation}, {'each pair in turn' if in_turn else 'always the same pair'}",
            "us",
            rounds,
            {
                f"{count:,} pair{'s' if count > 1 else ''}": partial(sample, operation, in_turn, count)
                for count in SCOPES
            },
        )
        for in_turn in (False, True)
        for operation in ("put", "list", "put and delete")
    ]


def threads(rounds: int) -> list[Row]:
    """Time puts while several threads share one fake: the elapsed time divided by the calls of all threads."""
    text = small_document(0)
    calls = 4000

    def sample(store: Any, count: int) -> Sample:
        barrier = threading.Barrier(count + 1)

        def run(name: str) -> None:
            barrier.wait()
            for _ in range(calls // count):
                store.put_resource_policy(PolicyName=name, PolicyDocument=text)

        workers = [threading.Thread(target=run, args=(f"policy{number % 5}",)) for number in range(count)]
        for worker in workers:
            worker.start()

        def work() -> None:
            barrier.wait()
            for worker in workers:
                worker.join()

        return Sample(work, calls)

    def fake(count: int) -> Sample:
        return sample(FakeXRay().client(), count)

    def hand_written(count: int) -> Sample:
        return sample(HandWritten(), count)

    contenders = {
        f"{name}, {count} thread{'s' if count > 1 else ''}": partial(make, count)
        for count in THREADS
        for name, make in (("fake-xray", fake), ("hand-written Python", hand_written))
    }
    return [interleave("put", "us", rounds, contenders)]


def resident() -> int:
    """Return the resident memory of this process in bytes. This works only on Linux."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def memory() -> dict[str, float]:
    """Run `measure_memory` in a new process, because this process could reuse memory that it has freed."""
    run = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(run.stdout)
    return measured


def measure_memory() -> dict[str, float]:
    """Return the memory of a stored policy and of a logged call, and the growth over one million calls, in bytes."""

    def growth(fill: Any) -> int:
        gc.collect()
        before = resident()
        fill()
        return resident() - before

    kept: list[Any] = []

    def policies(count: int) -> None:
        fake = FakeXRay(policy_limit=count, record_calls=False)
        client = fake.client()
        for number in range(count):
            client.put_resource_policy(PolicyName=f"policy{number}", PolicyDocument=small_document(number))
        kept.append(fake)

    def calls(client: Any, count: int) -> None:
        text = small_document(0)
        for number in range(count // 4):
            name = f"policy{number % 4}"
            client.put_resource_policy(PolicyName=name, PolicyDocument=text)
            client.list_resource_policies()
            client.put_resource_policy(PolicyName=name, PolicyDocument=small_document(number))
            client.delete_resource_policy(PolicyName=name)

    many_calls = 100_000
    unlogged = FakeXRay(record_calls=False).client()
    logged = FakeXRay().client()
    # Let the allocators grow before the first measurement.
    calls(unlogged, many_calls)
    return {
        "resident memory for each stored policy of 357 bytes": growth(partial(policies, 20_000)) / 20_000,
        "growth after one million mixed calls with record_calls=False": growth(partial(calls, unlogged, 1_000_000)),
        "resident memory for each logged call, including its document": growth(partial(calls, logged, many_calls))
        / many_calls,
    }


if __name__ == "__main__":
    print(json.dumps(measure_memory()))
