"""The cut of old dossiers: a cover is good until the next one, and nothing that is unsure names a dossier."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.backfile.cut_dossiers import cut_dossiers
from sozialakte.intake.model import Code, CutPlan, NamedBy, PageFate, PlannedLetter, Section
from sozialakte.intake.page_seen import PageSeen
from sozialakte.intake.pages.sheet_codes import (
    PATCH_FORMAT,
    box_code,
    cover_code,
    label_code,
    register_code,
    reply_code,
    rescan_code,
    separator_code,
)
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

A, B = "SH-2019-00001", "SH-2019-00002"
PAGE: tuple[str, ...] = ()
BLANK = ("blank",)
UNREADABLE = ("unreadable",)
WRITTEN = "written"
BARS = ("bars",)
UNREAD, NOTED = ("unread",), "noted"
COVER_A, COVER_B = (cover_code(A),), (cover_code(B),)
FINANCES, HEALTH = (register_code(Section.FINANCES),), (register_code(Section.HEALTH),)
SEPARATOR, PATCH, BOX = (separator_code(),), ("PATCHT",), (box_code("K-00001"),)
DAMAGED = (f"SZ1:C:{B}:00",)

SHEETS = (COVER_A, COVER_B, FINANCES, HEALTH, SEPARATOR, PATCH, BARS, BOX)

stacks = st.lists(
    st.sampled_from(
        [
            *(PAGE, PAGE, PAGE, BLANK, UNREADABLE, UNREAD, *SHEETS),
            *(DAMAGED, (label_code(A),), (reply_code(B),), (*COVER_A, *COVER_B), (*FINANCES, *HEALTH)),
            *((*COVER_A, WRITTEN), (*SEPARATOR, WRITTEN), (*PATCH, WRITTEN), (*BOX, WRITTEN)),
            *((*COVER_A, NOTED), (*PATCH, NOTED)),
            ("https://example.org",),
        ]
    ),
    max_size=40,
)


def seen(number: int, texts: tuple[str, ...]) -> PageSeen:
    if texts == BLANK:
        return PageSeen(number, blank=True)
    if texts == UNREADABLE:
        return PageSeen(number, trouble=Reason("page.unreadable"))
    if texts == BARS:
        return PageSeen(number, (Code(PATCH_FORMAT, "T"),))
    if texts == UNREAD:
        return PageSeen(number, unread=True)
    codes = tuple(Code("QRCode", text) for text in texts if text not in (WRITTEN, NOTED))
    return PageSeen(number, codes, written=WRITTEN in texts, noted=NOTED in texts)


def about(doubt: str, page: int) -> Reason:
    return Reason(f"doubt.{doubt}", {"page" if doubt == "cover_unsure" else "pages": str(page)})


def plan(*pages: tuple[str, ...]) -> CutPlan:
    return cut_dossiers([seen(number, texts) for number, texts in enumerate(pages, start=1)])


def documents(*pages: tuple[str, ...]) -> list[tuple[tuple[int, ...], str | None, Section | None]]:
    return [(one.pages, one.dossier_id, one.section) for one in plan(*pages).letters]


@given(stacks)
def test_every_page_has_one_fate_and_each_reason_can_be_said(pages: Sequence[tuple[str, ...]]) -> None:
    found = plan(*pages)  # the plan itself refuses to lose or double a page

    assert found.pages_in == len(pages)
    assert all(say(finding.reason) for finding in found.findings)


@given(stacks)
def test_a_document_never_lies_in_another_dossier_than_the_last_cover_named(pages: Sequence[tuple[str, ...]]) -> None:
    last: dict[int, str | None] = {}
    current: str | None = None
    for number, texts in enumerate(pages, start=1):
        if any(text.startswith("SZ1:B:") for text in texts):
            current = None
        covers = {text.split(":")[2] for text in texts if text.startswith("SZ1:C:")}
        if covers:
            current = covers.pop() if len(covers) == 1 and texts != DAMAGED else None
        last[number] = current

    for document in plan(*pages).letters:
        if document.dossier_id:
            assert {last[page] for page in document.pages} == {document.dossier_id}


def test_a_cover_is_good_for_all_until_the_next_one() -> None:
    assert documents(COVER_A, PAGE, PAGE, SEPARATOR, PAGE, PATCH, PAGE, COVER_B, PAGE) == [
        ((2, 3), A, None),
        ((5,), A, None),
        ((7,), A, None),
        ((9,), B, None),
    ]


def test_register_sheets_divide_a_dossier_until_the_next_cover() -> None:
    assert documents(COVER_A, PAGE, FINANCES, PAGE, BARS, PAGE, HEALTH, PAGE, COVER_B, PAGE) == [
        ((2,), A, None),
        ((4,), A, Section.FINANCES),
        ((6,), A, Section.FINANCES),
        ((8,), A, Section.HEALTH),
        ((10,), B, None),
    ]


def test_a_dossier_of_600_pages_is_one_stack() -> None:
    found = plan(COVER_A, *[PAGE] * 250, FINANCES, *[PAGE] * 350)

    assert [len(document.pages) for document in found.letters] == [250, 350]
    assert {document.named_by for document in found.letters} == {NamedBy.COVER}


def test_blank_pages_leave_and_pages_nobody_can_look_at_stay() -> None:
    found = plan(COVER_A, PAGE, BLANK, UNREADABLE)

    assert [one.fate for one in found.findings] == [
        PageFate.SEPARATOR, PageFate.LETTER, PageFate.BLANK, PageFate.LETTER
    ]  # fmt: skip
    assert found.letters == (PlannedLetter((2, 4), A, NamedBy.COVER, doubts=(about("pages_unreadable", 2),)),)


def test_a_page_nobody_could_look_at_may_have_been_a_cover_for_what_follows_its_document() -> None:
    found = plan(COVER_A, UNREADABLE, PAGE, PATCH, PAGE, COVER_B, PAGE)

    assert [(one.dossier_id, one.doubts) for one in found.letters] == [
        (A, (about("pages_unreadable", 1),)),
        (None, (about("cover_unsure", 2),)),
        (B, ()),
    ]


def test_what_is_written_on_a_sheet_makes_the_document_behind_it_doubtful_or_else_the_last() -> None:
    found = plan((*COVER_A, NOTED), PAGE, PATCH, PAGE, (*PATCH, NOTED))

    assert [one.doubts for one in found.letters] == [(about("separator_written", 1),), (about("separator_written", 5),)]


def test_sheets_that_are_written_on_and_lie_alone_are_seen_by_somebody() -> None:
    assert plan((*COVER_A, NOTED)).letters == (
        PlannedLetter((1,), A, NamedBy.COVER, doubts=(about("separator_written", 1),)),
    )


def test_what_lies_before_the_first_cover_or_behind_a_box_label_names_no_dossier() -> None:
    assert documents(PAGE, COVER_A, PAGE, BOX, PAGE, FINANCES, PAGE) == [
        ((1,), None, None),
        ((3,), A, None),
        ((5,), None, None),
        ((7,), None, Section.FINANCES),
    ]


def test_a_code_of_ours_that_cannot_be_trusted_may_have_been_a_cover() -> None:
    for page in (DAMAGED, UNREAD):
        found = plan(COVER_A, PAGE, page, PAGE, FINANCES, PAGE, COVER_A, PAGE)

        assert [(one.pages, one.dossier_id, one.doubts) for one in found.letters] == [
            ((2,), A, ()),
            ((3, 4), None, (about("cover_unsure", 3), about("damaged_code", 1))),
            ((6,), None, (about("cover_unsure", 3),)),
            ((8,), A, ()),
        ]


def test_the_sheet_before_a_new_scan_is_for_one_document_and_leaves_the_dossier() -> None:
    found = plan(COVER_A, PAGE, (rescan_code("123456789012"),), PAGE, PATCH, PAGE)

    assert [(one.dossier_id, one.rescan) for one in found.letters] == [(A, None), (A, "123456789012"), (A, None)]


def test_two_covers_on_one_sheet_name_nothing_until_the_next() -> None:
    found = plan((*COVER_A, *COVER_B), PAGE, SEPARATOR, PAGE, COVER_B, PAGE)

    assert [(one.dossier_id, one.disputed) for one in found.letters] == [(None, True), (None, True), (B, False)]


def test_a_page_that_names_another_dossier_puts_its_document_in_doubt_and_no_other() -> None:
    found = plan(COVER_A, PAGE, SEPARATOR, PAGE, (reply_code(B),), PAGE, SEPARATOR, (label_code(A),), PAGE)

    assert [(one.pages, one.dossier_id, one.disputed) for one in found.letters] == [
        ((2,), A, False),
        ((4, 5, 6), None, True),
        ((8, 9), A, False),
    ]


def test_a_sheet_that_is_written_on_stays_as_a_page_but_a_box_label_is_none() -> None:
    assert documents((*COVER_A, WRITTEN), PAGE, (*PATCH, WRITTEN), (*BOX, WRITTEN)) == [
        ((1, 2), A, None),
        ((3,), A, None),
    ]


def test_pages_may_be_read_in_another_order_than_the_file_has_them() -> None:
    pages = [seen(1, COVER_A), seen(3, BLANK), seen(2, PAGE), seen(4, PAGE)]

    found = cut_dossiers(pages)

    assert [one.page for one in found.findings] == [1, 2, 3, 4]
    assert found.letters[0].pages == (2, 4)
