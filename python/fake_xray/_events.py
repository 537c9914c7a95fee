"""Warnings for code that expects events of a fake client, which emits none."""

from __future__ import annotations

import functools
import sys
import warnings
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from botocore.hooks import BaseEventHooks, EventAliaser


class SilentEvents(EventAliaser):
    """The event system of a `FakeXRayClient`. It accepts handlers like botocore's, and warns at the first one."""

    def __init__(self, events: BaseEventHooks) -> None:
        # The wrapped emitter resolves botocore's aliases of event names.
        super().__init__(events, {})
        self._warned = False

    def register(self, *args: Any, **kwargs: Any) -> None:
        """Register a handler, like botocore. `register_first` and `register_last` do the same."""
        self._warn()
        super().register(*args, **kwargs)

    def register_first(self, *args: Any, **kwargs: Any) -> None:
        self._warn()
        super().register_first(*args, **kwargs)

    def register_last(self, *args: Any, **kwargs: Any) -> None:
        self._warn()
        super().register_last(*args, **kwargs)

    def _warn(self) -> None:
        if self._warned:
            return
        self._warned = True
        warnings.warn(
            "a FakeXRayClient emits no events, so event handlers and a Stubber have no effect on it: "
            "use a client of mock_xray(real_clients=True)",
            stacklevel=3,
        )


# Those who register handlers on every session, or on boto3's own, none of which matters to a fake client.
_LIBRARIES = {"aioboto3", "aiobotocore", "awscli", "boto3", "botocore", "moto", "s3transfer"}
# What the check of a session found, with what identifies the handlers that it has had then.
_checked: WeakKeyDictionary[Any, tuple[Any, list[str]]] = WeakKeyDictionary()


def warn_of_own_handlers(session: Any) -> None:
    """Warn if a session has event handlers of the user, which a fake client of this session does not call."""
    emitter = getattr(session.get_component("event_emitter"), "_emitter", None)
    # botocore replaces this dict whenever a handler is registered or unregistered.
    version = getattr(emitter, "_lookup_cache", None)
    if version is None:
        return
    known = _checked.get(session)
    if known is None or known[0] is not version:
        known = _checked[session] = (version, _own_handlers(emitter))
    if known[1]:
        warnings.warn(
            f"this session has event handlers ({', '.join(known[1])}), which a fake X-Ray client does not call: "
            "use mock_xray(real_clients=True) to have them called",
            stacklevel=_frames_of_libraries(),
        )


def _own_handlers(emitter: Any) -> list[str]:
    found = {handler for handler in _handlers_for_xray(emitter) if not _is_of_library(handler)}
    if found:
        from botocore.session import Session

        # Some packages register handlers on every session.
        everywhere: Any = Session().get_component("event_emitter")
        found -= set(_handlers_for_xray(everywhere._emitter))
    return sorted(getattr(handler, "__qualname__", None) or repr(handler) for handler in found)


def _handlers_for_xray(emitter: Any) -> Iterator[Any]:
    for event, node in emitter._handlers._root["children"].items():
        # Events of boto3's resources and of the documentation are not those of a client.
        if event != "creating-resource-class" and not event.startswith("docs"):
            yield from _handlers_at(node)
            for service in ("xray", "*"):
                if service in node["children"]:
                    yield from _handlers_below(node["children"][service])


def _handlers_below(node: Any) -> Iterator[Any]:
    yield from _handlers_at(node)
    for child in node["children"].values():
        yield from _handlers_below(child)


def _handlers_at(node: Any) -> Iterator[Any]:
    for section in node["values"] or ():
        yield from section


def _is_of_library(handler: Any) -> bool:
    while isinstance(handler, functools.partial):
        handler = handler.func
    module = getattr(handler, "__module__", None) or type(handler).__module__
    return module.partition(".")[0] in _LIBRARIES


def _frames_of_libraries() -> int:
    """Return the stack level of the code that asked boto3 or botocore for a client, for `warn_of_own_handlers`."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in {
        "fake_xray",
        *_LIBRARIES,
    }:
        level, frame = level + 1, frame.f_back
    return level
