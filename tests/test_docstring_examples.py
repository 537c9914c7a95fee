"""The examples in docstrings run and print what they show."""

import doctest
import importlib
import inspect
from pathlib import Path

import boto3
import pytest

import fake_xray
from fake_xray import _core

# A docstring can break the line of a long result.
OPTIONS = doctest.NORMALIZE_WHITESPACE
EXTENSION_CLASSES = (_core.FakeXRay, _core.Evaluation, _core.MatchedStatement, _core.Operations)


def public_members(owner):
    """Return the public objects that a class defines, by their qualified names."""
    return {f"{owner.__name__}.{name}": getattr(owner, name) for name in vars(owner) if not name.startswith("_")}


def extension_objects():
    """Return the public objects of the extension, by name. Users see `Operations` as `FakeXRayClient`."""
    objects = {owner.__name__: owner for owner in EXTENSION_CLASSES if owner is not _core.Operations}
    for owner in EXTENSION_CLASSES:
        objects.update(public_members(owner))
    return {**objects, "active_fake": _core.active_fake}


def python_objects():
    """Return the modules of the package that are written in Python, and everything that they define, by name."""
    objects = {}
    for path in sorted(Path(fake_xray.__file__).parent.glob("*.py")):
        if path.stem == "__main__":
            continue
        name = "fake_xray" if path.stem == "__init__" else f"fake_xray.{path.stem}"
        module = objects[name] = importlib.import_module(name)
        for member in vars(module).values():
            if getattr(member, "__module__", None) == name and hasattr(member, "__name__"):
                objects[f"{name}.{member.__name__}"] = member
                if inspect.isclass(member):
                    objects.update({f"{name}.{inner}": value for inner, value in public_members(member).items()})
    return objects


def docstring(documented):
    """Return the docstring of an object, or of the function that a fixture wraps."""
    return inspect.getdoc(inspect.unwrap(documented)) or ""


OBJECTS = {**extension_objects(), **python_objects()}
EXAMPLES = [name for name, documented in sorted(OBJECTS.items()) if ">>>" in docstring(documented)]


@pytest.mark.thread_unsafe(reason="doctest replaces sys.stdout")
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_in_a_docstring_runs(name):
    names = {"boto3": boto3, **{public: getattr(fake_xray, public) for public in fake_xray.__all__}}
    example = doctest.DocTestParser().get_doctest(docstring(OBJECTS[name]), names, name, None, None)
    output = []
    results = doctest.DocTestRunner(optionflags=OPTIONS).run(example, out=output.append)
    assert results.attempted
    assert not results.failed, "".join(output)


@pytest.mark.parametrize("name", fake_xray.__all__)
def test_every_public_name_has_an_example(name):
    documented = getattr(fake_xray, name)
    assert any(OBJECTS[example] is documented for example in EXAMPLES) or has_a_member_with_an_example(name)


def has_a_member_with_an_example(name):
    """Return whether a member of a public module has an example, as some members of `fake_xray.exceptions` have."""
    return any(example.startswith(f"fake_xray.{name}.") for example in EXAMPLES)


@pytest.mark.parametrize("fixture", ["fake_xray", "xray_client"])
def test_every_fixture_has_an_example(fixture):
    assert f"fake_xray.pytest_plugin.{fixture}" in EXAMPLES


def test_every_public_object_of_the_extension_has_an_example():
    assert [name for name in extension_objects() if name not in EXAMPLES] == []
