"""An upload is cut once, whatever happens to the process, the file or its copies; what cannot be read says why."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from sozialakte.intake.batch import Batch, BatchState, Upload, aside_id_for, batch_id_for, set_aside_key, whole_file_key
from sozialakte.intake.files import IntakeFiles, UploadGoneError
from sozialakte.intake.ledger import Fate, ledger_of
from sozialakte.intake.letter import LetterState
from sozialakte.intake.split_batch import SplitBatch
from sozialakte.intake.store import IntakeStore
from sozialakte.intake.upload_pairs import UploadRules
from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import Table
from tests import scans
from tests.aws import INTAKE, LETTERS, SCANS, letter_file, letter_keys, rows, upload
from tests.builders import LATER, NOW, a_batch
from tests.pdf_bytes import PdfBytes
from tests.tiff_bytes import TiffBytes, page_of

pytestmark = pytest.mark.usefixtures("aws")

KEY = "2026/Stapel Müller + Söhne.pdf"
DPI = 100
SCANNER = replace(scans.OFFICE, noise=3.0)


@lru_cache(maxsize=8)
def scan(sketch: str = "LLSBL") -> bytes:
    """A scanned batch: letter pages L, separators S, blanks B."""
    return scans.scan_bytes([_page(mark, number) for number, mark in enumerate(sketch, start=1)], SCANNER)


def _page(mark: str, number: int) -> Image.Image:
    if mark == "L":
        return scans.letter(f"Guten Tag\nDas ist die Seite {number}.\nFreundliche Grüsse", dpi=DPI)
    return scans.separator(dpi=DPI) if mark == "S" else scans.empty(dpi=DPI)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def split(uploaded: Upload, folder: Path, now: datetime = NOW) -> Batch:
    rules = UploadRules(manifests_expected=False, manifest_wait=timedelta(hours=1), largest=10**8)
    batch = SplitBatch(IntakeStore(INTAKE), IntakeFiles(SCANS, LETTERS), folder, rules, now)(uploaded)
    assert batch is not None, "nothing is waited for"
    return batch


def test_every_page_of_a_batch_gets_its_place(folder: Path) -> None:
    batch = split(upload(KEY, scan()), folder)

    assert (batch.state, batch.pages_in) == (BatchState.CUT, 5)
    assert batch.batch_id == batch_id_for(sha256(scan()).hexdigest())
    found = IntakeStore(INTAKE).find_batch_with_letters(batch.batch_id)
    assert found is not None
    assert [letter.pages for letter in found[1]] == [(1, 2), (5,)]
    assert {letter.state for letter in found[1]} == {LetterState.CUT}
    fates = ledger_of(*found).fates
    assert (fates[Fate.IN_PROGRESS], fates[Fate.SEPARATOR], fates[Fate.BLANK]) == (3, 1, 1)


def test_a_letter_is_the_file_its_row_names(folder: Path) -> None:
    batch = split(upload(KEY, scan()), folder)

    found = IntakeStore(INTAKE).find_batch_with_letters(batch.batch_id)
    assert found is not None
    for letter in found[1]:
        body = letter_file(letter.original.key, letter.original.version_id)
        assert sha256(body).hexdigest() == letter.sha256
        assert len(PdfReader(io.BytesIO(body)).pages) == len(letter.pages)


def test_separators_and_blanks_are_kept_aside(folder: Path) -> None:
    batch = split(upload(KEY, scan()), folder)

    assert len(PdfReader(io.BytesIO(letter_file(set_aside_key(batch.batch_id)))).pages) == 2


def test_no_key_of_ours_shows_the_name_of_the_file(folder: Path) -> None:
    split(upload(KEY, scan()), folder)

    keys = [*letter_keys(), *(str(row["pk"]) + str(row["sk"]) for row in rows(INTAKE))]
    assert not [key for key in keys if "ller" in key]


def test_one_letter_of_all_pages_is_the_uploaded_file_itself(folder: Path) -> None:
    """So a signature stays valid, and attachments stay where they are."""
    batch = split(upload(KEY, scan("LL")), folder)

    found = IntakeStore(INTAKE).find_batch_with_letters(batch.batch_id)
    assert found is not None
    (letter,) = found[1]
    assert letter_file(letter.original.key, letter.original.version_id) == scan("LL")


@lru_cache(maxsize=2)
def with_attachment(sketch: str) -> bytes:
    """A scan with a file attached to the document, as some programs send it."""
    writer = PdfWriter(io.BytesIO(scan(sketch)))
    writer.add_attachment("Beilage.txt", b"mehr dazu")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_what_letters_cannot_carry_is_kept_with_the_whole_file_and_people_look(folder: Path) -> None:
    batch = split(upload(KEY, with_attachment("LSL")), folder)

    found = IntakeStore(INTAKE).find_batch_with_letters(batch.batch_id)
    assert found is not None
    assert [[reason.code for reason in letter.objections] for letter in found[1]] == [["note.attachment"]] * 2
    assert letter_file(whole_file_key(batch.batch_id)) == with_attachment("LSL")


def test_the_only_letter_of_a_file_carries_all_of_it(folder: Path) -> None:
    batch = split(upload(KEY, with_attachment("LL")), folder)

    found = IntakeStore(INTAKE).find_batch_with_letters(batch.batch_id)
    assert found is not None
    assert [letter.objections for letter in found[1]] == [()]
    assert letter_keys() == [found[1][0].original.key]


def tiff(sketch: str = "LLSBL") -> bytes:
    """The same as `scan`, in black and white, as faxes and many scanners write it."""
    pages = [_page(mark, number).convert("1") for number, mark in enumerate(sketch, start=1)]
    return TiffBytes().written([page_of(page, "group4") for page in pages])


def test_a_tiff_is_cut_like_a_pdf_whatever_its_name(folder: Path) -> None:
    batch = split(upload("2026/Stapel 7.pdf", tiff()), folder)

    found = IntakeStore(INTAKE).find_batch_with_letters(batch.batch_id)
    assert found is not None
    assert [letter.pages for letter in found[1]] == [(1, 2), (5,)]
    assert (batch.sha256, batch.size) == (sha256(tiff()).hexdigest(), len(tiff()))
    for letter in found[1]:
        body = letter_file(letter.original.key, letter.original.version_id)
        assert len(PdfReader(io.BytesIO(body)).pages) == len(letter.pages)


def test_a_tiff_half_cut_is_finished_with_the_same_bytes(folder: Path) -> None:
    uploaded = upload(KEY, tiff("LSL"))
    whole = split(uploaded, folder)
    before = letter_file(f"letters/{whole.batch_id}-0003-0003/original.pdf")
    client("s3").delete_object(Bucket=LETTERS, Key=f"letters/{whole.batch_id}-0003-0003/original.pdf")
    _forget_letter(whole, "LETTER#0003", then=BatchState.RECEIVED)

    split(uploaded, folder)

    assert letter_file(f"letters/{whole.batch_id}-0003-0003/original.pdf") == before


def test_an_upload_announced_twice_is_cut_once(folder: Path) -> None:
    uploaded = upload(KEY, scan())
    first = split(uploaded, folder)
    before = (rows(INTAKE), letter_keys())

    assert split(uploaded, folder, LATER).batch_id == first.batch_id
    assert (rows(INTAKE), letter_keys()) == before


def test_the_same_scan_sent_twice_is_a_duplicate_page_by_page(folder: Path) -> None:
    first = split(upload(KEY, scan()), folder)
    copy = upload("copy.pdf", scan())

    repeated = split(copy, folder, LATER)

    assert (repeated.batch_id, repeated.state) == (aside_id_for(first.sha256, copy), BatchState.DUPLICATE)
    assert repeated.reason is not None
    assert repeated.reason.params == {"batch_id": first.batch_id}
    assert ledger_of(repeated, []).fates[Fate.DUPLICATE] == 5
    assert {str(row["letter_id"])[:32] for row in rows(INTAKE) if row["entity"] == "letter"} == {first.batch_id}


def test_every_further_copy_has_its_own_record(folder: Path) -> None:
    uploads = [upload(KEY, scan()) for _ in range(3)]

    batch_ids = [split(one, folder).batch_id for one in uploads]
    again = [split(one, folder).batch_id for one in uploads]

    assert len(set(batch_ids)) == 3
    assert again == batch_ids


def test_an_upload_that_is_replaced_while_it_waits_is_read_as_announced(folder: Path) -> None:
    announced = upload(KEY, scan("LL"))
    replacement = upload(KEY, scan("LSL"))

    assert split(announced, folder).pages_in == 2
    assert split(replacement, folder).pages_in == 3


def test_an_upload_that_is_gone_makes_no_batch(folder: Path) -> None:
    uploaded = upload(KEY, scan())
    client("s3").delete_object(Bucket=SCANS, Key=KEY, VersionId=uploaded.version_id)

    with pytest.raises(UploadGoneError):
        split(uploaded, folder)

    assert rows(INTAKE) == []


def test_a_batch_half_cut_is_finished_by_its_first_plan(folder: Path) -> None:
    uploaded = upload(KEY, scan("LSLSL"))
    whole = split(uploaded, folder)
    clean = (rows(INTAKE), letter_keys())
    _forget_letter(whole, "LETTER#0003", then=BatchState.RECEIVED)

    split(uploaded, folder)

    assert (rows(INTAKE), letter_keys()) == clean


def test_letters_that_have_gone_on_are_left_alone_when_cutting_goes_on(folder: Path) -> None:
    uploaded = upload(KEY, scan("LSLSL"))
    whole = split(uploaded, folder)
    store = IntakeStore(INTAKE)
    read = store.save_letter(store.letter(f"{whole.batch_id}-0001-0001").read(LATER))
    _forget_letter(whole, "LETTER#0003", then=BatchState.RECEIVED)

    split(uploaded, folder, LATER)

    assert store.letter(read.letter_id) == read


@pytest.mark.parametrize(
    ("body", "code", "pages"),
    [
        pytest.param(b"", "file.empty", 0, id="empty"),
        pytest.param(b"GIF89a, not a PDF at all", "file.not_a_pdf", 0, id="not a PDF"),
        pytest.param(PdfBytes().finish(), "file.no_pages", 0, id="no pages"),
        pytest.param(scan("LL")[: len(scan("LL")) // 2], None, None, id="truncated"),
        pytest.param(TiffBytes().written([]), "file.no_pages", 0, id="a TIFF without pages"),
        pytest.param(
            TiffBytes().written([page_of(Image.new("1", (99, 99)), "group4")])[:-30],
            "file.truncated",
            0,
            id="half a TIFF",
        ),
    ],
)
def test_what_cannot_be_read_is_rejected_with_the_reason(
    folder: Path, body: bytes, code: str | None, pages: int | None
) -> None:
    batch = split(upload(KEY, body), folder)

    assert batch.state is BatchState.REJECTED
    assert batch.reason is not None
    assert batch.reason.code.startswith("file.")
    assert code in {None, batch.reason.code}
    assert pages in {None, batch.pages_in}
    assert letter_keys() == []
    assert ledger_of(batch, []).is_complete


def test_a_rejected_file_sent_again_is_rejected_again(folder: Path) -> None:
    first = split(upload(KEY, b""), folder)
    second = split(upload(KEY, b""), folder)

    assert (second.state, second.reason) == (BatchState.REJECTED, first.reason)
    assert second.batch_id != first.batch_id


def test_a_rejected_file_sent_again_is_judged_anew(folder: Path) -> None:
    before = upload(KEY, scan())
    content = sha256(scan()).hexdigest()
    once = replace(a_batch(state=BatchState.REJECTED), batch_id=aside_id_for(content, before), upload=before)
    IntakeStore(INTAKE).add_batch(replace(once, sha256=content, plan=None))

    again = split(upload(KEY, scan()), folder)

    assert (again.batch_id, again.state) == (batch_id_for(content), BatchState.CUT)


def _forget_letter(batch: Batch, sort_key: str, then: BatchState) -> None:
    """As if the process had died before it wrote this letter's row (its file lies there already)."""
    table = Table(INTAKE)
    table.delete(f"BATCH#{batch.batch_id}", sort_key)
    row = table.get(f"BATCH#{batch.batch_id}", "BATCH")
    assert row is not None
    table.put({**row, "state": then.value, "state_key": f"batch#{then.value}", "version": 1})
