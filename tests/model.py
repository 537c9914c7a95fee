"""A model of AWS X-Ray's resource policies in plain Python. Tests compare the fake with it.

The model implements the rules of docs/fidelity.md, independently of the Rust code. It handles one call at a time. It
does not parse policy documents: each `Document` declares how AWS handles it.
"""

import json
import re
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import NamedTuple
from unittest.mock import ANY

from conftest import SNS_DOCUMENT


class Scope(NamedTuple):
    """An account and a Region. Each scope has separate policies."""

    account_id: str = "123456789012"
    region_name: str = "us-east-1"


class Document(NamedTuple):
    """A policy document, and how AWS handles it."""

    text: str
    # The text that AWS stores. None if the document is malformed.
    normal_form: str | None
    # The accounts in which the document denies PutResourcePolicy to the default caller, the user `fake-xray`.
    locks_out: tuple[str, ...] = ()


@dataclass
class Rejection(Exception):
    """An error that a call raises: its code, or the class name of an exception of botocore."""

    code: str
    message: str | None
    # Whether the fake adds a reason, which AWS does not send.
    has_reason: bool = False


# The HTTP status of the errors whose status is not 400.
STATUS = {
    "AccessDeniedException": 403,
    "ResourceNotFoundException": 404,
    "ThrottledException": 429,
    "InternalFailure": 500,
    "ServiceUnavailable": 503,
}
# The errors that X-Ray's API model does not declare.
NOT_MODELLED = {"AccessDeniedException", "InternalFailure", "ServiceUnavailable", "ValidationException"}


class Model:
    """An X-Ray that supports resource policies only.

    `call` returns the expected outcome of a call. To compare it with the outcome of the same call to the fake, pass the
    outcome of the fake to `summarize`.
    """

    def __init__(self, policy_limit=5):
        self.policy_limit = policy_limit
        self.requests = 0
        self.reset()

    def reset(self):
        self.policies = defaultdict(dict)
        self.injected = defaultdict(deque)
        self.calls = []

    def inject_error(self, operation, code, message, times):
        self.injected[operation].extend([Rejection(code, message)] * times)

    def call(self, scope, operation, parameters, now):
        self.requests += 1
        run = {
            "PutResourcePolicy": self.put,
            "ListResourcePolicies": self.list,
            "DeleteResourcePolicy": self.delete,
        }[operation]
        try:
            if self.injected[operation]:
                raise self.injected[operation].popleft()
            response = run(scope, int(now), **{_snake_case(name): value for name, value in parameters.items()})
        except Rejection as rejection:
            self.log(scope, operation, parameters, rejection.code)
            return self._rejected(operation, rejection)
        self.log(scope, operation, parameters, None)
        return {**response, "ResponseMetadata": self._metadata(200)}

    def log(self, scope, operation, parameters, error_code):
        self.calls.append((operation, parameters, *scope, error_code))

    def put(self, scope, now, policy_name, policy_document, policy_revision_id=None, bypass_policy_lockout_check=False):
        check("policyName", policy_name, 128, r"[\w+=,.@-]+")
        document = DOCUMENTS[policy_document]
        if not is_json(document.text):
            raise Rejection("MalformedPolicyDocumentException", None, has_reason=True)
        size = len(document.text.encode())
        if size > 5120:
            message = f"The policy document has {size} bytes; the limit is 5120."
            raise Rejection("PolicySizeLimitExceededException", message)
        if document.normal_form is None:
            raise Rejection("MalformedPolicyDocumentException", None, has_reason=True)
        policies = self.policies[scope]
        revision = self.revision(scope, policy_name)
        if policy_revision_id not in (None, revision):
            message = f"Another concurrent request has modified the resource policy {policy_name}"
            raise Rejection("InvalidPolicyRevisionIdException", message)
        if policy_name not in policies and len(policies) >= self.policy_limit:
            message = (
                f"The resource policy {policy_name} would exceed the limit of {self.policy_limit} resource policies "
                "in this account and Region."
            )
            raise Rejection("PolicyCountLimitExceededException", message, has_reason=True)
        if scope.account_id in document.locks_out and not bypass_policy_lockout_check:
            message = (
                "The new resource policy will not allow the caller of this request to call PutResourcePolicy in the "
                "future."
            )
            raise Rejection("LockoutPreventionException", message, has_reason=True)
        # An updated policy keeps its position in the order of creation.
        policies[policy_name] = {
            "PolicyName": policy_name,
            "PolicyDocument": document.normal_form,
            "PolicyRevisionId": str(int(revision) + 1),
            "LastUpdatedTime": datetime.fromtimestamp(now, timezone.utc),
        }
        return {"ResourcePolicy": policies[policy_name]}

    def list(self, scope, now, next_token=None):
        if next_token is not None:
            check("nextToken", next_token, 100, ".*")
            raise Rejection("InvalidRequestException", "NextToken is currently not supported")
        return {"ResourcePolicies": list(self.policies[scope].values())}

    def delete(self, scope, now, policy_name, policy_revision_id=None):
        check("policyName", policy_name, 128, r"[\w+=,.@-]+")
        if policy_name not in self.policies[scope] and policy_revision_id is None:
            raise Rejection("InvalidRequestException", f"The resource policy {policy_name} does not exist.")
        if policy_name not in self.policies[scope] or policy_revision_id not in (
            None,
            self.revision(scope, policy_name),
        ):
            message = f"Another concurrent request has modified or deleted the resource policy {policy_name}"
            raise Rejection("InvalidPolicyRevisionIdException", message)
        del self.policies[scope][policy_name]
        return {}

    def revision(self, scope, policy_name):
        """Return the current revision of a policy, or "0" if it does not exist."""
        policy = self.policies[scope].get(policy_name)
        return policy["PolicyRevisionId"] if policy else "0"

    def _metadata(self, status, **headers):
        request_id = f"00000000-0000-4000-8000-{self.requests:012x}"
        return {
            "RequestId": request_id,
            "HTTPStatusCode": status,
            "HTTPHeaders": {"x-amzn-requestid": request_id, "content-type": "application/json"} | headers,
            "RetryAttempts": 0,
        }

    def _rejected(self, operation, rejection):
        code, message = rejection.code, rejection.message
        # botocore raises these exceptions itself, without a response.
        if code.endswith("Error"):
            return ErrorSummary(code, text=ANY, response=None, has_note=False)
        headers = {"x-amzn-errortype": code} | ({"x-fake-xray-reason": ANY} if rejection.has_reason else {})
        response = {
            "Error": {"Code": code, "Message": message},
            "ResponseMetadata": self._metadata(STATUS.get(code, 400), **headers),
        }
        if code not in NOT_MODELLED and message is not None:
            response["Message"] = message
        return ErrorSummary(
            "ClientError" if code in NOT_MODELLED else code,
            f"An error occurred ({code}) when calling the {operation} operation: {message}",
            response,
            rejection.has_reason,
        )


class ErrorSummary(NamedTuple):
    """The parts of an exception that tests compare."""

    class_name: str
    text: str
    response: dict | None
    has_note: bool


def summarize(outcome):
    """Return an outcome in the form in which `Model.call` returns it: a response, or the summary of an exception."""
    if not isinstance(outcome, Exception):
        return outcome
    response = getattr(outcome, "response", None)
    return ErrorSummary(type(outcome).__name__, str(outcome), response, hasattr(outcome, "__notes__"))


def check(member, value, max_length, pattern):
    """Reject a value that is too long or that does not match the pattern of its member."""
    violations = []
    if len(value.encode("utf-16-le")) // 2 > max_length:
        violations.append(f"Member must have length less than or equal to {max_length}")
    if not re.fullmatch(pattern, value, re.ASCII | re.DOTALL):
        violations.append(f"Member must satisfy regular expression pattern: {pattern}")
    if violations:
        errors = "1 validation error" if len(violations) == 1 else f"{len(violations)} validation errors"
        details = "; ".join(
            f"Value '{value}' at '{member}' failed to satisfy constraint: {text}" for text in violations
        )
        raise Rejection("ValidationException", f"{errors} detected: {details}")


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _snake_case(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _document(action="xray:*", effect="Allow", principal="*", *, indent=None, locks_out=(), **elements):
    """Return a valid document. AWS removes its white space, and stores an Action list of one as that action."""

    def text(action, **layout):
        statement = {"Effect": effect, "Principal": principal, "Action": action, "Resource": "*", **elements}
        document = {"Version": "2012-10-17", "Statement": [statement]}
        return json.dumps(document, ensure_ascii=False, **layout)

    stored_action = action[0] if isinstance(action, list) and len(action) == 1 else action
    return Document(text(action, indent=indent), text(stored_action, separators=(",", ":")), locks_out)


ACCOUNTS = ("123456789012", "111122223333")
SNS = {"Service": "sns.amazonaws.com"}
# The longest document that AWS accepts. The Sid pads it to 5,120 bytes.
LONGEST = _document(Sid="")
LONGEST = _document(Sid="é" * ((5120 - len(LONGEST.text)) // 2) + "e" * ((5120 - len(LONGEST.text)) % 2))
assert len(LONGEST.text.encode()) == 5120

ACCEPTED = [
    Document(SNS_DOCUMENT, json.dumps(json.loads(SNS_DOCUMENT), separators=(",", ":"))),
    _document(["xray:PutTraceSegments"], principal=SNS, indent=4),
    _document("xray:PutResourcePolicy", "Deny", SNS),
    _document("*", "Deny", Condition={"Bool": {"aws:SecureTransport": "false"}}),
    LONGEST,
]
LOCKING_OUT = [
    _document("xray:PutResourcePolicy", "Deny", locks_out=ACCOUNTS),
    _document("xray:Put*", "Deny", {"AWS": "arn:aws:iam::123456789012:user/fake-xray"}, locks_out=ACCOUNTS[:1]),
    _document(["*"], "Deny", {"AWS": "111122223333"}, locks_out=ACCOUNTS[1:]),
]
REJECTED = [
    Document("", None),
    Document("{", None),
    Document("{" + " " * 5120, None),
    Document("{}", None),
    Document("[]", None),
    Document('{"Statement": []}', None),
    Document('{"Statement": [{"Effect": "Allow"}]}', None),
    Document(_document().text.replace("Allow", "allow"), None),
    # One valid and one malformed document, both longer than the limit.
    Document(LONGEST.text + " ", LONGEST.normal_form),
    Document("{}" + " " * 5120, None),
]
DOCUMENTS = {document.text: document for document in [*ACCEPTED, *LOCKING_OUT, *REJECTED]}
