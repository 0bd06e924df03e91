"""The scanning centre's count against ours: the letters that may not be whole wait for a person, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.batch import ManifestCheck, Upload
from sozialakte.intake.check_manifest import check, missing
from sozialakte.intake.cut_rules import cut
from sozialakte.intake.manifest import Manifest, ManifestRead
from sozialakte.intake.model import Code, CutPlan
from sozialakte.intake.page_seen import PageSeen
from sozialakte.intake.pages.order import PageOrder, reading_order
from sozialakte.shared.reasons import Reason
from tests.builders import a_plan

UPLOAD = Upload("2026/0001.csv", "v1")


def checked(
    plan: CutPlan | None, pages: int, *documents: int, order: PageOrder = PageOrder.AS_READ, found: int = 0
) -> ManifestCheck:
    says = Manifest("0001.pdf", pages, order, documents)
    return check(ManifestRead(UPLOAD, says), plan, plan.pages_in if plan else found, order)


def code(check: ManifestCheck) -> str | None:
    return check.reason.code if check.reason else None


def test_the_same_count_lets_all_letters_go() -> None:
    assert checked(a_plan("LL S LLL"), 6) == ManifestCheck(UPLOAD, 6)


@pytest.mark.parametrize("counted", [5, 7, 70])
def test_another_count_holds_all_letters_back(counted: int) -> None:
    check = checked(a_plan("LL S LLL"), counted)

    assert check.reason == Reason("manifest.pages_differ", {"counted": str(counted), "found": "6"})
    assert check.doubted == (0, 2)


@pytest.mark.parametrize(
    ("sketch", "documents", "doubted"),
    [
        pytest.param("LL S LLL S L", (2, 3, 1), (0, 0), id="all agree"),
        pytest.param("LL S LL S L", (2, 3, 1), (1, 2), id="a page is missing in the middle"),
        pytest.param("LL S LLLL", (2, 3, 1), (1, 2), id="a separator was not seen"),
        pytest.param("LL S L S LL S L", (2, 3, 1), (1, 3), id="a separator too many"),
        pytest.param("L S LLL S L", (2, 3, 1), (0, 1), id="a page is missing in the first"),
        pytest.param("LL S LLL", (2, 3, 1), (2, 2), id="a whole document is missing"),
        pytest.param("LB S LLBL S L", (2, 4, 1), (0, 0), id="blank backs belong to their document"),
        pytest.param("L S B LL", (1, 2), (0, 0), id="the back of the separator does not"),
        pytest.param("L S B LL", (1, 3), (0, 0), id="or it was the first page of the document"),
        pytest.param("L S BB LL", (1, 5), (1, 2), id="but there are no more"),
    ],
)
def test_only_documents_of_another_length_are_held_back(
    sketch: str, documents: tuple[int, ...], doubted: tuple[int, int]
) -> None:
    plan = a_plan(sketch)

    check = checked(plan, plan.pages_in, *documents)

    assert check.doubted == doubted
    agrees = len(documents) == len(plan.letters) and doubted == (0, 0)
    assert code(check) == (None if agrees else "manifest.documents_differ")


def test_a_missing_separator_leaves_whole_letters_whole() -> None:
    check = checked(a_plan("LL S LLL"), 7, 2, 3)

    assert (code(check), check.doubted) == ("manifest.pages_differ", (0, 0))


def test_documents_are_counted_in_the_order_they_are_read() -> None:
    """Three sheets, fronts then backs: the sheet in the middle separates, the last back is blank."""
    order = PageOrder.FRONTS_THEN_BACKS
    kinds = {2: "S", 5: "B", 6: "B"}
    seen = {number: PageSeen(number, blank=kinds.get(number) == "B") for number in range(1, 7)}
    seen[2] = PageSeen(2, codes=(Code("Code39", "PATCHT"),))
    plan = cut([seen[page] for page in reading_order(order, 6)])

    assert [letter.pages for letter in plan.letters] == [(1, 4), (3,)]
    assert code(checked(plan, 6, 2, 2, order=order)) is None
    assert checked(plan, 6, 3, 2, order=order).doubted == (0, 1)


def test_an_order_told_too_late_is_told() -> None:
    read = ManifestRead(UPLOAD, Manifest("0001.pdf", 4, PageOrder.FRONTS_THEN_BACKS))

    check_ = check(read, a_plan("LLLL"), 4, PageOrder.AS_READ)

    assert (code(check_), check_.order) == ("manifest.order_late", PageOrder.AS_READ)


def test_a_useless_manifest_holds_all_letters_back() -> None:
    reason = Reason("manifest.other_file")

    check_ = check(ManifestRead(UPLOAD, None, reason), a_plan("LL S L"), 4, PageOrder.AS_READ)

    assert check_ == ManifestCheck(UPLOAD, reason=reason, doubted=(0, 2))


def test_a_missing_manifest_holds_all_letters_back() -> None:
    assert missing(a_plan("LL S L")) == ManifestCheck(reason=Reason("manifest.missing"), doubted=(0, 2))


@pytest.mark.parametrize(("found", "expected"), [(0, None), (9, None), (8, "manifest.pages_differ")])
def test_of_a_file_that_is_not_cut_only_the_count_is_compared(found: int, expected: str | None) -> None:
    check = checked(None, 9, 4, 5, found=found)

    assert (code(check), check.counted, check.doubted) == (expected, 9, (0, 0))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.data())
def test_a_batch_cut_as_counted_is_never_doubted(lengths: list[int], data: st.DataObject) -> None:
    plan = a_plan(" S ".join("L" * length for length in lengths))
    assert checked(plan, plan.pages_in, *lengths).reason is None

    wrong = data.draw(st.integers(0, len(lengths) - 1))
    told = [length + (position == wrong) for position, length in enumerate(lengths)]
    assert checked(plan, plan.pages_in + 1, *told).doubted == (wrong, wrong + 1)
