"""An upload that is cut off anywhere goes on where it was: nothing is missing, nothing is sent twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.intake.backfile.files import BackfileFiles
from sozialakte.intake.backfile.local_files import LocalFile, find_files
from sozialakte.intake.backfile.upload_folder import Outcome, UploadFolder
from sozialakte.runtime.aws import client
from tests.aws import BACKFILE, local_aws
from tests.strict_s3 import Cut, StrictS3, strict_s3

PART = 16
CUTS = st.builds(Cut, at_byte=st.integers(0, 150)) | st.builds(Cut, at_call=st.integers(1, 25), after=st.booleans())


@pytest.fixture
def s3(aws: None) -> Iterator[StrictS3]:  # noqa: ARG001 (there must be an AWS)
    with strict_s3() as strict:
        yield strict


def written(folder: Path, contents: Mapping[str, bytes]) -> tuple[LocalFile, ...]:
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return find_files(folder).files


def upload(files: tuple[LocalFile, ...], parallel: int = 1) -> dict[str, Outcome]:
    done = UploadFolder(BackfileFiles(BACKFILE), parallel, lambda _: None, PART)(files)
    return {one.file.path.name: one.outcome for one in done}


def stored() -> dict[str, bytes]:
    listed = client("s3").list_objects_v2(Bucket=BACKFILE).get("Contents", [])
    bodies = {one["Key"]: client("s3").get_object(Bucket=BACKFILE, Key=one["Key"])["Body"].read() for one in listed}
    return {key.partition("/")[2]: body for key, body in bodies.items()}


def versions() -> int:
    return len(client("s3").list_object_versions(Bucket=BACKFILE).get("Versions", []))


@settings(max_examples=60)
@given(
    sizes=st.lists(st.integers(0, 70), min_size=1, max_size=4),
    cuts=st.lists(CUTS, max_size=4),
    parallel=st.integers(1, 3),
    seed=st.integers(0, 99),
)
def test_cut_off_anywhere_and_begun_again_nothing_is_missing_or_sent_twice(
    sizes: list[int], cuts: list[Cut], parallel: int, seed: int
) -> None:
    contents = {
        f"Schachtel {n}/0{n}.pdf": bytes((seed + n + i * i) % 256 for i in range(size)) for n, size in enumerate(sizes)
    }
    with local_aws(), strict_s3() as s3, TemporaryDirectory() as folder:
        files = written(Path(folder) / "Lieferung 1", contents)
        for cut in cuts:
            with s3.cut_off(cut):
                upload(files, parallel)
        outcomes = upload(files, parallel)

        assert set(outcomes.values()) <= {Outcome.SENT, Outcome.THERE}
        assert set(s3.arrived.values()) <= {1}
        assert s3.bytes == sum(sizes)
        assert (stored(), versions()) == (contents, len(contents))


def test_what_is_there_is_not_sent_again(s3: StrictS3, tmp_path: Path) -> None:
    files = written(tmp_path / "L", {"1.pdf": b"a" * 50, "2.pdf": b"b", "1.csv": b"file;pages\n1.pdf;3\n"})
    assert set(upload(files).values()) == {Outcome.SENT}
    sent = s3.bytes

    assert set(upload(files).values()) == {Outcome.THERE}
    assert s3.bytes == sent


def test_a_file_changed_between_two_runs_is_sent_as_it_is_now(s3: StrictS3, tmp_path: Path) -> None:
    with s3.cut_off(Cut(at_byte=40)):
        upload(written(tmp_path / "L", {"1.pdf": b"a" * 64}))
    changed = b"a" * 16 + b"c" * 30

    assert upload(written(tmp_path / "L", {"1.pdf": changed})) == {"1.pdf": Outcome.SENT}
    assert stored() == {"1.pdf": changed}
    assert s3.bytes == 32 + 30, "the first part had not changed"


def test_other_content_under_a_name_that_is_there_is_told_and_not_sent(s3: StrictS3, tmp_path: Path) -> None:
    upload(written(tmp_path / "L", {"1.pdf": b"old", "2.pdf": b"x"}))
    sent = s3.bytes

    assert upload(written(tmp_path / "L", {"1.pdf": b"new"})) == {"1.pdf": Outcome.CHANGED, "2.pdf": Outcome.THERE}
    assert (stored()["1.pdf"], s3.bytes) == (b"old", sent)


def test_a_corrected_manifest_becomes_the_newest(s3: StrictS3, tmp_path: Path) -> None:
    upload(written(tmp_path / "L", {"1.csv": b"file;pages\n1;3"}))

    assert upload(written(tmp_path / "L", {"1.csv": b"file;pages\n1;4"})) == {"1.csv": Outcome.SENT}
    assert (stored()["1.csv"], versions()) == (b"file;pages\n1;4", 2)
    assert s3.bytes == 28


def test_a_file_that_changes_or_goes_while_it_is_sent_is_told_and_the_others_go_on(
    s3: StrictS3, tmp_path: Path
) -> None:
    files = written(tmp_path / "L", {"1.pdf": b"a" * 40, "2.pdf": b"b" * 40, "3.pdf": b"c"})
    (tmp_path / "L/1.pdf").unlink()
    (tmp_path / "L/3.pdf").write_bytes(b"longer than it was when it was found")

    outcomes = upload(files)

    assert outcomes == {"1.pdf": Outcome.UNSTEADY, "2.pdf": Outcome.SENT, "3.pdf": Outcome.UNSTEADY}
    assert "1.pdf" not in stored()
    assert s3.arrived


def test_a_file_that_changes_after_its_checksum_was_made_never_arrives(s3: StrictS3, tmp_path: Path) -> None:
    files = written(tmp_path / "L", {"1.pdf": b"a" * 40})

    def touch(**_: object) -> None:
        (tmp_path / "L/1.pdf").write_bytes(b"z" * 40)

    client("s3").meta.events.register("before-call.s3.HeadObject", touch)

    assert upload(files) == {"1.pdf": Outcome.UNSTEADY}
    assert (stored(), s3.bytes) == ({}, 0)


def test_parts_that_another_program_left_without_checksum_are_not_believed(s3: StrictS3, tmp_path: Path) -> None:
    s3_client, key = client("s3"), "L/1.pdf"
    begun = s3_client.create_multipart_upload(Bucket=BACKFILE, Key=key, ChecksumAlgorithm="SHA256")["UploadId"]
    s3_client.upload_part(Bucket=BACKFILE, Key=key, UploadId=begun, PartNumber=1, Body=b"something else")

    assert upload(written(tmp_path / "L", {"1.pdf": b"a" * 40})) == {"1.pdf": Outcome.SENT}
    assert stored() == {"1.pdf": b"a" * 40}
    assert s3.arrived["/L/1.pdf", 1] == 2
