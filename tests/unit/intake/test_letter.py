"""A letter goes from the cut to the dossier by legal steps only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.desk.steps import brought_back, filed_late
from sozialakte.intake.letter import (
    LETTER_STEPS,
    MACHINE,
    MOST_CANDIDATES,
    MOST_REASONS,
    PAGES_PER_CHUNK,
    Destination,
    IllegalStepError,
    Letter,
    LetterNotInReviewError,
    LetterState,
    Step,
    batch_id_of,
    letter_id_of,
)
from sozialakte.intake.letter_facts import (
    LONGEST_SENDER,
    LONGEST_SUBJECT,
    MOST_CUTS,
    MOST_NOTES,
    LetterFacts,
    ProposedCut,
)
from sozialakte.intake.letter_states import MOVING
from sozialakte.shared.reasons import Reason
from tests.builders import BATCH_ID, DOSSIER, LATER, NOW, OTHER_DOSSIER, STAFF, a_letter, a_letter_in, letters

REASON = Reason("filing.closed_dossier", {"dossier_id": DOSSIER})

STEPS: dict[str, tuple[LetterState, Callable[[Letter], Letter]]] = {
    "read": (LetterState.READ, lambda letter: letter.read(LATER)),
    "identify": (LetterState.IDENTIFIED, lambda letter: letter.identify(DOSSIER, (), LATER)),
    "review": (LetterState.REVIEW, lambda letter: letter.review((), (), LATER)),
    "forward": (LetterState.FORWARDED, lambda letter: letter.forward(Destination.OTHER_OFFICE, (), LATER)),
    "redirect": (LetterState.FORWARDED, lambda letter: letter.redirect(Destination.NEW_CASE, STAFF, LATER)),
    "take": (LetterState.FORWARDED, lambda letter: letter.take(STAFF, LATER)),
    "assign": (LetterState.IDENTIFIED, lambda letter: letter.assign(OTHER_DOSSIER, STAFF, LATER)),
    "file": (LetterState.FILED, lambda letter: letter.file(DOSSIER, STAFF, LATER)),
    "refuse": (LetterState.REVIEW, lambda letter: letter.refuse(REASON, LATER)),
    "give up": (LetterState.REVIEW, lambda letter: letter.give_up(LATER)),
}
RECALLS = (LetterState.IDENTIFIED, "give up")
"""What is on its way to a dossier is recalled before people may decide otherwise."""
LATE = (
    LetterState.REARRANGING,
    LetterState.RECALLED,
    LetterState.BLANK,
    LetterState.REJECTED,
    LetterState.RESCAN,
)
"""A document that exists is filed, whatever people thought of the letter meanwhile."""
LEGAL = {
    *((state, "give up") for state in MOVING),
    *((state, "refuse") for state in MOVING),
    *((state, "review") for state in MOVING),
    *((state, "file") for state in LATE),
    (LetterState.CUT, "read"),
    (LetterState.READ, "identify"),
    (LetterState.READ, "forward"),
    (LetterState.REVIEW, "assign"),
    (LetterState.REVIEW, "redirect"),
    (LetterState.REVIEW, "file"),
    (LetterState.FORWARDED, "assign"),
    (LetterState.FORWARDED, "redirect"),
    (LetterState.FORWARDED, "take"),
    (LetterState.FORWARDED, "file"),
    (LetterState.IDENTIFIED, "file"),
    (LetterState.FILED, "file"),
}


@pytest.mark.parametrize("state", LetterState)
@pytest.mark.parametrize("step", STEPS)
def test_only_legal_steps_are_possible(state: LetterState, step: str) -> None:
    letter = a_letter_in(state)
    target, make = STEPS[step]

    if (state, step) in LEGAL:
        assert make(letter).state is (LetterState.RECALLED if (state, step) == RECALLS else target)
    else:
        with pytest.raises(IllegalStepError):
            make(letter)


def test_every_state_is_reached_and_only_filed_and_replaced_are_the_end() -> None:
    reached = {LetterState.CUT}.union(*LETTER_STEPS.values())

    assert reached == set(LetterState) == set(LETTER_STEPS)
    assert [state for state, following in LETTER_STEPS.items() if following <= {state}] == [
        LetterState.FILED,
        LetterState.REPLACED,
    ]


def test_filing_twice_is_filing_once() -> None:
    filed = a_letter_in(LetterState.FILED)

    assert filed.file(OTHER_DOSSIER, "office", LATER) is filed


def test_a_letter_whose_document_was_moved_says_by_whom() -> None:
    filed = a_letter_in(LetterState.IDENTIFIED).file(DOSSIER, STAFF, NOW, filing_version=1)

    moved = filed.refile(OTHER_DOSSIER, "office", 2, "ma-102", LATER)

    assert (moved.dossier_id, moved.inbox, moved.decided_by, moved.teaches) == (OTHER_DOSSIER, "office", "ma-102", True)
    assert (moved.state, moved.since, moved.version) == (LetterState.FILED, filed.since, filed.version + 1)
    assert moved.history == (*filed.history, Step(LetterState.FILED, LATER, "ma-102"))


def test_an_older_word_about_a_letter_changes_nothing_and_the_same_place_makes_no_history() -> None:
    filed = a_letter_in(LetterState.IDENTIFIED).file(DOSSIER, STAFF, NOW, filing_version=2)

    assert filed.refile(OTHER_DOSSIER, "office", 2, STAFF, LATER) is filed
    assert filed.refile(DOSSIER, STAFF, 3, STAFF, LATER).history == filed.history


@pytest.mark.parametrize("state", sorted(set(LetterState) - {LetterState.FILED}))
def test_only_a_filed_letter_is_moved(state: LetterState) -> None:
    letter = a_letter_in(state)

    assert letter.refile(OTHER_DOSSIER, "office", 9, STAFF, LATER) is letter


WAITING = {LetterState.REVIEW, LetterState.FORWARDED}


@pytest.mark.parametrize("state", sorted(set(LetterState) - WAITING))
def test_a_person_decides_only_about_what_waits_for_one(state: LetterState) -> None:
    for decision in ("assign", "redirect", "take"):
        with pytest.raises(LetterNotInReviewError):
            STEPS[decision][1](a_letter_in(state))


def test_a_letter_in_review_is_not_taken_away_but_decided_about() -> None:
    with pytest.raises(LetterNotInReviewError):
        a_letter_in(LetterState.REVIEW).take(STAFF, LATER)


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


def test_what_the_machine_fails_to_file_is_recalled_and_comes_back_with_its_dossier_in_question() -> None:
    stuck = a_letter_in(LetterState.READ).identify(DOSSIER, (), NOW).give_up(LATER)
    assert (stuck.state, stuck.dossier_id, stuck.reasons) == (LetterState.RECALLED, DOSSIER, ())

    back = brought_back(stuck, Reason("letter.stuck"), LATER, by=MACHINE)
    assert (back.state, back.dossier_id, back.decided_by) == (LetterState.REVIEW, None, None)
    assert (back.reasons, back.candidates) == ((Reason("letter.stuck"),), (DOSSIER,))


def test_a_letter_filed_after_others_took_its_place_stays_replaced_and_tells_of_it_once() -> None:
    replaced = a_letter_in(LetterState.REPLACED)

    late = filed_late(replaced, DOSSIER, LATER)

    assert (late.state, late.replaced_by) == (LetterState.REPLACED, replaced.replaced_by)
    assert late.history[-1].reason == late.reasons[0] == Reason("letter.filed_late", {"dossier_id": DOSSIER})
    assert filed_late(late, DOSSIER, LATER) is late


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
def test_a_letter_names_where_it_goes_exactly_when_somebody_decided(letter: Letter) -> None:
    in_a_dossier = letter.state in {LetterState.IDENTIFIED, LetterState.RECALLED, LetterState.FILED}
    forwarded = letter.state is LetterState.FORWARDED

    assert (letter.dossier_id is not None) == in_a_dossier
    assert (letter.destination is not None) == forwarded
    if letter.state is LetterState.REVIEW:
        assert letter.decided_by is None
    elif letter.state not in {LetterState.CUT, LetterState.READ}:  # read again, because somebody turned pages
        assert letter.decided_by is not None


# -- forwarded --


def test_what_belongs_into_no_dossier_says_where_it_goes_and_why() -> None:
    forwarded = a_letter_in(LetterState.READ).forward(Destination.JOB_APPLICATIONS, (REASON,), LATER)

    assert (forwarded.destination, forwarded.reasons) == (Destination.JOB_APPLICATIONS, (REASON,))
    assert (forwarded.decided_by, forwarded.taken_by, forwarded.waits_for_a_person) == (MACHINE, None, True)


@pytest.mark.parametrize("state", sorted(WAITING))
def test_a_person_sends_a_letter_elsewhere_and_stands_for_it(state: LetterState) -> None:
    letter = a_letter_in(state).redirect(Destination.NEW_CASE, STAFF, LATER)

    assert (letter.destination, letter.decided_by, letter.history[-1].by) == (Destination.NEW_CASE, STAFF, STAFF)
    assert letter.reasons == (Reason("forward.by_person", {"staff_id": STAFF}),)


def test_what_the_machine_forwarded_wrongly_goes_into_its_dossier() -> None:
    assigned = a_letter_in(LetterState.FORWARDED).assign(DOSSIER, STAFF, LATER)

    assert (assigned.state, assigned.dossier_id, assigned.destination) == (LetterState.IDENTIFIED, DOSSIER, None)
    assert [(step.state, step.by) for step in assigned.history[-2:]] == [
        (LetterState.FORWARDED, MACHINE),
        (LetterState.IDENTIFIED, STAFF),
    ]


def test_a_dossier_that_refuses_a_forwarded_letter_leaves_it_in_review() -> None:
    refused = a_letter_in(LetterState.FORWARDED).assign(DOSSIER, STAFF, LATER).refuse(REASON, LATER)

    assert (refused.state, refused.destination, refused.candidates) == (LetterState.REVIEW, None, (DOSSIER,))


def test_a_taken_letter_keeps_its_fate_and_says_who_has_it() -> None:
    taken = a_letter_in(LetterState.FORWARDED).take(STAFF, LATER)

    assert (taken.state, taken.taken_by, taken.history[-1].by) == (LetterState.FORWARDED, STAFF, STAFF)
    assert taken.destination is a_letter_in(LetterState.FORWARDED).destination


def test_a_taken_letter_can_still_be_assigned_once_there_is_a_dossier() -> None:
    """Somebody who is no client hands in an application, and becomes one."""
    assigned = a_letter_in(LetterState.FORWARDED).take(STAFF, LATER).assign(DOSSIER, STAFF, LATER)

    assert (assigned.dossier_id, assigned.taken_by) == (DOSSIER, None)


def test_what_is_sent_elsewhere_waits_for_somebody_there() -> None:
    taken = a_letter_in(LetterState.FORWARDED).take(STAFF, LATER)

    assert taken.redirect(Destination.OTHER_OFFICE, STAFF, LATER).taken_by is None


# -- what a letter knows and teaches --


def test_facts_and_references_go_with_the_step_that_follows() -> None:
    facts = LetterFacts("reminder", urgent=True)

    known = a_letter_in(LetterState.READ).know(facts, 0.98765, ("a" * 32,))

    assert (known.facts, known.confidence, known.references) == (facts, 0.9877, ("a" * 32,))
    assert (known.kind, known.version, known.history) == ("reminder", 2, a_letter_in(LetterState.READ).history)


def test_long_texts_of_a_letter_are_cut_and_long_lists_end() -> None:
    letter = a_letter(tuple(range(1, 1000)))
    cuts = tuple(ProposedCut(page, REASON) for page in range(2, 900))
    facts = LetterFacts("other", sender="S" * 999, subject="B" * 999, proposed_cuts=cuts, notes=(REASON,) * 99)

    known = letter.read(NOW).know(facts)
    shown = known.review((REASON,) * 99, (DOSSIER,) * 99, LATER)

    assert known.facts is not None
    assert (len(known.facts.sender or ""), len(known.facts.subject or "")) == (LONGEST_SENDER, LONGEST_SUBJECT)
    assert (len(known.facts.proposed_cuts), len(known.facts.notes)) == (MOST_CUTS, MOST_NOTES)
    assert known.facts.proposed_cuts == cuts[:MOST_CUTS], "the first ones: a person cuts from the front"
    assert (len(shown.reasons), len(shown.candidates)) == (MOST_REASONS, MOST_CANDIDATES)


def test_the_machine_teaches_only_when_it_says_so() -> None:
    read = a_letter_in(LetterState.READ).know(LetterFacts(), references=("a" * 32,))

    assert not read.identify(DOSSIER, (), LATER).teaches
    assert read.identify(DOSSIER, (), LATER, teaches=True).teaches


@pytest.mark.parametrize("state", sorted(WAITING))
def test_a_person_who_assigns_teaches(state: LetterState) -> None:
    assert a_letter_in(state).assign(DOSSIER, STAFF, LATER).teaches


def test_what_was_refused_teaches_nothing() -> None:
    assert not a_letter_in(LetterState.REVIEW).assign(DOSSIER, STAFF, LATER).refuse(REASON, LATER).teaches
    assert not a_letter_in(LetterState.REVIEW).assign(DOSSIER, STAFF, LATER).give_up(LATER).give_up(LATER).teaches


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
