"""Payments: bills from the scan to their approval. Other contexts use what is named here."""

from typing import TYPE_CHECKING

from sozialakte.shared.published import published

if TYPE_CHECKING:
    from sozialakte.payments.bills_in_file import BillsFound, FoundBill, find_bills
    from sozialakte.payments.files import facts_key
    from sozialakte.payments.from_text import propose_bill
    from sozialakte.payments.letter_messages import ask_for_bills, letter_settled
    from sozialakte.payments.messages import LetterSettled, RegisterBills
    from sozialakte.payments.proposed_bill import Proposal, ProposedBill
    from sozialakte.payments.qr_bill import CheckedBill, Finding, Party, QrBill
    from sozialakte.payments.qr_payload import write_payload
    from sozialakte.payments.qr_rules import read_bill
    from sozialakte.payments.slip_kinds import SlipKind
    from sozialakte.payments.swico import BillingInformation, read_billing_information
    from sozialakte.payments.voucher_facts import VoucherFacts

__all__ = [
    "BillingInformation",
    "BillsFound",
    "CheckedBill",
    "Finding",
    "FoundBill",
    "LetterSettled",
    "Party",
    "Proposal",
    "ProposedBill",
    "QrBill",
    "RegisterBills",
    "SlipKind",
    "VoucherFacts",
    "ask_for_bills",
    "facts_key",
    "find_bills",
    "letter_settled",
    "propose_bill",
    "read_bill",
    "read_billing_information",
    "write_payload",
]

__getattr__ = published(
    __name__,
    {
        "bills_in_file": (
            "BillsFound",
            "FoundBill",
            "find_bills",
        ),
        "from_text": ("propose_bill",),
        "letter_messages": (
            "ask_for_bills",
            "letter_settled",
        ),
        "messages": (
            "LetterSettled",
            "RegisterBills",
        ),
        "proposed_bill": (
            "Proposal",
            "ProposedBill",
        ),
        "qr_bill": (
            "CheckedBill",
            "Finding",
            "Party",
            "QrBill",
        ),
        "qr_payload": ("write_payload",),
        "qr_rules": ("read_bill",),
        "slip_kinds": ("SlipKind",),
        "voucher_facts": ("VoucherFacts",),
        "files": ("facts_key",),
        "swico": (
            "BillingInformation",
            "read_billing_information",
        ),
    },
)
