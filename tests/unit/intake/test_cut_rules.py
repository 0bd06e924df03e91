"""The rules of the cut: every page has one fate, and a named dossier is never the wrong one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.cut_rules import cut
from sozialakte.intake.model import Code, CutPlan, NamedBy, PageFate, PlannedLetter
from sozialakte.intake.page_seen import PageSeen, separates
from sozialakte.intake.pages.sheet_codes import cover_code, label_code, reply_code, separator_code
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

A, B = "SH-2026-00123", "KS-2025-00007"

LETTER: tuple[str, ...] = ()
PATCH = ("PATCHT",)
OWN = (separator_code(),)
BLANK = ("blank",)
UNREADABLE = ("unreadable",)
WRITTEN = "written"
DAMAGED = "SZ1:L:SH-2026-00123:00"

pages_of_all_kinds = st.lists(
    st.sampled_from(
        [LETTER, LETTER, PATCH, OWN, BLANK, UNREADABLE]
        + [(make(dossier),) for make in (cover_code, label_code, reply_code) for dossier in (A, B)]
        + [(cover_code(A), cover_code(B)), (label_code(A), "PATCHT"), (DAMAGED,), (label_code(A), DAMAGED)]
        + [("PATCHT", WRITTEN), (separator_code(), WRITTEN), (cover_code(A), WRITTEN), (cover_code(B), WRITTEN)]
    ),
    max_size=30,
)


def plan(*pages: tuple[str, ...]) -> CutPlan:
    return cut([seen(number, texts) for number, texts in enumerate(pages, start=1)])


def seen(number: int, texts: tuple[str, ...]) -> PageSeen:
    if texts == BLANK:
        return PageSeen(number, blank=True)
    if texts == UNREADABLE:
        return PageSeen(number, trouble=Reason("page.unreadable"))
    codes = tuple(Code("QRCode", text) for text in texts if text != WRITTEN)
    return PageSeen(number, codes, written=WRITTEN in texts)


def about(doubt: str, pages: str) -> Reason:
    return Reason(f"doubt.{doubt}", {"pages": pages})


def fates(found: CutPlan) -> list[str]:
    return [finding.fate.value for finding in found.findings]


@given(pages_of_all_kinds)
def test_every_page_has_one_fate_and_every_letter_page_one_letter(pages: Sequence[tuple[str, ...]]) -> None:
    found = plan(*pages)
    assert [finding.page for finding in found.findings] == list(range(1, len(pages) + 1))
    in_letters = [page for letter in found.letters for page in letter.pages]
    assert in_letters == [finding.page for finding in found.findings if finding.fate is PageFate.LETTER]


@given(pages_of_all_kinds)
def test_no_letter_is_empty_and_none_holds_a_separator(pages: Sequence[tuple[str, ...]]) -> None:
    found = plan(*pages)
    separators = {finding.page for finding in found.findings if finding.fate is PageFate.SEPARATOR}
    for letter in found.letters:
        assert letter.pages
        assert not [page for page in separators if letter.pages[0] < page < letter.pages[-1]]


@given(pages_of_all_kinds)
def test_a_letter_is_only_named_by_its_first_page_or_the_cover_before_it(pages: Sequence[tuple[str, ...]]) -> None:
    for letter in plan(*pages).letters:
        if letter.dossier_id:
            first = letter.pages[0] - 1
            before = [texts for texts in pages[:first] if texts != BLANK][-1:]
            namers = [*pages[first], *(text for texts in before for text in texts)]
            assert any(letter.dossier_id in text for text in namers)


@given(pages_of_all_kinds)
def test_every_reason_can_be_said(pages: Sequence[tuple[str, ...]]) -> None:
    assert all(say(finding.reason) for finding in plan(*pages).findings)


@given(pages_of_all_kinds)
def test_a_page_that_is_written_on_is_never_set_aside(pages: Sequence[tuple[str, ...]]) -> None:
    for texts, finding in zip(pages, plan(*pages).findings, strict=True):
        assert WRITTEN not in texts or finding.fate is PageFate.LETTER


@given(pages_of_all_kinds)
def test_a_disputed_letter_names_no_dossier(pages: Sequence[tuple[str, ...]]) -> None:
    for letter in plan(*pages).letters:
        assert not (letter.disputed and (letter.dossier_id or letter.named_by))


def test_a_batch_without_separators_is_one_letter() -> None:
    assert plan(LETTER, LETTER, LETTER).letters == (PlannedLetter((1, 2, 3)),)


def test_a_batch_of_blanks_and_separators_has_no_letter() -> None:
    found = plan(PATCH, BLANK, OWN, OWN)
    assert found.letters == ()
    assert fates(found) == ["separator", "blank", "separator", "separator"]


def test_two_separators_in_a_row_make_no_empty_letter() -> None:
    assert plan(LETTER, PATCH, PATCH, LETTER).letters == (PlannedLetter((1,)), PlannedLetter((4,)))


def test_a_blank_page_leaves_its_letter_and_is_recorded() -> None:
    found = plan(LETTER, BLANK, LETTER)
    assert found.letters == (PlannedLetter((1, 3)),)
    assert fates(found) == ["letter", "blank", "letter"]


def test_an_unreadable_page_stays_in_its_letter_with_the_reason() -> None:
    found = plan(LETTER, UNREADABLE, PATCH, LETTER)
    assert found.letters == (PlannedLetter((1, 2), doubts=(about("pages_unreadable", "2"),)), PlannedLetter((4,)))
    assert found.findings[1].reason == Reason("page.unreadable")


@pytest.mark.parametrize(
    ("trouble", "doubt"),
    [("incomplete", "pages_incomplete"), ("too_large", "pages_not_seen"), ("too_costly", "pages_not_seen")],
)
def test_a_page_that_was_not_seen_whole_makes_its_letter_doubtful(trouble: str, doubt: str) -> None:
    label = (Code("QRCode", label_code(A)),)
    pages = [PageSeen(1), PageSeen(2, label, trouble=Reason(f"page.{trouble}"))]
    pages += [PageSeen(3), PageSeen(4, trouble=Reason(f"page.{trouble}"))]
    assert cut(pages).letters[1] == PlannedLetter((2, 3, 4), A, NamedBy.LABEL, doubts=(about(doubt, "1, 3"),))


def test_a_doubt_names_twenty_pages_at_most() -> None:
    (found,) = cut([PageSeen(number, trouble=Reason("page.unreadable")) for number in range(1, 30)]).letters
    assert found.doubts[0].params["pages"].endswith("19, 20 ...")


def test_a_code_that_cannot_be_read_neither_cuts_nor_names_and_makes_the_letter_doubtful() -> None:
    found = cut([PageSeen(1, (Code("QRCode", label_code(A)),)), PageSeen(2, unread=True), PageSeen(3)])
    assert found.letters == (PlannedLetter((1, 2, 3), disputed=True, doubts=(about("damaged_code", "2"),)),)
    assert found.findings[1].reason == Reason("page.letter_damaged_code")


def test_beside_a_code_of_ours_one_that_cannot_be_read_means_nothing() -> None:
    found = cut([PageSeen(1, (Code("QRCode", label_code(A)),), unread=True)])
    assert found.letters == (PlannedLetter((1,), A, NamedBy.LABEL),)


def test_what_is_written_on_a_sheet_makes_the_letter_after_it_doubtful_or_else_the_last() -> None:
    note = PageSeen(2, (Code("QRCode", "PATCHT"),), noted=True)
    written = about("separator_written", "2")
    assert [one.doubts for one in cut([PageSeen(1), note, PageSeen(3), PageSeen(4)]).letters] == [(), (written,)]
    assert [one.doubts for one in cut([PageSeen(1), note]).letters] == [(written,)]
    assert cut([replace(note, page=1)]).letters == (PlannedLetter((1,), doubts=(about("separator_written", "1"),)),)


def test_a_cover_sheet_names_the_one_letter_after_it() -> None:
    found = plan((cover_code(A),), BLANK, LETTER, LETTER, PATCH, LETTER)
    assert found.letters == (PlannedLetter((3, 4), A, NamedBy.COVER), PlannedLetter((6,)))
    assert found.findings[0].reason == Reason("page.separator_cover", {"dossier_id": A})


def test_a_cover_sheet_followed_by_another_separator_names_nothing() -> None:
    assert plan((cover_code(A),), PATCH, LETTER).letters == (PlannedLetter((3,)),)
    assert plan((cover_code(A),), (cover_code(B),), LETTER).letters == (PlannedLetter((3,), B, NamedBy.COVER),)


def test_a_label_or_reply_slip_begins_a_letter_and_stays_in_it() -> None:
    found = plan(LETTER, (label_code(A),), LETTER, (reply_code(B),))
    assert found.letters == (
        PlannedLetter((1,)),
        PlannedLetter((2, 3), A, NamedBy.LABEL),
        PlannedLetter((4,), B, NamedBy.REPLY),
    )


def test_a_label_on_a_separator_sheet_keeps_the_page() -> None:
    assert plan(LETTER, (*PATCH, label_code(A)), LETTER).letters[1] == PlannedLetter((2, 3), A, NamedBy.LABEL)


def test_contradicting_codes_on_a_page_name_nothing() -> None:
    found = plan((label_code(A), label_code(B)), LETTER)
    assert found.letters == (PlannedLetter((1, 2), disputed=True),)
    assert found.findings[0].reason == Reason("page.codes_contradict")


def test_a_cover_sheet_and_a_label_that_contradict_each_other_name_nothing() -> None:
    found = plan((cover_code(A),), (label_code(B),), LETTER)
    assert found.letters == (PlannedLetter((2, 3), disputed=True),)
    assert found.findings[1].reason == Reason("page.codes_contradict")


def test_a_contradicting_cover_sheet_makes_a_label_after_it_doubtful() -> None:
    assert plan((cover_code(A), cover_code(B)), (label_code(A),)).letters == (PlannedLetter((2,), disputed=True),)


def test_a_cover_sheet_and_a_label_that_agree_name_the_dossier() -> None:
    assert plan((cover_code(A),), (label_code(A),)).letters == (PlannedLetter((2,), A, NamedBy.LABEL),)


def test_a_damaged_code_of_ours_neither_cuts_nor_names() -> None:
    found = plan(LETTER, (DAMAGED,))
    assert found.letters == (PlannedLetter((1, 2), doubts=(about("damaged_code", "2"),)),)
    assert found.findings[1].reason == Reason("page.letter_damaged_code")


@pytest.mark.parametrize(
    "pages",
    [
        [(cover_code(A),), (DAMAGED,)],
        [(cover_code(A),), LETTER, (DAMAGED,)],
        [(cover_code(A), DAMAGED), LETTER],
        [(cover_code(A), DAMAGED), (label_code(A),)],
        [(label_code(A), DAMAGED)],
        [(reply_code(A),), LETTER, (DAMAGED,), LETTER],
    ],
)
def test_a_damaged_code_in_a_letter_that_another_code_names_makes_it_disputed(pages: list[tuple[str, ...]]) -> None:
    letters = plan(*pages, PATCH, (cover_code(B),), LETTER).letters
    assert letters[0] == PlannedLetter(letters[0].pages, disputed=True, doubts=letters[0].doubts)
    assert letters[1:] == (PlannedLetter((len(pages) + 3,), B, NamedBy.COVER),)


@pytest.mark.parametrize("code", ["PATCHT", separator_code()])
def test_a_separators_code_stuck_on_a_page_begins_a_letter_and_loses_no_page(code: str) -> None:
    found = plan(LETTER, (code, WRITTEN), LETTER)
    assert found.letters == (PlannedLetter((1,)), PlannedLetter((2, 3)))
    assert found.findings[1].reason == Reason("page.letter_sticker")


def test_a_covers_code_stuck_on_a_page_names_the_dossier_as_a_label_does() -> None:
    found = plan(LETTER, (cover_code(A), WRITTEN), LETTER)
    assert found.letters == (PlannedLetter((1,)), PlannedLetter((2, 3), A, NamedBy.LABEL))
    assert found.findings[1].reason == Reason("page.letter_sticker")


def test_a_cover_sheet_names_the_letter_that_begins_with_a_separators_code() -> None:
    assert plan((cover_code(A),), ("PATCHT", WRITTEN)).letters == (PlannedLetter((2,), A, NamedBy.COVER),)
    assert plan((cover_code(A),), (cover_code(B), WRITTEN)).letters == (PlannedLetter((2,), disputed=True),)
    both = (cover_code(A), cover_code(B))
    assert plan((*both, WRITTEN)).letters == (PlannedLetter((1,), disputed=True),)
    assert plan(both, ("PATCHT", WRITTEN)).letters == (PlannedLetter((2,), disputed=True),)


def test_only_the_codes_of_sheets_between_letters_separate() -> None:
    separating = ("PATCHT", separator_code(), cover_code(A))
    others = (label_code(A), reply_code(A), DAMAGED, "SPC")
    assert [text for text in (*separating, *others) if separates(Code("QRCode", text))] == list(separating)
