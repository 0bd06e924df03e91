"""An old dossier goes its own way beside the daily post: by its cover, into no inbox, and never before a letter."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from sozialakte.cli.print_sheets import Sheet, as_pdf, cover_sheet, register_sheet, separator_sheet
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.store import DossierStore
from sozialakte.intake.batch import BatchState, Upload
from sozialakte.intake.letter import BACKFILE, Letter, LetterState
from sozialakte.intake.model import Lane, Section
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.aws import client
from sozialakte.shared.texts import say
from tests import aws as stage
from tests.aws import DOSSIERS, INTAKE, put_register
from tests.batches import CASE_WORKER, CLOSED, OPEN, OTHER, batch, manifest, register
from tests.pdf_bytes import PdfBytes, Placed
from tests.pipeline import Pipeline
from tests.scans import A4_POINTS, CLEAN, empty, jpeg

pytestmark = pytest.mark.usefixtures("aws")

DAILY = ("scans", "read", "identify", "file", "settle")


@pytest.fixture(autouse=True)
def known(aws: None) -> None:  # noqa: ARG001 (there must be an AWS)
    put_register(*register())


def picture(sheet: Sheet) -> Image.Image:
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    rendered: Image.Image = PdfDocument(as_pdf([sheet]))[0].render(scale=150 / 72).to_pil()
    return rendered.convert("L")


def stack(*parts: Sheet | str | None) -> bytes:
    """A scanned stack: printed sheets, pages with a text, blank backs (None)."""
    pdf = PdfBytes()
    for part in parts:
        if isinstance(part, str):
            pdf.add_text_page([part, "Anna Muster, Dossier SH-2026-00001", "Seite aus einer alten Akte"])
        else:
            image = empty(dpi=50) if part is None else picture(part)
            pdf.add_image_page(Placed(jpeg(image, CLEAN.quality), image.size), A4_POINTS)
    return pdf.finish()


def letters(upload: Upload) -> list[Letter]:
    batch_found = IntakeStore(INTAKE).find_upload(upload)
    assert batch_found
    found = IntakeStore(INTAKE).find_batch_with_letters(batch_found.batch_id)
    assert found
    return list(found[1])


def test_a_dossier_is_filed_by_its_cover_and_registers_without_being_new_to_anybody() -> None:
    run = Pipeline()
    finances, health = register_sheet(Section.FINANCES), register_sheet(Section.HEALTH)
    old = run.drop_old(
        "K-00001/0001.pdf",
        stack(cover_sheet(OTHER), "Vorblatt", finances, "Budget 2017", None, separator_sheet(), "Lohn", health, "Arzt"),
    )

    run.run()

    store = DossierStore(DOSSIERS)
    documents = {one.document_id: one for one in store.documents_of(OTHER, 10).documents}
    found = [documents[letter.letter_id] for letter in letters(old)]
    assert [(one.section, one.kind, one.page_count) for one in found] == [
        (None, "other", 1),
        ("fin", "other", 1),
        ("fin", "other", 1),
        ("med", "medical", 1),
    ]
    assert {(one.decided_by, one.inbox, one.urgent) for one in found} == {(BACKFILE, "backfile", False)}
    assert [say(reason) for reason in found[0].reasons] == [f"Alte Akte: Deckblatt des Dossiers {OTHER}"]
    assert InboxStore(DOSSIERS).inbox(CASE_WORKER, 10).entries == ()
    assert {letter.state for letter in letters(old)} == {LetterState.FILED}
    closed = IntakeStore(INTAKE).find_upload(old)
    assert closed
    assert closed.state is BatchState.CLOSED


def test_its_text_is_read_for_the_search_and_its_transport_copy_may_expire() -> None:
    run = Pipeline()
    old = run.drop_old("K-00001/0001.pdf", stack(cover_sheet(OPEN), "Budget 2017"))

    run.run()

    (letter,) = letters(old)
    reading = stage.letter_file(f"letters/{letter.letter_id}/reading-000.json").decode()
    assert "Budget 2017" in reading
    tags = client("s3").get_object_tagging(Bucket=stage.BACKFILE, Key=old.key, VersionId=old.version_id)["TagSet"]
    assert tags == [{"Key": "settled", "Value": "yes"}]


@pytest.mark.parametrize(
    ("parts", "reasons"),
    [
        (("Seite ohne Deckblatt",), ["Alte Akte: Kein Deckblatt nennt das Dossier."]),
        ((cover_sheet(CLOSED), "Seite"), [f"Das Dossier {CLOSED} ist geschlossen."]),
        ((cover_sheet("SH-1999-99999"), "Seite"), ["Das Dossier SH-1999-99999 gibt es nicht."]),
    ],
)
def test_what_no_open_dossier_can_take_waits_for_a_person(parts: tuple[Sheet | str], reasons: list[str]) -> None:
    run = Pipeline()
    old = run.drop_old("0001.pdf", stack(*parts))

    run.run()

    (letter,) = letters(old)
    assert (letter.state, [say(reason) for reason in letter.reasons]) == (LetterState.REVIEW, reasons)


def test_a_stack_of_which_the_scanner_counted_other_pages_waits_for_a_person() -> None:
    run = Pipeline()
    stage.upload("0001.csv", manifest("0001.pdf", 5), Lane.BACKFILE)
    old = run.drop_old("0001.pdf", stack(cover_sheet(OPEN), "Seite 1", "Seite 2"))

    run.run()

    (letter,) = letters(old)
    assert (letter.state, letter.candidates) == (LetterState.REVIEW, (OPEN,))
    assert say(letter.reasons[0]) == "Das Scanzentrum zählte 5 Seiten, die Datei hat 3."


def test_what_a_person_assigns_of_an_old_dossier_is_news_to_nobody_either() -> None:
    run = Pipeline()
    old = run.drop_old("0001.pdf", stack("Seite ohne Deckblatt"))
    run.run()
    (letter,) = letters(old)

    IntakeStore(INTAKE).save_letter(letter.assign(OPEN, CASE_WORKER, letter.since + timedelta(minutes=1)))
    run.run()

    assert letters(old)[0].state is LetterState.FILED
    assert InboxStore(DOSSIERS).inbox(CASE_WORKER, 10).entries == ()


def test_a_daily_letter_passes_all_old_pages_that_wait() -> None:
    """None of its messages lies on a queue that an old page waits on before it is read."""
    run = Pipeline()
    old = run.drop_old("0001.pdf", stack(cover_sheet(OPEN), *(f"Seite {number}" for number in range(1, 13))))
    run.step("backfile")
    run.drop("Post.pdf", batch())
    waiting = run.drop_old("0002.pdf", stack(cover_sheet(OTHER), "Seite"))

    while run.round(DAILY):
        pass

    assert [entry.dossier_id for entry in InboxStore(DOSSIERS).inbox(CASE_WORKER, 10).entries] == [OPEN]
    assert {letter.state for letter in letters(old)} == {LetterState.CUT}
    assert IntakeStore(INTAKE).find_upload(waiting) is None
    asked = [body["chunk"] for body in stage.take_json("oldpages")]
    assert asked == [0, 1]


def test_the_same_dossier_uploaded_twice_is_filed_once(tmp_path: Path) -> None:
    run = Pipeline(deliveries=2)
    (tmp_path / "0001.pdf").write_bytes(stack(cover_sheet(OPEN), "Seite"))
    first = run.drop_old("0001.pdf", (tmp_path / "0001.pdf").read_bytes())
    second = run.drop_old("nochmals.pdf", (tmp_path / "0001.pdf").read_bytes())

    run.run()

    states = [found.state for upload in (first, second) if (found := IntakeStore(INTAKE).find_upload(upload))]
    assert states == [BatchState.CLOSED, BatchState.DUPLICATE]
    assert len(DossierStore(DOSSIERS).documents_of(OPEN, 10).documents) == 1
