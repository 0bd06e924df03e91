"""Whatever people do to letters at the review desk, every page keeps exactly one fate."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.intake.desk import steps
from sozialakte.intake.desk.errors import (
    LetterClaimedError,
    MergeAcrossBatchesError,
    NoSuchPageError,
    NotMergeableError,
)
from sozialakte.intake.desk.model import (
    CLAIM_LASTS,
    Claim,
    PageTurn,
    Rearrangement,
    RejectReason,
    RescanReason,
    rescan_id_of,
)
from sozialakte.intake.desk.parts import letters_made, plan_blank, plan_merge, plan_split
from sozialakte.intake.desk.steps import brought_back
from sozialakte.intake.ledger import ledger_of, page_accounts
from sozialakte.intake.letter import Letter, LetterState, batch_id_of
from sozialakte.intake.model import Lane, NamedBy, Section
from sozialakte.intake.records import letter_sort_key
from sozialakte.intake.review import unclaimed
from sozialakte.intake.store import StaleLetterError
from sozialakte.shared.reasons import Reason
from tests.builders import BATCH_ID, DOSSIER, LATER, NOW, OTHER_DOSSIER, STAFF, a_batch, a_letter, a_plan, original_of

COLLEAGUE = "ma-901"
SKETCH = "LLLL S LL B LLL L"
UNDECIDED = (Reason("identify.nothing_found"),)


@dataclass
class Desk:
    """The letters of a batch, what two people saw of them when they last looked, and what they and the machine do."""

    letters: dict[str, Letter] = field(default_factory=dict)
    seen: dict[str, list[Letter]] = field(default_factory=lambda: {STAFF: [], COLLEAGUE: []})

    def keep(self, *letters: Letter) -> None:
        self.letters |= {letter.letter_id: letter for letter in letters}

    def act(self, number: int) -> None:
        """One thing that may happen next, chosen by a number."""
        person = COLLEAGUE if number % 2 else STAFF
        if number % 3 == 0 or not self.seen[person]:
            self.seen[person] = [letter for letter in self.letters.values() if letter.waits_for_a_person]
        if waiting := self.seen[person]:
            with suppress(StaleLetterError, LetterClaimedError):
                self._decide(waiting[number % len(waiting)], number // 7, person)
        if moving := [letter for letter in self.letters.values() if not letter.waits_for_a_person]:
            self._go_on(moving[number % len(moving)])

    def _free(self, letter: Letter, person: str) -> Letter:
        """As the desk finds it, if it is still what the person saw."""
        return unclaimed(self.letters[letter.letter_id], letter.version, person, LATER)

    def _decide(self, seen: Letter, number: int, person: str) -> None:
        letter = self._free(seen, person)
        last = len(letter.pages)
        page = 1 + number % last
        all_seen = [(one, one.version) for one in self.seen[person]]
        plans: list[Callable[[], Rearrangement]] = [lambda: plan_merge(all_seen)]
        if last > 1:
            plans.append(lambda: plan_split(letter, [max(2, page)], letter.version))
            plans.append(lambda: plan_blank(letter, [page], letter.version))
        simple: list[Callable[[], Letter]] = [
            lambda: replace(letter, claim=Claim(person, LATER + CLAIM_LASTS)),
            lambda: letter.assign(DOSSIER, person, LATER),
            lambda: steps.set_blank(letter, person, LATER),
            lambda: steps.reject(letter, RejectReason.DUPLICATE, person, LATER),
            lambda: steps.turn(letter, [PageTurn(page, 90)], person, LATER),
            lambda: steps.reclassify(letter, "bill", person, LATER),
            lambda: steps.order_rescan(
                letter, rescan_id_of(letter.letter_id, letter.version), RescanReason.CUT_OFF, person, LATER
            ),
        ]
        choice = number % (len(plans) + len(simple))
        if choice < len(plans):
            self._rearrange(plans[choice](), person)
        else:
            self.keep(simple[choice - len(plans)]())

    def _rearrange(self, plan: Rearrangement, person: str) -> None:
        versions = {letter.letter_id: letter for letter in self.seen[person]}
        sources = [self._free(versions[source], person) for source in plan.sources]
        self.keep(*(steps.rearrange(source, plan, person, LATER) for source in sources))

    def _go_on(self, letter: Letter) -> None:
        plan = letter.rearrangement
        if letter.state is LetterState.REARRANGING and plan:
            sources = [self.letters[source] for source in plan.sources]
            files = [(original_of(letter_id), "0" * 64) for letter_id in plan.letter_ids]
            self.keep(*(steps.replaced(source, plan.letter_ids, LATER) for source in sources))
            self.keep(*letters_made(sources, plan, files, LATER))
        elif letter.state is LetterState.CUT:
            self.keep(letter.read(LATER).review(UNDECIDED, (), LATER))
        elif letter.state is LetterState.IDENTIFIED:
            self.keep(steps.undo(letter, STAFF, LATER))
        elif letter.state is LetterState.RECALLED:
            self.keep(brought_back(letter, Reason("filing.withdrawn"), LATER, STAFF))
        elif letter.state in {LetterState.BLANK, LetterState.REJECTED, LetterState.RESCAN}:
            self.keep(steps.undo(letter, STAFF, LATER))


@settings(max_examples=60, deadline=timedelta(seconds=5))
@given(st.lists(st.integers(0, 10_000), max_size=25))
def test_whatever_two_people_decide_each_page_has_one_fate(numbers: list[int]) -> None:
    batch = a_batch(a_plan(SKETCH))
    assert batch.plan
    desk = Desk()
    desk.keep(*(a_letter(letter.pages) for letter in batch.plan.letters))

    for number in numbers:
        desk.act(number)
        letters = list(desk.letters.values())
        assert ledger_of(batch, letters).adds_up
        there = sorted(page for letter in letters if not letter.is_replaced for page in letter.pages)
        assert there == sorted(page for letter in batch.plan.letters for page in letter.pages)
        accounts = page_accounts(batch, letters)
        assert [account.page for account in accounts] == list(range(1, batch.pages_in + 1))
        assert len({letter_sort_key(letter.letter_id) for letter in letters}) == len(letters), "each has its row"
        assert {batch_id_of(letter.letter_id) for letter in letters} == {BATCH_ID}


def _in_review(pages: tuple[int, ...] = (1, 2, 3)) -> Letter:
    return a_letter(pages).read(NOW).review(UNDECIDED, (), NOW)


def _made(plan: Rearrangement, *sources: Letter) -> list[Letter]:
    stopped = [steps.rearrange(source, plan, STAFF, NOW) for source in sources]
    return letters_made(stopped, plan, [(original_of(one), "0" * 64) for one in plan.letter_ids], NOW)


def test_what_a_code_on_the_first_page_named_stays_with_that_page() -> None:
    letter = _in_review()
    named = replace(letter, named_dossier=DOSSIER, named_by=NamedBy.LABEL)

    first, second = _made(plan_split(named, [2], 3), named)

    assert (first.named_dossier, first.named_by) == (DOSSIER, NamedBy.LABEL)
    assert (second.named_dossier, second.named_by) == (None, None)


def test_letters_that_name_different_dossiers_are_merged_for_a_person_to_decide() -> None:
    one, other = _in_review((1,)), _in_review((2,))
    named = [
        replace(letter, named_dossier=dossier_id, named_by=NamedBy.LABEL)
        for letter, dossier_id in ((one, DOSSIER), (other, OTHER_DOSSIER))
    ]

    (merged,) = _made(plan_merge([(letter, 3) for letter in named]), *named)

    assert merged.named_dossier is None
    assert [objection.code for objection in merged.objections] == ["page.codes_contradict"]


def test_doubts_about_single_pages_go_with_the_pages_and_all_others_with_the_first() -> None:
    unread = Reason("doubt.pages_unreadable", {"pages": "1, 4"})
    noted = Reason("doubt.separator_written", {"pages": "7"})
    letter = replace(_in_review((11, 12, 13, 14)), objections=(noted, unread))

    first, second = _made(plan_split(letter, [3], 3), letter)

    assert first.objections == (noted, Reason("doubt.pages_unreadable", {"pages": "1"}))
    assert second.objections == (Reason("doubt.pages_unreadable", {"pages": "2"}),)


def test_doubts_of_letters_that_are_merged_are_told_once_with_the_new_numbers() -> None:
    code = "doubt.damaged_code"
    one = replace(_in_review((1, 2)), objections=(Reason(code, {"pages": "2"}),))
    other = replace(_in_review((3,)), objections=(Reason(code, {"pages": "1"}),))

    (merged,) = _made(plan_merge([(one, 3), (other, 3)]), one, other)

    assert merged.objections == (Reason(code, {"pages": "2, 3"}),)


def test_a_doubt_that_does_not_name_all_its_pages_is_about_each_that_follows() -> None:
    pages = tuple(range(1, 31))
    named = ", ".join(map(str, range(1, 21)))
    letter = replace(_in_review(pages), objections=(Reason("doubt.pages_not_seen", {"pages": f"{named} ..."}),))

    _, rest = _made(plan_split(letter, [29], 3), letter)

    assert rest.objections == (Reason("doubt.pages_not_seen", {"pages": "1, 2"}),)


def test_a_document_of_an_old_dossier_stays_one_and_only_its_beginning_in_its_register() -> None:
    letter = replace(_in_review((1, 2)), lane=Lane.BACKFILE, section=Section.HEALTH, named_dossier=DOSSIER)

    first, second = _made(plan_split(letter, [2], 3), letter)

    assert (first.lane, first.section, first.named_dossier) == (Lane.BACKFILE, Section.HEALTH, DOSSIER)
    assert (second.lane, second.section, second.named_dossier) == (Lane.BACKFILE, None, None)


def test_how_people_turned_pages_goes_with_the_pages() -> None:
    letter = steps.turn(_in_review(), [PageTurn(3, 180)], STAFF, NOW).read(NOW).review(UNDECIDED, (), NOW)

    first, second = _made(plan_split(letter, [3], letter.version), letter)

    assert (first.turns, second.turns) == ((), (PageTurn(1, 180),))


def test_the_same_decision_gives_the_same_letters_and_another_one_others() -> None:
    letter = _in_review()

    assert plan_split(letter, [3, 2, 2], 3) == plan_split(letter, [2, 3], 3)
    assert not set(plan_split(letter, [2], 3).letter_ids) & set(plan_split(letter, [2], 4).letter_ids)


@pytest.mark.parametrize("first_pages", [[], [1], [4], [0], [2, 99]])
def test_a_letter_is_cut_only_where_it_has_a_page(first_pages: list[int]) -> None:
    with pytest.raises(NoSuchPageError):
        plan_split(_in_review(), first_pages, 3)


def test_letters_are_merged_once_each_and_inside_their_batch() -> None:
    letter, foreign = _in_review(), a_letter((1,), batch_id="f" * 32)

    with pytest.raises(NotMergeableError):
        plan_merge([(letter, 3), (letter, 3)])
    with pytest.raises(MergeAcrossBatchesError):
        plan_merge([(letter, 3), (foreign, 3)])
