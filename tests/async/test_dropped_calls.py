"""Calls of asynchronous clients that the application drops before they end."""

import asyncio
import contextlib

from aiobotocore.session import get_session

from fake_xray import mock_xray


def test_a_dropped_async_call_leaves_no_event_handlers():
    async def begin():
        client = await get_session().create_client("xray", region_name="us-east-1").__aenter__()
        fake.inject_error("ListResourcePolicies", "ThrottledException", times=3)
        call = client.list_resource_policies()
        call.send(None)  # Run the call until it waits before its retry.
        return client, call

    with mock_xray(strict=False) as fake:
        loop = asyncio.new_event_loop()
        client, call = loop.run_until_complete(begin())
        assert fake.calls[0].error_code == "ThrottledException"
        with contextlib.suppress(ValueError):
            call.close()  # botocore resets a context variable in a different context, which raises ValueError.
        loop.close()
    responses = client.meta.events.emit("before-send.xray.ListResourcePolicies", request=None)
    assert asyncio.run(responses) == []
