"""``sozialakte upload``: says what was sent, what was there, and what is not."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from botocore.exceptions import ReadTimeoutError
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.intake.backfile.files import BackfileFiles
from sozialakte.runtime.aws import client
from tests.aws import BACKFILE
from tests.stacks import answer_instead, deployed, refusal

pytestmark = pytest.mark.usefixtures("aws")


def upload(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["upload", *arguments], env={"COLUMNS": "200"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("1.pdf", "1.csv", "2.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def test_all_is_sent_once(folder: Path) -> None:
    deployed({"demo-intake": {"BackfileBucketName": BACKFILE}})

    first, second = upload(str(folder), "--stage", "demo"), upload(str(folder), "--stage", "demo")

    assert (first.exit_code, first.output) == (0, "3 Dateien gesendet, 0 waren schon da. Alle geprüft.\n")
    assert (second.exit_code, second.output) == (0, "0 Dateien gesendet, 3 waren schon da. Alle geprüft.\n")
    listed = client("s3").list_objects_v2(Bucket=BACKFILE)["Contents"]
    assert [one["Key"] for one in listed] == [f"{folder.name}/{name}" for name in ("1.csv", "1.pdf", "2.pdf")]


def test_what_changed_since_is_named_and_the_rest_is_sent(folder: Path) -> None:
    upload(str(folder), "--bucket", BACKFILE)
    (folder / "1.pdf").write_bytes(b"another scan")
    (folder / "3.pdf").write_bytes(b"3")
    (folder / "notes.docx").write_bytes(b"?")

    result = upload(str(folder), "--bucket", BACKFILE)

    assert result.exit_code == 1
    assert "notes.docx: nicht gesendet" in result.output
    assert "1.pdf: Darunter liegt schon ein anderer Inhalt" in result.output
    assert result.output.endswith("1 Dateien gesendet, 2 waren schon da, 1 fehlen.\n")


def test_scans_that_cannot_be_sent_are_missing(folder: Path) -> None:
    """Whoever reads "0" shreds paper one day."""
    for form in ("NFC", "NFD"):
        (folder / unicodedata.normalize(form, "Müller.pdf")).write_bytes(form.encode())
    (folder / "verknüpft").symlink_to(folder.parent)

    result = upload(str(folder), "--bucket", BACKFILE)

    assert result.exit_code == 1
    assert result.output.count("Eine zweite Datei heisst gleich") == 2
    assert "verknüpft: nicht gesendet. Verknüpfungen" in result.output
    assert result.output.endswith("3 Dateien gesendet, 0 waren schon da, 3 fehlen.\n")


def test_an_empty_folder_and_a_missing_bucket_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert upload(str(tmp_path), "--bucket", BACKFILE).exit_code == 1
    monkeypatch.delenv("BACKFILE_BUCKET")
    assert upload(str(tmp_path)).exit_code == 2


def test_a_refusal_of_aws_ends_in_one_line(folder: Path) -> None:
    answer_instead("s3.PutObject", lambda **_: refusal(403, "AccessDenied"))

    result = upload(str(folder), "--bucket", BACKFILE)

    assert (result.exit_code, result.output) == (3, "Diese Zugangsdaten erlauben das nicht.\n")


def test_an_answer_that_does_not_come_is_no_fault_of_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its error is one of a file, too, for Python."""

    def wait(*_: object) -> None:
        raise ReadTimeoutError(endpoint_url="https://s3")

    monkeypatch.setattr(BackfileFiles, "unfinished", wait)

    result = upload(str(folder), "--bucket", BACKFILE)

    assert (result.exit_code, result.output) == (3, "AWS antwortet nicht wie nötig: ReadTimeoutError\n")
