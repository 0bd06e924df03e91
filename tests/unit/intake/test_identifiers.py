"""What a letter's text gives away: numbers with check digits, dates that are birth dates, names beside each other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.identifiers import (
    find_ahv_numbers,
    find_birth_dates,
    find_dossier_numbers,
    mentions_person,
)

AHV = "7569217076985"


@pytest.mark.parametrize(
    "written",
    [
        "756.9217.0769.85",
        "756 9217 0769 85",
        "7569217076985",
        "756 . 9217 . 0769 . 85",
        "756,9217,0769,85",
        "756.92I7.O769.85",
        "756.92l7.0769.8S",
        "7S6.9217.0769.85",
        "(756.9217.0769.85)",
    ],
)
def test_an_ahv_number_is_found_however_it_is_written_or_scanned(written: str) -> None:
    assert find_ahv_numbers(f"AHV-Nr. {written}, geb. 12.03.1975") == (AHV,)


@pytest.mark.parametrize(
    "other",
    [
        "756.9217.0769.84",  # check digit
        "757.9217.0769.85",  # country
        "1756.9217.0769.85",  # part of a longer number
        "756.9217.0769.852",
        "21 00000 00003 13947 14300 09017",  # a QR reference
        "CH93 0076 2011 6238 5295 7",
        "756.O2I7.O7G9.BS",
        "756.92\n17.0769.85",
    ],
)
def test_what_only_resembles_an_ahv_number_is_none(other: str) -> None:
    assert find_ahv_numbers(other) == ()


@given(position=st.integers(0, 12), digit=st.sampled_from("0123456789"))
def test_a_misread_digit_never_makes_another_number(position: int, digit: str) -> None:
    misread = AHV[:position] + digit + AHV[position + 1 :]
    assert find_ahv_numbers(misread) in {(), (AHV,)}


@given(st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=200))
def test_text_without_digits_names_nobody(text: str) -> None:
    assert find_ahv_numbers(text) == find_dossier_numbers(text) == find_birth_dates(text) == ()


def test_numbers_are_listed_once_in_order() -> None:
    assert find_dossier_numbers("SH-2026-00002, SH-2026-00001; SH 2026 00002") == ("SH-2026-00002", "SH-2026-00001")


@pytest.mark.parametrize(
    "written",
    [
        "SH-2026-00123",
        "SH 2026 00123",
        "SH - 2026 - 00123",
        "SH\u20132026\u201300123",
        "SH-2O26-00123",
        "SH-2026-O0l23",
    ],
)
def test_a_dossier_number_is_found_however_it_is_written(written: str) -> None:
    assert find_dossier_numbers(f"Unser Zeichen:{written}.") == ("SH-2026-00123",)


@pytest.mark.parametrize(
    "other",
    [
        "ASH-2026-00123",
        "SH-2026-001234",
        "SH-2026-0012",
        "sh-2026-00123",
        "SH202600123",
        "SH-2OO6-OOl23",
        "SH-2026-00123a",
    ],
)
def test_what_only_resembles_a_dossier_number_is_none(other: str) -> None:
    assert find_dossier_numbers(other) == ()


@pytest.mark.parametrize(
    "written",
    [
        "geb. 12.03.2019",
        "geboren am 12. März 2019",
        "Geburtsdatum: 12.3.2019",
        "Geburtsdatum\n12. 03. 2019",
        "geb. 2019-03-12",
        "geb. l2.O3.2019",
        "Geb.-Datum 12. Marz 2019",
        "GEBURTSDATUM 12/03/2019",
        "* 12.03.2019",
    ],
)
def test_a_date_called_a_birth_date_is_one(written: str) -> None:
    assert find_birth_dates(f"Bern, 21. November 2026\nBetrifft: Anna Muster, {written}") == (date(2019, 3, 12),)


def test_a_date_long_past_is_a_birth_date_without_being_called_so() -> None:
    assert find_birth_dates("Bern, 21.11.2026. Anna Muster, 12. März 1975, Bern") == (date(1975, 3, 12),)


@pytest.mark.parametrize(
    "text",
    [
        "Bern, 21. November 2026, Behandlung vom 03.02.2026, zahlbar bis 21.12.2026",
        "geb. 31.02.1975",
        "geb. 12.13.1975",
        "Vertrag vom 01.04.2019, gekündigt am 01.04.2026",
        "Tel. 012.03.1975, Nr. 12.03.19755",
        "",
    ],
)
def test_other_dates_are_none(text: str) -> None:
    assert find_birth_dates(text) == ()


def test_a_mark_belongs_to_the_next_date_only() -> None:
    assert find_birth_dates("geb. 12.03.2019, Eintritt 01.08.2024, 21.11.2026") == (date(2019, 3, 12),)


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Frau Anna Müller, Bern", "Müller", "Anna"),
        ("MÜLLER Anna", "Müller", "Anna"),
        ("Mueller, Anna Maria", "Müller", "Anna Maria"),
        ("Anna Maria Muller", "Müller", "Anna Maria"),
        ("Anna Müller", "Müller", "Anna Maria"),
        ("Anna-Maria Müller-Känzig", "Müller Känzig", "Anna Maria"),
        ("Herr Jean-Luc\nvon Gunten", "von Gunten", "Jean-Luc"),
        ("Frau Anna Müller-Huber", "Müller", "Anna"),
    ],
)
def test_a_person_is_recognised_by_both_names_side_by_side(text: str, family: str, given: str) -> None:
    assert mentions_person(text, family, given)


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Frau Müller, Bern", "Müller", "Anna"),
        ("Anna Meier und Beat Müller", "Müller", "Anna"),
        ("Müller Beat und Anna Meier", "Müller", "Anna"),
        ("Maria Müller", "Müller", "Anna Maria"),
        ("Annabelle Müller", "Müller", "Anna"),
        ("Anna Müllerhof", "Müller", "Anna"),
        ("", "Müller", "Anna"),
        ("Anna Müller", "-", "Anna"),
    ],
)
def test_half_a_name_is_nobody(text: str, family: str, given: str) -> None:
    assert not mentions_person(text, family, given)
