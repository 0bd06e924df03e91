"""Dates in letters, and which of them is the letter's own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.understanding.letter_dates import find_birth_date, find_dates, find_stamped, find_written_on

RECEIVED = date(2026, 11, 18)
DAY = date(2026, 11, 16)


def days(text: str) -> list[date]:
    return [found.day for found in find_dates(text)]


@pytest.mark.parametrize(
    "written",
    [
        "16.11.2026",
        "16. 11. 2026",
        "16.11.26",
        "2026-11-16",
        "16. November 2026",
        "16. Nov. 2026",
        "16.November 2026",
        "l6.11.2026",
        "16.ll.2O26",
        "16.11,202b",
        "16. Novernber 2026",
        "16. N0vember 2026",
        "16 novembre 2026",
        "16/11/2026",
    ],
)
def test_a_date_is_read_however_it_is_written_and_misread(written: str) -> None:
    assert days(f"Luzern, {written}") == [DAY]


def test_the_first_of_a_month_in_french() -> None:
    assert days("Lausanne, le 1er décembre 2026") == [date(2026, 12, 1)]


@pytest.mark.parametrize(
    "other",
    ["31.02.2026", "16.13.2026", "756.9217.0769.85", "Tel. 041.555.20.26", "116.11.2026", "CHF 16.11", "Art. 16"],
)
def test_what_is_no_date_is_none(other: str) -> None:
    assert days(other) == []


def test_years_of_two_digits_are_those_of_the_living() -> None:
    assert days("3.4.41, 3.4.40") == [date(1941, 4, 3), date(2040, 4, 3)]


@given(st.dates(date(1920, 1, 1), date(2040, 12, 31)))
def test_every_date_comes_back_from_its_usual_spellings(day: date) -> None:
    for written in (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", day.isoformat()):
        assert days(f"am {written} in Luzern") == [day]


@pytest.mark.parametrize(
    "lines",
    [
        ["Luzern, 16. November 2026"],
        ["Luzern, den 16.11.2026"],
        ["Datum: 16.11.2026"],
        ["Rechnungsdatum 16.11.2026", "Zahlbar bis 16.12.2026"],
        ["Urteil vom 13.11.2026", "Kriens, 16. November 2026"],
        ["Anna Muster, geb. 12.03.1975", "16.11.2026"],
        ["Aufenthalt vom 02.10.2026 bis 11.10.2026", "Emmen, 16.11.2026"],
        ["EINGEGANGEN", "17.11.2026", "Soziale Dienste", "Luzern, 16. November 2026"],
        ["Unser Zeichen K20/26 Kriens, 16. November 2026"],
        ["Verfügung vom 16.11.2026"],
    ],
)
def test_the_letters_own_date_is_found_among_others(lines: list[str]) -> None:
    assert find_written_on(lines, RECEIVED) == DAY


def test_a_letter_dated_below_its_text_has_that_date() -> None:
    lines = [*["Ich bestätige, dass ich gearbeitet habe."] * 70, "Luzern, 16.11.2026", "Unterschrift"]

    assert find_written_on(lines, RECEIVED) == DAY


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["EINGEGANGEN", "16.11.2026"],
        ["Zahlbar bis 16.12.2026"],
        ["Anna Muster, geb. 12.03.1975"],
        ["Vertrag gültig bis 31.12.2026"],
        ["Luzern, 16. November 2062"],
    ],
)
def test_another_date_is_not_the_letters(lines: list[str]) -> None:
    assert find_written_on(lines, RECEIVED) is None


def test_the_stamp_of_receipt_names_its_day() -> None:
    assert find_stamped(["Stadt Luzern", "Soziale Dienste EINGEGANGEN", "Postfach 17.11.2026"]) == date(2026, 11, 17)
    assert find_stamped(["Luzern, 16.11.2026"]) is None


@pytest.mark.parametrize(
    ("text", "born"),
    [
        (", geb. 3.4.1985, begleitet ihn", date(1985, 4, 3)),
        (", geboren am 3. April 1985", date(1985, 4, 3)),
        (" (* 3.4.1985)", date(1985, 4, 3)),
        (", 03.04.1985", date(1985, 4, 3)),
        (", geb. 3.4.2019", date(2019, 4, 3)),
        (", Behandlung vom 3.4.2026", None),
        (" seit 3.4.1985 Mieter", None),
        (", geb. 3.4.2039", None),
    ],
)
def test_a_birth_date_is_called_so_or_begins_the_text_and_is_old(text: str, born: date | None) -> None:
    assert find_birth_date(text, RECEIVED) == born


@given(st.text(max_size=300))
def test_any_text_has_dates_or_none(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in find_dates(text))
