"""The exceptions that X-Ray's API model declares, as in `client.exceptions`.

Each one is a `botocore.exceptions.ClientError` with AWS's response in `response` and the operation in
`operation_name`.
If AWS's message does not say why a call was rejected, a note on the exception does (`__notes__`, which pytest prints).
Source: AWS X-Ray API Reference, and the API model that botocore ships.
"""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    # boto3-stubs know the names of the classes; without the stubs this is Any.
    from mypy_boto3_xray.client import Exceptions as BaseClientExceptions
else:
    from botocore.errorfactory import BaseClientExceptions

__all__ = [
    "InvalidPolicyRevisionIdException",
    "InvalidRequestException",
    "LockoutPreventionException",
    "MalformedPolicyDocumentException",
    "PolicyCountLimitExceededException",
    "PolicySizeLimitExceededException",
    "ResourceNotFoundException",
    "RuleLimitExceededException",
    "ThrottledException",
    "TooManyTagsException",
]


class InvalidPolicyRevisionIdException(ClientError):
    """The revision in the request is not the current revision of the resource policy."""


class InvalidRequestException(ClientError):
    """The request is missing required parameters or has invalid ones."""


class LockoutPreventionException(ClientError):
    """The resource policy would prevent its caller from changing it again."""


class MalformedPolicyDocumentException(ClientError):
    """The policy document is malformed. AWS sends no message; a note says what is wrong with the document."""


class PolicyCountLimitExceededException(ClientError):
    """The account already has the maximum number of resource policies in this Region."""


class PolicySizeLimitExceededException(ClientError):
    """The policy document is too long."""


class ResourceNotFoundException(ClientError):
    """The resource does not exist."""


class RuleLimitExceededException(ClientError):
    """The account already has the maximum number of sampling rules."""


class ThrottledException(ClientError):
    """The request rate is too high."""


class TooManyTagsException(ClientError):
    """The resource would have more than the maximum number of tags."""


class XRayExceptions(BaseClientExceptions):
    """The type of `client.exceptions`: the modelled classes as attributes, `ClientError`, and `from_code`."""


_BY_CODE: dict[str, type[ClientError]] = {name: globals()[name] for name in __all__}
for _name, _class in _BY_CODE.items():
    setattr(XRayExceptions, _name, _class)

client_exceptions = XRayExceptions(_BY_CODE)


def from_code(code: str) -> type[ClientError]:
    """Return the class for an error code: a modelled one, or plain `ClientError`."""
    return _BY_CODE.get(code, ClientError)
