"""What it costs to have much of everything: accounts and Regions, calls, threads."""

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

from hand_written import HandWritten
from peers import small_document
from timing import Row, Sample, interleave

from fake_xray import FakeXRay

SCOPES = (1, 10, 100, 1000)
THREADS = (1, 2, 4, 8)


def scopes(rounds: int) -> list[Row]:
    """Time the operations with that many accounts and Regions in the store, each with one policy.

    All calls go to one of them, or to each by turns, for which a processor's caches are too small at some number.
    """
    text = small_document(0)

    def clients(count: int) -> tuple[FakeXRay, list[Any]]:
        fake = FakeXRay()
        made = [
            fake.client(account_id=f"{number // 10:012}", region_name=f"region-{number % 10}")
            for number in range(count)
        ]
        return fake, made

    stores = {count: clients(count) for count in SCOPES}

    def sample(operation: str, by_turns: bool, count: int) -> Sample:
        fake, made = stores[count]
        fake.reset()
        for client in made:
            client.put_resource_policy(PolicyName="policy", PolicyDocument=text)
        if not by_turns:
            made = made[-1:]
        puts = [client.put_resource_policy for client in made]
        lists = [client.list_resource_policies for client in made]
        deletes = [client.delete_resource_policy for client in made]

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
            f"{operation}{', to each by turns' if by_turns else ''}, by accounts x Regions",
            "us",
            rounds,
            {str(count): partial(sample, operation, by_turns, count) for count in SCOPES},
        )
        for by_turns in (False, True)
        for operation in ("put", "list", "put and delete")
    ]


def threads(rounds: int) -> list[Row]:
    """Time a put where that many threads share one fake: seconds of the whole by calls, so less is more throughput."""
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
        f"{name}, {count} threads": partial(make, count)
        for count in THREADS
        for name, make in (("fake-xray", fake), ("hand-written Python", hand_written))
    }
    return [interleave("put, by threads", "us", rounds, contenders)]


def resident() -> int:
    """Return the resident memory of this process in bytes. Linux only."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def memory() -> dict[str, float]:
    """Return what `measure_memory` measures in a process of its own, where no freed memory is at hand."""
    run = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(run.stdout)
    return measured


def measure_memory() -> dict[str, float]:
    """Return what is resident for a stored policy and for a logged call, and what a million calls leave behind."""

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

    unlogged = FakeXRay(record_calls=False).client()
    logged = FakeXRay().client()
    # First the growth of the allocators themselves.
    calls(unlogged, 100_000)
    return {
        "resident for each stored policy of 357 bytes": growth(partial(policies, 20_000)) / 20_000,
        "left resident by a million mixed calls, record_calls=False": growth(partial(calls, unlogged, 1_000_000)),
        "resident for each logged call, its document among it": growth(partial(calls, logged, 100_000)) / 100_000,
    }


if __name__ == "__main__":
    print(json.dumps(measure_memory()))
