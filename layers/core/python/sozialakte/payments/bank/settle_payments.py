"""Settle payments by what the bank says: booked, refused, returned, each once, however often and in whatever order.

An invoice, what is known of its payment, and the journal change in one transaction. A fact that is known already
changes nothing, so a message that is delivered again costs a look-up of a hundred payments at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sozialakte.payments.bank.bill_steps import after_facts
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import BankFact, PaymentFacts
from sozialakte.payments.bank.postings import BankPostings, Due, with_posted
from sozialakte.payments.invoice import Invoice, invoice_named
from sozialakte.payments.journal_store import categories_at, entry_parts
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.runtime.dynamo import ConditionFailedError, WriteConflictError, transact

_AT_ONCE = 100
_ATTEMPTS = 10


@dataclass(frozen=True)
class SettlePayments:
    """The use case with what it works on."""

    store: PaymentsStore
    book: BankBook
    now: datetime

    def __call__(self, facts: Iterable[BankFact]) -> int:
        """Do what follows from these; how many of them are about payments of ours.

        Raises `WriteConflictError`: others keep changing an invoice; what is done stays done.
        """
        ours = (fact for fact in facts if invoice_named(fact.end_to_end_id))
        count = 0
        while group := list(islice(ours, _AT_ONCE)):
            count += len(group)
            self._hear_all(group)
        return count

    def look_again(self, end_to_end_id: str) -> bool:
        """Do what follows from what is known, now that the invoice may know of the payment; whether anything did."""
        return self._change(end_to_end_id, None)

    def look_again_at(self, end_to_end_ids: Iterable[str]) -> int:
        """As `look_again`, for many: those that are ripe by now. How many changed."""
        ids, count = iter(end_to_end_ids), 0
        while group := list(islice(ids, _AT_ONCE)):
            known = self.book.facts_of(group)
            early = [facts for facts in known.values() if facts.early]
            invoices = {one.invoice_id: one for one in self.store.get_many(facts.invoice_id for facts in early)}
            ripe = [one for one in early if _attempt(invoices.get(one.invoice_id)) >= one.attempt]
            count += sum(self.look_again(facts.end_to_end_id) for facts in ripe)
        return count

    def _hear_all(self, group: Sequence[BankFact]) -> None:
        known = self.book.facts_of(fact.end_to_end_id for fact in group)
        new = [fact for fact in group if known[fact.end_to_end_id].heard(fact) != known[fact.end_to_end_id]]
        ids = {known[fact.end_to_end_id].invoice_id for fact in new}
        invoices = {invoice.invoice_id: invoice for invoice in self.store.get_many(sorted(ids))}
        for fact in new:
            before = known[fact.end_to_end_id]
            # As it was read with the others; the second fact about a payment finds it changed by the first.
            if self._tried(before, invoices.get(before.invoice_id), fact) is None:
                self._change(fact.end_to_end_id, fact)

    def _change(self, end_to_end_id: str, fact: BankFact | None) -> bool:
        for _ in range(_ATTEMPTS):
            before = self.book.facts_of([end_to_end_id])[end_to_end_id]
            done = self._tried(before, self.store.find(before.invoice_id), fact)
            if done is not None:
                return done
        raise WriteConflictError

    def _tried(self, before: PaymentFacts, invoice: Invoice | None, fact: BankFact | None) -> bool | None:
        """Whether there was anything to write; None if others wrote meanwhile."""
        heard = before.heard(fact) if fact else before
        judged = heard.judged(invoice)
        settled = after_facts(invoice, judged, self.now, before) if invoice else None
        due = self._due(judged, invoice, settled)
        after = with_posted(judged, invoice, settled, due) if invoice and settled else judged
        if after == before:
            return False
        part, table = self.book.facts_part(before, after, self.now), self.book.table.name
        books = list(entry_parts(table, [(one.entry, one.invoice) for one in due], self.now))
        try:
            if invoice is None or settled is None or settled is invoice:
                transact([part, *books])
            else:
                self.store.save(invoice, settled, part, books=books)
        except (InvoiceChangedError, ConditionFailedError):
            return None
        return True

    def _due(self, facts: PaymentFacts, before: Invoice | None, after: Invoice | None) -> tuple[Due, ...]:
        """What of it is to be booked."""
        if before is None or after is None:
            return ()
        find = categories_at(self.book.table.name, self.now)
        return tuple(BankPostings(facts, before, after, self.now, find).due())


def _attempt(invoice: Invoice | None) -> int:
    """How often it was released; never, if there is none."""
    return invoice.attempt if invoice else -1
