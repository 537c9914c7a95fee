"""The exception classes that X-Ray's API model declares.

Fake clients raise these classes, and `client.exceptions` of a fake client has the same ones. A real client has classes
of its own: catch `client.exceptions.InvalidRequestException` of the client that you call.

Each class is a subclass of `botocore.exceptions.ClientError`. The attribute `response` has the error as AWS sends it,
and `operation_name` has the name of the operation. If AWS's message does not say why a call was rejected, the fake adds
the reason as an exception note (`__notes__`), which pytest prints.

Examples
--------
>>> from fake_xray import FakeXRay, exceptions
>>> try:
...     FakeXRay().client().delete_resource_policy(PolicyName="missing")
... except exceptions.InvalidRequestException as error:
...     print(error.response["Error"]["Code"], error.operation_name)
InvalidRequestException DeleteResourcePolicy
"""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    # boto3-stubs declare the exception classes. Without the stubs, type checkers treat this name as Any.
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


# Source of the descriptions: the AWS X-Ray API Reference, and the API model that botocore ships.


class InvalidPolicyRevisionIdException(ClientError):
    """The revision in the request is not the current revision of the resource policy."""


class InvalidRequestException(ClientError):
    """The request lacks a required parameter or has an invalid one."""


class LockoutPreventionException(ClientError):
    """The resource policy would prevent its caller from changing it again."""


class MalformedPolicyDocumentException(ClientError):
    """The policy document is malformed. AWS sends no message, so a note on the exception says what is wrong."""


class PolicyCountLimitExceededException(ClientError):
    """The account already has the maximum number of resource policies in this Region."""


class PolicySizeLimitExceededException(ClientError):
    """The policy document is too long."""


class ResourceNotFoundException(ClientError):
    """The resource does not exist."""


class RuleLimitExceededException(ClientError):
    """The account already has the maximum number of sampling rules in this Region."""


class ThrottledException(ClientError):
    """The request rate is too high. The fake raises this error only if a test injects it."""


class TooManyTagsException(ClientError):
    """A resource would have too many tags. The fake raises this error only if a test injects it.

    The API model declares this error, but recorded responses of AWS have the code `InvalidRequestException` in this
    case. The fake does the same.
    """


class XRayExceptions(BaseClientExceptions):
    """The type of `client.exceptions`. Its attributes are the classes of this module, `ClientError` and `from_code`."""


_BY_CODE: dict[str, type[ClientError]] = {name: globals()[name] for name in __all__}
for _name, _class in _BY_CODE.items():
    setattr(XRayExceptions, _name, _class)

client_exceptions = XRayExceptions(_BY_CODE)


def from_code(code: str) -> type[ClientError]:
    """Return the exception class for an error code: a class of this module, or `ClientError` for all other codes."""
    return _BY_CODE.get(code, ClientError)
