"""The event system of a `FakeXRayClient`: botocore's own, with a warning for whoever expects events of it."""

from __future__ import annotations

import warnings
from typing import Any

from botocore.hooks import BaseEventHooks, EventAliaser


class SilentEvents(EventAliaser):
    """Takes handlers as botocore's does. The fake emits no events, so it warns of the first one that is registered."""

    def __init__(self, events: BaseEventHooks) -> None:
        # botocore's aliases of event names are resolved by the one within.
        super().__init__(events, {})
        self._warned = False

    def register(self, *args: Any, **kwargs: Any) -> None:
        """Register a handler, as botocore does; so do `register_first` and `register_last`."""
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
            "a FakeXRayClient emits no events, so neither event handlers nor a Stubber do anything on it: "
            "use a client of mock_xray(real_clients=True)",
            stacklevel=3,
        )
