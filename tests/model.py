"""AWS X-Ray's resource policies in plain Python, one call after the other: what the fake is compared with.

Written after docs/fidelity.md, not after the Rust. It reads no document: the `Document`s say themselves what AWS makes
of them.
"""

import json
import re
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import NamedTuple
from unittest.mock import ANY

from conftest import SNS_DOCUMENT


class Place(NamedTuple):
    """Where policies are kept apart."""

    account_id: str = "123456789012"
    region_name: str = "us-east-1"


class Document(NamedTuple):
    """A text, and what AWS makes of it."""

    text: str
    # None: it is malformed.
    normal_form: str | None
    # The accounts whose user `fake-xray` it locks out.
    locks_out: tuple[str, ...] = ()


@dataclass
class Refusal(Exception):
    code: str
    message: str | None
    # Whether the fake tells why, beside what AWS says.
    has_reason: bool = False


# The status of an error that is not 400, and the errors that X-Ray's API model does not declare.
STATUS = {
    "AccessDeniedException": 403,
    "ResourceNotFoundException": 404,
    "ThrottledException": 429,
    "InternalFailure": 500,
    "ServiceUnavailable": 503,
}
NOT_MODELLED = {"AccessDeniedException", "InternalFailure", "ServiceUnavailable", "ValidationException"}


class Model:
    """A whole X-Ray: `call` answers what `shown` shows of the fake's answer to the same call."""

    def __init__(self, policy_limit=5):
        self.policy_limit = policy_limit
        self.requests = 0
        self.reset()

    def reset(self):
        self.policies = defaultdict(dict)
        self.injected = defaultdict(deque)
        self.calls = []

    def inject_error(self, operation, code, message, times):
        self.injected[operation].extend([Refusal(code, message)] * times)

    def call(self, place, operation, parameters, now):
        self.requests += 1
        run = {
            "PutResourcePolicy": self.put,
            "ListResourcePolicies": self.list,
            "DeleteResourcePolicy": self.delete,
        }[operation]
        try:
            if self.injected[operation]:
                raise self.injected[operation].popleft()
            answer = run(place, int(now), **{_snake_case(name): value for name, value in parameters.items()})
        except Refusal as refusal:
            self.log(place, operation, parameters, refusal.code)
            return self._refused(operation, refusal)
        self.log(place, operation, parameters, None)
        return {**answer, "ResponseMetadata": self._metadata(200)}

    def log(self, place, operation, parameters, error_code):
        self.calls.append((operation, parameters, *place, error_code))

    def put(self, place, now, policy_name, policy_document, policy_revision_id=None, bypass_policy_lockout_check=False):
        check("policyName", policy_name, 128, r"[\w+=,.@-]+")
        document = DOCUMENTS[policy_document]
        if not is_json(document.text):
            raise Refusal("MalformedPolicyDocumentException", None, has_reason=True)
        size = len(document.text.encode())
        if size > 5120:
            message = f"The policy document has {size} bytes; the limit is 5120."
            raise Refusal("PolicySizeLimitExceededException", message)
        if document.normal_form is None:
            raise Refusal("MalformedPolicyDocumentException", None, has_reason=True)
        policies = self.policies[place]
        revision = self.revision(place, policy_name)
        if policy_revision_id not in (None, revision):
            message = f"Another concurrent request has modified the resource policy {policy_name}"
            raise Refusal("InvalidPolicyRevisionIdException", message)
        if policy_name not in policies and len(policies) >= self.policy_limit:
            message = (
                f"The resource policy {policy_name} would exceed the limit of {self.policy_limit} resource policies "
                "in this account and Region."
            )
            raise Refusal("PolicyCountLimitExceededException", message, has_reason=True)
        if place.account_id in document.locks_out and not bypass_policy_lockout_check:
            message = (
                "The new resource policy will not allow the caller of this request to call PutResourcePolicy in the "
                "future."
            )
            raise Refusal("LockoutPreventionException", message, has_reason=True)
        # A policy that is there already keeps its place in the order.
        policies[policy_name] = {
            "PolicyName": policy_name,
            "PolicyDocument": document.normal_form,
            "PolicyRevisionId": str(int(revision) + 1),
            "LastUpdatedTime": datetime.fromtimestamp(now, timezone.utc),
        }
        return {"ResourcePolicy": policies[policy_name]}

    def list(self, place, now, next_token=None):
        if next_token is not None:
            check("nextToken", next_token, 100, ".*")
            raise Refusal("InvalidRequestException", "NextToken is currently not supported")
        return {"ResourcePolicies": list(self.policies[place].values())}

    def delete(self, place, now, policy_name, policy_revision_id=None):
        check("policyName", policy_name, 128, r"[\w+=,.@-]+")
        if policy_name not in self.policies[place] and policy_revision_id is None:
            raise Refusal("InvalidRequestException", f"The resource policy {policy_name} does not exist.")
        if policy_name not in self.policies[place] or policy_revision_id not in (
            None,
            self.revision(place, policy_name),
        ):
            message = f"Another concurrent request has modified or deleted the resource policy {policy_name}"
            raise Refusal("InvalidPolicyRevisionIdException", message)
        del self.policies[place][policy_name]
        return {}

    def revision(self, place, policy_name):
        """The current revision of a policy, "0" of one that does not exist."""
        policy = self.policies[place].get(policy_name)
        return policy["PolicyRevisionId"] if policy else "0"

    def _metadata(self, status, **headers):
        request_id = f"00000000-0000-4000-8000-{self.requests:012x}"
        return {
            "RequestId": request_id,
            "HTTPStatusCode": status,
            "HTTPHeaders": {"x-amzn-requestid": request_id, "content-type": "application/json"} | headers,
            "RetryAttempts": 0,
        }

    def _refused(self, operation, refusal):
        code, message = refusal.code, refusal.message
        if code.endswith("Error"):
            return Shown(code, text=ANY, response=None, has_note=False)
        headers = {"x-amzn-errortype": code} | ({"x-fake-xray-reason": ANY} if refusal.has_reason else {})
        response = {
            "Error": {"Code": code, "Message": message},
            "ResponseMetadata": self._metadata(STATUS.get(code, 400), **headers),
        }
        if code not in NOT_MODELLED and message is not None:
            response["Message"] = message
        return Shown(
            "ClientError" if code in NOT_MODELLED else code,
            f"An error occurred ({code}) when calling the {operation} operation: {message}",
            response,
            refusal.has_reason,
        )


class Shown(NamedTuple):
    """What a caller sees of an exception."""

    class_name: str
    text: str
    response: dict | None
    has_note: bool


def shown(outcome):
    """What a caller sees of an answer or an exception, to be compared with the model's."""
    if not isinstance(outcome, Exception):
        return outcome
    response = getattr(outcome, "response", None)
    return Shown(type(outcome).__name__, str(outcome), response, hasattr(outcome, "__notes__"))


def check(member, value, longest, pattern):
    faults = []
    if len(value.encode("utf-16-le")) // 2 > longest:
        faults.append(f"Member must have length less than or equal to {longest}")
    if not re.fullmatch(pattern, value, re.ASCII | re.DOTALL):
        faults.append(f"Member must satisfy regular expression pattern: {pattern}")
    if faults:
        errors = "1 validation error" if len(faults) == 1 else f"{len(faults)} validation errors"
        told = "; ".join(f"Value '{value}' at '{member}' failed to satisfy constraint: {fault}" for fault in faults)
        raise Refusal("ValidationException", f"{errors} detected: {told}")


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _snake_case(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _document(action="xray:*", effect="Allow", principal="*", *, indent=None, locks_out=(), **elements):
    """A well-formed document. AWS takes white space out of it and an action out of its list of one."""

    def written(action, **layout):
        statement = {"Effect": effect, "Principal": principal, "Action": action, "Resource": "*", **elements}
        document = {"Version": "2012-10-17", "Statement": [statement]}
        return json.dumps(document, ensure_ascii=False, **layout)

    only = action[0] if isinstance(action, list) and len(action) == 1 else action
    return Document(written(action, indent=indent), written(only, separators=(",", ":")), locks_out)


ACCOUNTS = ("123456789012", "111122223333")
SNS = {"Service": "sns.amazonaws.com"}
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
REFUSED = [
    Document("", None),
    Document("{", None),
    Document("{" + " " * 5120, None),
    Document("{}", None),
    Document("[]", None),
    Document('{"Statement": []}', None),
    Document('{"Statement": [{"Effect": "Allow"}]}', None),
    Document(_document().text.replace("Allow", "allow"), None),
    # too long: one that is well-formed, and one that is not
    Document(LONGEST.text + " ", LONGEST.normal_form),
    Document("{}" + " " * 5120, None),
]
DOCUMENTS = {document.text: document for document in [*ACCEPTED, *LOCKING_OUT, *REFUSED]}
