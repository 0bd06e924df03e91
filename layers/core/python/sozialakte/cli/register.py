"""``sozialakte register``: the feed of the case system."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.cli.register_runs import runs_in_a_table, undone_in_words
from sozialakte.cli.stage import table_named
from sozialakte.dossiers import DossierStore
from sozialakte.register.import_register import ImportPlan, apply_import, plan_import
from sozialakte.register.runs import Run, RunKind, UnknownRunError
from sozialakte.register.store import RegisterStore
from sozialakte.register.undo_run import undo_run
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

MAX_SHOWN = 100
"""So many problems are printed; a feed in a wrong form breaks the same rule on every line."""

register_app = typer.Typer(help="Persons, dossiers and responsibilities.", no_args_is_help=True)


@register_app.callback()
def register() -> None:
    """Persons, dossiers and responsibilities."""


@register_app.command("import")
def import_feed(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Folder of the CSV files.")
    ],
    stage: Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")] = None,
    table: Annotated[str | None, typer.Option(envvar="REGISTER_TABLE", help="Name of the register's table.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and compare, write nothing.")] = False,
) -> None:
    """Import staff, persons, dossiers, their persons and absences; only what differs is written.

    Exit code 0: done, or would be; 1: the files break rules, nothing written; 2: wrong usage; 3: AWS did not answer as
    needed; what was written stays valid, run it again.
    """
    console = Console()
    run = None
    with in_one_line():
        store = RegisterStore(table_named(stage, table, "register"))
        plan = plan_import(folder, store, zurich_date(utc_now()))
        console.print(_summary(plan))
        _print_problems(plan, console)
        if plan.problems:
            raise typer.Exit(FOUND)
        if not dry_run:
            run = _write(plan, store, console)
    written = Reason("cli.import.written", {"rows": str(len(plan.writes))})
    console.print(say(Reason("cli.import.dry_run") if dry_run else written))
    if run:
        console.print(say(Reason("cli.import.run", {"run": run.run_id})), soft_wrap=True, highlight=False)


@register_app.command("runs")
def list_runs(
    stage: Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")] = None,
    table: Annotated[str | None, typer.Option(envvar="REGISTER_TABLE", help="Name of the register's table.")] = None,
) -> None:
    """List the last imports and take-overs of case loads, the newest first.

    Exit code 0: shown; 1: no such stage; 2: wrong usage; 3: AWS did not answer as needed.
    """
    with in_one_line():
        runs = RegisterStore(table_named(stage, table, "register")).runs
        Console().print(runs_in_a_table([*runs.newest(RunKind.IMPORT), *runs.newest(RunKind.HANDOVER)]))


@register_app.command("undo")
def undo(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run's id, from `sozialakte register runs`.")],
    stage: Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")] = None,
    table: Annotated[str | None, typer.Option(envvar="REGISTER_TABLE", help="Name of the register's table.")] = None,
    documents: Annotated[str | None, typer.Option(envvar="DOSSIERS_TABLE", help="Name of the dossiers' table.")] = None,
) -> None:
    """Give every entry that a run changed back exactly what it was before.

    What a later run or a person has changed since is left as it is and named; so is a dossier it brought in which
    documents lie.

    Exit code 0: all is as before; 1: no such run or stage, or entries were left; 2: wrong usage; 3: AWS did not answer
    as needed: run it again.
    """
    console = Console()
    with in_one_line():
        try:
            filed = DossierStore(table_named(stage, documents, "dossiers"))
            register = RegisterStore(table_named(stage, table, "register"))
            undone = undo_run(register, run, has_documents=filed.has_documents)
        except UnknownRunError as error:
            raise CommandError(Reason("cli.no_run", {"run": run})) from error
    for line in undone_in_words(undone):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if undone.refused:
        raise typer.Exit(FOUND)


def _write(plan: ImportPlan, store: RegisterStore, console: Console) -> Run | None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(say(Reason("cli.import.writing")), total=len(plan.writes))
        return apply_import(plan, store, getuser(), utc_now(), lambda: progress.advance(task))


def _summary(plan: ImportPlan) -> Table:
    table = Table(say(Reason("cli.import.file")))
    for heading in ("cli.import.new", "cli.import.changed", "cli.import.unchanged", "cli.import.errors"):
        table.add_column(say(Reason(heading)), justify="right")
    for report in plan.reports:
        counts = (report.new, report.changed, report.unchanged, len(report.problems))
        table.add_row(escape(report.file), *map(str, counts))
    return table


def _print_problems(plan: ImportPlan, console: Console) -> None:
    for problem in plan.problems[:MAX_SHOWN]:
        place = ":".join(part for part in (problem.file, str(problem.line or ""), problem.column) if part)
        console.print(
            f"{place}: {say(problem.rule)} [{problem.rule.code}]", markup=False, highlight=False, soft_wrap=True
        )
    hidden = len(plan.problems) - MAX_SHOWN
    if hidden > 0:
        console.print(say(Reason("cli.import.more", {"count": str(hidden)})))
