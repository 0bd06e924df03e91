"""``sozialakte inspect payment-file`` says whether a bank would take a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from tests.payment_files import SWISS_SCHEMAS, payment, payment_file, sepa_payment, swiss_schema, written

GOOD = written(payment_file([payment(1), sepa_payment(2)]))
NO_TOWN = GOOD.replace(b"<TwnNm>Luzern</TwnNm>", b"", 1)


def inspect(*arguments: str | Path) -> Result:
    given = ["inspect", "payment-file", *map(str, arguments)]
    return CliRunner().invoke(app, given, env={"COLUMNS": "250", "SCHEMAS_FOLDER": ""})


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "payments.xml"
    path.write_bytes(data)
    return path


def test_json_has_the_documented_shape(tmp_path: Path) -> None:
    result = inspect(saved(tmp_path, NO_TOWN), "--json")

    assert json.loads(result.stdout) == {
        "valid": False,
        "schema_errors": [],
        "rule_errors": [
            {
                "code": "CH21",
                "rule": "F.6",
                "path": "/Document/CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[1]/Cdtr/PstlAdr/TwnNm",
                "message": "Eine Adresse braucht Ort (TwnNm) und Land (Ctry), je in einem Element.",
            }
        ],
        "payments": 2,
        "total": "399.90",
    }
    assert result.exit_code == 1


def test_a_valid_file_is_exit_code_0(tmp_path: Path) -> None:
    result = inspect(saved(tmp_path, GOOD), "--json")

    assert json.loads(result.stdout) == {
        "valid": True,
        "schema_errors": [],
        "rule_errors": [],
        "payments": 2,
        "total": "399.90",
    }
    assert result.exit_code == 0


def test_people_get_a_sentence_and_a_table(tmp_path: Path) -> None:
    good, bad = inspect(saved(tmp_path, GOOD)), inspect(saved(tmp_path, NO_TOWN.replace(b"TRF", b"ABC")))

    assert (good.stdout, good.exit_code) == ("in Ordnung: 2 Zahlungen, Summe 399.90\n", 0)
    assert bad.exit_code == 1
    for said in ("nicht in Ordnung", "Zeile 4", "PmtMtd", "CH21", "F.6", "Cdtr/PstlAdr/TwnNm", "CH16", "ABC"):
        assert said in bad.stdout


def test_markup_in_a_file_is_only_text(tmp_path: Path) -> None:
    marked = GOOD.replace(b"SOZ-000001", b"[red]&lt;script&gt;")

    assert "[red]<script>" in inspect(saved(tmp_path, marked)).stdout


@pytest.mark.parametrize("data", [b"", b"hello", GOOD[:700], b"\xff\xfe\x00", b"<!DOCTYPE x><x/>"])
def test_what_cannot_be_read_is_an_answer_too(tmp_path: Path, data: bytes) -> None:
    result = inspect(saved(tmp_path, data), "--json")

    answer = json.loads(result.stdout)
    assert (answer["valid"], result.exit_code, len(answer["schema_errors"])) == (False, 1, 1)


@pytest.mark.skipif(swiss_schema() is None, reason="the schema of SIX is not beside the project")
def test_a_folder_brings_the_swiss_schema(tmp_path: Path) -> None:
    path = saved(tmp_path, GOOD.replace(b"<CtctDtls>", b"<CtctDtls><Nm>A</Nm>"))

    assert json.loads(inspect(path, "--json").stdout)["schema_errors"] == []
    assert json.loads(inspect(path, "--json", "--schemas", SWISS_SCHEMAS).stdout)["schema_errors"] != []


def test_a_folder_without_it_is_one_line_on_stderr(tmp_path: Path) -> None:
    result = inspect(saved(tmp_path, GOOD), "--schemas", tmp_path)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Das Schema pain.001.001.09.ch.03.xsd ist nicht da oder unbrauchbar.\n"


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert inspect(tmp_path / "none.xml").exit_code == 2
