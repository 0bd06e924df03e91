"""Compares what became of the mail with the truth: the fate of each page, and of each letter where it went and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel

from sozialakte.intake.answers import BatchDetail, LedgerCounts, LetterAnswer
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say
from tests.demo.bill_work import PaymentCounts
from tests.demo.truth import BatchTruth, Delivery, LetterTruth, fates_of, read_truth


class LetterOutcome(BaseModel):
    """One letter in ``build/demo.json``; a refused file is one too, with all its pages."""

    batch: str
    pages: list[int]
    kind: str | None
    dossier: str | None
    expected_dossier: str | None
    outcome: str
    reasons: list[str]
    inbox: str | None
    destination: str | None = None
    urgent: bool = False
    deadline: date | None = None
    proposed_cuts: list[int] = []
    confidence: float | None = None


class DemoOutcome(BaseModel):
    """``build/demo.json``. ``auto_filed_share``: letters filed by the machine, of those whose dossier can be known.

    ``forwarded`` and ``urgent`` count letters. ``payments``: of bills, once people have worked on them.
    """

    ledger: LedgerCounts
    letters: list[LetterOutcome]
    wrong_dossier: int
    auto_filed_share: float
    forwarded: int
    urgent: int
    payments: PaymentCounts | None = None


@dataclass(frozen=True)
class Verdict:
    """The outcome, and every difference from the truth in words."""

    outcome: DemoOutcome
    differences: Sequence[str]


def judge(folder: Path, deliveries: Sequence[Delivery], batches: Mapping[str, BatchDetail]) -> Verdict:
    """Compare all deliveries with their truth. ``batches`` are the answers of the API by upload name."""
    differences: list[str] = []
    letters: list[LetterOutcome] = []
    for delivery in deliveries:
        seen = batches[delivery.uploaded_as]
        differences += _batch_differences(folder, delivery, seen)
        letters += _letters(folder, delivery, seen)
        if delivery.state == "closed":
            differences += _letter_differences(read_truth(folder, delivery.file), seen)
    return Verdict(_outcome(batches.values(), letters), differences)


def sum_of(ledgers: Sequence[LedgerCounts]) -> LedgerCounts:
    """All ledgers in one."""
    names = LedgerCounts.model_fields
    return LedgerCounts(**{name: sum(getattr(ledger, name) for ledger in ledgers) for name in names})


def adds_up(ledger: LedgerCounts) -> bool:
    """Every page that came in has exactly one fate."""
    counts = ledger.model_dump()
    return bool(counts.pop("pages_in") == sum(counts.values()))


def _outcome(batches: Iterable[BatchDetail], letters: list[LetterOutcome]) -> DemoOutcome:
    assignable = [letter for letter in letters if letter.expected_dossier]
    filed = [letter for letter in letters if letter.outcome == "filed"]
    right = sum(letter.outcome == "filed" for letter in assignable)
    return DemoOutcome(
        ledger=sum_of([batch.ledger for batch in batches]),
        letters=letters,
        wrong_dossier=sum(letter.dossier != letter.expected_dossier for letter in filed),
        auto_filed_share=round(right / len(assignable), 4) if assignable else 0.0,
        forwarded=sum(letter.outcome == "forwarded" for letter in letters),
        urgent=sum(letter.urgent for letter in letters),
    )


def _batch_differences(folder: Path, delivery: Delivery, seen: BatchDetail) -> Iterator[str]:
    name = delivery.uploaded_as
    if seen.batch.state != delivery.state:
        yield f"{name}: Zustand {seen.batch.state} statt {delivery.state}"
    if not adds_up(seen.ledger):
        yield f"{name}: die Summe des Seitennachweises geht nicht auf"
    found = {page.page: page.fate for page in seen.pages}
    expected = fates_of(folder, delivery)
    for page in sorted(found.keys() | expected.keys()):
        if found.get(page) != expected.get(page):
            yield f"{name}, Seite {page}: {found.get(page)} statt {expected.get(page)}"


def _letter_differences(truth: BatchTruth, seen: BatchDetail) -> Iterator[str]:
    found = {tuple(letter.pages): letter for letter in seen.letters}
    for expected in truth.letters:
        letter = found.pop(tuple(expected.pages), None)
        if letter is None:
            yield f"{truth.file}, Seiten {expected.pages}: der Brief fehlt"
        else:
            differences = _compared(expected, letter, seen.batch.received_at)
            yield from (f"{truth.file}, Seiten {expected.pages}: {difference}" for difference in differences)
    for pages in found:
        yield f"{truth.file}: Brief {list(pages)} gibt es nicht"


def _compared(expected: LetterTruth, letter: LetterAnswer, received_at: datetime) -> Iterator[str]:
    for what, wanted, found in _facts(expected, letter, received_at):
        if wanted != found:
            yield f"{what} {found} statt {wanted}"


def _facts(expected: LetterTruth, letter: LetterAnswer, received_at: datetime) -> Iterator[tuple[str, object, object]]:
    """What is compared: its name, as it should be, as it is."""
    yield "Verbleib", expected.outcome, letter.state
    yield "Dossier", expected.dossier, letter.dossier_id if letter.state == "filed" else None
    yield "Ziel", expected.destination, letter.destination
    yield "Posteingang", expected.inbox, letter.inbox
    yield "Vorschläge für Schnitte", expected.cuts, [cut.page for cut in letter.proposed_cuts]
    yield "ungelesene Seiten", expected.unread, letter.unread_pages
    yield "Hinweise", [say(Reason(code)) for code in expected.notes], letter.notes
    if not expected.unread:  # nobody can tell what kind of letter it is
        yield "Art", expected.kind, letter.kind
    if expected.urgent is not None:
        yield "dringend", expected.urgent, letter.urgent
        yield "Frist", _deadline(expected, received_at), letter.deadline


def _deadline(expected: LetterTruth, received_at: datetime) -> date | None:
    if expected.days is None:
        return expected.deadline
    return zurich_date(received_at) + timedelta(days=expected.days)


def _letters(folder: Path, delivery: Delivery, seen: BatchDetail) -> Iterator[LetterOutcome]:
    if seen.batch.state == "rejected":
        yield _refused(delivery, seen)
    truth = read_truth(folder, delivery.file) if delivery.state == "closed" else None
    dossiers = {tuple(letter.pages): letter.dossier for letter in truth.letters} if truth else {}
    for letter in seen.letters:
        yield LetterOutcome(
            batch=delivery.uploaded_as,
            pages=letter.pages,
            kind=letter.kind,
            dossier=letter.dossier_id,
            expected_dossier=dossiers.get(tuple(letter.pages)),
            outcome=letter.state,
            reasons=letter.reasons,
            inbox=letter.inbox,
            destination=letter.destination,
            urgent=letter.urgent,
            deadline=letter.deadline,
            proposed_cuts=[cut.page for cut in letter.proposed_cuts],
            confidence=letter.confidence,
        )


def _refused(delivery: Delivery, seen: BatchDetail) -> LetterOutcome:
    return LetterOutcome(
        batch=delivery.uploaded_as,
        pages=[page.page for page in seen.pages],
        kind=None,
        dossier=None,
        expected_dossier=None,
        outcome="rejected",
        reasons=[seen.batch.reason] if seen.batch.reason else [],
        inbox=None,
    )
