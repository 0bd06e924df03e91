"""What programs are told of a voucher: the payment, its postings, and who did what. Ids and amounts, no names of staff.

Kept beside the voucher's PDF, for those who hand it over to the case system. A field that comes later makes a new
version of their contract.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from sozialakte.payments.booked_vouchers import BookedVoucher
from sozialakte.payments.invoice import Act, Invoice, end_to_end_id
from sozialakte.payments.journal import Entry, EntryKind, Posting, voucher_id_of
from sozialakte.payments.voucher_words import acts_that_hold
from sozialakte.payments.words import words_of_act
from sozialakte.shared.ids import DossierId, InvoiceId, LetterId, PersonId
from sozialakte.shared.model import Model

Amount = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$")]
"""An exact amount as a text."""


class _Part(Model):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class PostingFacts(_Part):
    """``amount`` (above zero) goes from ``credit`` to ``debit``: accounts as in HRM2, or ``ward.*`` outside it.

    ``support``: counts under Art. 3 ZUG. ``person_id`` null: for the whole support unit.
    """

    posting_id: str
    debit: str
    credit: str
    amount: Amount
    category: str | None
    category_name: str | None
    person_id: PersonId | None
    period_from: date | None
    period_to: date | None
    support: bool

    @classmethod
    def of(cls, posting_id: str, posting: Posting) -> PostingFacts:
        """A posting with its id."""
        return cls(posting_id=posting_id, **{**vars(posting), "amount": amount_of(posting.amount)})


class ActFacts(_Part):
    """``by`` (a staff id, or ``machine``) did ``what``, perhaps in the place of somebody."""

    what: str
    text: str
    by: str
    standing_in_for: str | None
    at: AwareDatetime
    reason: str | None

    @classmethod
    def of(cls, act: Act) -> ActFacts:
        """The act in words."""
        facts = {"by": act.by, "standing_in_for": act.standing_in_for, "at": act.at, "reason": act.reason}
        return cls(what=act.what, text=words_of_act(act), **facts)


class VoucherFacts(_Part):
    """A voucher. ``amount``: what went out, below zero if it came in; a reversal names the voucher it takes back.

    ``run_id`` and ``end_to_end_id`` are null if somebody else pays.
    """

    voucher_id: LetterId
    kind: Literal["booking", "reversal"]
    reverses: LetterId | None
    invoice_id: InvoiceId
    dossier_id: DossierId
    booked_on: date
    amount: Amount
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    payer: Literal["service", "ward"]
    creditor: str
    iban: str
    reference: str | None
    invoice_number: str | None
    run_id: str | None
    end_to_end_id: str | None
    postings: tuple[PostingFacts, ...]
    acts: tuple[ActFacts, ...]

    @classmethod
    def of(cls, voucher: BookedVoucher, invoice: Invoice) -> VoucherFacts:
        """The facts of a voucher that has not been filed yet; ``invoice`` as it was booked."""
        entry = voucher.entry
        return cls(
            voucher_id=entry.voucher_id,
            kind=entry.kind.value,
            reverses=_reversed_by(entry),
            invoice_id=entry.invoice_id,
            dossier_id=entry.dossier_id or "",
            booked_on=entry.booked_on,
            amount=amount_of(entry.settles),
            currency=entry.currency,
            payer=entry.payer.value,
            creditor=invoice.terms.creditor.name,
            iban=invoice.terms.iban,
            reference=invoice.terms.reference,
            invoice_number=invoice.terms.invoice_number,
            run_id=invoice.run_id,
            end_to_end_id=end_to_end_id(entry.invoice_id, entry.attempt) if invoice.run_id else None,
            postings=tuple(PostingFacts.of(*one) for one in entry.numbered),
            acts=tuple(map(ActFacts.of, acts_that_hold(invoice))),
        )


def amount_of(amount: Decimal) -> str:
    """An amount as a text with two places."""
    return f"{amount:.2f}"


def _reversed_by(entry: Entry) -> str | None:
    if entry.kind is EntryKind.BOOKING:
        return None
    return voucher_id_of(entry.invoice_id, entry.attempt, EntryKind.BOOKING)
