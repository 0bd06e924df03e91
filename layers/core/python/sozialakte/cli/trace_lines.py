"""The lines of a page's biography, from what the contexts keep anyway. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sozialakte.dossiers import Document
from sozialakte.dossiers.answers import words_of_edit
from sozialakte.dossiers.model import Move
from sozialakte.intake.batch import Batch
from sozialakte.intake.ledger import page_accounts
from sozialakte.intake.letter import MACHINE, Letter, LetterState, Step
from sozialakte.intake.model import CutPlan, PageFate
from sozialakte.intake.readings import PageReading
from sozialakte.partners import Bundle
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


class Chapter(StrEnum):
    """What a line is about, in the order of lines of the same moment."""

    UPLOAD = "upload"
    CUT = "cut"
    READING = "reading"
    STEP = "step"
    FILING = "filing"
    LABELS = "labels"
    MOVE = "move"
    HANDOVER = "handover"
    SEEN = "seen"


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    at: datetime
    chapter: Chapter
    text: str


def in_order(lines: Iterable[Line]) -> list[Line]:
    """By time; of the same moment, as things follow from each other."""
    chapters = tuple(Chapter)
    return sorted(lines, key=lambda line: (line.at, chapters.index(line.chapter)))


def upload_lines(batch: Batch) -> Iterator[Line]:
    """Which file it came in, and what its manifest said."""
    facts = {"file": batch.upload.key, "batch_id": batch.batch_id, "pages": str(batch.pages_found)}
    yield Line(batch.received_at, Chapter.UPLOAD, say(Reason(f"trace.upload_{batch.upload.lane}", facts)))
    if batch.manifest and batch.manifest.upload:
        counted = str(batch.manifest.counted or "?")
        told = Reason("trace.manifest", {"file": batch.manifest.upload.key, "pages": counted})
        yield Line(batch.received_at, Chapter.UPLOAD, say(told))
    for reason in (batch.reason, *batch.notes):
        if reason:
            yield Line(batch.received_at, Chapter.UPLOAD, say(reason))


def page_lines(batch: Batch, letters: Sequence[Letter], pages: Iterable[int]) -> Iterator[Line]:
    """What became of pages of the batch, and why."""
    wanted = set(pages)
    for account in page_accounts(batch, letters):
        if account.page in wanted:
            fate = say(Reason(f"fate.{account.fate}"))
            facts = {"page": str(account.page), "fate": fate, "why": say(account.reason)}
            yield Line(batch.received_at, Chapter.CUT, say(Reason("trace.page", facts)))


def cut_lines(letter: Letter, batch: Batch) -> Iterator[Line]:
    """Where the letter was cut, why it begins there, and the blank pages beside it."""
    at = letter.history[0].at
    pages = ", ".join(map(str, letter.pages))
    yield Line(at, Chapter.CUT, say(Reason("trace.letter", {"letter_id": letter.letter_id, "pages": pages})))
    if letter.made_from:
        told = Reason("trace.made_from", {"letter_ids": ", ".join(letter.made_from)})
        yield Line(at, Chapter.CUT, say(told))
    elif batch.plan:
        yield Line(at, Chapter.CUT, say(_beginning(letter.pages[0], batch.plan)))
        blanks = _blanks_beside(letter.pages, batch.plan)
        if blanks:
            yield Line(at, Chapter.CUT, say(Reason("trace.blanks", {"pages": ", ".join(map(str, blanks))})))
    for reason in letter.objections:
        yield Line(at, Chapter.CUT, say(reason))


def reading_lines(letter: Letter, readings: Iterable[PageReading], pages: Iterable[int]) -> Iterator[Line]:
    """What was read of these pages of the batch, and how surely; not the text."""
    at = next((step.at for step in letter.history if step.state is LetterState.READ), letter.since)
    wanted = set(pages)
    for reading in readings:
        page = letter.pages[reading.page - 1]
        if page in wanted:
            source, percent = say(Reason(f"trace_source.{reading.source}")), f"{reading.confidence * 100:.0f}"
            facts = {"page": str(page), "source": source, "percent": percent}
            told = [say(Reason("trace.reading", facts)), *map(say, reading.notes)]
            yield Line(at, Chapter.READING, " ".join(told))


def step_lines(letter: Letter) -> Iterator[Line]:
    """Each step after the cut and who made it; what speaks for the last decision."""
    for step in letter.history[1:]:
        by = say(Reason("trace.machine")) if step.by == MACHINE else step.by
        facts = {"state": say(Reason(f"letter_state.{step.state}")), "by": by}
        why = f" {say(step.reason)}" if step.reason else ""
        yield Line(step.at, Chapter.STEP, say(Reason("trace.step", facts)) + why)
    decided = _last_decision(letter)
    yield from (Line(decided.at, Chapter.STEP, say(Reason("trace.why", {"why": say(r)}))) for r in letter.reasons)


def document_lines(document: Document, first: str) -> Iterator[Line]:
    """That it was filed, in which dossier first, and who labelled it last."""
    facts = {"dossier_id": first, "inbox": document.inbox}
    yield Line(document.filed_at, Chapter.FILING, say(Reason("trace.filed", facts)))
    if document.edit and set(document.edit.what) != {"dossier"}:
        told = {"by": document.edit.by, "what": ", ".join(words_of_edit(document.edit))}
        yield Line(document.edit.at, Chapter.LABELS, say(Reason("trace.labels", told)))


def move_line(move: Move) -> Line:
    """That it went to another dossier."""
    facts = {"from": move.from_dossier, "to": move.to_dossier, "by": move.by, "why": move.reason}
    return Line(move.at, Chapter.MOVE, say(Reason("trace.moved", facts)))


def bundle_line(bundle: Bundle) -> Line:
    """A bundle for the case system, and what became of it."""
    facts = {
        "sequence": str(bundle.sequence),
        "dossier_id": bundle.dossier_id,
        "version": str(bundle.document_version),
        "state": say(Reason(f"trace_bundle.{bundle.state}")),
    }
    refused = f" {bundle.refusal}" if bundle.refusal else ""
    return Line(bundle.since, Chapter.HANDOVER, say(Reason("trace.bundle", facts)) + refused)


def _beginning(first: int, plan: CutPlan) -> Reason:
    """Why a letter begins with this page of the batch."""
    by_page = {finding.page: finding for finding in plan.findings}
    before = [by_page[page] for page in range(first - 1, 0, -1)]
    sheet = next((one for one in before if one.fate is not PageFate.BLANK), None)
    if sheet is None:
        return Reason("trace.first")
    why = sheet if sheet.fate is PageFate.SEPARATOR else by_page[first]
    return Reason("trace.begins", {"page": str(why.page), "why": say(why.reason)})


def _blanks_beside(pages: Sequence[int], plan: CutPlan) -> list[int]:
    blank = {finding.page for finding in plan.findings if finding.fate is PageFate.BLANK}
    return sorted({page + step for page in pages for step in (-1, 1)} & blank)


def _last_decision(letter: Letter) -> Step:
    """The step its reasons belong to: filing only follows from it."""
    decisions = [step for step in letter.history if step.state not in {LetterState.FILED, LetterState.READ}]
    return decisions[-1] if decisions else letter.history[-1]
