"""Who asks, from the claims of the authoriser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.runtime.identity import Staff, UnauthenticatedError, staff_of
from sozialakte.shared.access import Role
from tests.http_calls import Call

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def test_staff_id_and_roles_come_from_the_claims() -> None:
    event = Call("GET", "/", "ma-101", "[mailroom caseworker]").event()

    assert staff_of(event) == Staff("ma-101", frozenset({Role.MAILROOM, Role.CASEWORKER}))


def test_without_claims_nobody_asks() -> None:
    others: list[dict[str, object]] = [{}, {"requestContext": {}}, {"requestContext": {"authorizer": None}}]
    for event in [*others, Call("GET", "/", None).event()]:
        with pytest.raises(UnauthenticatedError):
            staff_of(event)


@pytest.mark.parametrize("name", ["", "ma 101", "ma#101", "x" * 65, "ma-101\n", "müller", None, 7, ["ma-101"]])
def test_name_of_another_form_is_nobodys(name: object) -> None:
    claims = {"requestContext": {"authorizer": {"jwt": {"claims": {"username": name}}}}}

    with pytest.raises(UnauthenticatedError):
        staff_of(claims)


def test_identity_token_without_username_is_no_access_token() -> None:
    claims = {"requestContext": {"authorizer": {"jwt": {"claims": {"cognito:username": "ma-101"}}}}}

    with pytest.raises(UnauthenticatedError):
        staff_of(claims)


@given(ANYTHING)
def test_no_claim_of_groups_breaks_anything(claim: object) -> None:
    claims = {"username": "ma-101", "cognito:groups": claim}

    assert staff_of({"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}).roles <= set(Role)
