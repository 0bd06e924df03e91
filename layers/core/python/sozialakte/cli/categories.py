"""``sozialakte payments categories``: what bills may be booked on."""

from __future__ import annotations

from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.cli.stage import table_named
from sozialakte.payments.categories import Category
from sozialakte.payments.category_store import CategoriesChangedError, CategoryStore
from sozialakte.payments.import_categories import CategoryImport, apply_categories, plan_categories
from sozialakte.payments.rule_store import RuleStore
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

MAX_SHOWN = 100
"""So many problems are printed."""
Stage = Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")]
TableName = Annotated[str | None, typer.Option(envvar="PAYMENTS_TABLE", help="Name of the payments table.")]

categories_app = typer.Typer(help="The categories on which bills are booked.", no_args_is_help=True)


@categories_app.callback()
def categories() -> None:
    """The categories on which bills are booked."""


@categories_app.command("import")
def import_categories(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="CSV of all categories.")],
    stage: Stage = None,
    table: TableName = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and compare, write nothing.")] = False,
) -> None:
    """Replace the list of categories by that of a file, as a whole.

    Exit code 0: done, or would be; 1: the file breaks rules, nothing written; 2: wrong usage; 3: AWS did not answer as
    needed: run it again.
    """
    with in_one_line():
        now, name = utc_now(), table_named(stage, table, "payments")
        plan = plan_categories(file.read_bytes(), CategoryStore(name), RuleStore(name), zurich_date(now))
        _print_problems(plan)
        if plan.problems:
            raise typer.Exit(FOUND)
        if not dry_run:
            _apply(plan, CategoryStore(name), now)
    facts = {"all": str(len(plan.after.codes)), "new": str(len(plan.added)), "changed": str(len(plan.changed))}
    typer.echo(say(Reason("cli.categories.checked" if dry_run else "cli.categories.imported", facts)))


@categories_app.command("list")
def list_categories(
    stage: Stage = None,
    table: TableName = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Those that hold on this day; else today's.")
    ] = None,
) -> None:
    """Show the categories that hold on a day.

    Exit code 0: shown; 1: no such stage; 2: wrong usage; 3: AWS did not answer as needed.
    """
    with in_one_line():
        held = CategoryStore(table_named(stage, table, "payments")).get()
        Console().print(_in_a_table(held.on(day.date() if day else zurich_date(utc_now()))))


def _apply(plan: CategoryImport, store: CategoryStore, now: datetime) -> None:
    try:
        apply_categories(plan, store, getuser(), now)
    except CategoriesChangedError as error:
        raise CommandError(Reason("cli.categories.changed")) from error


def _print_problems(plan: CategoryImport) -> None:
    for problem in plan.problems[:MAX_SHOWN]:
        typer.echo(f"{problem.line}: {say(problem.rule)} [{problem.rule.code}]")
    if len(plan.problems) > MAX_SHOWN:
        typer.echo(say(Reason("cli.import.more", {"count": str(len(plan.problems) - MAX_SHOWN)})))


def _in_a_table(shown: tuple[Category, ...]) -> Table:
    table = Table()
    for heading in ("cli.categories.code", "cli.categories.name", "cli.categories.account", "cli.categories.until"):
        table.add_column(say(Reason(heading)))
    for one in shown:
        table.add_row(one.code, escape(one.name), one.account, f"{one.valid_to:%d.%m.%Y}" if one.valid_to else "")
    return table
