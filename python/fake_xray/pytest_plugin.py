"""The pytest plugin: the fixtures `fake_xray` and `xray_client`, and the marker `fake_xray`.

Importing this module imports neither the extension nor botocore, so a run that does not use the plugin is not slower.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from mypy_boto3_xray import XRayClient

    from fake_xray import FakeXRay

# The arguments of the marker. They are arguments of FakeXRay and of mock_xray.
ARGUMENTS = (
    "account_id",
    "region_name",
    "caller_arn",
    "policy_limit",
    "accounts",
    "record_calls",
    "activation_delay",
    "logs_policy",
    "unsupported",
    "group_limit",
    "rule_limit",
    "tag_limit",
    "real_clients",
    "strict",
)

# Whether a phase of the test has already failed or skipped it.
_has_failed = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini options."""
    parser.addini("fake_xray_autouse", "use the fake_xray fixture in every test", type="bool", default=False)
    parser.addini(
        "fake_xray_strict",
        "fail a test if calls did not use up an injected error or a canned response, or if the application swallowed a "
        "NotImplementedError of fake-xray",
        type="bool",
        default=True,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line(
        "markers",
        f"fake_xray(*, {', '.join(ARGUMENTS)}): use and configure the fake_xray fixture. The arguments are those of "
        "fake_xray.FakeXRay and fake_xray.mock_xray; strict=False turns off the checks at the end of the test.",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Set up the fixture before all other function-scoped fixtures, because they may create clients."""
    always: bool = config.getini("fake_xray_autouse")
    for item in items:
        names: list[str] | None = getattr(item, "fixturenames", None)
        if names is not None and (always or "fake_xray" in names or item.get_closest_marker("fake_xray")):
            names = [name for name in names if name != "fake_xray"]
            index = next((index for index, name in enumerate(names) if _is_function_scoped(name, item)), len(names))
            # Replace the list. Items of the same function share it, so it must not be changed in place.
            cast("Any", item).fixturenames = [*names[:index], "fake_xray", *names[index:]]


def _is_function_scoped(fixture: str, item: pytest.Item) -> bool:
    info = getattr(item, "_fixtureinfo", None)
    definitions = info.name2fixturedefs.get(fixture) if info else None
    return not definitions or definitions[-1].scope == "function"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test has failed or was skipped. If so, the fixture does not report a failure as well."""
    if call.excinfo is not None:
        item.stash[_has_failed] = True
    return (yield)


@pytest.fixture
def fake_xray(request: pytest.FixtureRequest) -> Iterator[FakeXRay]:
    """An empty `FakeXRay`, which handles every boto3 X-Ray call of the process during the test.

    Configure it with the marker `@pytest.mark.fake_xray(region_name=..., policy_limit=..., ...)`.

    At the end, the fixture fails a test that would pass by accident: calls used an injected error or a canned response
    fewer times than its `times` argument says, or the application swallowed a NotImplementedError of the fake. To turn
    this check off, use `@pytest.mark.fake_xray(strict=False)` or the ini option `fake_xray_strict = false`.

    Examples
    --------
    >>> import boto3
    >>> def test_application(fake_xray):
    ...     boto3.client("xray").list_resource_policies()
    ...     assert fake_xray.calls.last.operation == "ListResourcePolicies"
    """
    from fake_xray._patch import mock_xray, new_fake

    arguments = _marked(request)
    real_clients = arguments.pop("real_clients", False)
    is_strict = arguments.pop("strict", request.config.getini("fake_xray_strict"))
    if not isinstance(is_strict, bool):
        pytest.fail(f"@pytest.mark.fake_xray: strict must be a bool, not {is_strict!r}", pytrace=False)
    # strict=False: the fixture checks the fake itself, because it knows whether the test has failed.
    with mock_xray(new_fake(**arguments), real_clients=real_clients, strict=False) as fake:
        yield fake
        complaints = fake._complaints()
        if complaints and is_strict and not request.node.stash.get(_has_failed, False):
            pytest.fail(
                "\n".join(
                    [
                        *complaints,
                        "(To turn this check off, use @pytest.mark.fake_xray(strict=False) or the ini option "
                        "fake_xray_strict = false.)",
                    ]
                ),
                pytrace=False,
            )


@pytest.fixture
def xray_client(request: pytest.FixtureRequest, fake_xray: FakeXRay) -> XRayClient:
    """A client like `boto3.client("xray")` that uses the test's `fake_xray`.

    It is a `FakeXRayClient`, or a real botocore client if the marker sets `real_clients=True`.

    Examples
    --------
    >>> def test_listing(xray_client):
    ...     assert xray_client.list_resource_policies()["ResourcePolicies"] == []
    """
    if not _marked(request).get("real_clients"):
        return fake_xray.client()
    boto3 = sys.modules.get("boto3")
    if boto3:
        # Use the default session, as the application does. Clients of the same session share their exception classes.
        return cast("XRayClient", boto3.client("xray"))
    from botocore.session import Session

    return cast("XRayClient", Session().create_client("xray"))


def _marked(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the arguments of the closest marker. Fail the test if they are invalid."""
    marker = request.node.get_closest_marker("fake_xray")
    if marker is None:
        return {}
    if marker.args:
        pytest.fail(f"@pytest.mark.fake_xray takes keyword arguments only, not {marker.args!r}", pytrace=False)
    for name in marker.kwargs:
        if name not in ARGUMENTS:
            pytest.fail(
                f"@pytest.mark.fake_xray has no argument {name!r}; it takes {', '.join(ARGUMENTS)}", pytrace=False
            )
    return dict(marker.kwargs)
