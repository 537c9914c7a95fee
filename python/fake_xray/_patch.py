"""`mock_xray`: let a fake handle the calls of every boto3 X-Ray client in the process."""

from __future__ import annotations

import functools
import inspect
import sys
import threading
import types
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast, overload

from fake_xray import _core, _real_clients
from fake_xray._client import FakeXRayClient
from fake_xray._core import FakeXRay
from fake_xray._events import warn_of_user_handlers

if TYPE_CHECKING:
    from types import TracebackType

    from botocore.client import BaseClient
    from botocore.session import Session

_Decorated = TypeVar("_Decorated", bound="Callable[..., Any]")


@overload
def mock_xray(fake: _Decorated, /) -> _Decorated: ...
@overload
def mock_xray(fake: FakeXRay | None = None, *, real_clients: bool = False, strict: bool = True) -> XRayMock: ...
def mock_xray(
    fake: FakeXRay | Callable[..., Any] | None = None,
    *,
    real_clients: bool = False,
    strict: bool = True,
    **arguments: Any,
) -> Any:
    """Let a fake handle every X-Ray call of boto3 and botocore in this process, for a block, a test or a test class.

    New clients (`boto3.client`, `Session.client`, botocore's `create_client`) are `FakeXRayClient`s. The fake also
    handles the calls of botocore clients that were created earlier, and of aiobotocore and aioboto3 clients. No
    network, no credentials and no Region are needed. Calls to other services are not affected. Blocks can be nested:
    the innermost active block handles the calls.

    Use it as a context manager, with `start()` (which returns the fake) and `stop()`, or as a decorator of a function,
    a coroutine function or a test class. As a decorator it works with and without parentheses. A decorated class is
    covered from its class-level setup to its class-level teardown. Each test starts with what the class-level setup
    stored, and does not see the changes of other tests. If you pass a fake, however, all tests share its state.

    Parameters
    ----------
    fake : FakeXRay, optional
        The fake that handles the calls. It keeps its state from block to block, but the end of each block removes
        injected errors and canned responses that are limited by `times`. Default: a new, empty fake for each block,
        each call of a decorated function, and each decorated class. The Region of a new fake is the one that boto3
        finds in its default session, the environment or the configuration. If boto3 finds none, it is us-east-1.
    real_clients : bool
        Whether new clients are real botocore clients, whose HTTP requests the fake handles in process. botocore's own
        validation, event hooks, signing, retries and parsing then run. Default: False.
    strict : bool
        Whether the end of a block raises an AssertionError in these cases: calls used an injected error or a canned
        response fewer times than its `times` argument says, or the application swallowed a NotImplementedError of the
        fake. If the block already ends with an exception, these checks are skipped. Default: True.

    Returns
    -------
    XRayMock
        A context manager and decorator with the methods `start()` and `stop()`. `with mock_xray() as fake` assigns the
        FakeXRay that handles the calls to `fake`. If you pass a function or class, `mock_xray` returns it decorated.

    Raises
    ------
    TypeError
        If an argument is invalid, or if the object cannot be decorated, for example a generator function.

    Examples
    --------
    >>> import boto3
    >>> from fake_xray import mock_xray
    >>> with mock_xray() as fake:
    ...     boto3.client("xray").list_resource_policies()["ResourcePolicies"]
    []
    """
    if arguments:
        raise _unexpected(arguments)
    if fake is FakeXRay:
        raise TypeError("mock_xray() takes an instance of FakeXRay, not the class: use mock_xray(FakeXRay())")
    if fake is None or isinstance(fake, FakeXRay):
        return XRayMock(fake, real_clients, strict)
    if callable(fake) or isinstance(fake, classmethod):
        return XRayMock(None, real_clients, strict)(fake)
    raise TypeError(f"mock_xray() takes a FakeXRay, or a function or class to decorate, not {fake!r}")


def _unexpected(arguments: dict[str, Any]) -> TypeError:
    """Return the error for unknown arguments. An argument of FakeXRay gets a message of its own."""
    for name, value in arguments.items():
        if name in inspect.signature(FakeXRay).parameters:
            call = f"mock_xray(FakeXRay({name}={value!r}))"
            return TypeError(f"mock_xray() has no argument {name!r}, but FakeXRay has: use {call}")
    names = ", ".join(map(repr, arguments))
    return TypeError(f"mock_xray() has no argument {names}: it takes fake, real_clients and strict")


class XRayMock:
    """The return value of `mock_xray()`: a context manager and decorator with `start()` and `stop()`.

    Examples
    --------
    >>> import boto3
    >>> from fake_xray import mock_xray
    >>> mock = mock_xray()
    >>> fake = mock.start()
    >>> boto3.client("xray").list_resource_policies()["ResourcePolicies"]
    []
    >>> mock.stop()
    """

    def __init__(self, fake: FakeXRay | None, real_clients: bool, strict: bool) -> None:
        for name, value in (("real_clients", real_clients), ("strict", strict)):
            if not isinstance(value, bool):
                raise TypeError(f"{name} must be a bool, not {value!r}")
        self._fake = fake
        self._real_clients = real_clients
        self._strict = strict
        # Whether a decorated function has returned an awaitable, which runs after the function itself has ended.
        self._is_postponed = False
        self._entered: list[_Block] = []

    def start(self) -> FakeXRay:
        """Activate the fake until `stop()`.

        Returns
        -------
        FakeXRay
            The fake that handles the calls.
        """
        block = _Block(self._fake or new_fake(), self._real_clients)
        _start(block)
        self._entered.append(block)
        return block.fake

    def stop(self) -> None:
        """Deactivate the fake that the latest `start()` activated.

        Raises
        ------
        RuntimeError
            If no fake of this object is active.
        AssertionError
            With `strict=True`: if calls used an injected error or a canned response fewer times than its `times`
            argument says, or if the application swallowed a NotImplementedError of the fake.
        """
        __tracebackhide__ = True
        self._leave(check=True)

    def __enter__(self) -> FakeXRay:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        self._leave(check=kind is None)

    def _leave(self, *, check: bool) -> None:
        """End the block that began last, and clear the complaints of its fake. If `check`, raise the complaints."""
        __tracebackhide__ = True
        if not self._entered:
            raise RuntimeError(
                "this mock_xray() is not active, so it cannot be stopped: call start() first, once for each stop()"
            )
        block = self._entered.pop()
        _stop(block)
        if self._is_postponed:
            return
        complaints = block.fake._complaints()
        if check and self._strict and complaints:
            from fake_xray._complaints import TO_TURN_OFF

            raise AssertionError("\n".join([*complaints, TO_TURN_OFF]))

    def _copy(self, fake: FakeXRay | None = None) -> XRayMock:
        """Return an inactive copy with the same settings. If no fake was passed to `mock_xray`, it uses `fake`."""
        return XRayMock(self._fake or fake, self._real_clients, self._strict)

    def __call__(self, decorated: _Decorated) -> _Decorated:
        if isinstance(decorated, type):
            from fake_xray._decorated_classes import decorate_class

            decorate_class(self, decorated)
            return cast("_Decorated", decorated)
        return self._decorate_function(decorated, lambda _: self._copy())

    def _decorate_function(
        self, decorated: _Decorated, activation: Callable[[tuple[Any, ...]], XRayMock]
    ) -> _Decorated:
        """Return a function that runs inside a block.

        Parameters
        ----------
        decorated : callable
            The function, coroutine function, static method or class method.
        activation : callable
            Returns the block of a call, from the positional arguments of the call.
        """
        if isinstance(decorated, staticmethod | classmethod):
            function = self._decorate_function(decorated.__func__, activation)
            return cast("_Decorated", type(decorated)(function))
        function = decorated
        if not callable(function):
            raise TypeError(f"mock_xray() decorates functions and classes, not {function!r}")
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError(
                f"mock_xray() cannot decorate the generator {function.__qualname__}: use a with block inside it instead"
            )
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def coroutine(*args: Any, **kwargs: Any) -> Any:
                __tracebackhide__ = True
                return await _awaited(activation(args), function(*args, **kwargs))

            return cast("_Decorated", coroutine)

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            mock = activation(args)
            with mock:
                result = function(*args, **kwargs)
                if not inspect.isawaitable(result):
                    return result
                # Another decorator may hide a coroutine function in an ordinary one. The coroutine has not run yet, so
                # the end of this block must not check anything.
                mock._is_postponed = True
            return _awaited(activation(args), result)

        return cast("_Decorated", wrapper)


async def _awaited(mock: XRayMock, awaitable: Awaitable[Any]) -> Any:
    __tracebackhide__ = True
    with mock:
        return await awaitable


def new_fake(**arguments: Any) -> FakeXRay:
    """Return a fake for a block or a test. If no Region is passed, it uses the Region of boto3's default session."""
    fake = FakeXRay(**arguments)
    if "region_name" not in arguments:
        fake._follow_boto3()
    return fake


class _Block:
    """One activation and its patches."""

    def __init__(self, fake: FakeXRay, real_clients: bool) -> None:
        self.fake = fake
        self.real_clients = real_clients
        self.patches: list[_Patch] = []


class _Method(NamedTuple):
    """A method to patch: the class that defines it, its name, and the function that creates its wrapper."""

    owner: type
    name: str
    wrap: Callable[[Any], Any]


class _Patch:
    """A method that has been replaced by a wrapper."""

    def __init__(self, method: _Method) -> None:
        self.method = method
        # Other code may have replaced the method with a descriptor. Keep the descriptor, not the function it returns.
        self._original = self._current()
        self.wrapper = method.wrap(getattr(method.owner, method.name))
        setattr(method.owner, method.name, self.wrapper)

    def _current(self) -> Any:
        return vars(self.method.owner)[self.method.name]

    def is_on_top(self) -> bool:
        return self._current() is self.wrapper

    def undo(self) -> None:
        # If other code has patched the method since, our wrapper stays below that patch and only passes calls on.
        if self.is_on_top():
            setattr(self.method.owner, self.method.name, self._original)


_lock = threading.RLock()
# A fork acquires locks in the reverse order of their registration: this lock first, then the one of _real_clients. The
# end of a block acquires them in the same order, so the two cannot deadlock.
_real_clients.keep_over_forks(_lock)
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
                # Blocks of several threads can end in any order, and another block still needs this patch. If it were
                # removed and added again, calls of other threads could reach AWS in between.
                _blocks[-1].patches.append(patch)
            elif not any(other.wrapper is patch.wrapper for other in _patches()):
                patch.undo()
        if _blocks:
            _core.set_active_fake(_blocks[-1].fake)
        else:
            _core.set_active_fake(None)
            _real_clients.forget_clients()


def _patch_missing_methods() -> None:
    """Let the innermost block patch the methods that no block has patched yet."""
    covered = _covered()
    _blocks[-1].patches += [_Patch(method) for method in _methods() if method not in covered]


def _covered() -> set[_Method]:
    return {patch.method for patch in _patches()}


def _patches() -> list[_Patch]:
    return [patch for block in _blocks for patch in block.patches]


def _methods() -> list[_Method]:
    """Return the methods that create clients and make calls, including those of optional packages already imported."""
    return _methods_of(*(sys.modules.get(name) for name in _OPTIONAL_MODULES))


_OPTIONAL_MODULES = ("aiobotocore.session", "aiobotocore.client", "moto.core.botocore_stubber")


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
            _Method(session.AioSession, "_create_client", _wrap_async_create_client),
            _Method(client.AioBaseClient, "_make_api_call", _wrap_async_make_api_call),
        ]
    if moto:
        methods.append(_Method(moto.BotocoreStubber, "__call__", _wrap_moto))
    return methods


def _active_block() -> _Block | None:
    blocks = tuple(_blocks)
    return blocks[-1] if blocks else None


def _created_once(create: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Cache the wrapper of each function, which halves the cost of a block.

    Other callables get a new wrapper each time. They can be equal to a function, as the proxies of wrapt are, so the
    cache could return the wrapper of another callable.
    """
    cached = functools.lru_cache(maxsize=16)(create)

    @functools.wraps(create)
    def wrap(original: Any) -> Any:
        return cached(original) if type(original) is types.FunctionType else create(original)

    return wrap


def _named_like(original: Any) -> Callable[[Any], Any]:
    """Copy the name and the documentation of a function to its wrapper, but do not set `__wrapped__`.

    Tracers remove their own patches by restoring the `__wrapped__` of a method. Inside a block, that would remove our
    wrapper.
    """

    def rename(wrapper: Any) -> Any:
        functools.update_wrapper(wrapper, original)
        del wrapper.__wrapped__
        return wrapper

    return rename


@_created_once
def _wrap_session_init(original: Callable[..., None]) -> Callable[..., None]:
    @_named_like(original)
    def __init__(session: Session, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        # aiobotocore and moto may have been imported inside the block. Their clients are created by sessions.
        with _lock:
            if _blocks:
                _patch_missing_methods()
        original(session, *args, **kwargs)

    return cast("Callable[..., None]", __init__)


@_created_once
def _wrap_create_client(original: Callable[..., Any]) -> Callable[..., Any]:
    @_named_like(original)
    def create_client(session: Session, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        block = _active_block()
        wanted = _wanted_client(session, args, kwargs)
        if block is None or wanted is None:
            return original(session, *args, **kwargs)
        scope = _real_clients.scope_of(wanted, session, block.fake)
        if block.real_clients:
            client = original(session, **_real_clients.complete(wanted, scope, session, block.fake))
            return _adopted(client, scope)
        warn_of_user_handlers(session)
        return FakeXRayClient(
            block.fake,
            scope.region_name,
            scope.account_id,
            None,
            follows=True,
            follows_region=not scope.is_named,
            access_key_id=scope.access_key_id,
        )

    return cast("Callable[..., Any]", create_client)


@_created_once
def _wrap_async_create_client(original: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the coroutine that creates a client. It always creates a real one: there is no asynchronous fake client."""

    @_named_like(original)
    async def _create_client(session: Session, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        block = _active_block()
        wanted = _wanted_client(session, args, kwargs)
        if block is None or wanted is None:
            return await original(session, *args, **kwargs)
        scope = _real_clients.scope_of(wanted, session, block.fake)
        client = await original(session, **_real_clients.complete(wanted, scope, session, block.fake))
        return _adopted(client, scope)

    return cast("Callable[..., Any]", _create_client)


def _adopted(client: Any, scope: _real_clients.ClientScope) -> Any:
    from botocore.client import BaseClient

    # Other code may have patched botocore to return something else.
    if isinstance(client, BaseClient):
        _real_clients.adopt(client, scope)
    return client


_CREATE_CLIENT_PARAMETERS = frozenset(_real_clients.CREATE_CLIENT_PARAMETERS)


def _wanted_client(session: Session, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any] | None:
    """Return the arguments of create_client by name, or None if botocore itself should create the client."""
    service_name = args[0] if args else kwargs.get("service_name")
    if service_name != "xray" or hasattr(session, "makes_real_xray_clients"):
        return None
    wanted = {**dict(zip(_real_clients.CREATE_CLIENT_PARAMETERS, args, strict=False)), **kwargs} if args else kwargs
    # With an unknown argument, botocore raises an error or creates a real client, whose calls are handled as well.
    return wanted if wanted.keys() <= _CREATE_CLIENT_PARAMETERS else None


@_created_once
def _wrap_make_api_call(original: Callable[..., Any]) -> Callable[..., Any]:
    @_named_like(original)
    def _make_api_call(client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
        __tracebackhide__ = True
        with _real_clients.handling(client, operation_name, api_params):
            return original(client, operation_name, api_params)

    return cast("Callable[..., Any]", _make_api_call)


@_created_once
def _wrap_async_make_api_call(original: Callable[..., Any]) -> Callable[..., Any]:
    @_named_like(original)
    async def _make_api_call(client: BaseClient, operation_name: str, api_params: dict[str, Any]) -> Any:
        __tracebackhide__ = True
        with _real_clients.handling(client, operation_name, api_params):
            return await original(client, operation_name, api_params)

    return cast("Callable[..., Any]", _make_api_call)


@_created_once
def _wrap_moto(original: Callable[..., Any]) -> Callable[..., Any]:
    """Keep moto from handling X-Ray calls too: botocore calls every handler, although it uses the first response."""

    @_named_like(original)
    def __call__(stubber: Any, event_name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
        if _active_block() is not None and event_name.startswith("before-send.xray."):
            return None
        return original(stubber, event_name, *args, **kwargs)

    return cast("Callable[..., Any]", __call__)
