"""``sozialakte leadtimes`` as somebody calls it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.dossiers import InboxEntry
from sozialakte.dossiers.inbox_store import entry_parts
from sozialakte.runtime.dynamo import transact
from sozialakte.shared.reasons import Reason
from tests.aws import DOSSIERS
from tests.builders import DOSSIER, NOW, STAFF
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("aws")


def leadtimes(*arguments: str) -> Result:
    deployed({"demo-dossiers": {"TableName": DOSSIERS}})
    days = ("--stage", "demo", "--since", "2026-01-05", "--until", "2026-01-05")
    return CliRunner().invoke(app, ["leadtimes", *days, *arguments], env={"COLUMNS": "200"})


@pytest.fixture(autouse=True)
def filed(aws: None) -> None:  # noqa: ARG001 # the table comes first
    """Six bills in one team, one in another."""
    for number, team in enumerate(["team-nord"] * 6 + ["team-sued"]):
        received = NOW - timedelta(hours=number)
        letter_id = f"{number:032x}-0001-0001"
        entry = InboxEntry(STAFF, letter_id, DOSSIER, "bill", 1, received, NOW, Reason("page.letter"), team=team)
        transact(entry_parts(DOSSIERS, None, entry))


def test_teams_stand_below_each_other_with_kinds_and_shares() -> None:
    result = leadtimes()

    assert result.exit_code == 0
    lines = [[cell.strip() for cell in line.strip("│").split("│")] for line in result.output.splitlines()]
    bills = next(line for line in lines if line[:3] == ["team-nord", "Von der Post bis zum Eingang", "Rechnung"])
    assert bills[3:] == ["6", "bis 4 Stunden", "2.5 h", "100 % bis 1 Tag"]
    assert any(line[0] == "team-sued" and line[3:] == ["1", "-", "-", "-"] for line in lines if len(line) > 3)


def test_one_team_as_json_and_as_a_chart(tmp_path: Path) -> None:
    chart = tmp_path / "chart.svg"

    told = json.loads(leadtimes("--team", "team-nord", "--json", "--chart", str(chart)).output)

    assert {line["team"] for line in told["leadtimes"]} == {"team-nord"}
    assert "Durchlaufzeiten vom 05.01.2026" in chart.read_text(encoding="utf-8")


def test_where_nothing_was_counted_one_line_says_so() -> None:
    result = leadtimes("--team", "team-ost")

    assert (result.exit_code, result.stderr) == (1, "In diesem Zeitraum ist nichts gezählt.\n")
