"""``sozialakte inspect bank-message`` says offline what a bank tells, and what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from sozialakte.cli import app
from tests.bank.words import ACCOUNT, camt, details, entry, group, payment, status_report


def inspect(tmp_path: Path, content: bytes, *arguments: str) -> Result:
    path = tmp_path / "message.xml"
    path.write_bytes(content)
    return CliRunner().invoke(app, ["inspect", "bank-message", str(path), *arguments], env={"COLUMNS": "200"})


def test_json_has_the_documented_shape(tmp_path: Path) -> None:
    inside = details("12.00", credit=True, end_to_end_id="NOTPROVIDED", reference="210000000003139471430009017")
    result = inspect(tmp_path, camt("camt.054", [entry("12.00", inside, credit=True)]), "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "kind": "camt.054",
        "version": "08",
        "account": ACCOUNT,
        "entries": [
            {
                "end_to_end_id": "NOTPROVIDED",
                "reference": "210000000003139471430009017",
                "amount": "12.00",
                "currency": "CHF",
                "credit": True,
                "status": "BOOK",
                "reason": "",
            }
        ],
        "errors": [],
    }


def test_an_entry_without_payments_is_one_line(tmp_path: Path) -> None:
    (line,) = json.loads(inspect(tmp_path, camt("camt.053", [entry("7.50")]), "--json").stdout)["entries"]

    assert (line["amount"], line["credit"], line["end_to_end_id"]) == ("7.50", False, "")


def test_a_rejection_is_said_in_words(tmp_path: Path) -> None:
    report = status_report("M", group("M-1", payment("E-1", reason="AM04"), status="PART"), status="PART")

    lines = json.loads(inspect(tmp_path, report, "--json").stdout)["entries"]
    table = inspect(tmp_path, report).stdout

    assert [(line["end_to_end_id"], line["status"]) for line in lines] == [("E-1", "RJCT")]
    assert lines[0]["reason"] == "AM04: Das Guthaben reicht nicht."
    assert "Das Guthaben reicht nicht." in table


def test_markup_in_a_message_stays_text(tmp_path: Path) -> None:
    content = status_report("M", group("M-1", payment("[bold]x", text="[red]<script>")))

    assert "[red]<script>" in inspect(tmp_path, content).stdout


def test_what_is_wrong_is_a_sentence_and_an_exit_code(tmp_path: Path) -> None:
    old = inspect(tmp_path, camt("camt.053", []).replace(b".001.08", b".001.04"), "--json")
    wrong_sum = inspect(tmp_path, camt("camt.054", [entry("9.00", details("4.00") + details("4.00"))]))
    no_xml = inspect(tmp_path, b"GIF89a", "--json")

    assert (old.exit_code, wrong_sum.exit_code, no_xml.exit_code) == (1, 1, 1)
    told = json.loads(old.stdout)
    assert (told["kind"], told["version"], told["entries"]) == ("camt.053", "04", [])
    assert "alten Version 04" in told["errors"][0]
    assert "ergeben zusammen nicht" in wrong_sum.stdout
    assert json.loads(no_xml.stdout)["errors"] == ["Das ist keine XML-Datei."]
