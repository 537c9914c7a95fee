"""`mock_xray`: the fake in the place of every boto3 X-Ray client of the process."""

from __future__ import annotations

import functools
import inspect
import sys
import threading
import types
import unittest
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from fake_xray import _core, _genuine
from fake_xray._client import FakeXRayClient
from fake_xray._core import FakeXRay

if TYPE_CHECKING:
    from types import TracebackType

    from botocore.client import BaseClient
    from botocore.session import Session

_Decorated = TypeVar("_Decorated", bound="Callable[..., Any]")


class mock_xray:  # noqa: N801 - used like a function, as unittest.mock.patch is
    """Answers every X-Ray call of this process with a fake, as a context manager or as a decorator.

    While it is active, new clients (`boto3.client`, `Session.client`, botocore's `create_client`) are
    `FakeXRayClient`s, and genuine clients made before are answered by the same state, as are the clients of aiobotocore
    and aioboto3, whenever they were made. Nothing needs a network, credentials or a Region. Other services pass
    untouched. Blocks nest; the innermost answers.

    As a decorator it takes functions, coroutine functions and classes. Of a `unittest.TestCase` each test runs in a
    block of its own, with its setUp and tearDown; of any other class, each method whose name begins with "test".

    Parameters
    ----------
    fake : FakeXRay, optional
        Who answers. Absent: a new, empty one for each block and each decorated call, in the Region of boto3's default
        session, from the environment or the configuration, if there is one.
    real_clients : bool
        Whether new clients are genuine botocore clients too, whose HTTP requests are answered in process: then
        botocore's own validation, event hooks, signing, retries and parsing run.

    Returns
    -------
    FakeXRay
        As the context manager's value.

    Raises
    ------
    TypeError
        For anything else than a FakeXRay or a bool, and for decorating what is neither a function nor a class.
    """

    def __init__(self, fake: FakeXRay | None = None, *, real_clients: bool = False) -> None:
        if fake is not None and not isinstance(fake, FakeXRay):
            raise TypeError(
                f"mock_xray() takes a FakeXRay, not {fake!r}; as a decorator it has parentheses, @mock_xray()"
            )
        if not isinstance(real_clients, bool):
            raise TypeError(f"real_clients must be a bool, not {real_clients!r}")
        self._fake = fake
        self._real_clients = real_clients
        self._entered: list[_Block] = []

    def __enter__(self) -> FakeXRay:
        block = _Block(self._fake or new_fake(), self._real_clients)
        _start(block)
        self._entered.append(block)
        return block.fake

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _stop(self._entered.pop())

    def _again(self) -> mock_xray:
        return mock_xray(self._fake, real_clients=self._real_clients)

    def __call__(self, decorated: _Decorated) -> _Decorated:
        if isinstance(decorated, type):
            self._decorate_class(decorated)
            return cast("_Decorated", decorated)
        if isinstance(decorated, staticmethod | classmethod):
            return cast("_Decorated", type(decorated)(self._decorate_function(decorated.__func__)))
        return self._decorate_function(decorated)

    def _decorate_function(self, function: _Decorated) -> _Decorated:
        if not callable(function):
            raise TypeError(f"mock_xray() decorates functions and classes, not {function!r}")
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError(
                f"mock_xray() cannot decorate the generator {function.__qualname__}: use a with block in it"
            )
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def coroutine(*args: Any, **kwargs: Any) -> Any:
                return await self._awaited(function(*args, **kwargs))

            return cast("_Decorated", coroutine)

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with self._again():
                result = function(*args, **kwargs)
            # A plain function may hand a coroutine on, as other decorators do: it has yet to run.
            return self._awaited(result) if inspect.isawaitable(result) else result

        return cast("_Decorated", wrapper)

    async def _awaited(self, awaitable: Awaitable[Any]) -> Any:
        with self._again():
            return await awaitable

    def _decorate_class(self, decorated: type) -> None:
        if issubclass(decorated, unittest.TestCase):
            names = ["run"]
        else:
            names = [name for name in dir(decorated) if name.startswith("test")]
        for name in names:
            attribute: Any = inspect.getattr_static(decorated, name)
            is_method = isinstance(attribute, staticmethod | classmethod) or inspect.isfunction(attribute)
            if is_method:
                setattr(decorated, name, self(cast("Callable[..., Any]", attribute)))


def new_fake(**arguments: Any) -> FakeXRay:
    """Make the fake of a block or a test, which without a Region is where boto3's default session is."""
    fake = FakeXRay(**arguments)
    if "region_name" not in arguments:
        fake._follow_boto3()
    return fake


class _Block:
    """One activation, and the patches that it put in place."""

    def __init__(self, fake: FakeXRay, real_clients: bool) -> None:
        self.fake = fake
        self.real_clients = real_clients
        self.patches: list[_Patch] = []


class _Method(NamedTuple):
    """A method that its class itself defines, and how it is wrapped."""

    owner: type
    name: str
    wrap: Callable[[Any], Any]


class _Patch:
    """A method replaced by a wrapper around it."""

    def __init__(self, method: _Method) -> None:
        self.method = method
        # What stands there may be somebody else's descriptor: it is put back as it was, not as what it gives.
        self._original = self._standing()
        self.wrapper = method.wrap(getattr(method.owner, method.name))
        setattr(method.owner, method.name, self.wrapper)

    def _standing(self) -> Any:
        return vars(self.method.owner)[self.method.name]

    def is_on_top(self) -> bool:
        return self._standing() is self.wrapper

    def undo(self) -> None:
        # Where somebody else has since patched the method, the wrapper stays beneath: it only passes calls on.
        if self.is_on_top():
            setattr(self.method.owner, self.method.name, self._original)


_lock = threading.RLock()
# Registered after that of _genuine, it is taken before it: the order in which the end of a block takes them.
_genuine.keep_over_forks(_lock)
_blocks: list[_Block] = []


def _start(block: _Block) -> None:
    with _lock:
        on_top = {patch.method for patch in _patches() if patch.is_on_top()}
        block.patches = [_Patch(method) for method in _methods() if method not in on_top]
        _blocks.append(block)
        _core.set_active_fake(block.fake)


def _stop(block: _Block) -> None:
    with _lock:
        _blocks.remove(block)
        for patch in block.patches:
            if _blocks and patch.method not in _covered():
                # Blocks of several threads may end in any order. Undone and done anew, it would let calls through.
                _blocks[-1].patches.append(patch)
            elif not any(other.wrapper is patch.wrapper for other in _patches()):
                patch.undo()
        if _blocks:
            _core.set_active_fake(_blocks[-1].fake)
        else:
            _core.set_active_fake(None)
            _genuine.forget_clients()


def _cover_what_is_not() -> None:
    """Let the innermost block wrap the methods that no block wraps."""
    covered = _covered()
    _blocks[-1].patches += [_Patch(method) for method in _methods() if method not in covered]


def _covered() -> set[_Method]:
    return {patch.method for patch in _patches()}


def _patches() -> list[_Patch]:
    return [patch for block in _blocks for patch in block.patches]


def _methods() -> list[_Method]:
    """Return where clients are made, and where genuine clients make calls; those of others once they are loaded."""
    return _methods_of(*(sys.modules.get(name) for name in _OTHERS))


_OTHERS = ("aiobotocore.session", "aiobotocore.client", "moto.core.botocore_stubber")


@functools.lru_cache(maxsize=4)
def _methods_of(session: Any, client: Any, moto: Any) -> list[_Method]:
    from botocore.client import BaseClient
    from botocore.session import Session

    methods = [
        _Method(Session, "__init__", _wrap_session_init),
        _Method(Session, "create_client", _wrap_create_client),
        _Method(BaseClient, "_make_api_call", _wrap_make_api_call),
    ]
    if session and client:
        methods += [
            _Method(session.AioSession, "create_client", _wrap_async_create_client),
            _Method(client.AioBaseClient, "_make_api_call", _wrap_async_make_api_call),
        ]
    if moto:
        methods.append(_Method(moto.BotocoreStubber, "__call__", _wrap_moto))
    return methods


def _active_block() -> _Block | None:
    blocks = tuple(_blocks)
    return blocks[-1] if blocks else None


def _made_once(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Make a wrapper once for each function that it goes around: that is half of what a block costs.

    What is no plain function may be equal to another one, as the proxies of wrapt are to what they go around.
    """
    made = functools.lru_cache(maxsize=16)(make)

    @functools.wraps(make)
    def wrap(original: Any) -> Any:
        return made(original) if type(original) is types.FunctionType else make(original)

    return wrap


@_made_once
def _wrap_session_init(original: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(original)
    def __init__(session: Session, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        # aiobotocore and moto may have been loaded within the block. Their clients come from sessions.
        with _lock:
            if _blocks:
                _cover_what_is_not()
        original(session, *args, **kwargs)

    return __init__


@_made_once
def _wrap_create_client(original: Callable[..., Any]) -> Callable[..., Any]:
    return _creating(original, always_genuine=False)


@_made_once
def _wrap_async_create_client(original: Callable[..., Any]) -> Callable[..., Any]:
    # There is no asynchronous fake client: a genuine one is answered.
    return _creating(original, always_genuine=True)


def _creating(original: Callable[..., Any], always_genuine: bool) -> Callable[..., Any]:
    @functools.wraps(original)
    def create_client(session: Session, *args: Any, **kwargs: Any) -> Any:
        block = _active_block()
        wanted = _wanted_client(session, args, kwargs)
        if block is None or wanted is None:
            return original(session, *args, **kwargs)
        if always_genuine or block.real_clients:
            return original(session, **_genuine.complete(wanted, session, block.fake))
        # Held by the application for longer than this block, it is answered by whoever is active then.
        return FakeXRayClient(
            block.fake,
            _genuine.region_of(wanted, session, block.fake),
            None,
            None,
            follows=True,
            access_key_id=_genuine.access_key_id_of(wanted, session),
        )

    return create_client


_CREATE_CLIENT_PARAMETERS = frozenset(_genuine.CREATE_CLIENT_PARAMETERS)


def _wanted_client(session: Session, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any] | None:
    """Return the arguments of create_client by name if they are for a client that a fake answers, else None."""
    service_name = args[0] if args else kwargs.get("service_name")
    if service_name != "xray" or hasattr(session, "makes_genuine_xray_clients"):
        return None
    wanted = {**dict(zip(_genuine.CREATE_CLIENT_PARAMETERS, args, strict=False)), **kwargs} if args else kwargs
    # What is unknown here botocore refuses, or makes a genuine client of, which is answered as well.
    return wanted if wanted.keys() <= _CREATE_CLIENT_PARAMETERS else None


@_made_once
def _wrap_make_api_call(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def _make_api_call(client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
        with _genuine.answered(client, operation_name, api_params):
            return original(client, operation_name, api_params)

    return _make_api_call


@_made_once
def _wrap_async_make_api_call(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    async def _make_api_call(client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
        with _genuine.answered(client, operation_name, api_params):
            return await original(client, operation_name, api_params)

    return _make_api_call


@_made_once
def _wrap_moto(original: Callable[..., Any]) -> Callable[..., Any]:
    """Keep moto from answering X-Ray as well: botocore asks every handler, though only the first answer counts."""

    @functools.wraps(original)
    def __call__(stubber: Any, event_name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
        if _active_block() is not None and event_name.startswith("before-send.xray."):
            return None
        return original(stubber, event_name, *args, **kwargs)

    return __call__
