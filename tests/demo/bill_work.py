"""What people do with the bills of the demo's mail, in the order they do it, and what became of every bill.

Whoever enters a bill takes over what is proposed; two people at least decide about each that is approved, three above
the team lead's limit. Bills whose letter waits for a person stay open: nothing that came in is lost.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from pydantic import BaseModel

from sozialakte.payments.invoice_states import InvoiceState
from tests.demo.cast import demo_cast
from tests.demo.clerks import ACCOUNTING, CASEWORKER, OTHER_CASEWORKER, OTHER_LEAD, TEAM_LEAD, Clerk
from tests.demo.office import DemoError
from tests.demo.wednesday_bills import DENTIST, LANDLORD, UTILITY

PATIENCE = 200
"""Seconds until the demo no longer waits for the bills of letters that are settled."""
_IN_WORK = frozenset({InvoiceState.OPEN, InvoiceState.RETURNED, InvoiceState.CODED})
_ON_THE_WAY = frozenset({InvoiceState.RELEASED, InvoiceState.PAID})
_RULE = "d" * 32
_DUPLICATE = "Zweite Ausfertigung derselben Rechnung: gleiche Referenz."
_REJECTED = "Die Kostengutsprache ist abgelaufen; die Rechnung geht an den Absender zurück."


class Asks(Protocol):
    """Where people ask: the deployed API, or its handlers in this process. What is refused is an error."""

    def see(self, who: Clerk, path: str) -> dict[str, Any]:
        """What there is to see."""

    def do(self, who: Clerk, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """What became of it."""


class PaymentCounts(BaseModel):
    """The bills in ``build/demo.json``; ``open`` are all that still have to be worked on.

    ``approved`` were approved, ``paid`` are those of them that the bank has booked since. ``files_valid``: every file
    for the bank is right by schema and rules. ``vouchers_filed`` lie in a dossier.
    """

    received: int
    approved: int
    open: int
    rejected: int
    duplicates: int
    paid: int = 0
    files_valid: bool = False
    vouchers_filed: int = 0


@dataclass(frozen=True)
class Bill:
    """A bill of the mail: who sent it, into whose dossier its letter was filed, and whether it is a credit note."""

    creditor: str
    role: str
    kind: str = "bill"

    def is_it(self, summary: Mapping[str, Any], dossiers: Mapping[str, str]) -> bool:
        """Whether a line of a list is about it."""
        return (summary["dossier_id"], summary["kind"]) == (dossiers[self.role], self.kind) and (
            summary["creditor"] == self.creditor
        )


RENT, TEETH = Bill(LANDLORD, "tenant"), Bill(DENTIST, "worker")
POWER, CREDIT = Bill(UTILITY, "family"), Bill(UTILITY, "family", "credit_note")
METER = Bill(UTILITY, "payer")
EXPECTED = {RENT: 2, TEETH: 1, POWER: 1, CREDIT: 1, METER: 1}
"""How many of each must be in a dossier before anybody begins."""
ADDRESSES = {
    DENTIST: {"street": "Schwanenplatz", "building_number": "4", "postal_code": "6004", "town": "Luzern"},
}
"""In the letterhead of a bill without a QR code."""
STEPS: Mapping[Bill, tuple[Clerk, ...]] = {
    RENT: (CASEWORKER, TEAM_LEAD),
    TEETH: (OTHER_CASEWORKER, OTHER_LEAD, TEAM_LEAD),
    POWER: (OTHER_CASEWORKER, OTHER_LEAD),
    CREDIT: (OTHER_CASEWORKER, OTHER_LEAD),
}
"""Who enters, then who approves."""


def _dossiers() -> dict[str, str]:
    return {role: dossier.dossier_id for role, dossier in demo_cast(2026).dossiers.items()}


@dataclass
class BillWork:
    """The work on the bills of a service. ``acts``: what people did with each, as the API told them."""

    counter: Asks
    acts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    dossiers: Mapping[str, str] = field(default_factory=_dossiers)

    def everything(self) -> None:
        """The whole morning. Raises `DemoError` if something is refused, or bills are missing."""
        found = self.found(EXPECTED)
        rent, copy = self.original_and_copy(found[RENT])
        self.end(copy, CASEWORKER, "duplicate", _DUPLICATE)
        self._set_rule(rent)
        for bill, people in STEPS.items():
            invoice = rent if bill is RENT else found[bill][0]
            self.enter(invoice, people[0])
            for approver in people[1:]:
                self.approve(invoice, approver)
        self.end(found[METER][0], OTHER_CASEWORKER, "rejected", _REJECTED)

    def bills(self) -> list[dict[str, Any]]:
        """All bills, as accounting sees them, in the order of their states."""
        return [line for state in InvoiceState for line in self._in_state(state)]

    def ledger(self) -> dict[str, Any]:
        """The proof of the sum."""
        return self.counter.see(ACCOUNTING, "/payments/ledger")

    def _in_state(self, state: InvoiceState) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            page = self.counter.see(ACCOUNTING, f"/payments/invoices?state={state}{cursor}")
            yield from page["invoices"]
            if page["next"] is None:
                return
            cursor = f"&cursor={page['next']}"

    def found(self, expected: Mapping[Bill, int]) -> dict[Bill, list[str]]:
        """The bills by what they are, once so many of each lie in their dossiers. Raises `DemoError`: they do not."""
        until = time.monotonic() + PATIENCE
        while True:
            lines = list(self._in_state(InvoiceState.OPEN))
            found = {
                bill: [line["invoice_id"] for line in lines if bill.is_it(line, self.dossiers)] for bill in EXPECTED
            }
            missing = [bill for bill, count in expected.items() if len(found[bill]) < count]
            if not missing:
                return found
            if time.monotonic() > until:
                names = ", ".join(f"{bill.creditor} ({self.dossiers[bill.role]})" for bill in missing)
                raise DemoError(f"diese Rechnungen der Post wurden nicht registriert: {names}")
            time.sleep(1)

    def original_and_copy(self, rents: Sequence[str]) -> tuple[str, str]:
        """The copy is the one that says that it may repeat the other."""
        details = [self._detail(invoice_id, CASEWORKER) for invoice_id in rents]
        details.sort(key=lambda one: (bool(one["twins"]), one["letter_id"], one["page"]))
        if not details[-1]["twins"]:
            raise DemoError("niemand hat bemerkt, dass die Miete zweimal in Rechnung gestellt wird")
        return details[0]["invoice"]["invoice_id"], details[-1]["invoice"]["invoice_id"]

    def _set_rule(self, invoice_id: str) -> None:
        """The rent comes every month: one enters the rule, another agrees."""
        creditor, path = (
            self._detail(invoice_id, CASEWORKER)["creditor"],
            f"/payments/dossiers/{self.dossiers['tenant']}",
        )
        rule = {
            "rule_id": _RULE,
            "creditor_id": creditor["creditor_id"],
            "name": "Miete 3 Zimmer",
            "amount": "1450.00",
            "lines": [{"category": "21"}],
            "valid_from": date(2026, 11, 1).isoformat(),
        }
        entered = self.counter.do(CASEWORKER, f"{path}/rules", rule)
        self.counter.do(TEAM_LEAD, f"{path}/rules/{_RULE}/approval", {"version": entered["version"]})

    def enter(self, invoice_id: str, who: Clerk) -> None:
        """Confirm what was read, type what is missing, take the proposal over, ask for approval."""
        detail = self._detail(invoice_id, who)
        confirmed = [one["field"] for one in detail["fields"] if one["to_confirm"]]
        if confirmed:
            body = {"version": detail["invoice"]["version"], "confirmed": confirmed}
            self._act(invoice_id, who, "fields", body | typed(detail["invoice"]["creditor"]))
            detail = self._detail(invoice_id, who)
        proposal = self.counter.see(who, f"/payments/invoices/{invoice_id}/proposal")
        if not proposal["lines"]:
            raise DemoError(f"für {detail['invoice']['creditor']} wird nichts vorgeschlagen: {proposal['reasons']}")
        body = {"version": detail["invoice"]["version"], "accepted": detail["invoice"]["amount"]}
        self._act(invoice_id, who, "submission", body | {"lines": proposal["lines"]})

    def approve(self, invoice_id: str, who: Clerk) -> None:
        """Give the approval it waits for."""
        version = self._detail(invoice_id, who)["invoice"]["version"]
        self._act(invoice_id, who, "approval", {"version": version})

    def end(self, invoice_id: str, who: Clerk, ending: str, reason: str) -> None:
        """Say that nothing is to be paid."""
        version = self._detail(invoice_id, who)["invoice"]["version"]
        self._act(invoice_id, who, "rejection", {"version": version, "ending": ending, "reason": reason})

    def _detail(self, invoice_id: str, who: Clerk) -> dict[str, Any]:
        return self.counter.see(who, f"/payments/invoices/{invoice_id}")

    def _act(self, invoice_id: str, who: Clerk, what: str, body: Mapping[str, object]) -> None:
        answer = self.counter.do(who, f"/payments/invoices/{invoice_id}/{what}", body)
        self.acts[invoice_id] = answer["acts"]


def typed(creditor: str) -> dict[str, object]:
    """What no QR code says and only a person reads on the paper: without an address no bank pays."""
    return {"creditor": {"name": creditor, **ADDRESSES[creditor]}} if creditor in ADDRESSES else {}


def counts_of(ledger: Mapping[str, Any]) -> PaymentCounts:
    """What the ledger proves, for ``build/demo.json``."""

    def stand(*states: InvoiceState) -> int:
        return sum(month["by_state"].get(state, 0) for month in ledger["months"] for state in states)

    return PaymentCounts(
        received=sum(month["received"] for month in ledger["months"]),
        approved=stand(InvoiceState.APPROVED, *_ON_THE_WAY),
        open=stand(*_IN_WORK),
        rejected=stand(InvoiceState.REJECTED),
        duplicates=stand(InvoiceState.DUPLICATE),
        paid=stand(InvoiceState.PAID),
    )


def payment_differences(ledger: Mapping[str, Any]) -> Iterator[str]:
    """What is otherwise than it must be after `BillWork.everything`, in words."""
    counts = counts_of(ledger)
    if not ledger["proven"]:
        yield "Rechnungen: die Summe geht nicht auf"
    for name, wanted in {"approved": len(STEPS), "rejected": 1, "duplicates": 1}.items():
        if getattr(counts, name) != wanted:
            yield f"Rechnungen {name}: {getattr(counts, name)} statt {wanted}"
