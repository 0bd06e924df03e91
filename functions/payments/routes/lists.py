"""Lists of invoices: each is one query of one index by page, and one batch get for what is hidden from the caller."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.payments.routes.common import CreditorInPath, actor, api, office, register, store, visible
from sozialakte.payments.answers import InvoiceList
from sozialakte.payments.approval import Level
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.questions import WorkList
from sozialakte.payments.records import approve_key, enter_key
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.see_doubts import DISCOUNT_AT_RISK
from sozialakte.payments.store import InvoicePage
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor, Day
from sozialakte.shared.access import Action, Relation, Role
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.ids import DossierId, StaffId

_ALL = Guard(Action.LIST_INVOICES, lambda _: "invoices")
_LEADS = frozenset({WorkList.TEAMLEAD, WorkList.OTHER_TEAMLEAD, WorkList.OVERDUE, WorkList.DISCOUNTS})
_CONTENTS = frozenset({Role.CASEWORKER, Role.TEAMLEAD, Role.ACCOUNTING})


def to_work(asked: Asked) -> Relation:
    """``OFFICE`` to what belongs to no team, ``TEAM`` to the own, ``OWN`` to a lead's, ``DEPUTY`` of an absent one."""
    wanted, absent = asked.arguments.get("of") or own_list(asked.staff.roles), asked.text("standing_in_for")
    if wanted is WorkList.OFFICE:
        return Relation.OFFICE
    if absent:
        return Relation.DEPUTY if _stands_in(asked, absent) else Relation.NONE
    return Relation.OWN if wanted in _LEADS else Relation.TEAM


def own_list(roles: AbstractSet[Role]) -> WorkList:
    """The list that whoever names none begins with."""
    if Role.TEAMLEAD in roles:
        return WorkList.TEAMLEAD
    return WorkList.ENTER if Role.CASEWORKER in roles else WorkList.OFFICE


def _stands_in(asked: Asked, absent: str) -> bool:
    try:
        return office().actor(asked.staff.staff_id, asked.staff.roles, absent, asked.envelope.at).lead is not None
    except RuleBrokenError:
        return False


def _creditor(asked: Asked) -> str:
    return f"creditor#{asked.text('creditor_id')}"


def _dossier(asked: Asked) -> str:
    return f"dossier#{asked.text('dossier_id')}"


def _to_dossier(asked: Asked) -> Relation:
    return register().relation_of(asked.text("dossier_id"), asked.staff.staff_id, asked.envelope.at)


@api.get("/payments/work", Guard(Action.LIST_PAYMENT_WORK, lambda asked: f"work#{asked.arguments.get('of')}", to_work))
def list_work(of: WorkList, standing_in_for: StaffId | None = None, cursor: Cursor | None = None) -> InvoiceList:
    """What waits for me, the first due first: to enter in my team or the office; to approve at a level; and what a
    team lead has to see to: unpaid and overdue in the team, discounts that end within five days.

    ``standing_in_for``: what waits for a team lead who is away and whose deputy I am.
    """
    return InvoiceList.of(work_of(of, standing_in_for, cursor), lambda _: True)


def work_of(of: WorkList, standing_in_for: str | None, cursor: str | None) -> InvoicePage:
    """What waits for the caller and is not hidden from them."""
    acting = actor(standing_in_for)
    team = acting.lead.team if acting.lead else acting.team
    page = _page_of(of, team, cursor)
    own = {team, acting.team} if of is WorkList.OTHER_TEAMLEAD else set()
    shown = visible(page.invoices)
    return replace(
        page, invoices=tuple(one for one in page.invoices if one.invoice_id in shown and one.team not in own)
    )


@api.get("/payments/invoices", _ALL)
def list_invoices(state: InvoiceState, cursor: Cursor | None = None) -> InvoiceList:
    """Invoices in a state, the longest there first."""
    return _answer(store().in_state(state, PAGE_SIZE, cursor))


@api.get("/payments/overdue", _ALL)
def list_overdue(until: Day | None = None, cursor: Cursor | None = None) -> InvoiceList:
    """Unpaid invoices due before today, or at the latest on a day, the first due first."""
    day = until or zurich_date(api.asked.envelope.at) - timedelta(days=1)
    return _answer(store().unpaid_due(day.isoformat(), PAGE_SIZE, cursor))


@api.get("/payments/discounts", _ALL)
def list_discounts(until: Day | None = None, cursor: Cursor | None = None) -> InvoiceList:
    """Unpaid invoices whose discount ends within five days, or at the latest on a day, the first to end first."""
    today = zurich_date(api.asked.envelope.at)
    day = until or today + DISCOUNT_AT_RISK
    return _answer(store().discounts_ending(today.isoformat(), max(today, day).isoformat(), PAGE_SIZE, cursor))


@api.get("/payments/creditors/<creditor_id>/invoices", Guard(Action.LIST_INVOICES, _creditor))
def list_invoices_of_creditor(creditor_id: CreditorInPath, cursor: Cursor | None = None) -> InvoiceList:
    """The invoices of a creditor, the newest first."""
    return _answer(store().of_creditor(creditor_id, PAGE_SIZE, cursor))


@api.get("/payments/dossiers/<dossier_id>/invoices", Guard(Action.LIST_DOSSIER_INVOICES, _dossier, _to_dossier))
def list_invoices_of_dossier(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> InvoiceList:
    """The invoices of a dossier, the newest first."""
    return _answer(store().of_dossier(dossier_id, PAGE_SIZE, cursor))


def _page_of(of: WorkList, team: str | None, cursor: str | None) -> InvoicePage:
    if of in {WorkList.OVERDUE, WorkList.DISCOUNTS}:
        return _hurrying(of, team, cursor) if team else InvoicePage((), None)
    return store().waiting(_work_key(of, team), PAGE_SIZE, cursor)


def _hurrying(of: WorkList, team: str, cursor: str | None) -> InvoicePage:
    today = zurich_date(api.asked.envelope.at)
    if of is WorkList.OVERDUE:
        return store().unpaid_due((today - timedelta(days=1)).isoformat(), PAGE_SIZE, cursor, team=team)
    until = today + DISCOUNT_AT_RISK
    return store().discounts_ending(today.isoformat(), until.isoformat(), PAGE_SIZE, cursor, team=team)


def _work_key(of: WorkList, team: str | None) -> str:
    if of is WorkList.OFFICE:
        return enter_key(None)
    return enter_key(team) if of is WorkList.ENTER else approve_key(team, Level(of))


def _answer(page: InvoicePage) -> InvoiceList:
    """Without what is hidden from the caller. Who only proves that all is there sees every row, but no creditors."""
    answer = InvoiceList.of if api.asked.staff.roles & _CONTENTS else InvoiceList.bare
    shown = visible(page.invoices)
    return answer(page, lambda one: one.invoice_id in shown)
