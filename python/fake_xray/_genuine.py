"""Genuine X-Ray clients, of botocore and of aiobotocore, whose HTTP requests a fake answers in process.

They are answered at botocore's `before-send` event: whatever comes before it and after it is botocore's own.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import threading
import weakref
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fake_xray._core import OPERATIONS, active_fake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.client import BaseClient
    from botocore.session import Session

    from fake_xray._client import FakeXRayClient
    from fake_xray._core import FakeXRay
    from fake_xray._protocol import HttpResponse

# The parameters of botocore's Session.create_client in their order, for those who give them by position.
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
    """Let no fork happen while a thread holds a lock: in the child, where that thread is not, it would stay locked."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)


# Reentrant: the handler of a signal may make a call while a call has it.
_lock = threading.RLock()
keep_over_forks(_lock)


class _Call:
    """A call of a genuine client that is under way."""

    def __init__(self, fake: FakeXRay, client: BaseClient) -> None:
        self.fake = fake
        self.client = client
        # False while it is still with those who wrap botocore's method.
        self.is_botocores = False
        # Whether botocore has sent a request: then the fake has logged it.
        self.is_sent = False
        # Why the fake refused it.
        self.reason: str | None = None


# A call that outlives its block, in a retry's pause, still ends with the fake that it began with.
_under_way: ContextVar[_Call | None] = ContextVar("fake_xray_under_way", default=None)
_hooks: weakref.WeakKeyDictionary[BaseClient, _Hook] = weakref.WeakKeyDictionary()


def complete(wanted: dict[str, Any], session: Session, fake: FakeXRay) -> dict[str, Any]:
    """Return the arguments of create_client with what a genuine client cannot do without.

    Where nobody names a Region, it is the fake's. Credentials are made up, so that botocore looks for none in the
    environment, unless the caller or the session was given some by hand.
    """
    completed = {**wanted, "region_name": region_of(wanted, session, fake)}
    if access_key_id_of(wanted, session) is None:
        completed |= {"aws_access_key_id": "fake-xray", "aws_secret_access_key": "fake-xray"}
    return completed


def region_of(wanted: dict[str, Any], session: Session, fake: FakeXRay) -> str:
    """Return the Region that a new client is for.

    It is found as botocore finds it, and where botocore would find none, it is the fake's. A fake that the test itself
    made comes before the environment and the configuration, so that the test does not depend on the machine.

    Raises
    ------
    botocore.exceptions.InvalidRegionError
        For a name that is no Region's.
    """
    region: str | None = wanted.get("region_name")
    config: Any = wanted.get("config")
    if region is None and config is not None:
        region = config.region_name
    if region is None:
        region = _region_of_session(session, with_machines=fake._follows_boto3)
    if region is None:
        return fake._region_name
    if region:
        from botocore.utils import validate_region_name

        validate_region_name(region)
    return region


def default_region() -> str | None:
    """Return the Region in which boto3's default session makes clients; None where it would find none."""
    session = getattr(sys.modules.get("boto3"), "DEFAULT_SESSION", None)
    if session is not None:
        region: object = _region_of_session(session._session, with_machines=True)
        # A session may be somebody's mock.
        return region if region and isinstance(region, str) else None
    variables = tuple(os.environ.get(name) for name in ("AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"))
    files = (
        os.environ.get("AWS_CONFIG_FILE", "~/.aws/config"),
        os.environ.get("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
    )
    return _default_region_of(variables, *map(_state_of_file, files))


def _state_of_file(name: str) -> tuple[str, int, int] | None:
    path = os.path.expanduser(os.path.expandvars(name))
    try:
        state = os.stat(path)
    except OSError:
        return None
    return path, state.st_mtime_ns, state.st_size


@functools.lru_cache(maxsize=16)
def _default_region_of(*machine: object) -> str | None:
    """Ask a new session, which takes milliseconds to make, once for each state of the machine."""
    del machine
    from botocore.session import Session

    return _region_of_session(Session(), with_machines=True) or None


def _region_of_session(session: Session, *, with_machines: bool) -> str | None:
    """Return the Region that a session was given or, if wanted, that of the environment and the configuration."""
    import botocore.exceptions

    config: Any = session.get_default_client_config()
    region: str | None = config.region_name if config is not None else None
    if region is not None:
        return region
    if not with_machines:
        return session.instance_variables().get("region")
    try:
        region = session.get_config_variable("region")
    except botocore.exceptions.BotoCoreError:
        return None  # a broken configuration is as good as none: the fake needs none
    return region


def access_key_id_of(wanted: dict[str, Any], session: Session) -> str | None:
    """Return the access key id that a new client was given by hand, in the call or in its session."""
    explicit: str | None = wanted.get("aws_access_key_id")
    return explicit or _explicit_access_key_id(getattr(session, "_credentials", None))


def _explicit_access_key_id(credentials: Any) -> str | None:
    """Return the key id of credentials that were given by hand. To ask others may send requests."""
    if getattr(credentials, "method", None) != "explicit":
        return None
    access_key_id: str | None = credentials.access_key
    return access_key_id


@contextlib.contextmanager
def answered(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Iterator[None]:
    """While this lasts, the fake that is active answers what the client sends, if it is an X-Ray client.

    A call that botocore itself refuses goes into the fake's log; the reason of one that the fake refuses, into a note.
    """
    from botocore.exceptions import ClientError, ParamValidationError

    fake, outer = active_fake(), _under_way.get()
    # Where others wrap the method that two blocks have wrapped, the same call comes twice.
    is_known = outer is not None and outer.client is client and not outer.is_botocores
    if fake is None or is_known or client.meta.service_model.service_name != "xray":
        yield
        return
    hook = _hook(client)
    call = _Call(fake, client)
    token = _under_way.set(call)
    try:
        yield
    except ParamValidationError as error:
        if not call.is_sent:
            _stand_in(fake, client)._record(operation, parameters, type(error).__name__)
        raise
    except ClientError as error:
        if call.reason:
            add_note(error, f"fake-xray: {call.reason}")
        raise
    finally:
        hook.leave()
        # A coroutine that is thrown away unfinished ends in another context than it began in.
        with contextlib.suppress(ValueError):
            _under_way.reset(token)


def add_note(error: Any, note: str) -> None:
    """Do what BaseException.add_note does, which Python 3.10 lacks."""
    error.__notes__ = [*getattr(error, "__notes__", ()), note]


def forget_clients() -> None:
    """Leave the clients that were answered as they were before, each once its calls have ended."""
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
            # A call that came meanwhile, by the handler of a signal, has made another one.
            hook = _hooks.setdefault(client, made)
            if hook is not made:
                made.unregister(client)
        hook.enter()
        return hook


class _Hook:
    """Handlers in the event system of one genuine client. Holds it weakly, since the client holds its handlers."""

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
            # First, so that this answer counts where others have one too.
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
        """Return the call under way. One that has changed its thread is not known, but must not leave either."""
        call = _under_way.get()
        if call is None and (fake := active_fake()):
            return _Call(fake, client)
        return call

    def _answer(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> Any:
        client = self._client()
        call = self._call(client) if client is not None else None
        if client is None or call is None:
            return None
        call.is_sent = True
        stand_in = _stand_in(call.fake, client)
        operation = event_name.rpartition(".")[2]
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
        """Leave requests unsigned for which there are no credentials at hand. Signing would fail, or fetch some."""
        from botocore import UNSIGNED

        client = self._client()
        if client is None or self._call(client) is None or _own_access_key_id(client) is not None:
            return None
        return UNSIGNED


def _stand_in(fake: FakeXRay, client: BaseClient) -> FakeXRayClient:
    """Return the fake's client of the same Region and account."""
    account_id = fake._account_of(_own_access_key_id(client))
    return fake.client(region_name=client.meta.region_name, account_id=account_id)


def _own_access_key_id(client: Any) -> str | None:
    return _explicit_access_key_id(client._request_signer._credentials)


def _answer_unsupported(stand_in: FakeXRayClient, operation: str, request: AWSPreparedRequest) -> HttpResponse:
    from fake_xray import _moto
    from fake_xray._calls import read_parameters

    parameters = read_parameters(_body(request))
    account_id = stand_in._moto_account
    if account_id is None:
        raise stand_in._unsupported(operation, parameters)
    return _moto.answer(stand_in, operation, parameters, request, account_id)


def _path(request: AWSPreparedRequest, client: BaseClient) -> str:
    """Return the path as the service sees it: behind the one that an endpoint of the user's own may have."""
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
    """The body of a response as botocore reads it, and as aiobotocore does."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._body

    async def read(self) -> bytes:
        return self._body
