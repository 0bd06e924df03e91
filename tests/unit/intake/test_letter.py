"""A letter goes from the cut to the dossier by legal steps only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.letter import (
    LETTER_STEPS,
    MACHINE,
    PAGES_PER_CHUNK,
    IllegalStepError,
    Letter,
    LetterNotInReviewError,
    LetterState,
    batch_id_of,
    letter_id_of,
)
from sozialakte.shared.reasons import Reason
from tests.builders import BATCH_ID, DOSSIER, LATER, NOW, OTHER_DOSSIER, STAFF, a_letter, a_letter_in, letters

REASON = Reason("filing.closed_dossier", {"dossier_id": DOSSIER})

STEPS: dict[str, tuple[LetterState, Callable[[Letter], Letter]]] = {
    "read": (LetterState.READ, lambda letter: letter.read(LATER)),
    "identify": (LetterState.IDENTIFIED, lambda letter: letter.identify(DOSSIER, "bill", (), LATER)),
    "review": (LetterState.REVIEW, lambda letter: letter.review("bill", (), (), LATER)),
    "assign": (LetterState.IDENTIFIED, lambda letter: letter.assign(OTHER_DOSSIER, STAFF, LATER)),
    "file": (LetterState.FILED, lambda letter: letter.file(DOSSIER, STAFF, LATER)),
    "refuse": (LetterState.REVIEW, lambda letter: letter.refuse(REASON, LATER)),
    "give up": (LetterState.REVIEW, lambda letter: letter.give_up(LATER)),
}
LEGAL = {
    *((state, "give up") for state in (LetterState.CUT, LetterState.READ, LetterState.IDENTIFIED)),
    (LetterState.CUT, "read"),
    (LetterState.CUT, "review"),
    (LetterState.CUT, "refuse"),
    (LetterState.READ, "identify"),
    (LetterState.READ, "review"),
    (LetterState.READ, "refuse"),
    (LetterState.REVIEW, "assign"),
    (LetterState.REVIEW, "identify"),
    (LetterState.REVIEW, "file"),
    (LetterState.IDENTIFIED, "file"),
    (LetterState.IDENTIFIED, "refuse"),
    (LetterState.IDENTIFIED, "review"),
    (LetterState.FILED, "file"),
}


@pytest.mark.parametrize("state", LetterState)
@pytest.mark.parametrize("step", STEPS)
def test_only_legal_steps_are_possible(state: LetterState, step: str) -> None:
    letter = a_letter_in(state)
    target, make = STEPS[step]

    if (state, step) in LEGAL:
        assert make(letter).state is target
    else:
        with pytest.raises(IllegalStepError):
            make(letter)


def test_every_state_is_reached_and_only_filed_is_the_end() -> None:
    reached = {LetterState.CUT}.union(*LETTER_STEPS.values())

    assert reached == set(LetterState) == set(LETTER_STEPS)
    assert [state for state, following in LETTER_STEPS.items() if not following] == [LetterState.FILED]


def test_filing_twice_is_filing_once() -> None:
    filed = a_letter_in(LetterState.FILED)

    assert filed.file(OTHER_DOSSIER, "office", LATER) is filed


@pytest.mark.parametrize("state", sorted(set(LetterState) - {LetterState.REVIEW}))
def test_a_person_assigns_only_what_waits_in_review(state: LetterState) -> None:
    with pytest.raises(LetterNotInReviewError):
        a_letter_in(state).assign(DOSSIER, STAFF, LATER)


def test_an_assigned_letter_says_who_decided_and_when() -> None:
    assigned = a_letter_in(LetterState.REVIEW).assign(OTHER_DOSSIER, STAFF, LATER)

    assert (assigned.dossier_id, assigned.decided_by) == (OTHER_DOSSIER, STAFF)
    assert assigned.reasons == (Reason("review.assigned", {"staff_id": STAFF, "dossier_id": OTHER_DOSSIER}),)
    assert (assigned.history[-1].by, assigned.history[-1].at) == (STAFF, LATER)


def test_what_the_machine_identified_names_the_machine() -> None:
    identified = a_letter_in(LetterState.IDENTIFIED)

    assert identified.decided_by == MACHINE
    assert {step.by for step in identified.history} == {MACHINE}


def test_a_refused_letter_goes_back_with_the_reason_and_the_dossier_as_candidate() -> None:
    refused = a_letter_in(LetterState.IDENTIFIED).refuse(REASON, LATER)

    assert refused.state is LetterState.REVIEW
    assert (refused.reasons, refused.candidates) == ((REASON,), (DOSSIER,))
    assert (refused.dossier_id, refused.decided_by) == (None, None)


@given(letters())
def test_version_and_history_grow_together_and_tell_the_state(letter: Letter) -> None:
    assert letter.version == len(letter.history)
    assert (letter.history[-1].state, letter.history[-1].at) == (letter.state, letter.since)


@given(letters())
def test_history_is_a_walk_along_the_legal_steps(letter: Letter) -> None:
    walked = [step.state for step in letter.history]

    assert walked[0] is LetterState.CUT
    assert all(after in LETTER_STEPS[before] for before, after in pairwise(walked))


@given(letters())
def test_a_letter_names_a_dossier_exactly_when_somebody_decided(letter: Letter) -> None:
    decided = letter.state in {LetterState.IDENTIFIED, LetterState.FILED}

    assert (letter.dossier_id is not None) == (letter.decided_by is not None) == decided


@given(st.integers(1, 95))
def test_chunks_cover_every_page_once_and_none_is_too_long(page_count: int) -> None:
    letter = a_letter(tuple(range(1, page_count + 1)))

    chunks = [letter.chunk_pages(chunk) for chunk in range(letter.chunks)]

    assert [page for chunk in chunks for page in chunk] == list(range(1, page_count + 1))
    assert all(1 <= len(chunk) <= PAGES_PER_CHUNK for chunk in chunks)


@given(st.integers(1, 20000), st.integers(0, 200))
def test_letter_id_gives_the_batch_back(first: int, more: int) -> None:
    assert batch_id_of(letter_id_of(BATCH_ID, tuple(range(first, first + more + 1)))) == BATCH_ID


def test_letter_id_is_content_and_page_range() -> None:
    assert letter_id_of(BATCH_ID, (3, 4, 7)) == f"{BATCH_ID}-0003-0007"
    assert a_letter((3, 4, 7)).since == NOW
