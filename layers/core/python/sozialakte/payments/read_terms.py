"""What a bill asks for, from its code or from its text, each value with where it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from sozialakte.payments.bills_in_file import FoundBill
from sozialakte.payments.check_digits import is_creditor_reference, is_qr_iban
from sozialakte.payments.proposed_bill import Proposal, ProposedBill
from sozialakte.payments.qr_bill import CheckedBill, Party
from sozialakte.payments.qr_payload import AMOUNT, CREDITOR, CURRENCY, IBAN, PARTY_LINES, REFERENCE, REFERENCE_TYPE
from sozialakte.payments.swico import BillingInformation, read_billing_information
from sozialakte.payments.terms import Discount, Field, InvoiceKind, Terms, Where
from sozialakte.shared.reasons import Reason

T = TypeVar("T")
_CURRENCIES = frozenset({"CHF", "EUR"})
_MOST_DOUBTS = 30
_SILENT = frozenset({"qr_bill.combined_address", "qr_bill.notification"})
"""Warnings that say nothing to whoever decides: every second old bill has them, or the invoice's state says it."""
_FIELD_OF: Mapping[int, Field] = MappingProxyType(
    {
        IBAN: Field.IBAN,
        **dict.fromkeys(range(CREDITOR, CREDITOR + PARTY_LINES), Field.CREDITOR),
        AMOUNT: Field.AMOUNT,
        CURRENCY: Field.AMOUNT,
        REFERENCE_TYPE: Field.REFERENCE,
        REFERENCE: Field.REFERENCE,
    }
)
"""Which value is wrong where a line of the code breaks a rule."""
_NOTHING = BillingInformation()


@dataclass(frozen=True)
class ReadTerms:
    """What is asked for; what a person has to confirm or fill in first; what else is doubtful."""

    terms: Terms
    unconfirmed: tuple[Field, ...] = ()
    doubts: tuple[Reason, ...] = ()


def terms_of_code(found: FoundBill, beside: ProposedBill | None = None) -> ReadTerms:
    """What a code says. What it leaves out may stand ``beside`` it, in the text of its page: a person confirms that."""
    bill, told = found.bill, read_billing_information(found.bill.billing_information or "") or _NOTHING
    amount = bill.amount if bill.currency in _CURRENCIES else None
    terms = Terms(
        iban=bill.iban,
        creditor=bill.creditor,
        amount=amount,
        currency=bill.currency if bill.currency in _CURRENCIES else "CHF",
        debtor=bill.debtor,
        reference_type=bill.reference_type,
        reference=bill.reference,
        message=bill.message,
        invoice_number=told.invoice_number,
        invoice_date=told.invoice_date,
        due=told.due_on,
        discounts=tuple(Discount(one.percent, one.until) for one in told.discounts),
        creditor_uid=told.issuer_uid,
        billing_information=bill.billing_information,
    )
    read = {field: Where("qr", found.page) for field in _filled(terms)}
    wrong = _wrong_fields(found.checked) | (set() if amount is not None else {Field.AMOUNT})
    code = ReadTerms(replace(terms, read=read), _ordered(wrong), _doubts(found.checked))
    return _completed(code, beside) if beside and not bill.is_notification else code


def terms_of_text(proposed: ProposedBill, kind: InvoiceKind) -> ReadTerms:
    """The likeliest of what the text proposes; a person confirms everything, and what it must not lack."""
    iban, money, reference = _first(proposed.ibans), _first(proposed.amounts), _value(proposed.references)
    terms = Terms(
        iban=iban.value if iban else "",
        creditor=Party(creditor.value if (creditor := _first(proposed.creditors)) else ""),
        amount=money.value.amount if money else None,
        currency=money.value.currency if money else "CHF",
        reference_type=_reference_type(reference, iban.value if iban else ""),
        reference=reference,
        invoice_number=_value(proposed.invoice_numbers),
        invoice_date=_value(proposed.invoice_dates),
        due=_value(proposed.due_dates),
    )
    read = {field: where for field, where in _places(proposed) if field in set(_filled(terms))}
    needed = {Field.CREDITOR, Field.AMOUNT} | ({Field.IBAN} if kind is InvoiceKind.BILL else set())
    doubts = (Reason("invoice.from_text"),)
    return ReadTerms(replace(terms, read=read), _ordered(needed | set(read)), doubts)


def _completed(code: ReadTerms, beside: ProposedBill) -> ReadTerms:
    """With number and dates that only the text tells."""
    terms, places = code.terms, dict(_places(beside))
    from_text = {
        Field.INVOICE_NUMBER: None if terms.invoice_number else _value(beside.invoice_numbers),
        Field.INVOICE_DATE: None if terms.invoice_date else _value(beside.invoice_dates),
        Field.DUE: None if terms.due else _value(beside.due_dates),
    }
    found = {field: value for field, value in from_text.items() if value is not None}
    read = {**terms.read, **{field: places[field] for field in found}}
    known = replace(terms, **{str(field): value for field, value in found.items()}, read=read)  # type: ignore[arg-type]
    return replace(code, terms=known, unconfirmed=_ordered({*code.unconfirmed, *found}))


def _reference_type(reference: str | None, iban: str) -> str:
    """What a reference is that goes with the account."""
    if reference and is_creditor_reference(reference):
        return "SCOR"
    return "QRR" if reference and is_qr_iban(iban) else "NON"


def _places(proposed: ProposedBill) -> Iterator[tuple[Field, Where]]:
    values = {
        Field.IBAN: _first(proposed.ibans),
        Field.CREDITOR: _first(proposed.creditors),
        Field.AMOUNT: _first(proposed.amounts),
        Field.REFERENCE: _first(proposed.references),
        Field.INVOICE_NUMBER: _first(proposed.invoice_numbers),
        Field.INVOICE_DATE: _first(proposed.invoice_dates),
        Field.DUE: _first(proposed.due_dates),
    }
    return ((field, Where("text", one.page, one.text)) for field, one in values.items() if one)


def _filled(terms: Terms) -> Iterator[Field]:
    values = {
        Field.IBAN: terms.iban,
        Field.CREDITOR: terms.creditor.name,
        Field.AMOUNT: terms.amount is not None,
        Field.REFERENCE: terms.reference,
        Field.INVOICE_NUMBER: terms.invoice_number,
        Field.INVOICE_DATE: terms.invoice_date,
        Field.DUE: terms.due,
    }
    return (field for field, value in values.items() if value)


def _wrong_fields(checked: CheckedBill) -> set[Field]:
    lines = {int(finding.rule.split(".")[0]) for finding in checked.errors}
    return {_FIELD_OF[line] for line in lines if line in _FIELD_OF}


def _doubts(checked: CheckedBill) -> tuple[Reason, ...]:
    """What is wrong with the code, each with the number of its rule."""
    told = [*checked.errors, *(one for one in checked.warnings if one.reason.code not in _SILENT)]
    numbered = (Reason(one.reason.code, {**one.reason.params, "rule": one.rule}) for one in told)
    return tuple(numbered)[:_MOST_DOUBTS]


def _ordered(fields: set[Field]) -> tuple[Field, ...]:
    return tuple(field for field in Field if field in fields)


def _first(proposals: tuple[Proposal[T], ...]) -> Proposal[T] | None:
    return proposals[0] if proposals else None


def _value(proposals: tuple[Proposal[T], ...]) -> T | None:
    return proposals[0].value if proposals else None
