"""Which roles a member of staff has: only the sign-in knows (``cognito:groups``)."""

from __future__ import annotations

from botocore.exceptions import ClientError

from sozialakte.cli.problems import CommandError
from sozialakte.cli.stage import output_of
from sozialakte.runtime.aws import client
from sozialakte.shared.access import Role, roles_named


def roles_of(stage: str, staff_id: str) -> frozenset[Role] | None:
    """Their roles now, none if nobody of that name can sign in; None if they could not be looked up."""
    try:
        pool = output_of(stage, "entrance", "UserPoolId")
        answer = client("cognito-idp").admin_list_groups_for_user(UserPoolId=pool, Username=staff_id)
    except CommandError:
        return None
    except ClientError as error:
        return frozenset() if error.response["Error"]["Code"] == "UserNotFoundException" else None
    return roles_named(group["GroupName"] for group in answer["Groups"])
