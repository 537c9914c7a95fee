"""Random sequences of calls have the responses, errors and call log that the model predicts.

Hypothesis generates the sequences. One machine calls `FakeXRayClient`s, which use the Python front end. The other calls
real clients, whose requests the HTTP front end handles.
"""

import functools
from unittest import mock

import boto3
import botocore.exceptions
import model
import pytest
from botocore import xform_name
from conftest import rounds
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from model import ACCOUNTS, Model, Scope, summarize
from oracle import outcome

from fake_xray import FakeXRay, mock_xray

OPERATIONS = st.sampled_from(["PutResourcePolicy", "ListResourcePolicies", "DeleteResourcePolicy"])
# A real client belongs to the second account if it has this access key.
ACCESS_KEYS = {"key": ACCOUNTS[1]}
HOME = Scope(ACCOUNTS[0], "us-east-1")
# There are few scopes and names, so that many calls refer to policies of earlier calls.
SCOPES = st.sampled_from([HOME, HOME, HOME, Scope(ACCOUNTS[1], "us-east-1"), Scope(ACCOUNTS[0], "eu-west-1")])
POLICY_LIMITS = st.sampled_from([5, 3, 2, 1, 0])
NAMES = st.sampled_from(["a", "b", "c"] * 4 + ["d", "e", "+=,.@-_", "n" * 128])
INVALID_NAMES = st.sampled_from(["/", "a b", "ä", "n" * 129, "😀" * 65])
# The scope and name of an existing policy.
POLICIES = st.runner().flatmap(lambda machine: st.sampled_from(machine.policies()))
TEXTS = st.sampled_from([document.text for document in [*model.ACCEPTED, *model.LOCKING_OUT, *model.REJECTED]])
ACCEPTED = st.sampled_from([document.text for document in model.ACCEPTED])
# A placeholder for the current revision of the policy.
CURRENT = object()
REVISIONS = st.sampled_from([None, CURRENT, CURRENT, "0", "1", "2", "01", ""])
ERRORS = st.tuples(
    st.sampled_from(["ThrottledException", "AccessDeniedException", "InternalFailure", "InvalidRequestException"]),
    st.text(max_size=3),
    st.integers(1, 2),
)
# Calls that send no request: operation, parameters, exception.
INVALID = [
    ("PutResourcePolicy", {}, "ParamValidationError"),
    ("PutResourcePolicy", {"PolicyName": "a", "PolicyDocument": "{", "PolicyRevisionId": 1}, "ParamValidationError"),
    ("ListResourcePolicies", {"NextToken": None}, "ParamValidationError"),
    ("DeleteResourcePolicy", {"PolicyName": ""}, "ParamValidationError"),
    ("BatchGetTraces", {"TraceIds": []}, "NotImplementedError"),
]


pytestmark = pytest.mark.thread_unsafe(reason="patches time.time")


class PythonFrontEnd(RuleBasedStateMachine):
    """Makes each call to the fake and to the model, and compares the outcomes. The clients are `FakeXRayClient`s."""

    examples = rounds(150, 2000)

    @initialize(policy_limit=POLICY_LIMITS)
    def start(self, policy_limit):
        self.now = 1_790_149_691.25
        self.fake, self.model = FakeXRay(policy_limit=policy_limit, accounts=ACCESS_KEYS), Model(policy_limit)
        self.clock = mock.patch("time.time", self.time)
        self.clock.start()

    def teardown(self):
        if hasattr(self, "clock"):
            self.clock.stop()

    def time(self):
        return self.now

    def client(self, scope):
        return self.fake.client(account_id=scope.account_id, region_name=scope.region_name)

    def method(self, scope, operation):
        return getattr(self.client(scope), xform_name(operation))

    def policies(self):
        return [(scope, name) for scope, policies in self.model.policies.items() for name in policies]

    def call(self, scope, operation, **parameters):
        parameters = {name: value for name, value in parameters.items() if value is not None}
        result = outcome(self.method(scope, operation), (), parameters)
        assert summarize(result) == self.model.call(scope, operation, parameters, self.now)
        if operation != "ListResourcePolicies":
            self.call(scope, "ListResourcePolicies")

    def put(self, scope, name, document, revision=None, bypass=None):
        self.call(
            scope,
            "PutResourcePolicy",
            PolicyName=name,
            PolicyDocument=document,
            PolicyRevisionId=self.model.revision(scope, name) if revision is CURRENT else revision,
            BypassPolicyLockoutCheck=bypass,
        )

    def delete(self, scope, name, revision=None):
        revision = self.model.revision(scope, name) if revision is CURRENT else revision
        self.call(scope, "DeleteResourcePolicy", PolicyName=name, PolicyRevisionId=revision)

    @rule(scope=SCOPES, name=NAMES, document=TEXTS, revision=REVISIONS, bypass=st.sampled_from([None, False, True]))
    def put_anything(self, scope, name, document, revision, bypass):
        self.put(scope, name, document, revision, bypass)

    @rule(scope=SCOPES, name=NAMES, document=ACCEPTED)
    def put_accepted_document(self, scope, name, document):
        self.put(scope, name, document)

    @precondition(lambda self: self.policies())
    @rule(policy=POLICIES, document=ACCEPTED, revision=REVISIONS)
    def update_existing_policy(self, policy, document, revision):
        self.put(*policy, document, revision)

    @rule(scope=SCOPES, name=NAMES, revision=REVISIONS)
    def delete_anything(self, scope, name, revision):
        self.delete(scope, name, revision)

    @precondition(lambda self: self.policies())
    @rule(policy=POLICIES, revision=REVISIONS)
    def delete_existing_policy(self, policy, revision):
        self.delete(*policy, revision)

    @rule(scope=SCOPES, name=INVALID_NAMES, document=TEXTS)
    def use_invalid_name(self, scope, name, document):
        self.put(scope, name, document)
        self.delete(scope, name)

    @rule(scope=SCOPES, token=st.sampled_from([None, None, None, "token", "t" * 101]))
    def list(self, scope, token):
        self.call(scope, "ListResourcePolicies", NextToken=token)

    @rule(scope=SCOPES, call=st.sampled_from(INVALID))
    def make_invalid_call(self, scope, call):
        operation, parameters, error = call
        assert type(outcome(self.method(scope, operation), (), parameters)).__name__ == error
        self.model.log(scope, operation, parameters, error)

    @precondition(lambda self: not any(self.model.injected.values()))
    @rule(operation=OPERATIONS, errors=st.lists(ERRORS, min_size=1, max_size=3))
    def inject_errors(self, operation, errors):
        for code, message, times in errors:
            self.fake.inject_error(operation, code, message=message, times=times)
            self.model.inject_error(operation, code, message, times)

    @precondition(lambda self: not any(self.model.injected.values()))
    @rule(operation=OPERATIONS)
    def inject_connection_failure(self, operation):
        self.fake.inject_error(operation, botocore.exceptions.ReadTimeoutError)
        self.model.inject_error(operation, "ReadTimeoutError", None, 1)

    @precondition(lambda self: len(self.model.calls) > 20)
    @rule()
    def reset(self):
        self.fake.reset()
        self.model.reset()

    @rule(seconds=st.floats(0, 3))
    def wait(self, seconds):
        self.now += seconds

    @invariant()
    def logs_are_equal(self):
        if hasattr(self, "fake"):
            log = [
                (call.operation, call.parameters, call.account_id, call.region_name, call.error_code)
                for call in self.fake.calls
            ]
            assert log == self.model.calls


class HttpFrontEnd(PythonFrontEnd):
    """Makes the same comparison with real clients, whose requests the HTTP front end handles."""

    examples = rounds(40, 400)

    def client(self, scope):
        return real_client(scope)

    @initialize(policy_limit=POLICY_LIMITS)
    def start(self, policy_limit):
        super().start(policy_limit)
        self.block = mock_xray(self.fake, strict=False)
        self.block.__enter__()

    def teardown(self):
        if hasattr(self, "block"):
            self.block.__exit__(None, None, None)
        super().teardown()


@functools.cache
def real_client(scope):
    keys = {account_id: key for key, account_id in ACCESS_KEYS.items()}
    client = boto3.session.Session().client(
        "xray", scope.region_name, aws_access_key_id=keys.get(scope.account_id, "any"), aws_secret_access_key="secret"
    )
    # The log would contain each retry as a call, and the model does not retry.
    client.meta.events.unregister("needs-retry.xray", unique_id="retry-config-xray")
    return client


@pytest.mark.parametrize("machine", [PythonFrontEnd, HttpFrontEnd])
def test_random_sequences_of_calls_have_the_outcomes_of_the_model(machine):
    limits = settings(max_examples=machine.examples, stateful_step_count=30, deadline=None, print_blob=True)
    run_state_machine_as_test(machine, settings=limits)
