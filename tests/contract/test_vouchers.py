"""The contract with a city's creditor workflow: samples of what it sends and of our receipt, and the schema."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator, FormatChecker

from sozialakte.payments.vouchers import read_vouchers
from tests.contract.voucher_schema import FOLDER, SCHEMA, schema_text

LINES = (FOLDER / "vouchers.v1.jsonl").read_text(encoding="utf-8").splitlines()


def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=FormatChecker())


def test_the_committed_schema_is_the_one_of_the_code() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run: python -m tests.contract.voucher_schema"


def test_every_line_of_the_sample_matches_the_schema_and_is_understood() -> None:
    for line in LINES:
        validator().validate(json.loads(line))

    assert [read.wrong for read in read_vouchers("\n".join(LINES).encode())] == [(), ()]


def test_what_a_voucher_must_have_the_schema_demands() -> None:
    voucher = json.loads(LINES[0])
    for name in ("voucher_id", "approved_by", "iban", "amount", "lines", "dossier_id"):
        assert not validator().is_valid({key: value for key, value in voucher.items() if key != name})
    assert not validator().is_valid(voucher | {"more": 1})
