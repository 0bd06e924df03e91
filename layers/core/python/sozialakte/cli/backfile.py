"""``sozialakte backfile``: what was packed and what was found, the samples, and what paper may go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table

from sozialakte.cli.problems import CommandError, fail, in_one_line
from sozialakte.cli.stage import table_named
from sozialakte.intake.backfile.accounts import Account, DossierAccount, accounts, unexpected
from sozialakte.intake.backfile.box_list import BoxListError, parse_box_list
from sozialakte.intake.backfile.look_up import CameIn, look_up, look_up_dossiers
from sozialakte.intake.backfile.lot import Lot, NoLotError, lot_of
from sozialakte.intake.backfile.progress import Progress
from sozialakte.intake.backfile.progress_chart import chart
from sozialakte.intake.backfile.sample import Verdict, verdict
from sozialakte.intake.backfile.store import BackfileStore, JudgedBeforeError, Judgement, Sample
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.dynamo import ConditionFailedError
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.ids import StaffId
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

Stage = Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")]
TableName = Annotated[str | None, typer.Option(envvar="INTAKE_TABLE", help="Name of the intake's table.")]


def _staff_id(text: str) -> str:
    """What stands in the record for ever must be the id of a person."""
    try:
        return TypeAdapter(StaffId).validate_python(text)
    except ValidationError as error:
        raise typer.BadParameter(say(Reason("cli.no_staff_id"))) from error


By = Annotated[str, typer.Option(callback=_staff_id, help="Staff id of the person who decides.")]
Box = Annotated[str, typer.Argument(metavar="BOX", help="Number of a box.")]

backfile_app = typer.Typer(help="The way of old paper dossiers.", no_args_is_help=True)


@backfile_app.command("expect")
def expect(
    box_list: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="CSV with the columns box, dossier, pages."),
    ],
    stage: Stage = None,
    table: TableName = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of scanning, if it was before today.")
    ] = None,
) -> None:
    """Take the list of what lies in which box. Exit code 1: the list is wrong; nothing is written."""
    with in_one_line():
        store = BackfileStore(table_named(stage, table, "intake"))
        day = min(since.date() if since else date.max, zurich_date(utc_now()))
        try:
            boxed = parse_box_list(box_list.read_bytes())
        except BoxListError as error:
            raise CommandError(error.reason) from error
        for one in boxed:
            store.expect(one, day)
    _tell("expected", count=str(len(boxed)))


@backfile_app.command("report")
def report(
    svg: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Also write a chart: how much is done, pages and dossiers a day, the end."),
    ] = None,
    stage: Stage = None,
    table: TableName = None,
) -> None:
    """Show each dossier against its list, and when all will be done. Exit code 1: there is no list yet."""
    with in_one_line():
        found, came_in = _look(table_named(stage, table, "intake"))
    Console().print(_account_table(found))
    _report_rest(found, came_in)
    progress = _progress(found, came_in)
    today = zurich_date(utc_now())
    typer.echo(say(progress.in_words(today)))
    if svg:
        with in_one_line():
            svg.write_text(chart(progress, today), encoding="utf-8")
        _tell("chart", file=str(svg))


@backfile_app.command("sample")
def sample(
    box: Box,
    stage: Stage = None,
    table: TableName = None,
    *,
    anew: Annotated[bool, typer.Option("--anew", help="Draw again: what lies in the box has changed.")] = False,
) -> None:
    """Draw the sample of a complete box, or show it with what was seen. After a failed one it is drawn again.

    Bad pages come again until they are mended. Exit code 0: shown; 1: the box is not complete or not on the list; 2:
    wrong usage; 3: AWS did not answer as needed.
    """
    with in_one_line():
        name = table_named(stage, table, "intake")
        store = BackfileStore(name)
        rounds = store.samples(box)
        seen = store.judgements(rounds[-1]) if rounds else {}
        if anew or not rounds or _verdict(rounds[-1], seen) is Verdict.FAILED:
            rounds, seen = [*rounds, _draw(store, _lot(name, box), rounds)], {}
    Console().print(_sample_table(rounds[-1], seen))


@backfile_app.command("judge")
def judge(
    box: Box,
    number: Annotated[int, typer.Argument(min=1, help="Number of the page in the sample.")],
    by: By,
    *,
    good: Annotated[bool, typer.Option("--good/--bad", help="Whether page, dossier and register are right.")],
    stage: Stage = None,
    table: TableName = None,
) -> None:
    """Record what a person saw on a page of a sample. Exit code 1: no such page, or it was judged otherwise."""
    with in_one_line():
        store = BackfileStore(table_named(stage, table, "intake"))
        drawn = _newest(store, box)
        if number > len(drawn.pages):
            raise CommandError(Reason("cli.backfile.no_page", {"box_id": box, "number": str(number)}))
        try:
            store.judge(Judgement(box, drawn.attempt, number, good, by, utc_now()))
        except JudgedBeforeError as error:
            raise CommandError(Reason("cli.backfile.judged_before", {"by": error.first.by})) from error
    _tell("judged", box_id=box, number=str(number))


@backfile_app.command("keep")
def keep(
    dossier: Annotated[str, typer.Argument(metavar="DOSSIER", help="Number of a dossier on the list.")],
    by: By,
    stage: Stage = None,
    table: TableName = None,
) -> None:
    """Mark that originals of a dossier must stay on paper. Exit code 1: it is on no list."""
    with in_one_line():
        try:
            BackfileStore(table_named(stage, table, "intake")).keep(dossier, by)
        except ConditionFailedError as error:
            raise CommandError(Reason("cli.backfile.not_listed", {"dossier_id": dossier})) from error
    _tell("kept", dossier_id=dossier)


@backfile_app.command("release")
def release(box: Box, by: By, stage: Stage = None, table: TableName = None) -> None:
    """Release the paper of a box for shredding, but for originals that stay; it names their dossiers.

    Exit code 0: released; 1: the box is not complete, its sample has not passed, or it has changed since the sample was
    drawn; 2: wrong usage; 3: AWS did not answer as needed.
    """
    with in_one_line():
        name = table_named(stage, table, "intake")
        store = BackfileStore(name)
        drawn = _newest(store, box)
        _require_passed(drawn, store.judgements(drawn))
        lot = _lot(name, box)
        if lot.lot_id != drawn.lot:
            raise CommandError(Reason("cli.backfile.lot_changed", {"box_id": box}))
        for one in lot.dossiers:
            dossier_id = one.packed.boxed.dossier_id
            if dossier_id in lot.keeping and not one.packed.keeps:
                store.keep(dossier_id, "register")
            store.release(dossier_id, by, utc_now())
    _tell("released", box_id=box, dossier_ids=", ".join(sorted(lot.keeping)) or "-")


def _look(table: str) -> tuple[list[DossierAccount], CameIn]:
    store = BackfileStore(table)
    packed, first = store.packed()
    if first is None:
        raise CommandError(Reason("cli.backfile.no_list"))
    came_in = look_up(IntakeStore(table), store, first, zurich_date(utc_now()))
    return accounts(packed, came_in.found), came_in


def _lot(table: str, box: str) -> Lot:
    """What lies in a box. Raises `CommandError` unless all of it is complete."""
    store = BackfileStore(table)
    packed, first = store.packed()
    if first is None:
        raise CommandError(Reason("cli.backfile.no_list"))
    inside = [one for one in packed if one.boxed.box_id == box]
    found = look_up_dossiers(IntakeStore(table), store, (one.boxed.dossier_id for one in inside))
    try:
        return lot_of(box, accounts(inside, found), found)
    except NoLotError as error:
        raise CommandError(error.reason) from error


def _draw(store: BackfileStore, lot: Lot, rounds: Sequence[Sample]) -> Sample:
    attempt = len(rounds) + 1
    bad = [one.pages[number - 1] for one in rounds for number, seen in store.judgements(one).items() if not seen.good]
    drawn = Sample(lot.box_id, attempt, lot.draw(attempt, bad), lot.lot_id, utc_now())
    store.add_sample(drawn)
    return drawn


def _newest(store: BackfileStore, box: str) -> Sample:
    rounds = store.samples(box)
    if not rounds:
        raise CommandError(Reason("cli.backfile.no_sample", {"box_id": box}))
    return rounds[-1]


def _verdict(drawn: Sample, seen: dict[int, Judgement]) -> Verdict:
    return verdict(drawn.pages, {number: one.good for number, one in seen.items()})


def _require_passed(drawn: Sample, seen: dict[int, Judgement]) -> None:
    found = _verdict(drawn, seen)
    if found is Verdict.FAILED:
        raise CommandError(Reason("cli.backfile.failed", {"box_id": drawn.box_id}))
    if found is Verdict.OPEN:
        waiting = str(len(drawn.pages) - len(seen))
        raise CommandError(Reason("cli.backfile.not_passed", {"box_id": drawn.box_id, "open": waiting}))


def _progress(found: Sequence[DossierAccount], came_in: CameIn) -> Progress:
    done = [one.packed.boxed.dossier_id for one in found if one.state is Account.COMPLETE]
    days = Counter(came_in.found.last_day[dossier_id] for dossier_id in done)
    return Progress(len(found), len(done), came_in.pages_by_day, days)


def _account_table(found: Sequence[DossierAccount]) -> Table:
    codes = ("cli.backfile.box", "cli.dossier", "cli.backfile.packed", "cli.backfile.filed", "cli.backfile.waiting")
    table = Table(*(say(Reason(code)) for code in (*codes, "cli.state", "cli.backfile.medium")))
    for one in found:
        boxed = one.packed.boxed
        counts = (str(boxed.pages or "-"), str(one.filed), str(one.waiting or ""))
        words = (say(Reason(f"account.{one.state}")), say(Reason(f"medium.{one.packed.medium}")))
        table.add_row(boxed.box_id, boxed.dossier_id, *counts, *words)
    return table


def _report_rest(found: Sequence[DossierAccount], came_in: CameIn) -> None:
    if came_in.refused:
        fail(Reason("cli.backfile.refused", {"batch_ids": ", ".join(came_in.refused)}))
    if came_in.found.nowhere:
        fail(Reason("cli.backfile.nowhere", {"count": str(came_in.found.nowhere)}))
    others = unexpected([one.packed for one in found], came_in.found)
    if others:
        fail(Reason("cli.backfile.unexpected", {"dossier_ids": ", ".join(others)}))


def _sample_table(drawn: Sample, seen: dict[int, Judgement]) -> Table:
    codes = ("cli.backfile.number", "cli.dossier", "cli.letter", "cli.page", "cli.backfile.result")
    table = Table(*(say(Reason(code)) for code in codes))
    for number, page in enumerate(drawn.pages, start=1):
        result = seen.get(number)
        word = "" if result is None else say(Reason("cli.backfile.good" if result.good else "cli.backfile.bad"))
        shown = f"{word} ({result.by})" if result else ""
        table.add_row(str(number), page.dossier_id, page.letter_id, str(page.page), shown)
    return table


def _tell(code: str, **facts: str) -> None:
    typer.echo(say(Reason(f"cli.backfile.{code}", facts)))
