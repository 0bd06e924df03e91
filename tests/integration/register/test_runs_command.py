"""``sozialakte register runs`` and ``undo`` as somebody calls them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli.register import register_app
from sozialakte.intake.letter import letter_id_of
from sozialakte.register import RegisterStore, StaffMember
from sozialakte.register.hand_over import hand_over
from sozialakte.register.runs import HandOver
from tests.aws import REGISTER, put_register
from tests.feeds import NOW, TODAY, deliver, replaced
from tests.office import file_document

pytestmark = pytest.mark.usefixtures("aws")


def call(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(register_app, [*arguments], env={"COLUMNS": "250"})


def imported(folder: Path) -> str:
    """The id of the run that an import of the folder prints."""
    return call("import", str(folder)).output.rstrip().rpartition(" ")[2]


def test_runs_are_listed_with_what_they_brought(tmp_path: Path) -> None:
    run = imported(deliver(tmp_path))
    put_register(StaffMember("ma-104", "Neu", "nord"))
    order = HandOver("ma-101", "ma-104", date(2099, 1, 1), "[red]Austritt")
    hand_over(RegisterStore(REGISTER), order, "ma-102", NOW, TODAY, 10)

    listed = call("runs")

    assert listed.exit_code == 0
    assert run in listed.output
    assert "3 persons.csv" in listed.output
    assert "1 Dossiers von ma-101 an ma-104 ab 01.01.2099" in listed.output


def test_an_import_is_taken_back(tmp_path: Path) -> None:
    run = imported(deliver(tmp_path))

    undone = call("undo", run)

    assert (undone.exit_code, undone.output) == (0, f"{run}: 12 Einträge wie vorher, 0 belassen.\n")
    assert "zurückgenommen" in call("runs").output


def test_what_stays_is_named_and_ends_with_1(tmp_path: Path) -> None:
    run = imported(deliver(tmp_path))
    later = imported(deliver(tmp_path, replaced("persons.csv", "Rossi", "Bianchi")))

    undone = call("undo", run)

    assert undone.exit_code == 1
    assert "person#P-000003 bleibt: am " in undone.output
    assert f"von dem Fallsystem geändert ({later})" in undone.output
    assert "Bianchi" not in undone.output


def test_a_dossier_in_which_documents_lie_stays_with_those_in_it(tmp_path: Path) -> None:
    run = imported(deliver(tmp_path))
    file_document(letter_id_of("1" * 32, (1,)), "SH-2026-00001", inbox="ma-101")

    undone = call("undo", run)

    assert undone.exit_code == 1
    assert "dossier#SH-2026-00001 bleibt: Im Dossier liegen Dokumente." in undone.output
    register = RegisterStore(REGISTER)
    assert (register.find_dossier("SH-2026-00001") is None, register.find_dossier("SH-2026-00002")) == (False, None)
    assert [person.person_id for person in register.find_persons_of_dossier("SH-2026-00001")] == [
        "P-000001",
        "P-000002",
    ]
    assert "teilweise zurückgenommen" in call("runs").output
    assert call("undo", run).output == undone.output


def test_a_run_that_is_none_ends_with_1() -> None:
    undone = call("undo", "import-2026-01-01-0000000000000000")
    assert (undone.exit_code, "Es gibt keinen Lauf" in undone.output) == (1, True)
