"""Every other play of the rehearsal, in small: whatever goes wrong, nobody is unpaid, nobody is paid twice."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.rehearsal.__main__ import OF_A_VARIANT, PAYMENTS
from tests.rehearsal.month_end import MonthEnd
from tests.rehearsal.play import Play, RehearsalError
from tests.rehearsal.plays import MAIN, PLAYS, OtherDay, ReturnedFirst
from tests.rehearsal.proof import Proof, prove
from tests.rehearsal.stage import played

COUNT = 45
OTHERS = [kind for name, kinds in PLAYS.items() if name != MAIN for kind in kinds if not issubclass(kind, MonthEnd)]
REFUSED_TWICE = [kind for kind in PLAYS["duplicate-words"] if kind.habits != MonthEnd.habits]


def proven(kind: type[Play], count: int = COUNT) -> tuple[Proof, list[str]]:
    told: list[str] = []
    with played(kind, count, 11, told.append) as play:
        return prove(play.invoices, play.bank.sums(), play.watch), told


@pytest.mark.parametrize("kind", [*OTHERS, *REFUSED_TWICE], ids=lambda kind: kind.__name__)
def test_nobody_is_unpaid_nobody_is_paid_twice_and_the_books_agree(kind: type[Play]) -> None:
    proof, told = proven(kind)

    assert proof.holds, {what: which for what, which in proof.wrong.items() if which}
    assert proof.paid + proof.back.total() == proof.received == COUNT + 2
    assert told


def test_what_the_bank_did_otherwise_is_in_the_list_of_what_is_odd_and_in_the_books() -> None:
    proof, _ = proven(ReturnedFirst)

    assert proof.odd > 0
    assert proof.ledger_total + proof.difference == proof.journal_total
    assert proof.difference < 0, "the creditors have less than the bills say"


def test_a_play_that_does_not_go_as_it_must_breaks_off() -> None:
    class _NoRefusal(OtherDay):
        def command(self, arguments: object) -> tuple[int, str]:
            return 0, f"{arguments}"

    with pytest.raises(RehearsalError, match="nicht abgelehnt"):
        proven(_NoRefusal)


def test_all_plays_have_titles_of_their_own_and_the_month_end_is_of_thousands() -> None:
    titles = Counter(kind.title for kinds in PLAYS.values() for kind in kinds)

    assert set(titles.values()) == {1}
    assert next(iter(PLAYS)) == MAIN
    assert PAYMENTS == 11_000 > OF_A_VARIANT
