"""A sealed dossier full of what nobody but the one named may learn, with traces of it wherever there may be some."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sozialakte.audit import record_attempt
from sozialakte.dossiers.edits import Edit
from sozialakte.dossiers.work import Note, Task
from sozialakte.dossiers.work_store import WorkStore
from sozialakte.intake.batch import Batch
from sozialakte.intake.letter import MACHINE, Letter, LetterState, Step, letter_id_of
from sozialakte.intake.model import CutPlan, PageFate, PageFinding, PlannedLetter
from sozialakte.intake.store import IntakeStore
from sozialakte.partners.model import Result
from sozialakte.register import BrokenGlass, RegisterStore, Seal
from sozialakte.register.model import (
    Dossier,
    DossierPerson,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    StaffMember,
)
from sozialakte.shared.access import Action, Relation, Role, decide
from sozialakte.shared.attempts import Attempt
from sozialakte.shared.reasons import STANDS_IN, Reason
from tests import handovers
from tests.aws import DOSSIERS, INTAKE, REGISTER, put_register
from tests.fulltext import changed, document_id, file_read_document, index, move
from tests.office import (
    BROKEN_UNTIL,
    COLLEAGUE,
    DOSSIER,
    FACTS,
    REASON,
    RECEIVED,
    RESPONSIBLE,
    SISTER,
    STRANGER,
    batch,
    file_document,
    letter_in_review,
)
from tests.secrets_payments import hide_payments

SECRET, NAMED, PERSON = "SH-2019-04711", "ma-950", "P-004711"
BATCH = "c0ffee" + "0" * 26
FILED = letter_id_of(BATCH, (1,))
"""Lies in the sealed dossier."""
COMING = letter_id_of(BATCH, (2,))
"""Is on its way to it."""
ASKED = letter_id_of(BATCH, (3,))
"""Waits for a person; it is one of two in question."""
GONE, CAME = document_id(8), document_id(7)
"""Was moved into it; came out of it."""
NOTICE = f"20261121T070000000Z_{SECRET}_{STRANGER}"
WORDS = {
    "number": SECRET,
    "name": "Heimlich",
    "sender": "Klinik Abseits",
    "subject": "Gutachten Sonderbar",
    "note": "Wohnt versteckt",
    "task": "Umzug decken",
    "page": "Abseitsstrasse",
    "person": PERSON,
}
"""What of it must be in no answer to anybody else, by what it is."""
NAMING = Reason("identify.dossier_number", {"dossier_id": SECRET})
WHO = Reason("identify.ahv_number", {"person_id": PERSON, STANDS_IN: SECRET})
SEVERAL = Reason("identify.several_dossiers", {"dossier_ids": f"{DOSSIER}, {SECRET}"})


def hide() -> None:
    """All of it; `tests.office.furnish` comes before."""
    put_register(
        Dossier(SECRET, DossierType.ECONOMIC_ASSISTANCE, 4401, DossierStatus.OPEN, RESPONSIBLE),
        StaffMember(NAMED, "Nora Genannt", "nord"),
        Person(PERSON, WORDS["name"], "Frieda", birth_date=date(1980, 2, 3)),
        DossierPerson(SECRET, PERSON, PersonRole.MAIN),
    )
    glass = BrokenGlass(SECRET, STRANGER, REASON, RECEIVED, BROKEN_UNTIL, (RESPONSIBLE, "team-nord", "office"))
    RegisterStore(REGISTER).access.open(glass)
    _documents()
    _work()
    _mail()
    _hand_over()
    hide_payments(SECRET, PERSON, WORDS["name"], WORDS["sender"])
    RegisterStore(REGISTER).access.decide(Seal(SECRET, (NAMED,), REASON, COLLEAGUE, RECEIVED, 1))


def _documents() -> None:
    sender, subject = WORDS["sender"], WORDS["subject"]
    due = date(2026, 12, 1)
    file_document(FILED, SECRET, deadline=due, page_count=1, sender=sender, subject=subject, reasons=(NAMING,))
    index(changed(file_read_document(9, f"Sonderling, {WORDS['page']} 5", dossier_id=SECRET), SECRET))
    file_document(CAME, SISTER, page_count=1, reasons=(NAMING, WHO))
    file_document(GONE, DOSSIER, page_count=1, sender=sender, subject=subject, reasons=(NAMING,))
    move(GONE, 1, DOSSIER, SECRET)
    decision = decide([Role.CASEWORKER], Relation.RESPONSIBLE, Action.MOVE_DOCUMENT)
    part, roles = f"document#{GONE}/to/{SECRET}", frozenset({Role.CASEWORKER})
    record_attempt(Attempt("moved", RECEIVED, RESPONSIBLE, roles, f"dossier#{DOSSIER}", decision, part))


def _work() -> None:
    store, edit, due = WorkStore(DOSSIERS), Edit(RESPONSIBLE, RECEIVED, ("created",)), date(2026, 11, 30)
    store.save_note(Note(f"dossier#{SECRET}", "a" * 32, WORDS["note"], RESPONSIBLE, RECEIVED, edit))
    store.add_task(Task(SECRET, "b" * 32, WORDS["task"], due, RESPONSIBLE, RESPONSIBLE, RECEIVED, edit))


def _mail() -> None:
    store = IntakeStore(INTAKE)
    store.add_batch(_batch())
    facts = replace(FACTS, sender=WORDS["sender"], subject=WORDS["subject"])
    reason = Reason("review.assigned", {"staff_id": RESPONSIBLE, "dossier_id": SECRET})
    steps = (
        Step(LetterState.REVIEW, RECEIVED, reason=WHO),
        Step(LetterState.IDENTIFIED, RECEIVED, RESPONSIBLE, reason),
    )
    lies = replace(_letter(FILED, 1), facts=facts, dossier_id=SECRET, reasons=(NAMING,), history=steps)
    store.add_letter(replace(lies, state=LetterState.FILED, inbox=RESPONSIBLE, decided_by=MACHINE, candidates=()))
    coming = replace(lies, letter_id=COMING, pages=(2,), state=LetterState.IDENTIFIED, decided_by=MACHINE)
    store.add_letter(coming)
    store.add_letter(
        replace(_letter(ASKED, 3), candidates=(DOSSIER, SECRET), reasons=(SEVERAL, WHO), doubts=(SEVERAL,))
    )


def _letter(letter_id: str, page: int) -> Letter:
    return replace(letter_in_review(), letter_id=letter_id, batch_id=BATCH, pages=(page,))


def _batch() -> Batch:
    cover = Reason("page.separator_cover", {"dossier_id": SECRET})
    letters = tuple(PageFinding(page, PageFate.LETTER, Reason("page.letter")) for page in (1, 2, 3))
    plan = CutPlan(
        4, (*letters, PageFinding(4, PageFate.SEPARATOR, cover)), tuple(PlannedLetter((n,)) for n in (1, 2, 3))
    )
    return replace(batch(BATCH), pages_in=4, plan=plan)


def _hand_over() -> None:
    """One that the case system refused."""
    filed = handovers.file_document(21, SECRET, WORDS["subject"])
    assert handovers.deliver(filed) == []
    handovers.STORE.save(handovers.bundle_of(filed).receive(Result.REFUSED, "unknown_dossier", RECEIVED))
