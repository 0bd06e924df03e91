"""Our way: write a file of payments, check it by schema and rules.

Arguments: how many, which set of them, a folder with schemas or -.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.payments.iso20022.check_payment_file import FileFindings, check_payment_file
from sozialakte.payments.iso20022.pain001 import write_payment_file
from sozialakte.payments.iso20022.payment import DebtorAccount, Payment, PaymentFile, grouped
from sozialakte.payments.iso20022.schemas import pain_001_schema
from sozialakte.payments.qr_bill import Party
from tests.bench.meter import cpu_seconds, peak_mb, tell
from tests.bench.payment_sets import DAY, OWN_BIC, OWN_IBAN, OWN_NAME, PlainParty, PlainPayment, payments


def payment(plain: PlainPayment) -> Payment:
    """As it comes from the order book."""
    return Payment(
        end_to_end_id=plain.own_id,
        invoice_id=plain.own_id,
        creditor=party(plain.creditor),
        iban=plain.iban,
        amount=Decimal(plain.cents) / 100,
        currency=plain.currency,
        reference_type=plain.reference_type,
        reference=plain.reference,
        message=plain.message,
        ultimate_debtor=party(plain.debtor) if plain.debtor else None,
    )


def party(plain: PlainParty) -> Party:
    """As a bill has it."""
    return Party(plain.name, plain.street, plain.number, plain.postal_code, plain.town, plain.country)


def build(some: list[Payment], path: Path, schemas: str) -> FileFindings:
    """Grouped, written to a file, read again and checked."""
    account = DebtorAccount(OWN_IBAN, OWN_NAME, OWN_BIC)
    file = PaymentFile(
        "SOZ-20261124-0001", datetime(2026, 11, 24, 9, 15, tzinfo=UTC), OWN_NAME, date(*DAY), grouped(account, some)
    )
    with path.open("wb") as target:
        write_payment_file(file, target)
    with path.open("rb") as source:
        return check_payment_file(source, pain_001_schema(schemas if schemas != "-" else None))


if __name__ == "__main__":
    ordered = [payment(plain) for plain in payments(int(sys.argv[1]), sys.argv[2])]
    with TemporaryDirectory() as folder:
        begun = cpu_seconds()
        findings = build(ordered, Path(folder, "payments.xml"), sys.argv[3])
        tell(cpu=cpu_seconds() - begun, payments=findings.payments, valid=findings.valid, peak_mb=peak_mb())
