"""Open tasks follow a case load, and who gave it away sees nothing more of it unless it is still their business."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from functions.dossiers.api import handler
from sozialakte.dossiers.edits import Edit
from sozialakte.dossiers.hand_inbox_over import AT_ONCE
from sozialakte.dossiers.work import Task
from sozialakte.dossiers.work_store import WorkStore
from sozialakte.register import RegisterStore, Seal
from sozialakte.register.hand_over import hand_over
from sozialakte.register.runs import HandOver
from tests.aws import DOSSIERS, REGISTER
from tests.http_calls import Answer, Call
from tests.office import (
    CLERK,
    COLLEAGUE,
    DEPUTY,
    DOSSIER,
    FILED,
    REASON,
    RECEIVED,
    RESPONSIBLE,
    SEALED,
    STRANGER,
    TASK,
    file_document,
    furnish_access,
    furnish_register,
    furnish_work,
)

DAY = date(2026, 11, 21)
TASK_PATH = f"/dossiers/{DOSSIER}/tasks/{TASK}"


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    """The responsible person has a task and a new document."""
    furnish_register()
    file_document(FILED)
    furnish_work()


def case_load_goes_to(staff_id: str) -> None:
    """All of it, from today on."""
    hand_over(RegisterStore(REGISTER), HandOver(RESPONSIBLE, staff_id, DAY, "Austritt"), COLLEAGUE, RECEIVED, DAY, 100)


def ask(method: str, path: str, staff: str, body: object = None, **query: str) -> Answer:
    return Call(method, path, staff, "[caseworker teamlead]", query or None, body).to(handler)


def tasks_over(to: str, **query: str) -> Answer:
    """As the lead of the predecessor's team."""
    return ask("POST", "/dossiers/tasks/handover", COLLEAGUE, {"to": to}, inbox=RESPONSIBLE, **query)


def tasks(staff: str) -> list[Mapping[str, object]]:
    found = ask("GET", "/dossiers/tasks", staff).body["tasks"]
    assert isinstance(found, list)
    return found


def inbox(staff: str, state: str = "new") -> int:
    """So many entries of the predecessor's inbox somebody is shown; as many as they are told there are."""
    query = {"inbox": RESPONSIBLE}
    entries = ask("GET", "/dossiers/inbox", staff, state=state, **query).body["entries"]
    if state == "new":
        assert ask("GET", "/dossiers/inbox/counts", staff, **query).body["new"] == len(entries)  # type: ignore[arg-type]
    return len(entries)  # type: ignore[arg-type]


def test_open_tasks_go_to_who_took_over_once() -> None:
    case_load_goes_to(STRANGER)

    first, second = tasks_over(STRANGER), tasks_over(STRANGER)

    assert (first.status, first.body) == (200, {"moved": 1, "kept": 0, "next": None})
    assert second.body == {"moved": 0, "kept": 0, "next": None}
    (task,) = tasks(STRANGER)
    assert (task["task_id"], task["changed"]["by"], task["version"]) == (TASK, COLLEAGUE, 2)  # type: ignore[index]
    assert tasks(RESPONSIBLE) == []


def test_what_is_done_stays_and_what_the_successor_may_not_see_too() -> None:
    assert tasks_over(STRANGER).body == {"moved": 0, "kept": 1, "next": None}, "the dossier is still here"
    ask("POST", f"{TASK_PATH}/completion", RESPONSIBLE, {"version": 1})
    case_load_goes_to(STRANGER)

    assert tasks_over(STRANGER).body == {"moved": 0, "kept": 0, "next": None}


def test_many_tasks_go_page_by_page() -> None:
    edit = Edit(RESPONSIBLE, RECEIVED, ("created",))
    for number in range(AT_ONCE):
        due = DAY + timedelta(days=number)
        WorkStore(DOSSIERS).add_task(
            Task(DOSSIER, f"{number:032x}", "x", due, RESPONSIBLE, RESPONSIBLE, RECEIVED, edit)
        )
    case_load_goes_to(STRANGER)

    first = tasks_over(STRANGER)
    second = tasks_over(STRANGER, cursor=str(first.body["next"]))

    assert [answer.body["moved"] for answer in (first, second)] == [AT_ONCE, 1]
    assert second.body["next"] is None


def test_a_sealed_dossiers_task_stays_and_is_not_counted() -> None:
    furnish_access()
    RegisterStore(REGISTER).access.decide(Seal(DOSSIER, (STRANGER,), REASON, DEPUTY, RECEIVED, 1))

    body = tasks_over(COLLEAGUE).body

    assert SEALED not in str(body)
    assert (body["moved"], body["kept"]) == (1, 0), "only the one of the dossier with broken glass is known of"


def test_nobody_hands_over_to_the_same_person_or_from_another_team() -> None:
    assert tasks_over(RESPONSIBLE).wrong_fields == ["body.to"]
    assert ask("POST", "/dossiers/tasks/handover", STRANGER, {"to": DEPUTY}, inbox=RESPONSIBLE).status == 403


@pytest.mark.parametrize("viewer", [RESPONSIBLE, COLLEAGUE])
def test_after_a_take_over_by_another_team_nothing_of_it_is_shown_or_counted(viewer: str) -> None:
    assert inbox(viewer) == 1
    case_load_goes_to(STRANGER)

    assert inbox(viewer) == 0
    assert tasks(RESPONSIBLE) == []
    file_document("9" * 32, filed_at=RECEIVED + timedelta(days=1))
    assert inbox(viewer) == 1, "what came to this inbox since was meant for it"


def test_who_still_has_to_do_with_the_dossier_goes_on_seeing_it() -> None:
    case_load_goes_to(COLLEAGUE)

    assert (inbox(RESPONSIBLE), inbox(COLLEAGUE), len(tasks(RESPONSIBLE))) == (1, 1, 1)


def test_what_was_done_before_the_take_over_leaves_the_list_too() -> None:
    ask("POST", f"/dossiers/{DOSSIER}/documents/{FILED}/completion", RESPONSIBLE, {"version": 1})
    assert inbox(RESPONSIBLE, "done") == 1
    case_load_goes_to(STRANGER)

    assert inbox(RESPONSIBLE, "done") == 0


def test_the_office_sees_all_that_lies_in_its_inbox() -> None:
    file_document("9" * 32, inbox="office")
    case_load_goes_to(STRANGER)

    office = {"query": {"inbox": "office"}, "groups": "[mailroom]"}
    assert len(Call("GET", "/dossiers/inbox", CLERK, **office).to(handler).body["entries"]) == 1  # type: ignore[arg-type]
    assert Call("GET", "/dossiers/inbox/counts", CLERK, **office).to(handler).body["new"] == 1  # type: ignore[arg-type]


def revise(staff: str = RESPONSIBLE, version: int = 1, **body: str) -> Answer:
    return ask("POST", f"{TASK_PATH}/content", staff, {"version": version, **body})


def test_text_and_day_of_a_task_are_changed_and_what_is_left_out_stays() -> None:
    answer = revise(text="Zuerst <b>anrufen</b>")
    again = revise(version=2, due="2026-12-24")

    assert (answer.body["text"], answer.body["due"], answer.body["version"]) == (
        "Zuerst <b>anrufen</b>",
        "2026-11-30",
        2,
    )
    assert (again.body["due"], again.body["changed"]["what"]) == ("2026-12-24", ["Termin"])  # type: ignore[index]
    assert tasks(RESPONSIBLE)[0]["due"] == "2026-12-24", "the list is in the order of the days"


def test_the_same_change_again_is_one_and_of_another_one_is_told() -> None:
    first = revise(text="Anders", due="2026-12-24")

    assert revise(text="Anders", due="2026-12-24").body == first.body
    conflict = revise(COLLEAGUE, text="Ganz anders")
    assert (conflict.status, conflict.body["by"], conflict.body["what"]) == (409, RESPONSIBLE, "text, due")
    assert "Text, Termin" in str(conflict.body["detail"])


def test_a_task_is_changed_by_who_has_to_do_with_the_dossier() -> None:
    assert revise(STRANGER, text="Anders").status == 403
    assert revise(text="").wrong_fields == ["body.text"]
    assert ask("POST", f"/dossiers/{DOSSIER}/tasks/{'0' * 32}/content", RESPONSIBLE, {"version": 1}).status == 404
