"""The call log of a `FakeXRay`."""

from __future__ import annotations

import copy
import json
import reprlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Iterable

_shorten = reprlib.Repr()
_shorten.maxstring = 60
_shorten.maxother = 60


@dataclass(frozen=True, repr=False)
class Call:
    """One call that a fake has answered.

    Attributes
    ----------
    operation : str
        The name in the API model, such as `PutResourcePolicy`.
    parameters : dict
        What the caller gave, as it was then; of a genuine client, what it sent.
    account_id, region_name : str
        Where the call went.
    error_code : str or None
        None where it succeeded; else AWS's code, or the name of the exception where no service was asked.
    """

    operation: str
    parameters: dict[str, Any]
    account_id: str
    region_name: str
    error_code: str | None

    def __repr__(self) -> str:
        arguments = ", ".join(f"{name}={_shorten.repr(value)}" for name, value in self.parameters.items())
        outcome = f" -> {self.error_code}" if self.error_code else ""
        return f"<Call {self.operation}({arguments}) in {self.account_id} {self.region_name}{outcome}>"


class Calls(Sequence[Call]):
    """Calls in the order in which they were answered."""

    def __init__(self, calls: Iterable[Call]) -> None:
        self._calls = tuple(calls)

    @classmethod
    def _from_log(cls, log: Iterable[tuple[str, dict[str, Any], str, str, str | None]]) -> Calls:
        """Make calls of what the extension has written down, safe against being changed by the reader."""
        return cls(
            Call(operation, snapshot(parameters), account_id, region_name, error_code)
            for operation, parameters, account_id, region_name, error_code in tuple(log)
        )

    def for_operation(self, operation: str) -> Calls:
        """Return the calls of one operation, by its name in the API model; ValueError if there is none such."""
        from fake_xray._client import operation_names

        if operation not in operation_names():
            raise ValueError(f"operation must be one of {', '.join(sorted(operation_names()))}, not {operation!r}")
        return Calls(call for call in self._calls if call.operation == operation)

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

    # What it holds can be changed.
    __hash__ = None  # type: ignore[assignment] # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        return f"<Calls {list(self._calls)!r}>"


def snapshot(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return parameters as they are now: copies of what can be changed, itself of what cannot be copied."""
    return {name: _copied(value) for name, value in parameters.items()}


def _copied(value: Any) -> Any:
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def read_parameters(body: bytes) -> dict[str, Any]:
    """Return the parameters in an HTTP body; none where it cannot be read."""
    try:
        parameters = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parameters if isinstance(parameters, dict) else {}
