"""The sender's numbers for a person: which ones are taken, and in which form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.understanding.references import MOST_REFERENCES, Reference, find_references


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Versicherten-Nr. 80.756.00123", "insured", "8075600123"),
        ("Versichertennummer: 55 102 7", "insured", "551027"),
        ("Kunden-Nr.: 38712", "customer", "38712"),
        ("Kundennummer 882 441 07", "customer", "88244107"),
        ("Kd-Nr 4711-22", "customer", "471122"),
        ("Police Nr. 12.345.678", "policy", "12345678"),
        ("Policen-Nr. B 123456", "policy", "B123456"),
        ("Vertrags-Nr. 100-200-300", "contract", "100200300"),
        ("Mieter-Nr. 4.12.03", "tenant", "41203"),
        ("Objekt: 3251.1304", "tenant", "32511304"),
        ("Patienten-Nr. 4478120", "patient", "4478120"),
        ("ZEMIS-Nr.: 34481701", "person", "34481701"),
        ("Dossier-Nr. KESB: 75298013", "case", "75298013"),
        ("Betreibung Nr. 22611408", "case", "22611408"),
        ("Schaden-Nr. 17.44882.6", "case", "17448826"),
        ("Aktenzeichen: ZB 26/114", "case", "ZB26114"),
        ("Unser Zeichen K20015/26", "ours", "K2001526"),
        ("Unsere Referenz: 2026-4471", "ours", "20264471"),
        ("Kundennummer\n38712", "customer", "38712"),
        ("Kunden-Nr. 38712 16.11.2026", "customer", "38712"),
        ("Kunden-Nr. 38712 2021007834", "customer", "38712"),
    ],
)
def test_a_labelled_number_is_a_reference(text: str, label: str, value: str) -> None:
    assert find_references(text) == (Reference(label, value),)


@pytest.mark.parametrize(
    "text",
    [
        "Rechnungs-Nr. 90013345",
        "Rechnung Nr. 114567",
        "Auftragsnummer 2830188",
        "Telefon 041 555 10 10",
        "Ihr Zeichen SH-2026-00123",
        "Dossier: SH-2026-00123",
        "Vers.-Nr. 756.9217.0769.85",
        "Unser Zeichen: krb/am",
        "Referenz 21 00000 00003 13947 14300 09017",
        "Kunden-Nr. 12",
        "Artikel-Nr. 303213",
        "",
    ],
)
def test_what_changes_with_each_letter_or_names_nobody_is_none(text: str) -> None:
    assert find_references(text) == ()


def test_labels_side_by_side_belong_to_the_values_below_them() -> None:
    text = "Kundennummer Rechnungsnummer Datum\n38712 2021007834 23.04.2021"

    assert find_references(text) == (Reference("customer", "38712"),)


def test_a_reference_is_told_once_and_a_list_of_them_ends() -> None:
    assert find_references("Kunden-Nr. 38712\nKundennummer: 38712") == (Reference("customer", "38712"),)
    assert len(find_references("\n".join(f"Mieter-Nr. {number}" for number in range(1000, 1100)))) == MOST_REFERENCES


@given(st.text(max_size=300))
def test_values_hold_capitals_and_digits_only(text: str) -> None:
    values = [one.value for one in find_references(f"Kunden-Nr. {text}")]

    assert all(value.isalnum() and value == value.upper() for value in values)
