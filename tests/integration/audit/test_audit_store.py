"""The audit on a real table: entries are added once, found by day and by subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sozialakte.audit import AttemptNotRecordedError, AuditStore, entry_of, record_attempt
from sozialakte.runtime.aws import client
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
