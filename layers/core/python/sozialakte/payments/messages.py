"""The messages of the payments: letters to look for bills in, what became of those letters; runs to go on with; what is
to be booked, and its vouchers.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from sozialakte.shared.ids import DossierId, InvoiceId, LetterId, RunId
from sozialakte.shared.messages import Message


class RegisterBills(Message):
    """A letter was read, or came to people unread: register every bill in it, whatever becomes of the letter.

    ``reading``: how often it had been read then, 0 if nobody could. ``made_from``: letters its pages were in before.
    """

    type: Literal["payments.register-bills"] = "payments.register-bills"
    letter_id: LetterId
    object_key: str
    object_version: str
    page_count: Annotated[int, Field(ge=1)]
    received_at: AwareDatetime
    reading: Annotated[int, Field(ge=0)]
    made_from: tuple[LetterId, ...]


class LetterSettled(Message):
    """What became of the letter: a filed one names its dossier, a forwarded one its destination.

    ``review``: it waits for a person again. ``replaced``: its pages lie in other letters. ``rescan``: a new scan of the
    same paper came in its place. Of two such messages about a letter that with the greater ``letter_version`` counts.
    """

    type: Literal["payments.letter-settled"] = "payments.letter-settled"
    letter_id: LetterId
    letter_version: int
    fate: Literal["filed", "review", "forwarded", "rejected", "blank", "replaced", "rescan"]
    dossier_id: DossierId | None
    destination: Literal["new_case", "job_applications", "other_office"] | None


class PassOnInvoice(Message):
    """An invoice is approved, and others pay: book it, unless that was done."""

    type: Literal["payments.pass-on-invoice"] = "payments.pass-on-invoice"
    invoice_id: InvoiceId


class FileVoucher(Message):
    """Something was booked: file its voucher, unless it lies in a dossier."""

    type: Literal["payments.file-voucher"] = "payments.file-voucher"
    voucher_id: LetterId


class AdvanceRun(Message):
    """A payment run made a step: do what its state asks for."""

    type: Literal["payments.advance-run"] = "payments.advance-run"
    run_id: RunId


class ExportState(Message):
    """A payment run came so far that an emergency file would be another one: write the state down anew."""

    type: Literal["payments.export-state"] = "payments.export-state"
    run_id: RunId
