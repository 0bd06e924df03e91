"""Two people decide about one letter at the same moment: one is told, and every page has one fate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

import pytest

from sozialakte.intake.desk.model import PageTurn, RejectReason, RescanReason
from sozialakte.intake.desk.rearrange_letters import Rearrange, Seen
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.ledger import ledger_of, page_accounts
from sozialakte.intake.letter import Destination, Letter
from sozialakte.intake.review import Decide
from sozialakte.intake.store import IntakeStore, StaleLetterError
from sozialakte.runtime.dynamo import Part
from sozialakte.shared.clock import utc_now
from tests.aws import INTAKE
from tests.batches import MAILROOM, OPEN
from tests.builders import BATCH_ID
from tests.desk import UNKNOWN, furnish
from tests.pipeline import Pipeline

COLLEAGUE = "ma-901"
Decision = Callable[[DeskStore, str, Sequence[Letter]], object]


class Hesitant(DeskStore):
    """Between reading and writing, somebody else does something."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__(INTAKE)
        self._meanwhile: Callable[[], object] | None = meanwhile

    def decide(self, decided: Sequence[tuple[Letter, Letter]], beside: Sequence[Part] = ()) -> None:
        meanwhile, self._meanwhile = self._meanwhile, None
        if meanwhile:
            meanwhile()
        super().decide(decided, beside)


def _pages(store: DeskStore, staff: str) -> Rearrange:
    return Rearrange(store, staff, utc_now())


def _decide(store: DeskStore, staff: str, letter: Letter) -> Decide:
    return Decide(store, letter.letter_id, letter.version, staff, utc_now())


def _seen(letter: Letter) -> Seen:
    return Seen(letter.letter_id, letter.version)


# Of two letters; each decision is (also) about the first.
DECISIONS: Mapping[str, Decision] = {
    "split": lambda store, staff, two: _pages(store, staff).split(_seen(two[0]), [2]),
    "merge": lambda store, staff, two: _pages(store, staff).merge([_seen(two[1]), _seen(two[0])]),
    "blank page": lambda store, staff, two: _pages(store, staff).set_blank(_seen(two[0]), [1]),
    "all blank": lambda store, staff, two: _pages(store, staff).set_blank(_seen(two[0]), [1, 2]),
    "turn": lambda store, staff, two: _decide(store, staff, two[0]).turn([PageTurn(1, 90)]),
    "assign": lambda store, staff, two: _decide(store, staff, two[0]).assign(OPEN),
    "forward": lambda store, staff, two: _decide(store, staff, two[0]).forward(Destination.NEW_CASE),
    "reject": lambda store, staff, two: _decide(store, staff, two[0]).reject(RejectReason.DUPLICATE),
    "new scan": lambda store, staff, two: _decide(store, staff, two[0]).order_rescan(RescanReason.CUT_OFF),
}


@pytest.fixture
def stage(aws: None) -> Pipeline:  # noqa: ARG001 (opens the tables)
    """Two letters wait for people; their pages need no pictures here."""
    stage = Pipeline()
    furnish("LLSL", [UNKNOWN] * 4)
    stage.forget()
    return stage


@pytest.fixture
def two(stage: Pipeline) -> Sequence[Letter]:  # noqa: ARG001 (furnishes it)
    return IntakeStore(INTAKE).letters_in_review(10).letters


FASTER = ("split", "merge", "assign", "reject")
"""One of each sort: pages go elsewhere, two letters are concerned, the letter leaves, it is put aside."""


def pages_with_a_fate(stage: Pipeline) -> list[int]:
    """The pages of the letters that count, after all that is done without reading."""
    while stage.round(("desk",)):
        pass
    found = IntakeStore(INTAKE).find_batch_with_letters(BATCH_ID)
    assert found
    batch, letters = found
    assert ledger_of(batch, letters).adds_up
    assert [account.page for account in page_accounts(batch, letters)] == [1, 2, 3, 4]
    return sorted(page for letter in letters if not letter.is_replaced for page in letter.pages)


@pytest.mark.parametrize(("first", "second"), list(product(FASTER, DECISIONS)))
def test_the_second_is_told_and_each_page_stays_in_one_letter(
    stage: Pipeline, two: Sequence[Letter], first: str, second: str
) -> None:
    store = Hesitant(lambda: DECISIONS[first](DeskStore(INTAKE), COLLEAGUE, two))

    with pytest.raises(StaleLetterError) as told:
        DECISIONS[second](store, MAILROOM, two)

    faster = told.value.current
    assert faster
    assert faster.history[-1].by == COLLEAGUE
    assert pages_with_a_fate(stage) == [1, 2, 4]


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_sent_again_changes_nothing(stage: Pipeline, two: Sequence[Letter], decision: str) -> None:
    DECISIONS[decision](DeskStore(INTAKE), MAILROOM, two)
    before = [IntakeStore(INTAKE).letter(letter.letter_id) for letter in two]

    DECISIONS[decision](DeskStore(INTAKE), MAILROOM, two)

    assert [IntakeStore(INTAKE).letter(letter.letter_id) for letter in two] == before
    assert pages_with_a_fate(stage) == [1, 2, 4]
