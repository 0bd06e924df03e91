"""``sozialakte leadtimes``: how long letters took to reach an inbox and to be done, by team and kind."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sozialakte.cli.problems import CommandError, in_one_line
from sozialakte.cli.stage import table_of
from sozialakte.dossiers import LeadTimes
from sozialakte.dossiers.lead_answers import LeadTimeAnswer, LeadTimeList
from sozialakte.dossiers.lead_chart import lead_chart
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_DAY = ["%Y-%m-%d"]


def leadtimes_command(
    stage: Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")],
    since: Annotated[datetime, typer.Option(formats=_DAY, help="First day, in Zurich.")],
    until: Annotated[datetime, typer.Option(formats=_DAY, help="Last day.")],
    team: Annotated[str | None, typer.Option(help="The inbox of a team (team-<team>), or office; else all.")] = None,
    chart: Annotated[Path | None, typer.Option(dir_okay=False, help="Also write a chart (SVG).")] = None,
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show how long letters took, weekends included: from the post to an inbox, and from there until done.

    Exit code 0: shown; 1: nothing was counted, or there is no such stage; 2: wrong usage; 3: AWS did not answer as
    needed.
    """
    first, last = since.date(), until.date()
    with in_one_line():
        found = LeadTimeList.of(first, last, LeadTimes(table_of(stage, "dossiers")).between(first, last, team))
        if not found.leadtimes:
            raise CommandError(Reason("cli.leadtimes.none"))
        if chart:
            chart.write_text(lead_chart(found), encoding="utf-8")
    if json_wanted:
        typer.echo(found.model_dump_json())
    else:
        Console().print(_table(found))


def _table(found: LeadTimeList) -> Table:
    columns = ("team", "step", "kind", "count", "median", "mean", "target")
    table = Table(*(say(Reason(f"cli.leadtimes.{column}")) for column in columns))
    for line in found.leadtimes:
        table.add_row(line.team, say(Reason(f"leadtime_step.{line.step}")), line.kind_name, *_numbers(line))
    return table


def _numbers(line: LeadTimeAnswer) -> tuple[str, ...]:
    if line.median_text is None:
        return str(line.count), "-", "-", "-"
    share = say(Reason("leadtime.share", {"percent": str(line.percent_within_target), "target": line.target_text}))
    return str(line.count), line.median_text, f"{line.mean_hours} h", share
