"""Payments: bills from the scan to their approval. Other contexts use what is named here."""

from sozialakte.payments.find_bills import BillsFound, FoundBill, find_bills
from sozialakte.payments.qr_bill import CheckedBill, Finding, Party, QrBill
from sozialakte.payments.qr_rules import read_bill

__all__ = ["BillsFound", "CheckedBill", "Finding", "FoundBill", "Party", "QrBill", "find_bills", "read_bill"]
