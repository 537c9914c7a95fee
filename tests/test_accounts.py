"""The credentials and the configuration of a client determine its account and Region."""

import inspect
import os
from unittest import mock

import boto3
import botocore.session
import pytest
from botocore.credentials import RefreshableCredentials
from conftest import SNS_DOCUMENT

from fake_xray import FakeXRay, mock_xray

OWN_TOPIC = {"aws:SourceAccount": "123456789012", "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:topic"}
ACCOUNTS = {"AKIAONE": "111122223333", "AKIATWO": "444455556666"}

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")


@pytest.fixture(params=[False, True], ids=["fake client", "real client"])
def fake(request):
    with mock_xray(FakeXRay(accounts=ACCOUNTS), real_clients=request.param) as fake:
        yield fake


def put(client):
    client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)


def accounts_and_regions(fake):
    """Return the account and the Region of each call."""
    return [(call.account_id, call.region_name) for call in fake.calls]


@pytest.mark.parametrize(
    ("create_client", "account_id"),
    [
        (lambda: boto3.client("xray", aws_access_key_id="AKIAONE", aws_secret_access_key="s"), "111122223333"),
        (
            lambda: boto3.Session(aws_access_key_id="AKIATWO", aws_secret_access_key="s").client("xray"),
            "444455556666",
        ),
        (
            lambda: boto3.Session(aws_access_key_id="AKIATWO", aws_secret_access_key="s", aws_session_token="t").client(
                "xray"
            ),
            "444455556666",
        ),
        (lambda: boto3.client("xray", aws_access_key_id="AKIAOTHER", aws_secret_access_key="s"), "123456789012"),
        (lambda: boto3.client("xray"), "123456789012"),
    ],
    ids=["key of the client", "key of the session", "session token", "unknown key", "no key"],
)
def test_a_client_uses_the_account_of_its_access_key_id(fake, create_client, account_id):
    put(create_client())
    assert accounts_and_regions(fake) == [(account_id, "us-east-1")]
    assert len(fake.client(account_id=account_id).list_resource_policies()["ResourcePolicies"]) == 1


def test_an_invalid_account_id_in_accounts_is_reported_with_its_access_key_id():
    with pytest.raises(TypeError, match=r'accounts\["AKIAONE"\]: account_id must be a str, not 1'):
        FakeXRay(accounts={"AKIAONE": 1})
    with pytest.raises(ValueError, match=r'accounts\["AKIAONE"\]: account_id must be twelve digits'):
        FakeXRay(accounts={"AKIAONE": "1"})


def test_a_client_with_an_explicit_region_works_in_that_region(fake):
    put(boto3.client("xray", region_name="ap-southeast-2"))
    assert accounts_and_regions(fake) == [("123456789012", "ap-southeast-2")]


def test_a_real_client_created_before_the_block_uses_its_account():
    client = boto3.client("xray", region_name="us-east-1", aws_access_key_id="AKIAONE", aws_secret_access_key="s")
    with mock_xray(FakeXRay(accounts=ACCOUNTS)) as fake:
        put(client)
    assert accounts_and_regions(fake) == [("111122223333", "us-east-1")]


def test_a_block_never_fetches_credentials():
    def fetch():
        raise AssertionError("no credentials may be fetched")

    session = botocore.session.Session()
    session._credentials = RefreshableCredentials("AKIAONE", "s", "t", None, fetch, "test")
    session._credentials.refresh_needed = lambda *_: True
    client = session.create_client("xray", region_name="us-east-1")
    with mock_xray(FakeXRay(accounts=ACCOUNTS)) as fake:
        put(client)
        put(session.create_client("xray", region_name="us-east-1"))
    assert accounts_and_regions(fake) == [("123456789012", "us-east-1")] * 2


def test_credentials_of_the_environment_are_not_used(fake, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAONE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    session = boto3.Session()
    assert session.get_credentials().access_key == "AKIAONE"
    put(session.client("xray"))
    assert accounts_and_regions(fake) == [("123456789012", "us-east-1")]


def test_credentials_of_the_environment_are_not_used_by_clients_created_before_the_block(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAONE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    client = boto3.Session().client("xray", region_name="us-east-1")
    authorizations = []
    client.meta.events.register(
        "before-send", lambda request, **_: authorizations.append(request.headers.get("Authorization"))
    )
    with mock_xray(FakeXRay(accounts=ACCOUNTS)) as fake:
        put(client)
    assert accounts_and_regions(fake) == [("123456789012", "us-east-1")]
    assert authorizations == [None]


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_a_cached_client_uses_the_account_of_the_active_fake(real_clients):
    with mock_xray(real_clients=real_clients):
        without_key = boto3.client("xray")
        with_key = boto3.client("xray", aws_access_key_id="AKIAONE", aws_secret_access_key="s")
    with mock_xray(FakeXRay(account_id="777788889999", accounts=ACCOUNTS)) as fake:
        put(without_key)
        put(with_key)
    assert accounts_and_regions(fake) == [("777788889999", "us-east-1"), ("111122223333", "us-east-1")]


@pytest.mark.parametrize("region", ["us-east-1", "cn-north-1", "us-gov-west-1", "us-isob-east-1"])
def test_the_default_caller_has_the_partition_of_the_region(region):
    client = FakeXRay().client(region_name=region)
    caller = f"arn:{client.meta.partition}:iam::123456789012:user/fake-xray"
    document = (
        '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"xray:PutResourcePolicy",'
        f'"Resource":"*","Condition":{{"StringEquals":{{"aws:PrincipalArn":"{caller}"}}}}}}}}'
    )
    with pytest.raises(client.exceptions.LockoutPreventionException):
        client.put_resource_policy(PolicyName="p", PolicyDocument=document)


@pytest.mark.parametrize(
    ("accounts", "error", "text"),
    [
        ({"AKIA": "12345"}, ValueError, "account_id must be twelve digits, such as '123456789012', not '12345'"),
        ({"AKIA": 123456789012}, TypeError, "account_id must be a str"),
        ({5: "123456789012"}, TypeError, "a key of accounts must be a str, not 5"),
        (
            "AKIA",
            TypeError,
            "accounts must be a mapping of access key ids to account ids, or a callable that .* or None, not 'AKIA'",
        ),
    ],
)
def test_an_invalid_accounts_argument_is_rejected(accounts, error, text):
    with pytest.raises(error, match=text):
        FakeXRay(accounts=accounts)


@pytest.fixture
def set_machine_region(monkeypatch, tmp_path):
    """Return a function that sets the Region eu-central-1 in one of the places in which boto3 looks for it."""
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)

    def set_machine_region(where):
        if where == "environment":
            monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        elif where == "configuration":
            config = tmp_path / "config"
            config.write_text("[default]\nregion = eu-central-1\n")
            monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        elif where == "session":
            boto3.setup_default_session(region_name="eu-central-1")

    return set_machine_region


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
@pytest.mark.parametrize("where", ["environment", "configuration", "session"])
def test_a_fake_without_a_region_uses_the_region_of_boto3(set_machine_region, where, real_clients):
    set_machine_region(where)
    with mock_xray(real_clients=real_clients) as fake:
        before = fake.client()
        put(boto3.client("xray"))
        assert fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com", context=OWN_TOPIC)
        for client in (before, fake.client(), boto3.client("xray")):
            assert client.meta.region_name == "eu-central-1"
            assert len(client.list_resource_policies()["ResourcePolicies"]) == 1
        assert repr(fake) == "FakeXRay(account_id='123456789012', region_name='eu-central-1', policy_limit=5)"
    assert fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com", context=OWN_TOPIC)


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
@pytest.mark.parametrize("where", ["environment", "configuration"])
@pytest.mark.parametrize(
    ("create_fake", "region_name"),
    [(FakeXRay, "us-east-1"), (lambda: FakeXRay(region_name="a-1"), "a-1")],
    ids=["default Region", "explicit Region"],
)
def test_the_region_of_an_explicit_fake_overrides_environment_and_configuration(
    set_machine_region, create_fake, region_name, where, real_clients
):
    set_machine_region(where)
    fake = create_fake()
    put(fake.client())
    with mock_xray(fake, real_clients=real_clients):
        assert boto3.client("xray").meta.region_name == fake.client().meta.region_name == region_name
        assert len(boto3.client("xray").list_resource_policies()["ResourcePolicies"]) == 1
    assert len(fake.client().list_resource_policies()["ResourcePolicies"]) == 1


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_the_region_of_a_session_overrides_the_fake(set_machine_region, real_clients):
    set_machine_region("session")
    with mock_xray(FakeXRay(region_name="us-east-1"), real_clients=real_clients) as fake:
        assert boto3.client("xray").meta.region_name == "eu-central-1"
        assert fake.client().meta.region_name == "us-east-1"


def test_a_region_set_inside_the_block_is_used(set_machine_region, monkeypatch):
    with mock_xray() as fake:
        assert fake.client().meta.region_name == "us-east-1"
        monkeypatch.setenv("AWS_DEFAULT_REGION", "sa-east-1")
        assert fake.client().meta.region_name == boto3.client("xray").meta.region_name == "sa-east-1"


def test_a_configuration_changed_inside_the_block_is_used(set_machine_region, tmp_path):
    set_machine_region("configuration")
    with mock_xray() as fake:
        assert fake.client().meta.region_name == "eu-central-1"
        (tmp_path / "config").write_text("[default]\nregion = eu-north-1\n")
        # A quick change may not alter the timestamp of the file, so set another one.
        os.utime(tmp_path / "config", (0, 0))
        assert fake.client().meta.region_name == boto3.Session().client("xray").meta.region_name == "eu-north-1"


def test_a_region_in_the_credentials_file_is_used(set_machine_region, monkeypatch, tmp_path):
    for region_name in ("eu-north-1", "ap-south-1"):
        credentials = tmp_path / region_name
        credentials.write_text(f"[default]\nregion = {region_name}\n")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))
        with mock_xray() as fake:
            assert fake.client().meta.region_name == boto3.Session().client("xray").meta.region_name == region_name


def test_a_mocked_default_session_is_ignored(monkeypatch):
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", mock.MagicMock())
    with mock_xray() as fake:
        assert fake.client().meta.region_name == "us-east-1"


def test_an_invalid_region_of_the_environment_is_reported_when_a_client_is_created(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us_east_1")
    with mock_xray() as fake:
        assert "us-east-1" in repr(fake)
        with pytest.raises(
            ValueError, match="region_name must be a Region's name, such as 'us-east-1', not 'us_east_1'"
        ):
            fake.client()


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_an_empty_region_in_the_environment_is_an_error(set_machine_region, monkeypatch, real_clients):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "")
    with mock_xray(real_clients=real_clients), pytest.raises(ValueError, match=r"endpoint|region_name"):
        boto3.client("xray")


def assume_role():
    """Return temporary credentials with a random access key id, as STS does."""
    return {"aws_access_key_id": f"ASIA{os.urandom(4).hex()}", "aws_secret_access_key": "s", "aws_session_token": "t"}


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
class TestAccountsOfTemporaryCredentials:
    def test_the_accounts_mapping_can_be_extended_inside_the_block(self, real_clients):
        accounts = {}
        with mock_xray(FakeXRay(accounts=accounts), real_clients=real_clients) as fake:
            credentials = assume_role()
            client = boto3.client("xray", **credentials)
            client.list_resource_policies()
            accounts[credentials["aws_access_key_id"]] = "222233334444"
            client.list_resource_policies()
            boto3.client("xray", **credentials).list_resource_policies()
        assert [account for account, _ in accounts_and_regions(fake)] == [
            "123456789012",
            "222233334444",
            "222233334444",
        ]

    def test_accounts_can_be_a_callable_that_returns_the_account_of_an_access_key_id(self, real_clients):
        def account_of(access_key_id):
            return "222233334444" if access_key_id.startswith("ASIA") else None

        with mock_xray(FakeXRay(accounts=account_of), real_clients=real_clients) as fake:
            boto3.client("xray", **assume_role()).list_resource_policies()
            boto3.client("xray", aws_access_key_id="AKIA", aws_secret_access_key="s").list_resource_policies()
            boto3.client("xray").list_resource_policies()
        assert [account for account, _ in accounts_and_regions(fake)] == [
            "222233334444",
            "123456789012",
            "123456789012",
        ]

    @pytest.mark.parametrize(
        ("accounts", "error", "message"),
        [
            (lambda _: "1", ValueError, r'accounts\("AKIA"\): account_id must be twelve digits'),
            (lambda _: 1, TypeError, r'accounts\("AKIA"\): account_id must be a str'),
        ],
    )
    def test_an_invalid_account_id_from_an_accounts_callable_is_reported_by_the_call(
        self, real_clients, accounts, error, message
    ):
        with mock_xray(FakeXRay(accounts=accounts), real_clients=real_clients), pytest.raises(error, match=message):
            boto3.client("xray", aws_access_key_id="AKIA", aws_secret_access_key="s").list_resource_policies()

    @pytest.mark.skipif(
        "aws_account_id" not in inspect.signature(boto3.Session).parameters, reason="this boto3 has no aws_account_id"
    )
    @pytest.mark.parametrize(
        "create_client",
        [
            lambda: boto3.client("xray", aws_account_id="555566667777"),
            lambda: boto3.client("xray", **assume_role(), aws_account_id="555566667777"),
            lambda: boto3.Session(**assume_role(), aws_account_id="555566667777").client("xray"),
            lambda: boto3.Session(**assume_role(), aws_account_id="555566667777").client(
                "xray", aws_account_id="555566667777"
            ),
            lambda: boto3.Session(**assume_role()).client("xray", aws_account_id="555566667777"),
        ],
        ids=[
            "account of the client without a key",
            "account of the client",
            "account of the session",
            "account of both",
            "account of the client, key of the session",
        ],
    )
    def test_the_argument_aws_account_id_overrides_accounts(self, real_clients, create_client):
        with mock_xray(FakeXRay(accounts=lambda _: "111111111111"), real_clients=real_clients) as fake:
            client = create_client()
            client.list_resource_policies()
        with mock_xray(FakeXRay(accounts=lambda _: "111111111111")) as next_fake:
            client.list_resource_policies()
        assert [account for account, _ in accounts_and_regions(fake) + accounts_and_regions(next_fake)] == [
            "555566667777"
        ] * 2
