"""Money that comes in: what waits for somebody to say whose it is, the proof of the sum, the claims of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.payments.routes.common import Settings, api, hidden_dossiers, register
from sozialakte.payments.assign_money import AssignMoney, DividedMoneyError, UnknownClaimError, UnknownMoneyError
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.incoming_money import IncomingMoney, MoneyState
from sozialakte.payments.money_answers import (
    AssignMoneyBody,
    ClaimList,
    Fate,
    MoneyAnswer,
    MoneyLedgerAnswer,
    MoneyList,
    state_name,
)
from sozialakte.payments.money_store import MoneyChangedError, MoneyStore
from sozialakte.payments.words import words_of_person
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation
from sozialakte.shared.ids import DossierId

MoneyInPath = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


def _money(asked: Asked) -> str:
    return f"money#{asked.text('money_id')}"


def _dossier(asked: Asked) -> str:
    return f"dossier#{asked.text('dossier_id')}"


def _to_claims(asked: Asked) -> Relation:
    """Whose money it is, accounting finds out; but what belongs to a sealed dossier is nobody's but of those named."""
    body = asked.arguments.get("body")
    wanted = _claims().find(body.claim) if isinstance(body, AssignMoneyBody) and body.claim else None
    money = _store().find(asked.text("money_id"))
    if _hidden_claims([money] if money else []):
        return Relation.NONE
    if wanted is None:
        return Relation.OFFICE
    staff_id, at = asked.staff.staff_id, asked.envelope.at
    return register().relation_of(wanted.demand.dossier_id, staff_id, at, has_business=True)


def _to_dossier(asked: Asked) -> Relation:
    return register().relation_of(asked.text("dossier_id"), asked.staff.staff_id, asked.envelope.at)


@api.get("/payments/money", Guard(Action.LIST_MONEY, lambda _: "money"))
def list_money(state: MoneyState = MoneyState.UNMATCHED, cursor: Cursor | None = None) -> MoneyList:
    """Money in a state, the first booked first: what nobody knows yet, unless another state is asked for."""
    money, following = _store().in_state(state, PAGE_SIZE, cursor)
    return MoneyList.of(money, following, _hidden_claims(money))


@api.get("/payments/money/ledger", Guard(Action.READ_LEDGER, lambda _: "money-ledger"))
def read_money_ledger() -> MoneyLedgerAnswer:
    """The counters of money that came in, and whether they agree: how much it was, and what became of each credit."""
    return MoneyLedgerAnswer.of(_store().counts())


@api.post("/payments/money/<money_id>/assignment", Guard(Action.ASSIGN_MONEY, _money, _to_claims))
def assign_money(money_id: MoneyInPath, body: AssignMoneyBody) -> MoneyAnswer:
    """Say what some money is: which claim it pays, that it goes back, or that it is booked elsewhere."""
    if (body.fate is Fate.CLAIM) != (body.claim is not None):
        raise invalid_request([field_problem("body", "claim", "missing" if body.claim is None else "extra_forbidden")])
    assign = AssignMoney(_store(), _claims(), money_id, body.version, api.asked.staff.staff_id, api.asked.envelope.at)
    if body.claim is not None:
        return MoneyAnswer.of(assign.pays(body.claim, body.reason))
    return MoneyAnswer.of(assign.is_no_payment(MoneyState(body.fate), body.reason))


@api.get("/payments/dossiers/<dossier_id>/claims", Guard(Action.LIST_CLAIMS, _dossier, _to_dossier))
def list_claims_of_dossier(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> ClaimList:
    """The claims against the people of a dossier, and how far they are paid, the newest first."""
    return ClaimList.of(*_claims().of_dossier(dossier_id, PAGE_SIZE, cursor))


def _hidden_claims(money: Iterable[IncomingMoney]) -> frozenset[int]:
    """The claims that this money has to do with and that are sealed from the caller; two batch gets."""
    claims = _claims().get_many(number for one in money for number in one.claims)
    hidden = hidden_dossiers(claim.demand.dossier_id for claim in claims.values())
    return frozenset(number for number, claim in claims.items() if claim.demand.dossier_id in hidden)


def _store() -> MoneyStore:
    return MoneyStore(Table(read_settings(Settings).payments_table))


def _claims() -> ClaimStore:
    return ClaimStore(read_settings(Settings).payments_table)


def _changed(error: MoneyChangedError) -> ProblemError:
    """409 that tells who said meanwhile what it is."""
    current = error.current
    last = current.last_act if current else None
    by, what = (words_of_person(last.by), state_name(last.state)) if last else ("-", "-")
    facts: dict[str, str | int | None] = {
        "by": last.by if last else None,
        "at": last.at.isoformat() if last else None,
        "what": what,
        "version": current.version if current else None,
    }
    return ProblemError(HTTPStatus.CONFLICT, "money_changed", params={"by": by, "what": what}, facts=facts)


api.on(MoneyChangedError, _changed)
api.on(UnknownMoneyError, lambda _: ProblemError(HTTPStatus.NOT_FOUND, "unknown_thing"))
api.on(UnknownClaimError, lambda _: ProblemError(HTTPStatus.CONFLICT, "unknown_claim"))
api.on(DividedMoneyError, lambda _: ProblemError(HTTPStatus.CONFLICT, "money_divided"))
