"""How many approvals an amount needs, and at which level somebody acts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.approval import Actor, Lead, Level, Limits, deciders_of, holds, levels_for, missing_levels
from sozialakte.payments.invoice import Act, Duty
from sozialakte.payments.terms import Terms
from sozialakte.shared.access import Role
from tests.invoices import RECEIVED, TERMS, an_invoice

LIMITS = Limits(Decimal(500), Decimal(5000))
LEAD = Actor("ma-1", frozenset({Role.TEAMLEAD}), "nord")
WORKER = Actor("ma-2", frozenset({Role.CASEWORKER}), "nord")
DEPUTY = replace(WORKER, lead=Lead("ma-3", "sued"))


@pytest.mark.parametrize(
    ("amount", "levels"),
    [
        ("0.05", (Level.CASEWORKER,)),
        ("500.00", (Level.CASEWORKER,)),
        ("500.05", (Level.TEAMLEAD,)),
        ("5000.00", (Level.TEAMLEAD,)),
        ("5000.05", (Level.TEAMLEAD, Level.OTHER_TEAMLEAD)),
    ],
)
def test_levels_go_by_the_amount_and_a_credit_note_by_what_it_takes_off(amount: str, levels: tuple[Level, ...]) -> None:
    assert levels_for(Decimal(amount), LIMITS) == levels
    assert levels_for(-Decimal(amount), LIMITS) == levels


@given(st.decimals(0, 100_000, places=2), st.decimals(0, 100_000, places=2))
def test_more_money_never_needs_fewer_people(one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))

    assert len(levels_for(less, LIMITS)) <= len(levels_for(more, LIMITS))


def test_a_bill_in_euros_counts_by_its_number() -> None:
    invoice = an_invoice(terms=replace(TERMS, amount=Decimal("600.00"), currency="EUR"))

    assert missing_levels(invoice, LIMITS) == (Level.TEAMLEAD,)


def test_after_the_first_of_two_approvals_the_second_is_missing_and_a_lower_limit_adds_none_that_is_given() -> None:
    terms: Terms = replace(TERMS, amount=Decimal("5000.05"))
    given_one = an_invoice(terms=terms).changed(Act(Duty.APPROVE, "approve", "ma-1", RECEIVED))

    assert missing_levels(given_one, LIMITS) == (Level.OTHER_TEAMLEAD,)
    assert missing_levels(given_one, Limits(Decimal(0), Decimal(9000))) == (Level.TEAMLEAD,), "nothing passes by itself"


@pytest.mark.parametrize(
    ("actor", "level", "team", "may"),
    [
        (WORKER, Level.CASEWORKER, "nord", True),
        (LEAD, Level.CASEWORKER, "nord", True),
        (replace(WORKER, roles=frozenset({Role.ACCOUNTING, Role.ADMINISTRATOR})), Level.CASEWORKER, "nord", False),
        (WORKER, Level.TEAMLEAD, "nord", False),
        (LEAD, Level.TEAMLEAD, "nord", True),
        (LEAD, Level.TEAMLEAD, "sued", False),
        (LEAD, Level.OTHER_TEAMLEAD, "sued", True),
        (LEAD, Level.OTHER_TEAMLEAD, "nord", False),
        (DEPUTY, Level.TEAMLEAD, "sued", True),
        (DEPUTY, Level.OTHER_TEAMLEAD, "sued", False),
        (DEPUTY, Level.OTHER_TEAMLEAD, "nord", False),
        (DEPUTY, Level.OTHER_TEAMLEAD, "ost", True),
        (replace(LEAD, team=None), Level.OTHER_TEAMLEAD, "nord", False),
        (LEAD, Level.OTHER_TEAMLEAD, None, False),
        (LEAD, Level.TEAMLEAD, None, False),
    ],
)
def test_who_acts_at_which_level_for_which_team(actor: Actor, level: Level, team: str | None, may: bool) -> None:
    assert holds(actor, level, team) is may


def test_whoever_lifted_a_warning_counts_as_having_decided_and_so_does_who_they_stood_in_for() -> None:
    acts = (
        Act(Duty.SETTLE, "clear_twin", "ma-1", RECEIVED),
        Act(Duty.SETTLE, "approve_iban", "ma-2", RECEIVED),
        Act(Duty.APPROVE, "approve", "ma-3", RECEIVED, standing_in_for="ma-4"),
        Act(Duty.SETTLE, "return", "ma-5", RECEIVED),
        Act(Duty.ENTER, "submit", "ma-6", RECEIVED),
    )

    assert deciders_of(replace(an_invoice(), acts=acts)) == {"ma-1", "ma-2", "ma-3", "ma-4"}
