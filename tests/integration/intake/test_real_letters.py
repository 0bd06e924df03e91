"""Letters written by hand, by somebody who wanted the machine to fail: none may end where it does not belong.

Each one's truth was stated before the machine saw it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from sozialakte.intake.identifying.gather_evidence import Asked, gather_evidence
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.letter_contents import read_letter
from sozialakte.register import Address, DossierStatus, DossierType, PersonRole, RegisterStore
from sozialakte.register.model import Dossier, DossierPerson, Person
from sozialakte.register.records import Record
from tests.aws import REGISTER, counted_calls, local_aws
from tests.corpus.author import CorpusLetter
from tests.corpus.furnish import furnish
from tests.corpus.handmade import REVIEW, HandmadeLetter, handmade_letters, handmade_register
from tests.corpus.measure import Outcome, identified

FILED_BY_ITSELF = 0.75
MOST_CALLS = 60


@pytest.fixture(scope="module")
def outcomes() -> list[tuple[HandmadeLetter, Outcome]]:
    """What became of each letter."""
    with local_aws():
        furnish(handmade_register())
        return [
            (letter, identified(number, CorpusLetter("", letter.text, letter.case)))
            for number, letter in enumerate(handmade_letters())
        ]


def where(outcome: Outcome) -> str:
    """A dossier, a destination, or a person's desk."""
    return outcome.dossier or (outcome.destination.value if outcome.destination else REVIEW)


def test_no_letter_ends_where_it_does_not_belong(outcomes: list[tuple[HandmadeLetter, Outcome]]) -> None:
    wrong = [
        (letter.case, letter.why, where(outcome), outcome.reasons)
        for letter, outcome in outcomes
        if where(outcome) not in {letter.truth, REVIEW, *letter.may}
    ]
    assert wrong == []


def test_most_letters_that_can_be_assigned_are_filed(outcomes: list[tuple[HandmadeLetter, Outcome]]) -> None:
    assignable = [(letter, outcome) for letter, outcome in outcomes if letter.dossier]
    filed = [letter.case for letter, outcome in assignable if outcome.dossier == letter.dossier]
    assert len(assignable) >= 25
    assert len(filed) / len(assignable) >= FILED_BY_ITSELF


def test_a_letter_of_which_a_page_is_missing_waits_for_a_person() -> None:
    letter = next(letter for letter in handmade_letters() if letter.dossier)
    with local_aws():
        furnish(handmade_register())
        whole, torn = (
            identified(number, CorpusLetter("", f"{letter.text}\n{foot}", letter.case))
            for number, foot in enumerate(("Seite 1/1", "Seite 1/3"))
        )
    assert where(whole) == letter.dossier
    assert where(torn) == REVIEW
    assert "letter.page_count_gap" in torn.reasons


def test_post_for_others_is_forwarded(outcomes: list[tuple[HandmadeLetter, Outcome]]) -> None:
    elsewhere = [(letter.truth, where(outcome)) for letter, outcome in outcomes if outcome.destination]
    assert {truth for truth, _ in elsewhere} >= {"job_applications", "new_case", "other_office"}
    assert all(truth == to for truth, to in elsewhere)


def crowd(many: int) -> Iterator[Record]:
    """So many people in dossiers of their own, none of whom is called like somebody in the letters."""
    for number in range(many):
        person_id, dossier_id = f"P-9{number:05d}", f"SH-2022-{number:05d}"
        born, home = date(1950 + number % 50, 1 + number % 12, 1 + number % 28), Address("Weg", "1", "8000", "Zürich")
        yield Person(person_id, f"Anders{number}", "Kim", born, address=home)
        yield Dossier(dossier_id, DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.OPEN)
        yield DossierPerson(dossier_id, person_id, PersonRole.MAIN)


def calls_of(text: str) -> list[str]:
    """The calls to the tables that finding evidence for a letter makes."""
    contents = read_letter([PageReading(1, text, TextSource.OCR, 0.9)], date(2026, 11, 18))
    with counted_calls() as calls:
        gather_evidence(Asked(contents, text), RegisterStore(REGISTER))
    return calls


def test_the_calls_for_a_letter_do_not_depend_on_the_size_of_the_register() -> None:
    letters = [letter.text for letter in handmade_letters()[::6]]
    with local_aws():
        furnish(handmade_register())
        small = [calls_of(text) for text in letters]
        furnish(crowd(1_000))
        assert [calls_of(text) for text in letters] == small
    assert not any("Scan" in calls for calls in small)


def test_the_calls_for_the_worst_letter_are_bounded() -> None:
    """Everybody in the register, with all there is about them, twenty times over."""
    people = [record for record in handmade_register() if isinstance(record, Person)]
    lines = [f"Betrifft: {one.given_names} {one.family_name}, geb. {one.birth_date:%d.%m.%Y}" for one in people]
    with local_aws():
        furnish(handmade_register())
        for count in (1, 5, 10):
            calls = calls_of("\n".join(lines[:count] * 20))
            assert "Scan" not in calls
            assert len(calls) <= MOST_CALLS
        assert calls_of("\n".join(lines)) == []  # a list: not looked up
