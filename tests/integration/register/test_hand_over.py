"""A whole case load goes to somebody else: once, resumably, on its day, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sozialakte.register import Dossier, DossierStatus, DossierType, RegisterStore, StaffMember
from sozialakte.register.hand_over import Ordered, UnsuitableStaffError, hand_over
from sozialakte.register.runs import HandOver, RunState
from sozialakte.register.undo_run import undo_run
from sozialakte.shared.access import Relation
from sozialakte.shared.clock import midnight_in_zurich
from tests.aws import REGISTER, counted_calls, put_register

pytestmark = pytest.mark.usefixtures("aws")

TODAY, DAY = date(2026, 11, 22), date(2026, 12, 1)
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ORDER = HandOver("ma-1", "ma-2", DAY, "Austritt")
MANY = 300


def dossier(number: int, responsible: str | None = "ma-1") -> Dossier:
    return Dossier(f"SH-2026-{number:05d}", DossierType.ALIMONY, 2939, DossierStatus.OPEN, responsible)


@pytest.fixture
def store() -> RegisterStore:
    """Three members of staff; the first has three dossiers, the second one."""
    put_register(*(StaffMember(f"ma-{number}", "Name", "nord") for number in (1, 2, 3)))
    put_register(StaffMember("ma-9", "Name", "nord", active=False))
    put_register(dossier(1), dossier(2), dossier(3), dossier(4, "ma-2"), dossier(5, None))
    return RegisterStore(REGISTER)


def order(store: RegisterStore, at_most: int = 100, what: HandOver = ORDER) -> Ordered:
    return hand_over(store, what, "ma-3", NOW, TODAY, at_most)


def load(store: RegisterStore, staff_id: str, day: date) -> list[int]:
    """The numbers of somebody's dossiers."""
    return [int(one.dossier_id[-5:]) for one in store.dossiers_of_staff(staff_id, day)]


def test_everything_changes_hands_on_the_day_and_not_before(store: RegisterStore) -> None:
    ordered = order(store)

    assert (ordered.run.state, ordered.run.counts, ordered.left) == (RunState.DONE, {"dossiers": 3}, 0)
    assert load(store, "ma-1", date(2026, 11, 30)) == [1, 2, 3]
    assert (load(store, "ma-1", DAY), load(store, "ma-2", DAY)) == ([], [1, 2, 3, 4])
    assert store.find_recipient("SH-2026-00001", date(2026, 11, 30)).inbox == "ma-1"
    assert store.find_recipient("SH-2026-00001", DAY).inbox == "ma-2"
    assert store.relation_of("SH-2026-00001", "ma-2", midnight_in_zurich(DAY)) is Relation.RESPONSIBLE
    assert RegisterStore(REGISTER, DAY).get_dossier("SH-2026-00001").responsible == "ma-2"
    assert store.responsible_on("SH-2026-00001", TODAY) == "ma-1"
    assert store.responsible_on("SH-2026-99999", TODAY) is None


def test_the_same_order_again_changes_nothing(store: RegisterStore) -> None:
    first = order(store)
    assert order(store) == first


def test_the_same_order_later_takes_what_has_come_since_and_is_taken_back_as_one(store: RegisterStore) -> None:
    first = order(store)
    put_register(dossier(6))

    later = order(store)

    assert (later.run.run_id, later.run.state, later.run.counts) == (first.run.run_id, RunState.DONE, {"dossiers": 4})
    assert (load(store, "ma-1", DAY), load(store, "ma-2", DAY)) == ([], [1, 2, 3, 4, 6])
    assert undo_run(store, first.run.run_id).restored == 4
    assert load(store, "ma-1", DAY) == [1, 2, 3, 6]


def test_an_order_that_is_being_taken_back_does_not_end_as_done(store: RegisterStore) -> None:
    run = order(store).run
    undo_run(store, run.run_id, at_most=1)

    assert store.runs.settle(run, RunState.DONE).state is RunState.UNDOING
    assert store.runs.settle(run, RunState.RUNNING).state is RunState.UNDOING


def test_hundreds_of_dossiers_go_in_as_many_requests_as_needed(store: RegisterStore) -> None:
    put_register(*(dossier(number) for number in range(10, 10 + MANY - 3)))

    states = [(one.run.state, one.left) for one in (order(store, 125) for _ in range(3))]

    assert states == [(RunState.RUNNING, 175), (RunState.RUNNING, 50), (RunState.DONE, 0)]
    assert order(store).run.counts == {"dossiers": MANY}
    assert len(load(store, "ma-2", DAY)) == MANY + 1


def test_both_are_told_how_many(store: RegisterStore) -> None:
    run = order(store).run
    for staff_id in ("ma-1", "ma-2"):
        with counted_calls() as calls:
            assert store.runs.handovers_of(staff_id) == (run,)
        assert calls == ["Query", "BatchGetItem"]
    assert store.runs.handovers_of("ma-3") == ()


def test_what_is_planned_already_goes_along_and_what_leaves_before_does_not(store: RegisterStore) -> None:
    order(store, what=HandOver("ma-2", "ma-1", date(2026, 11, 25), "Rochade"))
    order(store, what=HandOver("ma-1", "ma-3", date(2026, 12, 24), "Ferien"))

    assert load(store, "ma-3", date(2026, 12, 24)) == [1, 2, 3, 4]
    assert (load(store, "ma-1", date(2026, 11, 25)), load(store, "ma-1", DAY)) == ([1, 2, 3, 4], [1, 2, 3, 4])


def test_a_hand_over_is_taken_back_but_not_what_was_decided_since(store: RegisterStore) -> None:
    run = order(store).run
    put_register(dossier(2, "ma-3"), on=DAY)

    undone = undo_run(store, run.run_id)

    assert (undone.run.state, undone.restored) == (RunState.PARTLY_UNDONE, 2)
    assert [refused.entry for refused in undone.refused] == ["dossier#SH-2026-00002"]
    assert (load(store, "ma-1", DAY), load(store, "ma-3", DAY)) == ([1, 3], [2])


def test_taking_back_goes_in_as_many_requests_as_needed(store: RegisterStore) -> None:
    run = order(store).run
    found = [undo_run(store, run.run_id, at_most=2) for _ in range(2)]
    assert [(one.run.state, one.restored, one.left) for one in found] == [
        (RunState.UNDOING, 2, 1),
        (RunState.UNDONE, 3, 0),
    ]


def test_what_was_taken_back_can_be_ordered_again(store: RegisterStore) -> None:
    run = order(store).run
    undo_run(store, run.run_id)
    again = order(store)
    assert (again.run.run_id, again.run.counts) == (f"{run.run_id}-2", {"dossiers": 3})


def test_a_dossier_given_back_while_the_order_goes_on_stays_where_it_is(store: RegisterStore) -> None:
    assert order(store, at_most=2).left == 1
    put_register(dossier(1, "ma-3"), on=TODAY)
    put_register(dossier(1, "ma-1"), on=DAY)

    assert order(store).run.state is RunState.DONE
    assert load(store, "ma-1", DAY) == [1]


@pytest.mark.parametrize("successor", ["ma-1", "ma-9", "ma-404"])
def test_nobody_takes_over_who_cannot(store: RegisterStore, successor: str) -> None:
    with pytest.raises(UnsuitableStaffError):
        order(store, what=HandOver("ma-1", successor, DAY, "Austritt"))
    assert store.runs.handovers_of("ma-1") == ()
