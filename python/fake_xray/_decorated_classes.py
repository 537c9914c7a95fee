"""`mock_xray` as a decorator of test classes: of unittest, of Django and of pytest.

One block lasts from the class-level setup to the class-level teardown, so no call of the class leaves the process. Each
test runs in a block inside it, with the same fake. What a test changes is undone after it, so each test starts with
what the class-level setup stored. A fake that the user passed to `mock_xray` keeps everything.
"""

from __future__ import annotations

import inspect
import unittest
from typing import TYPE_CHECKING, Any

from fake_xray._patch import XRayMock

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_xray._core import FakeXRay

# A subclass that is decorated too has a scope of its own, which its bases use for it.
_SCOPE = "_fake_xray_scope"


def decorate_class(mock: XRayMock, decorated: type) -> None:
    """Let the tests of a class, its setup, its teardown and its nested test classes run inside blocks.

    Raises
    ------
    TypeError
        If the class has a part that cannot run inside a block. The message names it and says what to use instead.
    """
    _decorate(mock, decorated, _Scope(mock))


def _decorate(mock: XRayMock, decorated: type, scope: _Scope) -> None:
    nested = _nested_test_classes(decorated)
    try:
        setattr(decorated, _SCOPE, scope)
    except TypeError as error:
        raise TypeError(f"mock_xray() cannot decorate {decorated!r}: its attributes cannot be set") from error
    if issubclass(decorated, unittest.TestCase):
        _decorate_test_case(decorated)
    else:
        _decorate_plain_class(mock, decorated)
    for inner in nested:
        _decorate(mock, inner, scope)
        # pytest calls the methods of an outer class for its nested classes, and expects that they have them too.
        for name in ("setup_method", "teardown_method"):
            if not hasattr(inner, name):
                setattr(inner, name, _do_nothing)


def _do_nothing(self: Any, method: Any = None) -> None:
    """Stand for a setup or teardown that a class does not have."""


class _Scope:
    """The blocks of a decorated class. Its nested classes share it."""

    def __init__(self, mock: XRayMock) -> None:
        self._mock = mock
        # pytest runs the setup of an outer class for its nested classes too, so beginnings and ends are counted.
        self._classes = _Counted()
        self._tests = _Counted()
        self._undo: Callable[[], None] | None = None
        # Whether the test of unittest that is under way has failed, or was skipped.
        self.has_failed = False

    def begin_class(self) -> None:
        self._classes.begin(self._mock.again)

    def end_class(self, *, check: bool = True) -> None:
        __tracebackhide__ = True
        self._classes.end(check=check)

    def begin_test(self) -> None:
        shared = self._classes.fake
        if not self._tests.count and shared is not None and self._mock.fake is None:
            before = shared._snapshot()
            self._undo = lambda: shared._restore(before)
        self._tests.begin(lambda: self._mock.again(shared))

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
        """Return the block of a test method."""
        return _TestBlock(self)

    def new_block(self) -> XRayMock:
        """Return a block with the fake of the test that has begun."""
        return self._mock.again(self._tests.fake)

    def check_test(self) -> None:
        """Raise what the fake has to report of a test, unless the test has failed already."""
        __tracebackhide__ = True
        complaints = self._tests.fake._complaints() if self._tests.fake else []
        if complaints and self._mock.strict and not self.has_failed:
            raise AssertionError("\n".join(complaints))


class _Counted:
    """A block that lasts from the first of several beginnings to the last of as many ends."""

    def __init__(self) -> None:
        self.count = 0
        self.fake: FakeXRay | None = None
        self._block: XRayMock | None = None

    def begin(self, make: Callable[[], XRayMock]) -> None:
        if not self.count:
            self._block = make()
            self.fake = self._block.start()
        self.count += 1

    def end(self, *, check: bool) -> None:
        __tracebackhide__ = True
        if self.count > 1:
            self.count -= 1
        elif self._block is not None:
            block, self._block, self.fake, self.count = self._block, None, None, 0
            block.leave(check=check)


class _TestBlock(XRayMock):
    """The block of a test method: inside that of its setup, or alone if the method is called by hand."""

    def __init__(self, scope: _Scope) -> None:
        super().__init__(None, real_clients=False, strict=True)
        self._scope = scope

    def start(self) -> FakeXRay:
        self._scope.begin_test()
        self._block = self._scope.new_block()
        return self._block.start()

    def leave(self, *, check: bool) -> None:
        __tracebackhide__ = True
        try:
            self._block.is_postponed = self.is_postponed
            self._block.leave(check=check)
        finally:
            self._scope.end_test(check=False)


def _decorate_plain_class(mock: XRayMock, decorated: type) -> None:
    """Decorate a class of pytest's style. Setup and teardown are the methods that pytest calls."""
    fixtures = [name for name in _PLAIN if _is_other_than_method(decorated, name)]
    if fixtures:
        raise TypeError(
            f"mock_xray() cannot decorate {decorated.__qualname__}: its {fixtures[0]} is not a method (it may be a "
            "pytest fixture). Give it another name, or use the fixture fake_xray instead of the decorator."
        )
    for name in dir(decorated):
        attribute: Any = inspect.getattr_static(decorated, name)
        if not name.startswith("test") or not _is_method(attribute):
            continue
        is_static = isinstance(attribute, staticmethod)

        def activation(args: tuple[Any, ...], is_static: bool = is_static) -> XRayMock:
            return _scope_of(decorated if is_static else args[0]).of_test()

        setattr(decorated, name, mock.decorate_function(attribute, activation))

    originals = {name: _original(decorated, name) for name in _PLAIN}

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
    for name, method in zip(_PLAIN, methods, strict=True):
        setattr(decorated, name, method)


_PLAIN = ("setup_class", "teardown_class", "setup_method", "teardown_method")


def _decorate_test_case(decorated: type[unittest.TestCase]) -> None:
    """Decorate a class of unittest. Its class cleanups run after tearDownClass, and after a setUpClass that failed."""
    if _is_other_than_method(decorated, "setUpClass"):
        raise TypeError(f"mock_xray() cannot decorate {decorated.__qualname__}: its setUpClass is not a class method")
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
        # An error of run() would end the whole test run. One of a cleanup fails the test.
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
    """Return a function that binds what the class has under that name to an instance, or to a class without one."""
    own = vars(decorated).get(name)

    def bound(instance: Any, cls: type) -> Any:
        if own is not None:
            return own.__get__(instance, cls)
        # A class that pytest calls it for may be a nested one, which is no subclass.
        target = cls if instance is None else instance
        is_subclass = issubclass(cls, decorated)
        return getattr(super(decorated, target), name, None) if is_subclass else None

    return bound


def _call_as_pytest_does(function: Any, argument: Any) -> None:
    """Call a function, if there is one, with the argument if it takes one."""
    __tracebackhide__ = True
    if function is None:
        return
    takes = function.__code__.co_argcount - inspect.ismethod(function)
    function(argument) if takes else function()


def _is_other_than_method(decorated: type, name: str) -> bool:
    attribute = inspect.getattr_static(decorated, name, None)
    is_fixture = hasattr(attribute, "_pytestfixturefunction")
    return attribute is not None and (is_fixture or not _is_method(attribute))


def _is_method(attribute: Any) -> bool:
    return isinstance(attribute, staticmethod | classmethod) or inspect.isfunction(attribute)


def _nested_test_classes(decorated: type) -> list[type]:
    """Return the nested classes that have tests. One that is defined elsewhere has to be decorated there."""
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
