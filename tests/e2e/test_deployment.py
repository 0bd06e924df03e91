"""The independent check: what was deployed is what the app says, doors are locked, permissions are enforced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from botocore.exceptions import ClientError

from tests.e2e.api_calls import request
from tests.e2e.deployed import Deployed
from tests.e2e.gaps import Gaps
from tests.emulator import cdk
from tests.emulator.people import sign_in, sign_in_for_id_token

KEY = {"pk": {"S": "person#P-000000"}, "sk": {"S": "current"}}
ROUTES = ("/intake/batches", "/intake/review", "/dossiers/inbox", "/dossiers/SH-2026-00001/documents")


def test_a_second_look_finds_no_difference_between_app_and_deployment(deployed: Deployed) -> None:
    assert cdk.differences(deployed.emulator) == ""


def test_the_emulator_still_has_its_known_gaps(gaps: Gaps) -> None:
    dropped = Gaps(object_lock=True, lifecycle=True, reserved_concurrency=True, point_in_time_recovery=True)
    assert gaps == dropped, "a gap closed: its fix-up in tests/emulator/fixups.py may go"


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_token_no_door_opens(deployed: Deployed, route: str) -> None:
    assert request(deployed.outputs.api_url + route).status == 401


def test_a_made_up_token_opens_no_door(deployed: Deployed) -> None:
    assert request(f"{deployed.outputs.api_url}/intake/batches", token="eyJhbGciOiJub25lIn0.e30.").status == 401


def test_an_id_token_opens_no_door(deployed: Deployed) -> None:
    token = sign_in_for_id_token(deployed.emulator, "ma-901")
    assert request(f"{deployed.outputs.api_url}/intake/batches", token=token).status == 403


def test_an_access_token_reaches_the_function_with_its_layers(deployed: Deployed) -> None:
    token = sign_in(deployed.emulator, "ma-902", ["mailroom"])
    answer = request(f"{deployed.outputs.api_url}/intake/batches", token=token)
    assert (answer.status, answer.json()["batches"]) == (200, [])


def test_a_role_without_permission_is_denied(deployed: Deployed) -> None:
    nobody = deployed.clients.assuming(_role(deployed, "nobody", may=None))
    with pytest.raises(ClientError, match="AccessDenied"):
        nobody.dynamodb().get_item(TableName=deployed.outputs.tables["register"], Key=KEY)


def test_a_role_may_what_its_policy_says_and_no_more(deployed: Deployed) -> None:
    table = deployed.outputs.tables["register"]
    reader = deployed.clients.assuming(_role(deployed, "reader", may="dynamodb:GetItem"))
    assert "Item" not in reader.dynamodb().get_item(TableName=table, Key=KEY)
    with pytest.raises(ClientError, match="AccessDenied"):
        reader.dynamodb().put_item(TableName=table, Item=KEY)


def _role(deployed: Deployed, name: str, may: str | None) -> str:
    iam = deployed.clients.iam()
    trust = _policy({"AWS": "*"}, "sts:AssumeRole")
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    if may:
        statement = {"Effect": "Allow", "Action": [may, "kms:Decrypt"], "Resource": "*"}
        iam.put_role_policy(RoleName=name, PolicyName="only", PolicyDocument=json.dumps({"Statement": [statement]}))
    return arn


def _policy(principal: object, action: str) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": action}]})


def test_a_function_that_loses_its_policy_is_denied(deployed: Deployed) -> None:
    token = sign_in(deployed.emulator, "ma-903", ["mailroom"])
    with _without_policy(deployed, "intake.api"):
        assert request(f"{deployed.outputs.api_url}/intake/batches", token=token).status >= 500
    assert request(f"{deployed.outputs.api_url}/intake/batches", token=token).status == 200


@contextmanager
def _without_policy(deployed: Deployed, function: str) -> Iterator[None]:
    iam, functions = deployed.clients.iam(), deployed.clients.functions()
    configuration = functions.get_function_configuration(FunctionName=deployed.outputs.functions[function])
    role = configuration["Role"].rsplit("/", 1)[-1]
    (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    iam.delete_role_policy(RoleName=role, PolicyName=name)
    try:
        yield
    finally:
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))
