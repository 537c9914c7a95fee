"""`mock_xray`: the fake in the place of every boto3 X-Ray client of the process."""

from __future__ import annotations

import functools
import inspect
import threading
import unittest
from typing import TYPE_CHECKING, Any, TypeVar, cast

from fake_xray._core import FakeXRay

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from botocore.client import BaseClient
    from botocore.session import Session

_Decorated = TypeVar("_Decorated", bound="Callable[..., Any]")


class mock_xray:  # noqa: N801 - used like a function, as unittest.mock.patch is
    """Answers every X-Ray call of this process with a fake, as a context manager or as a decorator.

    While it is active, new clients (`boto3.client`, `Session.client`, botocore's `create_client`) are
    `FakeXRayClient`s, and genuine clients made before are answered by the same state. Nothing needs a network,
    credentials or a Region. Other services pass untouched. Blocks nest; the innermost answers.

    As a decorator it takes functions, coroutine functions and classes. Of a `unittest.TestCase` each test runs in a
    block of its own, with its setUp and tearDown; of any other class, each method whose name begins with "test".

    Parameters
    ----------
    fake : FakeXRay, optional
        Who answers. Absent: a new, empty one for each block and each decorated call.

    Returns
    -------
    FakeXRay
        As the context manager's value.

    Raises
    ------
    TypeError
        For anything else than a FakeXRay, and for decorating what is neither a function nor a class.
    """

    def __init__(self, fake: FakeXRay | None = None) -> None:
        if fake is not None and not isinstance(fake, FakeXRay):
            raise TypeError(
                f"mock_xray() takes a FakeXRay, not {fake!r}; as a decorator it has parentheses, @mock_xray()"
            )
        self._fake = fake
        self._entered: list[_Block] = []

    def __enter__(self) -> FakeXRay:
        block = _Block(self._fake or FakeXRay())
        _start(block)
        self._entered.append(block)
        return block.fake

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _stop(self._entered.pop())

    def __call__(self, decorated: _Decorated) -> _Decorated:
        if isinstance(decorated, type):
            self._decorate_class(decorated)
            return decorated
        return self._decorate_function(decorated)

    def _decorate_function(self, function: _Decorated) -> _Decorated:
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError(
                f"mock_xray() cannot decorate the generator {function.__qualname__}: use a with block in it"
            )
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def coroutine(*args: Any, **kwargs: Any) -> Any:
                with mock_xray(self._fake):
                    return await function(*args, **kwargs)

            return cast("_Decorated", coroutine)

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with mock_xray(self._fake):
                return function(*args, **kwargs)

        return cast("_Decorated", wrapper)

    def _decorate_class(self, decorated: type) -> None:
        if issubclass(decorated, unittest.TestCase):
            names = ["run"]
        else:
            names = [name for name in dir(decorated) if name.startswith("test")]
        for name in names:
            attribute = inspect.getattr_static(decorated, name)
            if isinstance(attribute, staticmethod | classmethod):
                setattr(decorated, name, type(attribute)(self._decorate_function(attribute.__func__)))
            elif inspect.isfunction(attribute):
                setattr(decorated, name, self._decorate_function(attribute))


class _Block:
    """One activation, and the patches that it put in place."""

    def __init__(self, fake: FakeXRay) -> None:
        self.fake = fake
        self.patches: list[_Patch] = []


class _Patch:
    """One method of botocore replaced by a wrapper around it."""

    def __init__(self, owner: type, name: str, wrap: Callable[[Any], Any]) -> None:
        self._owner, self._name = owner, name
        self._original = getattr(owner, name)
        self._wrapper = wrap(self._original)
        self._wrapper.is_of_mock_xray = True
        setattr(owner, name, self._wrapper)

    def undo(self) -> None:
        # Where somebody else has since patched the method, the wrapper stays beneath: it only passes calls on.
        if getattr(self._owner, self._name) is self._wrapper:
            setattr(self._owner, self._name, self._original)


_lock = threading.Lock()
_blocks: list[_Block] = []


def _start(block: _Block) -> None:
    with _lock:
        block.patches = _install()
        _blocks.append(block)


def _stop(block: _Block) -> None:
    with _lock:
        _blocks.remove(block)
        for patch in reversed(block.patches):
            patch.undo()
        # Blocks of several threads may end in any order.
        if _blocks and not any(block.patches for block in _blocks):
            _blocks[-1].patches = _install()


def _install() -> list[_Patch]:
    """Wrap what is not yet wrapped of the places where clients are made and where genuine clients make calls."""
    from botocore.client import BaseClient
    from botocore.session import Session

    methods = [
        (Session, "create_client", _wrap_create_client),
        (BaseClient, "_make_api_call", _wrap_make_api_call),
    ]
    return [
        _Patch(owner, name, wrap)
        for owner, name, wrap in methods
        # Somebody else's patch may be a MagicMock, which has every attribute.
        if getattr(getattr(owner, name), "is_of_mock_xray", None) is not True
    ]


def _active_fake() -> FakeXRay | None:
    blocks = tuple(_blocks)
    return blocks[-1].fake if blocks else None


def _wrap_create_client(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def create_client(
        session: Session, service_name: str, region_name: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        fake = _active_fake()
        if fake is None or service_name != "xray" or hasattr(session, "makes_genuine_xray_clients"):
            return original(session, service_name, region_name, *args, **kwargs)
        if args:
            bound = inspect.signature(original).bind(session, service_name, region_name, *args, **kwargs)
            kwargs = bound.arguments
        return fake.client(region_name=region_name or _configured_region(session, kwargs.get("config")))

    return create_client


def _configured_region(session: Session, config: Any) -> str | None:
    """Where botocore would look when no Region is named; the fake needs none."""
    from botocore.exceptions import ProfileNotFound

    if config is not None and config.region_name is not None:
        return str(config.region_name)
    try:
        region: str | None = session.get_config_variable("region")
        return region
    except ProfileNotFound:
        return None


def _wrap_make_api_call(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def _make_api_call(client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
        fake = _active_fake()
        if fake is None or client.meta.service_model.service_name != "xray":
            return original(client, operation_name, api_params)
        return _answer(fake, client, operation_name, api_params)

    return _make_api_call


def _answer(fake: FakeXRay, client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
    """Answer a genuine client's call; an error is of that client's own classes, which its user catches."""
    from botocore import xform_name
    from botocore.exceptions import ClientError

    stand_in = fake.client(region_name=client.meta.region_name)
    try:
        return getattr(stand_in, xform_name(operation_name))(**api_params)
    except ClientError as error:
        own_class: Any = client.exceptions.from_code(error.response["Error"]["Code"])
        exception = own_class(error.response, operation_name)
        exception.__notes__ = getattr(error, "__notes__", [])
        raise exception from None
