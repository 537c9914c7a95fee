"""The exceptions that X-Ray's API model declares: what a client's `exceptions` has.

Each is a `botocore.exceptions.ClientError`, with AWS's answer in `response` and the operation in `operation_name`.
Where the fake knows more than AWS says, a note on the exception (`__notes__`, printed by pytest) tells why it refused.
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
    """The resource policy has another revision than the request names."""


class InvalidRequestException(ClientError):
    """The request lacks required parameters or has invalid ones."""


class LockoutPreventionException(ClientError):
    """The resource policy would keep its caller from putting another one."""


class MalformedPolicyDocumentException(ClientError):
    """The policy document is none. AWS gives no message; a note tells what is wrong with it."""


class PolicyCountLimitExceededException(ClientError):
    """The account has as many resource policies in this Region as it may."""


class PolicySizeLimitExceededException(ClientError):
    """The policy document is too long."""


class ResourceNotFoundException(ClientError):
    """The resource does not exist."""


class RuleLimitExceededException(ClientError):
    """The account has as many sampling rules as it may."""


class ThrottledException(ClientError):
    """The requests come too fast."""


class TooManyTagsException(ClientError):
    """The resource would have more tags than it may."""


class XRayExceptions(BaseClientExceptions):
    """What `client.exceptions` is: the modelled classes as attributes, `ClientError`, and `from_code`."""


_BY_CODE: dict[str, type[ClientError]] = {name: globals()[name] for name in __all__}
for _name, _class in _BY_CODE.items():
    setattr(XRayExceptions, _name, _class)

client_exceptions = XRayExceptions(_BY_CODE)


def from_code(code: str) -> type[ClientError]:
    """Return the class for an error code: a modelled one, or plain `ClientError`."""
    return _BY_CODE.get(code, ClientError)
