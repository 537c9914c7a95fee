"""Real X-Ray clients, of botocore and of aiobotocore, whose HTTP requests a fake handles in process.

A handler of botocore's `before-send` event returns the response. Everything before and after it is botocore's own.
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
    """Delay forks while a thread holds a lock. The child has no such thread, so the lock would stay locked there."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)


# Reentrant: a signal handler may make a call while a call holds it.
_lock = threading.RLock()
keep_over_forks(_lock)


class _Call:
    """A call of a real client that is under way."""

    def __init__(self, fake: FakeXRay, client: BaseClient) -> None:
        self.client = client
        # The fake's client of the same Region and account. It is found once, so that retries stay in one place.
        self.stand_in = _stand_in(fake, client)
        # False until the call has passed other wrappers of botocore's method and has reached botocore.
        self.is_botocores = False
        # Whether botocore has sent a request: then the fake has logged it.
        self.is_sent = False
        # Why the fake rejected it.
        self.reason: str | None = None


# A call that outlives its block, while it waits for a retry, still ends with the fake that it began with.
_under_way: ContextVar[_Call | None] = ContextVar("fake_xray_under_way", default=None)
_hooks: weakref.WeakKeyDictionary[BaseClient, _Hook] = weakref.WeakKeyDictionary()


class Place(NamedTuple):
    """Where a new client works."""

    # None: where the active fake is.
    region_name: str | None
    # Whether the client, its configuration or its session names the Region. If not, the client follows the active fake.
    is_named: bool
    # The account that the client or its session was given.
    account_id: str | None
    # The access key id that the client or its session was given.
    access_key_id: str | None


def place_of(wanted: dict[str, Any], session: Session, fake: FakeXRay) -> Place:
    """Return where a client works that is created with these arguments.

    Where neither the arguments nor the session name a Region, a fake that the test created decides. A fake that
    `mock_xray` created follows the environment and the configuration, as botocore does.

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
        # A profile that the session was given names its Region; a default profile does not.
        is_named = region is not None and "profile" in session.instance_variables()
    if region:
        from botocore.utils import validate_region_name

        validate_region_name(region)
    elif region is None and fake._follows_boto3 and session is _default_session():
        # The fake would ask the same session again.
        region = fake._own_region_name
    credentials = getattr(session, "_credentials", None)
    if not wanted.get("aws_access_key_id"):
        account_id, access_key_id = _given_account(credentials)
    else:
        account_id, access_key_id = None, wanted["aws_access_key_id"]
    return Place(region, is_named, wanted.get("aws_account_id") or account_id, access_key_id)


def complete(wanted: dict[str, Any], place: Place, session: Any, fake: FakeXRay) -> dict[str, Any]:
    """Return the arguments of create_client with what a real client cannot do without.

    Unless code passed credentials to the client or its session, they are made up, so that botocore does not search the
    environment for any.
    """
    completed = {**wanted, "region_name": fake._region_name if place.region_name is None else place.region_name}
    if place.access_key_id is None:
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


def adopt(client: Any, place: Place) -> None:
    """Prepare a real client that was created in a block for the time after the block, and for other blocks."""
    client.meta.events.register_first("provide-client-params.xray", _require_active_block)
    if not place.is_named:
        config: Any = client.meta.config
        config.__class__ = _following(config.__class__)


def _require_active_block(context: dict[str, Any] | None = None, **_: Any) -> None:
    """Raise if no fake can handle the call: with its made-up credentials, the request would go to AWS."""
    __tracebackhide__ = True
    is_sent = not (context or {}).get("is_presign_request")
    if is_sent and active_fake() is None and _under_way.get() is None:
        from fake_xray._client import no_active_block

        raise no_active_block()


@functools.cache
def _following(config_class: Any) -> Any:
    """Return a subclass of botocore's Config whose Region is that of the active fake.

    `client.meta.region_name` reads it. The URL and the signature of requests keep the Region of the client's creation.
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
        # Other code may have put a mock there.
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
    """Ask a new session. It takes milliseconds to create one, so this happens once for each state of the machine."""
    del machine
    from botocore.session import Session

    return _region_of_session(Session()) or None


def _region_of_session(session: Session) -> str | None:
    """Return the Region that botocore finds for a session."""
    region = _given_region(session)
    return _configured_region(session) if region is None else region


def _given_region(session: Session) -> str | None:
    """Return the Region that a session was given."""
    config: Any = session.get_default_client_config()
    region: str | None = config.region_name if config is not None else None
    return session.instance_variables().get("region") if region is None else region


def _configured_region(session: Session) -> str | None:
    """Return the Region that a session finds in the environment and the configuration."""
    import botocore.exceptions

    try:
        region: str | None = session.get_config_variable("region")
    except botocore.exceptions.BotoCoreError:
        return None  # the fake does not need a configuration, so a broken one does not matter
    return region


def _given_account(credentials: Any) -> tuple[str | None, str | None]:
    """Return the account id and the access key id of credentials that code passed.

    Other credentials may have to be fetched, so nobody looks at them.
    """
    if getattr(credentials, "method", None) != "explicit":
        return None, None
    # Old versions of botocore do not know account ids.
    return getattr(credentials, "account_id", None), credentials.access_key


class handling:  # noqa: N801 - a context manager, without the frames of contextlib in tracebacks
    """While this lasts, the active fake handles what the client sends, if it is an X-Ray client.

    A call that botocore itself rejects goes into the fake's log. The reason why the fake rejects one goes into a note.
    """

    def __init__(self, client: BaseClient, operation: str, parameters: dict[str, Any]) -> None:
        fake, outer = active_fake(), _under_way.get()
        # Where other code wraps the method between the wrappers of two blocks, the same call comes twice.
        is_known = outer is not None and outer.client is client and not outer.is_botocores
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
        # A coroutine that is dropped unfinished ends in another context than it began in.
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
    """Remove the handlers from all clients, from each one once its calls have ended."""
    if not _hooks:
        return
    with _lock:
        for hook in list(_hooks.values()):
            hook.remove_when_idle()


def _hook(client: BaseClient) -> _Hook:
    with _lock:
        hook = _hooks.get(client)
        if hook is None:
            made = _Hook(client)
            # A call that came meanwhile, from a signal handler, has created another one.
            hook = _hooks.setdefault(client, made)
            if hook is not made:
                made.unregister(client)
        hook.enter()
        return hook


class _Hook:
    """Handlers in the event system of one real client. It holds the client weakly, since the client holds it."""

    def __init__(self, client: BaseClient) -> None:
        self._client = weakref.ref(client)
        self._calls = 0
        self._is_wanted = True
        self._handlers: dict[str, Callable[..., Any]] = {
            "provide-client-params.xray": self._begin,
            "before-send.xray": self._answer,
            "choose-signer.xray": self._choose_signer,
        }
        for event, handler in self._handlers.items():
            # First, so that botocore takes this response even if other handlers return one too.
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
            call.is_botocores = True

    def _call(self, client: BaseClient) -> _Call | None:
        """Return the call under way. A call that has changed its thread is not known, but must not leave either."""
        call = _under_way.get()
        if call is None and (fake := active_fake()):
            return _Call(fake, client)
        return call

    def _answer(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> Any:
        client = self._client()
        call = self._call(client) if client is not None else None
        if client is None or call is None:
            return None
        __tracebackhide__ = True
        stand_in = call.stand_in
        operation = event_name.rpartition(".")[2]
        call.is_sent = True
        arranged = stand_in._answer_http_arranged(operation, request.url, _body(request))
        if arranged is not None:
            status, headers, body = arranged
        elif operation not in OPERATIONS:
            status, headers, body = _answer_unsupported(stand_in, operation, request)
        else:
            status, headers, body, call.reason = stand_in._answer_http(
                request.method, _path(request, client), _body(request)
            )
        return _response_class(client)(request.url, status, headers, _Raw(body))

    def _choose_signer(self, **_: Any) -> Any:
        """Leave requests unsigned if nobody passed credentials to the client. Signing would fail, or fetch some."""
        from botocore import UNSIGNED

        client = self._client()
        if client is None or self._call(client) is None or _own_account(client)[1] is not None:
            return None
        return UNSIGNED


def _stand_in(fake: FakeXRay, client: BaseClient) -> FakeXRayClient:
    """Return the fake's client of the same Region and account."""
    account_id, access_key_id = _own_account(client)
    return fake.client(region_name=client.meta.region_name, account_id=account_id or fake._account_of(access_key_id))


def _own_account(client: Any) -> tuple[str | None, str | None]:
    return _given_account(client._request_signer._credentials)


def _answer_unsupported(stand_in: FakeXRayClient, operation: str, request: AWSPreparedRequest) -> HttpResponse:
    __tracebackhide__ = True
    from fake_xray import _moto
    from fake_xray._calls import read_parameters

    parameters = read_parameters(_body(request))
    account_id = stand_in._moto_account
    if account_id is None:
        raise stand_in._unsupported(operation, parameters)
    return _moto.answer(stand_in, operation, parameters, request, account_id)


def _path(request: AWSPreparedRequest, client: BaseClient) -> str:
    """Return the path as the service sees it, without the path of an endpoint URL that the user configured."""
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
    """The body of a response, for botocore and for aiobotocore to read."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._body

    async def read(self) -> bytes:
        return self._body
