"""``sozialakte trace``: the biography of a page, a letter, a document or a batch, from what each context keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sozialakte.audit import AuditEntry, AuditStore
from sozialakte.audit.answers import TraceAnswer
from sozialakte.audit.operators import Operator
from sozialakte.cli.operator import operator
from sozialakte.cli.problems import CommandError, in_one_line
from sozialakte.cli.stage import bucket_of, table_of
from sozialakte.cli.trace_lines import (
    Chapter,
    Line,
    bundle_line,
    cut_lines,
    document_lines,
    in_order,
    move_line,
    page_lines,
    reading_lines,
    step_lines,
    upload_lines,
)
from sozialakte.dossiers import DossierStore
from sozialakte.dossiers.model import Move
from sozialakte.intake.batch import Batch
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.kept_readings import readings_of
from sozialakte.intake.letter import Letter, LetterState, batch_id_of
from sozialakte.intake.store import IntakeStore, UnknownLetterError
from sozialakte.partners import HandoverStore
from sozialakte.register import RegisterStore
from sozialakte.shared.access import Action
from sozialakte.shared.clock import zurich_time
from sozialakte.shared.ids import BatchId, LetterId
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_A_LOOK_UP = 100
_BATCH_ID: TypeAdapter[str] = TypeAdapter(BatchId)
_LETTER_ID: TypeAdapter[str] = TypeAdapter(LetterId)
_PAGE = re.compile(r"(?P<batch_id>[^/]*)/(?P<page>[0-9]{1,6})", re.ASCII)


@dataclass(frozen=True)
class Stores:
    """Where a stage keeps what happened."""

    intake: IntakeStore
    files: IntakeFiles
    dossiers: DossierStore
    partners: HandoverStore
    audit: AuditStore
    register: RegisterStore
    operator: Operator

    @classmethod
    def of(cls, stage: str) -> Stores:
        """Those of a stage. Raises `CommandError`."""
        return cls(
            IntakeStore(table_of(stage, "intake")),
            IntakeFiles("", bucket_of(stage, "intake", "Letters")),
            DossierStore(table_of(stage, "dossiers")),
            HandoverStore(table_of(stage, "partners")),
            AuditStore(table_of(stage, "audit")),
            RegisterStore(table_of(stage, "register")),
            operator(),
        )


def trace_command(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="A letter, a document, a batch, or <batch>/<page>.")],
    stage: Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")],
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Tell in order of time what became of a page: file, cut, reading, decisions, dossier, readers, hand-over.

    Who asked is written into the audit first. Exit code 0: told; 1: there is no such thing or stage; 2: wrong usage;
    3: AWS did not answer as needed.
    """
    with in_one_line():
        lines = in_order(_biography(Stores.of(stage), wanted))
    if json_wanted:
        told = [{"at": line.at.isoformat(), "chapter": line.chapter.value, "text": line.text} for line in lines]
        typer.echo(json.dumps({"id": wanted, "lines": told}, ensure_ascii=False))
        return
    table = Table(say(Reason("cli.trace.at")), say(Reason("cli.trace.what")), "")
    for line in lines:
        at = f"{zurich_time(line.at):%d.%m.%Y %H:%M:%S}"
        table.add_row(at, say(Reason(f"trace_chapter.{line.chapter}")), escape(line.text))
    Console().print(table)


def _biography(stores: Stores, wanted: str) -> Iterator[Line]:
    if match := _PAGE.fullmatch(wanted):
        return _of_page(stores, match["batch_id"], int(match["page"]), wanted)
    if _is(_LETTER_ID, wanted):
        return _of_letter_and_batch(stores, wanted)
    return _of_batch(stores, wanted, wanted)


def _of_page(stores: Stores, batch_id: str, page: int, wanted: str) -> Iterator[Line]:
    batch, letters = _batch(stores, batch_id, wanted)
    if not 1 <= page <= batch.pages_in:
        raise _unknown(wanted)
    yield from upload_lines(batch)
    yield from page_lines(batch, letters, [page])
    yield from _seen(stores, f"batch#{batch_id}", batch.received_at)
    for letter in letters:
        if page in letter.pages:
            yield from _of_letter(stores, letter, batch, [page])


def _of_batch(stores: Stores, batch_id: str, wanted: str) -> Iterator[Line]:
    batch, letters = _batch(stores, batch_id, wanted)
    yield from upload_lines(batch)
    yield from page_lines(batch, letters, range(1, batch.pages_in + 1))
    yield from _seen(stores, f"batch#{batch_id}", batch.received_at)
    for letter in letters:
        yield from cut_lines(letter, batch)
        yield from step_lines(letter)


def _of_letter_and_batch(stores: Stores, letter_id: str) -> Iterator[Line]:
    try:
        letter = stores.intake.letter(letter_id)
    except UnknownLetterError as error:
        raise _unknown(letter_id) from error
    batch, letters = _batch(stores, batch_id_of(letter_id), letter_id)
    yield from upload_lines(batch)
    yield from page_lines(batch, letters, letter.pages)
    yield from _of_letter(stores, letter, batch, letter.pages)


def _of_letter(stores: Stores, letter: Letter, batch: Batch, pages: Sequence[int]) -> Iterator[Line]:
    yield from cut_lines(letter, batch)
    if any(step.state is LetterState.READ for step in letter.history):
        yield from reading_lines(letter, readings_of(stores.files, letter), pages)
    yield from step_lines(letter)
    yield from _seen(stores, f"letter#{letter.letter_id}", letter.received_at)
    yield from _of_document(stores, letter)


def _of_document(stores: Stores, letter: Letter) -> Iterator[Line]:
    document_id = letter.letter_id
    filing = stores.dossiers.find_filing(document_id)
    document = stores.dossiers.find_document(filing.dossier_id, document_id) if filing else None
    if document is None:
        return
    moves = _moves(stores, document_id, document.dossier_id)
    yield from document_lines(document, moves[-1].from_dossier if moves else document.dossier_id)
    yield from map(move_line, moves)
    for reference in stores.partners.bundles_of(document_id):
        bundle = stores.partners.find(reference.bundle_id)
        if bundle:
            yield bundle_line(bundle)
    for dossier_id in sorted({document.dossier_id, *(move.from_dossier for move in moves)}):
        yield from _seen(stores, f"dossier#{dossier_id}", letter.received_at, f"document#{document_id}")


def _moves(stores: Stores, document_id: str, dossier_id: str) -> list[Move]:
    """How it came to the dossier where it lies, the last move first: each tells the dossier before."""
    moves: list[Move] = []
    while True:
        came = [move for move in _moves_of(stores, dossier_id) if _brought(move, document_id, dossier_id, moves)]
        if not came:
            return moves
        moves.append(came[0])
        dossier_id = came[0].from_dossier


def _brought(move: Move, document_id: str, dossier_id: str, later: Sequence[Move]) -> bool:
    is_earlier = not later or move.version < later[-1].version
    return move.document_id == document_id and move.to_dossier == dossier_id and is_earlier


def _moves_of(stores: Stores, dossier_id: str) -> Iterator[Move]:
    cursor: str | None = None
    while True:
        page = stores.dossiers.moves_of(dossier_id, _A_LOOK_UP, cursor)
        yield from page.moves
        cursor = page.next_cursor
        if cursor is None:
            return


def _seen(stores: Stores, subject: str, since: datetime, part: str = "") -> Iterator[Line]:
    """Who saw or did something with the subject (or this part of it) until now; that this is a look at it is noted."""
    entries = [entry for entry in _entries(stores.audit, subject, since) if (entry.part or "").startswith(part)]
    staff = stores.register.find_staff_members({entry.staff_id for entry in entries})
    stores.audit.record(stores.operator.look(Action.TRACE_LETTER, subject, part or None))
    for entry in entries:
        yield Line(entry.at, Chapter.SEEN, TraceAnswer.of(entry, staff).text)


def _entries(audit: AuditStore, subject: str, since: datetime) -> Iterator[AuditEntry]:
    """The entries about a subject back to a moment: before that the page was not there."""
    cursor: str | None = None
    while True:
        page = audit.entries_about(subject, _A_LOOK_UP, cursor)
        yield from (entry for entry in page.entries if entry.at >= since)
        cursor = page.next_cursor
        if cursor is None or page.entries[-1].at < since:
            return


def _batch(stores: Stores, batch_id: str, wanted: str) -> tuple[Batch, list[Letter]]:
    found = stores.intake.find_batch_with_letters(batch_id) if _is(_BATCH_ID, batch_id) else None
    if found is None:
        raise _unknown(wanted)
    return found


def _is(form: TypeAdapter[str], text: str) -> bool:
    try:
        form.validate_python(text)
    except ValidationError:
        return False
    return True


def _unknown(wanted: str) -> CommandError:
    return CommandError(Reason("cli.trace.unknown", {"id": wanted}))
