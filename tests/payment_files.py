"""Payments and files of payments: valid ones, to be changed by tests, and generated ones."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from sozialakte.payments import Party
from sozialakte.payments.iso20022.bank_profile import SPS, BankProfile
from sozialakte.payments.iso20022.check_payment_file import NOTHING_ELSE, Asked, FileFindings, check_payment_file
from sozialakte.payments.iso20022.pain001 import write_payment_file
from sozialakte.payments.iso20022.payment import DebtorAccount, Payment, PaymentFile, grouped
from sozialakte.payments.iso20022.schemas import SWISS_PAIN_001, pain_001_schema
from sozialakte.payments.iso20022.sepa import SEPA_LENGTHS
from tests.bills import creditor_reference, iban_of, qr_reference
from tests.payloads import IBAN, QR_IBAN, QRR, SCOR, texts

STANDARDS = Path(__file__).parents[2] / "shared" / "standards" / "iso20022"
SWISS_SCHEMAS = STANDARDS / "xsd-six"
GERMAN_IBAN = "DE89370400440532013000"
ACCOUNT = DebtorAccount("CH7280005000088877766", "Stadt Rottal, Soziale Dienste")
UTILITY = Party("Stadtwerke Rottal", "Werkhofstrasse", "5", "6004", "Luzern", "CH")
CLIENT = Party("Pia Müller", "Marktgasse", "28", "9400", "Rorschach", "CH")
DAY = date(2026, 11, 26)


def payment(number: int = 1, **changes: Any) -> Payment:
    """A valid payment without a reference, with these fields put in place of the valid ones."""
    usual = Payment(f"SOZ-{number:06d}", f"invoice-{number}", UTILITY, IBAN, Decimal("199.95"), message="Rechnung 1188")
    return replace(usual, **changes)


def qrr_payment(number: int = 1, **changes: Any) -> Payment:
    """A valid payment of a QR-bill for a client."""
    usual = {"iban": QR_IBAN, "reference_type": "QRR", "reference": QRR, "ultimate_debtor": CLIENT}
    return payment(number, **(usual | changes))


def scor_payment(number: int = 1, **changes: Any) -> Payment:
    """A valid payment with a creditor reference."""
    return payment(number, **({"reference_type": "SCOR", "reference": SCOR} | changes))


def sepa_payment(number: int = 1, **changes: Any) -> Payment:
    """A valid payment to Germany."""
    return payment(number, **({"iban": GERMAN_IBAN, "currency": "EUR"} | changes))


def payment_file(payments: Sequence[Payment], **changes: Any) -> PaymentFile:
    """A valid file of these payments from one account."""
    usual = PaymentFile(
        "SOZ-20261124-0001",
        datetime(2026, 11, 24, 9, 15, tzinfo=UTC),
        "Stadt Rottal",
        DAY,
        grouped(ACCOUNT, payments),
    )
    return replace(usual, **changes)


def written(file: PaymentFile, profile: BankProfile = SPS) -> bytes:
    """The bytes of the file."""
    target = io.BytesIO()
    write_payment_file(file, target, profile)
    return target.getvalue()


def checked(data: bytes, asked: Asked = NOTHING_ELSE, schema: etree.XMLSchema | None = None) -> FileFindings:
    """The findings, by the ISO schema unless another is given."""
    return check_payment_file(io.BytesIO(data), schema or pain_001_schema(), asked)


@cache
def swiss_schema() -> etree.XMLSchema | None:
    """The schema of SIX, if it is beside the project."""
    return pain_001_schema(SWISS_SCHEMAS) if (SWISS_SCHEMAS / SWISS_PAIN_001).exists() else None


def foreign_iban(country: str, number: int) -> str:
    """An IBAN of a country of SEPA, its check digits right."""
    body = str(number).zfill(SEPA_LENGTHS[country] - 4)
    as_number = "".join(str(int(character, 36)) for character in f"{body}{country}00")
    return f"{country}{98 - int(as_number) % 97:02d}{body}"


def parties() -> st.SearchStrategy[Party]:
    """Structured addresses, and ones in two lines; names hold a letter, and characters that no bank knows."""
    fancy = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
    return st.builds(
        Party,
        name=fancy.map(lambda text: f"A {text}"[:20]),
        street=texts(50, 0),
        building_number=texts(16, 0),
        postal_code=st.sampled_from(["6004", "9400", "8952"]),
        town=st.sampled_from(["Luzern", "Genève", "Ţândărei", "Kraków", "Łódź"]),
        country=st.sampled_from(["CH", "LI", "DE", "FR"]),
        combined=st.booleans(),
    )


@st.composite
def payments(draw: st.DrawFn) -> Payment:
    """Valid payments of every kind."""
    kind = draw(st.sampled_from(["QRR", "SCOR", "NON", "SEPA"]))
    number = draw(st.integers(1, 10**10))
    iban = {
        "QRR": iban_of(30000 + number % 2000, number),
        "SEPA": foreign_iban(draw(st.sampled_from(["DE", "FR", "AT", "IT"])), number),
    }.get(kind, iban_of(1 + number % 29999, number))
    currency = "EUR" if kind == "SEPA" else draw(st.sampled_from(["CHF", "EUR"]))
    references = {"QRR": qr_reference(number), "SCOR": creditor_reference(str(number))}
    return Payment(
        end_to_end_id=draw(st.from_regex(r"[A-Za-z0-9+?:().,'-]{1,35}", fullmatch=True)),
        invoice_id=f"invoice-{number}",
        creditor=draw(parties()),
        iban=iban,
        amount=Decimal(draw(st.integers(1, 99_999_999_999))) / 100,
        currency=currency,
        reference_type="NON" if kind == "SEPA" else kind,
        reference=references.get(kind, ""),
        message=draw(texts(140, 0)),
        ultimate_debtor=draw(st.none() | parties()),
    )
