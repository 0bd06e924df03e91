"""Exactly this version of an upload, exactly these bytes of a letter."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from sozialakte.intake.batch import Upload
from sozialakte.intake.files import IntakeFiles, UploadGoneError
from sozialakte.intake.letter import StoredObject
from sozialakte.runtime.aws import client
from tests.aws import LETTERS, SCANS, letter_file, letter_keys, upload

pytestmark = pytest.mark.usefixtures("aws")

KEY = "letters/x-0001-0002/original.pdf"


@pytest.fixture
def files() -> IntakeFiles:
    return IntakeFiles(SCANS, LETTERS)


def test_an_upload_that_is_replaced_is_read_as_it_was_announced(files: IntakeFiles, tmp_path: Path) -> None:
    first = upload("Stapel Müller + Söhne.pdf", b"first")
    second = upload(first.key, b"second!")

    fetched = [files.fetch_upload(version, tmp_path / version.version_id) for version in (first, second)]

    assert [one.path.read_bytes() for one in fetched] == [b"first", b"second!"]
    assert [one.size for one in fetched] == [5, 7]
    assert fetched[0].sha256 == sha256(b"first").hexdigest()
    assert fetched[0].received_at.tzinfo is not None


def test_an_upload_that_is_deleted_can_still_be_read(files: IntakeFiles, tmp_path: Path) -> None:
    uploaded = upload("a.pdf", b"scan")
    client("s3").delete_object(Bucket=SCANS, Key="a.pdf")

    assert files.fetch_upload(uploaded, tmp_path / "a").size == 4
    assert [found.upload for found in files.uploads()] == [uploaded]


@pytest.mark.parametrize(
    "gone", [Upload("never.pdf", "v1"), Upload("there.pdf", "ffffffff-0000-4000-8000-000000000000")]
)
def test_an_upload_that_does_not_exist_has_a_name_of_its_own(files: IntakeFiles, tmp_path: Path, gone: Upload) -> None:
    upload("there.pdf", b"scan")

    with pytest.raises(UploadGoneError, match=gone.upload_id):
        files.fetch_upload(gone, tmp_path / "gone")


def test_a_record_has_one_version_however_often_it_is_kept(files: IntakeFiles, tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(b"letter")

    first = files.keep_once(KEY, tmp_path / "cut.pdf")
    again = files.keep_once(KEY, tmp_path / "cut.pdf")

    assert first == again
    assert letter_keys() == [KEY]
    stored, digest = first
    assert digest == sha256(letter_file(stored.key, stored.version_id)).hexdigest()


def test_a_record_is_what_was_kept_first(files: IntakeFiles, tmp_path: Path) -> None:
    """A later cut with another library may give other bytes; the row must match what lies there."""
    (tmp_path / "cut.pdf").write_bytes(b"letter")
    first = files.keep_once(KEY, tmp_path / "cut.pdf")
    (tmp_path / "cut.pdf").write_bytes(b"letter, written differently")

    assert files.keep_once(KEY, tmp_path / "cut.pdf") == first
    assert letter_file(KEY) == b"letter"


def test_a_letter_is_fetched_in_the_version_its_row_names(files: IntakeFiles, tmp_path: Path) -> None:
    old = client("s3").put_object(Bucket=LETTERS, Key=KEY, Body=b"old")["VersionId"]
    client("s3").put_object(Bucket=LETTERS, Key=KEY, Body=b"new")

    files.fetch(StoredObject(KEY, old), tmp_path / "exact")
    files.fetch_latest(KEY, tmp_path / "latest")

    assert (tmp_path / "exact").read_bytes() == b"old"
    assert (tmp_path / "latest").read_bytes() == b"new"


def test_small_files_come_back(files: IntakeFiles) -> None:
    files.write("letters/x-0001-0002/reading-000.json", b"{}")

    assert files.read("letters/x-0001-0002/reading-000.json") == b"{}"


def test_every_version_of_every_upload_is_listed(files: IntakeFiles) -> None:
    uploads = {upload("a.pdf", b"1"), upload("a.pdf", b"2"), upload("b c/ä.pdf", b"3")}

    assert {found.upload for found in files.uploads()} == uploads


def test_only_the_settled_version_may_expire(files: IntakeFiles) -> None:
    settled, other = upload("a.pdf", b"1"), upload("a.pdf", b"2")

    files.settle(settled)
    files.settle(settled)

    assert _tags(settled) == {"settled": "yes"}
    assert not _tags(other)


def test_an_upload_that_is_gone_needs_no_settling(files: IntakeFiles) -> None:
    """Its batch is settled for good: failing would stop the table's stream for everybody."""
    uploaded = upload("a.pdf", b"1")
    client("s3").delete_object(Bucket=SCANS, Key=uploaded.key, VersionId=uploaded.version_id)

    files.settle(uploaded)

    assert not list(files.uploads())


def _tags(uploaded: Upload) -> dict[str, str]:
    tags = client("s3").get_object_tagging(Bucket=SCANS, Key=uploaded.key, VersionId=uploaded.version_id)["TagSet"]
    return {tag["Key"]: tag["Value"] for tag in tags}
