"""Each dossier of the list against what was found, and what becomes of its paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sozialakte.intake.backfile.accounts import (
    Account,
    DossierAccount,
    FoundPages,
    Medium,
    PackedDossier,
    accounts,
    unexpected,
)
from sozialakte.intake.backfile.box_list import BoxedDossier
from sozialakte.intake.backfile.progress import Progress
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.model import Lane, Section
from tests.builders import DOSSIER, OTHER_DOSSIER, a_letter_in

TODAY = date(2026, 3, 2)


def old(state: LetterState, pages: tuple[int, ...], section: Section | None = None) -> Letter:
    return replace(a_letter_in(state, pages), lane=Lane.BACKFILE, named_dossier=DOSSIER, section=section)


def found(*letters: Letter) -> FoundPages:
    counted = FoundPages()
    counted.add(letters, TODAY)
    return counted


@pytest.mark.parametrize(
    ("expected", "filed", "waiting", "state"),
    [
        (5, 0, 0, Account.MISSING),
        (None, 0, 0, Account.MISSING),
        (5, 3, 2, Account.WAITING),
        (5, 4, 0, Account.FEWER),
        (5, 6, 0, Account.MORE),
        (5, 5, 0, Account.COMPLETE),
        (None, 7, 0, Account.COMPLETE),
    ],
)
def test_a_dossier_is_complete_when_all_its_pages_are_filed(
    expected: int | None, filed: int, waiting: int, state: Account
) -> None:
    packed = PackedDossier(BoxedDossier("K-00001", DOSSIER, expected))
    assert DossierAccount(packed, filed, waiting).state is state


@pytest.mark.parametrize(
    ("expected", "state"),
    [(27, Account.MORE), (28, Account.COMPLETE), (29, Account.COMPLETE), (30, Account.COMPLETE), (31, Account.FEWER)],
)
def test_who_counts_sheets_counts_blank_backs_and_who_counts_pages_may_not(expected: int, state: Account) -> None:
    packed = PackedDossier(BoxedDossier("K-00001", DOSSIER, expected))
    assert DossierAccount(packed, filed=28, blank=2).state is state


def test_while_pages_of_its_file_have_no_dossier_none_in_it_is_complete() -> None:
    """The second half of a dossier may lie among them, and nobody has counted it."""
    nameless = replace(old(LetterState.REVIEW, (5, 6, 7)), named_dossier=None)
    packed = [PackedDossier(BoxedDossier("K-00001", DOSSIER))]

    assert [one.state for one in accounts(packed, found(old(LetterState.FILED, (1, 2)), nameless))] == [Account.WAITING]
    settled = replace(nameless, state=LetterState.REJECTED)
    assert [one.state for one in accounts(packed, found(old(LetterState.FILED, (1, 2)), settled))] == [Account.COMPLETE]


def test_what_a_person_set_blank_is_one_of_the_pages_that_were_counted() -> None:
    packed = [PackedDossier(BoxedDossier("K-00001", DOSSIER, 3))]
    counted = found(old(LetterState.FILED, (1, 2)), old(LetterState.BLANK, (3,)))

    assert [one.state for one in accounts(packed, counted)] == [Account.COMPLETE]


def test_pages_are_counted_by_the_dossier_they_lie_in_or_are_named_for() -> None:
    counted = found(
        old(LetterState.FILED, (1, 2)),
        old(LetterState.REVIEW, (4,)),
        replace(old(LetterState.REVIEW, (5, 6, 7)), named_dossier=None),
        a_letter_in(LetterState.FILED, (8, 9)),
    )
    packed = [PackedDossier(BoxedDossier("K-00001", OTHER_DOSSIER, 1))]

    assert (counted.filed, counted.waiting, counted.nowhere) == ({DOSSIER: 2}, {DOSSIER: 1}, 3)
    assert [page.page for page in counted.pages] == [1, 2]
    assert [one.state for one in accounts(packed, counted)] == [Account.MISSING]
    assert unexpected(packed, counted) == [DOSSIER]


def test_what_people_set_aside_or_made_anew_waits_for_nobody() -> None:
    states = (LetterState.BLANK, LetterState.REJECTED, LetterState.REPLACED)
    counted = found(*(replace(old(LetterState.REVIEW, (1,)), state=state) for state in states))

    assert (counted.filed, counted.waiting, counted.nowhere) == ({}, {}, 0)


def test_originals_of_some_registers_stay() -> None:
    assert found(old(LetterState.FILED, (1,), Section.FINANCES)).keeping == set()
    assert found(old(LetterState.FILED, (1,), Section.PERSON)).keeping == {DOSSIER}


@pytest.mark.parametrize(
    ("keeps", "released", "medium"),
    [
        (None, False, Medium.PAPER),
        ("ma-1", False, Medium.PAPER),
        ("ma-1", True, Medium.MIXED),
        (None, True, Medium.DIGITAL),
    ],
)
def test_a_dossier_is_paper_until_its_box_is_released(keeps: str | None, released: bool, medium: Medium) -> None:
    assert PackedDossier(BoxedDossier("K-00001", DOSSIER), keeps, released).medium is medium


def test_the_end_follows_from_the_last_two_weeks() -> None:
    days = {TODAY - timedelta(days=20): 90, TODAY - timedelta(days=3): 10, TODAY: 4}
    progress = Progress(dossiers=200, done=104, pages_by_day={}, done_by_day=days)

    assert progress.ends_on(TODAY) == TODAY + timedelta(days=96)
    assert replace(progress, done_by_day={}).ends_on(TODAY) is None
    assert replace(progress, done=200).ends_on(TODAY) == TODAY
