"""Conversions between dicts and HTTP messages, by the protocol that botocore's API model declares for X-Ray.

botocore has a serializer for requests only, so this module has one for responses. botocore does everything else.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.parsers import ResponseParser


class HttpResponse(NamedTuple):
    """An HTTP response."""

    status: int
    headers: dict[str, str]
    body: bytes


def headers(request_id: str) -> dict[str, str]:
    """Return the headers that every response has."""
    return {"x-amzn-requestid": request_id, "content-type": "application/json"}


def serialize_response(operation: str, response: Mapping[str, Any]) -> bytes:
    """Return the HTTP body in which the service would send a response.

    Raises
    ------
    botocore.exceptions.ParamValidationError
        If the API model does not allow the response. botocore's Stubber raises the same error.
    """
    from botocore.exceptions import ParamValidationError
    from botocore.validate import validate_parameters

    shape = _output_shape(operation)
    if shape is not None:
        validate_parameters(response, shape)
    elif response:
        raise ParamValidationError(report=f"{operation} has no members in its response.")
    return json.dumps(_serialized(shape, response) if shape is not None else {}).encode()


def _serialized(shape: Any, value: Any) -> Any:
    if shape.type_name == "structure":
        members = {name: shape.members[name] for name in value}
        return {
            member.serialization.get("name", name): _serialized(member, value[name]) for name, member in members.items()
        }
    if shape.type_name == "list":
        return [_serialized(shape.member, each) for each in value]
    if shape.type_name == "map":
        return {key: _serialized(shape.value, each) for key, each in value.items()}
    if shape.type_name == "timestamp":
        from botocore.utils import parse_to_aware_datetime

        return parse_to_aware_datetime(value).timestamp()
    if shape.type_name in ("double", "float"):
        return float(value)
    if shape.type_name == "blob":
        return base64.b64encode(value.encode() if isinstance(value, str) else bytes(value)).decode()
    return value


def parse_response(operation: str, response: HttpResponse) -> dict[str, Any]:
    """Return the dict that botocore returns for an HTTP response, or raise the error that the response contains."""
    from botocore.awsrequest import HeadersDict

    from fake_xray._client import service_model
    from fake_xray.exceptions import from_code

    make_headers: Any = HeadersDict
    parts: Any = {"status_code": response.status, "headers": make_headers(response.headers), "body": response.body}
    parsed: Any = _parser().parse(parts, _output_shape(operation))
    parsed["ResponseMetadata"]["RetryAttempts"] = 0
    if response.status < 300:
        return dict(parsed)
    code = parsed["Error"]["Code"]
    modelled = service_model().shape_for_error_code(code)
    if modelled is not None:
        parsed.update(_parser().parse(parts, modelled))
        parsed["ResponseMetadata"]["RetryAttempts"] = 0
    raise from_code(code)(parsed, operation)


def serialize_request(operation: str, parameters: dict[str, Any], region_name: str) -> AWSPreparedRequest:
    """Return the request that a botocore client in that Region would send, without a signature."""
    from botocore.awsrequest import AWSPreparedRequest
    from botocore.serialize import create_serializer

    from fake_xray._client import operation_model, url_of

    serializer: Any = create_serializer(_protocol(), include_validation=False)
    request = serializer.serialize_to_request(parameters, operation_model(operation))
    body = request["body"]
    return AWSPreparedRequest(
        method=request["method"],
        url=url_of(operation, region_name),
        headers=request["headers"],
        body=body.encode() if isinstance(body, str) else body,
        stream_output=False,
    )


def _output_shape(operation: str) -> Any:
    from fake_xray._client import operation_model

    return operation_model(operation).output_shape


@cache
def _parser() -> ResponseParser:
    from botocore.parsers import create_parser

    return create_parser(_protocol())


def _protocol() -> str:
    from fake_xray._client import service_model

    protocol: str = service_model().metadata["protocol"]
    return protocol
