"""Operations that the fake does not support, handled by moto: `FakeXRay(unsupported="moto")`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from fake_xray._protocol import HttpResponse, parse_response

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest

    from fake_xray._client import FakeXRayClient


def answer(
    client: FakeXRayClient, operation: str, parameters: dict[str, Any], request: AWSPreparedRequest, account_id: str
) -> HttpResponse:
    """Return moto's response to a request, and log the call.

    Parameters
    ----------
    client : FakeXRayClient
        Where the call is logged.
    operation, parameters
        The call.
    request : AWSPreparedRequest
        What a botocore client sends for it.
    account_id : str
        The account in which moto handles it.

    Raises
    ------
    NotImplementedError
        If moto is not active, or does not support the operation either.
    """
    # Loaded by the test if moto is active.
    models = sys.modules.get("moto.core.models")
    stubber: Any = getattr(models, "botocore_stubber", None)
    if stubber is None or not stubber.enabled:
        raise client._unsupported(operation, parameters, "moto is not active here: start its mock_aws")
    request.headers["x-moto-account-id"] = account_id
    # Not through the handler that moto registers, which may pass a request on to the network.
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
