"""File the voucher of a booking in the dossier of its client, as a document like any other.

Order of writing: facts and file, then the voucher's row, then the question to the dossiers; whoever dies on the way
begins again and finds what is there. The dossiers' answer is heard here too, and noted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from sozialakte.dossiers import DocumentFiled, FileDocument, FilingRefused
from sozialakte.intake import UnreadableFileError, picture_pages
from sozialakte.payments.booked_vouchers import BookedVoucher, VoucherFile, VoucherState
from sozialakte.payments.files import Kept, VoucherFiles
from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice
from sozialakte.payments.journal import EntryKind
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.voucher_facts import VoucherFacts
from sozialakte.payments.voucher_page import Names, as_pdf
from sozialakte.register import RegisterStore
from sozialakte.runtime.queues import Queue
from sozialakte.shared.messages import ReasonBody
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

KIND = "voucher"
"""The kind of the document, as the dossiers know it."""
_DPI = 170
"""Small print is legible on paper, and codes can be read; a page has some 300 KB."""
_LONGEST_SENDER, _LONGEST_SUBJECT = 120, 200


@dataclass(frozen=True)
class FileVoucher:
    """The use case with what it works on. ``service``: its title; ``folder`` is an empty folder on disk."""

    journal: JournalStore
    runs: RunStore
    files: VoucherFiles
    register: RegisterStore
    dossiers: Queue
    service: str
    folder: Path
    now: datetime

    def __call__(self, voucher_id: str) -> None:
        """Write it if that was not done, and ask the dossiers to file it; one that lies there needs nothing.

        Raises `UnknownVoucherError`, `VoucherChangedError`: come again.
        """
        voucher = self.journal.get_voucher(voucher_id)
        if voucher.state is VoucherState.WANTED and voucher.invoice:
            voucher = self._write(voucher, with_check(voucher.invoice, self.runs))
        if voucher.state is VoucherState.ASKED and voucher.file:
            self.dossiers.send(question_of(voucher, voucher.file).to_json())

    def _write(self, voucher: BookedVoucher, invoice: Invoice) -> BookedVoucher:
        told = replace(voucher, invoice=invoice)
        names = self.register.find_staff_members({person for act in invoice.acts for person in act.persons})
        shown = Names({staff_id: member.name for staff_id, member in names.items()}, self.service)
        self.files.keep_facts(voucher.voucher_id, VoucherFacts.of(told, invoice).model_dump_json())
        pdf = as_pdf(told, shown, self.folder, self._picture(voucher, invoice))
        asked = voucher.ask(_file(self.files.keep_pdf(voucher.voucher_id, pdf)), self.now)
        self.journal.save_voucher(voucher, asked)
        return asked

    def _picture(self, voucher: BookedVoucher, invoice: Invoice) -> bytes | None:
        """The page of the bill; a reversal refers to the voucher that has it."""
        if voucher.entry.kind is EntryKind.REVERSAL:
            return None
        letter = self.files.fetch_page(invoice.scan, self.folder / "letter.pdf")
        if letter is None:
            return None
        try:
            return next((picture for _, picture in picture_pages(letter, [invoice.scan.page], _DPI)), None)
        except UnreadableFileError:
            return None  # people approved it by what they saw; the letter itself lies in the dossier


@dataclass(frozen=True)
class NoteVoucher:
    """What the dossiers said of a voucher, with what it is noted in."""

    journal: JournalStore
    now: datetime

    def filed(self, message: DocumentFiled) -> None:
        """It lies in a dossier. Raises `UnknownVoucherError`, `VoucherChangedError`."""
        voucher = self.journal.get_voucher(message.letter_id)
        self._save(voucher, voucher.filed(message.dossier_id, message.filing_version, self.now))

    def refused(self, message: FilingRefused) -> None:
        """The dossier cannot take it: it stands in the list of those not filed. Raises as `filed`."""
        voucher = self.journal.get_voucher(message.letter_id)
        self._save(voucher, voucher.refused(message.attempt, message.reason.reason(), self.now))

    def _save(self, before: BookedVoucher, after: BookedVoucher) -> None:
        if after is not before:
            self.journal.save_voucher(before, after)


def with_check(invoice: Invoice, runs: RunStore) -> Invoice:
    """The invoice with what somebody said of it in the sample of its payment run, among what was done to it."""
    run = runs.find(invoice.run_id) if invoice.run_id else None
    results = [one.result for one in run.sample if one.invoice_id == invoice.invoice_id] if run else []
    checks = [Act(Duty.SETTLE, "checked", one.by, one.at, invoice.round) for one in results if one]
    return replace(invoice, acts=tuple(sorted((*invoice.acts, *checks), key=lambda act: act.at))) if checks else invoice


def question_of(voucher: BookedVoucher, file: VoucherFile) -> FileDocument:
    """What the dossiers are asked: a voucher is news to nobody, and never urgent."""
    entry, invoice = voucher.entry, voucher.invoice
    subject = say(Reason(f"voucher.subject_{entry.kind}", {"day": f"{entry.booked_on:%d.%m.%Y}"}))
    return FileDocument(
        letter_id=voucher.voucher_id,
        dossier_id=entry.dossier_id or "",
        attempt=voucher.attempt,
        sha256=file.sha256,
        object_key=file.key,
        object_version=file.version_id,
        searchable_key=file.key,
        page_count=file.page_count,
        kind=KIND,
        received_at=invoice.since if invoice else voucher.since,
        reasons=(ReasonBody.of(Reason("filing.voucher")),),
        decided_by=MACHINE,
        written_on=entry.booked_on,
        sender=invoice.terms.creditor.name[:_LONGEST_SENDER] or None if invoice else None,
        subject=subject[:_LONGEST_SUBJECT],
        for_inbox=False,
        asked_by="payments",
    )


def _file(kept: Kept) -> VoucherFile:
    from pypdf import PdfReader  # noqa: PLC0415 - who only hears the dossiers' answer needs no PDF library

    return VoucherFile(kept.key, kept.version_id, kept.sha256, len(PdfReader(BytesIO(kept.body)).pages))
