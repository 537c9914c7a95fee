"""A strict block raises an AssertionError at its end if the test has overlooked something.

It reports injected errors that no call used, and NotImplementedErrors that the application swallowed.
"""

import asyncio
import contextlib
import unittest

import boto3
import pytest

from fake_xray import FakeXRay, active_fake, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")

# The message of the AssertionError contains this operation if the injected error was not used.
UNUSED = "ListResourcePolicies"


def inject(fake):
    fake.inject_error("ListResourcePolicies", "ThrottledException")


def test_a_strict_block_raises_at_its_end_if_an_injected_error_was_not_used():
    with pytest.raises(AssertionError, match=UNUSED), mock_xray() as fake:
        inject(fake)


def test_a_strict_block_does_not_report_a_used_injected_error():
    with mock_xray() as fake:
        inject(fake)
        with pytest.raises(fake.client().exceptions.ThrottledException):
            boto3.client("xray").list_resource_policies()


def swallow():
    with contextlib.suppress(NotImplementedError):
        boto3.client("xray").get_trace_summaries(StartTime=0, EndTime=1)


def test_a_strict_block_raises_at_its_end_if_a_not_implemented_error_was_swallowed():
    with pytest.raises(AssertionError, match="GetTraceSummaries"), mock_xray():
        swallow()


def test_stop_raises_if_an_injected_error_was_not_used():
    mock = mock_xray()
    inject(mock.start())
    with pytest.raises(AssertionError, match=UNUSED):
        mock.stop()


@pytest.mark.parametrize("is_coroutine", [False, True], ids=["function", "coroutine function"])
def test_a_decorated_function_raises_if_an_injected_error_was_not_used(is_coroutine):
    fake = FakeXRay()

    @mock_xray(fake)
    def work():
        inject(fake)

    @mock_xray(fake)
    async def work_asynchronously():
        inject(fake)

    with pytest.raises(AssertionError, match=UNUSED):
        asyncio.run(work_asynchronously()) if is_coroutine else work()


def test_a_decorated_function_that_returns_a_coroutine_is_checked_after_the_coroutine_has_run():
    fake = FakeXRay()
    inject(fake)

    async def work():
        with contextlib.suppress(Exception):
            boto3.client("xray").list_resource_policies()

    asyncio.run(mock_xray(fake)(lambda: work())())


def test_a_strict_block_does_not_replace_an_exception_of_its_body():
    fake = FakeXRay()
    inject(fake)
    with pytest.raises(LookupError), mock_xray(fake):
        raise LookupError
    # The fake no longer reports the unused error, so the next block does not fail.
    with mock_xray(fake):
        pass


def test_an_unused_injected_error_is_reported_only_once():
    fake = FakeXRay()
    with pytest.raises(AssertionError), mock_xray(fake):
        inject(fake)
    with mock_xray(fake):
        pass


def test_a_block_that_is_not_strict_reports_nothing():
    fake = FakeXRay()
    with mock_xray(fake, strict=False):
        inject(fake)
    with mock_xray(fake):
        pass


def test_an_unused_injected_error_fails_only_its_own_test_of_a_test_case():
    @mock_xray()
    class Suite(unittest.TestCase):
        def test_with_unused_error(self):
            inject(active_fake())

        def test_that_raises(self):
            inject(active_fake())
            raise LookupError

        def test_that_passes(self):
            pass

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Suite).run(result)
    assert result.testsRun == 3
    assert [case.id().rpartition(".")[2] for case, _ in result.failures] == ["test_with_unused_error"]
    assert UNUSED in result.failures[0][1]
    assert [case.id().rpartition(".")[2] for case, _ in result.errors] == ["test_that_raises"]


def test_an_unused_injected_error_fails_its_test_of_a_decorated_pytest_class(pytester):
    pytester.makepyfile(
        """
        from fake_xray import active_fake, mock_xray

        @mock_xray()
        class TestSuite:
            def test_one(self):
                active_fake().inject_error("ListResourcePolicies", "ThrottledException")

            def test_two(self):
                pass
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*AssertionError*ListResourcePolicies*"])
