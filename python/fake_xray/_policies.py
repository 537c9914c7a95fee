"""The resource policies that a `FakeXRay` shows to a test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class StoredPolicy:
    """A resource policy that the fake stores, as it was when the test asked for it.

    Attributes
    ----------
    name : str
        The policy's name.
    text : str
        The policy document as `list_resource_policies` returns it.
    revision : str
        The revision id, "1" for a policy that was created and not changed since.
    updated_at : datetime
        When the policy was created or replaced, in UTC.
    """

    name: str
    text: str
    revision: str
    updated_at: datetime

    @property
    def document(self) -> dict[str, Any]:
        """The policy document as a dict."""
        document: dict[str, Any] = json.loads(self.text)
        return document


def stored_policies(rows: Iterable[tuple[str, str, str, int]]) -> Mapping[str, StoredPolicy]:
    """Return the policies by name, out of name, text, revision, and seconds since 1970."""
    return MappingProxyType(
        {
            name: StoredPolicy(name, text, revision, datetime.fromtimestamp(seconds, timezone.utc))
            for name, text, revision, seconds in rows
        }
    )
