"""Say what an invoice is for: put it into a dossier, confirm and correct what was read, code and submit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sozialakte.payments.acting import UNCODED, Acting
from sozialakte.payments.approval import against_entering, missing_levels
from sozialakte.payments.coding_rules import Coding, against_coding, signed
from sozialakte.payments.creditors import Creditor
from sozialakte.payments.invoice import Duty, Invoice
from sozialakte.payments.invoice_states import TO_ENTER, InvoiceState
from sozialakte.payments.rules import require
from sozialakte.payments.terms import Field, InvoiceKind, Terms, Where
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class Fields:
    """What somebody confirmed or typed: values of `Terms` by name, the fields they looked at, what the paper is.

    ``payee_staff``: the member of staff who gets the money; None leaves it as it is, the empty text says: none.
    """

    changes: Mapping[str, object]
    seen: tuple[Field, ...] = ()
    kind: InvoiceKind | None = None
    payee_staff: str | None = None

    def terms_of(self, invoice: Invoice) -> Terms:
        """The terms with what was typed, which says so."""
        typed = replace(invoice.terms, **self.changes)  # type: ignore[arg-type]
        marks = {field: Where("person", invoice.scan.page) for field in Field if field in self.changes}
        amount = signed(typed.amount, self.kind or invoice.kind)
        return replace(typed, amount=amount, read={**invoice.terms.read, **marks})

    def payee_of(self, invoice: Invoice, creditor: Creditor | None) -> str | None:
        """Who of the staff gets the money."""
        if self.payee_staff is not None:
            return self.payee_staff or None
        return invoice.payee_staff or (creditor.staff_id if creditor else None)


class EnterInvoice(Acting):
    """The use case: everything that belongs to the duty of entering."""

    def assign(self, dossier_id: str | None) -> Invoice:
        """Put it into a dossier, or (None) back to those who look for whose it is."""
        invoice = self.desk.store.get(self.invoice_id)
        if self.was_done(invoice, "assign") and invoice.dossier_id == dossier_id:
            return invoice
        self._may_enter(invoice)
        team = self.desk.office.team_of(dossier_id, self.now)
        act = self.act(Duty.ENTER, "assign", invoice)
        where = {"dossier_id": dossier_id, "dossier_by": self.actor.staff_id, "team": team}
        return self.save(invoice, invoice.changed(act, **where, **UNCODED))

    def correct(self, fields: Fields) -> Invoice:
        """Confirm or correct what was read; a typed IBAN is only proposed. What it was coded for holds no more."""
        invoice = self.desk.store.get(self.invoice_id)
        terms, kind = fields.terms_of(invoice), fields.kind or invoice.kind
        if self.was_done(invoice, "correct") and (invoice.terms, invoice.kind) == (terms, kind):
            return invoice
        self._may_enter(invoice)
        creditor = self._creditor_of(invoice, terms)
        after = invoice.changed(
            self.act(Duty.ENTER, "correct", invoice),
            terms=terms,
            kind=kind,
            creditor_id=creditor.creditor_id if creditor else None,
            payee_staff=fields.payee_of(invoice, creditor),
            unconfirmed=tuple(field for field in invoice.unconfirmed if field not in fields.seen),
            **UNCODED,
        )
        if creditor is not None and fields.payee_staff is not None:
            self.desk.creditors.mark_staff(creditor.creditor_id, after.payee_staff)
        return self.save(invoice, self._with_twins(after))

    def submit(self, coding: Coding) -> Invoice:
        """Code it and ask for its approval: a new round begins. Invoices it may repeat are named, and stop it later."""
        invoice = self.desk.store.get(self.invoice_id)
        if self.was_done(invoice, "submit") and (invoice.lines, invoice.payer) == (coding.lines, coding.payer):
            return invoice
        self._may_enter(invoice)
        facts = self.desk.office.facts_of(invoice.dossier_id, self.now)
        require(*against_coding(invoice, coding, facts, self.desk.is_category))
        coded = replace(
            self._with_twins(invoice),
            payer=coding.payer,
            accepted=coding.accepted,
            partial=coding.partial,
            lines=coding.lines,
            team=self.desk.office.team_of(invoice.dossier_id, self.now),
            round=invoice.round + 1,
        )
        level = missing_levels(coded, self.desk.limits)[0]
        act = self.act(Duty.ENTER, "submit", coded)
        return self.save(invoice, coded.step(InvoiceState.CODED, act, waits_for=str(level)))

    def _may_enter(self, invoice: Invoice) -> None:
        self.check(invoice)
        waits = None if invoice.state in TO_ENTER else Reason("approval.not_to_enter")
        require(waits, against_entering(invoice, self.actor))

    def _creditor_of(self, invoice: Invoice, terms: Terms) -> Creditor | None:
        """Who corrects the IBAN alone speaks of the same creditor; whoever else has that IBAN."""
        book, by = self.desk.creditors, self.actor.staff_id
        if invoice.creditor_id and terms.creditor == invoice.terms.creditor:
            return book.meet_again(invoice.creditor_id, terms.iban, by, self.now)
        return book.meet(terms, by, self.now)

    def _with_twins(self, invoice: Invoice) -> Invoice:
        return replace(invoice, twins=tuple(sorted(self.live_twins(invoice) | {*invoice.cleared})))
