"""Measure one call, and what a test does before its first call."""

from __future__ import annotations

import itertools
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from contenders import CONTENDERS, IN_ITS_OWN_BLOCK, Contender, Kit, large_document, small_document
from timing import Row, Sample, interleave

from fake_xray import mock_xray

if TYPE_CHECKING:
    from collections.abc import Callable

# The number of the next new document. No measure uses a new document twice.
_serial = itertools.count(1)


def put(kit: Kit, documents: list[str]) -> None:
    operation = kit.put_resource_policy
    for text in documents:
        operation(PolicyName="policy", PolicyDocument=text)


def put_new(make: Callable[[int], str], kit: Kit, count: int) -> Sample:
    return Sample(partial(put, kit, [make(next(_serial)) for _ in range(count)]), count)


def put_again(make: Callable[[int], str], kit: Kit, count: int) -> Sample:
    return Sample(partial(put, kit, [make(0)] * count), count)


def list_policies(kit: Kit, count: int) -> Sample:
    def work() -> None:
        operation = kit.list_resource_policies
        for _ in range(count):
            operation()

    return Sample(work, count)


def put_and_delete(kit: Kit, count: int) -> Sample:
    text = small_document(0)

    def work() -> None:
        put_operation, delete_operation = kit.put_resource_policy, kit.delete_resource_policy
        for _ in range(count):
            put_operation(PolicyName="other", PolicyDocument=text)
            delete_operation(PolicyName="other")

    return Sample(work, count)


def rejected_put(kit: Kit, count: int) -> Sample:
    def work() -> None:
        operation, arguments, error = kit.put_resource_policy, kit.stale_put, kit.stale_error
        for _ in range(count):
            with suppress(error):
                operation(**arguments)

    return Sample(work, count)


def invalid_arguments(kit: Kit, count: int) -> Sample | None:
    error = kit.invalid_error
    if error is None:
        return None

    def work() -> None:
        operation: Any = kit.put_resource_policy
        for _ in range(count):
            with suppress(error):
                operation(PolicyName=1, PolicyDocument="{}")

    # botocore takes long to write the error report, so fewer calls are enough.
    count = max(count // 10, 5)
    return Sample(work, count)


def groups(kit: Kit, count: int) -> Sample | None:
    client = kit.client
    if client is None:
        return None

    def work() -> None:
        for _ in range(count):
            client.create_group(GroupName="group", FilterExpression="fault")
            client.get_groups()
            client.delete_group(GroupName="group")

    return Sample(work, count)


def sampling_rules(kit: Kit, count: int) -> Sample | None:
    client = kit.client
    if client is None:
        return None

    def work() -> None:
        for _ in range(count):
            client.get_sampling_rules()

    return Sample(work, count)


# Each measure has a name, the number of stored policies, a function that creates a sample, and the number of calls in a
# sample relative to the contender's usual number.
Measure: TypeAlias = "tuple[str, int, Callable[[Kit, int], Sample | None], float]"
MEASURES: list[Measure] = [
    ("put, 357 B, new document", 1, partial(put_new, small_document), 1),
    ("put, 357 B, same document", 1, partial(put_again, small_document), 1),
    ("put, 4.8 KB, new document", 1, partial(put_new, large_document), 0.2),
    ("put, 4.8 KB, same document", 1, partial(put_again, large_document), 0.5),
    ("list, 1 policy", 1, list_policies, 1),
    ("list, 5 policies", 5, list_policies, 1),
    ("put and delete", 1, put_and_delete, 1),
    ("rejected put, error caught", 1, rejected_put, 1),
    ("invalid arguments, error caught", 1, invalid_arguments, 1),
]
OTHER_MEASURES: list[Measure] = [
    ("create_group, get_groups and delete_group", 0, groups, 0.5),
    ("get_sampling_rules", 0, sampling_rules, 1),
]


def per_call(rounds: int, measures: list[Measure]) -> list[Row]:
    """Time each measure with each contender that supports the measure.

    Each sample uses a new client, because some contenders also patch the clients of other contenders.
    """
    rows = []
    for name, policies, make_sample, part in measures:

        def prepare(contender: Contender) -> Sample | None:
            kit = contender.kit(policies, small_document(0))  # noqa: B023 - called only in the same iteration
            first = make_sample(kit, 5)  # noqa: B023
            if first is None:
                kit.cleanup.close()
                return None
            first.work()
            count = max(int(contender.calls_per_sample * part), 5)  # noqa: B023
            return make_sample(kit, count)._replace(undo=kit.cleanup.close)  # noqa: B023

        supported = {}
        for contender in CONTENDERS:
            sample = prepare(contender)
            if sample is not None:
                sample.undo()
                supported[contender.name] = partial(prepare, contender)
        rows.append(interleave(name, "us", rounds, supported))
    return rows


def per_test(rounds: int) -> list[Row]:
    """Time what a test does before its first call."""

    def clients(contender: Contender) -> Sample:
        count = contender.clients_per_sample
        return Sample(partial(contender.make_clients, count, small_document(0)), count)

    def blocks() -> Sample:
        def work() -> None:
            for _ in range(200):
                with mock_xray():
                    pass

        return Sample(work, 200)

    contenders = [*CONTENDERS, IN_ITS_OWN_BLOCK]
    return [
        # This row comes first. The next one creates thousands of real clients, each with its own class. Patching their
        # base class is slower while these classes exist.
        interleave("mock_xray() entered and exited", "us", rounds, {"fake-xray": blocks}),
        interleave(
            "create a client, put one policy", "us", rounds, {one.name: partial(clients, one) for one in contenders}
        ),
    ]
