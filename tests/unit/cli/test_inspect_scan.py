"""``sozialakte inspect scan`` says offline what the intake would make of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.intake.pages.sheet_codes import cover_code
from tests.scans import OFFICE, empty, letter, scan_file, separator, with_code
from tests.tiff_bytes import TiffBytes, page_of

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
    unread: dict[str, object] = {"kind": None, "identifiers": {}, "proposed": False, "proposed_cuts": []}
    assert answer["letters"] == [{"pages": [1], **unread}, {"pages": [3], **unread}]
    assert answer["error"] is None


def bill_code(iban: str, reference: str) -> str:
    """The code of a QR-bill (SIX IG QR-bill 2.3, 4.2)."""
    creditor = ["S", "Stadtwerke Rottal", "Werkhofstrasse", "5", "6004", "Luzern", "CH"]
    debtor = ["S", "Anna Muster", "Seestrasse", "1", "6010", "Kriens", "CH"]
    lines = ["SPC", "0200", "1", iban, *creditor, *[""] * 7, "88.50", "CHF", *debtor, "QRR", reference, "", "EPD"]
    return "\n".join(lines)


@pytest.mark.parametrize("read", [[], ["--read"]])
def test_two_bills_in_one_are_cut_by_a_person(tmp_path: Path, read: list[str]) -> None:
    codes = [
        bill_code("CH4431999123000889012", "210000000003139471430009017"),
        bill_code("CH5604835012345678009", "000000000000000000000000015"),
    ]
    first = letter("Sehr geehrte Damen und Herren\nwir bitten um eine Auskunft.")
    bills = [with_code(letter("Zahlteil"), code, module_mm=0.8, at_mm=(40, 150)) for code in codes]
    path = scan_file(tmp_path / "scan.pdf", [separator(), first, *bills], OFFICE)

    answer = json.loads(inspect(path, "--json", *read).stdout)

    (found,) = answer["letters"]
    assert (found["pages"], found["proposed"]) == ([2, 3, 4], True)
    (cut,) = found["proposed_cuts"]
    assert cut["page"] == 4
    assert cut["reason"].startswith("cut.second_bill: ")
    assert "Seite 4" in cut["reason"]
    assert "Seite 4" in " ".join(inspect(path, *read).stdout.split())


def test_a_tiff_is_looked_at_as_the_intake_does_and_stays_where_it_is(tmp_path: Path) -> None:
    pages = [letter("Guten Tag", dpi=100), separator(dpi=100), empty(dpi=100)]
    path = tmp_path / "scan.tif"
    path.write_bytes(TiffBytes().written([page_of(page.convert("1"), "group4") for page in pages]))

    answer = json.loads(inspect(path, "--json").stdout)

    assert [page["fate"] for page in answer["pages"]] == ["letter", "separator", "blank"]
    assert path.exists()


def test_a_manifest_can_be_tried_out(tmp_path: Path, batch: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text(f"file;pages\n{batch.name};5\n", encoding="utf-8")

    answer = json.loads(inspect(batch, "--manifest", path, "--json").stdout)

    words = "manifest.pages_differ: Das Scanzentrum zählte 5 Seiten, die Datei hat 4."
    assert answer["manifest"] == {"pages_counted": 5, "reason": words}
    assert "zählte 5 Seiten" in inspect(batch, "--manifest", path).stdout


def test_the_manifest_tells_the_order_of_the_pages(tmp_path: Path, batch: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text(f"file;pages;order\n{batch.name};4;fronts_then_backs\n", encoding="utf-8")

    answer = json.loads(inspect(batch, "--manifest", path, "--json").stdout)

    assert [read["pages"] for read in answer["letters"]] == [[1, 3]]
    assert answer["manifest"] == {"pages_counted": 4, "reason": None}


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
