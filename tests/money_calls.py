"""Money that came in, for the routes about it, and the body of the one that says whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import Claim, ClaimKind, Demand
from sozialakte.payments.incoming_money import IncomingMoney
from sozialakte.payments.money_store import MoneyStore
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.money import Money
from tests.aws import PAYMENTS
from tests.bank.words import ACCOUNT
from tests.invoice_calls import WHERE
from tests.office import DOSSIER, PERSON, RESPONSIBLE

ASSIGN = "POST /payments/money/{money_id}/assignment"
MONEY_ID = "0123456789abcdef" * 2
WHY = "Die Zahlerin hat <b>angerufen</b>."
MONEY_BODIES: Mapping[str, dict[str, object]] = {ASSIGN: {"version": 1, "fate": "paid_back", "reason": WHY}}


def some_money(amount: str = "250.00", money_id: str = MONEY_ID, **what: object) -> IncomingMoney:
    """Money that nobody knows yet."""
    day = date(2026, 11, 20)
    return IncomingMoney(money_id, ACCOUNT, Decimal(amount), "CHF", booked_on=day, payer="Pia Muster", **what)  # type: ignore[arg-type]


def add_money(amount: str = "250.00", money_id: str = MONEY_ID, **what: object) -> IncomingMoney:
    """It lies in the table."""
    money = some_money(amount, money_id, **what)
    MoneyStore(Table(PAYMENTS)).save(None, money)
    return money


def furnish_money(relation: str) -> None:
    """Money that may pay a claim of the dossier to which people stand so; nobody's, in the office."""
    dossier_id = WHERE.get(relation, DOSSIER)
    add_money(proposals=(add_claim(dossier_id).number,) if dossier_id else ())


def add_claim(dossier_id: str) -> Claim:
    """A claim against somebody of this dossier."""
    asked_for, day = Money(Decimal("250.00")), date(2026, 11, 2)
    demand = Demand(ClaimKind.REPAYMENT, dossier_id, PERSON, asked_for, "Rückerstattung", day, date(2026, 12, 2))
    return ClaimStore(PAYMENTS).issue(demand, RESPONSIBLE)


def assignment(reference: str, version: int = 1) -> dict[str, object]:
    """That it pays a claim."""
    return {"version": version, "fate": "claim", "claim": reference, "reason": WHY}
