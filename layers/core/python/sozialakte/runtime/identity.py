"""Who asks: the claims that the API's JWT authoriser has verified, as a member of staff with roles.

Cognito access tokens carry ``username`` (the staff id of the register) and ``cognito:groups``. API Gateway hands a
list claim on as the text ``[mailroom caseworker]``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sozialakte.shared.access import Role, roles_named

_STAFF_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True)
class Staff:
    """A signed-in member of staff. Without a role they are known but may do nothing."""

    staff_id: str
    roles: frozenset[Role]


class UnauthenticatedError(Exception):
    """The request carries no verified claims of a member of staff."""


def staff_of(event: Mapping[str, object]) -> Staff:
    """The member of staff behind an event of the HTTP API (payload 2.0). Raises `UnauthenticatedError`."""
    claims = _inside(event, "requestContext", "authorizer", "jwt", "claims")
    staff_id = claims.get("username")
    if not isinstance(staff_id, str) or not _STAFF_ID.fullmatch(staff_id):
        raise UnauthenticatedError
    return Staff(staff_id, roles_named(_groups(claims.get("cognito:groups"))))


def _groups(claim: object) -> list[str]:
    if isinstance(claim, str):
        return claim.removeprefix("[").removesuffix("]").replace(",", " ").split()
    if isinstance(claim, list):
        return [name for name in claim if isinstance(name, str)]
    return []


def _inside(event: Mapping[str, object], *path: str) -> Mapping[str, object]:
    found: object = event
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}
