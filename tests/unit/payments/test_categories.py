"""Categories hold from day to day, have accounts of HRM2, and come from a file that is checked line by line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.categories import ACCOUNT, Category, CategoryList
from sozialakte.payments.category_file import COLUMNS, read_categories
from sozialakte.shared.texts import say
from tests.coding import CATEGORIES, SAMPLE

HEADER = ";".join(COLUMNS)
LINE = "21;Miete;5720.3637.21;yes;yes;miete|mietzins;2026-01-01;"


def problems(*lines: str) -> list[tuple[int, str]]:
    found = read_categories("\n".join([HEADER, *lines]).encode())
    assert all(say(problem.rule) for problem in found.problems)
    return [(problem.line, problem.rule.code) for problem in found.problems]


def held(*spans: tuple[str, str | None]) -> CategoryList:
    days = [(date.fromisoformat(first), date.fromisoformat(last) if last else None) for first, last in spans]
    return CategoryList(tuple(Category("21", "Miete", "5720.3637.21", True, first, last) for first, last in days))


def test_the_list_we_deliver_is_without_a_fault_and_covers_what_social_services_book() -> None:
    read = read_categories(SAMPLE.read_bytes())

    assert read.problems == ()
    assert {code[0] for code in CATEGORIES.codes} == set("12345678") | {"9"}
    assert all(not one.support for one in read.categories if one.code.startswith("6"))


def test_an_account_has_function_and_nature() -> None:
    rent, advance = CATEGORIES.of("21")[0], CATEGORIES.of("68")[0]

    assert (rent.function, rent.nature) == ("5720", "3637")
    assert (advance.function, advance.nature) == (None, "1011")


@pytest.mark.parametrize("account", ["5720.3637", "5720.3637.00", "5720.4260.81", "1011", "2006.01"])
def test_accounts_of_hrm2(account: str) -> None:
    assert ACCOUNT.fullmatch(account)


@pytest.mark.parametrize(
    "account", ["572.3637", "5720.5000", "5720", "3637.00", "5720-3637", "5720.3637.1", "", "٥720.3637"]
)
def test_no_accounts_of_hrm2(account: str) -> None:
    assert problems(LINE.replace("5720.3637.21", account)) == [(2, "categories.wrong_value")]


@pytest.mark.parametrize(
    ("changed", "to"),
    [(";yes;yes", ";ja;yes"), ("21;", "XX;"), ("Miete;", ";"), ("2026-01-01;", "1.1.2026;"), ("01;", "01;2025-12-31")],
)
def test_a_wrong_value_is_named_with_its_line(changed: str, to: str) -> None:
    assert problems(LINE, LINE.replace("21;M", "22;M").replace(changed, to)) == [(3, "categories.wrong_value")]


def test_a_category_has_one_meaning_on_each_day() -> None:
    ended = LINE + "2026-12-31"

    assert problems(ended, LINE.replace("2026-01-01", "2027-01-01")) == []
    assert problems(ended, LINE.replace("2026-01-01", "2026-12-31")) == [(3, "categories.overlap")]
    assert problems(LINE, LINE) == [(2, "categories.overlap"), (3, "categories.overlap")]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"code;name\n1;x", f"{HEADER}\n1;2".encode(), f'{HEADER}\n"1;2'.encode()],
)
def test_what_is_no_such_file_is_refused_as_a_whole(content: bytes) -> None:
    found = read_categories(content)

    assert [(one.line, one.rule.code) for one in found.problems] == [(0, "categories.unreadable")]


def test_a_list_without_categories_is_no_list() -> None:
    assert problems() == [(0, "categories.empty")]


def test_commas_a_byte_order_mark_and_other_orders_of_columns_are_fine() -> None:
    content = "\ufeff" + ",".join(reversed(COLUMNS)) + "\n" + ",".join(reversed(LINE.split(";")))

    assert read_categories(content.encode()).categories == read_categories(f"{HEADER}\n{LINE}".encode()).categories


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    found = read_categories(HEADER.encode() + b"\n" + content)

    assert found.categories or found.problems


def test_a_category_holds_on_its_days() -> None:
    changing = held(("2026-01-01", "2026-06-30"), ("2026-07-01", None))

    assert changing.find("21", date(2025, 12, 31)) is None
    assert changing.find("21", date(2026, 6, 30)) == changing.categories[0]
    assert changing.find("21", date(2026, 7, 1)) == changing.categories[1]
    assert changing.on(date(2026, 7, 1)) == (changing.categories[1],)


def test_the_first_day_without_it_is_found() -> None:
    first = date(2026, 3, 1)

    assert held(("2026-01-01", None)).first_gap("21", first, None) is None
    assert held(("2026-01-01", "2026-06-30"), ("2026-07-01", None)).first_gap("21", first, None) is None
    assert held(("2026-01-01", "2026-06-30"), ("2026-07-02", None)).first_gap("21", first, None) == date(2026, 7, 1)
    assert held(("2026-01-01", "2026-06-30")).first_gap("21", first, date(2026, 6, 30)) is None
    assert held(("2026-04-01", None)).first_gap("21", first, None) == first
    assert held().first_gap("21", first, None) == first


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mietzins Dezember", "21"),
        ("ZAHNARZTPRAXIS Dr. Muster", "33"),
        ("Prämie KVG 12.2026", "31"),
        ("Pra\u0308mie", "31"),  # NFD, as some systems write it
        ("Untermiete", None),
        ("", None),
    ],
)
def test_words_on_the_bill_tell_the_category(text: str, code: str | None) -> None:
    said = CATEGORIES.said_by(text, date(2026, 11, 1))

    assert (said[0].code if said else None) == code


def test_the_longer_word_tells_more() -> None:
    said = CATEGORIES.said_by("Kostenbeteiligung der Krankenkasse", date(2026, 11, 1))

    assert said
    assert (said[0].code, said[1]) == ("32", "kostenbeteiligung")
