"""A client created inside a block raises RuntimeError while no block is active, and sends nothing to AWS."""

import boto3
import botocore.client
import botocore.session
import pytest

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")

ENDED = r"created inside a mock_xray block .* no block is active now; nothing was sent"


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
class TestClientCreatedInABlock:
    @pytest.fixture
    def client(self, real_clients):
        with mock_xray(real_clients=real_clients):
            # The client has credentials and a Region, so nothing but the error prevents a request to AWS.
            client = boto3.client("xray", "us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")
            client.list_resource_policies()
        return client

    def test_a_client_created_in_a_block_raises_at_each_call_outside_of_blocks(self, client):
        for call in (client.list_resource_policies, client.get_groups):
            with pytest.raises(RuntimeError, match=ENDED):
                call()
        with pytest.raises(RuntimeError, match=ENDED):
            client.put_resource_policy(PolicyName="p", PolicyDocument="{}")
        with pytest.raises(RuntimeError, match=ENDED):
            client.get_paginator("list_resource_policies").paginate().build_full_result()

    def test_a_client_created_in_a_block_works_in_the_next_block(self, client):
        with mock_xray() as fake:
            client.list_resource_policies()
        assert len(fake.calls) == 1
        with pytest.raises(RuntimeError, match=ENDED):
            client.list_resource_policies()

    def test_client_methods_that_send_nothing_work_outside_of_blocks(self, client):
        assert client.meta.region_name == "us-east-1"
        assert client.can_paginate("list_resource_policies")
        assert client.generate_presigned_url("list_resource_policies").startswith("https://")
        assert repr(client)


def test_a_client_created_by_a_fake_needs_no_block():
    fake = FakeXRay()
    with mock_xray(fake):
        client = fake.client()
    assert client.list_resource_policies()["ResourcePolicies"] == []
    assert fake.client().list_resource_policies()["ResourcePolicies"] == []


def test_a_real_client_created_before_the_block_can_send_requests_after_it():
    client = botocore.session.Session().create_client("xray", region_name="us-east-1")
    with mock_xray(real_clients=True):
        client.list_resource_policies()
    with pytest.raises(botocore.exceptions.NoCredentialsError):
        client.list_resource_policies()


def test_a_client_created_in_a_test_raises_after_the_test(pytester):
    pytester.makepyfile(
        """
        import boto3, pytest

        clients = []

        def test_first(fake_xray):
            clients.append(boto3.client("xray"))

        def test_second():
            with pytest.raises(RuntimeError, match="fake_xray fixture"):
                clients[0].list_resource_policies()
        """
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)
