"""Why a payment cannot be written into a file: what no bank would take is refused before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from sozialakte.payments.check_digits import (
    has_swiss_form,
    is_creditor_reference,
    is_qr_iban,
    is_qr_reference,
    is_swiss_iban,
)
from sozialakte.payments.iso20022.payment import (
    DebtorAccount,
    Payment,
    PaymentFile,
    PaymentGroup,
    Refusal,
    payment_information_id,
)
from sozialakte.payments.iso20022.payment_types import PaymentType, type_for
from sozialakte.payments.iso20022.sepa import is_iban
from sozialakte.payments.iso20022.sps_text import fitted, is_identifier
from sozialakte.payments.iso20022.written_party import written
from sozialakte.shared.reasons import Reason

MOST_PAYMENTS = 99_999
"""In one file (Swiss Payment Standards 2025, IG Credit Transfer 2.2, NbOfTxs)."""
LARGEST = {PaymentType.DOMESTIC: Decimal("9999999999.99"), PaymentType.SEPA: Decimal("999999999.99")}
"""By type."""
_LONGEST_MESSAGE = 140
_CENT = -2
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def refusals(file: PaymentFile) -> Iterator[Refusal]:
    """Everything that stands in the way of writing this file."""
    if of_file := tuple(_against_file(file)):
        yield Refusal(of_file)
    taken: set[str] = set()
    for group in file.groups:
        if of_account := (*_against_account(group.account), *_against_group(group)):
            yield Refusal(of_account)
        for payment in group.payments:
            reasons = against_payment(payment, group)
            if payment.end_to_end_id in taken:
                reasons += (Reason("bank.twice"),)
            taken.add(payment.end_to_end_id)
            if reasons:
                yield Refusal(reasons, payment.end_to_end_id, payment.invoice_id)


def against_payment(payment: Payment, group: PaymentGroup | None = None) -> tuple[Reason, ...]:
    """What is wrong with a payment by itself and, if given, in its group."""
    creditor = written(payment.creditor)
    kind = type_for(payment.iban, payment.currency)
    return (
        *creditor.wrong_name,
        *creditor.wrong_address,
        *_against_terms(payment, kind),
        *_against_remittance(payment),
        *(_against_place(payment, kind, group) if group else ()),
    )


def _against_file(file: PaymentFile) -> Iterator[Reason]:
    if not is_identifier(payment_information_id(file.message_id, len(file.groups))):
        yield Reason("bank.message_id")
    if file.created_at.tzinfo is None:
        yield Reason("bank.created_at")
    if not fitted(file.initiating_party):
        yield Reason("bank.name_missing")
    if not 0 < file.count <= MOST_PAYMENTS:
        yield Reason("bank.count", {"count": str(file.count), "most": str(MOST_PAYMENTS)})


def _against_account(account: DebtorAccount) -> Iterator[Reason]:
    if not is_swiss_iban(account.iban):
        yield Reason("bank.own_iban")
    elif is_qr_iban(account.iban):
        yield Reason("bank.own_qr_iban")
    if not fitted(account.name):
        yield Reason("bank.name_missing")
    if account.bic and not _BIC.fullmatch(account.bic):
        yield Reason("bank.bic")
    if account.address:
        yield from written(account.address).wrong_address


def _against_group(group: PaymentGroup) -> Iterator[Reason]:
    if not group.payments:
        yield Reason("bank.empty_group")


def _against_terms(payment: Payment, kind: PaymentType) -> Iterator[Reason]:
    if not is_identifier(payment.end_to_end_id):
        yield Reason("bank.end_to_end_id")
    if not (is_swiss_iban(payment.iban) if kind is PaymentType.DOMESTIC else is_iban(payment.iban)):
        yield Reason("bank.iban")
    elif kind not in LARGEST:
        yield Reason("bank.type", {"country": payment.iban[:2], "currency": payment.currency})
    amount = payment.amount
    if not amount.is_finite() or int(amount.as_tuple().exponent) < _CENT:
        yield Reason("bank.amount_form")
    elif not 0 < amount <= LARGEST.get(kind, amount):
        yield Reason("bank.amount", {"most": str(LARGEST.get(kind, amount))})


def _against_remittance(payment: Payment) -> Iterator[Reason]:
    kind, reference = payment.reference_type, payment.reference
    if has_swiss_form(payment.iban) and is_qr_iban(payment.iban) != (kind == "QRR"):
        yield Reason("bank.reference_type")
    elif not _fits(kind, reference):
        yield Reason("bank.reference")
    if len(payment.message) > _LONGEST_MESSAGE or len(fitted(payment.message)) > _LONGEST_MESSAGE:
        yield Reason("bank.too_long.rmtinf", {"most": str(_LONGEST_MESSAGE)})


def _fits(kind: str, reference: str) -> bool:
    match kind:
        case "QRR":
            return is_qr_reference(reference)
        case "SCOR":
            return is_creditor_reference(reference)
        case "NON":
            return not reference
    return False


def _against_place(payment: Payment, kind: PaymentType, group: PaymentGroup) -> Iterator[Reason]:
    if payment.currency != group.currency or kind is not group.kind:
        yield Reason("bank.group")
