"""``sozialakte audit``: prove that nobody changed who saw what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from sozialakte.audit.chain import FIRST_DAY
from sozialakte.audit.files import SealFiles
from sozialakte.audit.seal_day import last_day_over
from sozialakte.audit.store import AuditStore
from sozialakte.audit.verify_seals import DayChecked, VerifySeals
from sozialakte.cli.problems import FOUND, fail, in_one_line
from sozialakte.cli.stage import bucket_named, table_named
from sozialakte.shared.clock import utc_now
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

audit_app = typer.Typer(help="Who saw and did what.", no_args_is_help=True)


@audit_app.callback()
def audit() -> None:
    """Who saw and did what."""


@audit_app.command("verify")
def verify(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First UTC day; else the very first.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last UTC day; else the last one over.")
    ] = None,
    stage: Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")] = None,
    table: Annotated[str | None, typer.Option(envvar="AUDIT_TABLE", help="Name of the audit's table.")] = None,
    bucket: Annotated[str | None, typer.Option(envvar="SEALS_BUCKET", help="Name of the seals' bucket.")] = None,
) -> None:
    """Check every sealed day: entries changed, removed, inserted or reordered, seals changed or missing.

    Exit code 0: all as it was sealed; 1: something is not, the lines on stderr name the first bad entry of each day;
    2: wrong usage; 3: AWS did not answer as needed.
    """
    with in_one_line():
        store = AuditStore(table_named(stage, table, "audit"))
        files = SealFiles(bucket_named(stage, bucket, "audit", "Seals"))
        over = last_day_over(utc_now())
        begin, end = (first.date() if first else FIRST_DAY), (min(last.date(), over) if last else over)
        checked = [_told(day) for day in VerifySeals(store, files, begin, end)()]
    if not checked:
        fail(Reason("cli.audit.nothing"))
        raise typer.Exit(FOUND)
    _sum_up(checked)


def _told(day: DayChecked) -> DayChecked:
    if day.fault:
        facts = {"day": day.fault.day.isoformat(), "entry": day.fault.entry or ""}
        fail(Reason(day.fault.code, facts))
    return day


def _sum_up(checked: list[DayChecked]) -> None:
    bad = sum(day.fault is not None for day in checked)
    facts = {"days": str(len(checked)), "entries": str(sum(day.count for day in checked)), "bad": str(bad)}
    if bad:
        fail(Reason("cli.audit.broken", facts))
        raise typer.Exit(FOUND)
    typer.echo(say(Reason("cli.audit.intact", facts)))
