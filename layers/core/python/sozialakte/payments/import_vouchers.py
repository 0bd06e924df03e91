"""Take over vouchers that the city's creditor workflow has released: checked, not approved again.

A voucher becomes an approved invoice: the scanned bill it is about, if one waits here, else one of its own. Its acts
name who entered and approved it there. A voucher that comes again changes nothing; one that comes again with other
contents is refused, as is what would be paid twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sozialakte.payments.coding_rules import IsCategory, against_coding
from sozialakte.payments.creditors import doubts_about
from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, Scan, invoice_id_of
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.office import Office
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore, UnknownInvoiceError
from sozialakte.payments.voucher_rules import against_voucher, coding_of, paid_before, registered_as, terms_of
from sozialakte.payments.vouchers import ReadVoucher, Voucher
from sozialakte.runtime.dynamo import NEW, Item, Put, Table, WriteConflictError
from sozialakte.runtime.items import text
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_ATTEMPTS = 3


class Outcome(StrEnum):
    """``ACCEPTED``: now an approved invoice. ``AGAIN``: was so before. ``REFUSED``: is not, see the reasons."""

    ACCEPTED = "accepted"
    AGAIN = "again"
    REFUSED = "refused"


@dataclass(frozen=True)
class Receipt:
    """What became of a line."""

    number: int
    voucher_id: str | None
    outcome: Outcome
    invoice_id: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class ImportVouchers:
    """The use case. ``table`` is the payments table."""

    table: str
    office: Office
    is_category: IsCategory
    now: datetime

    def __call__(self, read: ReadVoucher) -> Receipt:
        """Take over one line. Raises `WriteConflictError` if others keep changing what it is about: run it again."""
        if read.voucher is None:
            fields = ", ".join(read.wrong)
            return _refused(read, Reason("voucher.wrong_fields", {"fields": fields}))
        for _ in range(_ATTEMPTS):
            there = self._taken(read)
            if there is not None:
                return there
            try:
                return self._take(read, read.voucher)
            except (InvoiceChangedError, UnknownInvoiceError):
                continue  # somebody was quicker, with the bill or with the voucher: look again
        raise WriteConflictError

    def _taken(self, read: ReadVoucher) -> Receipt | None:
        item = Table(self.table).get(*_key(read.voucher_id or ""), consistent=True)
        if item is None:
            return None
        if text(item, "digest") != read.digest:
            return _refused(read, Reason("voucher.changed"))
        return Receipt(read.number, read.voucher_id, Outcome.AGAIN, text(item, "invoice_id"))

    def _take(self, read: ReadVoucher, voucher: Voucher) -> Receipt:
        wrong = tuple(against_voucher(voucher))
        if wrong:
            return _refused(read, *wrong)
        store = PaymentsStore(self.table)
        candidate = self._candidate(voucher, store)
        alike = store.look_alikes(candidate)
        before, twin = registered_as(candidate, alike.others), paid_before(alike.others)
        against = (*self._against(before or candidate, voucher), *_twice(twin))
        if against:
            return _refused(read, *against)
        after = self._approved(before or candidate, candidate, voucher)
        paid = store.creditors.paid(store.creditors.find(after.creditor_id), after)
        store.save(before, after, Put(self.table, _item(read, after), NEW), *store.turn(alike), *paid)
        return Receipt(read.number, read.voucher_id, Outcome.ACCEPTED, after.invoice_id)

    def _candidate(self, voucher: Voucher, store: PaymentsStore) -> Invoice:
        """The voucher as an invoice of its own, without a scan."""
        terms, number = terms_of(voucher), f"voucher {voucher.voucher_id}"
        invoice_id = invoice_id_of(number, None)
        creditor = store.creditors.meet(terms, MACHINE, self.now)
        return Invoice(
            invoice_id=invoice_id,
            scan=Scan(f"voucher-{invoice_id}", 1, "", ""),
            kind=voucher.kind,
            terms=terms,
            received_at=voucher.released_at,
            state=InvoiceState.OPEN,
            since=self.now,
            creditor_id=creditor.creditor_id if creditor else None,
            dossier_id=voucher.dossier_id,
            doubts=doubts_about(creditor, terms),
            acts=(Act(Duty.SETTLE, "register", MACHINE, self.now),),
        )

    def _against(self, invoice: Invoice, voucher: Voucher) -> tuple[Reason, ...]:
        """What stands against its coding; the dossier is the voucher's, whoever put the scan where."""
        if self.office.register.find_dossier(voucher.dossier_id) is None:
            return (Reason("voucher.unknown_dossier"),)
        facts, terms = self.office.facts_of(voucher.dossier_id, self.now), terms_of(voucher)
        there = replace(invoice, dossier_id=voucher.dossier_id, terms=terms, kind=voucher.kind, unconfirmed=())
        return against_coding(there, coding_of(voucher), facts, self.is_category)

    def _approved(self, invoice: Invoice, candidate: Invoice, voucher: Voucher) -> Invoice:
        coding, number = coding_of(voucher), invoice.round + 1
        known = replace(
            invoice,
            terms=replace(candidate.terms, read=invoice.terms.read, discounts=invoice.terms.discounts),
            kind=voucher.kind,
            creditor_id=candidate.creditor_id,
            dossier_id=voucher.dossier_id,
            dossier_by=voucher.entered_by,
            team=self.office.team_of(voucher.dossier_id, self.now),
            payer=coding.payer,
            lines=coding.lines,
            accepted=coding.accepted,
            doubts=(*invoice.doubts, *(doubt for doubt in candidate.doubts if doubt not in invoice.doubts)),
            unconfirmed=(),
            round=number,
        )
        entered = Act(Duty.ENTER, "voucher", voucher.entered_by, voucher.released_at, number, reason=voucher.voucher_id)
        after = known.step(InvoiceState.CODED, entered)
        *first, last = [
            Act(Duty.APPROVE, "voucher_approved", by, voucher.released_at, number, step)
            for step, by in enumerate(dict.fromkeys(voucher.approved_by))
        ]
        for act in first:
            after = after.changed(act)
        return replace(after.step(InvoiceState.APPROVED, last), since=self.now)


def receipt_item(receipt: Receipt) -> Mapping[str, object]:
    """A line of the receipt file."""
    return {
        "type": "receipt",
        "line": receipt.number,
        "voucher_id": receipt.voucher_id,
        "outcome": receipt.outcome,
        "invoice_id": receipt.invoice_id,
        "reasons": [{"code": one.code, "text": say(one)} for one in receipt.reasons],
    }


def _twice(twin: Invoice | None) -> tuple[Reason, ...]:
    return (Reason("voucher.duplicate", {"invoice_id": twin.invoice_id}),) if twin else ()


def _refused(read: ReadVoucher, *reasons: Reason) -> Receipt:
    return Receipt(read.number, read.voucher_id, Outcome.REFUSED, reasons=reasons)


def _key(voucher_id: str) -> tuple[str, str]:
    return f"VOUCHER#{voucher_id}", "VOUCHER"


def _item(read: ReadVoucher, invoice: Invoice) -> Item:
    pk, sk = _key(read.voucher_id or "")
    return {"pk": pk, "sk": sk, "entity": "voucher", "invoice_id": invoice.invoice_id, "digest": read.digest}
