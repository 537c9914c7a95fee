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
    """A call of an operation of X-Ray. `FakeXRay.calls` contains the calls that the fake has handled.

    A function that you pass to `FakeXRay.inject_error` or `FakeXRay.respond` receives the call before the fake handles
    it.

    Attributes
    ----------
    operation : str
        The name in the API model, such as "PutResourcePolicy".
    parameters : dict
        A copy of the arguments at the time of the call. For a real botocore client, the members of the request that it
        sent.
    account_id : str
        The account in which the fake handled the call.
    region_name : str
        The Region in which the fake handled the call.
    error_code : str or None
        None if the call succeeded. If the response was an error, AWS's error code. If there was no response, the name
        of the exception, such as "ParamValidationError".

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
        """Return a call that the fake has yet to handle."""
        return cls(operation, snapshot(parameters), account_id, region_name, None)

    def __repr__(self) -> str:
        arguments = ", ".join(f"{name}={_shorten.repr(value)}" for name, value in self.parameters.items())
        outcome = f" -> {self.error_code}" if self.error_code else ""
        return f"<Call {self.operation}({arguments}) in {self.account_id} {self.region_name}{outcome}>"


class Calls(Sequence[Call]):
    """A sequence of `Call` objects in the order in which the fake handled them.

    It is a snapshot: later calls do not change it. Two snapshots that contain equal calls are equal.

    Examples
    --------
    >>> from fake_xray import FakeXRay
    >>> fake = FakeXRay()
    >>> _ = fake.client().list_resource_policies()
    >>> calls = fake.calls
    >>> len(calls), calls[0].operation
    (1, 'ListResourcePolicies')
    >>> calls.for_operation("PutResourcePolicy")
    <Calls []>
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self._calls = tuple(calls)
        self._clear_log: Callable[[], None] | None = None

    @classmethod
    def _from_log(
        cls, log: Iterable[tuple[str, dict[str, Any], str, str, str | None]], clear_log: Callable[[], None]
    ) -> Calls:
        """Return the calls that the extension has logged. Changing their parameters does not change the log."""
        calls = cls(
            Call(operation, snapshot(parameters), account_id, region_name, error_code)
            for operation, parameters, account_id, region_name, error_code in tuple(log)
        )
        calls._clear_log = clear_log
        return calls

    @property
    def last(self) -> Call:
        """The most recent call.

        Raises
        ------
        IndexError
            If there are no calls.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> _ = fake.client().get_groups()
        >>> fake.calls.last.operation
        'GetGroups'
        """
        if not self._calls:
            raise IndexError("there are no calls")
        return self._calls[-1]

    def clear(self) -> None:
        """Empty the fake's call log, and this snapshot of it.

        The fake keeps its state, its injected errors and its canned responses.

        Raises
        ------
        RuntimeError
            If this sequence is only a part of the log, such as `fake.calls.for_operation(...)`. Use
            `fake.calls.clear()` instead.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> _ = fake.client().get_groups()
        >>> fake.calls.clear()
        >>> fake.calls
        <Calls []>
        """
        if self._clear_log is None:
            raise RuntimeError("this is only a part of the call log; use fake.calls.clear() to clear the whole log")
        self._clear_log()
        self._calls = ()

    def for_operation(self, operation: Operation) -> Calls:
        """Return the calls of one operation.

        Parameters
        ----------
        operation : str
            The name in the API model ("PutResourcePolicy") or of the client's method ("put_resource_policy").

        Returns
        -------
        Calls
            The calls of that operation, in order. The sequence is empty if there are none.

        Raises
        ------
        ValueError
            If X-Ray has no such operation.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> client = fake.client()
        >>> _ = client.get_groups()
        >>> _ = client.list_resource_policies()
        >>> fake.calls.for_operation("get_groups")
        <Calls [<Call GetGroups() in 123456789012 us-east-1>]>
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

    # Calls cannot be hashable, because the parameters of its calls can change.
    __hash__ = None  # type: ignore[assignment] # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        return f"<Calls {list(self._calls)!r}>"


def snapshot(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return a deep copy of parameters. A value that cannot be copied is not copied."""
    return {name: _copied(value) for name, value in parameters.items()}


def _copied(value: Any) -> Any:
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def read_parameters(body: bytes) -> dict[str, Any]:
    """Return the parameters in an HTTP body, or an empty dict if the body is not a JSON object."""
    try:
        parameters = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parameters if isinstance(parameters, dict) else {}
