"""After a standstill a release asks whether an emergency file waits to be imported: else its payments go out twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from sozialakte.payments.runs.run import RELEASED, PaymentRun, RunState
from sozialakte.payments.runs.standstills import STILL_AFTER, Standstill, Standstills
from sozialakte.payments.runs.store import RunStore
from tests.aws import PAYMENTS
from tests.http_calls import Answer, Call
from tests.office import furnish
from tests.pipeline import Pipeline
from tests.runs import RELEASED_AT, RELEASER, RUN, add_approved, check_sample, start_run

pytestmark = pytest.mark.usefixtures("aws")
QUARTER = timedelta(minutes=15)
CALLED_AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
"""When `Call` comes."""


def state_written(at: datetime) -> None:
    with patch("functions.payments.export_state.utc_now", return_value=at):
        Pipeline().call("functions.payments.export_state", {})


def ready() -> PaymentRun:
    """A run that could be released."""
    furnish()
    add_approved(1)
    start_run()
    Pipeline().run()
    return check_sample()


def asked(method: str, path: str, body: object = None) -> Answer:
    from functions.payments.api import handler  # noqa: PLC0415 (after the environment is there)

    return Call(method, path, RELEASER, "[paymentrelease]", body=body).to(handler)


def test_a_platform_that_wrote_its_states_did_not_stand_still() -> None:
    assert not Standstill().is_open(RELEASED_AT), "it has never run"
    for quarters in range(5):
        state_written(RELEASED_AT + quarters * QUARTER)

    known = Standstills(PAYMENTS).get()

    assert known == Standstill(written=RELEASED_AT + 4 * QUARTER)
    assert not known.is_open(RELEASED_AT + 4 * QUARTER + STILL_AFTER)
    assert known.is_open(RELEASED_AT + 5 * QUARTER + STILL_AFTER), "it stands still now"


def test_a_standstill_is_known_until_somebody_has_said_that_nothing_is_open() -> None:
    back = RELEASED_AT + timedelta(hours=3)
    for at in (RELEASED_AT, back, back + QUARTER, back + 2 * QUARTER):
        state_written(at)
    states = Standstills(PAYMENTS)
    now = back + 2 * QUARTER

    assert states.get() == Standstill(now, back)
    assert states.get().is_open(now)
    assert not Standstill(now, back, said=now).is_open(now)
    assert Standstill(now, back, said=back - QUARTER).is_open(now), "that was about the one before"


def test_the_release_after_a_standstill_asks_and_keeps_what_was_said() -> None:
    run = ready()
    state_written(CALLED_AT - timedelta(hours=4))
    state_written(CALLED_AT - timedelta(minutes=10))
    path, body = f"/payments/runs/{RUN}/release", {"version": run.version}

    page = str(asked("GET", f"/payments/books/runs/{RUN}").body["html"])
    silent = asked("POST", path, body)
    told = asked("POST", path, {**body, "no_emergency_open": True})
    again = asked("POST", path, {**body, "no_emergency_open": True})

    assert "Die Plattform stand still" in page
    assert "no_emergency_open" in page
    assert (silent.status, told.status, again.status) == (409, 200, 200), silent.body
    assert "zuerst importieren" in str(silent.body)
    after = RunStore(PAYMENTS).get(RUN)
    (act,) = [act for act in after.acts if act.what == RELEASED]
    assert (after.state, act.by) == (RunState.RELEASED, RELEASER)
    assert "Notfalldatei" in str(act.reason)
    assert not Standstills(PAYMENTS).get().is_open(CALLED_AT)


def test_without_a_standstill_nobody_is_asked() -> None:
    run = ready()
    state_written(CALLED_AT - QUARTER)

    page = str(asked("GET", f"/payments/books/runs/{RUN}").body["html"])
    released = asked("POST", f"/payments/runs/{RUN}/release", {"version": run.version})

    assert "stand still" not in page
    assert released.status == 200
    assert RunStore(PAYMENTS).get(RUN).last_act.reason is None
