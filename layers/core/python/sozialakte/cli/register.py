"""``sozialakte register``: the feed of the case system."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from sozialakte.cli.problems import FOUND, in_one_line
from sozialakte.cli.stage import table_named
from sozialakte.register.import_register import ImportPlan, apply_import, plan_import
from sozialakte.register.store import RegisterStore
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
    with in_one_line():
        store = RegisterStore(table_named(stage, table, "register"))
        plan = plan_import(folder, store, zurich_date(utc_now()))
        console.print(_summary(plan))
        _print_problems(plan, console)
        if plan.problems:
            raise typer.Exit(FOUND)
        if not dry_run:
            _write(plan, store, console)
    written = Reason("cli.import.written", {"rows": str(len(plan.writes))})
    console.print(say(Reason("cli.import.dry_run") if dry_run else written))


def _write(plan: ImportPlan, store: RegisterStore, console: Console) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(say(Reason("cli.import.writing")), total=len(plan.writes))
        apply_import(plan, store, lambda: progress.advance(task))


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
