"""The fake client: everything that a boto3 client has in addition to its operations, which are written in Rust.

A real botocore client that never sends a request provides the API model, the endpoint and the configuration. It is
created when it is first needed, because loading botocore and its data takes tens of milliseconds.
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

    # For type checkers, a fake client is a subclass of boto3-stubs' XRayClient. You can pass it where an XRayClient is
    # expected, and its responses are TypedDicts. Without the stubs, type checkers treat `XRayClient` as Any.
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
    """A client that behaves like `boto3.client("xray")` and uses the in-memory state of a `FakeXRay`.

    Create it with `FakeXRay.client()`. Inside a `mock_xray` block, `boto3.client("xray")` returns one too, unless the
    block has `real_clients=True`.

    Examples
    --------
    >>> from fake_xray import FakeXRay
    >>> client = FakeXRay(region_name="eu-west-1").client()
    >>> client.meta.region_name
    'eu-west-1'
    >>> client.list_resource_policies()["ResourcePolicies"]
    []
    """

    @property
    def meta(self) -> ClientMeta:  # type: ignore[override] # pyright: ignore[reportIncompatibleVariableOverride]
        """The Region, endpoint, service model and configuration of the client.

        A client that was created inside a `mock_xray` block without a Region always has the Region of the active fake.
        A fake client emits no events, so `meta.events` warns when you register the first handler.
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

        return SilentEvents(copy.copy(_real_client(self._region_name).meta.events))

    def _meta_in(self, region_name: str) -> ClientMeta:
        from botocore.client import ClientMeta

        meta = _real_client(region_name).meta
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
        """The exception classes that the API model declares: the same classes as in `fake_xray.exceptions`.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> try:
        ...     client.delete_resource_policy(PolicyName="missing")
        ... except client.exceptions.InvalidRequestException as error:
        ...     print(error.operation_name)
        DeleteResourcePolicy
        """
        from fake_xray.exceptions import client_exceptions

        return client_exceptions

    def can_paginate(self, operation_name: str) -> bool:
        """Return whether an operation has a paginator.

        Parameters
        ----------
        operation_name : str
            The name of the client's method, such as "get_groups".

        Raises
        ------
        KeyError
            If X-Ray has no such operation.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> FakeXRay().client().can_paginate("get_groups")
        True
        """
        return bool(_real_client(self._region_name).can_paginate(operation_name))

    if not TYPE_CHECKING:  # boto3-stubs declare an overload of this method for each paginator

        def get_paginator(self, operation_name: str) -> Any:
            """Return botocore's paginator for an operation of this client.

            Parameters
            ----------
            operation_name : str
                The name of the client's method, such as "get_groups".

            Raises
            ------
            KeyError
                If X-Ray has no such operation.
            botocore.exceptions.OperationNotPageableError
                If the operation has no paginator.

            Examples
            --------
            >>> from fake_xray import FakeXRay
            >>> pages = FakeXRay().client().get_paginator("get_groups").paginate()
            >>> [group["GroupName"] for page in pages for group in page["Groups"]]
            ['Default']
            """
            real = _real_client(self._region_name).get_paginator(operation_name)
            name = self.meta.method_to_api_mapping[operation_name]
            configuration = _session().get_paginator_model("xray").get_paginator(name)
            return type(real)(getattr(self, operation_name), configuration, operation_model(name))

    def get_waiter(self, waiter_name: str) -> Waiter:
        """Raise a ValueError, as botocore does: X-Ray has no waiters.

        Raises
        ------
        ValueError
            Always.
        """
        return _real_client(self._region_name).get_waiter(waiter_name)

    @property
    def waiter_names(self) -> list[str]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The names of the waiters: an empty list, because X-Ray has none."""
        return list(_real_client(self._region_name).waiter_names)

    def generate_presigned_url(self, *args: Any, **kwargs: Any) -> str:
        """Return a presigned URL. AWS rejects it, because it is signed with dummy credentials.

        The parameters and the errors are those of botocore's `generate_presigned_url`.
        """
        real: Any = _real_client(self._region_name)
        return str(real.generate_presigned_url(*args, **kwargs))

    def close(self) -> None:
        """Do nothing: a fake client has no connections. You can still use the client afterwards."""

    if not TYPE_CHECKING:  # type checkers must reject the methods that the stubs do not declare

        def __getattr__(self, name: str) -> Callable[..., Any]:
            if not name.startswith("_") and name in methods():
                return self._unsupported_method(methods()[name])
            raise AttributeError(f"'XRay' object has no attribute '{name}'")

    def _unsupported_method(self, operation: str) -> Callable[..., Any]:
        from botocore import xform_name

        def call(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            try:
                serialized(operation, args, kwargs)
            except Exception as error:
                self._record(operation, kwargs, type(error).__name__)
                raise
            response = self._arranged_response(operation, kwargs)
            return self._respond_unsupported(operation, kwargs) if response is None else response

        call.__name__ = xform_name(operation)
        call.__doc__ = f"{operation}: not supported by fake-xray yet."
        return call

    def _respond_unsupported(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        __tracebackhide__ = True
        account_id = self._moto_account
        if account_id is None:
            raise self._unsupported(operation, parameters)
        from fake_xray import _moto, _protocol

        request = _protocol.serialize_request(operation, parameters, self._region_name)
        return _protocol.parse_response(operation, _moto.respond(self, operation, parameters, request, account_id))

    def _unsupported(self, operation: str, parameters: dict[str, Any], why: str = "") -> NotImplementedError:
        """Log a call of an operation that the fake does not support, and return the error to raise."""
        error = NotImplementedError(unsupported_message(operation, why))
        self._record(operation, parameters, type(error).__name__)
        self._keep_unsupported(operation, error)
        return error

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *methods()})


def serialized(operation: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
    """Return the request body that botocore sends for these arguments.

    Raises
    ------
    TypeError
        If there are positional arguments.
    botocore.exceptions.ParamValidationError
        If arguments are missing, unknown or invalid. The message is botocore's whole report.
    """
    __tracebackhide__ = True
    from botocore.exceptions import ParamValidationError
    from botocore.serialize import create_serializer
    from botocore.validate import ParamValidator

    reject_positional(operation, args)
    model = operation_model(operation)
    report = ParamValidator().validate(kwargs, cast("Any", model.input_shape))
    if report.has_errors():
        raise ParamValidationError(report=report.generate_report())
    serializer: Any = create_serializer("rest-json", include_validation=False)
    body: str | bytes = serializer.serialize_to_request(kwargs, model)["body"] or b""
    return body.encode() if isinstance(body, str) else bytes(body)


def reject_positional(operation: str, args: tuple[Any, ...]) -> None:
    """Raise botocore's TypeError if there are positional arguments."""
    __tracebackhide__ = True
    from botocore import xform_name

    if args:
        raise TypeError(f"{xform_name(operation)}() only accepts keyword arguments.")


def unsupported_message(operation: str, why: str = "") -> str:
    """Return the error message for an operation that the fake does not support.

    Parameters
    ----------
    operation : str
        The name in the API model.
    why : str
        With `unsupported="moto"`: why moto does not handle the operation. Otherwise empty.
    """
    moto = f" ({why})" if why else ""
    return (
        f"fake-xray does not support {operation} yet{moto}; nothing was sent to AWS. "
        f'Provide a response with fake.respond("{operation}", {{...}}) on the FakeXRay of this test'
        + ("." if why else ', or use FakeXRay(unsupported="moto") to let moto handle the call.')
    )


def no_active_block() -> RuntimeError:
    """Return the error for a client that was created inside a mock_xray block and is used while no block is active."""
    return RuntimeError(
        "this X-Ray client was created inside a mock_xray block (or a test with the fake_xray fixture), and no block "
        "is active now; nothing was sent to AWS. Use the client inside a block or such a test, or create it with "
        "FakeXRay().client(), which needs no block. To call the real AWS, create the client outside of all blocks."
    )


def url_of(operation: str, region_name: str) -> str:
    """Return the URL to which a real client in that Region sends requests for that operation."""
    path: str = operation_model(operation).http["requestUri"]
    return f"{_real_client(region_name).meta.endpoint_url}{path}"


@cache
def _session() -> Session:
    """Return a botocore session that reads neither the environment nor any file, so botocore's defaults apply."""
    from botocore.session import Session

    class OwnSession(Session):
        # mock_xray leaves sessions with this attribute alone, so they create real clients.
        makes_real_xray_clients = True

    defaults = {
        name: (None, None, default, convert) for name, (_, _, default, convert) in Session.SESSION_VARIABLES.items()
    }
    no_file = (None, None, os.devnull, None)
    return OwnSession({**defaults, "config_file": no_file, "credentials_file": no_file})


@lru_cache(maxsize=64)
def _real_client(region_name: str) -> BaseClient:
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
    """Return X-Ray's API model from the installed botocore."""
    return _session().get_service_model("xray")


@cache
def methods() -> dict[str, str]:
    """Return a dict that maps the names of a client's methods to the names of operations in the API model."""
    from botocore import xform_name

    return {xform_name(name): name for name in service_model().operation_names}


@cache
def operation_names() -> frozenset[str]:
    """Return the names of X-Ray's operations in the API model."""
    return frozenset(methods().values())


@cache
def operation_model(name: str) -> OperationModel:
    """Return the model of an operation by its name in the API model."""
    return service_model().operation_model(name)
