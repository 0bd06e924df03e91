"""Every page has one fate and a reason, whatever happens to its letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.batch import Batch, BatchState, ManifestCheck
from sozialakte.intake.ledger import Fate, ledger_of, page_accounts
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.shared.reasons import Reason
from tests.builders import DOSSIER, LATER, STAFF, a_batch, a_letter_in, a_plan, batches, letters, letters_of


@st.composite
def batches_on_their_way(draw: st.DrawFn) -> tuple[Batch, list[Letter]]:
    """A batch and those of its letters that exist so far, each anywhere on its way."""
    batch = draw(batches())
    present = [letter for letter in letters_of(batch) if draw(st.booleans())]
    return batch, [draw(letters(letter)) for letter in present]


@given(batches_on_their_way())
def test_the_sum_fits_at_every_moment(story: tuple[Batch, list[Letter]]) -> None:
    ledger = ledger_of(*story)

    assert ledger.adds_up
    assert sum(ledger.fates.values()) == story[0].pages_in
    assert set(ledger.fates) == set(Fate)


@given(batches_on_their_way())
def test_every_page_is_told_once_in_order(story: tuple[Batch, list[Letter]]) -> None:
    assert [account.page for account in page_accounts(*story)] == list(range(1, story[0].pages_in + 1))


@given(batches_on_their_way())
def test_a_batch_is_complete_when_all_letters_exist_and_none_is_on_its_way(story: tuple[Batch, list[Letter]]) -> None:
    batch, present = story
    by_machine = {LetterState.CUT, LetterState.READ, LetterState.IDENTIFIED, LetterState.RECALLED}
    moving = [
        letter
        for letter in present
        # Of one that was replaced the letters that did so are not in the story.
        if letter.is_replaced or (letter.state in by_machine and letter.decided_by in {None, "machine"})
    ]

    assert ledger_of(batch, present).is_complete == (len(present) == len(letters_of(batch)) and not moving)


def test_fates_of_a_mixed_batch() -> None:
    batch = a_batch(a_plan("LL S L B X LLL LLLL"))
    present = [
        a_letter_in(LetterState.FILED, (1, 2)),
        a_letter_in(LetterState.REVIEW, (4,)),
        a_letter_in(LetterState.FORWARDED, (10, 11, 12, 13)),
    ]

    fates = ledger_of(batch, present).fates

    assert {fate: count for fate, count in fates.items() if count} == {
        Fate.FILED: 2,
        Fate.REVIEW: 1,
        Fate.FORWARDED: 4,
        Fate.SEPARATOR: 1,
        Fate.BLANK: 1,
        Fate.REJECTED: 1,
        Fate.IN_PROGRESS: 3,
    }


@pytest.mark.parametrize(
    ("state", "fate"),
    [
        (LetterState.CUT, Fate.IN_PROGRESS),
        (LetterState.READ, Fate.IN_PROGRESS),
        (LetterState.IDENTIFIED, Fate.IN_PROGRESS),
        (LetterState.REVIEW, Fate.REVIEW),
        (LetterState.FORWARDED, Fate.FORWARDED),
        (LetterState.FILED, Fate.FILED),
    ],
)
def test_pages_share_the_fate_of_their_letter(state: LetterState, fate: Fate) -> None:
    accounts = page_accounts(a_batch(a_plan("LL")), [a_letter_in(state)])

    assert [account.fate for account in accounts] == [fate, fate]


@pytest.mark.parametrize("waiting", [LetterState.REVIEW, LetterState.FORWARDED])
def test_what_a_person_assigned_counts_as_review_until_it_is_filed(waiting: LetterState) -> None:
    """A closed batch must not open again because somebody decides about one of its letters."""
    assigned = a_letter_in(waiting).assign(DOSSIER, STAFF, LATER)
    batch = a_batch(a_plan("LL"))

    assert page_accounts(batch, [assigned])[0].fate is Fate.REVIEW
    assert page_accounts(batch, [assigned.file(DOSSIER, STAFF, LATER)])[0].fate is Fate.FILED


def test_pages_that_were_counted_and_never_came_are_behind_the_end_of_the_file() -> None:
    batch = a_batch(a_plan("LL S L")).checked(ManifestCheck(counted=6))

    accounts = page_accounts(batch, letters_of(batch))

    missing = Reason("manifest.page_missing")
    assert [(one.page, one.fate, one.reason) for one in accounts[4:]] == [
        (5, Fate.REJECTED, missing),
        (6, Fate.REJECTED, missing),
    ]
    assert ledger_of(batch, letters_of(batch)).pages_in == 6


def test_a_forwarded_letter_keeps_its_fate_when_somebody_takes_it() -> None:
    taken = a_letter_in(LetterState.FORWARDED).take(STAFF, LATER)

    assert page_accounts(a_batch(a_plan("LL")), [taken])[0].fate is Fate.FORWARDED


def test_a_letter_page_tells_the_letter_and_its_first_reason() -> None:
    letter = replace(a_letter_in(LetterState.REVIEW), reasons=(Reason("page.blank"), Reason("page.letter")))

    account = page_accounts(a_batch(a_plan("LL")), [letter])[1]

    assert (account.letter_id, account.reason) == (letter.letter_id, Reason("page.blank"))


@pytest.mark.parametrize(
    ("state", "fate"), [(BatchState.DUPLICATE, Fate.DUPLICATE), (BatchState.REJECTED, Fate.REJECTED)]
)
def test_all_pages_of_a_repeated_or_rejected_batch_share_its_reason(state: BatchState, fate: Fate) -> None:
    reason = Reason("file.duplicate", {"batch_id": "x"})
    batch = replace(a_batch(), state=state, plan=None, reason=reason, pages_in=3)

    accounts = page_accounts(batch, [])

    assert [(account.fate, account.reason) for account in accounts] == [(fate, reason)] * 3
    assert ledger_of(batch, []).is_complete
