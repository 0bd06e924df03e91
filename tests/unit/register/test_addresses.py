"""When an address in a letter is the one the register knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.register import Address, same_address

KNOWN = Address("Bahnhofstrasse", "12", "6003", "Luzern")


@pytest.mark.parametrize(
    "read",
    [
        "Bahnhofstrasse 12, 6003 Luzern",
        "Bahnhofstr. 12 / CH-6003 Luzern",
        "BAHNHOF-STRASSE 12\nCH 6003 LUZERN",
        "Frau\nAnna Müller\nBahnhof Strasse 12\n6003 Luzern\n\nLuzern, 3. März 2026",
        "Bahnhofstraße l2 6OO3 Luzern",
        "Bahnhofstrasse |2, 6003 Luzern",
        "Bahnnofstrasse 12, 6003 Luzem",
        "Bahnhostrasse 12, 6003 Luzern",
        "Bahnhoffstrasse 12, 6003 Luzern",
        "Strasse / Nr.: Bahnhofstr. 12   PLZ / Ort: 6003 Luzern",
        "Bahnhofstrasse 12, Luzern",
        "Bahnhofstrasse 12, 6000 Luzern",
        "Bahnhofstrasse 7, 6010 Kriens oder Bahnhofstrasse 12, 6003 Luzern",
    ],
)
def test_ways_of_writing_and_misreading_it(read: str) -> None:
    assert same_address(read, KNOWN)


@pytest.mark.parametrize(
    "read",
    [
        "",
        "6003 Luzern",
        "Bahnhofstrasse, 6003 Luzern",
        "Bahnhofstrasse 12",
        "Bahnhofstrasse 13, 6003 Luzern",
        "Bahnhofstrasse 112, 6003 Luzern",
        "Bahnhofstrasse 2, 6003 Luzern",
        "Bahnhofstrasse 12a, 6003 Luzern",
        "Bahnhofstrasse 12 A, 6003 Luzern",
        "Bahnhofweg 12, 6003 Luzern",
        "Alte Landstrasse 12, 6003 Luzern",
        "Bahnhofstrasse 12, 6010 Kriens",
        "Bahnhofstrasse 12, 6010 Kriens, unser Büro: Pilatusstrasse 1, 6003 Luzern",
        "Bahnhofstrasse 12 " + "wie schon früher mitgeteilt " * 3 + "6003 Luzern",
    ],
)
def test_what_is_another_address_or_too_little(read: str) -> None:
    assert not same_address(read, KNOWN)


@pytest.mark.parametrize(
    ("read", "known"),
    [
        ("Weg 3 B, 9500 Wil", Address("Weg", "3b", "9500", "Wil SG")),
        ("St.-Karli-Str. 5, 6004 Luzern", Address("Sankt Karlistrasse", "5", "6004", "Luzern")),
        ("St. Karlistrasse 5, St. Gallen", Address("St. Karli-Strasse", "5", "9000", "St. Gallen")),
        ("Av. de la Gare 10, 1003 Lausanne", Address("Avenue de la Gare", "10", "1003", "Lausanne")),
        ("Mu¨hlepl. 1, 6004 Luzern", Address("Mühleplatz", "1", "CH-6004", "Luzern")),
        ("Muehleplatz 1, 6004 Luzern", Address("Mühleplatz", "1", "6004", "Luzern")),
        ("Hohlgasse 12/14, 3000 Bern", Address("Hohlgasse", "12/14", "3000", "Bern")),
        ("Hof, 6103 Schwarzenberg", Address("Hof", None, "6103", "Schwarzenberg LU")),
        ("Seestr. 4, 8002 Zürich", Address("Seestrasse 4", None, "8002", "Zürich")),
        ("Seestr. 4, 78224 Singen", Address("Seestrasse", "4", "D-78224", "Singen")),
    ],
)
def test_addresses_of_all_sorts(read: str, known: Address) -> None:
    assert same_address(read, known)
    assert same_address(known, known)


def test_in_a_short_street_another_letter_is_another_street() -> None:
    assert not same_address("Hain 4, 8002 Zürich", Address("Rain", "4", "8002", "Zürich"))


def test_who_has_no_street_is_not_found_by_the_town() -> None:
    nowhere = Address(None, None, "6003", "Luzern")
    assert not same_address("6003 Luzern", nowhere)
    assert not same_address(nowhere, nowhere)
    assert not same_address("Bahnhofstrasse 12, 6003 Luzern", Address(None, "12", "6003", "Luzern"))


@given(st.sampled_from(["Ahornweg", "Obere Neugasse", "Dorfstrasse", "Mühlehofstr."]), st.integers(1, 199), st.data())
def test_neighbours_do_not_have_the_same_address(street: str, number: int, data: st.DataObject) -> None:
    home = Address(street, str(number), "6010", "Kriens")
    others = st.integers(1, 199).filter(lambda other: other != number)
    next_door = Address(street, str(data.draw(others)), "6010", "Kriens")
    assert same_address(home, home)
    assert not same_address(next_door, home)
