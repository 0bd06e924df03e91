"""What people do in the register; when an answer is lost they send it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sozialakte.register.hand_over import hand_over
from sozialakte.register.model import Absence, StaffMember
from sozialakte.register.runs import HandOver
from sozialakte.register.store import RegisterStore
from tests.aws import REGISTER, put_register
from tests.batches import CASE_WORKER, CLOSED, OPEN
from tests.http_calls import Call

if TYPE_CHECKING:
    from tests.crash.scenarios import Run

FUNCTION = "functions.register.api"
SUCCESSOR, LEAD = "ma-102", "ma-103"
TODAY, LATER = "2026-11-21", "2026-12-01"
WHY = {"reason": "Pensum", "version": 1}
ABSENCE = {"first_day": "2026-12-21", "last_day": "2027-01-03"}
STAFF = f"/register/staff/{CASE_WORKER}"


def a_dossier_is_closed(run: Run) -> None:
    """From today on."""
    _ask(run, f"/register/dossiers/{OPEN}/closing", {"day": TODAY, **WHY})


def a_dossier_is_reopened(run: Run) -> None:
    """On a day to come."""
    _ask(run, f"/register/dossiers/{CLOSED}/reopening", {"day": LATER, **WHY})


def a_dossier_is_given(run: Run) -> None:
    """On a day to come."""
    _ask(run, f"/register/dossiers/{OPEN}/responsible", {"to": SUCCESSOR, "day": LATER, **WHY})


def an_absence_is_entered(run: Run) -> None:
    """Once."""
    _ask(run, f"{STAFF}/absences", ABSENCE)


def an_absence_is_withdrawn(run: Run) -> None:
    """After it was entered."""
    put_register(Absence(CASE_WORKER, date(2026, 12, 21), date(2027, 1, 3)))
    _ask(run, f"{STAFF}/absences/withdrawal", {"first_day": ABSENCE["first_day"]})


def a_case_load_is_handed_over(run: Run) -> None:
    """Three dossiers."""
    _ask(run, f"{STAFF}/handover", {"to": SUCCESSOR, "day": LATER, "reason": "Austritt"})


def a_case_load_is_taken_back(run: Run) -> None:
    """After it was handed over."""
    _office()
    order = HandOver(CASE_WORKER, SUCCESSOR, date(2026, 12, 1), "Austritt")
    now = datetime(2026, 11, 21, 8, tzinfo=UTC)
    handed = hand_over(RegisterStore(REGISTER), order, LEAD, now, now.date(), at_most=10)
    _ask(run, f"/register/handovers/{handed.run.run_id}/undo", {})


def _office() -> None:
    put_register(StaffMember(SUCCESSOR, "Test Neu", "nord"), StaffMember(LEAD, "Test Leitung", "nord"))


def _call(path: str, body: Mapping[str, object]) -> Call:
    return Call("POST", path, LEAD, "[teamlead]", body=body)


def _ask(run: Run, path: str, body: Mapping[str, object]) -> None:
    _office()
    for _ in range(3):
        answer = run.call(FUNCTION, _call(path, body).event())
        if isinstance(answer, Mapping) and answer["statusCode"] == 200:
            break
    run.run()


REGISTER_ROUTES: Mapping[str, tuple[str, Callable[[Run], None]]] = {
    "POST /register/dossiers/{dossier_id}/closing": (FUNCTION, a_dossier_is_closed),
    "POST /register/dossiers/{dossier_id}/reopening": (FUNCTION, a_dossier_is_reopened),
    "POST /register/dossiers/{dossier_id}/responsible": (FUNCTION, a_dossier_is_given),
    "POST /register/staff/{staff_id}/absences": (FUNCTION, an_absence_is_entered),
    "POST /register/staff/{staff_id}/absences/withdrawal": (FUNCTION, an_absence_is_withdrawn),
    "POST /register/staff/{staff_id}/handover": (FUNCTION, a_case_load_is_handed_over),
    "POST /register/handovers/{handover_id}/undo": (FUNCTION, a_case_load_is_taken_back),
}
