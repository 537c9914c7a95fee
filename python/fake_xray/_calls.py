"""The call log of a `FakeXRay`."""

from __future__ import annotations

import copy
import json
import reprlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from fake_xray._names import operation_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fake_xray._literals import Operation

_shorten = reprlib.Repr()
_shorten.maxstring = 60
_shorten.maxother = 60


@dataclass(frozen=True, repr=False)
class Call:
    """One call that a fake has handled.

    Attributes
    ----------
    operation : str
        The name in the API model, such as `PutResourcePolicy`.
    parameters : dict
        The arguments at the time of the call. For a real botocore client, the members of the request it sent.
    account_id, region_name : str
        Account and Region that the call was for.
    error_code : str or None
        None for a successful call. Otherwise AWS's error code, or the name of the exception if the call failed without
        reaching the service.

    Examples
    --------
    >>> from fake_xray import FakeXRay
    >>> fake = FakeXRay()
    >>> _ = fake.client().list_resource_policies()
    >>> fake.calls.last
    <Call ListResourcePolicies() in 123456789012 us-east-1>
    """

    operation: str
    parameters: dict[str, Any]
    account_id: str
    region_name: str
    error_code: str | None

    @classmethod
    def _coming(cls, operation: str, parameters: dict[str, Any], account_id: str, region_name: str) -> Call:
        """Return a call that is not handled yet."""
        return cls(operation, snapshot(parameters), account_id, region_name, None)

    def __repr__(self) -> str:
        arguments = ", ".join(f"{name}={_shorten.repr(value)}" for name, value in self.parameters.items())
        outcome = f" -> {self.error_code}" if self.error_code else ""
        return f"<Call {self.operation}({arguments}) in {self.account_id} {self.region_name}{outcome}>"


class Calls(Sequence[Call]):
    """Calls in the order in which they were handled: a snapshot, which later calls do not change.

    Examples
    --------
    >>> from fake_xray import FakeXRay
    >>> fake = FakeXRay()
    >>> _ = fake.client().list_resource_policies()
    >>> len(fake.calls.for_operation("ListResourcePolicies"))
    1
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self._calls = tuple(calls)
        self._clear_log: Callable[[], None] | None = None

    @classmethod
    def _from_log(
        cls, log: Iterable[tuple[str, dict[str, Any], str, str, str | None]], clear_log: Callable[[], None]
    ) -> Calls:
        """Make calls of what the extension has logged. Changing their parameters does not change the log."""
        calls = cls(
            Call(operation, snapshot(parameters), account_id, region_name, error_code)
            for operation, parameters, account_id, region_name, error_code in tuple(log)
        )
        calls._clear_log = clear_log
        return calls

    @property
    def last(self) -> Call:
        """The latest call.

        Raises
        ------
        IndexError
            If there is no call.
        """
        if not self._calls:
            raise IndexError("there are no calls")
        return self._calls[-1]

    def clear(self) -> None:
        """Empty the fake's call log, and this snapshot of it. The fake keeps its state and the injected errors.

        Raises
        ------
        RuntimeError
            For a part of the log, such as `calls.for_operation(...)`. Clear `fake.calls` itself.
        """
        if self._clear_log is None:
            raise RuntimeError("this is only a part of the call log; use fake.calls.clear()")
        self._clear_log()
        self._calls = ()

    def for_operation(self, operation: Operation) -> Calls:
        """Return the calls of one operation.

        Parameters
        ----------
        operation : str
            Such as "PutResourcePolicy" or "put_resource_policy".

        Raises
        ------
        ValueError
            If X-Ray has no such operation.
        """
        name = operation_name(operation)
        return Calls(call for call in self._calls if call.operation == name)

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> Calls: ...
    def __getitem__(self, index: int | slice) -> Call | Calls:
        return Calls(self._calls[index]) if isinstance(index, slice) else self._calls[index]

    def __len__(self) -> int:
        return len(self._calls)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Calls | list | tuple) else NotImplemented

    # The parameters of its calls can be changed.
    __hash__ = None  # type: ignore[assignment] # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        return f"<Calls {list(self._calls)!r}>"


def snapshot(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of parameters. A value that cannot be copied is kept as it is."""
    return {name: _copied(value) for name, value in parameters.items()}


def _copied(value: Any) -> Any:
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def read_parameters(body: bytes) -> dict[str, Any]:
    """Return the parameters in an HTTP body; empty if it cannot be read."""
    try:
        parameters = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parameters if isinstance(parameters, dict) else {}
