"""Staff accounts on the emulator, and tokens for them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from tests.emulator.aws import Clients
from tests.emulator.outputs import deployed_outputs
from tests.emulator.process import Emulator

PASSWORD = "Emulator-only-2026"  # the emulator's accounts protect nothing


def sign_in(emulator: Emulator, username: str, groups: Iterable[str] = ()) -> str:
    """An access token of this staff member, with exactly these groups. Makes the account if there is none.

    Args:
        emulator: where the app is deployed.
        username: the staff id of the register, for example ``ma-101``.
        groups: roles, see ``infra/people.py``.
    """
    return _tokens(emulator, username, groups)[0]


def sign_in_for_id_token(emulator: Emulator, username: str) -> str:
    """The ID token of this staff member: it says who somebody is, and must open no door."""
    return _tokens(emulator, username, ())[1]


def _tokens(emulator: Emulator, username: str, groups: Iterable[str]) -> tuple[str, str]:
    outputs, cognito = deployed_outputs(emulator), Clients(emulator).cognito()
    _have_account(emulator, outputs.user_pool_id, username)
    _set_groups(emulator, outputs.user_pool_id, username, set(groups))
    answer = cognito.admin_initiate_auth(
        UserPoolId=outputs.user_pool_id,
        ClientId=outputs.user_pool_client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": PASSWORD},
    )
    result = answer["AuthenticationResult"]
    return result["AccessToken"], result["IdToken"]


def _have_account(emulator: Emulator, pool: str, username: str) -> None:
    cognito = Clients(emulator).cognito()
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=pool, Username=username, TemporaryPassword=PASSWORD, MessageAction="SUPPRESS"
        )
    cognito.admin_set_user_password(UserPoolId=pool, Username=username, Password=PASSWORD, Permanent=True)


def _set_groups(emulator: Emulator, pool: str, username: str, wanted: set[str]) -> None:
    cognito = Clients(emulator).cognito()
    listed = cognito.admin_list_groups_for_user(UserPoolId=pool, Username=username)["Groups"]
    present = {group["GroupName"] for group in listed}
    for group in wanted - present:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=username, GroupName=group)
    for group in present - wanted:
        cognito.admin_remove_user_from_group(UserPoolId=pool, Username=username, GroupName=group)
