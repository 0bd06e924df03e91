"""Documents whose pages have been read, and the indexes of their dossiers."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from functions.dossiers.index_document import handler as index_handler
from sozialakte.dossiers import DocumentChanged, DossierStore, InboxStore, RebuildIndex
from sozialakte.dossiers.correct_document import CorrectDocument
from sozialakte.dossiers.fulltext.files import IndexFiles, key_of
from sozialakte.dossiers.fulltext.index_document import indexed_in
from sozialakte.dossiers.fulltext.page_index import Indexed, PageIndex
from sozialakte.intake.kept_readings import reading_key, to_json
from sozialakte.intake.letter import PAGES_PER_CHUNK, letter_id_of
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.register import RegisterStore
from sozialakte.runtime.aws import client
from tests.aws import DOSSIERS, FULLTEXT, REGISTER, keep_letter_file
from tests.lambda_events import Context, failed_ids, sqs_event
from tests.office import DOSSIER, RECEIVED, RESPONSIBLE, SISTER, file_document


def document_id(number: int) -> str:
    """The id of a document of these tests."""
    return letter_id_of(f"{number:032x}", (1,))


def keep_readings(letter_id: str, *texts: str) -> None:
    """What was read of a letter, as the intake keeps it."""
    readings = [PageReading(page, text, TextSource.OCR) for page, text in enumerate(texts, start=1)]
    for first in range(0, len(readings), PAGES_PER_CHUNK):
        chunk = to_json(readings[first : first + PAGES_PER_CHUNK])
        keep_letter_file(reading_key(letter_id, first // PAGES_PER_CHUNK), chunk)


def file_read_document(number: int, *texts: str, dossier_id: str = DOSSIER, unread_pages: tuple[int, ...] = ()) -> str:
    """A document with these pages in a dossier; its id."""
    new_id = document_id(number)
    keep_readings(new_id, *texts)
    file_document(new_id, dossier_id, page_count=len(texts), unread_pages=unread_pages)
    return new_id


def changed(document: str, dossier_id: str = DOSSIER, version: int = 1, change: str = "filed") -> str:
    """The message that tells of a document."""
    body = {"document_id": document, "dossier_id": dossier_id, "change": change, "document_version": version}
    return DocumentChanged.model_validate(body).to_json()


def index(*bodies: str) -> list[str]:
    """Hand messages to the function; the ids of those that failed."""
    return failed_ids(index_handler(sqs_event(*bodies), Context()))


def rebuild(dossier_id: str = DOSSIER) -> list[str]:
    """Have an index made anew."""
    return index(RebuildIndex(dossier_id=dossier_id).to_json())


def indexed(dossier_id: str = DOSSIER) -> dict[str, Indexed]:
    """What an index knows, by document."""
    with TemporaryDirectory() as folder:
        known = indexed_in(IndexFiles(FULLTEXT), dossier_id, Path(folder, "index"))
    return {one.document_id: one for one in known}


def words_in(dossier_id: str, match: str) -> list[tuple[str, int]]:
    """Document and page of what an index finds."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "index")
        IndexFiles(FULLTEXT).fetch(dossier_id, path)
        with PageIndex.to_read(path) as found:
            return [(hit.document_id, hit.page) for hit in found.search(match, 0, 1000)]


def move(document: str, version: int, from_dossier: str = DOSSIER, to_dossier: str = SISTER) -> None:
    """Somebody puts a document into another dossier."""
    correct(document, version).move(from_dossier, to_dossier, "Falsch abgelegt")


def correct(document: str, version: int) -> CorrectDocument:
    """Somebody corrects a document of this version."""
    stores = DossierStore(DOSSIERS), InboxStore(DOSSIERS), RegisterStore(REGISTER)
    return CorrectDocument(*stores, document, version, RESPONSIBLE, RECEIVED)


def spoil(dossier_id: str = DOSSIER, content: bytes = b"<html>") -> None:
    """Somebody writes something else over an index."""
    client("s3").put_object(Bucket=FULLTEXT, Key=key_of(dossier_id), Body=content)
