"""What may stand in a log line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.runtime.redaction import REDACTED, LogValue, redact

LETTER = "0123456789abcdef0123456789abcdef-0001-0003"


def test_ids_numbers_and_codes_pass() -> None:
    fields: dict[str, LogValue] = {
        "letter_id": LETTER,
        "dossier_id": "SH-2026-00123",
        "staff_id": "ma-101",
        "reason": "file.not_a_pdf",
        "where": ["api.py:12:read_batch"],
        "page": 3,
        "seconds": 0.25,
        "allowed": True,
        "error_code": None,
        "request_id": "JKJaXmPLvHcESHA=",
    }

    assert redact(fields) == fields


@pytest.mark.parametrize(
    "personal",
    [
        "Anna Beispiel",
        "Müller",
        "756.1234.5678.97",
        "7561234567897",
        "756 1234 5678 97",
        "x/756.1234.5678.97",
        "CH9300762011623852957",
        "CH93 0076 2011 6238 5295 7",
        "anna@example.ch",
        "Sehr geehrte Frau\nBeispiel",
        "a" * 500,
    ],
)
def test_what_is_no_id_is_taken_out_even_under_a_permitted_key(personal: str) -> None:
    assert redact({"letter_id": personal}) == {"letter_id": REDACTED}
    assert redact({"letter_ids": ["a", personal]}) == {"letter_ids": ["a", REDACTED]}


def test_ahv_number_is_taken_out_as_a_number_too() -> None:
    assert redact({"count": 7561234567897}) == {"count": REDACTED}


def test_hash_that_holds_the_digits_of_an_ahv_number_is_no_ahv_number() -> None:
    batch_id = "ab7561234567897cd0123456789abcde"

    assert redact({"batch_id": batch_id}) == {"batch_id": batch_id}


def test_keys_we_do_not_log_are_named_but_lose_their_value() -> None:
    assert redact({"name": "Meier", "file_name": "Meier.pdf", "page": 1}) == {
        "page": 1,
        "redacted_keys": ["file_name", "name"],
    }


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()), max_size=5))
def test_whatever_comes_in_only_ids_come_out(fields: dict[str, str | int | list[str]]) -> None:
    for key, value in redact(fields).items():
        if isinstance(value, str) and key != "redacted_keys":
            assert value.isascii()
            assert " " not in value


@given(st.from_regex(r"756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}", fullmatch=True), st.sampled_from(["", "x ", "/", "id:"]))
def test_no_ahv_number_passes(number: str, before: str) -> None:
    assert redact({"letter_id": before + number}) == {"letter_id": REDACTED}
