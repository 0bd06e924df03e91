"""AHV numbers: check digit, one stored form, nothing leaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.shared.ahv_number import InvalidAhvNumberError, display_ahv_number, parse_ahv_number

VALID = "7569217076985"  # the example of STANDARDS 1.5


@pytest.mark.parametrize("written", ["756.9217.0769.85", "7569217076985", " 756 9217 0769 85 "])
def test_one_number_has_one_form_however_it_is_written(written: str) -> None:
    assert parse_ahv_number(written) == VALID
    assert display_ahv_number(parse_ahv_number(written)) == "756.9217.0769.85"


@pytest.mark.parametrize(
    "wrong", ["", "756.9217.0769.84", "756.9217.0769.8", "757.9217.0769.85", "756.9217.O769.85", "x"]
)
def test_what_is_no_number_is_refused_without_being_quoted(wrong: str) -> None:
    with pytest.raises(InvalidAhvNumberError) as error:
        parse_ahv_number(wrong)
    assert not wrong or wrong not in str(error.value)


@given(position=st.integers(3, 12), digit=st.sampled_from("0123456789"))
def test_no_single_misread_digit_passes(position: int, digit: str) -> None:
    misread = VALID[:position] + digit + VALID[position + 1 :]
    if misread == VALID:
        assert parse_ahv_number(misread) == VALID
        return
    with pytest.raises(InvalidAhvNumberError):
        parse_ahv_number(misread)
