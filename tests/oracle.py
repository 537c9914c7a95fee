"""botocore as the oracle: a genuine X-Ray client whose HTTP layer answers with the bytes that it is given.

The bytes are written here as AWS X-Ray writes them (recorded in September 2026): rest-json, seconds as a double with an
exponent, `Message` in the body of a modelled error and `message` in that of any other, the code in `x-amzn-errortype`.
"""

import io
import json
from dataclasses import dataclass

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError


@dataclass
class HttpAnswer:
    status: int
    headers: dict[str, str]
    body: bytes


class Oracle:
    """A genuine botocore client for X-Ray; nothing of it ever reaches a network."""

    def __init__(self):
        session = botocore.session.Session()
        self.client = session.create_client(
            "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
        )
        self.client.meta.events.register("before-send.xray", self._send)
        self._answer = None

    def call(self, method, args, kwargs, answer):
        """Call the genuine client; `answer` is what arrives, None where nothing may be sent."""
        self._answer = answer
        return outcome(getattr(self.client, method), args, kwargs)

    def _send(self, request, **_):
        assert self._answer is not None, "botocore accepts these arguments and would send them"
        return AWSResponse(request.url, self._answer.status, self._answer.headers, _Body(self._answer.body))


class _Body(io.BytesIO):
    def stream(self, **_):
        yield self.read()


def outcome(function, args, kwargs):
    """What a call comes to: its answer, or the exception that it raises."""
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return error


def http_answer_of(result):
    """The HTTP answer in which AWS would send this outcome; None for arguments that are refused before sending."""
    if isinstance(result, ClientError):
        return _answer_to_refusal(result.response, type(result))
    if isinstance(result, Exception):
        return None
    metadata = result["ResponseMetadata"]
    body = "{}"
    if "ResourcePolicy" in result:
        body = f'{{"ResourcePolicy":{_policy(result["ResourcePolicy"])}}}'
    elif "ResourcePolicies" in result:
        body = f'{{"NextToken":null,"ResourcePolicies":[{",".join(map(_policy, result["ResourcePolicies"]))}]}}'
    return HttpAnswer(metadata["HTTPStatusCode"], metadata["HTTPHeaders"], body.encode())


def _policy(policy):
    seconds = policy["LastUpdatedTime"].timestamp()
    return (
        f'{{"LastUpdatedTime":{seconds / 1e9!r}E9,"PolicyDocument":{json.dumps(policy["PolicyDocument"])},'
        f'"PolicyName":{json.dumps(policy["PolicyName"])},"PolicyRevisionId":{json.dumps(policy["PolicyRevisionId"])}}}'
    )


def _answer_to_refusal(response, kind):
    metadata = response["ResponseMetadata"]
    name = "message" if kind is ClientError else "Message"
    body = json.dumps({name: response["Error"]["Message"]})
    return HttpAnswer(metadata["HTTPStatusCode"], metadata["HTTPHeaders"], body.encode())


def face(result):
    """All that a caller can see of an outcome, to be compared. `repr` tells the order of keys and time zones too."""
    if isinstance(result, Exception):
        return {
            "classes": [cls.__name__ for cls in type(result).__mro__],
            "text": str(result),
            "args": repr(result.args),
            "response": repr(getattr(result, "response", None)),
            "operation_name": getattr(result, "operation_name", None),
        }
    return repr(result)
