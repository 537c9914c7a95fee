"""A real botocore client that parses given HTTP responses. Tests compare its results with those of the fake.

This module writes the responses as AWS X-Ray does (recorded in September 2026). The protocol is rest-json. A timestamp
is a number of seconds, written as a double with an exponent. The body of a modelled error has the member `Message`, and
the body of any other error has the member `message`. The header `x-amzn-errortype` contains the error code.
"""

import io
import json
from dataclasses import dataclass

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError


@dataclass
class HttpResponse:
    status: int
    headers: dict[str, str]
    body: bytes


class Oracle:
    """A real botocore client for X-Ray that never uses a network."""

    def __init__(self):
        session = botocore.session.Session()
        self.client = session.create_client(
            "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
        )
        self.client.meta.events.register("before-send.xray", self._send)
        self._response = None

    def call(self, method, args, kwargs, response):
        """Call a method of the real client, and return its outcome.

        `response` is the HTTP response that the client receives. If it is None, the client must not send a request.
        """
        self._response = response
        return outcome(getattr(self.client, method), args, kwargs)

    def _send(self, request, **_):
        assert self._response is not None, "botocore accepts these arguments and would send them"
        return AWSResponse(request.url, self._response.status, self._response.headers, _Body(self._response.body))


class _Body(io.BytesIO):
    def stream(self, **_):
        yield self.read()


def outcome(function, args, kwargs):
    """Call a function, and return its response or the exception that it raises."""
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return error


def http_response_for(result):
    """Return the HTTP response with which AWS would send an outcome.

    Return None if the outcome is an exception that botocore raises before it sends a request.
    """
    if isinstance(result, ClientError):
        return _error_response(result.response, type(result))
    if isinstance(result, Exception):
        return None
    metadata = result["ResponseMetadata"]
    body = "{}"
    if "ResourcePolicy" in result:
        body = f'{{"ResourcePolicy":{_policy(result["ResourcePolicy"])}}}'
    elif "ResourcePolicies" in result:
        body = f'{{"NextToken":null,"ResourcePolicies":[{",".join(map(_policy, result["ResourcePolicies"]))}]}}'
    return HttpResponse(metadata["HTTPStatusCode"], metadata["HTTPHeaders"], body.encode())


def _policy(policy):
    seconds = policy["LastUpdatedTime"].timestamp()
    return (
        f'{{"LastUpdatedTime":{seconds / 1e9!r}E9,"PolicyDocument":{json.dumps(policy["PolicyDocument"])},'
        f'"PolicyName":{json.dumps(policy["PolicyName"])},"PolicyRevisionId":{json.dumps(policy["PolicyRevisionId"])}}}'
    )


def _error_response(response, error_class):
    metadata = response["ResponseMetadata"]
    name = "message" if error_class is ClientError else "Message"
    body = json.dumps({name: response["Error"]["Message"]})
    return HttpResponse(metadata["HTTPStatusCode"], metadata["HTTPHeaders"], body.encode())


def describe(result):
    """Return everything that a caller can see of an outcome, for a comparison.

    It contains the `repr` of dicts, because that shows the order of the keys and the time zones.
    """
    if isinstance(result, Exception):
        return {
            "classes": [cls.__name__ for cls in type(result).__mro__],
            "text": str(result),
            "args": repr(result.args),
            "response": repr(getattr(result, "response", None)),
            "operation_name": getattr(result, "operation_name", None),
        }
    return repr(result)
