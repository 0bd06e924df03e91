"""The sheet before a new scan names our order; the letter behind it came for that order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.cut_rules import cut
from sozialakte.intake.desk.model import rescan_id_of
from sozialakte.intake.model import Code, NamedBy, PageFate
from sozialakte.intake.page_seen import PageSeen, separates
from sozialakte.intake.pages.sheet_codes import (
    SheetCode,
    SheetKind,
    is_damaged,
    label_code,
    parse,
    rescan_code,
    separator_code,
)
from tests.builders import BATCH_ID, DOSSIER

ORDER = "123456789012"
SHEET = Code("QRCode", rescan_code(ORDER))
LABEL = Code("QRCode", label_code(DOSSIER))
SEPARATOR = Code("QRCode", separator_code())


def pages(*codes: Code | None) -> list[PageSeen]:
    """A page for each code."""
    return [PageSeen(number, (code,) if code else ()) for number, code in enumerate(codes, start=1)]


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_what_is_printed_is_read(rescan_id: str) -> None:
    assert parse(rescan_code(rescan_id)) == SheetCode(SheetKind.RESCAN, rescan_id=rescan_id)


@given(st.integers(0, 11), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(place: int, more: int) -> None:
    digit = (int(ORDER[place]) + more) % 10
    wrong = SHEET.text.replace(ORDER, f"{ORDER[:place]}{digit}{ORDER[place + 1 :]}")

    assert is_damaged(wrong)


@pytest.mark.parametrize("number", ["", "12345678901", "1234567890123", "12345678901a", "<script>"])
def test_no_sheet_is_printed_for_what_is_no_order(number: str) -> None:
    with pytest.raises(ValueError, match="order"):
        rescan_code(number)


def test_the_number_of_an_order_follows_from_what_was_decided_about() -> None:
    letter_id = f"{BATCH_ID}-0001-0002"

    assert rescan_id_of(letter_id, 3) == rescan_id_of(letter_id, 3) != rescan_id_of(letter_id, 5)
    assert parse(rescan_code(rescan_id_of(letter_id, 3)))


def test_the_letter_behind_the_sheet_came_for_the_order_and_no_other_did() -> None:
    plan = cut(pages(None, SHEET, None, None, SEPARATOR, None))

    assert [(letter.pages, letter.rescan) for letter in plan.letters] == [((1,), None), ((3, 4), ORDER), ((6,), None)]
    assert plan.findings[1].fate is PageFate.SEPARATOR
    assert plan.findings[1].reason.params == {"rescan_id": ORDER}
    assert separates(SHEET)


def test_a_label_on_the_new_scan_names_its_dossier_as_well() -> None:
    (letter,) = cut(pages(SHEET, LABEL)).letters

    assert (letter.rescan, letter.dossier_id, letter.named_by) == (ORDER, DOSSIER, NamedBy.LABEL)


def test_the_code_stuck_on_the_new_scan_itself_works_too() -> None:
    stuck = PageSeen(2, (SHEET,), written=True)

    first, second = cut([PageSeen(1), stuck, PageSeen(3)]).letters

    assert (first.rescan, second.rescan, second.pages) == (None, ORDER, (2, 3))
