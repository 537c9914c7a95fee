"""mock_xray in several threads: no request leaves the process while a block is active in any thread."""

import sys
from concurrent.futures import ThreadPoolExecutor

import botocore.session
import pytest
from conftest import rounds

from fake_xray import FakeXRayClient, _patch, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")


@pytest.fixture
def session():
    return botocore.session.Session()


@pytest.fixture
def real_client(session):
    return session.create_client("xray", "us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")


def assert_handled(session, real_client):
    assert isinstance(session.create_client("xray"), FakeXRayClient)
    # The test suite disables sockets, so a call that sends a request fails.
    assert real_client.list_resource_policies()["ResourcePolicies"] == []


def at_every_line_of(module, check, function):
    """Call a function, and run a check at every line of a module that it executes.

    Return the number of lines.
    """
    lines = 0

    def trace(frame, event, argument):
        nonlocal lines
        if frame.f_code.co_filename != module.__file__:
            return None
        lines += event == "line"
        check()
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return lines


def test_no_request_is_sent_while_an_outer_block_ends_before_its_inner_block(session, real_client):
    # The outer block ends first. This can happen if each block is in a thread of its own.
    outer, inner = mock_xray(), mock_xray()
    outer.__enter__()
    inner.__enter__()
    try:
        lines = at_every_line_of(
            _patch, lambda: assert_handled(session, real_client), lambda: outer.__exit__(None, None, None)
        )
        assert lines > 5
    finally:
        inner.__exit__(None, None, None)


def test_no_request_is_sent_while_an_inner_block_begins_and_ends(session, real_client):
    def enter_and_leave():
        with mock_xray():
            pass

    with mock_xray():
        assert at_every_line_of(_patch, lambda: assert_handled(session, real_client), enter_and_leave) > 5


def test_no_request_is_sent_while_threads_begin_and_end_blocks():
    def begin_and_end(_):
        session = botocore.session.Session()
        real_client = session.create_client(
            "xray", "us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
        )
        for _ in range(rounds(20, 2000)):
            with mock_xray():
                assert_handled(session, real_client)

    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(begin_and_end, range(4)))) == 4
