"""`FakeXRay(unsupported="moto")`: let moto handle the operations that the fake does not support."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from fake_xray._protocol import HttpResponse, parse_response

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest

    from fake_xray._client import FakeXRayClient


def respond(
    client: FakeXRayClient, operation: str, parameters: dict[str, Any], request: AWSPreparedRequest, account_id: str
) -> HttpResponse:
    """Return moto's response to a request, and log the call.

    Parameters
    ----------
    client : FakeXRayClient
        The client that logs the call.
    operation : str
        The name in the API model.
    parameters : dict
        The arguments of the call.
    request : AWSPreparedRequest
        The request that a botocore client sends for this call.
    account_id : str
        The account in which moto handles the request.

    Raises
    ------
    NotImplementedError
        If moto is not active, or does not support the operation either.
    """
    # If moto is active, the test has already imported it.
    models = sys.modules.get("moto.core.models")
    stubber: Any = getattr(models, "botocore_stubber", None)
    if stubber is None or not stubber.enabled:
        raise client._unsupported(operation, parameters, "moto is not active here: start its mock_aws")
    request.headers["x-moto-account-id"] = account_id
    # Do not use the handler that moto registers: it can pass a request on to the network.
    try:
        found = stubber.process_request(request)
    except ImportError as error:
        why = f"moto's X-Ray cannot be imported: {error}; install moto[xray]"
        raise client._unsupported(operation, parameters, why) from error
    if found is None or (found[0] == 404 and found[2] == "Not yet implemented"):
        raise client._unsupported(operation, parameters, "moto does not support it either")
    status, headers, body = found
    body = body.encode() if isinstance(body, str) else bytes(body)
    response = HttpResponse(status, {str(name): str(value) for name, value in headers.items()}, body)
    client._record(operation, parameters, _error_code(operation, response))
    return response


def _error_code(operation: str, response: HttpResponse) -> str | None:
    from botocore.exceptions import ClientError

    try:
        parse_response(operation, response)
    except ClientError as error:
        error_response: Any = error.response
        return str(error_response["Error"]["Code"])
    return None
