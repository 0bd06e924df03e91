"""Billing information after Swico S1: read leniently, the raw text stays with the bill."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments import BillingInformation, read_billing_information
from sozialakte.payments.swico import Condition, Discount, VatLine

WORKED = r"//S1/10/X.66711\/8824/11/200712/20/MW-2020-04/30/107978798/32/2.5:117.22/40/3:5;1.5:20;1:40;0:60"


def read(text: str) -> BillingInformation:
    found = read_billing_information(text)
    assert found is not None
    return found


def test_the_worked_example_is_understood() -> None:
    found = read(WORKED)

    assert found.invoice_number == "X.66711/8824"
    assert found.invoice_date == date(2020, 7, 12)
    assert found.customer_reference == "MW-2020-04"
    assert found.issuer_uid == "107978798"
    assert found.vat == (VatLine(Decimal("2.5"), Decimal("117.22")),)
    assert found.gross == Decimal("120.15")
    assert found.due_on == date(2020, 9, 10)
    assert found.discounts[0] == Discount(Decimal(3), date(2020, 7, 17))
    assert [discount.until for discount in found.discounts] == [date(2020, 7, 17), date(2020, 8, 1), date(2020, 8, 21)]
    assert found.unread == ()


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [("180508", date(2018, 5, 8), date(2018, 5, 8)), ("190101190331", date(2019, 1, 1), date(2019, 3, 31))],
)
def test_a_service_has_a_day_or_a_period(written: str, first: date, last: date) -> None:
    found = read(f"//S1/31/{written}")

    assert (found.service_from, found.service_to) == (first, last)


def test_vat_by_rate_and_on_import() -> None:
    found = read("//S1/32/8:1000;2.5:51.80;7.7:250/33/7.7:16.15;2.5:12.4")

    assert [line.rate for line in found.vat] == [Decimal(8), Decimal("2.5"), Decimal("7.7")]
    assert found.gross == Decimal("1402.35")
    assert found.import_vat == (VatLine(Decimal("7.7"), Decimal("16.15")), VatLine(Decimal("2.5"), Decimal("12.4")))


def test_one_rate_for_the_whole_bill_tells_no_sum() -> None:
    found = read("//S1/32/7.7")

    assert found.vat == (VatLine(Decimal("7.7")),)
    assert found.gross is None


def test_terms_without_a_date_or_a_net_term_set_no_due_date() -> None:
    assert read("//S1/40/0:30").due_on is None
    assert read("//S1/40/2:10").discounts == ()
    assert read("//S1/11/200712/40/2:10").due_on is None


def test_the_earliest_of_several_net_terms_counts() -> None:
    assert read("//S1/11/200712/40/0:60;0:30").due_on == date(2020, 8, 11)


@pytest.mark.parametrize(
    "text",
    [
        "//S1/10/5540/11/20191210/20//30/CHE-107.978.798",
        "//S1/11/191210/10/5540/30/CHE107978798",
        "//S1/10/5540/11/191210/30/107978798/",
    ],
)
def test_spellings_seen_in_the_wild_are_understood(text: str) -> None:
    found = read(text)

    assert (found.invoice_number, found.invoice_date, found.issuer_uid) == ("5540", date(2019, 12, 10), "107978798")
    assert (found.customer_reference, found.unread) == (None, ())


def test_what_cannot_be_understood_is_named_and_costs_only_itself() -> None:
    found = read("//S1/01/20170309/10/5540/11/191340/30/12/31/1/32/a:b/33/:/40/2:10;0:x/99/new")

    assert found.invoice_number == "5540"
    assert found.unread == ("01", "11", "30", "31", "32", "33", "40", "99")


def test_of_a_tag_that_comes_twice_the_first_counts() -> None:
    assert read("//S1/10/first/10/second").invoice_number == "first"


@pytest.mark.parametrize(
    ("written", "meant"), [(r"a\/b", "a/b"), (r"a\\", "a\\"), (r"a\\\/b", "a\\/b"), ("a\\", "a\\")]
)
def test_slashes_and_backslashes_are_escaped(written: str, meant: str) -> None:
    assert read(f"//S1/10/{written}").invoice_number == meant


@pytest.mark.parametrize("text", ["", "S1/10/5540", "//S2/10/5540", "//XY"])
def test_other_syntaxes_are_not_read(text: str) -> None:
    assert read_billing_information(text) is None


def test_a_term_of_decades_is_a_slip() -> None:
    assert read("//S1/11/200712/40/0:9999").unread == ("40",)
    assert read("//S1/11/200712/40/0:3650").conditions == (Condition(Decimal(0), 3650),)


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    found = read(f"//S1/{text}")

    assert found.due_on is None or found.invoice_date is not None


@given(st.text(st.characters(codec="latin-1", exclude_categories=("Cc",)), min_size=1, max_size=40))
def test_any_invoice_number_is_read_as_it_was_meant(number: str) -> None:
    escaped = number.replace("\\", "\\\\").replace("/", "\\/")

    assert read(f"//S1/10/{escaped}/20/x").invoice_number == (number if number.strip() else None)
