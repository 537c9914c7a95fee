"""The pytest plugin: the fixtures `fake_xray` and `xray_client`, and the marker `fake_xray`.

Loading it loads neither the extension nor botocore: a run that uses no fixture pays nothing for them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_xray import XRayClient

    from fake_xray import FakeXRay

# Of FakeXRay and of mock_xray.
ARGUMENTS = ("account_id", "region_name", "policy_limit", "accounts", "record_calls", "real_clients")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line(
        "markers",
        f"fake_xray(*, {', '.join(ARGUMENTS)}): what the test's `fake_xray` fixture is made with, the arguments of "
        "fake_xray.FakeXRay and fake_xray.mock_xray.",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the fixture to tests that have the marker, before others of its scope, which may make clients."""
    for item in items:
        names: list[str] | None = getattr(item, "fixturenames", None)
        if names is not None and item.get_closest_marker("fake_xray"):
            names = [name for name in names if name != "fake_xray"]
            place = next((place for place, name in enumerate(names) if _is_of_one_test(name, item)), len(names))
            # A list of its own: the items of one function share theirs.
            cast("Any", item).fixturenames = [*names[:place], "fake_xray", *names[place:]]


def _is_of_one_test(fixture: str, item: pytest.Item) -> bool:
    info = getattr(item, "_fixtureinfo", None)
    definitions = info.name2fixturedefs.get(fixture) if info else None
    return not definitions or definitions[-1].scope == "function"


@pytest.fixture
def fake_xray(request: pytest.FixtureRequest) -> Iterator[FakeXRay]:
    """An empty fake AWS X-Ray that answers every boto3 X-Ray client of the process during the test.

    `@pytest.mark.fake_xray(account_id=..., region_name=..., policy_limit=..., accounts=..., record_calls=...,
    real_clients=...)` says what it is like.
    """
    from fake_xray._patch import mock_xray, new_fake

    arguments = _marked(request)
    real_clients = arguments.pop("real_clients", False)
    with mock_xray(new_fake(**arguments), real_clients=real_clients) as fake:
        yield fake


@pytest.fixture
def xray_client(request: pytest.FixtureRequest, fake_xray: FakeXRay) -> XRayClient:
    """A client like `boto3.client("xray")` on the test's `fake_xray`; a genuine one if the marker says real_clients."""
    if not _marked(request).get("real_clients"):
        return fake_xray.client()
    boto3 = sys.modules.get("boto3")
    if boto3:
        # Of the default session, as the application's own: clients of one session share their exception classes.
        return cast("XRayClient", boto3.client("xray"))
    from botocore.session import Session

    return cast("XRayClient", Session().create_client("xray"))


def _marked(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the arguments of the closest marker."""
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
