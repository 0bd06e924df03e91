"""Say that a payment counts as come back, though the bank gave back another amount than it took.

Of what the receiving bank keeps as charges nothing will ever come: somebody has to decide that the bill is paid anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sozialakte.payments.acting import Acting
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.bank.postings import BankPostings, with_posted
from sozialakte.payments.invoice import Duty, Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal_store import categories_at, entry_parts
from sozialakte.payments.rules import require
from sozialakte.shared.reasons import Reason

MONEY_BACK = "money_back"


@dataclass(frozen=True)
class DecideReturn(Acting):
    """The use case; nobody decides it of a payment that they released themselves."""

    book: BankBook

    def __call__(self, reason: str) -> Invoice:
        """It goes back to be entered anew; what did not come back stays on the account of differences.

        Raises as `Acting`, and `WriteConflictError` if the bank said something of it meanwhile.
        """
        invoice = self.desk.store.get(self.invoice_id)
        if self.was_done(invoice, MONEY_BACK, reason):
            return invoice
        self.check(invoice)
        name = end_to_end_id(self.invoice_id, invoice.attempt)
        facts = self.book.facts_of([name])[name]
        require(self._against(invoice, facts))
        act = self.act(Duty.SETTLE, MONEY_BACK, invoice, reason=reason)
        back = invoice.step(InvoiceState.RETURNED, act, waits_for=None, round=invoice.round + 1, booked_on=None)
        # The doubt stays on the bill, for whoever enters it anew; the list of what is to be decided is shorter by one.
        decided = replace(facts, returned=reason, decided=True).judged(back)
        return self._save(invoice, back, facts, decided)

    def _against(self, invoice: Invoice, facts: PaymentFacts) -> Reason | None:
        if invoice.state is not InvoiceState.PAID or not facts.backs:
            return Reason("money_back.nothing_came")
        released = self.actor.staff_id in invoice.persons_with(Duty.RELEASE)
        return Reason("money_back.released_it") if released else None

    def _save(self, before: Invoice, after: Invoice, known: PaymentFacts, facts: PaymentFacts) -> Invoice:
        table = self.book.table.name
        due = tuple(BankPostings(facts, before, after, self.now, categories_at(table, self.now)).due())
        part = self.book.facts_part(known, with_posted(facts, before, after, due), self.now)
        books = entry_parts(table, [(one.entry, one.invoice) for one in due], self.now)
        return self.save(before, after, part, books=list(books))
