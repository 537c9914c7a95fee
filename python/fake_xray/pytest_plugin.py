"""The pytest plugin: the fixtures `fake_xray` and `xray_client`, and the marker `fake_xray`.

Loading it loads neither the extension nor botocore: a run that uses no fixture pays nothing for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fake_xray import FakeXRay, FakeXRayClient


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line(
        "markers",
        "fake_xray(*, account_id, region_name, policy_limit, accounts, real_clients): what the test's `fake_xray` "
        "fixture is made with, the arguments of fake_xray.FakeXRay and fake_xray.mock_xray.",
    )


@pytest.fixture
def fake_xray(request: pytest.FixtureRequest) -> Iterator[FakeXRay]:
    """An empty fake AWS X-Ray that answers every boto3 X-Ray client of the process during the test.

    `@pytest.mark.fake_xray(account_id=..., region_name=..., policy_limit=..., accounts=..., real_clients=...)` says
    what it is like.
    """
    from fake_xray import FakeXRay, mock_xray

    marker = request.node.get_closest_marker("fake_xray")
    arguments = dict(marker.kwargs) if marker else {}
    if marker and marker.args:
        pytest.fail(f"@pytest.mark.fake_xray takes keyword arguments only, not {marker.args!r}", pytrace=False)
    real_clients = arguments.pop("real_clients", False)
    with mock_xray(FakeXRay(**arguments), real_clients=real_clients) as fake:
        yield fake


@pytest.fixture
def xray_client(fake_xray: FakeXRay) -> FakeXRayClient:
    """A client like `boto3.client("xray")` on the test's `fake_xray`."""
    return fake_xray.client()
