"""What the routes of the payments give. Reasons are put into words here; amounts are texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from sozialakte.payments.creditors import Creditor, IbanState, KnownIban
from sozialakte.payments.invoice import Act, CodingLine, Invoice, Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.records import due_by
from sozialakte.payments.store import InvoicePage
from sozialakte.payments.terms import Field, InvoiceKind, Terms
from sozialakte.payments.words import words_of_act, words_of_person
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


class InvoiceSummary(Model):
    """An invoice in a list. Who only proves that all are there gets no creditor."""

    invoice_id: str
    kind: InvoiceKind
    state: InvoiceState
    state_name: str
    since: datetime
    received_at: datetime
    due_by: date
    discount_until: date | None
    amount: str | None
    currency: str
    creditor: str | None
    dossier_id: str | None
    team: str | None
    waits_for: str | None
    version: int

    @classmethod
    def of(cls, invoice: Invoice, *, contents: bool = True) -> InvoiceSummary:
        """In words."""
        owed, discounts = invoice.owed, invoice.terms.discounts
        return cls(
            invoice_id=invoice.invoice_id,
            kind=invoice.kind,
            state=invoice.state,
            state_name=say(Reason(f"invoice_state.{invoice.state}")),
            since=invoice.since,
            received_at=invoice.received_at,
            due_by=date.fromisoformat(due_by(invoice)),
            discount_until=discounts[0].until if discounts else None,
            amount=str(owed.amount) if owed else None,
            currency=invoice.terms.currency,
            creditor=invoice.terms.creditor.name if contents else None,
            dossier_id=invoice.dossier_id,
            team=invoice.team,
            waits_for=invoice.waits_for,
            version=invoice.version,
        )


class InvoiceList(Model):
    """A page of invoices and the cursor of the next. A page may be short, even empty, and still have a ``next``."""

    invoices: list[InvoiceSummary]
    next: str | None

    @classmethod
    def of(cls, page: InvoicePage, shows: Callable[[Invoice], bool]) -> InvoiceList:
        """Those that the viewer may see."""
        shown = [InvoiceSummary.of(invoice) for invoice in page.invoices if shows(invoice)]
        return cls(invoices=shown, next=page.next_cursor)

    @classmethod
    def bare(cls, page: InvoicePage, shows: Callable[[Invoice], bool]) -> InvoiceList:
        """All of them, for who only proves that all are there: of none the creditor, of hidden ones no dossier."""
        told = (
            invoice if shows(invoice) else replace(invoice, dossier_id=None, team=None) for invoice in page.invoices
        )
        return cls(invoices=[InvoiceSummary.of(one, contents=False) for one in told], next=page.next_cursor)


class FieldAnswer(Model):
    """A value, and where it was read: ``how`` is ``qr``, ``text`` (the words in ``said``), ``person`` or null."""

    field: Field
    name: str
    value: str | None
    how: str | None
    page: int | None
    said: str | None
    to_confirm: bool

    @classmethod
    def of(cls, field: Field, invoice: Invoice) -> FieldAnswer:
        """One field of an invoice."""
        where = invoice.terms.read.get(field)
        return cls(
            field=field,
            name=say(Reason(f"field_name.{field}")),
            value=_value_of(field, invoice.terms),
            how=where.how if where else None,
            page=where.page if where else None,
            said=where.said if where else None,
            to_confirm=field in invoice.unconfirmed,
        )


class ActAnswer(Model):
    """Who did what, when, and why; ``void``: an approval of an earlier round."""

    by: str
    standing_in_for: str | None
    at: datetime
    what: str
    what_name: str
    reason: str | None
    void: bool

    @classmethod
    def of(cls, act: Act, invoice: Invoice) -> ActAnswer:
        """In words."""
        return cls(
            by=words_of_person(act.by),
            standing_in_for=act.standing_in_for,
            at=act.at,
            what=act.what,
            what_name=words_of_act(act),
            reason=act.reason,
            void=act.what == "approve" and act not in invoice.approvals,
        )


class LineAnswer(Model):
    """A share of the amount."""

    amount: str
    category: str | None
    person_id: str | None
    period_from: date | None
    period_to: date | None

    @classmethod
    def of(cls, line: CodingLine) -> LineAnswer:
        """The line."""
        return cls(
            amount=str(line.amount),
            category=line.category,
            person_id=line.person_id,
            period_from=line.period_from,
            period_to=line.period_to,
        )


class IbanAnswer(Model):
    """An IBAN of a creditor, since when, and whether money may go there; ``used``: money was approved for it before."""

    iban: str
    state: IbanState
    used: bool
    proposed_by: str
    proposed_at: datetime

    @classmethod
    def of(cls, known: KnownIban) -> IbanAnswer:
        """What we know of it."""
        by = words_of_person(known.proposed_by)
        return cls(iban=known.iban, state=known.state, used=known.used, proposed_by=by, proposed_at=known.proposed_at)


class EarlierInvoice(Model):
    """Another invoice of the same creditor; of other people's dossiers nothing but dates and amounts."""

    invoice_id: str | None
    received_at: datetime
    amount: str | None
    currency: str
    state: InvoiceState
    same_dossier: bool

    @classmethod
    def of(cls, other: Invoice, invoice: Invoice) -> EarlierInvoice:
        """As the history of a creditor shows it."""
        same, owed = other.dossier_id is not None and other.dossier_id == invoice.dossier_id, other.owed
        return cls(
            invoice_id=other.invoice_id if same else None,
            received_at=other.received_at,
            amount=str(owed.amount) if owed else None,
            currency=other.terms.currency,
            state=other.state,
            same_dossier=same,
        )


class TwinAnswer(Model):
    """An invoice that this one may repeat; of other people's dossiers nothing but dates and amounts."""

    invoice_id: str
    received_at: datetime
    amount: str | None
    currency: str
    state: InvoiceState
    same_dossier: bool

    @classmethod
    def of(cls, other: Invoice, invoice: Invoice) -> TwinAnswer:
        """Named by its id, so that somebody can say that it is another."""
        return cls.model_validate(EarlierInvoice.of(other, invoice).model_dump() | {"invoice_id": other.invoice_id})


class CreditorAnswer(Model):
    """Who sent the bill: the IBANs we know, and what else came from them."""

    creditor_id: str
    name: str
    ibans: list[IbanAnswer]
    invoices: list[EarlierInvoice]

    @classmethod
    def of(cls, creditor: Creditor, invoice: Invoice, others: Iterable[Invoice]) -> CreditorAnswer:
        """With the history of the creditor."""
        return cls(
            creditor_id=creditor.creditor_id,
            name=creditor.name,
            ibans=[IbanAnswer.of(known) for known in creditor.ibans],
            invoices=[EarlierInvoice.of(one, invoice) for one in others if one.invoice_id != invoice.invoice_id],
        )


class Obstacles(Model):
    """Why the viewer cannot do this with the invoice, in words; null: nothing is known to stand against it."""

    enter: str | None
    approve: str | None


class InvoiceDetail(Model):
    """An invoice with everything that whoever decides about it needs to see."""

    invoice: InvoiceSummary
    letter_id: str
    page: int
    picture: str
    picture_until: datetime
    fields: list[FieldAnswer]
    message: str | None
    doubts: list[str]
    twins: list[TwinAnswer]
    payer: Payer
    accepted: str | None
    partial: str | None
    lines: list[LineAnswer]
    acts: list[ActAnswer]
    creditor: CreditorAnswer | None
    obstacles: Obstacles


class InvoiceChanged(Model):
    """What became of an invoice."""

    invoice: InvoiceSummary
    acts: list[ActAnswer]

    @classmethod
    def of(cls, invoice: Invoice) -> InvoiceChanged:
        """After the act."""
        return cls(
            invoice=InvoiceSummary.of(invoice), acts=[ActAnswer.of(act, invoice) for act in reversed(invoice.acts)]
        )


def _value_of(field: Field, terms: Terms) -> str | None:
    value = getattr(terms, field)
    if isinstance(value, Party):
        street = " ".join(filter(None, (value.street, value.building_number)))
        town = " ".join(filter(None, (value.postal_code, value.town)))
        return ", ".join(filter(None, (value.name, street, town)))
    return None if value is None or value == "" else str(value)
