"""The examples in the docstrings of the public API."""

import doctest

import boto3
import pytest

import fake_xray
from fake_xray import pytest_plugin

# Their docstrings have no example: tests use them only as results of `FakeXRay.evaluate`.
WITHOUT_EXAMPLE = {"Evaluation", "MatchedStatement"}
PUBLIC = {name: getattr(fake_xray, name) for name in fake_xray.__all__}


def examples_in(name):
    """Return the examples in the docstrings of a public object and of its members."""
    return [test for test in doctest.DocTestFinder().find(PUBLIC[name], name) if test.examples]


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - WITHOUT_EXAMPLE))
def test_every_public_object_has_an_example(name):
    assert examples_in(name)


@pytest.mark.parametrize("fixture", ["fake_xray", "xray_client"])
def test_every_fixture_has_an_example(fixture):
    assert ">>> " in getattr(pytest_plugin, fixture).__doc__


@pytest.mark.parametrize("name", PUBLIC)
def test_examples_in_docstrings_run(name):
    for test in examples_in(name):
        test.globs = {**PUBLIC, "boto3": boto3, "fake_xray": fake_xray}
        output = []
        failed = doctest.DocTestRunner().run(test, out=output.append).failed
        assert not failed, "".join(output)
