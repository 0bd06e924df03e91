"""``sozialakte inspect scan`` says offline what the intake would make of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.intake.sheet_codes import cover_code
from tests.scans import OFFICE, empty, letter, scan_file, separator

DOSSIER = "SH-2026-00123"


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = [
        letter("Betrifft Herrn Muster\nAHV-Nummer 756.9217.0769.85, Dossier SH-2026-00123"),
        separator(cover_code(DOSSIER), "QRCode"),
        letter("Sehr geehrte Damen und Herren"),
        empty(),
    ]
    return scan_file(tmp_path_factory.mktemp("post") / "Post vom 1. März + Beilagen.pdf", pages, OFFICE)


def inspect(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["inspect", "scan", *map(str, arguments)], env={"COLUMNS": "160"})


def test_json_has_the_documented_shape(batch: Path) -> None:
    result = inspect(batch, "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert list(answer) == ["pages", "letters", "error"]
    assert [(page["page"], page["fate"]) for page in answer["pages"]] == [
        (1, "letter"),
        (2, "separator"),
        (3, "letter"),
        (4, "blank"),
    ]
    assert answer["pages"][1] == {
        "page": 2,
        "fate": "separator",
        "reason": f"page.separator_cover: Deckblatt des Dossiers {DOSSIER}",
        "codes": [{"format": "QRCode", "text": cover_code(DOSSIER)}],
    }
    unread: dict[str, object] = {"kind": None, "identifiers": {}, "proposed": False}
    assert answer["letters"] == [{"pages": [1], **unread}, {"pages": [3], **unread}]
    assert answer["error"] is None


def test_read_fills_kind_and_identifiers(batch: Path) -> None:
    answer = json.loads(inspect(batch, "--read", "--json").stdout)
    assert all(isinstance(read["kind"], str) for read in answer["letters"])
    assert answer["letters"][0]["identifiers"]["ahv_numbers"] == ["756.9217.0769.85"]
    assert answer["letters"][0]["identifiers"]["dossier_numbers"] == [DOSSIER]


def test_people_get_german_tables(batch: Path) -> None:
    result = inspect(batch)
    assert result.exit_code == 0
    for words in (f"Deckblatt des Dossiers {DOSSIER}", "Leerseite", "4 Seiten, 2 Briefe"):
        assert words in result.stdout


@pytest.mark.parametrize(("data", "code"), [(b"", "file.empty"), (b"GIF89a", "file.not_a_pdf")])
def test_a_rejected_file_is_an_answer_and_no_failure(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(data)
    result = inspect(path, "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["pages"], answer["letters"]) == ([], [])
    assert answer["error"].startswith(f"{code}: Die Datei ")
    assert "Die Datei würde zurückgewiesen" in inspect(path).stdout


def test_the_pages_of_a_rejected_file_share_its_fate(tmp_path: Path, batch: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(batch.read_bytes().replace(b"/Count 4", b"/Count 5"))
    answer = json.loads(inspect(path, "--json").stdout)
    assert [page["fate"] for page in answer["pages"]] == ["rejected"] * 4
    assert answer["error"].startswith("file.damaged: ")


@pytest.mark.parametrize("arguments", [[], ["missing.pdf"], ["."], ["--nonsense"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert inspect(*arguments).exit_code == 2
