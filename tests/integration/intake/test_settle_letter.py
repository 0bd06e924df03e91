"""What the dossiers made of a letter is recorded once, and what the letter teaches with it."""

from __future__ import annotations

from itertools import permutations

import pytest

from functions.intake.settle_letter import handler
from sozialakte.dossiers import DocumentFiled, FilingRefused
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.store import IntakeStore
from sozialakte.shared.messages import Message, ReasonBody
from sozialakte.shared.texts import say
from tests.aws import INTAKE, rows
from tests.builders import DOSSIER, LATER, NOW, OTHER_DOSSIER, STAFF, a_letter, a_letter_in
from tests.lambda_events import Context, failed_ids, sqs_event

pytestmark = pytest.mark.usefixtures("aws")

SIGNATURE = "a" * 32
THIRD = "SH-2026-00777"
READ = a_letter().read(NOW).know(LetterFacts(), references=(SIGNATURE,))


def settle(*messages: Message) -> None:
    assert not failed_ids(handler(sqs_event(*(message.to_json() for message in messages)), Context()))


def filed(letter: Letter, dossier_id: str = DOSSIER, version: int = 1, moved_by: str | None = None) -> DocumentFiled:
    return DocumentFiled(
        letter_id=letter.letter_id,
        dossier_id=dossier_id,
        attempt=letter.version,
        document_id=letter.letter_id,
        inbox=STAFF,
        filed_at=LATER,
        filing_version=version,
        moved_by=moved_by,
    )


def known() -> list[tuple[str, int, bool]]:
    found = IntakeStore(INTAKE).find_known_references([SIGNATURE])
    return [(reference.dossier_id, reference.letters, reference.by_person) for reference in found]


def test_what_a_person_decided_is_known_of_the_next_letter_once() -> None:
    letter = READ.review((), (), NOW).assign(DOSSIER, STAFF, NOW)
    IntakeStore(INTAKE).add_letter(letter)

    settle(filed(letter), filed(letter))
    settle(filed(letter))

    assert known() == [(DOSSIER, 1, True)]
    assert IntakeStore(INTAKE).letter(letter.letter_id).state is LetterState.FILED


def test_what_the_machine_only_concluded_from_earlier_letters_is_not_learnt_again() -> None:
    letter = READ.identify(DOSSIER, (), NOW)
    IntakeStore(INTAKE).add_letter(letter)

    settle(filed(letter))

    assert known() == []


def test_a_letter_follows_its_document_and_so_does_what_it_teaches() -> None:
    letter = READ.identify(DOSSIER, (), NOW, teaches=True)
    IntakeStore(INTAKE).add_letter(letter)
    settle(filed(letter))
    assert known() == [(DOSSIER, 1, False)]

    settle(*[filed(letter, OTHER_DOSSIER, 2, STAFF)] * 2)

    moved = IntakeStore(INTAKE).letter(letter.letter_id)
    assert (moved.dossier_id, moved.decided_by, moved.history[-1].by) == (OTHER_DOSSIER, STAFF, STAFF)
    assert known() == [(OTHER_DOSSIER, 1, True)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_words_of_moves_in_any_order_end_where_the_last_move_led(order: tuple[int, ...]) -> None:
    letter = READ.identify(DOSSIER, (), NOW)
    IntakeStore(INTAKE).add_letter(letter)
    words = (filed(letter), filed(letter, OTHER_DOSSIER, 2, STAFF), filed(letter, THIRD, 3, STAFF))

    for word in order:
        settle(words[word])

    found = IntakeStore(INTAKE).letter(letter.letter_id)
    assert (found.dossier_id, found.decided_by, found.teaches) == (THIRD, STAFF, True)
    assert known() == [(THIRD, 1, True)]


def test_what_a_person_moved_before_the_intake_heard_of_it_is_the_persons_decision() -> None:
    letter = READ.identify(DOSSIER, (), NOW)
    IntakeStore(INTAKE).add_letter(letter)

    settle(filed(letter, OTHER_DOSSIER, 2, STAFF), filed(letter))

    moved = IntakeStore(INTAKE).letter(letter.letter_id)
    assert (moved.dossier_id, moved.decided_by, moved.history[-1].by) == (OTHER_DOSSIER, STAFF, STAFF)
    assert known() == [(OTHER_DOSSIER, 1, True)]


def test_a_refused_letter_teaches_nothing() -> None:
    letter = READ.identify(DOSSIER, (), NOW, teaches=True)
    IntakeStore(INTAKE).add_letter(letter)
    reason = ReasonBody(code="filing.closed_dossier", params={"dossier_id": DOSSIER})

    settle(FilingRefused(letter_id=letter.letter_id, dossier_id=DOSSIER, attempt=letter.version, reason=reason))

    assert known() == []
    assert [row["entity"] for row in rows(INTAKE)] == ["letter"]


def test_a_letter_filed_after_it_was_replaced_leaves_its_successors_alone_and_says_so_once() -> None:
    letter = a_letter_in(LetterState.REPLACED)
    IntakeStore(INTAKE).add_letter(letter)

    settle(filed(letter), filed(letter))
    settle(filed(letter))

    (row,) = rows(INTAKE)
    assert (row["state"], row["version"]) == ("replaced", letter.version + 1)
    told = IntakeStore(INTAKE).letter(letter.letter_id).history[-1].reason
    assert told
    assert say(told) == f"Der Brief wurde ersetzt und danach doch im Dossier {DOSSIER} abgelegt: dort prüfen."


def test_an_answer_to_an_attempt_that_was_overtaken_changes_nothing() -> None:
    letter = READ.review((), (), NOW).assign(DOSSIER, STAFF, NOW)
    IntakeStore(INTAKE).add_letter(letter)
    before = rows(INTAKE)

    reason = ReasonBody(code="filing.closed_dossier", params={"dossier_id": DOSSIER})
    settle(FilingRefused(letter_id=letter.letter_id, dossier_id=DOSSIER, attempt=letter.version - 1, reason=reason))

    assert rows(INTAKE) == before
