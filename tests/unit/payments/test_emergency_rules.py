"""When an emergency file may be made of a state, and what lies beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sozialakte.payments.runs.bank_file import in_parts
from sozialakte.payments.runs.emergency import EmergencyRefusedError, emergency
from sozialakte.payments.runs.emergency_release import (
    BrokenReleaseError,
    EmergencyRelease,
    ReleasedFile,
    read_release,
    write_release,
)
from sozialakte.payments.runs.emergency_rules import CLOCKS, FRESH, EmergencyWish, against_emergency, run_for
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.run import RunState, run_id_of
from sozialakte.payments.runs.state import KnownRun, Owed, PaymentState, StateHeader, read_state, write_state
from tests.aws import PAYING_ACCOUNT
from tests.runs import DAY, DUE_UNTIL, NOW, RELEASER, RUN, an_order

OTHER_DAY = DAY + timedelta(days=1)
OTHER_RUN = run_id_of(OTHER_DAY, 1)
OLD_RUN = "R20261110-01"
OWN = PayingAccount(**PAYING_ACCOUNT)
SENT = KnownRun(OLD_RUN, date(2026, 11, 10), DUE_UNTIL, RunState.EXPORTED, files=(f"{OLD_RUN}-1",))
WISH = EmergencyWish(DAY, DUE_UNTIL, RELEASER, f"{OLD_RUN}-1", NOW + timedelta(minutes=20))


def known(run_id: str, day: date, state: RunState = RunState.CHECKING) -> KnownRun:
    """An unfinished run."""
    return KnownRun(run_id, day, DUE_UNTIL, state)


def header(*runs: KnownRun) -> StateHeader:
    """Of a state that knows of these."""
    return StateHeader(NOW, "Stadt", (OWN,), runs)


def codes(head: StateHeader, wish: EmergencyWish = WISH) -> list[str]:
    return [reason.code for reason in against_emergency(head, wish)]


def released(run_id: str, **what: object) -> EmergencyRelease:
    """An emergency of the state that was made before."""
    files = (ReleasedFile(f"{run_id}-1", "0" * 64),)
    return replace(EmergencyRelease(run_id, DAY, RELEASER, NOW, NOW, None, files), **what)  # type: ignore[arg-type] # of it


def test_a_state_that_knows_the_last_file_at_the_bank_is_good() -> None:
    assert codes(header(SENT)) == []
    assert codes(header(SENT, known(RUN, DAY))) == []
    assert codes(header(), replace(WISH, last_at_bank=None)) == []


@pytest.mark.parametrize("last", [f"{RUN}-1", f"{OLD_RUN}-2", "R20991231-99-1"])
def test_a_state_that_is_older_than_the_last_file_pays_nobody(last: str) -> None:
    assert codes(header(SENT), replace(WISH, last_at_bank=last)) == ["emergency.last_is_unknown"]


def test_the_last_file_must_be_one_of_ours_and_none_is_none() -> None:
    assert codes(header(SENT), replace(WISH, last_at_bank="x'; drop")) == ["emergency.last_is_foreign"]
    assert codes(header(SENT), replace(WISH, last_at_bank=None)) == ["emergency.bank_shows_none"]


def test_a_run_whose_file_the_bank_has_is_not_sent_again() -> None:
    wish = replace(WISH, last_at_bank=f"{RUN}-1")

    assert codes(header(SENT, known(RUN, DAY, RunState.RELEASED)), wish) == ["emergency.sent_already"]


def test_a_withdrawn_file_is_none_that_the_bank_has() -> None:
    withdrawn = replace(SENT, state=RunState.CANCELLED)

    assert codes(header(withdrawn), replace(WISH, last_at_bank=None)) == []
    assert codes(header(withdrawn)) == ["emergency.last_is_withdrawn"], "somebody carried it there all the same"
    again = header(replace(withdrawn, run_id=RUN, execution_day=DAY))
    assert run_for(again, DAY) == ("R20261130-02", None), "its number is used"


def test_another_day_is_not_paid_while_a_run_is_open() -> None:
    (refused,) = against_emergency(header(SENT, known(RUN, DAY)), replace(WISH, execution_day=OTHER_DAY))

    assert (refused.code, refused.params) == ("emergency.other_day", {"run_id": RUN, "day": "30.11.2026"})


def test_two_open_runs_are_paid_one_after_the_other_from_the_same_state() -> None:
    head = header(SENT, known(RUN, DAY), known(OTHER_RUN, OTHER_DAY))
    second = replace(WISH, execution_day=OTHER_DAY, last_at_bank=f"{RUN}-1")

    assert codes(head) == []
    assert codes(head, replace(second, before=(released(RUN),))) == []
    assert codes(head, second) == ["emergency.last_is_unknown"], "perhaps the platform sent it itself"
    newer = released(RUN, state_as_of=NOW + timedelta(minutes=1))
    assert codes(head, replace(second, before=(newer,))) == [
        "emergency.last_is_unknown",
        "emergency.made_before",
    ]


def test_a_second_file_is_made_only_if_the_state_knows_the_first() -> None:
    two_open = header(SENT, known(RUN, DAY), known(OTHER_RUN, OTHER_DAY))

    assert codes(header(SENT), replace(WISH, before=(released(OTHER_RUN),))) == ["emergency.made_before"]
    assert codes(header(SENT), replace(WISH, before=(released(OLD_RUN),))) == [], "it was imported"
    assert codes(header(SENT), replace(WISH, before=(released(RUN),))) == [], "the same once more"
    assert codes(two_open, replace(WISH, before=(released(OTHER_RUN),))) == [], "they share no invoice"


def test_an_old_state_is_taken_only_by_somebody_who_knows_that_it_is_old() -> None:
    late = replace(WISH, at=NOW + FRESH + timedelta(seconds=1))

    assert codes(header(SENT), replace(late, at=NOW + FRESH)) == []
    assert codes(header(SENT), late) == ["emergency.old_state"]
    assert codes(header(SENT), replace(late, old_state=True)) == []


def test_a_state_of_the_future_says_nothing_about_its_age() -> None:
    early = replace(WISH, at=NOW - CLOCKS - timedelta(seconds=1))
    (refused,) = against_emergency(header(SENT), replace(early, old_state=True))

    assert refused.params == {"as_of": "27.11.2026 09:00 UTC", "now": "27.11.2026 08:54 UTC"}
    assert codes(header(SENT), early) == ["emergency.future_state"]
    assert codes(header(SENT), replace(WISH, at=NOW - CLOCKS)) == []


def test_what_is_in_another_open_run_is_counted() -> None:
    orders = in_parts((an_order(number) for number in range(1, 6)), [OWN])
    owed = tuple(Owed(order, OTHER_RUN if place < 2 else RUN) for place, order in enumerate(orders))
    state = PaymentState(header(SENT, known(RUN, DAY), known(OTHER_RUN, OTHER_DAY)), owed)

    made = emergency(state, WISH)

    assert (len(made.book.orders), made.elsewhere) == (3, {OTHER_RUN: 2})
    with pytest.raises(EmergencyRefusedError):
        emergency(state, replace(WISH, last_at_bank=f"{OLD_RUN}-7"))


def test_a_state_keeps_the_files_of_its_runs() -> None:
    state = PaymentState(header(SENT), ())

    assert read_state(write_state(state)) == state


def test_who_released_is_read_as_it_was_written() -> None:
    release = released(RUN, last_at_bank=f"{OLD_RUN}-1", releaser="<b>Müller</b>")

    assert read_release(write_release(release)) == release


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", write_release(released(RUN)).replace(b"Z", b"")])
def test_what_does_not_say_who_released_is_refused(body: bytes) -> None:
    with pytest.raises(BrokenReleaseError):
        read_release(body)
