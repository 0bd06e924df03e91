"""The rule of access, apart from any route. What each route answers stands in tests/contract/test_access.py."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.shared.access import TABLE, Action, Relation, Role, decide, roles_named

ROLES = st.frozensets(st.sampled_from(Role))
RELATIONS = st.sampled_from(Relation)
ACTIONS = st.sampled_from(Action)


def test_every_action_has_its_row() -> None:
    assert set(TABLE) == set(Action)


@given(RELATIONS, ACTIONS)
def test_without_a_role_nothing_is_allowed(relation: Relation, action: Action) -> None:
    assert not decide([], relation, action).allowed


@given(RELATIONS, ACTIONS)
def test_administrators_see_no_contents(relation: Relation, action: Action) -> None:
    """What the case system has not receipted is a list of numbers and codes."""
    assert decide([Role.ADMINISTRATOR], relation, action).allowed == (action is Action.LIST_HANDOVER)


@given(ROLES, ROLES, RELATIONS, ACTIONS)
def test_more_roles_never_allow_less(
    some: frozenset[Role], more: frozenset[Role], relation: Relation, action: Action
) -> None:
    assert decide(some, relation, action).allowed <= decide(some | more, relation, action).allowed


@given(ROLES, ACTIONS)
def test_documents_and_inboxes_need_a_relation_whatever_the_role(roles: frozenset[Role], action: Action) -> None:
    if action in {Action.LIST_DOCUMENTS, Action.READ_DOCUMENT, Action.READ_INBOX, Action.SEARCH_PAGES}:
        assert not decide(roles, Relation.NONE, action).allowed


CONTENTS = {Action.LIST_DOCUMENTS, Action.READ_DOCUMENT}
APPROVAL = (Action.READ_INVOICE, Action.APPROVE_INVOICE, Action.RETURN_INVOICE)
BOOKS = (Action.CHECK_PAYMENT, Action.ASSIGN_MONEY, Action.DECIDE_MONEY_BACK)


def test_open_business_lets_accounting_read_and_keep_the_books_and_the_mailroom_compare() -> None:
    allowed = {
        (role, action)
        for role in Role
        for action in Action
        if decide([role], Relation.OPEN_BUSINESS, action).allowed and not decide([role], Relation.NONE, action).allowed
    }

    assert allowed == {
        (Role.ACCOUNTING, Action.LIST_DOCUMENTS),
        (Role.ACCOUNTING, Action.READ_DOCUMENT),
        (Role.MAILROOM, Action.LIST_DOCUMENTS),
        (Role.ACCOUNTING, Action.READ_INVOICE),
        (Role.ACCOUNTING, Action.READ_ACCOUNT),
        *((Role.ACCOUNTING, action) for action in BOOKS),
        # What waits for the approval of another team's lead, or of one whom a deputy stands in for.
        *((role, action) for role in (Role.CASEWORKER, Role.TEAMLEAD) for action in APPROVAL),
        *((role, Action.LIFT_WARNING) for role in (Role.CASEWORKER, Role.TEAMLEAD)),
    }


def test_broken_glass_lets_case_workers_and_team_leads_read_and_nothing_else() -> None:
    allowed = {
        (role, action)
        for role in Role
        for action in Action
        if decide([role], Relation.BREAK_GLASS, action).allowed and not decide([role], Relation.NONE, action).allowed
    }

    around = {Action.SEARCH_PAGES, Action.READ_REGISTER, Action.LIST_MOVES, Action.READ_NOTES, Action.LIST_TASKS}
    bills = {Action.LIST_DOSSIER_INVOICES, Action.READ_INVOICE, Action.READ_RULES}
    money = {Action.READ_ACCOUNT, Action.LIST_CLAIMS}
    actions = CONTENTS | around | bills | money | {Action.BREAK_GLASS}
    assert allowed == {(role, action) for role in (Role.CASEWORKER, Role.TEAMLEAD) for action in actions}


@given(RELATIONS)
def test_auditors_see_who_saw_and_no_contents(relation: Relation) -> None:
    assert not [action for action in CONTENTS | {Action.READ_INBOX} if decide([Role.AUDITOR], relation, action).allowed]


@given(ROLES, RELATIONS, ACTIONS)
def test_decision_names_the_role_that_allows_it(roles: frozenset[Role], relation: Relation, action: Action) -> None:
    decision = decide(roles, relation, action)

    assert (decision.action, decision.relation) == (action, relation)
    if decision.role is not None:
        assert decision.role in roles
        assert decide([decision.role], relation, action).allowed


def test_only_exact_names_are_roles() -> None:
    assert roles_named(["mailroom", "Mailroom", "mailroom ", "client", "eu-central-2_x_Google"]) == {Role.MAILROOM}
