"""Payments: bills from the scan to their approval. Other contexts use what is named here."""

from sozialakte.payments.find_bills import BillsFound, FoundBill, find_bills
from sozialakte.payments.from_text import Proposal, ProposedBill, propose_bill
from sozialakte.payments.qr_bill import CheckedBill, Finding, Party, QrBill
from sozialakte.payments.qr_payload import write_payload
from sozialakte.payments.qr_rules import read_bill
from sozialakte.payments.slip_kinds import SlipKind
from sozialakte.payments.swico import BillingInformation, read_billing_information

__all__ = [
    "BillingInformation",
    "BillsFound",
    "CheckedBill",
    "Finding",
    "FoundBill",
    "Party",
    "Proposal",
    "ProposedBill",
    "QrBill",
    "SlipKind",
    "find_bills",
    "propose_bill",
    "read_bill",
    "read_billing_information",
    "write_payload",
]
