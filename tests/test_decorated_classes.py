"""mock_xray as a decorator of test classes, with unittest, Django and pytest."""

import asyncio
import unittest

import boto3
import pytest
from conftest import SNS_DOCUMENT

from fake_xray import FakeXRay, active_fake, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")


def put(name):
    boto3.client("xray").put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT)


def names():
    return [policy["PolicyName"] for policy in boto3.client("xray").list_resource_policies()["ResourcePolicies"]]


def run(*cases):
    """Run unittest test cases. Return the number of tests that passed, and the errors of the other tests."""
    result = unittest.TestResult()
    loader = unittest.defaultTestLoader
    unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in cases).run(result)
    assert active_fake() is None
    problems = [text.splitlines()[-1] for _, text in result.errors + result.failures]
    return result.testsRun - len(problems), problems


# The first lines of each test file that `run_pytest` writes.
HEADER = f"""
import unittest

import boto3
import pytest
from fake_xray import FakeXRay, active_fake, mock_xray


def put(name):
    boto3.client("xray").put_resource_policy(PolicyName=name, PolicyDocument='''{SNS_DOCUMENT}''')


def names():
    return [policy["PolicyName"] for policy in boto3.client("xray").list_resource_policies()["ResourcePolicies"]]
"""


@pytest.fixture
def run_pytest(pytester):
    def run_pytest(source, *arguments):
        pytester.makepyfile(HEADER + source)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *arguments)

    return run_pytest


class TestUnittest:
    @pytest.mark.parametrize("base", [unittest.TestCase, unittest.IsolatedAsyncioTestCase])
    def test_each_test_sees_the_state_of_the_class_setup_but_not_of_other_tests(self, base):
        seen = []

        @mock_xray()
        class Suite(base):
            @classmethod
            def setUpClass(cls):
                super().setUpClass()
                put("class")

            @classmethod
            def tearDownClass(cls):
                seen.append(names())

            def setUp(self):
                put("set-up")

            def tearDown(self):
                seen.append(names())

            def test_one(self):
                put("one")

            def test_two(self):
                put("two")

        assert run(Suite) == (2, [])
        assert seen == [["class", "set-up", "one"], ["class", "set-up", "two"], ["class"]]

    def test_the_log_has_the_calls_of_the_class_setup_and_of_the_test(self):
        seen = []

        @mock_xray
        class Suite(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                cls.fake = active_fake()
                put("class")

            def test_one(self):
                names()
                assert self.fake is active_fake()
                seen.append(len(self.fake.calls))

            test_two = test_one

        assert run(Suite) == (2, [])
        assert seen == [2, 2]

    def test_a_client_created_in_the_class_setup_works_in_the_tests(self):
        @mock_xray()
        class Suite(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                cls.xray = boto3.client("xray")

            def test_one(self):
                assert self.xray.list_resource_policies()["ResourcePolicies"] == []
                put("one")

            test_two = test_one

        assert run(Suite) == (2, [])

    def test_an_explicit_fake_of_a_decorated_test_case_keeps_its_state_from_test_to_test(self):
        fake = FakeXRay()

        @mock_xray(fake)
        class Suite(unittest.TestCase):
            def test_one(self):
                put("one")

            def test_two(self):
                put("two")

        assert run(Suite) == (2, [])
        assert [policy["PolicyName"] for policy in fake.client().list_resource_policies()["ResourcePolicies"]] == [
            "one",
            "two",
        ]

    def test_the_block_of_a_decorated_test_case_ends_if_its_class_setup_fails(self):
        @mock_xray()
        class Suite(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                put("class")
                raise LookupError("the setup failed")

            def test_one(self):
                raise AssertionError

        class After(unittest.TestCase):
            def test_one(self):
                assert active_fake() is None

        assert run(Suite, After) == (0, ["LookupError: the setup failed"])

    def test_class_cleanups_of_a_decorated_test_case_run_inside_the_block(self):
        seen = []

        @mock_xray()
        class Suite(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                cls.addClassCleanup(lambda: seen.append(names()))

            def test_one(self):
                pass

        assert run(Suite) == (1, [])
        assert seen == [[]]

    def test_a_subclass_of_a_decorated_test_case_has_a_block_and_can_be_decorated_too(self):
        @mock_xray()
        class Base(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                put("base")

        class Plain(Base):
            @classmethod
            def setUpClass(cls):
                super().setUpClass()
                put("sub")

            def test_names(self):
                assert names() == ["base", "sub"]

        @mock_xray(FakeXRay(region_name="eu-west-3"))
        class Decorated(Base):
            @classmethod
            def setUpClass(cls):
                put("sub")
                super().setUpClass()

            def test_names(self):
                assert boto3.client("xray").meta.region_name == "eu-west-3"
                assert names() == ["sub", "base"]

        assert run(Plain, Decorated) == (2, [])

    def test_a_test_case_that_runs_without_a_suite_has_a_block(self):
        @mock_xray()
        class Suite(unittest.TestCase):
            def test_one(self):
                put("one")
                assert names() == ["one"]

        Suite("test_one").debug()
        result = unittest.TestResult()
        Suite("test_one").run(result)
        assert result.wasSuccessful()
        assert active_fake() is None

    def test_django_test_data_is_created_inside_the_block(self):
        class DjangoTestCase(unittest.TestCase):
            """Like django.test.TestCase: setUpClass calls setUpTestData, and __call__ runs the test."""

            @classmethod
            def setUpClass(cls):
                super().setUpClass()
                cls.setUpTestData()

            @classmethod
            def setUpTestData(cls):
                pass

            def __call__(self, result=None):
                self._pre_setup()
                super().__call__(result)
                names()

            def _pre_setup(self):
                names()

        @mock_xray()
        class Suite(DjangoTestCase):
            @classmethod
            def setUpTestData(cls):
                put("data")

            def test_one(self):
                assert names() == ["data"]
                put("one")

            test_two = test_one

        assert run(Suite) == (2, [])


class TestPytest:
    def test_class_and_method_setup_of_a_decorated_pytest_class_run_inside_blocks(self, run_pytest):
        run_pytest(
            """
@mock_xray()
class TestSuite:
    @classmethod
    def setup_class(cls):
        put("class")

    def setup_method(self, method):
        assert method.__name__ in {"test_one", "test_two", "test_static"}
        put("method")

    @pytest.fixture(autouse=True)
    def seeded(self):
        put("fixture")
        yield
        assert "fixture" in names()

    def test_one(self):
        assert names() == ["class", "method", "fixture"]
        put("one")

    def test_two(self):
        assert names() == ["class", "method", "fixture"]
        put("two")

    @staticmethod
    def test_static():
        assert names() == ["class", "method", "fixture"]

    def teardown_method(self):
        assert names()[:3] == ["class", "method", "fixture"]

    def teardown_class(cls):
        assert names() == ["class"]


def test_the_block_has_ended():
    assert active_fake() is None
"""
        ).assert_outcomes(passed=4)

    def test_setup_methods_of_a_decorated_pytest_class_may_take_no_arguments(self, run_pytest):
        run_pytest(
            """
@mock_xray
class TestSuite:
    @staticmethod
    def setup_class():
        put("class")

    def setup_method(self):
        put("method")

    def test_one(self):
        assert names() == ["class", "method"]


class TestSub(TestSuite):
    def setup_method(self):
        super().setup_method()
        put("sub")

    def test_one(self):
        assert names() == ["class", "method", "sub"]

    def test_new(self):
        assert names() == ["class", "method", "sub"]
"""
        ).assert_outcomes(passed=3)

    def test_nested_classes_of_a_decorated_pytest_class_run_inside_blocks(self, run_pytest):
        run_pytest(
            """
@mock_xray()
class TestOuter:
    def setup_class(cls):
        put("outer")

    def test_one(self):
        assert names() == ["outer"]
        put("one")

    class TestInner:
        def setup_class(cls):
            put("inner")

        @pytest.fixture
        def seeded(self):
            put("fixture")

        def test_one(self, seeded):
            assert names() == ["outer", "inner", "fixture"]

        def test_two(self):
            assert names() == ["outer", "inner"]

    class TestCase(unittest.TestCase):
        @classmethod
        def setUpClass(cls):
            put("case")

        def test_one(self):
            assert names()[-1] == "case"

        def test_two(self):
            assert names()[-1] == "case"


def test_the_block_has_ended():
    assert active_fake() is None
"""
        ).assert_outcomes(passed=6)

    def test_the_block_of_a_decorated_pytest_class_ends_if_a_setup_method_fails(self, run_pytest):
        result = run_pytest(
            """
@mock_xray()
class TestClass:
    def setup_class(cls):
        raise LookupError

    def test_one(self):
        pass


@mock_xray()
class TestMethod:
    def setup_method(self):
        put("method")
        raise LookupError

    def test_one(self):
        pass

    def test_two(self):
        pass

    def teardown_class(cls):
        assert names() == []


def test_the_block_has_ended():
    assert active_fake() is None
"""
        )
        result.assert_outcomes(passed=1, errors=3)

    def test_a_decorated_unittest_class_runs_inside_blocks_under_pytest(self, run_pytest):
        run_pytest(
            """
@mock_xray()
class TestSuite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        put("class")

    def setup_method(self, method):
        put("method")

    def test_one(self):
        assert names() == ["class", "method"]
        put("one")

    def test_two(self):
        assert names() == ["class", "method"]

    @classmethod
    def tearDownClass(cls):
        names()


def test_the_block_has_ended():
    assert active_fake() is None
""",
        ).assert_outcomes(passed=3)

    def test_decorated_classes_run_inside_blocks_under_pytest_with_pdb(self, run_pytest):
        run_pytest(
            """
@mock_xray()
class TestSuite(unittest.TestCase):
    def tearDown(self):
        names()

    def test_one(self):
        names()
""",
            "--pdb",
        ).assert_outcomes(passed=1)


class TestMethodsCalledDirectly:
    def test_each_direct_call_of_a_decorated_method_runs_inside_a_new_block(self):
        @mock_xray()
        class Suite:
            def test_one(self):
                put("one")
                return names()

            @staticmethod
            def test_static():
                return names()

            @classmethod
            def test_of_class(cls):
                return cls.__name__, names()

            async def test_coroutine(self):
                put("one")
                await asyncio.sleep(0)
                return names()

            def helper(self):
                return active_fake()

        suite = Suite()
        assert suite.test_one() == suite.test_one() == ["one"]
        assert suite.test_static() == []
        assert suite.test_of_class() == ("Suite", [])
        assert asyncio.run(suite.test_coroutine()) == ["one"]
        assert suite.helper() is None


class Elsewhere:
    def test_one(self):
        pass


class TestUnsupportedClasses:
    def test_a_fixture_with_the_name_of_a_setup_method_is_an_error(self):
        class Suite:
            @pytest.fixture(autouse=True)
            def setup_method(self):
                pass

            def test_one(self):
                pass

        with pytest.raises(TypeError, match=r"Suite: its setup_method is not a method .* use the fixture fake_xray"):
            mock_xray()(Suite)

    def test_a_nested_test_class_that_is_defined_elsewhere_is_an_error(self):
        class Suite:
            TestElsewhere = Elsewhere

        with pytest.raises(TypeError, match=r"Suite.TestElsewhere: it is defined elsewhere, as Elsewhere. Decorate it"):
            mock_xray()(Suite)

    def test_a_class_whose_attributes_cannot_be_set_is_an_error(self):
        with pytest.raises(TypeError, match=r"cannot decorate <class 'int'>: its attributes cannot be set"):
            mock_xray()(int)

    def test_nested_classes_that_are_not_test_classes_are_not_changed(self):
        @mock_xray()
        class Suite:
            model = Elsewhere

            class Helper:
                pass

        assert Suite.model is Elsewhere
        assert not hasattr(Elsewhere, "setup_method")
        assert not hasattr(Suite.Helper, "setup_method")
