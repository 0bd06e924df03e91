"""A small office to ask things of: five people, one dossier with a document, a batch with letters in review and
forwarded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sozialakte.dossiers.edits import Edit
from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.model import Document, Filing, FilingState
from sozialakte.dossiers.store import DossierStore
from sozialakte.dossiers.work import Note, Task
from sozialakte.dossiers.work_store import WorkStore
from sozialakte.intake.batch import Batch, BatchState, Upload
from sozialakte.intake.letter import MACHINE, Destination, Letter, LetterState, Step, letter_id_of
from sozialakte.intake.letter_facts import LetterFacts, ProposedCut
from sozialakte.intake.model import CutPlan, PageFate, PageFinding, PlannedLetter
from sozialakte.intake.store import IntakeStore
from sozialakte.register import BrokenGlass, RegisterStore, Seal
from sozialakte.register.hand_over import hand_over
from sozialakte.register.model import (
    Dossier,
    DossierPerson,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    StaffMember,
)
from sozialakte.register.runs import HandOver, RunKind, run_id
from sozialakte.shared.reasons import Reason
from tests.aws import DOSSIERS, INTAKE, REGISTER, put_register
from tests.builders import original_of
from tests.fresh_stage import set_up

RECEIVED = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
TODAY = "2026-11-21"
BROKEN_UNTIL = RECEIVED + timedelta(hours=8)

RESPONSIBLE, DEPUTY, COLLEAGUE, STRANGER, CLERK = "ma-101", "ma-102", "ma-103", "ma-104", "ma-200"
DOSSIER, FOREIGN, CLOSED, MISSING = "SH-2026-00123", "SH-2026-00456", "SH-2026-00789", "SH-2026-99999"
SEALED, OPENED = "SH-2026-00321", "SH-2026-00654"
"""Sealed for the stranger alone, though another one is responsible; and one whose glass the stranger has broken."""
PERSON = "P-000123"
REASON = "Die Klientin ist im Spital, <b>der Arzt</b> wartet am Telefon."
NOTICE = f"20261121T070000000Z_{OPENED}_ma-104"
NOBODYS = "SH-2026-00999"

TAKE_OVER = HandOver(RESPONSIBLE, DEPUTY, date(2026, 12, 24), "Ferien")
SISTER = "SH-2026-00124"
"""Another open dossier of the same responsible person."""
NOTE, TASK = "e" * 32, "f" * 32

BATCH_ID = "0123456789abcdef" * 2
FILED = letter_id_of(BATCH_ID, (1, 2))
IN_REVIEW = letter_id_of(BATCH_ID, (4,))
FORWARDED = letter_id_of(BATCH_ID, (5,))
FILED_IN = {SEALED: letter_id_of("5" * 32, (1,)), OPENED: letter_id_of("6" * 32, (1,))}
FACTS = LetterFacts(
    kind="decision",
    written_on=date(2026, 11, 19),
    sender="Amt für Migration",
    subject="Ihre Bewilligung",
    urgent=True,
    deadline=date(2026, 12, 1),
    unread_pages=(1,),
    proposed_cuts=(ProposedCut(2, Reason("page.letter")),),
    notes=(Reason("page.unreadable"),),
)
UNCLAIMED = letter_id_of(BATCH_ID, (6,))
"""Came when nobody was responsible for the dossier yet: it lies in the office's inbox."""
UNKNOWN_LETTER = letter_id_of("f" * 32, (1,))


@set_up
def furnish() -> None:
    """Everything below, into the tables of the test."""
    furnish_register()
    furnish_intake()
    file_document(FILED)
    file_document(UNCLAIMED, inbox="office")
    furnish_work()
    hand_over(RegisterStore(REGISTER), TAKE_OVER, COLLEAGUE, RECEIVED, date(2026, 11, 21), at_most=0)


@set_up
def furnish_access() -> None:
    """Dossiers like `DOSSIER`, each with a document: one sealed, one with broken glass."""
    put_register(
        Dossier(SEALED, DossierType.ECONOMIC_ASSISTANCE, 4401, DossierStatus.OPEN, RESPONSIBLE),
        Dossier(OPENED, DossierType.ECONOMIC_ASSISTANCE, 4401, DossierStatus.OPEN, RESPONSIBLE),
        Person(PERSON, "Beispiel", "Frieda"),
        DossierPerson(DOSSIER, PERSON, PersonRole.MAIN),
    )
    book = RegisterStore(REGISTER).access
    book.decide(Seal(SEALED, (STRANGER,), REASON, COLLEAGUE, RECEIVED, 1))
    book.open(BrokenGlass(OPENED, STRANGER, REASON, RECEIVED, BROKEN_UNTIL, (RESPONSIBLE, "team-nord", "office")))
    for dossier_id, letter_id in FILED_IN.items():
        file_document(letter_id, dossier_id)
        furnish_work(dossier_id, letter_id)


@set_up
def furnish_register() -> None:
    """The staff and their dossiers."""
    put_register(
        StaffMember(RESPONSIBLE, "Anna Beispiel", "nord", deputies=(DEPUTY,)),
        StaffMember(DEPUTY, "Beat Muster", "sued"),
        StaffMember(COLLEAGUE, "Carla Probe", "nord"),
        StaffMember(STRANGER, "Dario Test", "ost"),
        StaffMember(CLERK, "Eva Post", "post"),
        Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 4401, DossierStatus.OPEN, RESPONSIBLE),
        Dossier(SISTER, DossierType.ECONOMIC_ASSISTANCE, 4401, DossierStatus.OPEN, RESPONSIBLE),
        Dossier(FOREIGN, DossierType.ALIMONY, 4401, DossierStatus.OPEN, STRANGER),
        Dossier(NOBODYS, DossierType.ALIMONY, 4401, DossierStatus.OPEN),
        Dossier(CLOSED, DossierType.ALIMONY, 4401, DossierStatus.CLOSED, RESPONSIBLE),
    )


def handover_id() -> str:
    """The take-over in `furnish`: planned by the colleague, done."""
    return run_id(RunKind.HANDOVER, TAKE_OVER.day, f"{RESPONSIBLE}\n{DEPUTY}\nFerien")


def furnish_work(dossier_id: str = DOSSIER, document_id: str = FILED) -> None:
    """A note on the dossier, one on its document, and a task."""
    store, edit = WorkStore(DOSSIERS), Edit(RESPONSIBLE, RECEIVED, ("created",))
    for place in (f"dossier#{dossier_id}", f"document#{document_id}"):
        store.save_note(Note(place, NOTE, "Ruft morgen an.", RESPONSIBLE, RECEIVED, edit))
    due = date(2026, 11, 30)
    store.add_task(Task(dossier_id, TASK, "Einsprache prüfen", due, RESPONSIBLE, RESPONSIBLE, RECEIVED, edit))


@set_up
def furnish_intake() -> None:
    """A batch of five pages: a filed letter, a separator, a letter in review, a forwarded one."""
    store = IntakeStore(INTAKE)
    store.add_batch(batch())
    store.add_letter(filed_letter())
    store.add_letter(letter_in_review())
    store.add_letter(forwarded_letter())


def batch(batch_id: str = BATCH_ID, received_at: datetime = RECEIVED) -> Batch:
    """A cut batch."""
    fates = (PageFate.LETTER, PageFate.LETTER, PageFate.SEPARATOR, PageFate.LETTER, PageFate.LETTER)
    codes = {PageFate.LETTER: "page.letter", PageFate.SEPARATOR: "page.separator_patch"}
    findings = tuple(PageFinding(page, fate, Reason(codes[fate])) for page, fate in enumerate(fates, start=1))
    return Batch(
        batch_id=batch_id,
        upload=Upload("2026/Stapel Müller.pdf", f"version-{batch_id}"),
        sha256=batch_id * 2,
        size=1000,
        received_at=received_at,
        state=BatchState.CUT,
        since=received_at,
        pages_in=5,
        plan=CutPlan(5, findings, (PlannedLetter((1, 2)), PlannedLetter((4,)), PlannedLetter((5,)))),
    )


def letter_in_review(batch_id: str = BATCH_ID, since: datetime = RECEIVED) -> Letter:
    """A letter that waits for a person; version 3."""
    letter_id = letter_id_of(batch_id, (4,))
    return Letter(
        letter_id=letter_id,
        batch_id=batch_id,
        pages=(4,),
        sha256="a" * 64,
        original=original_of(letter_id, "version-1"),
        received_at=RECEIVED,
        state=LetterState.REVIEW,
        since=since,
        history=(Step(LetterState.CUT, RECEIVED), Step(LetterState.READ, RECEIVED), Step(LetterState.REVIEW, since)),
        version=3,
        facts=FACTS,
        confidence=0.4,
        reasons=(Reason("page.letter"),),
        candidates=(DOSSIER,),
    )


def forwarded_letter(batch_id: str = BATCH_ID, page: int = 5, since: datetime = RECEIVED) -> Letter:
    """A job application that nobody has taken yet; version 3."""
    waiting = letter_in_review(batch_id, since)
    letter_id = letter_id_of(batch_id, (page,))
    return replace(
        waiting,
        letter_id=letter_id,
        pages=(page,),
        original=original_of(letter_id, "version-5"),
        state=LetterState.FORWARDED,
        history=(*waiting.history[:2], Step(LetterState.FORWARDED, since)),
        destination=Destination.JOB_APPLICATIONS,
        decided_by=MACHINE,
        facts=LetterFacts("job_application"),
        reasons=(Reason("forward.job_application"),),
        candidates=(),
    )


def filed_letter() -> Letter:
    """A letter that lies in its dossier."""
    return replace(
        letter_in_review(),
        letter_id=FILED,
        pages=(1, 2),
        original=original_of(FILED, "version-2"),
        state=LetterState.FILED,
        dossier_id=DOSSIER,
        decided_by=MACHINE,
        inbox=RESPONSIBLE,
        history=(Step(LetterState.FILED, RECEIVED),),
        version=4,
    )


def file_document(
    letter_id: str,
    dossier_id: str = DOSSIER,
    filed_at: datetime = RECEIVED,
    deadline: date | None = None,
    *,
    inbox: str = RESPONSIBLE,
    **labels: object,
) -> None:
    """A document in a dossier and in the inbox of the person responsible; urgent if there is a deadline."""
    filing = Filing(letter_id, dossier_id, 1, FilingState.FILED, filed_at, inbox)
    document = Document(
        document_id=letter_id,
        dossier_id=dossier_id,
        letter_id=letter_id,
        sha256="b" * 64,
        object_key=f"letters/{letter_id}/original.pdf",
        object_version="version-2",
        searchable_key=f"letters/{letter_id}/searchable.pdf",
        page_count=2,
        kind="decision",
        received_at=RECEIVED,
        filed_at=filed_at,
        inbox=inbox,
        decided_by="machine",
        sender="Amt für Migration",
        subject="Ihre Bewilligung",
        written_on=date(2026, 11, 19),
        unread_pages=(2,),
        notes=(Reason("page.unreadable"),),
        urgent=deadline is not None,
        deadline=deadline,
    )
    document = replace(document, **labels)  # type: ignore[arg-type] # what a test is about
    shared = {field: getattr(document, field) for field in InboxEntry.__dataclass_fields__ if hasattr(document, field)}
    DossierStore(DOSSIERS).file(filing, document, InboxEntry(**shared, reason=Reason("page.letter")))
