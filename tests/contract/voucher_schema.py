"""Writes the JSON schema of a line of vouchers beside their sample: ``python -m tests.contract.voucher_schema``."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from sozialakte.payments.vouchers import Voucher, VoucherSum
from tests.contract.message_schemas import DIALECT

FOLDER = Path("events/payments/vouchers")
SCHEMA = FOLDER / "vouchers.v1.schema.json"


def schema_text() -> str:
    """The schema as it is committed: a line is a voucher or the sum."""
    described = TypeAdapter[Voucher | VoucherSum](Voucher | VoucherSum).json_schema(mode="validation")
    return json.dumps({"$schema": DIALECT, **described}, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
