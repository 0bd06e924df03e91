"""Creditors and the IBANs they are known by. Pure.

A bill from somebody we know with another IBAN is how money gets stolen: the new IBAN pays nothing until a second person
has approved it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sozialakte.payments.invoice import MACHINE, Invoice
from sozialakte.payments.terms import InvoiceKind, Terms
from sozialakte.shared.names import fold
from sozialakte.shared.reasons import Reason

_MOST_IBANS = 30


class TooManyIbansError(ValueError):
    """Somebody with so many IBANs is not one creditor."""


class IbanState(StrEnum):
    """Whether money may go there: it was there from the start or a second person approved it; not yet; no."""

    APPROVED = "approved"
    PROPOSED = "proposed"
    REFUSED = "refused"


@dataclass(frozen=True)
class IbanDecision:
    """Somebody said yes or no to an IBAN, and why."""

    by: str
    at: datetime
    approves: bool
    reason: str


@dataclass(frozen=True)
class KnownIban:
    """An IBAN of a creditor: who brought it (the machine, or who typed it), when, and what was decided about it.

    ``first``: read by the machine from the creditor's first bill. ``used``: an invoice that sends money there was
    approved.
    """

    iban: str
    proposed_by: str
    proposed_at: datetime
    first: bool = False
    used: bool = False
    decisions: tuple[IbanDecision, ...] = ()

    @property
    def is_unproven(self) -> bool:
        """Money may go there though nobody has ever approved any, nor the IBAN itself."""
        return self.first and not self.used and not self.decisions

    @property
    def state(self) -> IbanState:
        """By the last decision."""
        if not self.decisions:
            return IbanState.APPROVED if self.first else IbanState.PROPOSED
        return IbanState.APPROVED if self.decisions[-1].approves else IbanState.REFUSED

    def is_trusted_for(self, invoice: Invoice, enterers: Set[str]) -> bool:
        """Money of this invoice may go there: nobody who entered it has approved the IBAN for it alone."""
        if self.state is not IbanState.APPROVED:
            return False
        return self.first or any(
            one.approves and (one.by not in enterers or one.at < invoice.received_at) for one in self.decisions
        )


@dataclass(frozen=True)
class Creditor:
    """Who sends bills. ``staff_id``: the member of staff it is, if it is one. ``version`` grows with every change."""

    creditor_id: str
    name: str
    ibans: tuple[KnownIban, ...] = ()
    staff_id: str | None = None
    version: int = 1

    def find(self, iban: str) -> KnownIban | None:
        """What we know of an IBAN."""
        return next((known for known in self.ibans if known.iban == iban), None)

    def met(self, iban: str, by: str, at: datetime) -> Creditor:
        """With an IBAN that ``by`` brought; the same if it is known, whatever was decided about it."""
        if not iban or self.find(iban):
            return self
        if len(self.ibans) >= _MOST_IBANS:
            raise TooManyIbansError(self.creditor_id)
        return replace(
            self, ibans=(*self.ibans, KnownIban(iban, by, at, _is_first(self.ibans, by))), version=self.version + 1
        )

    def marked(self, staff_id: str | None) -> Creditor:
        """As this member of staff, or as none; the same if they are known as that."""
        return self if staff_id == self.staff_id else replace(self, staff_id=staff_id, version=self.version + 1)

    def decided(self, iban: str, decision: IbanDecision) -> Creditor:
        """With a decision about one of the IBANs."""
        return self._with(iban, lambda known: replace(known, decisions=(*known.decisions, decision)))

    def paid_by(self, invoice: Invoice) -> Creditor:
        """An invoice was approved; the same if that sends no money, or not for the first time."""
        known = self.find(invoice.terms.iban)
        if known is None or known.used or invoice.kind is InvoiceKind.CREDIT_NOTE:
            return self
        return self._with(known.iban, lambda one: replace(one, used=True))

    def _with(self, iban: str, change: Callable[[KnownIban], KnownIban]) -> Creditor:
        ibans = tuple(change(known) if known.iban == iban else known for known in self.ibans)
        return replace(self, ibans=ibans, version=self.version + 1)


def first_met(terms: Terms, by: str, at: datetime) -> Creditor | None:
    """Somebody who has never sent a bill; None if the bill does not say who."""
    signs = signs_of(terms)
    if not signs:
        return None
    ibans = (KnownIban(terms.iban, by, at, _is_first((), by)),) if terms.iban else ()
    return Creditor(signs[-1][:16], terms.creditor.name, ibans)


def payees_of(invoice: Invoice, creditor: Creditor | None) -> frozenset[str]:
    """The staff who get the money: as somebody said of this invoice, or, since it came, of its creditor."""
    return frozenset(filter(None, (invoice.payee_staff, creditor.staff_id if creditor else None)))


def signs_of(terms: Terms) -> tuple[str, ...]:
    """Hashes of what a creditor is known by, the surest first: the IBAN, the UID, name and postal code."""
    return tuple(sha256(told.encode()).hexdigest()[:32] for told in _told(terms))


def doubts_about(creditor: Creditor | None, terms: Terms) -> tuple[Reason, ...]:
    """What whoever decides about a bill should know of its creditor and IBAN."""
    return tuple(_doubts(creditor, terms)) if creditor else ()


def against_paying(creditor: Creditor | None, invoice: Invoice, enterers: Set[str]) -> Reason | None:
    """Why no money of this invoice may go to its IBAN yet. A credit note sends none; a receipt may name no IBAN."""
    if invoice.kind is InvoiceKind.CREDIT_NOTE or (invoice.kind is InvoiceKind.RECEIPT and not invoice.terms.iban):
        return None
    known = creditor.find(invoice.terms.iban) if creditor else None
    if known is not None and known.is_trusted_for(invoice, enterers):
        return None
    return Reason("approval.iban_not_approved")


def _doubts(creditor: Creditor, terms: Terms) -> Iterator[Reason]:
    known = creditor.find(terms.iban)
    if known is not None and known.state is IbanState.PROPOSED:
        yield Reason("creditor.iban_changed")
    if known is not None and known.state is IbanState.REFUSED:
        yield Reason("creditor.iban_refused")
    if terms.creditor.name and fold(terms.creditor.name) != fold(creditor.name):
        yield Reason("creditor.other_name")


def _is_first(others: tuple[KnownIban, ...], by: str) -> bool:
    """What somebody types is never trusted for that alone."""
    return not others and by == MACHINE


def _told(terms: Terms) -> Iterator[str]:
    if terms.iban:
        yield f"iban {terms.iban}"
    if terms.creditor_uid:
        yield f"uid {fold(terms.creditor_uid)}"
    if fold(terms.creditor.name):
        yield f"name {fold(terms.creditor.name)} {fold(terms.creditor.postal_code)}"
