"""Days of the audit are sealed in order, and the command finds whatever was done to them afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from typer.testing import CliRunner, Result

from functions.audit.seal_day import handler
from sozialakte.audit import AuditStore, entry_of, record_attempt
from sozialakte.audit.chain import GENESIS
from sozialakte.audit.files import SealFiles
from sozialakte.audit.rows import item_of
from sozialakte.audit.seal_day import SealDays
from sozialakte.cli import app
from sozialakte.runtime.aws import client, reset_clients
from sozialakte.runtime.dynamo import Item, Table
from sozialakte.runtime.items import to_attributes
from sozialakte.shared.clock import utc_now
from tests.attempts import SUBJECT, an_attempt
from tests.aws import AUDIT, SEALS, rows
from tests.lambda_events import Context
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("aws")

TODAY = utc_now().date()
"""The command asks the clock; so everything lies in the days before."""
DAYS = [TODAY - timedelta(days=ago) for ago in (5, 4, 3)]
NOW = datetime.combine(DAYS[-1] + timedelta(days=1), time(1), UTC)


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def seal_until(now: datetime = NOW) -> list[date]:
    """The days sealed by a run at this moment."""
    return [seal.day for seal in SealDays(AuditStore(AUDIT), SealFiles(SEALS), now)()]


@pytest.fixture
def sealed(aws: None) -> list[Item]:  # noqa: ARG001 (opens the table)
    """Three days, of which the second has no entry, sealed; the entries of the last one as they are stored."""
    for number in range(5):
        record_attempt(an_attempt(at(DAYS[2], minute=number), f"r-{number}"))
    record_attempt(an_attempt(at(DAYS[0]), "first"))
    assert seal_until() == DAYS
    return [row for row in rows(AUDIT) if row["pk"] == f"DAY#{DAYS[2]}"]


def verify(*options: str) -> Result:
    last = ("--to", DAYS[-1].isoformat())
    return CliRunner().invoke(app, ["audit", "verify", "--table", AUDIT, "--bucket", SEALS, *last, *options])


def put(row: Item) -> None:
    Table(AUDIT).put(row)


def delete(row: Item) -> None:
    Table(AUDIT).delete(str(row["pk"]), str(row["sk"]))


def key_of(row: Item) -> str:
    return str(row["sk"])


def test_days_are_sealed_in_order_each_bound_to_the_one_before(sealed: list[Item]) -> None:
    seals = list(AuditStore(AUDIT).seals(DAYS[0], DAYS[-1]))

    assert [(seal.day, seal.count) for seal in seals] == list(zip(DAYS, (1, 0, len(sealed)), strict=True))
    assert [seal.previous for seal in seals] == [GENESIS, seals[0].seal, seals[1].seal]


def test_sealing_again_seals_nothing_and_missed_days_are_caught_up(sealed: list[Item]) -> None:
    before = rows(AUDIT)
    assert seal_until() == []
    assert rows(AUDIT) == before
    assert sealed

    assert seal_until(NOW + timedelta(days=2)) == [DAYS[-1] + timedelta(days=1), DAYS[-1] + timedelta(days=2)]


@pytest.mark.parametrize(("minute", "last"), [(29, DAYS[0] - timedelta(days=1)), (30, DAYS[0])])
def test_a_day_is_sealed_half_an_hour_after_it_ended(minute: int, last: date) -> None:
    assert seal_until(at(DAYS[1], 0, minute)) == [last]


def test_the_scheduled_function_seals_up_to_yesterday() -> None:
    record_attempt(an_attempt(at(DAYS[1])))

    handler({}, Context())

    last = AuditStore(AUDIT).last_seal()
    assert last is not None
    assert timedelta(days=1) <= TODAY - last.day <= timedelta(days=2)
    assert next(AuditStore(AUDIT).seals(DAYS[1], DAYS[1])).count == 1


def test_what_comes_late_goes_into_the_next_open_day_and_is_still_found(sealed: list[Item]) -> None:
    late = entry_of(an_attempt(at(DAYS[0], 23, 59), "late"))
    store = AuditStore(AUDIT)

    store.record(late)
    store.record(late)

    assert store.entries_of_day(DAYS[-1] + timedelta(days=1), 10).entries == (late,)
    assert len(store.entries_of_day(DAYS[0], 10).entries) == 1
    assert late in store.entries_about(SUBJECT, 10).entries
    assert verify().exit_code == 0, "the sealed days are as they were"
    assert sealed


def test_an_entry_of_a_closed_day_that_comes_again_is_not_doubled(sealed: list[Item]) -> None:
    record_attempt(an_attempt(at(DAYS[0]), "first"))

    assert len([row for row in rows(AUDIT) if str(row["pk"]).startswith("DAY#")]) == len(sealed) + 1


def test_what_nobody_touched_is_proven(sealed: list[Item]) -> None:
    result = verify()

    assert (result.exit_code, result.stderr) == (0, "")
    assert f"3 Tage mit {len(sealed) + 1} Einträgen" in result.stdout


def _swap(row: list[Item]) -> None:
    """Two entries change places in time."""
    put({**row[3], "sk": row[1]["sk"]})
    put({**row[1], "sk": row[3]["sk"]})


CHANGES: dict[str, tuple[Callable[[list[Item]], None], int, str]] = {
    "changed": (lambda row: put({**row[2], "staff_id": "ma-999"}), 2, "wurde geändert"),
    "attribute added": (lambda row: put({**row[2], "note": "x"}), 2, "wurde geändert"),
    "type changed": (lambda row: put({**row[2], "allowed": "true"}), 2, "wurde geändert"),
    "removed": (lambda row: delete(row[3]), 3, "wurde entfernt"),
    "last one removed": (lambda row: delete(row[4]), 4, "wurde entfernt"),
    "swapped": (_swap, 1, "nicht mehr an seinem Platz"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_bad_entry_is_named(sealed: list[Item], change: str) -> None:
    tamper, place, words = CHANGES[change]
    tamper(sealed)

    result = verify()

    assert result.exit_code == 1
    assert f"{DAYS[2]}: Der Eintrag {key_of(sealed[place])}" in result.stderr
    assert words in result.stderr
    assert "1 von 3 Tagen" in result.stderr


def test_an_inserted_entry_is_named(sealed: list[Item]) -> None:
    forged = {**sealed[0], "sk": f"{at(DAYS[2], 12).isoformat(timespec='microseconds')}#{'f' * 32}", "staff_id": "x"}
    put(forged)

    assert f"Der Eintrag {key_of(forged)} wurde eingefügt" in verify().stderr


def test_an_entry_forged_before_the_first_sealed_day_is_named(sealed: list[Item]) -> None:
    """No seal covers that day, yet who asks who saw the dossier is shown the entry."""
    day = DAYS[0] - timedelta(days=200)
    forged = entry_of(an_attempt(at(day), "forged"))
    put(item_of(forged, day))
    assert forged in AuditStore(AUDIT).entries_about(SUBJECT, 10).entries

    result = verify()

    assert (result.exit_code, f"{day}: Der Eintrag" in result.stderr) == (1, True)
    assert "wurde eingefügt" in result.stderr
    assert verify("--from", DAYS[0].isoformat()).exit_code == 0, "these days are as they were"
    assert sealed


def test_a_changed_a_removed_and_a_forged_seal_are_found(sealed: list[Item]) -> None:
    seal = next(row for row in rows(AUDIT) if (row["pk"], row["sk"]) == ("SEALS", DAYS[1].isoformat()))
    put({**seal, "count": 7})
    assert f"{DAYS[1]}: Das Siegel wurde geändert" in verify().stderr

    delete(seal)
    assert f"{DAYS[1]}: Das Siegel fehlt" in verify().stderr
    assert sealed


def test_a_day_sealed_anew_over_changed_entries_is_found(sealed: list[Item]) -> None:
    """The last day: no later seal is bound to it, only the list in S3 knows."""
    (seal,) = [row for row in rows(AUDIT) if (row["pk"], row["sk"]) == ("SEALS", DAYS[2].isoformat())]
    delete(sealed[0])
    delete(seal)
    assert seal_until() == [DAYS[2]]

    assert f"{DAYS[2]}: Der Tag wurde zweimal verschieden versiegelt" in verify().stderr


def test_days_sealed_anew_are_found_though_their_lists_were_deleted(sealed: list[Item]) -> None:
    """A delete marker changes no locked version: S3 lets it pass, and a list of keys shows the new files only."""
    delete(sealed[-1])
    for row in rows(AUDIT):
        if row["pk"] == "SEALS":
            delete(row)
            client("s3").delete_object(Bucket=SEALS, Key=f"{row['sk']}/{row['head']}.json")
    assert seal_until() == DAYS

    result = verify()

    assert (result.exit_code, f"{DAYS[2]}: Der Tag wurde zweimal verschieden" in result.stderr) == (1, True)


def test_the_first_days_cannot_go_without_a_trace(sealed: list[Item]) -> None:
    for day in DAYS[:2]:
        delete({"pk": "SEALS", "sk": day.isoformat()})

    assert f"{DAYS[0]}: Das Siegel fehlt" in verify().stderr
    assert f"{DAYS[1]}: Das Siegel fehlt" in verify().stderr
    assert f"{DAYS[1]}: Das Siegel fehlt" in verify("--from", DAYS[2].isoformat()).stderr
    assert sealed


@pytest.mark.parametrize("body", [b"", b"{}", b'{"lines": 7}', b'{"lines": [["x"]]}', b'{"lines": []}'])
def test_a_list_that_was_overwritten_is_found(sealed: list[Item], body: bytes) -> None:
    seal = next(AuditStore(AUDIT).seals(DAYS[2], DAYS[2]))
    client("s3").put_object(Bucket=SEALS, Key=f"{seal.day}/{seal.head}.json", Body=body)
    client("s3").put_object(Bucket=SEALS, Key="readme.txt", Body=b"not ours")

    result = verify()

    assert result.exit_code == 1
    assert f"{DAYS[2]}: Die Liste der Einträge" in result.stderr
    assert sealed


def test_days_that_should_be_sealed_and_are_not_are_named(sealed: list[Item]) -> None:
    missing = DAYS[-1] + timedelta(days=1)

    result = verify("--to", missing.isoformat())

    assert (result.exit_code, f"{missing}: Das Siegel fehlt" in result.stderr) == (1, True)
    assert sealed


def test_a_part_of_the_days_is_checked_with_what_they_are_bound_to(sealed: list[Item]) -> None:
    result = verify("--from", DAYS[1].isoformat())

    assert (result.exit_code, f"2 Tage mit {len(sealed)}" in result.stdout) == (0, True)


def test_where_nothing_is_sealed_nothing_is_proven() -> None:
    result = verify("--to", DAYS[0].isoformat(), "--from", DAYS[0].isoformat())

    assert result.exit_code == 1


def test_table_and_bucket_of_a_stage_are_looked_up(sealed: list[Item]) -> None:
    deployed({"demo-audit": {"TableName": AUDIT, "SealsBucketName": SEALS}})
    result = CliRunner().invoke(app, ["audit", "verify", "--stage", "demo", "--to", DAYS[-1].isoformat()])
    reset_clients()

    assert result.exit_code == 0, result.stderr
    assert sealed


def test_without_table_or_bucket_the_command_says_what_it_needs() -> None:
    environment = {"AUDIT_TABLE": "", "SEALS_BUCKET": ""}
    no_table = CliRunner().invoke(app, ["audit", "verify"], env=environment)
    no_bucket = CliRunner().invoke(app, ["audit", "verify", "--table", AUDIT], env=environment)

    assert (no_table.exit_code, no_bucket.exit_code) == (2, 2)


def test_a_huge_day_is_one_chain(aws: None) -> None:  # noqa: ARG001
    """More entries than one page of a query holds (1 MB)."""
    filler = "x" * 40_000
    for number in range(40):
        row = {"pk": f"DAY#{DAYS[0]}", "sk": f"{at(DAYS[0], minute=number).isoformat()}#{number:032x}", "f": filler}
        client("dynamodb").put_item(TableName=AUDIT, Item=to_attributes(row))

    seal_until()

    assert next(AuditStore(AUDIT).seals(DAYS[0], DAYS[0])).count == 40
    assert verify().exit_code == 0
