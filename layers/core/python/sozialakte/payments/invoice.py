"""An invoice on its way from the letter to the payment: what it asks for, what it is for, and who did what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from sozialakte.payments.invoice_states import INVOICE_STEPS, InvoiceState
from sozialakte.payments.terms import Field, InvoiceKind, Terms
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason

MACHINE = "machine"
_ID_DIGITS = 32


class IllegalStepError(ValueError):
    """A step that `INVOICE_STEPS` does not allow; ``invoice`` is as it stands."""

    def __init__(self, invoice: Invoice, target: InvoiceState) -> None:
        super().__init__(f"{invoice.invoice_id}: {invoice.state} -> {target}")
        self.invoice = invoice


class Payer(StrEnum):
    """Whose money it is: the service's, or that of the ward whose account a guardian manages (no HRM2 coding)."""

    SERVICE = "service"
    WARD = "ward"


class Duty(StrEnum):
    """What kind of thing somebody did with an invoice. One person holds one of the first three on the same invoice."""

    ENTER = "enter"
    APPROVE = "approve"
    RELEASE = "release"
    SETTLE = "settle"  # registered, rejected, returned, reopened: decides nothing about the money going out


@dataclass(frozen=True)
class Act:
    """``by`` did ``what`` (a code of the catalogue: ``act.<what>``) at ``at``.

    ``standing_in_for``: the person in whose place they acted; both then count as having done it. ``round`` is the
    submission it belongs to: approvals of an earlier round are void. ``step`` numbers the approvals of a round from 0.
    """

    duty: Duty
    what: str
    by: str
    at: datetime
    round: int = 0
    step: int | None = None
    standing_in_for: str | None = None
    reason: str | None = None

    @property
    def persons(self) -> frozenset[str]:
        """Who counts as having done it."""
        return frozenset(filter(None, (self.by, self.standing_in_for)))


@dataclass(frozen=True)
class CodingLine:
    """A share of the amount: for whom, for what, for which months (the first day of the first, the last of the last).

    ``category`` is None only for a ward's bill. ``person_id`` None: for the whole support unit.
    """

    amount: Decimal
    category: str | None = None
    person_id: str | None = None
    period_from: date | None = None
    period_to: date | None = None


@dataclass(frozen=True)
class Scan:
    """The letter and page (numbered from 1) on which the invoice lies, and exactly which file that is."""

    letter_id: str
    page: int
    key: str
    version_id: str


@dataclass(frozen=True)
class Invoice:
    """An invoice; ``version`` grows by one with every change.

    ``accepted`` is what we agree to owe once it is coded, in the currency of the terms; less than asked for needs the
    reason in ``partial``. ``unconfirmed``: fields a person has to confirm before it can be coded. ``doubts`` are shown
    to whoever decides. ``dossier_by``: who put it there; what a person did no message changes. ``twins``: invoices it
    may repeat; ``cleared`` are those of them that somebody said are others. ``team``: of the dossier's responsible
    person; ``waits_for``: the level of the next approval (`approval.Level`). ``payee_staff``: the member of staff who
    gets the money, if it is one. ``run_id``: the payment run it was last released in; ``attempt`` counts its releases.
    ``booked_on``: the day on which the bank, or whoever leads the payments, booked it.
    """

    invoice_id: str
    scan: Scan
    kind: InvoiceKind
    terms: Terms
    received_at: datetime
    state: InvoiceState
    since: datetime
    payer: Payer = Payer.SERVICE
    creditor_id: str | None = None
    dossier_id: str | None = None
    dossier_by: str | None = None
    commune: int | None = None
    lines: tuple[CodingLine, ...] = ()
    accepted: Decimal | None = None
    partial: str | None = None
    unconfirmed: tuple[Field, ...] = ()
    doubts: tuple[Reason, ...] = ()
    twins: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    round: int = 0
    team: str | None = None
    waits_for: str | None = None
    payee_staff: str | None = None
    run_id: str | None = None
    attempt: int = 0
    booked_on: date | None = None
    version: int = 1

    @property
    def last_act(self) -> Act | None:
        """Who changed it last, and what."""
        return self.acts[-1] if self.acts else None

    @property
    def owed(self) -> Money | None:
        """What is to be paid: what was accepted, else what is asked for."""
        return self.terms.money if self.accepted is None else Money(self.accepted, self.terms.currency)

    @property
    def approvals(self) -> tuple[Act, ...]:
        """Those that hold: of the present round."""
        return tuple(act for act in self.acts if act.duty is Duty.APPROVE and act.round == self.round)

    @property
    def open_twins(self) -> tuple[str, ...]:
        """Invoices it may repeat and nobody has said that it does not."""
        return tuple(twin for twin in self.twins if twin not in self.cleared)

    @property
    def deciders(self) -> frozenset[str]:
        """Who entered or approved it, for themselves or in somebody's place: they release nothing of it."""
        return self.persons_with(Duty.ENTER) | self.persons_with(Duty.APPROVE)

    def persons_with(self, duty: Duty) -> frozenset[str]:
        """Everybody who ever held this duty on it, in whatever round."""
        return frozenset(person for act in self.acts if act.duty is duty for person in act.persons)

    def changed(self, act: Act, **what: object) -> Invoice:
        """The next version, with what somebody did to it."""
        return replace(self, **what, acts=(*self.acts, act), version=self.version + 1)  # type: ignore[arg-type]

    def step(self, target: InvoiceState, act: Act, **what: object) -> Invoice:
        """The next version, in another state. Raises `IllegalStepError`."""
        if target not in INVOICE_STEPS[self.state]:
            raise IllegalStepError(self, target)
        return self.changed(act, state=target, since=act.at, **what)


def end_to_end_id(invoice_id: str, attempt: int) -> str:
    """How the bank names the ``attempt``-th payment of an invoice (35 characters at most): the same in every file."""
    return f"{invoice_id}-{attempt:02d}"


def invoice_named(end_to_end: str) -> tuple[str, int] | None:
    """The invoice and attempt behind an id that the bank names; None if it is none of ours."""
    invoice_id, _, attempt = end_to_end.partition("-")
    ours = (
        len(invoice_id) == _ID_DIGITS and attempt.isdecimal() and end_to_end == end_to_end_id(invoice_id, int(attempt))
    )
    return (invoice_id, int(attempt)) if ours else None


def invoice_id_of(page_hash: str, code: bytes | None) -> str:
    """The id of what stands on a page: the same however often it is read, whichever letter the page comes to lie in.

    ``page_hash`` stands for the bytes of the page's streams, ``code`` are those of the QR code; None if it has none.
    """
    told = page_hash.encode() + b"\n" + (code if code is not None else b"text")
    return sha256(told).hexdigest()[:_ID_DIGITS]
