"""A filed letter teaches where the next one with its reference belongs: once, and nothing it only guessed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.known_references import (
    MOST_REFERENCES,
    MOST_SENDER_KEYS,
    KnownReference,
    Lesson,
    known_references,
    lessons_of,
    sender_signatures,
    signatures_of,
)
from sozialakte.intake.letter import MACHINE, Letter, LetterState
from sozialakte.intake.letter_facts import LetterFacts
from tests.builders import DOSSIER, LATER, NOW, OTHER_DOSSIER, STAFF, a_letter_in, letters

UID, NAME = "uid:CHE115498226", "name:stadtwerke rottal 6004"
CUSTOMER = ("customer", "4711088")
SIGNATURES = signatures_of([UID], [CUSTOMER])
REVIEWED = a_letter_in(LetterState.READ).know(LetterFacts(), references=SIGNATURES).review((), (), NOW)


# -- signatures --


def test_the_same_sender_and_reference_have_one_signature() -> None:
    assert signatures_of([UID], [CUSTOMER]) == signatures_of([UID], [CUSTOMER, CUSTOMER])
    assert len(SIGNATURES) == 1


@pytest.mark.parametrize(
    ("keys", "reference"),
    [
        pytest.param([NAME], CUSTOMER, id="another sender"),
        pytest.param([UID], ("policy", "4711088"), id="another sort of number"),
        pytest.param([UID], ("customer", "4711089"), id="another number"),
    ],
)
def test_another_sender_or_reference_has_another(keys: list[str], reference: tuple[str, str]) -> None:
    assert not set(signatures_of(keys, [reference])) & set(SIGNATURES)


@pytest.mark.parametrize("misread", ["47LLO88", "471IO88", "47110BB", "47I1D88"])
def test_what_a_scan_confuses_does_not_count(misread: str) -> None:
    assert signatures_of([UID], [("customer", misread)]) == SIGNATURES


def test_a_letter_is_found_again_by_any_of_its_sender_keys() -> None:
    both = signatures_of([UID, NAME], [CUSTOMER])

    assert both[0] == SIGNATURES[0], "the most certain key first"
    assert set(both) == {*SIGNATURES, *signatures_of([NAME], [CUSTOMER])}


def test_what_is_too_short_or_an_ahv_number_is_no_reference() -> None:
    assert signatures_of([UID], [("customer", "471"), ("insured", "7569217076985")]) == ()


@given(st.lists(st.text(max_size=30), max_size=4), st.lists(st.tuples(st.text(), st.text(max_size=30)), max_size=9))
def test_there_are_few_signatures_and_nothing_can_be_read_from_them(
    keys: list[str], references: list[tuple[str, str]]
) -> None:
    found = signatures_of(keys, references)

    assert len(found) <= MOST_REFERENCES
    assert all(re.fullmatch(r"[0-9a-f]{32}", signature) for signature in found)


# -- what a letter teaches --


def test_what_a_person_assigned_teaches_when_it_lies_in_the_dossier() -> None:
    filed = REVIEWED.assign(DOSSIER, STAFF, NOW).file(DOSSIER, STAFF, LATER)

    assert lessons_of(filed) == (Lesson(SIGNATURES[0], DOSSIER, filed.letter_id, LATER, STAFF),)


@pytest.mark.parametrize("strong", [True, False])
def test_the_machine_teaches_only_on_evidence_of_its_own(*, strong: bool) -> None:
    read = a_letter_in(LetterState.READ).know(LetterFacts(), references=SIGNATURES)
    filed = read.identify(DOSSIER, (), NOW, teaches=strong).file(DOSSIER, STAFF, LATER)

    assert [lesson.by for lesson in lessons_of(filed)] == ([MACHINE] if strong else [])


@given(letters())
def test_only_a_filed_letter_teaches_and_only_its_own_references(letter: Letter) -> None:
    lessons = lessons_of(letter)

    assert not lessons or (letter.state is LetterState.FILED and letter.teaches)
    assert {lesson.signature for lesson in lessons} <= set(letter.references)
    assert {(lesson.letter_id, lesson.dossier_id) for lesson in lessons} <= {(letter.letter_id, letter.dossier_id)}


def test_a_letter_that_is_corrected_keeps_the_time_of_its_lessons() -> None:
    """They are stored by it: the corrected lesson takes the place of the wrong one."""
    filed = REVIEWED.assign(DOSSIER, STAFF, NOW).file(DOSSIER, STAFF, LATER)
    later = replace(filed.history[-1], at=LATER + timedelta(days=9))
    corrected = replace(filed, dossier_id=OTHER_DOSSIER, history=(*filed.history, later))

    (before,), (after,) = lessons_of(filed), lessons_of(corrected)

    assert after == replace(before, dossier_id=OTHER_DOSSIER)


def test_a_sender_alone_is_known_by_few_keys_that_tell_nothing_and_no_reference_looks_like_it() -> None:
    known = sender_signatures([UID, NAME, "iban:CH00"])

    assert len(known) == MOST_SENDER_KEYS
    assert all(re.fullmatch(r"sender-[0-9a-f]{32}", signature) for signature in known)
    assert sender_signatures([UID, UID]) == sender_signatures([UID])
    assert sender_signatures([]) == ()


@pytest.mark.parametrize("by_person", [True, False])
def test_a_sender_alone_teaches_only_what_a_person_confirmed(*, by_person: bool) -> None:
    read = a_letter_in(LetterState.READ).know(LetterFacts(), references=sender_signatures([UID]))
    decided = read.identify(DOSSIER, (), NOW, teaches=True)
    if by_person:
        decided = read.review((), (), NOW).assign(DOSSIER, STAFF, NOW)

    lessons = lessons_of(decided.file(DOSSIER, STAFF, LATER))

    assert [lesson.by for lesson in lessons] == ([STAFF] if by_person else [])
    assert all(known.of_sender for known in known_references(lessons))


# -- what is known --


def lesson(number: int, dossier_id: str = DOSSIER, by: str = MACHINE) -> Lesson:
    return Lesson(SIGNATURES[0], dossier_id, f"letter-{number}", NOW - timedelta(days=number), by)


def test_letters_to_one_dossier_are_counted_and_the_newest_is_named() -> None:
    assert list(known_references([lesson(1), lesson(2, by=STAFF), lesson(3)])) == [
        KnownReference(SIGNATURES[0], DOSSIER, 3, "letter-1", NOW - timedelta(days=1), by_person=True)
    ]


def test_a_reference_that_leads_to_two_dossiers_says_so_the_newest_first() -> None:
    known = list(known_references([lesson(1, OTHER_DOSSIER), lesson(2), lesson(3), lesson(4, OTHER_DOSSIER)]))

    assert [(one.dossier_id, one.letters, one.by_person) for one in known] == [
        (OTHER_DOSSIER, 2, False),
        (DOSSIER, 2, False),
    ]
