"""Tracebacks in pytest show the frames of the test and of botocore, but not those of fake_xray."""

import pytest

CALLS = {
    "client error": 'client.put_resource_policy(PolicyName="p", PolicyDocument="{}")',
    "invalid parameters": 'client.put_resource_policy(PolicyName=1, PolicyDocument="{}")',
    "positional arguments": 'client.put_resource_policy("p")',
    "unsupported operation": "client.get_trace_graph(TraceIds=[])",
    "invalid region": 'boto3.client("xray", region_name="us_east_1")',
}


@pytest.mark.parametrize("block", ["mock_xray()", "mock_xray(real_clients=True)"], ids=["fake clients", "real clients"])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_traceback_of_a_failing_call_hides_frames_of_fake_xray(pytester, call, block):
    pytester.makepyfile(
        f"""
        import boto3
        from fake_xray import mock_xray

        def test_in_a_block():
            with {block}:
                client = boto3.client("xray")
                {call}

        @{block}
        def test_decorated():
            client = boto3.client("xray")
            {call}

        @{block}
        class TestClass:
            def test_method(self):
                client = boto3.client("xray")
                {call}
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "--tb=long")
    result.assert_outcomes(failed=3)
    text = result.stdout.str()
    assert call in text
    assert "/fake_xray/" not in text
    assert "contextlib.py" not in text


def test_the_traceback_of_an_inactive_block_hides_frames_of_fake_xray(pytester):
    pytester.makepyfile(
        """
        from fake_xray import mock_xray

        def test_stop():
            mock_xray().stop()
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "--tb=long")
    result.assert_outcomes(failed=1)
    assert "/fake_xray/" not in result.stdout.str()


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_the_traceback_of_a_client_outside_of_its_block_hides_frames_of_fake_xray(pytester, real_clients):
    pytester.makepyfile(
        f"""
        import boto3
        from fake_xray import mock_xray

        def test_after():
            with mock_xray(real_clients={real_clients}):
                client = boto3.client("xray")
            client.list_resource_policies()
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "--tb=long")
    result.assert_outcomes(failed=1)
    assert "/fake_xray/" not in result.stdout.str()
