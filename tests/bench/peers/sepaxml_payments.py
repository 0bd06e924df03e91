"""The usual way: sepaxml builds the same payments. Arguments: how many, which set, ``validate`` or -.

It builds what it can of them: id, amount, creditor with address, account, and one line of text. It knows no structured
references (QRR, SCOR), no message beside one, no ultimate debtor, and no SEPA payments beside domestic ones: so it gets
the reference or the message as the text, and makes a file for each of the two kinds. It is given what helps it:
batches, and values in the form it wants. It validates with xmlschema, by the ISO schema.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sepaxml import SepaTransfer

from tests.bench.meter import cpu_seconds, peak_mb, tell
from tests.bench.payment_sets import DAY, OWN_BIC, OWN_IBAN, OWN_NAME, PlainPayment, payments


def payment(plain: PlainPayment) -> dict[str, Any]:
    """As sepaxml takes it."""
    creditor = plain.creditor
    address = {
        "street_name": creditor.street,
        "building_number": creditor.number,
        "postcode": creditor.postal_code,
        "town": creditor.town,
        "country": creditor.country,
    }
    return {
        "name": creditor.name,
        "IBAN": plain.iban,
        "amount": plain.cents,
        "execution_date": date(*DAY),
        "description": plain.reference or plain.message,
        "endtoend_id": plain.own_id,
        "address": address,
        "currency": plain.currency,
    }


def build(some: list[dict[str, Any]], folder: Path, *, validate: bool) -> None:
    """Its documented way, written to a file for each currency."""
    for currency in ("CHF", "EUR"):
        own = {"name": OWN_NAME, "IBAN": OWN_IBAN, "BIC": OWN_BIC, "batch": True, "currency": currency}
        transfer = SepaTransfer({**own, "domestic": currency == "CHF"}, schema="pain.001.001.09")
        for one in some:
            if one["currency"] == currency:
                transfer.add_payment(one)
        Path(folder, f"{currency}.xml").write_bytes(transfer.export(validate=validate))


if __name__ == "__main__":
    ordered = [payment(plain) for plain in payments(int(sys.argv[1]), sys.argv[2])]
    with TemporaryDirectory() as folder:
        begun = cpu_seconds()
        build(ordered, Path(folder), validate=sys.argv[3] == "validate")
        tell(cpu=cpu_seconds() - begun, payments=len(ordered), peak_mb=peak_mb())
