"""Batches, letters and messages for tests: valid, named for what a test is about; and any of them (hypothesis)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from hypothesis import strategies as st

from sozialakte.dossiers import FileDocument
from sozialakte.intake.batch import Batch, BatchState, ManifestCheck, Upload, batch_id_for, letter_key
from sozialakte.intake.desk import steps
from sozialakte.intake.desk.model import Ground, PageTurn, Rearrangement, RejectReason, RescanReason
from sozialakte.intake.desk.parts import plan_merge, plan_split
from sozialakte.intake.letter import Destination, Letter, LetterState, Step, StoredObject, letter_id_of
from sozialakte.intake.letter_facts import LetterFacts, ProposedCut
from sozialakte.intake.model import CutPlan, NamedBy, PageFate, PageFinding, PlannedLetter
from sozialakte.intake.pages.order import PageOrder
from sozialakte.register.model import Dossier, DossierStatus, DossierType
from sozialakte.shared.messages import ReasonBody
from sozialakte.shared.reasons import Reason

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
DOSSIER, OTHER_DOSSIER = "SH-2026-00123", "SH-2026-00456"
STAFF = "ma-101"
CONTENT = sha256(b"a scan").hexdigest()
BATCH_ID = batch_id_for(CONTENT)

_FATE = {"L": PageFate.LETTER, "S": PageFate.SEPARATOR, "B": PageFate.BLANK, "X": PageFate.REJECTED}
_WHY = {"L": "page.letter", "S": "page.separator_patch", "B": "page.blank", "X": "page.unreadable"}


def a_plan(sketch: str = "LL S L") -> CutPlan:
    """A plan from a sketch: a letter page L, separator S, blank B, rejected page X; a space ends a letter."""
    marks = [mark for mark in sketch if mark != " "]
    findings = tuple(PageFinding(page, _FATE[mark], Reason(_WHY[mark])) for page, mark in enumerate(marks, start=1))
    return CutPlan(len(marks), findings, tuple(PlannedLetter(pages) for pages in _letters_in(sketch)))


def _letters_in(sketch: str) -> list[tuple[int, ...]]:
    page, letters, current = 0, [], list[int]()
    for mark in f"{sketch} ":
        page += mark != " "
        if mark == "L":
            current.append(page)
        elif mark != "B" and current:  # a blank inside a letter does not end it
            letters.append(tuple(current))
            current = []
    return letters


def a_batch(plan: CutPlan | None = None, *, state: BatchState = BatchState.CUT, batch_id: str = BATCH_ID) -> Batch:
    """A batch with its plan."""
    plan = plan or a_plan()
    return Batch(
        batch_id=batch_id,
        upload=Upload("2026-01/Stapel 1.pdf", "v1"),
        sha256=CONTENT,
        size=1234,
        received_at=NOW,
        state=state,
        since=NOW,
        pages_in=plan.pages_in,
        plan=plan,
    )


def a_letter(pages: tuple[int, ...] = (1, 2), *, batch_id: str = BATCH_ID) -> Letter:
    """A letter as it comes out of the cut."""
    letter_id = letter_id_of(batch_id, pages)
    return Letter(
        letter_id=letter_id,
        batch_id=batch_id,
        pages=pages,
        sha256=sha256(letter_id.encode()).hexdigest(),
        original=original_of(letter_id),
        received_at=NOW,
        state=LetterState.CUT,
        since=NOW,
        history=(Step(LetterState.CUT, NOW),),
    )


def original_of(letter_id: str, version_id: str = "v1") -> StoredObject:
    """The exact object version that is the record of a letter."""
    return StoredObject(letter_key(letter_id, "original.pdf"), version_id)


def letters_of(batch: Batch) -> list[Letter]:
    """The letters of the batch's plan, as cut."""
    return [a_letter(letter.pages, batch_id=batch.batch_id) for letter in batch.plan.letters] if batch.plan else []


def a_letter_in(state: LetterState, pages: tuple[int, ...] = (1, 2), *, batch_id: str = BATCH_ID) -> Letter:
    """A letter that has come as far as ``state`` on the shortest way."""
    letter = a_letter(pages, batch_id=batch_id)

    def reviewed() -> Letter:
        return a_letter_in(LetterState.REVIEW, pages, batch_id=batch_id)

    ways = {
        LetterState.CUT: lambda: letter,
        LetterState.READ: lambda: letter.read(NOW),
        LetterState.REVIEW: lambda: letter.read(NOW).review((Reason("page.letter"),), (DOSSIER,), NOW),
        LetterState.FORWARDED: lambda: letter.read(NOW).forward(
            Destination.OTHER_OFFICE, (Reason("page.letter"),), NOW
        ),
        LetterState.IDENTIFIED: lambda: letter.read(NOW).identify(DOSSIER, (Reason("page.letter"),), NOW),
        LetterState.FILED: lambda: a_letter_in(LetterState.IDENTIFIED, pages, batch_id=batch_id).file(
            DOSSIER, STAFF, NOW
        ),
        LetterState.REARRANGING: lambda: steps.rearrange(reviewed(), a_rearrangement(letter), STAFF, NOW),
        LetterState.REPLACED: lambda: steps.replaced(
            a_letter_in(LetterState.REARRANGING, pages, batch_id=batch_id), a_rearrangement(letter).letter_ids, NOW
        ),
        LetterState.BLANK: lambda: steps.set_blank(reviewed(), STAFF, NOW),
        LetterState.REJECTED: lambda: steps.reject(reviewed(), RejectReason.ADVERTISING, STAFF, NOW),
        LetterState.RESCAN: lambda: steps.order_rescan(reviewed(), "123456789012", RescanReason.CUT_OFF, STAFF, NOW),
        LetterState.RECALLED: lambda: steps.undo(
            a_letter_in(LetterState.IDENTIFIED, pages, batch_id=batch_id), STAFF, NOW
        ),
    }
    return ways[state]()


def a_rearrangement(letter: Letter) -> Rearrangement:
    """A letter taken apart page by page; one of a single page is put together by itself."""
    if len(letter.pages) == 1:
        return plan_merge([(letter, letter.version)])
    return plan_split(letter, range(2, len(letter.pages) + 1), letter.version)


def a_file_document(letter: Letter, *, dossier_id: str = DOSSIER, attempt: int = 3) -> FileDocument:
    """The message that asks for a letter to be filed."""
    return FileDocument(
        letter_id=letter.letter_id,
        dossier_id=dossier_id,
        attempt=attempt,
        sha256=letter.sha256,
        object_key=letter.original.key,
        object_version=letter.original.version_id,
        searchable_key=f"letters/{letter.letter_id}/searchable.pdf",
        page_count=len(letter.pages),
        kind="bill",
        received_at=NOW,
        reasons=(ReasonBody(code="page.letter"),),
        decided_by="machine",
        written_on=date(2026, 1, 2),
        sender="Stadtwerke Rottal",
        subject="Schlussrechnung",
        urgent=True,
        deadline=date(2026, 1, 31),
        unread_pages=(2,),
        notes=(ReasonBody(code="page.unreadable"),),
    )


def a_dossier(
    dossier_id: str = DOSSIER, *, status: DossierStatus = DossierStatus.OPEN, responsible: str | None = None
) -> Dossier:
    """A dossier of the register."""
    return Dossier(dossier_id, DossierType.ECONOMIC_ASSISTANCE, 230, status, responsible)


# -- any of them --

_IDS = st.text("abcdefgh0123456789-", min_size=1, max_size=12)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
REASONS = st.builds(
    Reason,
    st.sampled_from(["page.letter", "page.blank", "file.duplicate", "review.assigned"]),
    st.dictionaries(st.sampled_from(["batch_id", "dossier_id", "text"]), st.text(max_size=20), max_size=2),
)
UPLOADS = st.builds(Upload, st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), _IDS)

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
FACTS = st.builds(
    LetterFacts,
    kind=st.sampled_from(["bill", "reminder", "other"]),
    written_on=st.none() | DAYS,
    sender=st.none() | st.text(min_size=1, max_size=20),
    subject=st.none() | st.text(min_size=1, max_size=20),
    urgent=st.booleans(),
    deadline=st.none() | DAYS,
    unread_pages=st.lists(st.integers(1, 30), max_size=3).map(tuple),
    proposed_cuts=st.lists(st.builds(ProposedCut, st.integers(2, 30), REASONS), max_size=2).map(tuple),
    notes=st.lists(REASONS, max_size=2).map(tuple),
)
CONFIDENCES = st.none() | st.floats(0, 1)
SIGNATURES = st.lists(st.text("0123456789abcdef", min_size=32, max_size=32), max_size=5).map(tuple)


MANIFEST_CHECKS = st.builds(
    ManifestCheck,
    upload=st.none() | UPLOADS,
    counted=st.none() | st.integers(1, 40),
    order=st.sampled_from(PageOrder),
    reason=st.none() | REASONS,
    doubted=st.tuples(st.integers(0, 5), st.integers(0, 5)),
    late=st.booleans(),
)


@st.composite
def plans(draw: st.DrawFn) -> CutPlan:
    """Any plan that accounts for every page once."""
    fates = draw(st.lists(st.sampled_from(PageFate), min_size=1, max_size=24))
    findings = tuple(PageFinding(page, fate, draw(REASONS)) for page, fate in enumerate(fates, start=1))
    in_letters = [page for page, fate in enumerate(fates, start=1) if fate is PageFate.LETTER]
    cuts = sorted(draw(st.sets(st.integers(0, len(in_letters)))) | {0, len(in_letters)})
    letters = (tuple(in_letters[start:end]) for start, end in pairwise(cuts))
    named = st.sampled_from([(None, None), (DOSSIER, NamedBy.COVER), (OTHER_DOSSIER, NamedBy.LABEL)])
    return CutPlan(len(fates), findings, tuple(_planned(draw, pages, draw(named)) for pages in letters))


def _planned(draw: st.DrawFn, pages: tuple[int, ...], named: tuple[str | None, NamedBy | None]) -> PlannedLetter:
    return PlannedLetter(pages, *named, disputed=draw(st.booleans()))


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Any batch: with a plan, or rejected or a duplicate with the reason; with a manifest or without."""
    batch = replace(a_batch(draw(plans())), upload=draw(UPLOADS), received_at=draw(MOMENTS), since=draw(MOMENTS))
    if draw(st.booleans()):
        batch = replace(batch, state=draw(st.sampled_from([BatchState.RECEIVED, BatchState.CUT, BatchState.CLOSED])))
    else:
        state = draw(st.sampled_from([BatchState.REJECTED, BatchState.DUPLICATE]))
        batch = replace(batch, state=state, plan=None, pages_in=draw(st.integers(0, 30)), reason=draw(REASONS))
    check = draw(st.none() | MANIFEST_CHECKS)
    return batch.checked(check) if check else batch


def step_of(draw: st.DrawFn, letter: Letter) -> Letter:
    """One legal step of a letter, by the machine or a person; a filed letter stays as it is."""
    at, dossier_id = draw(MOMENTS), draw(st.sampled_from([DOSSIER, OTHER_DOSSIER]))
    reasons = tuple(draw(st.lists(REASONS, max_size=2)))
    destination = draw(st.sampled_from(Destination))
    grounds = [Ground(dossier_id, draw(st.integers(0, 100)), reasons)]
    known = letter.know(draw(FACTS), draw(CONFIDENCES), draw(SIGNATURES), grounds)
    at_the_desk: list[Callable[[], Letter]] = [
        lambda: letter.assign(dossier_id, STAFF, at),
        lambda: letter.redirect(destination, STAFF, at),
        lambda: steps.reject(letter, draw(st.sampled_from(RejectReason)), STAFF, at),
        lambda: steps.set_blank(letter, STAFF, at),
        lambda: steps.reclassify(letter, "bill", STAFF, at),
        lambda: steps.turn(letter, [PageTurn(1, draw(st.sampled_from([0, 90, 180, 270])))], STAFF, at),
        lambda: steps.order_rescan(letter, "123456789012", draw(st.sampled_from(RescanReason)), STAFF, at),
        lambda: steps.rearrange(letter, a_rearrangement(letter), STAFF, at),
    ]
    undo: list[Callable[[], Letter]] = [lambda: steps.undo(letter, STAFF, at)]
    possible: dict[LetterState, list[Callable[[], Letter]]] = {
        LetterState.CUT: [lambda: letter.read(at)],
        LetterState.READ: [
            lambda: known.identify(dossier_id, reasons, at, teaches=draw(st.booleans())),
            lambda: known.review(reasons, (dossier_id,), at),
            lambda: known.forward(destination, reasons, at),
        ],
        LetterState.REVIEW: at_the_desk,
        LetterState.FORWARDED: [*at_the_desk, *undo, lambda: letter.take(STAFF, at)],
        LetterState.IDENTIFIED: [
            lambda: letter.file(dossier_id, "team-nord", at),
            lambda: letter.refuse(Reason("filing.closed_dossier", {"dossier_id": dossier_id}), at),
            *undo,
        ],
        LetterState.FILED: [lambda: letter],
        LetterState.REPLACED: [lambda: letter],
        LetterState.REARRANGING: [lambda: steps.replaced(letter, ["x"], at), lambda: letter.give_up(at)],
        LetterState.RECALLED: [
            lambda: letter.file(dossier_id, "team-nord", at),
            lambda: steps.brought_back(letter, Reason("page.letter"), at, STAFF),
        ],
        **dict.fromkeys((LetterState.BLANK, LetterState.REJECTED), undo),
        LetterState.RESCAN: [*undo, lambda: steps.replaced(letter, ["x"], at)],
    }
    return draw(st.sampled_from(possible[letter.state]))()


@st.composite
def letters(draw: st.DrawFn, start: Letter | None = None) -> Letter:
    """A letter after any number of legal steps."""
    letter = start or a_letter(tuple(range(1, 1 + draw(st.integers(1, 30)))))
    for _ in range(draw(st.integers(0, 8))):
        letter = step_of(draw, letter)
    return letter
