"""A bill that the machine did not find, registered by hand."""

from __future__ import annotations

from dataclasses import dataclass

from functions.payments.routes.common import Settings as Common
from functions.payments.routes.common import actor, api, register, store
from sozialakte.intake import LettersReceived
from sozialakte.payments.answers import InvoiceChanged
from sozialakte.payments.files import BillFiles
from sozialakte.payments.letter_book import LetterBook
from sozialakte.payments.register_by_hand import RegisterByHand, UnknownPageError
from sozialakte.payments.settle_letter import SettleLetter
from sozialakte.payments.typed_bills import RegisterInvoice
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.problems import field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action


@dataclass(frozen=True)
class Settings:
    """What these routes need to know beside what all do."""

    intake_table: str


def _letter(asked: Asked) -> str:
    return f"letter#{getattr(asked.arguments.get('body'), 'letter_id', '-')}"


@api.post("/payments/invoices", Guard(Action.REGISTER_INVOICE, _letter))
def register_invoice(body: RegisterInvoice) -> InvoiceChanged:
    """Register a bill that stands on a page of a letter; the same again is the same invoice."""
    common = read_settings(Common)
    settle = SettleLetter(store(), LetterBook(common.payments_table), register(), api.asked.envelope.at)
    letters = LettersReceived(read_settings(Settings).intake_table)
    by_hand = RegisterByHand(letters, settle, BillFiles(common.letters_bucket), actor())
    try:
        return InvoiceChanged.of(by_hand(body.bill()))
    except UnknownPageError as error:
        raise invalid_request([field_problem("body", "page", "no_such_page")]) from error
