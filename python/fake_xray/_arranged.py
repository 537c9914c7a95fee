"""Injected errors and canned responses: the outcomes that a test arranges for later calls.

The extension decides which call gets which outcome.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol

from fake_xray._names import closest, operation_name
from fake_xray._protocol import HttpResponse, headers, parse_response, serialize_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_xray._calls import Call


class Outcome(Protocol):
    """The arranged outcome of a call."""

    # The name of the operation in the API model, or "*".
    operation: str
    # The error code for the call log. None for a success, and for an outcome whose exception has no code: then the log
    # gets the name of the exception.
    error_code: str | None

    def response(self, call: Call, request_id: str) -> dict[str, Any]:
        """Return the response of a `FakeXRayClient`, or raise the error."""
        ...

    def http_response(self, call: Call, request_id: str, url: str) -> HttpResponse:
        """Return the response to an HTTP request, or raise the error."""
        ...


# HTTP statuses by error code.
# Documented: the page "Common Errors" in AWS's API references.
_COMMON_ERRORS = {
    "AccessDeniedException": 403,
    "ExpiredTokenException": 403,
    "IncompleteSignature": 403,
    "InternalFailure": 500,
    "MalformedHttpRequestException": 400,
    "NotAuthorized": 401,
    "OptInRequired": 403,
    "RequestAbortedException": 400,
    "RequestEntityTooLargeException": 413,
    "RequestExpired": 400,
    "RequestTimeoutException": 408,
    "ServiceUnavailable": 503,
    "ThrottlingException": 400,
    "UnknownOperationException": 404,
    "UnrecognizedClientException": 403,
    "ValidationError": 400,
}
# Recorded: the code that X-Ray sends for a value that breaks a constraint of the API model.
_RECORDED_ERRORS = {"ValidationException": 400}
# Assumed: codes that other AWS services send, and codes that botocore retries.
_ASSUMED_ERRORS = {
    "AccessDenied": 403,
    "ExpiredToken": 403,
    "InternalError": 500,
    "InternalServerError": 500,
    "InternalServerException": 500,
    "InternalServiceError": 500,
    "InvalidClientTokenId": 403,
    "InvalidSignatureException": 403,
    "LimitExceededException": 400,
    "MissingAuthenticationToken": 403,
    "PriorRequestNotComplete": 400,
    "RequestLimitExceeded": 503,
    "RequestThrottled": 400,
    "RequestThrottledException": 400,
    "RequestTimeout": 408,
    "SerializationException": 400,
    "ServiceException": 500,
    "ServiceUnavailableException": 503,
    "SignatureDoesNotMatch": 403,
    "SlowDown": 503,
    "Throttling": 400,
    "TooManyRequestsException": 429,
    "UnauthorizedOperation": 403,
}
# A code that is at least this similar to a known one (from 0 to 1) is taken for a misspelling.
_MISSPELLED = 0.9

_CONNECTION_FAILURES = ("ConnectTimeoutError", "ConnectionClosedError", "EndpointConnectionError", "ReadTimeoutError")


class InjectedError:
    """The outcome that `FakeXRay.inject_error` arranges.

    Parameters
    ----------
    operation, code, message, status
        The arguments of `FakeXRay.inject_error`.

    Raises
    ------
    ValueError
        If an argument is invalid.
    """

    def __init__(self, operation: Any, code: Any, message: Any, status: Any) -> None:
        self.operation = operation_name(operation, wildcard=True)
        self.error_code: str | None = None
        self._connection_failure: str | None = None
        if isinstance(code, type):
            self._connection_failure = self._name = _connection_failure_name(code)
            for name, value in (("message", message), ("status", status)):
                if value is not None:
                    raise ValueError(
                        f"{name} must be left out for {self._name}, because a failed connection has no response; "
                        f"got {value!r}"
                    )
            return
        self._status = _status_of(_error_code(code), status)
        self._name = self.error_code = code
        if message is not None and not isinstance(message, str):
            raise ValueError(f"message must be a str, not {message!r}")
        self._message = "Injected by FakeXRay.inject_error." if message is None else message

    def __repr__(self) -> str:
        code = self._name if self._connection_failure else repr(self._name)
        return f"inject_error({self.operation!r}, {code})"

    def response(self, call: Call, request_id: str) -> NoReturn:
        """Raise the error as botocore would."""
        from fake_xray.exceptions import from_code

        if self._connection_failure:
            from fake_xray._client import url_of

            raise self._failed_connection(url_of(call.operation, call.region_name))
        response: Any = {
            "Error": {"Message": self._message, "Code": self._name},
            "ResponseMetadata": {
                "RequestId": request_id,
                "HTTPStatusCode": self._status,
                "HTTPHeaders": self._headers(request_id),
                "RetryAttempts": 0,
            },
        }
        if self._name in _modelled_errors():
            # In the API model, such an error has the member `Message`. botocore puts it next to `Error`.
            response["Message"] = self._message
        raise from_code(self._name)(response, call.operation)

    def http_response(self, call: Call, request_id: str, url: str) -> HttpResponse:
        """Return the error as AWS sends it by HTTP. For a failed connection, raise botocore's exception."""
        del call
        if self._connection_failure:
            raise self._failed_connection(url)
        # Recorded: AWS sends `Message` in errors of the API model and in AccessDeniedException, and `message` in
        # ValidationException.
        member = "Message" if self._name in (*_modelled_errors(), "AccessDeniedException") else "message"
        return HttpResponse(self._status, self._headers(request_id), json.dumps({member: self._message}).encode())

    def _headers(self, request_id: str) -> dict[str, str]:
        return {**headers(request_id), "x-amzn-errortype": self._name}

    def _failed_connection(self, url: str) -> Exception:
        import botocore.exceptions

        cause = ConnectionError("injected by FakeXRay.inject_error")
        failure: Exception = getattr(botocore.exceptions, self._name)(endpoint_url=url, error=cause)
        return failure


class CannedResponse:
    """The outcome that `FakeXRay.respond` arranges.

    Parameters
    ----------
    operation, response
        The arguments of `FakeXRay.respond`.

    Raises
    ------
    TypeError, ValueError
        If an argument is invalid.
    botocore.exceptions.ParamValidationError
        If the API model does not allow the response.
    """

    def __init__(self, operation: Any, response: Any) -> None:
        self.operation = operation_name(operation)
        self.error_code: str | None = None
        self._respond: Callable[[Call], Any] | None = response if callable(response) else None
        self._ready = None if self._respond else _Canned.of(self.operation, response, "response must be a dict, ")

    def __repr__(self) -> str:
        return f"respond({self.operation!r})"

    def response(self, call: Call, request_id: str) -> dict[str, Any]:
        """Return the response as botocore parses it."""
        return parse_response(call.operation, self.http_response(call, request_id, ""))

    def http_response(self, call: Call, request_id: str, url: str) -> HttpResponse:
        """Return the response as the service sends it."""
        del url
        canned = self._ready
        if canned is None and self._respond:
            canned = _Canned.of(self.operation, self._respond(call), f"a response to {self.operation} must be a dict, ")
        assert canned is not None
        all_headers = {**headers(canned.request_id or request_id), **canned.headers}
        return HttpResponse(canned.status, all_headers, canned.body)


class _Canned(NamedTuple):
    """A canned response that has been checked and serialized. Later changes to the user's dict do not affect it."""

    body: bytes
    status: int
    headers: dict[str, str]
    request_id: str | None

    @classmethod
    def of(cls, operation: str, response: Any, wanted: str) -> _Canned:
        if not isinstance(response, Mapping):
            raise TypeError(f"{wanted}not {response!r}")
        members = {name: value for name, value in response.items() if name != "ResponseMetadata"}
        metadata = response.get("ResponseMetadata", {})
        # RetryAttempts is accepted and ignored: the client counts its retries itself.
        known = {"RequestId", "HTTPStatusCode", "HTTPHeaders", "RetryAttempts"}
        if not isinstance(metadata, Mapping) or not metadata.keys() <= known:
            raise ValueError(
                f"ResponseMetadata must be a dict that has only the keys {', '.join(sorted(known))}; got {metadata!r}"
            )
        status = metadata.get("HTTPStatusCode", 200)
        if not isinstance(status, int) or not 200 <= status <= 299:
            raise ValueError(
                f"HTTPStatusCode of a response must be from 200 to 299, not {status!r}. "
                "To return an error, use FakeXRay.inject_error."
            )
        http_headers = metadata.get("HTTPHeaders", {})
        if not isinstance(http_headers, Mapping):
            raise TypeError(f"HTTPHeaders must be a dict, not {http_headers!r}")
        own_headers = {str(name).lower(): str(value) for name, value in http_headers.items()}
        request_id = metadata.get("RequestId", own_headers.get("x-amzn-requestid"))
        if request_id is not None:
            request_id = own_headers["x-amzn-requestid"] = str(request_id)
        return cls(serialize_response(operation, members), status, own_headers, request_id)


@cache
def _modelled_errors() -> dict[str, int]:
    """Return the codes of the errors that X-Ray's API model declares, and their HTTP statuses."""
    from fake_xray._client import service_model

    shapes: Any = service_model().error_shapes
    return {shape.error_code: shape.metadata.get("error", {}).get("httpStatusCode", 400) for shape in shapes}


@cache
def known_errors() -> dict[str, int]:
    """Return the default HTTP status of each known error code."""
    return {**_ASSUMED_ERRORS, **_RECORDED_ERRORS, **_COMMON_ERRORS, **_modelled_errors()}


def _error_code(code: Any) -> str:
    if isinstance(code, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", code):
        return code
    raise ValueError(
        "code must be an AWS error code, such as 'ThrottledException', or one of the classes "
        f"{', '.join(_CONNECTION_FAILURES)} of botocore.exceptions, not {code!r}"
    )


def _status_of(code: str, status: Any) -> int:
    if status is not None:
        if isinstance(status, int) and not isinstance(status, bool) and 400 <= status <= 599:
            return status
        raise ValueError(f"status must be an int from 400 to 599, not {status!r}")
    known = known_errors()
    if code in known:
        return known[code]
    meant = closest(code, list(known), _MISSPELLED)
    if meant:
        raise ValueError(
            f"code {code!r} is not a known AWS error code; did you mean {meant!r}? "
            f"To use {code!r} anyway, pass its HTTP status too (status=400)."
        )
    return 400


def _connection_failure_name(given: type) -> str:
    import botocore.exceptions

    for name in _CONNECTION_FAILURES:
        if given is getattr(botocore.exceptions, name):
            return name
    # No class is a valid code, so this raises the error for an invalid one.
    _error_code(given)
    raise AssertionError(given)
