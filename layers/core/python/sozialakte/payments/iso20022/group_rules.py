"""The rules of a group of payments in a payment file (level B)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sozialakte.payments.check_digits import is_qr_iban
from sozialakte.payments.iso20022 import rule_book
from sozialakte.payments.iso20022.bank_profile import BankProfile
from sozialakte.payments.iso20022.breaches import (
    Breach,
    against_address_form,
    against_address_texts,
    against_texts,
)
from sozialakte.payments.iso20022.fields import Fields
from sozialakte.payments.iso20022.sepa import is_iban
from sozialakte.payments.iso20022.sps_text import is_identifier

FURTHEST_AHEAD = timedelta(days=365)
FURTHEST_BACK = timedelta(days=10)
"""What banks usually take; each says its own."""
_METHODS = frozenset({"TRF", "CHK"})
_ACCOUNT_TYPES = frozenset({"NOA", "SIA", "CND", "CWD"})
_PARTIES = ("Dbtr", "UltmtDbtr")


def against_group(group: Fields, profile: BankProfile, day: date | None) -> Iterator[Breach]:
    """What is wrong with what stands before its payments. ``day``: the execution date is judged from it, if given."""
    yield from against_texts(group)
    if not is_identifier(group.text("PmtInfId")):
        yield Breach(rule_book.GROUP_ID, "PmtInfId", {"value": group.text("PmtInfId")})
    if group.text("PmtMtd") not in _METHODS:
        yield Breach(rule_book.METHOD, "PmtMtd", {"value": group.text("PmtMtd")})
    for party in _PARTIES:
        yield from against_address_form(group.elements, party, profile)
        yield from against_address_texts(group, party)
    yield from _against_account(group)
    yield from _against_date(group, day)


def service_level(fields: Fields) -> str:
    """``SEPA`` if that is one of the service levels, else empty."""
    levels = [text for path, text in fields.texts.items() if path.startswith("PmtTpInf/SvcLvl")]
    return "SEPA" if "SEPA" in levels else ""


def _against_account(group: Fields) -> Iterator[Breach]:
    path = "DbtrAcct/Id/IBAN"
    iban = group.text(path)
    if iban and not is_iban(iban):
        yield Breach(rule_book.OWN_ACCOUNT, path)
    elif is_qr_iban(iban):
        yield Breach(rule_book.OWN_QR_IBAN, path)
    if "Dbtr/Nm" not in group.elements and "Dbtr/PstlAdr" not in group.elements:
        yield Breach(rule_book.DEBTOR_NAME, "Dbtr/Nm", {"element": "Dbtr/Nm"})
    if not {"DbtrAgt/FinInstnId/BICFI", "DbtrAgt/FinInstnId/ClrSysMmbId"} & group.elements:
        yield Breach(rule_book.DEBTOR_BANK, "DbtrAgt/FinInstnId")
    kind = group.text("DbtrAcct/Tp/Prtry")
    if kind and kind not in _ACCOUNT_TYPES:
        yield Breach(rule_book.ACCOUNT_TYPE, "DbtrAcct/Tp/Prtry", {"value": kind})


def _against_date(group: Fields, day: date | None) -> Iterator[Breach]:
    path = "ReqdExctnDt/Dt"
    if "ReqdExctnDt/DtTm" in group.elements:
        yield Breach(rule_book.TIME_OF_DAY, "ReqdExctnDt/DtTm")
    try:
        wanted = date.fromisoformat(group.text(path)[:10])  # a time zone may follow
    except ValueError:  # the schema says so
        return
    if day and wanted > day + FURTHEST_AHEAD:
        yield Breach(rule_book.TOO_FAR_AHEAD, path, {"days": str(FURTHEST_AHEAD.days)})
    elif day and wanted < day - FURTHEST_BACK:
        yield Breach(rule_book.TOO_LONG_AGO, path, {"days": str(FURTHEST_BACK.days)})
