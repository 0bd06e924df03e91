"""``sozialakte inspect bill`` says offline which QR-bills a file holds and which rules they break."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from tests.bills import sheet
from tests.payloads import COMBINED, QR_IBAN, QRR, payload
from tests.scans import CLEAN, letter, scan_file

SPACED = {4: "CH44 3199 9123 0008 8901 2"}
OPEN = {19: "", 30: "", **dict.fromkeys(range(21, 28), "")}
TEXT = "Zahnarztpraxis Rottal AG\nRechnung Nr. 4711\nRechnungsbetrag CHF 1'195.45\nIBAN CH93 0076 2011 6238 5295 7"


def inspect(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["inspect", "bill", *map(str, arguments)], env={"COLUMNS": "200"})


def printed(path: Path, *changes: dict[int, str]) -> Path:
    return scan_file(path, [sheet([payload(change).decode()]) for change in changes], CLEAN)


def test_json_has_the_documented_shape(tmp_path: Path) -> None:
    billed = {32: "//S1/10/1188/11/261103/40/0:30", 33: "eBill/B/pia@example.com"}
    result = inspect(printed(tmp_path / "bill.pdf", billed), "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {
            "page": 1,
            "valid": True,
            "errors": [],
            "warnings": [],
            "payload": {
                "iban": QR_IBAN,
                "creditor": {
                    "name": "Stadtwerke Rottal",
                    "street": "Werkhofstrasse",
                    "building_number": "5",
                    "postal_code": "6004",
                    "town": "Luzern",
                    "country": "CH",
                },
                "amount": "199.95",
                "currency": "CHF",
                "debtor": {
                    "name": "Pia Müller",
                    "street": "Marktgasse",
                    "building_number": "28",
                    "postal_code": "9400",
                    "town": "Rorschach",
                    "country": "CH",
                },
                "reference_type": "QRR",
                "reference": QRR,
                "message": "Rechnung 1188",
                "billing_information": "//S1/10/1188/11/261103/40/0:30",
                "alternative_schemes": ["eBill/B/pia@example.com"],
            },
        }
    ]


def test_what_a_bill_leaves_open_is_null(tmp_path: Path) -> None:
    (bill,) = json.loads(inspect(printed(tmp_path / "open.pdf", OPEN), "--json").stdout)

    assert bill["valid"]
    assert [bill["payload"][name] for name in ("amount", "debtor", "message", "billing_information")] == [None] * 4
    assert bill["payload"]["alternative_schemes"] == []


def test_broken_rules_come_with_their_numbers_and_the_exit_code_is_0(tmp_path: Path) -> None:
    result = inspect(printed(tmp_path / "two.pdf", SPACED, COMBINED), "--json")

    spaced, combined = json.loads(result.stdout)
    assert (spaced["page"], spaced["valid"], spaced["warnings"]) == (1, False, [])
    assert spaced["errors"] == ["QR-4.2: Zeile 4: Die IBAN enthält Leerzeichen."]
    assert (combined["page"], combined["valid"], combined["errors"]) == (2, True, [])
    assert [warning.split(":")[0] for warning in combined["warnings"]] == ["QR-5.4"]
    assert result.exit_code == 0


def test_people_get_a_table(tmp_path: Path) -> None:
    told = inspect(printed(tmp_path / "bill.pdf", {32: "//S1/10/1188/11/261103/40/0:30"}, OPEN)).stdout

    for said in (
        "Zahlbar an",
        "Stadtwerke Rottal",
        "Werkhofstrasse 5",
        "CH44 3199 9123 0008 8901 2",
        "21 00000 00003 13947 14300 09017",
        "CHF 199.95",
        "in Ordnung",
        "Rechnung 1188",
        "zahlbar bis 03.12.2026",
        "CHF offen",
    ):
        assert said in told


def test_markup_in_a_bill_is_only_text(tmp_path: Path) -> None:
    told = inspect(printed(tmp_path / "markup.pdf", {6: "[red]<script>x</script>"})).stdout

    assert "[red]<script>x</script>" in told


def test_without_a_code_values_are_proposed_for_confirmation(tmp_path: Path) -> None:
    result = inspect(scan_file(tmp_path / "text.pdf", [letter(TEXT)], CLEAN))

    assert result.exit_code == 0
    for said in (
        "Keine QR-Rechnung gefunden.",
        "bitte bestätigen",
        "Rechnung",
        "CH9300762011623852957",
        "CHF 1'195.45",
    ):
        assert said in result.stdout
    assert "Prüfziffern stimmen" in result.stdout


def test_json_without_a_code_is_an_empty_list(tmp_path: Path) -> None:
    result = inspect(scan_file(tmp_path / "text.pdf", [letter(TEXT)], CLEAN), "--json")

    assert (json.loads(result.stdout), result.exit_code) == ([], 0)


def test_a_code_that_nobody_can_read_is_told_on_stderr(tmp_path: Path) -> None:
    page = sheet([payload().decode()])
    page.paste(180, (950, 2600, 1200, 2900))
    result = inspect(scan_file(tmp_path / "blot.pdf", [page], CLEAN), "--json")

    assert json.loads(result.stdout) == []
    assert result.stderr == "Seite 1: Ein QR-Code ist zu sehen, aber nicht lesbar.\n"


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_broken_file_is_one_line_on_stderr_and_exit_code_1(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 cut")
    result = inspect(tmp_path / "broken.pdf", *options)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Die Datei ist unvollständig, die Übertragung brach ab. Bitte neu senden.\n"


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert inspect(tmp_path / "none.pdf").exit_code == 2
