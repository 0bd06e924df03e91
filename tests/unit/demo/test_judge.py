"""The demo's verdict: nothing that differs from the truth goes unnoticed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sozialakte.intake.answers import (
    BatchDetail,
    BatchSummary,
    LedgerCounts,
    LetterAnswer,
    PageAnswer,
    ProposedCutAnswer,
)
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say
from tests.demo.judge import adds_up, judge, sum_of
from tests.demo.truth import MAIL, Delivery, LetterTruth, fates_of, read_deliveries, read_truth

DELIVERIES = read_deliveries(MAIL).deliveries
RECEIVED = datetime(2026, 11, 17, 9, tzinfo=UTC)
COUNTED = {"separator": "separators", "blank": "blanks", "duplicate": "duplicates"}


def an_answer(delivery: Delivery) -> BatchDetail:
    """What the API says when all is as the truth tells."""
    fates = fates_of(MAIL, delivery)
    letters = read_truth(MAIL, delivery.file).letters if delivery.state == "closed" else []
    return BatchDetail(
        batch=BatchSummary(
            batch_id="0" * 32,
            state=delivery.state,
            file_name=delivery.uploaded_as,
            received_at=RECEIVED,
            pages_in=delivery.pages_in,
            reason="Die Datei ist beschädigt." if delivery.state == "rejected" else None,
            pages_counted=None,
            notes=[],
        ),
        ledger=a_ledger(list(fates.values())),
        pages=[PageAnswer(page=page, fate=fate, reason="", letter_id=None) for page, fate in fates.items()],
        letters=[a_letter(letter) for letter in letters],
    )


def a_letter(truth: LetterTruth) -> LetterAnswer:
    return LetterAnswer(
        letter_id="x",
        pages=truth.pages,
        state=truth.outcome,
        kind=truth.kind,
        dossier_id=truth.dossier,
        destination=truth.destination,
        confidence=None,
        reasons=[truth.why],
        inbox=truth.inbox,
        written_on=None,
        urgent=bool(truth.urgent),
        deadline=RECEIVED.date() + timedelta(days=truth.days) if truth.days else truth.deadline,
        unread_pages=truth.unread,
        proposed_cuts=[ProposedCutAnswer(page=page, reason="") for page in truth.cuts],
        notes=[say(Reason(code)) for code in truth.notes],
    )


def a_ledger(fates: list[str]) -> LedgerCounts:
    counts = dict.fromkeys(LedgerCounts.model_fields, 0)
    for fate in fates:
        counts[COUNTED.get(fate, fate)] += 1
    return LedgerCounts(**counts | {"pages_in": len(fates)})


@pytest.fixture
def answers() -> dict[str, BatchDetail]:
    return {delivery.uploaded_as: an_answer(delivery) for delivery in DELIVERIES}


def some_filed(answers: dict[str, BatchDetail]) -> LetterAnswer:
    return next(letter for answer in answers.values() for letter in answer.letters if letter.state == "filed")


def some_in_review(answers: dict[str, BatchDetail]) -> LetterAnswer:
    return next(letter for answer in answers.values() for letter in answer.letters if letter.state == "review")


def test_all_as_the_truth_tells_is_no_difference(answers: dict[str, BatchDetail]) -> None:
    verdict = judge(MAIL, DELIVERIES, answers)

    assert not verdict.differences
    assert verdict.outcome.wrong_dossier == 0
    assert verdict.outcome.auto_filed_share == 1.0
    assert adds_up(verdict.outcome.ledger)


def test_letter_in_a_wrong_dossier_is_counted_and_named(answers: dict[str, BatchDetail]) -> None:
    some_filed(answers).dossier_id = "SH-2020-99999"

    verdict = judge(MAIL, DELIVERIES, answers)

    assert verdict.outcome.wrong_dossier == 1
    assert any("SH-2020-99999" in difference for difference in verdict.differences)


def test_a_script_that_nobody_is_told_of_is_named(answers: dict[str, BatchDetail]) -> None:
    letter = next(letter for answer in answers.values() for letter in answer.letters if letter.notes)
    letter.notes = []

    assert any("Hinweise" in difference for difference in judge(MAIL, DELIVERIES, answers).differences)


def test_letter_that_no_machine_may_file_is_wrong_in_any_dossier(answers: dict[str, BatchDetail]) -> None:
    letter = some_in_review(answers)
    letter.state, letter.dossier_id = "filed", "SH-2020-99999"

    assert judge(MAIL, DELIVERIES, answers).outcome.wrong_dossier == 1


def test_assignable_letter_in_review_lowers_the_share_and_is_a_difference(answers: dict[str, BatchDetail]) -> None:
    some_filed(answers).state = "review"

    verdict = judge(MAIL, DELIVERIES, answers)

    assert verdict.outcome.auto_filed_share < 1
    assert verdict.outcome.wrong_dossier == 0
    assert verdict.differences


def test_wrong_inbox_is_a_difference(answers: dict[str, BatchDetail]) -> None:
    some_filed(answers).inbox = "ma-999"

    assert any("ma-999" in difference for difference in judge(MAIL, DELIVERIES, answers).differences)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("kind", "gedicht", "Art gedicht"),
        ("urgent", False, "dringend False"),
        ("deadline", date(2030, 1, 1), "Frist 2030-01-01"),
        ("unread_pages", [1], "ungelesene Seiten [1]"),
        ("proposed_cuts", [ProposedCutAnswer(page=7, reason="")], "Schnitte [7]"),
    ],
)
def test_wrong_fact_about_a_letter_is_a_difference(
    answers: dict[str, BatchDetail], field: str, value: object, named: str
) -> None:
    urgent = next(letter for answer in answers.values() for letter in answer.letters if letter.urgent)
    setattr(urgent, field, value)

    assert [named in difference for difference in judge(MAIL, DELIVERIES, answers).differences] == [True]


def test_wrong_destination_is_a_difference(answers: dict[str, BatchDetail]) -> None:
    forwarded = next(letter for answer in answers.values() for letter in answer.letters if letter.destination)
    forwarded.destination = "elsewhere"

    assert any("Ziel elsewhere" in difference for difference in judge(MAIL, DELIVERIES, answers).differences)


def test_forwarded_and_urgent_letters_are_counted(answers: dict[str, BatchDetail]) -> None:
    outcome = judge(MAIL, DELIVERIES, answers).outcome

    assert (outcome.forwarded, outcome.urgent) == (3, 6)


def test_lost_page_is_a_difference(answers: dict[str, BatchDetail]) -> None:
    answers[DELIVERIES[0].uploaded_as].pages.pop()

    assert any("None statt" in difference for difference in judge(MAIL, DELIVERIES, answers).differences)


def test_sum_that_does_not_fit_is_a_difference(answers: dict[str, BatchDetail]) -> None:
    answers[DELIVERIES[0].uploaded_as].ledger.filed += 1

    assert any("Summe" in difference for difference in judge(MAIL, DELIVERIES, answers).differences)


def test_invented_letter_is_a_difference(answers: dict[str, BatchDetail]) -> None:
    extra = some_filed(answers).model_copy(update={"pages": [99]})
    answers[DELIVERIES[0].uploaded_as].letters.append(extra)

    assert any("[99]" in difference for difference in judge(MAIL, DELIVERIES, answers).differences)


def test_result_has_the_agreed_shape(answers: dict[str, BatchDetail]) -> None:
    result = judge(MAIL, DELIVERIES, answers).outcome.model_dump()

    assert result.keys() == {
        "ledger", "letters", "wrong_dossier", "auto_filed_share", "forwarded", "urgent", "payments",
    }  # fmt: skip
    assert result["letters"][0].keys() == {
        "batch", "pages", "kind", "dossier", "expected_dossier", "outcome", "reasons", "inbox",
        "destination", "urgent", "deadline", "proposed_cuts", "confidence",
    }  # fmt: skip
    assert {letter["outcome"] for letter in result["letters"]} == {"filed", "review", "forwarded", "rejected"}


def test_ledgers_add_up_to_one() -> None:
    assert sum_of([a_ledger(["filed", "blank"]), a_ledger(["filed"])]) == a_ledger(["filed", "filed", "blank"])
