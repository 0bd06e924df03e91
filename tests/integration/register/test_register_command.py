"""``sozialakte register import`` as somebody calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli.register import register_app
from tests.aws import REGISTER, rows

pytestmark = pytest.mark.usefixtures("aws")

HEADERS = {
    "staff.csv": "staff_id;name;team;deputies;active",
    "persons.csv": "person_id;family_name;given_names;birth_date;ahv_number",
    "dossiers.csv": "dossier_id;type;commune;status;responsible",
    "dossier_persons.csv": "dossier_id;person_id;role",
    "absences.csv": "staff_id;first_day;last_day",
}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed with one member of staff and one person."""
    lines = {"staff.csv": "ma-101;Anna Beispiel;nord;;yes", "persons.csv": "P-000001;Müller;Anna;;756.9217.0769.85"}
    for name, header in HEADERS.items():
        (tmp_path / name).write_text(f"{header}\n{lines.get(name, '')}\n", encoding="utf-8")
    return tmp_path


def call(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(register_app, ["import", *arguments], env={"COLUMNS": "200"})


def test_the_table_comes_from_the_environment_and_the_counts_are_shown(feed: Path) -> None:
    result = call(str(feed))
    assert result.exit_code == 0
    assert "persons.csv" in result.output
    assert "2 Zeilen geschrieben" in result.output
    assert {"staff#ma-101", "person#P-000001"} < {row["pk"] for row in rows(REGISTER)}


def test_a_dry_run_says_the_same_and_writes_nothing(feed: Path) -> None:
    dry = call(str(feed), "--dry-run")
    assert (dry.exit_code, rows(REGISTER)) == (0, [])
    wet = call(str(feed), "--table", REGISTER)
    said, _, undo = wet.output.partition("2 Zeilen geschrieben.")
    assert said == dry.output.partition("Probelauf: nichts geschrieben.")[0]
    assert "sozialakte register undo import-" in undo


def test_broken_rules_are_listed_and_end_with_1(feed: Path) -> None:
    with (feed / "persons.csv").open("a", encoding="utf-8") as file:
        file.write("P-000002;[red]Geheim;;;756.9217.0769.84\n")
    result = call(str(feed))
    assert result.exit_code == 1
    assert "persons.csv:3:ahv_number: Das ist keine gültige AHV-Nummer" in result.output
    assert "Geheim" not in result.output
    assert rows(REGISTER) == []


def test_endless_mistakes_are_not_all_printed(feed: Path) -> None:
    (feed / "absences.csv").write_text(HEADERS["absences.csv"] + "\n" + "?;?;?\n" * 500, encoding="utf-8")
    result = call(str(feed))
    assert result.exit_code == 1
    assert "... und 1400 weitere" in result.output


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert call(str(tmp_path / "nowhere")).exit_code == 2


def test_an_unknown_table_is_told_in_one_line(feed: Path) -> None:
    result = call(str(feed), "--table", "no-such-table")
    assert result.exit_code == 3
    assert result.output == "Diese Tabelle gibt es nicht.\n"
