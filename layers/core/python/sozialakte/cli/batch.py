"""``sozialakte batch``: what became of the batches, page by page, from the intake's table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from sozialakte.cli.problems import FOUND, CommandError, fail, in_one_line
from sozialakte.cli.stage import table_named
from sozialakte.intake.answers import BatchDetail, BatchSummary, LedgerCounts, LetterAnswer, PageAnswer
from sozialakte.intake.batch import Batch
from sozialakte.intake.ledger import Fate, Ledger, ledger_of, page_accounts
from sozialakte.intake.letter import Letter
from sozialakte.intake.store import IntakeStore
from sozialakte.shared.clock import utc_now, zurich_date, zurich_time
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_BATCHES_A_LOOK_UP = 50
_ID_WIDTH = 16  # an id goes over lines rather than lose its end: the next command needs it whole

batch_app = typer.Typer(help="What became of the batches.", no_args_is_help=True)


@dataclass(frozen=True)
class _Found:
    """A batch with its letters and its ledger."""

    batch: Batch
    letters: Sequence[Letter]

    @property
    def ledger(self) -> Ledger:
        return ledger_of(self.batch, self.letters)


@batch_app.callback()
def batch() -> None:
    """What became of the batches."""


@batch_app.command("status")
def batch_status(
    batch_id: Annotated[str | None, typer.Argument(metavar="BATCH_ID", help="One batch; else those of a day.")] = None,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day in Zurich; else today.")] = None,
    stage: Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")] = None,
    table: Annotated[str | None, typer.Option(envvar="INTAKE_TABLE", help="Name of the intake's table.")] = None,
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show the ledger of a day's batches, or of one batch with its letters.

    Exit code 0: shown; 1: no such batch or stage, or a ledger that does not add up; 2: wrong usage; 3: AWS did not
    answer as needed.
    """
    with in_one_line():
        store = IntakeStore(table_named(stage, table, "intake"))
        if batch_id:
            shown = [_find(store, batch_id)]
            _show_one(shown[0], json_wanted=json_wanted)
        else:
            wanted = day.date() if day else zurich_date(utc_now())
            shown = list(_of_day(store, wanted))
            _show_day(shown, wanted, json_wanted=json_wanted)
    _check(shown)


def _find(store: IntakeStore, batch_id: str) -> _Found:
    found = store.find_batch_with_letters(batch_id)
    if found is None:
        raise CommandError(Reason("cli.no_batch", {"batch_id": batch_id}))
    return _Found(*found)


def _of_day(store: IntakeStore, day: date) -> Iterator[_Found]:
    cursor: str | None = None
    while True:
        page = store.batches_of_day(day, _BATCHES_A_LOOK_UP, cursor)
        yield from (_find(store, batch.batch_id) for batch in page.batches)
        cursor = page.next_cursor
        if cursor is None:
            return


def _check(shown: Sequence[_Found]) -> None:
    wrong = [found.batch.batch_id for found in shown if not found.ledger.adds_up]
    for batch_id in wrong:
        fail(Reason("cli.ledger_open", {"batch_id": batch_id}))
    if wrong:
        raise typer.Exit(FOUND)


def _show_one(found: _Found, *, json_wanted: bool) -> None:
    if json_wanted:
        detail = BatchDetail(
            batch=BatchSummary.of(found.batch),
            ledger=LedgerCounts.of(found.ledger),
            pages=[PageAnswer.of(account) for account in page_accounts(found.batch, found.letters)],
            letters=[LetterAnswer.of(letter) for letter in found.letters],
        )
        typer.echo(detail.model_dump_json())
        return
    console = Console()
    console.print(_batches_table([found]))
    for reason in (found.batch.reason, *found.batch.notes):
        if reason:
            console.print(escape(say(reason)))
    if found.letters:
        console.print(_letters_table(found.letters))


def _show_day(shown: Sequence[_Found], day: date, *, json_wanted: bool) -> None:
    if json_wanted:
        batches = [
            {
                "batch": BatchSummary.of(found.batch).model_dump(mode="json"),
                "ledger": LedgerCounts.of(found.ledger).model_dump(),
            }
            for found in shown
        ]
        typer.echo(json.dumps({"day": day.isoformat(), "batches": batches}, ensure_ascii=False))
        return
    facts = {"day": f"{day:%d.%m.%Y}"}
    if not shown:
        typer.echo(say(Reason("cli.no_batches", facts)))
        return
    table = _batches_table(shown)
    table.title = say(Reason("cli.batches_of", facts))
    Console().print(table)


def _batches_table(shown: Sequence[_Found]) -> Table:
    identity, *facts = _headings("cli.batch", "cli.received", "cli.state")
    table = Table(Column(identity, overflow="fold", min_width=_ID_WIDTH), *facts)
    used = [fate for fate in Fate if any(found.ledger.fates[fate] for found in shown)]
    for heading in _headings("cli.pages", "cli.counted", *(f"fate.{fate}" for fate in used)):
        table.add_column(heading, justify="right")
    for found in shown:
        state = say(Reason(f"batch_state.{found.batch.state}"))
        counts = (str(found.ledger.fates[fate] or "") for fate in used)
        received = f"{zurich_time(found.batch.received_at):%d.%m.%Y %H:%M}"
        table.add_row(found.batch.batch_id, received, state, str(found.batch.pages_in), _counted(found.batch), *counts)
    return table


def _counted(batch: Batch) -> str:
    """The scanning centre's count, marked where something about its manifest is not as it should be."""
    counted = str(batch.manifest.counted or "?") if batch.manifest else "-"
    return f"{counted} !" if batch.notes else counted


def _letters_table(letters: Sequence[Letter]) -> Table:
    headings = ("cli.pages", "cli.kind", "cli.due", "cli.state", "cli.dossier", "cli.inbox", "cli.reason")
    table = Table(*_headings(*headings))
    for letter in letters:
        state = say(Reason(f"letter_state.{letter.state}"))
        reasons = "; ".join(say(reason) for reason in letter.reasons)
        known = (letter.kind, _due(letter), state, _place(letter), letter.inbox, escape(reasons))
        table.add_row(", ".join(map(str, letter.pages)), *(value or "-" for value in known))
    return table


def _due(letter: Letter) -> str | None:
    """By when somebody must act; only of an urgent letter."""
    if letter.facts is None or not letter.facts.urgent:
        return None
    deadline = letter.facts.deadline
    return f"{deadline:%d.%m.%Y}" if deadline else say(Reason("cli.urgent"))


def _place(letter: Letter) -> str | None:
    """The dossier, or where a letter goes that belongs into none."""
    return say(Reason(f"destination.{letter.destination}")) if letter.destination else letter.dossier_id


def _headings(*codes: str) -> list[str]:
    return [say(Reason(code)) for code in codes]
