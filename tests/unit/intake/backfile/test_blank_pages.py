"""Blank pages belong to the dossier whose cover they lie behind; the backs of our own sheets to nobody."""

from __future__ import annotations

from sozialakte.intake.backfile.blank_pages import blank_pages
from sozialakte.intake.backfile.cut_dossiers import cut_dossiers
from sozialakte.intake.model import Code, CutPlan
from sozialakte.intake.page_seen import PageSeen
from sozialakte.intake.pages.order import PageOrder, reading_order
from sozialakte.intake.pages.sheet_codes import box_code, cover_code, separator_code
from tests.builders import DOSSIER, OTHER_DOSSIER

CODES = {"1": cover_code(DOSSIER), "2": cover_code(OTHER_DOSSIER), "K": box_code("K-00001"), "S": separator_code()}


def cut(sketch: str) -> CutPlan:
    """A stack: covers 1 and 2, box label K, separator S, page L, blank B."""
    return cut_dossiers([seen(number, mark) for number, mark in enumerate(sketch, start=1)])


def seen(number: int, mark: str) -> PageSeen:
    codes = (Code("QRCode", CODES[mark]),) if mark in CODES else ()
    return PageSeen(number, codes, written=mark == "L", blank=mark == "B")


def counted(sketch: str) -> dict[str, int]:
    plan = cut(sketch)
    return dict(blank_pages(plan, range(1, plan.pages_in + 1)))


def test_blank_backs_belong_to_the_cover_before_them() -> None:
    assert counted("1LBLB2LBB") == {DOSSIER: 2, OTHER_DOSSIER: 2}


def test_the_back_of_a_sheet_of_ours_was_counted_by_nobody() -> None:
    assert counted("KB1BLBSBL2BLB") == {DOSSIER: 1, OTHER_DOSSIER: 1}


def test_behind_a_box_label_and_before_the_first_cover_they_belong_to_no_dossier() -> None:
    assert counted("LB1LBKLB") == {DOSSIER: 1}


def test_fronts_and_backs_scanned_apart_are_counted_as_they_are_read() -> None:
    fronts, backs = "1LL2L", "BBLBB"
    order = reading_order(PageOrder.FRONTS_THEN_BACKS, 10)
    plan = cut_dossiers([seen(page, (fronts + backs)[page - 1]) for page in order])

    assert dict(blank_pages(plan, order)) == {DOSSIER: 1, OTHER_DOSSIER: 1}
