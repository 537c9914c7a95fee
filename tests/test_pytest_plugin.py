"""The pytest plugin. Each test runs pytest on a small test suite."""

import textwrap

import pytest


@pytest.fixture
def suite(pytester, monkeypatch):
    """Return a function that writes a test module, whose tests can use the fixture `document`, a policy document."""
    pytester.makeconftest(
        """
        import pytest

        @pytest.fixture
        def document():
            return (
                '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},'
                '"Action":"xray:PutTraceSegments","Resource":"*"}]}'
            )
        """
    )

    def write(text):
        pytester.makepyfile(textwrap.dedent(text))
        return pytester

    return write


def test_the_fixture_handles_calls_of_clients_that_the_application_creates(suite):
    suite(
        """
        import boto3

        def test_grant(fake_xray, document):
            boto3.client("xray").put_resource_policy(PolicyName="p", PolicyDocument=document)
            policies = fake_xray.client().list_resource_policies()["ResourcePolicies"]
            assert [policy["PolicyName"] for policy in policies] == ["p"]

        def test_client(fake_xray, xray_client, document):
            xray_client.put_resource_policy(PolicyName="p", PolicyDocument=document)
            assert len(fake_xray.client().list_resource_policies()["ResourcePolicies"]) == 1
        """
    ).runpytest().assert_outcomes(passed=2)


# The tests fail if one of them sees the policy of another.
STATE_PER_TEST = """
    import boto3
    import pytest

    @pytest.mark.parametrize("n", range(6))
    def test_empty(fake_xray, document, n):
        client = boto3.client("xray")
        assert client.list_resource_policies()["ResourcePolicies"] == []
        client.put_resource_policy(PolicyName="p", PolicyDocument=document)

    def test_unpatched():
        from botocore.session import Session
        assert "fake_xray" not in Session.create_client.__code__.co_filename
    """


def test_each_test_with_the_fixture_has_separate_state(suite):
    suite(STATE_PER_TEST).runpytest().assert_outcomes(passed=7)


def test_each_test_with_the_fixture_has_separate_state_in_reversed_order(suite):
    pytester = suite(STATE_PER_TEST)
    with (pytester.path / "conftest.py").open("a") as conftest:
        conftest.write("\n\ndef pytest_collection_modifyitems(items):\n    items.reverse()\n")
    result = pytester.runpytest("-v")
    result.assert_outcomes(passed=7)
    result.stdout.fnmatch_lines(["*test_unpatched*", "*test_empty?5?*", "*test_empty?0?*"])


def test_each_test_with_the_fixture_has_separate_state_under_xdist(suite):
    suite(STATE_PER_TEST).runpytest_subprocess("-n", "2").assert_outcomes(passed=7)


def test_the_marker_configures_the_fake_and_the_closest_marker_wins(suite):
    suite(
        """
        import boto3
        import pytest

        @pytest.mark.fake_xray(account_id="111122223333", region_name="eu-west-1", policy_limit=1)
        class TestMarked:
            def test_class(self, fake_xray):
                assert repr(fake_xray) == (
                    "FakeXRay(account_id='111122223333', region_name='eu-west-1', policy_limit=1)"
                )
                assert boto3.client("xray").meta.region_name == "eu-west-1"

            @pytest.mark.fake_xray(policy_limit=2)
            def test_closest(self, fake_xray):
                assert "policy_limit=2" in repr(fake_xray)
        """
    ).runpytest("--strict-markers").assert_outcomes(passed=2)


def test_the_marker_still_applies_after_a_nested_pytest_run(suite, request):
    request.applymarker(pytest.mark.fake_xray(policy_limit=2))
    nested = """
        import pytest

        @pytest.mark.fake_xray(policy_limit=3)
        def test_nested(fake_xray):
            assert "policy_limit=3" in repr(fake_xray)
        """
    suite(nested).runpytest_inprocess().assert_outcomes(passed=1)
    assert "policy_limit=2" in repr(request.getfixturevalue("fake_xray"))


def test_the_marker_activates_the_fixture(suite):
    suite(
        """
        import boto3
        import pytest

        @pytest.mark.fake_xray(region_name="eu-west-1")
        def test_marked():
            assert boto3.client("xray").list_resource_policies()["ResourcePolicies"] == []

        @pytest.mark.fake_xray(region_name="eu-west-2")
        class TestMarked:
            def test_method(self):
                assert boto3.client("xray").meta.region_name == "eu-west-2"
        """
    ).runpytest().assert_outcomes(passed=2)


def test_the_client_fixture_is_a_real_client_if_the_marker_requests_it(suite):
    suite(
        """
        import botocore.client
        import pytest

        @pytest.mark.fake_xray(real_clients=True)
        def test_real(xray_client, fake_xray, document):
            assert isinstance(xray_client, botocore.client.BaseClient)
            xray_client.put_resource_policy(PolicyName="p", PolicyDocument=document)
            assert len(fake_xray.calls) == 1
        """
    ).runpytest().assert_outcomes(passed=1)


def test_the_marker_activates_the_fixture_before_all_other_fixtures(suite):
    suite(
        """
        import boto3
        import pytest

        pytestmark = pytest.mark.fake_xray(region_name="eu-west-1")

        @pytest.fixture(autouse=True)
        def autouse():
            assert "FakeXRayClient" in repr(boto3.client("xray"))

        @pytest.fixture
        def application():
            return boto3.client("xray")

        class Test:
            def setup_method(self):
                self.client = boto3.client("xray")

            def test_method(self, application):
                assert self.client.meta.region_name == application.meta.region_name == "eu-west-1"
                assert self.client.list_resource_policies()["ResourcePolicies"] == []

            def test_that_requests_the_fixture(self, application, fake_xray):
                application.list_resource_policies()
                assert len(fake_xray.calls) == 1
        """
    ).runpytest().assert_outcomes(passed=2)


def test_the_marker_overrides_a_block_that_a_module_scoped_fixture_opened(suite):
    suite(
        """
        import boto3
        import pytest

        from fake_xray import mock_xray

        @pytest.fixture(scope="module")
        def shared():
            with mock_xray() as fake:
                yield fake

        @pytest.mark.fake_xray
        @pytest.mark.parametrize("n", range(2))
        def test_inner(shared, n):
            boto3.client("xray").list_resource_policies()
            assert len(shared.calls) == 0
        """
    ).runpytest().assert_outcomes(passed=2)


def test_a_marker_on_one_parameter_set_does_not_affect_the_others(suite):
    suite(
        """
        import pytest

        from fake_xray._core import active_fake

        @pytest.mark.parametrize("marked", [False, pytest.param(True, marks=pytest.mark.fake_xray), False])
        def test_one_of_three(marked):
            assert (active_fake() is not None) == marked
        """
    ).runpytest().assert_outcomes(passed=3)


def test_the_fixture_uses_the_region_of_the_environment_unless_the_marker_has_a_region(suite, monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    suite(
        """
        import boto3
        import pytest

        def test_environment(fake_xray, xray_client):
            assert boto3.client("xray").meta.region_name == xray_client.meta.region_name == "eu-central-1"

        @pytest.mark.fake_xray(region_name="us-west-2")
        def test_marker(fake_xray, xray_client):
            assert boto3.client("xray").meta.region_name == xray_client.meta.region_name == "us-west-2"
        """
    ).runpytest().assert_outcomes(passed=2)


def test_a_real_client_of_the_fixture_has_the_exception_classes_of_other_real_clients(suite):
    suite(
        """
        import boto3
        import pytest

        @pytest.mark.fake_xray(real_clients=True)
        def test_caught(xray_client):
            with pytest.raises(xray_client.exceptions.InvalidRequestException):
                boto3.client("xray").delete_resource_policy(PolicyName="missing")
        """
    ).runpytest().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("marker", "text"),
    [
        ("fake_xray('eu-west-1')", "takes keyword arguments only, not ('eu-west-1',)"),
        (
            "fake_xray(region='eu-west-1')",
            "has no argument 'region'; it takes account_id, region_name, caller_arn, policy_limit, accounts, "
            "record_calls, activation_delay, logs_policy, unsupported, group_limit, rule_limit, tag_limit, "
            "real_clients, strict",
        ),
        ("fake_xray(account_id='1')", "account_id must be twelve digits"),
        ("fake_xray(real_clients='no')", "real_clients must be a bool, not 'no'"),
        ("fake_xray(strict='no')", "strict must be a bool, not 'no'"),
        ("fake_xray(caller_arn='me')", "caller_arn must be the ARN of a user"),
    ],
)
def test_an_invalid_marker_argument_is_reported(suite, marker, text):
    result = suite(
        f"""
        import pytest

        @pytest.mark.{marker}
        def test_marked(fake_xray):
            pass
        """
    ).runpytest()
    result.assert_outcomes(errors=1)
    assert text in result.stdout.str()


def test_pytest_prints_the_reason_for_a_rejected_document(suite):
    result = suite(
        """
        def test_malformed(xray_client):
            xray_client.put_resource_policy(PolicyName="p", PolicyDocument="{}")
        """
    ).runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*MalformedPolicyDocumentException*: None", "*fake-xray: *Statement*"])


def test_pytest_lists_the_fixtures_and_the_marker_with_their_documentation(suite):
    pytester = suite("")
    fixtures = pytester.runpytest("--fixtures").stdout.str()
    assert "An empty `FakeXRay`" in fixtures
    assert 'A client like `boto3.client("xray")`' in fixtures
    pytester.runpytest("--markers").stdout.fnmatch_lines(["@pytest.mark.fake_xray(*, account_id*strict*"])


def test_a_run_without_the_fixture_imports_neither_the_extension_nor_botocore(suite):
    suite(
        """
        import sys

        def test_modules():
            assert "fake_xray.pytest_plugin" in sys.modules
            assert not {"fake_xray._core", "botocore", "boto3", "dateutil"} & set(sys.modules)
        """
    ).runpytest_subprocess("-p", "no:freezegun", "-p", "no:time_machine", "-p", "no:hypothesispytest").assert_outcomes(
        passed=1
    )


def test_the_marker_sets_the_caller_arn(suite):
    suite(
        """
        import boto3
        import pytest

        @pytest.mark.fake_xray(caller_arn="arn:aws:iam::123456789012:role/deploy")
        def test_locked_out(document):
            client = boto3.client("xray")
            denied = document.replace('"Allow","Principal":{"Service":"sns.amazonaws.com"}',
                '"Deny","Principal":{"AWS":"arn:aws:iam::123456789012:role/deploy"}'
            ).replace("PutTraceSegments", "PutResourcePolicy")
            with pytest.raises(client.exceptions.LockoutPreventionException):
                client.put_resource_policy(PolicyName="p", PolicyDocument=denied)
        """
    ).runpytest().assert_outcomes(passed=1)


def test_the_fixture_is_active_before_all_other_fixtures_of_a_test_that_uses_it(suite):
    suite(
        """
        import boto3
        import pytest

        @pytest.fixture(autouse=True)
        def autouse():
            global client
            client = boto3.client("xray", "us-east-1")

        @pytest.fixture
        def application():
            return boto3.client("xray")

        def check(client):
            assert type(client).__name__ == "FakeXRayClient"
            assert client.list_resource_policies()["ResourcePolicies"] == []

        def test_argument(application, fake_xray):
            check(application)
            check(client)

        def test_through_another_fixture(application, xray_client):
            check(application)
            check(client)

        @pytest.mark.usefixtures("fake_xray")
        def test_usefixtures(application):
            check(application)
            check(client)

        def test_that_does_not_use_it():
            assert type(client).__name__ == "XRay"
        """
    ).runpytest().assert_outcomes(passed=4)


def test_the_ini_option_fake_xray_autouse_activates_the_fixture_for_every_test(suite):
    pytester = suite(
        """
        import unittest

        import boto3
        import pytest

        @pytest.fixture
        def application():
            return boto3.client("xray")

        def test_function(application):
            assert application.list_resource_policies()["ResourcePolicies"] == []

        @pytest.mark.fake_xray(region_name="eu-west-1")
        def test_marked(application):
            assert application.meta.region_name == "eu-west-1"

        class TestCase(unittest.TestCase):
            def test_method(self):
                assert boto3.client("xray").list_resource_policies()["ResourcePolicies"] == []
        """
    )
    pytester.makeini("[pytest]\nfake_xray_autouse = true")
    pytester.runpytest().assert_outcomes(passed=3)
    pytester.makeini("[pytest]\nfake_xray_autouse = false")
    pytester.runpytest().assert_outcomes(passed=1, failed=1, errors=1)


UNUSED = """
    import pytest

    def test_unused(fake_xray):
        fake_xray.inject_error("PutResourcePolicy", "ThrottledException")
    """

SWALLOWED = """
    import boto3
    import pytest

    def emit():
        try:
            boto3.client("xray").put_trace_segments(TraceSegmentDocuments=["{}"])
        except Exception:
            pass

    def test_swallowed(fake_xray):
        emit()

    def test_swallowed_by_the_test_itself(fake_xray):
        try:
            boto3.client("xray").batch_get_traces(TraceIds=[])
        except Exception:
            pass

    @pytest.mark.fake_xray(real_clients=True)
    def test_swallowed_with_a_real_client(fake_xray):
        emit()
    """


def test_an_injected_error_that_was_not_used_fails_the_test_at_teardown(suite):
    result = suite(UNUSED).runpytest()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_unused*",
            "inject_error('PutResourcePolicy', 'ThrottledException') was not used by any call",
            "*strict=False*fake_xray_strict*",
        ]
    )


def test_a_swallowed_error_of_an_unsupported_operation_fails_the_test_at_teardown(suite):
    result = suite(SWALLOWED).runpytest()
    result.assert_outcomes(passed=3, errors=3)
    result.stdout.fnmatch_lines(
        ["The application called PutTraceSegments, which fake-xray does not support, and swallowed*"]
    )
    result.stdout.fnmatch_lines(["The application called BatchGetTraces, *"])


@pytest.mark.parametrize("code", [UNUSED, SWALLOWED], ids=["unused error", "swallowed error"])
@pytest.mark.parametrize("setting", ["marker", "ini"])
def test_strictness_can_be_turned_off_with_the_marker_or_the_ini_option(suite, code, setting):
    pytester = suite(
        textwrap.dedent(code) + ("\npytestmark = pytest.mark.fake_xray(strict=False)" if setting == "marker" else "")
    )
    if setting == "ini":
        pytester.makeini("[pytest]\nfake_xray_strict = false")
    outcomes = pytester.runpytest("-k", "not real_client").parseoutcomes()
    assert not {"errors", "failed"} & set(outcomes)


def test_the_marker_overrides_the_ini_option_for_strictness(suite):
    pytester = suite(textwrap.dedent(UNUSED) + "\npytestmark = pytest.mark.fake_xray(strict=True)")
    pytester.makeini("[pytest]\nfake_xray_strict = false")
    pytester.runpytest().assert_outcomes(passed=1, errors=1)


def test_a_test_that_fails_or_is_skipped_gets_no_second_error(suite):
    suite(
        """
        import boto3
        import pytest

        @pytest.fixture(autouse=True)
        def unused(fake_xray):
            fake_xray.inject_error("PutResourcePolicy", "ThrottledException")

        def test_failed():
            assert False

        def test_unsupported():
            boto3.client("xray").batch_get_traces(TraceIds=[])

        def test_skipped():
            pytest.skip("example")

        @pytest.mark.xfail(raises=NotImplementedError)
        def test_xfailed():
            boto3.client("xray").batch_get_traces(TraceIds=[])

        @pytest.fixture
        def broken():
            raise RuntimeError

        def test_setup(broken):
            pass
        """
    ).runpytest("-p", "no:xfail_strict").assert_outcomes(failed=2, skipped=1, xfailed=1, errors=1)


def test_a_strict_test_passes_if_all_errors_are_used_or_expected(suite):
    suite(
        """
        import boto3
        import pytest

        def test_used(fake_xray, xray_client):
            fake_xray.inject_error("ListResourcePolicies", "ThrottledException", times=2)
            fake_xray.inject_error("PutResourcePolicy", "ThrottledException", times=None)
            for _ in range(2):
                with pytest.raises(xray_client.exceptions.ThrottledException):
                    xray_client.list_resource_policies()

        def expect(client):
            with pytest.raises(NotImplementedError):
                client.batch_get_traces(TraceIds=[])

        def test_expected(fake_xray, xray_client):
            with pytest.raises(NotImplementedError):
                boto3.client("xray").put_trace_segments(TraceSegmentDocuments=["{}"])
            expect(xray_client)

        @pytest.mark.fake_xray(real_clients=True)
        def test_expected_of_a_real_client(fake_xray, xray_client):
            expect(xray_client)

        def test_removed_by_reset(fake_xray):
            fake_xray.inject_error("PutResourcePolicy", "ThrottledException")
            fake_xray.reset()
        """
    ).runpytest().assert_outcomes(passed=4)
