"""What a boto3 client has beside its operations.

botocore does here what botocore can do: a genuine client, which never sends anything, knows the API model, the
endpoint and the configuration. It is made when it is first needed, since loading botocore and its data takes tens of
milliseconds.
"""

from __future__ import annotations

import copy
import os
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, cast

from fake_xray._core import Operations

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.client import BaseClient, ClientMeta
    from botocore.model import OperationModel, ServiceModel
    from botocore.session import Session
    from botocore.waiter import Waiter
    from mypy_boto3_xray import XRayClient

    from fake_xray._core import FakeXRay
    from fake_xray._events import SilentEvents
    from fake_xray.exceptions import XRayExceptions

    # To type checkers, a fake client is boto3-stubs' XRayClient, so it is taken where that is expected, and answers
    # TypedDicts. Without the stubs `XRayClient` is Any to them.
    class _XRayClient(XRayClient, Operations):  # type: ignore[misc] # pyright: ignore[reportIncompatibleMethodOverride]
        def __init__(
            self,
            fake: FakeXRay,
            region_name: str | None,
            account_id: str | None,
            caller_arn: str | None,
            *,
            follows: bool = False,
            follows_region: bool = False,
            access_key_id: str | None = None,
            tracked: bool = True,
        ) -> None: ...
else:
    _XRayClient = Operations


class FakeXRayClient(_XRayClient):
    """Behaves like `boto3.client("xray")`, on the state of a `FakeXRay`. Made by `FakeXRay.client`."""

    @property
    def meta(self) -> ClientMeta:  # type: ignore[override] # pyright: ignore[reportIncompatibleVariableOverride]
        """What the client is: Region, endpoint, service model, configuration.

        Its event system is this client's own. The fake emits no events to it, and it warns whoever registers a handler.
        A client for which nobody named a Region follows the Region of the active fake.
        """
        region_name = self._region_name
        if region_name not in self._metas:
            self._metas[region_name] = self._meta_in(region_name)
        return self._metas[region_name]

    @cached_property
    def _metas(self) -> dict[str, ClientMeta]:
        return {}

    @cached_property
    def _events(self) -> SilentEvents:
        from fake_xray._events import SilentEvents

        return SilentEvents(copy.copy(_genuine_client(self._region_name).meta.events))

    def _meta_in(self, region_name: str) -> ClientMeta:
        from botocore.client import ClientMeta

        meta = _genuine_client(region_name).meta
        return ClientMeta(
            self._events,
            meta.config,
            meta.endpoint_url,
            meta.service_model,
            meta.method_to_api_mapping,
            meta.partition,
        )

    @property
    def exceptions(self) -> XRayExceptions:
        """The modelled exception classes, those of `fake_xray.exceptions`."""
        from fake_xray.exceptions import client_exceptions

        return client_exceptions

    def can_paginate(self, operation_name: str) -> bool:
        """Whether the operation (in snake case) has a paginator; KeyError if there is no such operation."""
        return bool(_genuine_client(self._region_name).can_paginate(operation_name))

    if not TYPE_CHECKING:  # boto3-stubs tell by its argument which paginator it is

        def get_paginator(self, operation_name: str) -> Any:
            """botocore's paginator over this client's operation."""
            genuine = _genuine_client(self._region_name).get_paginator(operation_name)
            name = self.meta.method_to_api_mapping[operation_name]
            configuration = _session().get_paginator_model("xray").get_paginator(name)
            return type(genuine)(getattr(self, operation_name), configuration, operation_model(name))

    def get_waiter(self, waiter_name: str) -> Waiter:
        """X-Ray has no waiters: ValueError, as botocore words it."""
        return _genuine_client(self._region_name).get_waiter(waiter_name)

    @property
    def waiter_names(self) -> list[str]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """X-Ray has no waiters."""
        return list(_genuine_client(self._region_name).waiter_names)

    def generate_presigned_url(self, *args: Any, **kwargs: Any) -> str:
        """botocore's presigned URL, signed with credentials of the fake that are good for nothing."""
        genuine: Any = _genuine_client(self._region_name)
        return str(genuine.generate_presigned_url(*args, **kwargs))

    def close(self) -> None:
        """Nothing is open: the fake has no connections."""

    if not TYPE_CHECKING:  # to type checkers, what the stubs do not name is not there

        def __getattr__(self, name: str) -> Callable[..., Any]:
            if not name.startswith("_") and name in methods():
                return self._not_built(methods()[name])
            raise AttributeError(f"'XRay' object has no attribute '{name}'")

    def _not_built(self, operation: str) -> Callable[..., Any]:
        from botocore import xform_name

        def call(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            try:
                serialized(operation, args, kwargs)
            except Exception as error:
                self._record(operation, kwargs, type(error).__name__)
                raise
            response = self._answer_arranged(operation, kwargs)
            return self._answer_unsupported(operation, kwargs) if response is None else response

        call.__name__ = xform_name(operation)
        call.__doc__ = f"{operation}: not supported by fake-xray yet."
        return call

    def _answer_unsupported(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        __tracebackhide__ = True
        account_id = self._moto_account
        if account_id is None:
            raise self._unsupported(operation, parameters)
        from fake_xray import _moto, _protocol

        request = _protocol.serialize_request(operation, parameters, self._region_name)
        return _protocol.parse_response(operation, _moto.answer(self, operation, parameters, request, account_id))

    def _unsupported(self, operation: str, parameters: dict[str, Any], why: str = "") -> NotImplementedError:
        """Return the error for a call of an operation that is not built, once it is logged."""
        error = NotImplementedError(not_built(operation, why))
        self._record(operation, parameters, type(error).__name__)
        self._keep_unsupported(operation, error)
        return error

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *methods()})


def serialized(operation: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
    """Return the body that botocore sends for these arguments, or raise what it raises for them.

    Raises
    ------
    TypeError
        If there are positional arguments.
    botocore.exceptions.ParamValidationError
        If arguments are missing, unknown or wrong, with botocore's whole report.
    """
    __tracebackhide__ = True
    from botocore.exceptions import ParamValidationError
    from botocore.serialize import create_serializer
    from botocore.validate import ParamValidator

    refuse_positional(operation, args)
    model = operation_model(operation)
    report = ParamValidator().validate(kwargs, cast("Any", model.input_shape))
    if report.has_errors():
        raise ParamValidationError(report=report.generate_report())
    serializer: Any = create_serializer("rest-json", include_validation=False)
    body: str | bytes = serializer.serialize_to_request(kwargs, model)["body"] or b""
    return body.encode() if isinstance(body, str) else bytes(body)


def refuse_positional(operation: str, args: tuple[Any, ...]) -> None:
    """Raise botocore's TypeError for positional arguments."""
    __tracebackhide__ = True
    from botocore import xform_name

    if args:
        raise TypeError(f"{xform_name(operation)}() only accepts keyword arguments.")


def not_built(operation: str, why: str = "") -> str:
    """Return the message for an operation that the fake does not support.

    Parameters
    ----------
    why : str
        Why moto, to which the test passes such operations, does not handle it.
    """
    moto = f" ({why})" if why else ""
    return (
        f"fake-xray does not support {operation} yet{moto}; nothing was sent to AWS. "
        f'Provide a response with fake.respond("{operation}", {{...}}) on the FakeXRay of this test'
        + ("." if why else ', or let moto handle what fake-xray does not support with FakeXRay(unsupported="moto").')
    )


def no_active_block() -> RuntimeError:
    """Return the error for a client that was created in a block of mock_xray and is used while no block is active."""
    return RuntimeError(
        "this X-Ray client was created inside a mock_xray block (or a test with the fake_xray fixture), and no block "
        "is active now; nothing was sent to AWS. Use the client inside a block, or create it with FakeXRay().client(), "
        "which needs no block. A client of the real AWS must be created outside of every block."
    )


def url_of(operation: str, region_name: str) -> str:
    """Return the URL to which a genuine client of that Region sends that operation."""
    path: str = operation_model(operation).http["requestUri"]
    return f"{_genuine_client(region_name).meta.endpoint_url}{path}"


@cache
def _session() -> Session:
    """Return a botocore session that reads neither the environment nor any file: botocore's defaults hold, always."""
    from botocore.session import Session

    class OwnSession(Session):
        # mock_xray does not touch a session with this attribute: it creates real clients.
        makes_real_xray_clients = True

    defaults = {
        name: (None, None, default, convert) for name, (_, _, default, convert) in Session.SESSION_VARIABLES.items()
    }
    unread = (None, None, os.devnull, None)
    return OwnSession({**defaults, "config_file": unread, "credentials_file": unread})


@lru_cache(maxsize=64)
def _genuine_client(region_name: str) -> BaseClient:
    from botocore.config import Config

    make_config: Any = Config
    return _session().create_client(
        "xray",
        region_name=region_name,
        aws_access_key_id="fake-xray",
        aws_secret_access_key="fake-xray",
        config=make_config(ignore_configured_endpoint_urls=True),
    )


@cache
def service_model() -> ServiceModel:
    """Return X-Ray's API model, as the installed botocore has it."""
    return _session().get_service_model("xray")


@cache
def methods() -> dict[str, str]:
    """Return the names of X-Ray's operations in the API model by the names of a client's methods."""
    from botocore import xform_name

    return {xform_name(name): name for name in service_model().operation_names}


@cache
def operation_names() -> frozenset[str]:
    """Return the names of X-Ray's operations in the API model."""
    return frozenset(methods().values())


@cache
def operation_model(name: str) -> OperationModel:
    """Return an operation of the API model."""
    return service_model().operation_model(name)
