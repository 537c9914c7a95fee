"""Real X-Ray clients, of botocore and of aiobotocore, whose HTTP requests a fake handles in process.

A handler of botocore's `before-send` event returns the response. botocore itself does everything before and after that.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import threading
import weakref
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from fake_xray._core import OPERATIONS, active_fake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.client import BaseClient
    from botocore.session import Session

    from fake_xray._client import FakeXRayClient
    from fake_xray._core import FakeXRay
    from fake_xray._protocol import HttpResponse

# The parameters of botocore's Session.create_client in order, for callers that pass them by position.
CREATE_CLIENT_PARAMETERS = (
    "service_name",
    "region_name",
    "api_version",
    "use_ssl",
    "verify",
    "endpoint_url",
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "config",
    "aws_account_id",
)


def keep_over_forks(lock: Any) -> None:
    """Delay forks while a thread holds a lock. The child lacks that thread, so the lock would stay locked there."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)


# The lock is reentrant because a signal handler can make a call while its thread holds the lock.
_lock = threading.RLock()
keep_over_forks(_lock)


class _Call:
    """A call of a real client that is under way."""

    def __init__(self, fake: FakeXRay, client: BaseClient) -> None:
        self.client = client
        # A fake client that has the same Region and account. It is created once for each call, so all retries use it.
        self.stand_in = _stand_in(fake, client)
        # Other wrappers of botocore's method may run first. This is False until the call has reached botocore.
        self.has_reached_botocore = False
        # Whether botocore has sent a request. If so, the fake has already logged the call.
        self.is_sent = False
        # The reason why the fake rejected the call.
        self.reason: str | None = None


# A call can outlive its block while it waits for a retry. It keeps using the fake with which it began.
_under_way: ContextVar[_Call | None] = ContextVar("fake_xray_under_way", default=None)
_hooks: weakref.WeakKeyDictionary[BaseClient, _Hook] = weakref.WeakKeyDictionary()


class ClientScope(NamedTuple):
    """The Region and the account of a new client."""

    # None if the client uses the Region of the active fake.
    region_name: str | None
    # Whether the client, its configuration or its session specifies the Region. If not, the client follows the active
    # fake.
    is_named: bool
    # The account id that was passed to the client or its session.
    account_id: str | None
    # The access key id that was passed to the client or its session.
    access_key_id: str | None


def scope_of(wanted: dict[str, Any], session: Session, fake: FakeXRay) -> ClientScope:
    """Return the Region and the account of a client that is created with these arguments.

    If neither the arguments nor the session specify a Region, the Region depends on the fake. If the test created the
    fake, it is the Region of the fake. If `mock_xray` created the fake, it is the Region that botocore finds in the
    environment or the configuration.

    Raises
    ------
    botocore.exceptions.InvalidRegionError
        If the name is not a valid Region name.
    """
    __tracebackhide__ = True
    region: str | None = wanted.get("region_name")
    config: Any = wanted.get("config")
    if region is None and config is not None:
        region = config.region_name
    if region is None:
        region = _given_region(session)
    is_named = region is not None
    if region is None and fake._follows_boto3:
        region = _configured_region(session)
        # A profile that was passed to the session specifies the Region; a default profile does not.
        is_named = region is not None and "profile" in session.instance_variables()
    if region:
        from botocore.utils import validate_region_name

        validate_region_name(region)
    elif region is None and fake._follows_boto3 and session is _default_session():
        # The fake would ask the same session a second time.
        region = fake._own_region_name
    credentials = getattr(session, "_credentials", None)
    if not wanted.get("aws_access_key_id"):
        account_id, access_key_id = _given_account(credentials)
    else:
        account_id, access_key_id = None, wanted["aws_access_key_id"]
    return ClientScope(region, is_named, wanted.get("aws_account_id") or account_id, access_key_id)


def complete(wanted: dict[str, Any], scope: ClientScope, session: Any, fake: FakeXRay) -> dict[str, Any]:
    """Return the arguments of create_client together with a Region and credentials, which a real client requires.

    If no credentials were passed to the client or its session, the client gets dummy credentials. botocore then does
    not search the environment for credentials.
    """
    completed = {**wanted, "region_name": fake._region_name if scope.region_name is None else scope.region_name}
    if scope.access_key_id is None:
        completed |= {"aws_access_key_id": "fake-xray", "aws_secret_access_key": "fake-xray"}
    elif wanted.get("aws_account_id") and not wanted.get("aws_access_key_id"):
        # botocore ignores an account id that comes without credentials.
        own = session._credentials
        completed |= {
            "aws_access_key_id": own.access_key,
            "aws_secret_access_key": own.secret_key,
            "aws_session_token": own.token,
        }
    return completed


def adopt(client: Any, scope: ClientScope) -> None:
    """Prepare a real client that was created in a block for use in other blocks, and for use outside of blocks."""
    client.meta.events.register_first("provide-client-params.xray", _require_active_block)
    if not scope.is_named:
        config: Any = client.meta.config
        config.__class__ = _following(config.__class__)


def _require_active_block(context: dict[str, Any] | None = None, **_: Any) -> None:
    """Raise an error if no fake handles the call. Otherwise, the request would go to AWS with dummy credentials."""
    __tracebackhide__ = True
    is_sent = not (context or {}).get("is_presign_request")
    if is_sent and active_fake() is None and _under_way.get() is None:
        from fake_xray._client import no_active_block

        raise no_active_block()


@functools.cache
def _following(config_class: Any) -> Any:
    """Return a subclass of botocore's Config whose Region is that of the active fake.

    `client.meta.region_name` reads this Region. The URL and the signature of requests keep the Region in which the
    client was created.
    """

    def region_name(config: Any) -> Any:
        fake = active_fake()
        return config.__dict__["region_name"] if fake is None else fake._region_name

    def set_region_name(config: Any, value: Any) -> None:
        config.__dict__["region_name"] = value

    return type(config_class.__name__, (config_class,), {"region_name": property(region_name, set_region_name)})


def default_region() -> str | None:
    """Return the Region in which boto3's default session creates clients, or None if it finds none."""
    session = _default_session()
    if session is not None:
        region: object = _region_of_session(session)
        # Other code may have replaced the session with a mock.
        return region if region and isinstance(region, str) else None
    variables = tuple(os.environ.get(name) for name in ("AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"))
    files = (
        os.environ.get("AWS_CONFIG_FILE", "~/.aws/config"),
        os.environ.get("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
    )
    return _default_region_of(variables, *map(_state_of_file, files))


def _default_session() -> Any:
    return getattr(getattr(sys.modules.get("boto3"), "DEFAULT_SESSION", None), "_session", None)


def _state_of_file(name: str) -> tuple[str, int, int] | None:
    path = os.path.expanduser(os.path.expandvars(name))
    try:
        state = os.stat(path)
    except OSError:
        return None
    return path, state.st_mtime_ns, state.st_size


@functools.lru_cache(maxsize=16)
def _default_region_of(*machine: object) -> str | None:
    """Return the Region of a new session. The result is cached by the environment and the state of the files.

    Creating a session takes milliseconds.
    """
    del machine
    from botocore.session import Session

    return _region_of_session(Session()) or None


def _region_of_session(session: Session) -> str | None:
    """Return the Region that botocore finds for a session."""
    region = _given_region(session)
    return _configured_region(session) if region is None else region


def _given_region(session: Session) -> str | None:
    """Return the Region that was passed to a session."""
    config: Any = session.get_default_client_config()
    region: str | None = config.region_name if config is not None else None
    return session.instance_variables().get("region") if region is None else region


def _configured_region(session: Session) -> str | None:
    """Return the Region that a session finds in the environment and the configuration."""
    import botocore.exceptions

    try:
        region: str | None = session.get_config_variable("region")
    except botocore.exceptions.BotoCoreError:
        return None  # The fake does not need a configuration, so an invalid one is ignored.
    return region


def _given_account(credentials: Any) -> tuple[str | None, str | None]:
    """Return the account id and the access key id of credentials that were passed explicitly.

    Other credentials are ignored, because reading them can require a request.
    """
    if getattr(credentials, "method", None) != "explicit":
        return None, None
    # In old versions of botocore, credentials have no account id.
    return getattr(credentials, "account_id", None), credentials.access_key


class handling:  # noqa: N801 - a context manager, without the frames of contextlib in tracebacks
    """A context in which the active fake handles the request of a call, if the client is an X-Ray client.

    If botocore itself rejects the call, the call is added to the fake's log. If the fake rejects the call, the reason
    is added to the exception as a note.
    """

    def __init__(self, client: BaseClient, operation: str, parameters: dict[str, Any]) -> None:
        fake, outer = active_fake(), _under_way.get()
        # If other code wraps the method between the wrappers of two blocks, the same call arrives here twice.
        is_known = outer is not None and outer.client is client and not outer.has_reached_botocore
        self._call: _Call | None = None
        if fake is None or is_known or client.meta.service_model.service_name != "xray":
            return
        self._call = _Call(fake, client)
        self._operation = operation
        self._parameters = parameters
        self._hook = _hook(client)

    def __enter__(self) -> None:
        if self._call is not None:
            self._token = _under_way.set(self._call)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._call is None:
            return
        self._hook.leave()
        # A coroutine that is dropped before it has finished ends in a different context from the one it began in.
        with contextlib.suppress(ValueError):
            _under_way.reset(self._token)
        if error is None:
            return
        from botocore.exceptions import ClientError, ParamValidationError

        if isinstance(error, ParamValidationError) and not self._call.is_sent:
            self._call.stand_in._record(self._operation, self._parameters, type(error).__name__)
        elif isinstance(error, ClientError) and self._call.reason:
            add_note(error, f"fake-xray: {self._call.reason}")


def add_note(error: Any, note: str) -> None:
    """Add a note like BaseException.add_note, which Python 3.10 lacks."""
    error.__notes__ = [*getattr(error, "__notes__", ()), note]


def forget_clients() -> None:
    """Remove the handlers from all clients. A client that has calls under way keeps them until those calls end."""
    if not _hooks:
        return
    with _lock:
        for hook in list(_hooks.values()):
            hook.remove_when_idle()


def _hook(client: BaseClient) -> _Hook:
    with _lock:
        hook = _hooks.get(client)
        if hook is None:
            new = _Hook(client)
            # A signal handler may have made a call meanwhile, which created another hook.
            hook = _hooks.setdefault(client, new)
            if hook is not new:
                new.unregister(client)
        hook.enter()
        return hook


class _Hook:
    """Handlers in the event system of one real client.

    The client holds the handlers, so they hold the client by a weak reference.
    """

    def __init__(self, client: BaseClient) -> None:
        self._client = weakref.ref(client)
        self._calls = 0
        self._is_wanted = True
        self._handlers: dict[str, Callable[..., Any]] = {
            "provide-client-params.xray": self._begin,
            "before-send.xray": self._respond,
            "choose-signer.xray": self._choose_signer,
        }
        for event, handler in self._handlers.items():
            # botocore uses the first response, so these handlers must run before any others.
            client.meta.events.register_first(event, handler)

    def enter(self) -> None:
        self._calls += 1
        self._is_wanted = True

    def leave(self) -> None:
        with _lock:
            self._calls -= 1
            if not self._is_wanted:
                self.remove_when_idle()

    def remove_when_idle(self) -> None:
        client = self._client()
        self._is_wanted = False
        if client is None or self._calls > 0:
            return
        self.unregister(client)
        _hooks.pop(client, None)

    def unregister(self, client: BaseClient) -> None:
        for event, handler in self._handlers.items():
            client.meta.events.unregister(event, handler)

    def _begin(self, **_: Any) -> None:
        call = _under_way.get()
        if call is not None and call.client is self._client():
            call.has_reached_botocore = True

    def _call(self, client: BaseClient) -> _Call | None:
        """Return the call under way.

        A call that has moved to another thread is not known there. Such a call gets a new object, so that its request
        is not sent to AWS.
        """
        call = _under_way.get()
        if call is None and (fake := active_fake()):
            return _Call(fake, client)
        return call

    def _respond(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> Any:
        client = self._client()
        call = self._call(client) if client is not None else None
        if client is None or call is None:
            return None
        __tracebackhide__ = True
        stand_in = call.stand_in
        operation = event_name.rpartition(".")[2]
        call.is_sent = True
        arranged = stand_in._arranged_http_response(operation, request.url, _body(request))
        if arranged is not None:
            status, headers, body = arranged
        elif operation not in OPERATIONS:
            status, headers, body = _respond_unsupported(stand_in, operation, request)
        else:
            status, headers, body, call.reason = stand_in._handle_http(
                request.method, _path(request, client), _body(request)
            )
        return _response_class(client)(request.url, status, headers, _Raw(body))

    def _choose_signer(self, **_: Any) -> Any:
        """Leave requests unsigned if no credentials were passed to the client.

        Signing would fail, or would fetch credentials.
        """
        from botocore import UNSIGNED

        client = self._client()
        if client is None or self._call(client) is None or _own_account(client)[1] is not None:
            return None
        return UNSIGNED


def _stand_in(fake: FakeXRay, client: BaseClient) -> FakeXRayClient:
    """Return a fake client that has the Region and the account of a real client."""
    account_id, access_key_id = _own_account(client)
    return fake.client(region_name=client.meta.region_name, account_id=account_id or fake._account_of(access_key_id))


def _own_account(client: Any) -> tuple[str | None, str | None]:
    return _given_account(client._request_signer._credentials)


def _respond_unsupported(stand_in: FakeXRayClient, operation: str, request: AWSPreparedRequest) -> HttpResponse:
    __tracebackhide__ = True
    from fake_xray import _moto
    from fake_xray._calls import read_parameters

    parameters = read_parameters(_body(request))
    account_id = stand_in._moto_account
    if account_id is None:
        raise stand_in._unsupported(operation, parameters)
    return _moto.respond(stand_in, operation, parameters, request, account_id)


def _path(request: AWSPreparedRequest, client: BaseClient) -> str:
    """Return the path of a request without the path of the endpoint URL, which a user may have configured."""
    base = urlsplit(client.meta.endpoint_url).path.rstrip("/")
    return urlsplit(request.url).path.removeprefix(base)


def _body(request: AWSPreparedRequest) -> bytes:
    body: Any = request.body or b""
    return body.encode() if isinstance(body, str) else bytes(body)


def _response_class(client: BaseClient) -> Any:
    if type(client).__mro__[1].__module__.startswith("aiobotocore."):
        from aiobotocore.awsrequest import AioAWSResponse  # pyright: ignore[reportMissingImports]

        return AioAWSResponse
    from botocore.awsrequest import AWSResponse

    return AWSResponse


class _Raw:
    """The body of a response, which both botocore and aiobotocore can read."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._body

    async def read(self) -> bytes:
        return self._body
