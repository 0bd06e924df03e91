"""The audit on a real table: entries are added once, found by day and by subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sozialakte.audit import AttemptNotRecordedError, AuditStore, entry_of, record_attempt
from sozialakte.audit.rows import item_of
from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import Item, Table
from sozialakte.shared.access import Action, Relation, Role, decide
from sozialakte.shared.attempts import Attempt
from tests.aws import AUDIT, rows

pytestmark = pytest.mark.usefixtures("aws")

AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SUBJECT = "batch#x"


def attempt(request_id: str, at: datetime = AT, subject: str = SUBJECT) -> Attempt:
    decision = decide([Role.MAILROOM], Relation.NONE, Action.READ_BATCH)
    return Attempt(request_id, at, "ma-200", frozenset({Role.MAILROOM}), subject, decision)


def test_entry_is_read_back_as_it_was_written() -> None:
    entry = entry_of(attempt("r-1"))

    AuditStore(AUDIT).record(entry)

    assert AuditStore(AUDIT).entries_of_day(TODAY, 10).entries == (entry,)


def test_entry_recorded_twice_is_one_entry() -> None:
    for _ in range(2):
        record_attempt(attempt("r-1"))

    assert len(rows(AUDIT)) == 1


def test_entries_of_a_day_come_in_order_of_time() -> None:
    times = [AT + timedelta(milliseconds=ms) for ms in (500, 0, 1, 1000, 999)]
    for number, at in enumerate(times):
        record_attempt(attempt(f"r-{number}", at))
    record_attempt(attempt("yesterday", AT - timedelta(days=1)))

    found = AuditStore(AUDIT).entries_of_day(TODAY, 10).entries

    assert [entry.at for entry in found] == sorted(times)


def test_entries_about_a_subject_come_newest_first_page_by_page() -> None:
    for hour in range(5):
        record_attempt(attempt(f"r-{hour}", AT + timedelta(days=hour)))
    record_attempt(attempt("other", subject="batch#y"))

    first = AuditStore(AUDIT).entries_about(SUBJECT, 3)
    rest = AuditStore(AUDIT).entries_about(SUBJECT, 3, first.next_cursor)

    assert [entry.request_id for entry in first.entries + rest.entries] == ["r-4", "r-3", "r-2", "r-1", "r-0"]


FORGED: dict[str, Item] = {
    "no day": {"pk": "DAY#x"},
    "no day of the calendar": {"pk": "DAY#2027-02-30"},
    "a partition of its own": {"pk": f"FORGED#{TODAY}"},
    "a day before its own": {"pk": f"DAY#{TODAY - timedelta(days=1)}"},
    "another time in the key": {"sk": "2026-11-21T08:31:00.000000+00:00#" + "0" * 32},
    "attributes missing": {"staff_id": None},
    "attributes of no entry": {"action": "look_away"},
}


@pytest.mark.parametrize("change", FORGED)
def test_a_row_that_has_not_our_form_is_no_entry_and_hides_none(change: str) -> None:
    """No seal would ever cover it, so nobody is shown it."""
    record_attempt(attempt("r-1"))
    row = {**item_of(entry_of(attempt("forged")), TODAY), **FORGED[change]}
    Table(AUDIT).put({name: value for name, value in row.items() if value is not None})

    found = AuditStore(AUDIT).entries_about(SUBJECT, 10).entries

    assert [entry.request_id for entry in found] == ["r-1"]


def test_an_entry_older_than_the_project_is_none() -> None:
    """The proof begins with the project's first year."""
    day = date(2025, 12, 31)
    Table(AUDIT).put(item_of(entry_of(attempt("forged", AT - timedelta(days=325))), day))

    assert AuditStore(AUDIT).entries_about(SUBJECT, 10).entries == ()


def test_entry_holds_ids_only() -> None:
    record_attempt(attempt("r-1"))

    (row,) = rows(AUDIT)
    assert set(row) == {
        "pk",
        "sk",
        "entry_id",
        "at",
        "request_id",
        "staff_id",
        "roles",
        "action",
        "subject",
        "relation",
        "role",
        "allowed",
    }


def test_times_of_any_zone_lie_on_their_utc_day() -> None:
    late = datetime.fromisoformat("2026-11-22T00:30:00+01:00")
    record_attempt(replace(attempt("r-1"), at=late))

    assert len(AuditStore(AUDIT).entries_of_day(TODAY, 10).entries) == 1


def test_attempt_that_cannot_be_written_is_an_error() -> None:
    client("dynamodb").delete_table(TableName=AUDIT)

    with pytest.raises(AttemptNotRecordedError):
        record_attempt(attempt("r-1"))
