"""Batch and manifest find each other in whichever order they come, once; what never comes is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sozialakte.intake.batch import Batch, BatchState, Upload
from sozialakte.intake.files import IntakeFiles, UploadGoneError
from sozialakte.intake.ledger import Fate, ledger_of, page_accounts
from sozialakte.intake.letter import Letter
from sozialakte.intake.model import Lane
from sozialakte.intake.split_batch import SplitBatch
from sozialakte.intake.store import IntakeStore
from sozialakte.intake.take_manifest import TakeManifest
from sozialakte.intake.upload_pairs import UploadRules, is_manifest
from sozialakte.runtime.aws import client
from sozialakte.shared.clock import utc_now
from sozialakte.shared.reasons import Reason
from tests.aws import BACKFILE, INTAKE, LETTERS, SCANS, letter_keys, rows, upload
from tests.batches import batch as post
from tests.batches import blank_tiff
from tests.batches import manifest as told_of
from tests.pdf_bytes import PdfBytes, Placed
from tests.pipeline import Pipeline, bodies_left
from tests.scans import A4_POINTS, empty, jpeg, separator

pytestmark = pytest.mark.usefixtures("aws")

HOUR = timedelta(hours=1)
PAGES = 4  # of `post`: a letter, a separator, a letter, a blank page


@dataclass(frozen=True)
class Intake:
    """The function of the queue ``scans``, at any time of day."""

    expected: bool = True
    largest: int = 10**8

    def take(self, uploaded: Upload, now: datetime | None = None) -> Batch | None:
        store, files, now = IntakeStore(INTAKE), IntakeFiles(SCANS, LETTERS, BACKFILE), now or utc_now()
        rules = UploadRules(self.expected, HOUR, self.largest)
        with TemporaryDirectory() as folder:
            split = SplitBatch(store, files, Path(folder), rules, now)
            take = TakeManifest(store, files, split, rules, now) if is_manifest(uploaded.key) else split
            return take(uploaded)


def manifest(text: str, key: str = "2026/Stapel 1.csv") -> Upload:
    return upload(key, text.encode())


def counted(pages: int = PAGES, name: str = "Stapel 1.pdf", key: str = "2026/Stapel 1.csv") -> Upload:
    return manifest(f"file;pages\n{name};{pages}\n", key)


def file(body: bytes | None = None, key: str = "2026/Stapel 1.pdf") -> Upload:
    return upload(key, body or post())


def found(batch: Batch | None) -> tuple[Batch, list[Letter]]:
    assert batch is not None, "it waits"
    stored = IntakeStore(INTAKE).find_batch_with_letters(batch.batch_id)
    assert stored is not None
    return stored


def objections(batch: Batch | None) -> list[list[str]]:
    return [[reason.code for reason in letter.objections] for letter in found(batch)[1]]


def fates(batch: Batch | None) -> dict[Fate, int]:
    ledger = ledger_of(*found(batch))
    assert ledger.adds_up
    return {fate: count for fate, count in ledger.fates.items() if count}


def end_state() -> tuple[object, ...]:
    """All that is stored, but for times."""
    kept = [{name: value for name, value in row.items() if name != "since"} for row in rows(INTAKE)]
    return str(kept), letter_keys()


@pytest.mark.parametrize("expected", [True, False])
def test_a_batch_that_is_counted_right_goes_its_way(expected: bool) -> None:
    told, sent = counted(), file()

    batch, letters = found(Intake(expected).take(sent))

    assert batch.manifest is not None
    assert (batch.manifest.upload, batch.manifest.counted, batch.notes) == (told, PAGES, ())
    assert [letter.objections for letter in letters] == [(), ()]
    assert batch.pages_in == PAGES


def test_a_batch_waits_for_its_manifest_which_then_brings_it_up() -> None:
    sent = file()
    assert Intake().take(sent) is None
    assert rows(INTAKE) == []

    batch = Intake().take(counted())

    assert found(batch)[0].upload == sent
    assert objections(batch) == [[], []]


def test_of_old_dossiers_no_manifest_is_missed_that_nobody_sends() -> None:
    batch, letters = found(Intake(expected=True).take(upload("K/1.pdf", post(), Lane.BACKFILE)))

    assert (batch.manifest, batch.notes) == (None, ())
    assert "manifest.missing" not in [reason.code for letter in letters for reason in letter.objections]


def test_a_count_of_old_dossiers_holds_though_the_upload_was_cut_off_over_a_weekend() -> None:
    told = upload("K/1.csv", b"file;pages\n1.pdf;9\n", Lane.BACKFILE)
    assert Intake().take(told, utc_now() + timedelta(days=2)) is None

    batch, letters = found(Intake().take(upload("K/1.pdf", post(), Lane.BACKFILE)))

    assert batch.manifest is not None
    assert batch.manifest.upload == told
    assert {reason.code for letter in letters for reason in letter.objections} >= {"manifest.pages_differ"}


def test_a_manifest_waits_for_its_batch() -> None:
    told = counted()
    assert Intake().take(told) is None
    assert rows(INTAKE) == []

    batch, _ = found(Intake().take(file()))

    assert batch.manifest is not None
    assert batch.manifest.upload == told


def test_where_none_is_expected_a_batch_does_not_wait() -> None:
    batch, letters = found(Intake(expected=False).take(file()))

    assert (batch.manifest, [letter.objections for letter in letters]) == (None, [(), ()])


def test_after_an_hour_a_batch_is_cut_without_its_manifest_and_people_look_at_it() -> None:
    sent = file()
    assert Intake().take(sent, utc_now() + timedelta(minutes=59)) is None

    batch = Intake().take(sent, utc_now() + timedelta(minutes=61))

    assert objections(batch) == [["manifest.missing"]] * 2
    assert found(batch)[0].notes == (Reason("manifest.missing"),)


def test_a_page_that_was_counted_and_is_not_in_the_file_is_told_and_letters_are_held_back() -> None:
    counted(6)

    batch = Intake().take(file())

    stored, letters = found(batch)
    assert (stored.pages_in, stored.pages_found, stored.pages_missing) == (6, 4, 2)
    assert fates(batch) == {Fate.IN_PROGRESS: 2, Fate.SEPARATOR: 1, Fate.BLANK: 1, Fate.REJECTED: 2}
    assert [account.reason.code for account in page_accounts(stored, letters)][4:] == ["manifest.page_missing"] * 2
    assert objections(batch) == [["manifest.pages_differ"]] * 2


def test_more_pages_than_counted_are_all_there_and_letters_are_held_back() -> None:
    counted(3)

    batch = Intake().take(file())

    assert (found(batch)[0].pages_in, found(batch)[0].pages_missing) == (4, 0)
    assert objections(batch) == [["manifest.pages_differ"]] * 2


def test_of_documents_only_those_of_another_length_are_held_back() -> None:
    manifest("file;pages;document;document_pages\nStapel 1.pdf;5;1;1\n;;2;3\n")

    batch = Intake().take(file())

    assert objections(batch) == [[], ["manifest.pages_differ"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Seiten: 4", "manifest.column_unknown"),
        ("file;pages\nStapel 2.pdf;4\n", "manifest.other_file"),
        ("file;pages;document;document_pages\nStapel 1.pdf;4;1;5\n", "manifest.contradicts"),
    ],
)
def test_a_useless_manifest_is_named_and_people_look_at_the_batch(text: str, code: str) -> None:
    told = manifest(text)

    batch = Intake().take(file())

    assert objections(batch) == [[code]] * 2
    assert Intake().take(told) == found(batch)[0]


@cache
def simplex() -> bytes:
    """Three sheets, all fronts and then all backs: a letter of one sheet, a separator, a letter of one sheet."""
    pdf = PdfBytes()
    for sides in (
        ("Brief 1 vorne", separator(dpi=100), "Brief 2 vorne"),
        ("Brief 1 hinten", empty(50), "Brief 2 hinten"),
    ):
        for side in sides:
            if isinstance(side, str):
                pdf.add_text_page([side, "Sehr geehrte Damen und Herren", "Freundliche Grüsse"])
            else:
                pdf.add_image_page(Placed(jpeg(side), side.size), A4_POINTS)
    return pdf.finish()


def test_fronts_and_backs_come_together_and_keep_the_numbers_of_the_file() -> None:
    manifest("file;pages;order\nStapel 1.pdf;6;fronts_then_backs\n")

    batch, letters = found(Intake().take(file(simplex())))

    assert [letter.pages for letter in letters] == [(1, 4), (3, 6)]
    assert [letter.letter_id[-9:] for letter in letters] == ["0001-0004", "0003-0006"]
    assert [account.fate for account in page_accounts(batch, letters)][1::3] == [Fate.SEPARATOR, Fate.BLANK]
    assert batch.notes == ()


def test_fronts_without_as_many_backs_are_refused() -> None:
    manifest("file;pages;order\nStapel 1.pdf;6;fronts_then_backs\n")
    pdf = PdfBytes()
    for page in range(5):
        pdf.add_text_page([f"Seite {page}"])

    batch = Intake().take(file(pdf.finish()))

    assert found(batch)[0].reason == Reason("file.odd_pages", {"pages": "5"})
    assert fates(batch) == {Fate.REJECTED: 6}


def test_a_manifest_that_comes_after_the_cut_is_compared_and_changes_no_letter() -> None:
    cut, letters = found(Intake(expected=False).take(file()))
    told = counted(6)

    late, after = found(Intake(expected=False).take(told))

    assert after == letters
    assert (late.batch_id, late.pages_in, late.pages_missing) == (cut.batch_id, 6, 2)
    assert [note.code for note in late.notes] == ["manifest.pages_differ", "manifest.late"]
    assert fates(late)[Fate.REJECTED] == 2


def test_a_manifest_that_comes_late_and_agrees_ends_the_doubt() -> None:
    sent = file()
    Intake().take(sent, utc_now() + 2 * HOUR)

    late, _ = found(Intake().take(counted(), utc_now() + 3 * HOUR))

    assert (late.notes, late.pages_in) == ((), PAGES)


def test_a_corrected_manifest_replaces_the_first_and_both_may_expire() -> None:
    first = counted(6)
    Intake().take(file())
    second = counted(4)

    late, _ = found(Intake().take(second))

    assert (late.pages_in, late.pages_missing, late.notes) == (4, 0, ())
    assert late.transport_copies[1:] == (second,)
    assert _tags(first) == {"settled": "yes"}


def test_a_manifest_that_was_corrected_before_the_cut_is_done_with() -> None:
    first, second = counted(6), counted(4)
    batch, _ = found(Intake().take(file()))
    assert batch.manifest is not None
    assert batch.manifest.upload == second

    assert Intake().take(first) == batch
    assert _tags(first) == {"settled": "yes"}
    assert IntakeStore(INTAKE).find_upload(first) == batch


def test_a_batch_that_never_comes_is_missed() -> None:
    told = counted(40)
    assert Intake().take(told, utc_now() + timedelta(minutes=59)) is None

    batch = Intake().take(told, utc_now() + timedelta(minutes=61))

    stored, _ = found(batch)
    assert (stored.state, stored.reason) == (BatchState.REJECTED, Reason("manifest.file_missing"))
    assert stored.file_name == "Stapel 1.csv"
    assert fates(batch) == {Fate.REJECTED: 40}
    assert Intake().take(told, utc_now() + 5 * HOUR) == stored


def test_a_useless_manifest_without_a_batch_says_why() -> None:
    told = manifest("INDEX;1;2;3")

    batch, _ = found(Intake(expected=False).take(told, utc_now() + 2 * HOUR))

    assert (batch.state, batch.reason) == (
        BatchState.REJECTED,
        Reason("manifest.column_unknown", {"line": "1", "column": "1"}),
    )


def test_a_batch_that_comes_after_it_was_missed_is_cut() -> None:
    told = counted(4)
    missed = Intake().take(told, utc_now() + 2 * HOUR)

    batch, _ = found(Intake().take(file(), utc_now() + 4 * HOUR))

    assert batch.state is BatchState.CUT
    assert batch.notes == (Reason("manifest.missing"),)
    assert Intake().take(told) == missed


def test_the_same_batch_again_with_its_manifest_is_a_duplicate() -> None:
    counted()
    Intake().take(file())
    told = counted(5, "Stapel 2.pdf", "2026/Stapel 2.csv")

    again = Intake().take(file(key="2026/Stapel 2.pdf"))

    assert found(again)[0].state is BatchState.DUPLICATE
    assert fates(again) == {Fate.DUPLICATE: 4, Fate.REJECTED: 1}
    assert Intake().take(told) == found(again)[0]


def test_a_file_nobody_can_read_has_the_pages_that_were_counted() -> None:
    counted(40)

    batch = Intake().take(file(post()[:-200]))

    assert found(batch)[0].state is BatchState.REJECTED
    assert fates(batch) == {Fate.REJECTED: 40}


def test_the_same_names_the_next_day_are_another_batch() -> None:
    counted(4)
    first, _ = found(Intake().take(file()))
    pdf = PdfBytes()
    pdf.add_text_page(["Guten Tag", "ein anderer Tag"])
    second = file(pdf.finish())

    assert Intake().take(second) is None, "yesterday's manifest has been taken"
    batch, _ = found(Intake().take(counted(1)))
    assert (batch.upload, batch.notes) == (second, ())
    assert batch.batch_id != first.batch_id


@pytest.mark.parametrize("expected", [True, False])
@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_in_whatever_order_announcements_come_and_come_again_the_end_is_the_same(
    order: tuple[int, ...], expected: bool
) -> None:
    announced = [counted(6), file(), counted(4, "Stapel 2.pdf", "2026/Stapel 2.csv"), file(post()[:-200], "2026/x.pdf")]
    for position in (*order, *order):
        Intake(expected).take(announced[position])
    for position in order:
        Intake(expected).take(announced[position], utc_now() + 2 * HOUR)
    state = end_state()

    for position in order:
        Intake(expected).take(announced[position], utc_now() + 3 * HOUR)

    assert end_state() == state
    batches = sorted((row["state"], row["pages_in"]) for row in rows(INTAKE) if row["entity"] == "batch")
    assert batches == [("cut", 6), ("rejected", 0), ("rejected", 4)]


def test_an_upload_larger_than_the_disk_is_refused_before_it_is_fetched() -> None:
    batch, _ = found(Intake(expected=False, largest=1000).take(file()))

    assert (batch.state, batch.sha256) == (BatchState.REJECTED, "")
    assert batch.reason == Reason("file.too_big", {"most": "0"})


def test_a_manifest_that_is_gone_has_a_name_of_its_own() -> None:
    told = counted()
    client("s3").delete_object(Bucket=SCANS, Key=told.key, VersionId=told.version_id)

    with pytest.raises(UploadGoneError):
        Intake().take(told)


def test_the_function_waits_as_its_service_asks_and_both_files_may_expire_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MANIFESTS_EXPECTED", "yes")
    run = Pipeline()
    sent = run.drop("leer.tif", blank_tiff())
    run.run()
    assert rows(INTAKE) == []
    assert bodies_left() == {}, "waiting is no error: the message is done with"

    told = run.drop("leer.csv", told_of("leer.tif", 1))
    run.run()

    batch = IntakeStore(INTAKE).find_upload(sent)
    assert batch is not None
    assert (batch.state, batch.manifest and batch.manifest.upload) == (BatchState.CLOSED, told)
    assert [_tags(one) for one in (sent, told)] == [{"settled": "yes"}] * 2


def _tags(uploaded: Upload) -> dict[str, str]:
    tags = client("s3").get_object_tagging(Bucket=SCANS, Key=uploaded.key, VersionId=uploaded.version_id)["TagSet"]
    return {tag["Key"]: tag["Value"] for tag in tags}
