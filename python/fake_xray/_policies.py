"""`StoredPolicy`, the type of the resource policies in `FakeXRay.policies`."""

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
    """A resource policy in a fake's in-memory state, as returned by `FakeXRay.policies` and `FakeXRay.policies_in`.

    It is a snapshot: later calls do not change it.

    Attributes
    ----------
    name : str
        The name of the policy.
    text : str
        The policy document as `list_resource_policies` returns it.
    revision : str
        The revision id. It is "1" when the policy is created.
    updated_at : datetime
        The time at which the policy was created or replaced, in UTC.

    Examples
    --------
    >>> from fake_xray import FakeXRay
    >>> fake = FakeXRay()
    >>> document = '''{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
    ...     "Principal": {"Service": "sns.amazonaws.com"}, "Action": "xray:PutTraceSegments", "Resource": "*"}]}'''
    >>> _ = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
    >>> policy = fake.policies["sns"]
    >>> policy.revision, policy.document["Statement"][0]["Action"]
    ('1', 'xray:PutTraceSegments')
    """

    name: str
    text: str
    revision: str
    updated_at: datetime

    @property
    def document(self) -> dict[str, Any]:
        """The policy document as a new dict. If you change the dict, the policy stays the same."""
        document: dict[str, Any] = json.loads(self.text)
        return document


def stored_policies(rows: Iterable[tuple[str, str, str, int]]) -> Mapping[str, StoredPolicy]:
    """Return the policies by name. Each row has a name, a document, a revision and a time in seconds since 1970."""
    return MappingProxyType(
        {
            name: StoredPolicy(name, text, revision, datetime.fromtimestamp(seconds, timezone.utc))
            for name, text, revision, seconds in rows
        }
    )
