"""Warnings for event handlers on fake clients, which emit no events."""

from __future__ import annotations

import functools
import sys
import warnings
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from botocore.hooks import BaseEventHooks, EventAliaser


class SilentEvents(EventAliaser):
    """The event system of a `FakeXRayClient`. It accepts handlers like botocore's event system, and warns once."""

    def __init__(self, events: BaseEventHooks) -> None:
        # The wrapped emitter resolves botocore's aliases of event names.
        super().__init__(events, {})
        self._warned = False

    def register(self, *args: Any, **kwargs: Any) -> None:
        """Register a handler, and warn if it is the first one."""
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
            "use a client created inside mock_xray(real_clients=True)",
            stacklevel=3,
        )


# Packages that register handlers on sessions for their own purposes. A fake client does not need these handlers.
_LIBRARIES = {"aioboto3", "aiobotocore", "awscli", "boto3", "botocore", "moto", "s3transfer"}
# For each session that was checked: an object that changes when its handlers change, and the user's handlers found.
_checked: WeakKeyDictionary[Any, tuple[Any, list[str]]] = WeakKeyDictionary()


def warn_of_user_handlers(session: Any) -> None:
    """Warn if the user has registered event handlers on a session. A fake client of that session does not call them."""
    emitter = getattr(session.get_component("event_emitter"), "_emitter", None)
    # botocore replaces this dict whenever a handler is registered or unregistered.
    version = getattr(emitter, "_lookup_cache", None)
    if version is None:
        return
    known = _checked.get(session)
    if known is None or known[0] is not version:
        known = _checked[session] = (version, _user_handlers(emitter))
    if known[1]:
        warnings.warn(
            f"this session has event handlers ({', '.join(known[1])}), which a fake X-Ray client does not call: "
            "use mock_xray(real_clients=True) to have them called",
            stacklevel=_frames_of_libraries(),
        )


def _user_handlers(emitter: Any) -> list[str]:
    found = {handler for handler in _handlers_for_xray(emitter) if not _is_of_library(handler)}
    if found:
        from botocore.session import Session

        # Some packages register handlers on every new session. These are not the user's own.
        emitter_of_new_session: Any = Session().get_component("event_emitter")
        found -= set(_handlers_for_xray(emitter_of_new_session._emitter))
    return sorted(getattr(handler, "__qualname__", None) or repr(handler) for handler in found)


def _handlers_for_xray(emitter: Any) -> Iterator[Any]:
    for event, node in emitter._handlers._root["children"].items():
        # boto3's resources and botocore's documentation have events too, which clients do not emit.
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
    """Return the stack level of the code that created a client, seen from `warn_of_user_handlers`."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in {
        "fake_xray",
        *_LIBRARIES,
    }:
        level, frame = level + 1, frame.f_back
    return level
