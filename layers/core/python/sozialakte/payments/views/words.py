"""Amounts, fields and people of bills in words. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sozialakte.payments.answers import FieldAnswer, InvoiceSummary
from sozialakte.payments.terms import Field, InvoiceKind
from sozialakte.shared.money import Money
from sozialakte.shared.page_words import day, words

_DAYS = frozenset({Field.INVOICE_DATE, Field.DUE})
_GROUPED = frozenset({Field.IBAN, Field.REFERENCE})
_QR_REFERENCE = 27  # digits, printed as two and then five each


def money(amount: str | None, currency: str) -> str:
    """``CHF 1'450.00``, or that nobody has filled it in."""
    return words("bills.no_amount") if amount is None else str(Money(Decimal(amount), currency))


def title_of(invoice: InvoiceSummary) -> str:
    """Who sent it."""
    return invoice.creditor or words("bills.no_creditor")


def kind_name(kind: InvoiceKind) -> str:
    """Bill, receipt or credit note."""
    return words(f"invoice_kind.{kind}")


def shown_value(field: FieldAnswer, currency: str) -> str:
    """A value as people write it: days with points, IBAN and reference in groups, an amount with its currency."""
    if field.value is None:
        return words("bills.nothing")
    if field.field in _DAYS:
        return day(date.fromisoformat(field.value))
    if field.field is Field.AMOUNT:
        return money(field.value, currency)
    if field.field is Field.REFERENCE and len(field.value) == _QR_REFERENCE:
        return f"{field.value[:2]} {grouped(field.value[2:], 5)}"
    return grouped(field.value) if field.field in _GROUPED else field.value


def grouped(text: str, size: int = 4) -> str:
    """``CH44 3199 9123 ...``, so that people can compare it."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def where_read(field: FieldAnswer) -> str:
    """Where on the paper, or by whom."""
    if field.how is None:
        return words("bills.not_read" if field.value is None else "bills.nothing")
    if field.how == "text":
        return words("bills.read.text", page=field.page or 1, said=field.said or "")
    return words(f"bills.read.{field.how}", page=field.page or 1)


def period(first: date | None, last: date | None) -> str | None:
    """For which time."""
    return words("bills.period", first=day(first), last=day(last)) if first and last else None
