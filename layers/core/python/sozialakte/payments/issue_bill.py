"""Issue a bill: the person's address from the register, a claim with its number, and the bill with its reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import (
    Claim,
    ClaimKind,
    ClaimRefusedError,
    Demand,
    ReceivingAccount,
    bill_of,
    payload_of,
)
from sozialakte.payments.qr_bill import Party, QrBill
from sozialakte.register import Person, RegisterStore
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason

USUAL_TERM = 30
"""Days to pay."""


@dataclass(frozen=True)
class IssuedBill:
    """A claim, its bill, and the text of the bill's code."""

    claim: Claim
    bill: QrBill
    payload: str


@dataclass(frozen=True)
class IssueBill:
    """Somebody issues bills of a service. The same demand on the same day again gives the same bill."""

    claims: ClaimStore
    register: RegisterStore
    account: ReceivingAccount
    by: str
    now: datetime

    def __call__(
        self, kind: ClaimKind, dossier_id: str, person_id: str, money: Money, reason: str, days: int = USUAL_TERM
    ) -> IssuedBill:
        """Raises `ClaimRefusedError`, before anything is written, and `WriteConflictError`."""
        debtor = self._debtor(dossier_id, person_id)
        today = zurich_date(self.now)
        demand = Demand(kind, dossier_id, person_id, money, reason, today, _due(today, days))
        payload_of(bill_of(Claim(1, demand, self.by), self.account, debtor))
        claim = self.claims.issue(demand, self.by)
        bill = bill_of(claim, self.account, debtor)
        return IssuedBill(claim, bill, payload_of(bill))

    def _debtor(self, dossier_id: str, person_id: str) -> Party:
        persons = self.register.find_persons_of_dossier(dossier_id)
        person = next((one for one in persons if one.person_id == person_id), None)
        if person is None:
            raise ClaimRefusedError(Reason("claim.foreign_person", {"person_id": person_id, "dossier_id": dossier_id}))
        return _party(person)


def _party(person: Person) -> Party:
    address = person.address
    if address is None:
        raise ClaimRefusedError(Reason("claim.no_address", {"person_id": person.person_id}))
    name = f"{person.given_names} {person.family_name}"
    return Party(name, address.street or "", address.house_number or "", address.postal_code, address.town, "CH")


def _due(today: date, days: int) -> date:
    return today + timedelta(days=days)
