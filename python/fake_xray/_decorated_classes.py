"""`mock_xray` as a decorator of test classes: classes of unittest, Django and pytest.

One block lasts from the class-level setup to the class-level teardown, so no call from the class leaves the process.
Each test runs in a nested block with the same fake. The changes that a test makes are undone after it, so each test
starts with the state that the class-level setup created. If the user passed a fake to `mock_xray`, nothing is undone.
"""

from __future__ import annotations

import inspect
import unittest
from typing import TYPE_CHECKING, Any

from fake_xray._complaints import TO_TURN_OFF
from fake_xray._patch import XRayMock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_xray._core import FakeXRay

# The attribute that holds the scope of a decorated class. A subclass that is decorated too has a scope of its own, and
# the methods that it inherits use that scope.
_SCOPE = "_fake_xray_scope"


def decorate_class(mock: XRayMock, decorated: type) -> None:
    """Let the tests, the setup, the teardown and the nested test classes of a class run inside blocks.

    Raises
    ------
    TypeError
        If a part of the class cannot run inside a block. The message names that part and says what to use instead.
    """
    _decorate(mock, decorated, _Scope(mock))


def _decorate(mock: XRayMock, decorated: type, scope: _Scope) -> None:
    nested = _nested_test_classes(decorated)
    try:
        setattr(decorated, _SCOPE, scope)
    except TypeError as error:
        raise TypeError(
            f"mock_xray() cannot decorate {decorated!r}: its attributes cannot be set; use a with block instead"
        ) from error
    if issubclass(decorated, unittest.TestCase):
        _decorate_test_case(decorated)
    else:
        _decorate_plain_class(mock, decorated)
    for inner in nested:
        _decorate(mock, inner, scope)
        # For a nested class, pytest calls these methods of the outer class, and expects the nested class to have them.
        for name in ("setup_method", "teardown_method"):
            if not hasattr(inner, name):
                setattr(inner, name, _do_nothing)


def _do_nothing(self: Any, method: Any = None) -> None:
    """Do nothing: the setup or teardown of a class that does not define one."""


class _Scope:
    """The blocks of a decorated class and of its nested classes."""

    def __init__(self, mock: XRayMock) -> None:
        self._mock = mock
        # pytest runs the setup of an outer class for its nested classes as well. Each block therefore begins with the
        # first setup and ends with the last teardown.
        self._classes = _CountedBlock()
        self._tests = _CountedBlock()
        self._undo: Callable[[], None] | None = None
        # Whether the current test of unittest has failed or was skipped.
        self.has_failed = False

    def begin_class(self) -> None:
        self._classes.begin(self._mock._copy)

    def end_class(self, *, check: bool = True) -> None:
        __tracebackhide__ = True
        self._classes.end(check=check)

    def begin_test(self) -> None:
        shared = self._classes.fake
        if not self._tests.count and shared is not None and self._mock._fake is None:
            before = shared._snapshot()
            self._undo = lambda: shared._restore(before)
        self._tests.begin(lambda: self._mock._copy(shared))

    def end_test(self, *, check: bool = True) -> None:
        __tracebackhide__ = True
        try:
            self._tests.end(check=check)
        finally:
            undo = self._undo
            if undo is not None and not self._tests.count:
                self._undo = None
                undo()

    def of_test(self) -> XRayMock:
        """Return a new block for a test method."""
        return _TestBlock(self)

    def new_block(self) -> XRayMock:
        """Return a new block with the fake of the current test."""
        return self._mock._copy(self._tests.fake)

    def check_test(self) -> None:
        """Raise an AssertionError if the fake has complaints about the current test, unless the test has failed."""
        __tracebackhide__ = True
        complaints = self._tests.fake._complaints() if self._tests.fake else []
        if complaints and self._mock._strict and not self.has_failed:
            raise AssertionError("\n".join([*complaints, TO_TURN_OFF]))


class _CountedBlock:
    """A block that lasts from the first call of `begin` until `end` has been called as often as `begin`."""

    def __init__(self) -> None:
        self.count = 0
        self.fake: FakeXRay | None = None
        self._block: XRayMock | None = None

    def begin(self, create: Callable[[], XRayMock]) -> None:
        if not self.count:
            self._block = create()
            self.fake = self._block.start()
        self.count += 1

    def end(self, *, check: bool) -> None:
        __tracebackhide__ = True
        if self.count > 1:
            self.count -= 1
        elif self._block is not None:
            block, self._block, self.fake, self.count = self._block, None, None, 0
            block._leave(check=check)


class _TestBlock(XRayMock):
    """The block of a test method. It is nested in the block of the test's setup, if there is one."""

    def __init__(self, scope: _Scope) -> None:
        super().__init__(None, real_clients=False, strict=True)
        self._scope = scope

    def start(self) -> FakeXRay:
        self._scope.begin_test()
        self._block = self._scope.new_block()
        return self._block.start()

    def _leave(self, *, check: bool) -> None:
        __tracebackhide__ = True
        try:
            self._block._is_postponed = self._is_postponed
            self._block._leave(check=check)
        finally:
            self._scope.end_test(check=False)


def _decorate_plain_class(mock: XRayMock, decorated: type) -> None:
    """Decorate a class that is not a `unittest.TestCase`. pytest finds its setup and teardown methods by name."""
    not_methods = [name for name in _SETUP_AND_TEARDOWN if _is_other_than_method(decorated, name)]
    if not_methods:
        raise TypeError(
            f"mock_xray() cannot decorate {decorated.__qualname__}: its {not_methods[0]} is not a method (it may be a "
            "pytest fixture). Give it another name, or use the fixture fake_xray instead of the decorator."
        )
    for name in dir(decorated):
        attribute: Any = inspect.getattr_static(decorated, name)
        if not name.startswith("test") or not _is_method(attribute):
            continue
        is_static = isinstance(attribute, staticmethod)

        def activation(args: tuple[Any, ...], is_static: bool = is_static) -> XRayMock:
            return _scope_of(decorated if is_static else args[0]).of_test()

        setattr(decorated, name, mock._decorate_function(attribute, activation))

    originals = {name: _original(decorated, name) for name in _SETUP_AND_TEARDOWN}

    def setup_class(cls: type) -> None:
        __tracebackhide__ = True
        scope = _scope_of(cls)
        scope.begin_class()
        try:
            _call_as_pytest_does(originals["setup_class"](None, cls), cls)
        except BaseException:
            scope.end_class(check=False)
            raise

    def teardown_class(cls: type) -> None:
        __tracebackhide__ = True
        scope, is_good = _scope_of(cls), False
        try:
            _call_as_pytest_does(originals["teardown_class"](None, cls), cls)
            is_good = True
        finally:
            scope.end_class(check=is_good)

    def setup_method(self: Any, method: Any = None) -> None:
        __tracebackhide__ = True
        scope = _scope_of(self)
        scope.begin_test()
        try:
            _call_as_pytest_does(originals["setup_method"](self, type(self)), method)
        except BaseException:
            scope.end_test(check=False)
            raise

    def teardown_method(self: Any, method: Any = None) -> None:
        __tracebackhide__ = True
        scope, is_good = _scope_of(self), False
        try:
            _call_as_pytest_does(originals["teardown_method"](self, type(self)), method)
            is_good = True
        finally:
            scope.end_test(check=is_good)

    methods: tuple[Any, ...] = (classmethod(setup_class), classmethod(teardown_class), setup_method, teardown_method)
    for name, method in zip(_SETUP_AND_TEARDOWN, methods, strict=True):
        setattr(decorated, name, method)


_SETUP_AND_TEARDOWN = ("setup_class", "teardown_class", "setup_method", "teardown_method")


def _decorate_test_case(decorated: type[unittest.TestCase]) -> None:
    """Decorate a `unittest.TestCase`. A class cleanup ends the block: it runs even if setUpClass has failed."""
    if _is_other_than_method(decorated, "setUpClass"):
        raise TypeError(
            f"mock_xray() cannot decorate {decorated.__qualname__}: its setUpClass is not a class method; "
            "decorate setUpClass with @classmethod"
        )
    set_up_class, run, debug, do_cleanups = (
        _original(decorated, name) for name in ("setUpClass", "run", "debug", "doCleanups")
    )

    def setUpClass(cls: type[unittest.TestCase]) -> None:
        __tracebackhide__ = True
        scope = _scope_of(cls)
        scope.begin_class()
        is_good = False

        def end() -> None:
            __tracebackhide__ = True
            scope.end_class(check=is_good)

        cls.addClassCleanup(end)
        set_up_class(None, cls)()
        is_good = True

    def run_test(self: unittest.TestCase, result: Any = None) -> Any:
        __tracebackhide__ = True
        scope = _scope_of(self)
        scope.begin_test()
        # Check in a cleanup. An error in a cleanup fails the test, but an error in run() would end the whole test run.
        self.addCleanup(scope.check_test)
        try:
            return run(self, type(self))(result)
        finally:
            scope.end_test(check=False)

    def clean_up(self: unittest.TestCase) -> Any:
        __tracebackhide__ = True
        outcome = getattr(self, "_outcome", None)
        _scope_of(self).has_failed = not getattr(outcome, "success", True)
        return do_cleanups(self, type(self))()

    def debug_test(self: unittest.TestCase) -> Any:
        __tracebackhide__ = True
        with _scope_of(self).of_test():
            return debug(self, type(self))()

    methods: dict[str, Any] = {
        "setUpClass": classmethod(setUpClass),
        "run": run_test,
        "doCleanups": clean_up,
        "debug": debug_test,
    }
    for name, method in methods.items():
        setattr(decorated, name, method)


def _scope_of(target: Any) -> _Scope:
    scope: _Scope = getattr(target, _SCOPE)
    return scope


def _original(decorated: type, name: str) -> Callable[[Any, type], Any]:
    """Return a function that looks up the method that the class had before it was decorated.

    The function takes an instance (or None) and a class. It returns the method bound to the instance, or to the class
    if there is no instance. It returns None if there is no such method.
    """
    own = vars(decorated).get(name)

    def bound(instance: Any, cls: type) -> Any:
        if own is not None:
            return own.__get__(instance, cls)
        # pytest also calls these methods with a nested class, which is not a subclass.
        target = cls if instance is None else instance
        is_subclass = issubclass(cls, decorated)
        return getattr(super(decorated, target), name, None) if is_subclass else None

    return bound


def _call_as_pytest_does(function: Any, argument: Any) -> None:
    """Call a function, unless it is None. Pass the argument only if the function has a parameter for it."""
    __tracebackhide__ = True
    if function is None:
        return
    has_parameter = function.__code__.co_argcount - inspect.ismethod(function)
    function(argument) if has_parameter else function()


def _is_other_than_method(decorated: type, name: str) -> bool:
    attribute = inspect.getattr_static(decorated, name, None)
    is_fixture = hasattr(attribute, "_pytestfixturefunction")
    return attribute is not None and (is_fixture or not _is_method(attribute))


def _is_method(attribute: Any) -> bool:
    return isinstance(attribute, staticmethod | classmethod) or inspect.isfunction(attribute)


def _nested_test_classes(decorated: type) -> list[type]:
    """Return the nested classes that have tests.

    Raises
    ------
    TypeError
        If a nested test class is defined elsewhere. It must be decorated there.
    """
    found = []
    for name, inner in vars(decorated).items():
        if not isinstance(inner, type):
            continue
        is_own = inner.__qualname__ == f"{decorated.__qualname__}.{inner.__name__}"
        has_tests = any(attribute.startswith("test") for attribute in dir(inner))
        is_collected = has_tests and (name.startswith("Test") or issubclass(inner, unittest.TestCase))
        if is_own and has_tests:
            found.append(inner)
        elif is_collected and not is_own and not hasattr(inner, _SCOPE):
            raise TypeError(
                f"mock_xray() cannot decorate {decorated.__qualname__}.{name}: it is defined elsewhere, as "
                f"{inner.__qualname__}. Decorate it there."
            )
    return found
