"""What the queue of vouchers says: pass an invoice on, file a voucher; and what the dossiers made of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.dossiers import DocumentFiled, FilingRefused
from sozialakte.payments.file_voucher import FileVoucher, NoteVoucher
from sozialakte.payments.messages import FileVoucher as FileAsked
from sozialakte.payments.messages import PassOnInvoice
from sozialakte.payments.pass_on import pass_on
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.messages import Message, UnknownMessageError

_KNOWN: tuple[type[Message], ...] = (PassOnInvoice, FileAsked, DocumentFiled, FilingRefused)


@dataclass(frozen=True)
class HearOfVouchers:
    """The use case with what it works on; ``file`` gets an empty folder for each voucher."""

    store: PaymentsStore
    file: FileVoucher

    def __call__(self, body: Mapping[str, object]) -> Message:
        """Do what a message asks for; the message. Raises `UnknownMessageError`, and what each of the cases raises."""
        told = _parsed(body)
        note = NoteVoucher(self.file.journal, self.file.now)
        if isinstance(told, PassOnInvoice):
            pass_on(self.store, told.invoice_id, self.file.now)
        elif isinstance(told, FileAsked):
            with TemporaryDirectory() as folder:
                replace(self.file, folder=Path(folder))(told.voucher_id)
        elif isinstance(told, DocumentFiled):
            note.filed(told)
        elif isinstance(told, FilingRefused):
            note.refused(told)
        return told


def _parsed(body: Mapping[str, object]) -> Message:
    for known in _KNOWN:
        if body.get("type") == known.model_fields["type"].default:
            return known.parse(body)
    raise UnknownMessageError(str(body.get("type")))
