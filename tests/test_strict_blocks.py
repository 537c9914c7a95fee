"""The end of a strict block raises what its fake has to report."""

import asyncio
import contextlib
import unittest

import boto3
import pytest

from fake_xray import FakeXRay, active_fake, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")

UNUSED = "ListResourcePolicies"


def inject(fake):
    fake.inject_error("ListResourcePolicies", "ThrottledException")


def test_an_injected_error_that_no_call_consumed_is_raised_at_the_end():
    with pytest.raises(AssertionError, match=UNUSED), mock_xray() as fake:
        inject(fake)


def test_a_consumed_error_is_not_reported():
    with mock_xray() as fake:
        inject(fake)
        with pytest.raises(fake.client().exceptions.ThrottledException):
            boto3.client("xray").list_resource_policies()


def swallow():
    with contextlib.suppress(NotImplementedError):
        boto3.client("xray").get_trace_summaries(StartTime=0, EndTime=1)


def test_a_swallowed_not_implemented_error_is_raised_at_the_end():
    with pytest.raises(AssertionError, match="GetTraceSummaries"), mock_xray():
        swallow()


def test_stop_raises_it():
    mock = mock_xray()
    inject(mock.start())
    with pytest.raises(AssertionError, match=UNUSED):
        mock.stop()


@pytest.mark.parametrize("is_coroutine", [False, True])
def test_a_decorated_function_raises_it(is_coroutine):
    own = FakeXRay()

    @mock_xray(own)
    def work():
        inject(own)

    @mock_xray(own)
    async def work_later():
        inject(own)

    with pytest.raises(AssertionError, match=UNUSED):
        asyncio.run(work_later()) if is_coroutine else work()


def test_a_function_that_returns_a_coroutine_is_checked_once_that_has_run():
    own = FakeXRay()
    inject(own)

    async def work():
        with contextlib.suppress(Exception):
            boto3.client("xray").list_resource_policies()

    asyncio.run(mock_xray(own)(lambda: work())())


def test_nothing_is_raised_over_another_exception():
    own = FakeXRay()
    inject(own)
    with pytest.raises(LookupError), mock_xray(own):
        raise LookupError
    # It is forgotten, so the next block does not fail for it.
    with mock_xray(own):
        pass


def test_the_same_is_not_reported_twice():
    own = FakeXRay()
    with pytest.raises(AssertionError), mock_xray(own):
        inject(own)
    with mock_xray(own):
        pass


def test_a_block_that_is_not_strict_reports_nothing():
    own = FakeXRay()
    with mock_xray(own, strict=False):
        inject(own)
    with mock_xray(own):
        pass


def test_a_test_case_fails_and_the_others_run():
    @mock_xray()
    class Suite(unittest.TestCase):
        def test_1(self):
            inject(active_fake())

        def test_2(self):
            inject(active_fake())
            raise LookupError

        def test_3(self):
            pass

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Suite).run(result)
    assert result.testsRun == 3
    assert [case.id().rpartition(".")[2] for case, _ in result.failures] == ["test_1"]
    assert UNUSED in result.failures[0][1]
    assert [case.id().rpartition(".")[2] for case, _ in result.errors] == ["test_2"]


def test_a_test_of_a_pytest_class_fails(pytester):
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
