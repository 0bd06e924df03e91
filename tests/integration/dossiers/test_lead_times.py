"""Lead times are counted with the step itself, once, and read for a team or all, in at most two queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from pydantic import TypeAdapter

from functions.dossiers.api import handler as dossiers_api
from functions.dossiers.file_document import handler as file_document
from sozialakte.dossiers import FileDocument, InboxStore, LeadTimes
from sozialakte.dossiers.edits import ChangedMeanwhileError
from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.inbox_store import entry_parts
from sozialakte.dossiers.lead_times import Cell, LeadStep, Span, Spread
from sozialakte.register.model import StaffMember
from sozialakte.runtime.dynamo import transact
from sozialakte.shared.clock import utc_now
from sozialakte.shared.reasons import Reason
from tests.aws import DOSSIERS, counted_calls, keep_letter_file, put_register
from tests.builders import DOSSIER, STAFF, a_dossier, a_file_document, a_letter
from tests.http_calls import Call
from tests.lambda_events import Context, failed_ids, sqs_event

pytestmark = pytest.mark.usefixtures("aws")

CONTENT = b"a letter as it was cut"
LETTER = a_letter()
STEP = LeadStep.TO_INBOX
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def register(aws: None) -> None:  # noqa: ARG001 # the register needs its table first
    put_register(
        StaffMember(STAFF, "Anna Beispiel", "nord"),
        StaffMember("ma-900", "Lea Leitung", "nord"),
        a_dossier(responsible=STAFF),
    )


def message(received_at: datetime) -> FileDocument:
    version = keep_letter_file(LETTER.original.key, CONTENT)
    original = replace(LETTER.original, version_id=version)
    asked = a_file_document(replace(LETTER, sha256=sha256(CONTENT).hexdigest(), original=original))
    return asked.model_copy(update={"received_at": received_at, "kind": "bill"})


def counted() -> dict[Cell, Spread]:
    return LeadTimes(DOSSIERS).between(date(2026, 1, 1), date(2030, 1, 1))


def spans() -> dict[Cell, dict[Span, int]]:
    return {cell: dict(spread.counts) for cell, spread in counted().items()}


def entry_on(day: date, number: int, team: str = "team-nord") -> InboxEntry:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    letter_id = f"{number:032x}-0001-0001"
    return InboxEntry(
        STAFF, letter_id, DOSSIER, "bill", 1, at - timedelta(hours=30), at, Reason("page.letter"), team=team
    )


def filed(entry: InboxEntry) -> InboxEntry:
    transact(entry_parts(DOSSIERS, None, entry))
    return entry


def test_filing_counts_the_way_from_the_post_for_the_team_once_however_often_it_is_delivered() -> None:
    event = sqs_event(message(utc_now() - timedelta(days=2, hours=5)).to_json())
    for _ in range(3):
        assert failed_ids(file_document(event, Context())) == []

    assert spans() == {Cell("team-nord", "bill", STEP): {Span.D3: 1}}
    (spread,) = counted().values()
    assert spread.mean_hours == pytest.approx(53, abs=0.2)


def test_old_documents_count_nothing() -> None:
    old = message(utc_now()).model_copy(update={"for_inbox": False})
    file_document(sqs_event(old.to_json()), Context())

    assert counted() == {}


def test_completion_counts_once_also_after_reopening_and_asked_twice() -> None:
    file_document(sqs_event(message(utc_now()).to_json()), Context())
    path = f"/dossiers/{DOSSIER}/documents/{LETTER.letter_id}"
    for step, version in [("completion", 1), ("completion", 1), ("reopening", 2), ("completion", 3)]:
        call = Call("POST", f"{path}/{step}", STAFF, body={"version": version})
        assert call.to(dossiers_api).status == 200

    assert spans()[Cell("team-nord", "bill", LeadStep.TO_DONE)] == {Span.H4: 1}
    entry = InboxStore(DOSSIERS).get(LETTER.letter_id)
    assert entry.first_done_at is not None
    assert entry.version == 4


def test_who_is_too_late_counts_nothing() -> None:
    entry = filed(entry_on(date(2026, 3, 2), 1))
    now = entry.filed_at + timedelta(days=1)
    InboxStore(DOSSIERS).save(entry, entry.done(STAFF, now, "team-nord"))

    with pytest.raises(ChangedMeanwhileError):
        InboxStore(DOSSIERS).save(entry, entry.done("ma-900", now, "team-nord"))

    assert spans()[Cell("team-nord", "bill", LeadStep.TO_DONE)] == {Span.D1: 1}


def test_days_and_teams_are_told_apart_over_the_end_of_a_year() -> None:
    days = [date(2025, 12, 30), date(2025, 12, 31), NEW_YEAR, date(2026, 1, 2)]
    for number, day in enumerate(days):
        filed(entry_on(day, number))
    filed(entry_on(NEW_YEAR, 90, "team-nord-ost"))
    filed(entry_on(NEW_YEAR, 91, "office"))
    store = LeadTimes(DOSSIERS)

    north = store.between(days[1], days[2], "team-nord")
    everybody = store.between(days[1], days[2])

    assert {cell.team: spread.count for cell, spread in north.items()} == {"team-nord": 2}
    assert {cell.team: spread.count for cell, spread in everybody.items()} == {
        "team-nord": 2,
        "team-nord-ost": 1,
        "office": 1,
    }


def test_the_route_needs_two_queries_over_two_quarters_and_no_scan() -> None:
    for number in range(40):
        filed(entry_on(date(2026, 1, 1) + timedelta(days=number % 3), number))
    query = {"since": "2025-12-01", "until": "2026-01-31"}
    call = Call("GET", "/dossiers/leadtimes", "ma-900", "[teamlead]", query)

    with counted_calls() as calls:
        answer = call.to(dossiers_api)

    assert answer.status == 200
    assert calls.count("Query") <= 2
    assert "Scan" not in calls
    (whole, bills) = TypeAdapter(list[dict[str, object]]).validate_python(answer.body["leadtimes"])
    assert (whole["kind"], whole["count"], bills["count"]) == ("all", 40, 40)
    assert (bills["team"], bills["median"], bills["percent_within_target"]) == ("team-nord", "two_days", 0)


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-01-02", "2026-01-01"), ("2026-01-01", "2026-04-01"), ("1.1.2026", "2026-01-02"), ("", "2026-01-02")],
)
def test_days_that_make_no_sense_are_refused(since: str, until: str) -> None:
    query = {"since": since, "until": until}

    assert Call("GET", "/dossiers/leadtimes", "ma-900", "[teamlead]", query).to(dossiers_api).status == 422
