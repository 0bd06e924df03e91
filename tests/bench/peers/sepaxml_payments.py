"""The usual way: sepaxml builds the same payments as a file. Arguments: how many, whether it validates (``validate``).

It is given what helps it: one batch, and values in the form it wants. It validates with xmlschema, by the ISO schema.
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
    address = {
        "street_name": plain.street,
        "building_number": plain.number,
        "postcode": plain.postal_code,
        "town": plain.town,
        "country": "CH",
    }
    return {
        "name": plain.name,
        "IBAN": plain.iban,
        "amount": plain.cents,
        "execution_date": date(*DAY),
        "description": plain.message,
        "endtoend_id": plain.own_id,
        "address": address,
    }


def build(some: list[dict[str, Any]], path: Path, *, validate: bool) -> None:
    """Its documented way, written to a file."""
    own = {"name": OWN_NAME, "IBAN": OWN_IBAN, "BIC": OWN_BIC, "batch": True, "currency": "CHF", "domestic": True}
    transfer = SepaTransfer(own, schema="pain.001.001.09")
    for one in some:
        transfer.add_payment(one)
    path.write_bytes(transfer.export(validate=validate))


if __name__ == "__main__":
    ordered = [payment(plain) for plain in payments(int(sys.argv[1]))]
    with TemporaryDirectory() as folder:
        begun = cpu_seconds()
        build(ordered, Path(folder, "payments.xml"), validate=sys.argv[2] == "validate")
        tell(cpu=cpu_seconds() - begun, payments=len(ordered), peak_mb=peak_mb())
