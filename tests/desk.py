"""The review desk for tests: letters with real files that wait for people, and what people ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from functions.intake.api import handler
from sozialakte.intake.letter import Letter, StoredObject
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.model import Lane, Section
from sozialakte.intake.store import IntakeStore
from sozialakte.shared.reasons import Reason
from tests.aws import INTAKE, keep_letter_file, put_register, upload
from tests.batches import MAILROOM, OPEN, register
from tests.builders import BATCH_ID, a_batch, a_letter, a_plan
from tests.fresh_stage import set_up
from tests.http_calls import Answer, Call
from tests.pdf_bytes import PdfBytes

KNOWN = ("Sehr geehrte Damen und Herren", f"Anna Muster, Dossier {OPEN}: Beleg zum Budget", "Freundliche Grüsse")
UNKNOWN = ("Sehr geehrte Damen und Herren", "Wir bitten um einen Termin in dieser Sache.", "Freundliche Grüsse")
WAITED_SINCE = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
WHOLE = "LLL"


@set_up
def furnish_register() -> None:
    """The register of the batches (`tests.batches`)."""
    put_register(*register())


def furnish(sketch: str = WHOLE, texts: Sequence[Sequence[str]] = (UNKNOWN, KNOWN, UNKNOWN)) -> list[Letter]:
    """A batch of these pages whose letters all wait for people."""
    furnish_register()
    batch = replace(a_batch(a_plan(sketch)), upload=upload("Stapel 1.pdf", b"a scan"))
    IntakeStore(INTAKE).add_batch(batch)
    planned = batch.plan.letters if batch.plan else ()
    return [waiting(letter.pages, [texts[page - 1] for page in letter.pages]) for letter in planned]


def waiting(
    pages: tuple[int, ...],
    texts: Sequence[Sequence[str]],
    batch_id: str = BATCH_ID,
    lane: Lane = Lane.DAILY,
    section: Section | None = None,
) -> Letter:
    """A letter in review with its file."""
    letter = replace(a_letter(pages, batch_id=batch_id), lane=lane, section=section)
    content = pdf_of(texts)
    version = keep_letter_file(letter.original.key, content)
    kept = replace(letter, original=StoredObject(letter.original.key, version), sha256=sha256(content).hexdigest())
    known = kept.read(WAITED_SINCE).know(LetterFacts("bill", urgent=True))
    found = known.review((Reason("identify.nothing_found"),), (OPEN,), WAITED_SINCE)
    IntakeStore(INTAKE).add_letter(found)
    return found


def pdf_of(texts: Sequence[Sequence[str]]) -> bytes:
    """A PDF with a page for each of the texts."""
    pdf = PdfBytes()
    for lines in texts:
        pdf.add_text_page(list(lines))
    return pdf.finish()


def get(path: str, query: Mapping[str, str] | None = None, staff: str = MAILROOM) -> Answer:
    """Somebody of the mailroom looks."""
    return Call("GET", path, staff, "[mailroom]", query).to(handler)


def post(letter: Letter | str, what: str, body: object = None, staff: str = MAILROOM) -> Answer:
    """Somebody of the mailroom decides."""
    letter_id = letter if isinstance(letter, str) else letter.letter_id
    path = f"/intake/letters/{letter_id}/{what}"
    return Call("POST", path, staff, "[mailroom]", body=body, request_id=f"{staff}-{what}").to(handler)


def now_is(letter: Letter | str) -> Letter:
    """The letter as it is now."""
    return IntakeStore(INTAKE).letter(letter if isinstance(letter, str) else letter.letter_id)
