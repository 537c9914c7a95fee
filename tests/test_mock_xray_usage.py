"""mock_xray as a bare decorator, its methods start and stop, its arguments, and the function active_fake."""

import asyncio
import unittest

import boto3
import pytest

import fake_xray
from fake_xray import FakeXRay, active_fake, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")


class TestBareDecorator:
    def test_a_function_decorated_without_parentheses_gets_a_new_fake_on_each_call(self):
        @mock_xray
        def work(number, *, other):
            boto3.client("xray").list_resource_policies()
            return active_fake(), number, other

        first, second = work(1, other=2), work(1, other=2)
        assert first[1:] == second[1:] == (1, 2)
        assert first[0] is not second[0]
        assert len(first[0].calls) == 1
        assert work.__name__ == "work"

    def test_mock_xray_without_parentheses_decorates_a_coroutine_function(self):
        @mock_xray
        async def work():
            return active_fake()

        assert isinstance(asyncio.run(work()), FakeXRay)

    def test_mock_xray_without_parentheses_decorates_a_class(self):
        @mock_xray
        class Suite(unittest.TestCase):
            def test_one(self):
                assert active_fake() is not None

        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(Suite).run(result)
        assert result.wasSuccessful()

    def test_mock_xray_without_parentheses_decorates_static_and_class_methods(self):
        class Suite:
            @mock_xray
            @staticmethod
            def static_method():
                return active_fake()

            @mock_xray
            @classmethod
            def class_method(cls):
                return cls, active_fake()

        assert isinstance(Suite.static_method(), FakeXRay)
        assert Suite().class_method()[0] is Suite
        assert active_fake() is None


class TestStartAndStop:
    def test_start_returns_the_fake_and_stop_ends_the_block(self):
        mock = mock_xray()
        fake = mock.start()
        try:
            boto3.client("xray").list_resource_policies()
            assert active_fake() is fake
            assert len(fake.calls) == 1
        finally:
            mock.stop()
        assert active_fake() is None

    def test_a_mock_with_an_explicit_fake_can_be_started_again(self):
        fake = FakeXRay()
        mock = mock_xray(fake)
        for _ in range(2):
            assert mock.start() is fake
            mock.stop()

    def test_a_test_case_can_use_start_and_stop(self):
        class Suite(unittest.TestCase):
            def setUp(self):
                mock = mock_xray()
                self.fake = mock.start()
                self.addCleanup(mock.stop)

            def test_one(self):
                assert active_fake() is self.fake

        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(Suite).run(result)
        assert result.wasSuccessful()
        assert active_fake() is None

    @pytest.mark.parametrize(
        "end", [lambda mock: mock.stop(), lambda mock: mock.__exit__(None, None, None)], ids=["stop", "exit"]
    )
    def test_ending_an_inactive_block_raises_runtime_error(self, end):
        mock = mock_xray()
        with pytest.raises(RuntimeError, match=r"this mock_xray\(\) is not active, .* call start\(\) first"):
            end(mock)
        with mock:
            pass
        with pytest.raises(RuntimeError, match="not active"):
            end(mock)


class TestActiveFake:
    def test_active_fake_returns_the_fake_of_the_innermost_block(self):
        assert fake_xray.active_fake() is None
        with mock_xray() as outer:
            with mock_xray() as inner:
                assert active_fake() is inner
            assert active_fake() is outer
        assert active_fake() is None


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"region_name": "eu-west-1"}, r"use mock_xray\(FakeXRay\(region_name='eu-west-1'\)\)"),
            (
                {"policy_limit": 2},
                r"no argument 'policy_limit', but FakeXRay has: use mock_xray\(FakeXRay\(policy_limit=2",
            ),
            ({"regoin": "x"}, "mock_xray.. has no argument 'regoin': it takes fake, real_clients and strict"),
            ({"real_clients": 1}, "real_clients must be a bool, not 1"),
            ({"strict": None}, "strict must be a bool, not None"),
        ],
    )
    def test_the_error_for_an_invalid_mock_xray_argument_says_what_to_use(self, arguments, message):
        with pytest.raises(TypeError, match=message):
            mock_xray(**arguments)

    @pytest.mark.parametrize(
        ("argument", "message"),
        [
            ("xray", "takes a FakeXRay, or a function or class to decorate, not 'xray'"),
            (FakeXRay, r"not the class: use mock_xray\(FakeXRay\(\)\)"),
        ],
    )
    def test_mock_xray_raises_type_error_for_an_argument_that_is_not_a_fake(self, argument, message):
        with pytest.raises(TypeError, match=message):
            mock_xray(argument)
