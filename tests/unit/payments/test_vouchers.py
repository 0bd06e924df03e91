"""A file of vouchers is taken only if it is whole; each line is understood by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.voucher_rules import against_voucher
from sozialakte.payments.vouchers import IncompleteFileError, Voucher, read_vouchers
from sozialakte.shared.texts import say

RENT, CREDIT, SUM = Path("events/payments/vouchers/vouchers.v1.jsonl").read_text(encoding="utf-8").splitlines()


def changed(**what: object) -> str:
    return json.dumps(json.loads(RENT) | what)


def file_of(*lines: str, count: int | None = None, **amounts: str) -> bytes:
    total = {"type": "sum", "count": len(lines) if count is None else count, "amounts": amounts}
    return "\n".join([*lines, json.dumps(total)]).encode()


def refused(content: bytes) -> str:
    with pytest.raises(IncompleteFileError) as told:
        read_vouchers(content)
    assert say(told.value.reason)
    return told.value.reason.code


def test_a_whole_file_is_read_line_by_line() -> None:
    read = read_vouchers("\r\n".join([RENT, "", CREDIT, SUM, ""]).encode())

    assert [(one.number, one.voucher_id, one.wrong) for one in read] == [
        (1, "K-2026-004711", ()),
        (3, "K-2026-004712", ()),
    ]
    assert read_vouchers(("\ufeff" + SUM.replace("2,", "0,").replace("1414.80", "0.00")).encode()) == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "voucher.no_sum"),
        (f"{RENT}\n{CREDIT}".encode(), "voucher.no_sum"),
        (f"{SUM}\n{RENT}".encode(), "voucher.no_sum"),
        (f"{RENT}\n{SUM}".encode(), "voucher.wrong_sum"),
        (f"{RENT}\n{RENT}\n{SUM}".encode(), "voucher.wrong_sum"),
        (f"{RENT}\n{CREDIT[:80]}\n{SUM}".encode(), "voucher.unreadable"),
        (f"[1]\n{SUM}".encode(), "voucher.unreadable"),
        (b"\xff\n", "voucher.unreadable"),
        (b"[" * 100_000, "voucher.unreadable"),
        (file_of(RENT, CHF="1450.00", EUR="1.00"), "voucher.wrong_sum"),
        (file_of(changed(amount="1e9"), CHF="1000000000.00"), "voucher.wrong_sum"),
        (file_of(changed(amount=1450.0), CHF="1450.00"), "voucher.wrong_sum"),
        (file_of(RENT, CHF="NaN"), "voucher.no_sum"),
    ],
)
def test_of_a_file_that_was_cut_off_nothing_is_taken(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ({"approved_by": []}, ("approved_by",)),
        ({"iban": "CH44 3199 9123 0008 8901 2"}, ("iban",)),
        ({"lines": [{"amount": "x"}]}, ("lines.0.amount",)),
        ({"dossier_id": "7569217076985"}, ("dossier_id",)),
        ({"more": "x", "kind": "invoice"}, ("kind", "more")),
        ({"message": "a\nb"}, ("message",)),
        ({"voucher_id": "../x"}, ("voucher_id",)),
    ],
)
def test_a_line_that_is_no_voucher_names_its_fields(what: dict[str, object], fields: tuple[str, ...]) -> None:
    read = read_vouchers(file_of(changed(**what), CHF="1450.00"))

    assert [(one.voucher, one.wrong) for one in read] == [(None, fields)]


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ({}, []),
        ({"entered_by": "kv-07"}, ["voucher.same_person"]),
        ({"iban": "CH4531999123000889012"}, ["voucher.iban"]),
        ({"iban": "DE89370400440532013000", "reference_type": "NON", "reference": None}, []),
        ({"iban": "DE88370400440532013000", "reference_type": "NON", "reference": None}, ["voucher.iban"]),
        ({"iban": "CH9300762011623852957"}, ["voucher.reference_type"]),
        ({"reference_type": "NON", "reference": None}, ["voucher.reference_type"]),
        ({"reference": "210000000003139471430009018"}, ["voucher.reference"]),
        ({"reference": None}, ["voucher.reference"]),
        ({"iban": "CH9300762011623852957", "reference_type": "SCOR", "reference": "RF18539007547034"}, []),
        ({"iban": "CH9300762011623852957", "reference_type": "NON"}, ["voucher.reference"]),
    ],
)
def test_what_is_wrong_with_a_voucher_by_itself(what: dict[str, object], codes: list[str]) -> None:
    assert [reason.code for reason in against_voucher(Voucher.model_validate(json.loads(changed(**what))))] == codes


@given(st.binary(max_size=200))
def test_any_bytes_without_the_sum_are_refused(content: bytes) -> None:
    with pytest.raises(IncompleteFileError) as told:
        read_vouchers(content + b"\n{}")

    assert say(told.value.reason)
