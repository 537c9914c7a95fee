"""Creating a fake client warns if its session has event handlers, because a fake client does not call them."""

import functools
import warnings
from unittest import mock

import boto3
import botocore.session
import pytest

from fake_xray import mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")

WARNING = r"this session has event handlers \(.*\), which a fake X-Ray client does not call: use .*real_clients=True"


def add_header(request, **_):
    request.headers["x-test"] = "1"


@pytest.mark.parametrize(
    "event", ["before-send", "before-send.xray", "before-send.*.ListResourcePolicies", "creating-client-class.xray"]
)
@pytest.mark.parametrize(
    "handler", [add_header, functools.partial(add_header), mock.Mock()], ids=["function", "partial", "mock"]
)
def test_creating_a_client_warns_of_a_handler_for_x_ray(event, handler):
    session = boto3.Session()
    session.events.register(event, handler)
    with mock_xray():
        for _ in range(2):
            with pytest.warns(UserWarning, match=WARNING) as caught:
                session.client("xray")
            assert caught[0].filename == __file__


def test_creating_a_client_warns_of_a_handler_registered_inside_the_block():
    session = botocore.session.Session()
    with mock_xray():
        session.create_client("xray")
        session.register("before-call", add_header)
        with pytest.warns(UserWarning, match="add_header"):
            session.create_client("xray")
        session.unregister("before-call", add_header)
        session.create_client("xray")


@pytest.mark.filterwarnings("error")
class TestNoWarning:
    def test_a_session_without_handlers_does_not_warn(self):
        with mock_xray():
            boto3.client("xray")
            boto3.Session().client("xray")
            botocore.session.Session().create_client("xray")

    def test_handlers_for_other_services_do_not_warn(self):
        session = boto3.Session()
        session.events.register("before-send.s3", add_header)
        session.events.register("creating-resource-class.s3.Bucket", add_header)
        with mock_xray():
            session.client("xray")

    def test_a_real_client_calls_the_handlers_and_does_not_warn(self):
        session = boto3.Session()
        handler = mock.Mock(return_value=None)
        session.events.register("before-send.xray", handler)
        with mock_xray(real_clients=True):
            session.client("xray").list_resource_policies()
        assert handler.called

    def test_handlers_that_a_package_registers_on_every_session_do_not_warn(self):
        handlers = [*botocore.handlers.BUILTIN_HANDLERS, ("before-send.xray", add_header)]
        with mock.patch("botocore.handlers.BUILTIN_HANDLERS", handlers), mock_xray():
            boto3.Session().client("xray")

    def test_creating_a_client_of_a_session_with_an_unknown_event_emitter_class_does_not_warn(self):
        session = boto3.Session()
        with mock_xray(), mock.patch.object(session._session, "get_component", return_value=object()):
            session.client("xray", region_name="us-east-1")


def test_a_client_works_after_the_warning_about_session_handlers_is_ignored():
    session = boto3.Session()
    session.events.register("before-send", add_header)
    with mock_xray(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert session.client("xray").list_resource_policies()["ResourcePolicies"] == []
