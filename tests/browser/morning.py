"""A morning's letters at the desk, with pictures of their pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.intake.desk.model import Ground
from sozialakte.intake.desk.picture_pages import pictures
from sozialakte.intake.desk.pictures import picture_key
from sozialakte.intake.letter import Letter
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.store import IntakeStore
from sozialakte.register import Person
from sozialakte.shared.clock import utc_now
from sozialakte.shared.reasons import Reason
from tests.aws import INTAKE, keep_letter_file, put_register, upload
from tests.batches import OPEN, OTHER, register
from tests.builders import BATCH_ID, a_batch, a_letter, a_plan
from tests.desk import pdf_of

HOSTILE = "<script>document.title='overtaken'</script><img src=x onerror=alert(1)>\"'&"
BILL = (
    "Rechnung Nr. 4711",
    "Anna Muster, geboren am 3. April 1987",
    "Zahnbehandlung vom 12. Oktober 2026",
    "CHF 412.50",
)
MORE = ("Seite 2", "Details zur Behandlung", "Bitte zahlen Sie innert 30 Tagen.")
DEMAND = ("Mahnung", "Wir erwarten Ihre Zahlung bis am 30. November 2026.")
NOTHING = ("Sehr geehrte Damen und Herren", "Wir bitten um einen Termin in dieser Sache.")


@dataclass(frozen=True)
class Morning:
    """Three letters of one batch, in the order in which they wait."""

    bill: Letter
    demand: Letter
    hostile: Letter


def furnish() -> Morning:
    """Put them there."""
    put_register(*register(), Person("P-000001", "Muster", "Anna", birth_date=date(1987, 4, 3)))
    IntakeStore(INTAKE).add_batch(replace(a_batch(a_plan("LLLLLL")), upload=upload("Morgenpost.pdf", b"a scan")))
    return Morning(
        _waits((1, 2, 3), (BILL, MORE, ()), _bill(), timedelta(hours=3)),
        _waits((4,), (DEMAND,), _demand(), timedelta(hours=2)),
        _waits((5, 6), (NOTHING, MORE), LetterFacts("other", sender=HOSTILE, subject=HOSTILE), timedelta(minutes=40)),
    )


def _bill() -> tuple[LetterFacts, tuple[Reason, ...], tuple[Ground, ...]]:
    facts = LetterFacts(
        "bill", date(2026, 11, 12), "Zahnarztpraxis Seeblick AG, Luzern", "Rechnung Nr. 4711", urgent=True,
        deadline=date(2026, 12, 12), unread_pages=(3,),
    )  # fmt: skip
    who = Reason("identify.name_and_birth_date", {"person_id": "P-000001"})
    grounds = (
        Ground(OPEN, 72, (who, Reason("identify.number_alone", {"dossier_id": OPEN}))),
        Ground(OTHER, 28, (Reason("identify.member_only", {"dossier_id": OTHER}),)),
    )
    return facts, (Reason("identify.several_dossiers", {"dossier_ids": f"{OPEN}, {OTHER}"}),), grounds


def _demand() -> tuple[LetterFacts, tuple[Reason, ...], tuple[Ground, ...]]:
    facts = LetterFacts("reminder", date(2026, 11, 19), "Inkasso Zentral GmbH")
    return facts, (Reason("identify.number_alone", {"dossier_id": OPEN}),), (Ground(OPEN, 55),)


def _waits(
    pages: tuple[int, ...],
    texts: tuple[tuple[str, ...], ...],
    known: LetterFacts | tuple[LetterFacts, tuple[Reason, ...], tuple[Ground, ...]],
    waited: timedelta,
) -> Letter:
    facts, reasons, grounds = known if isinstance(known, tuple) else (known, (Reason("identify.nothing_found"),), ())
    since = utc_now() - waited
    letter = a_letter(pages, batch_id=BATCH_ID).read(since).know(facts, 0.5, (), grounds)
    letter = letter.review(reasons, tuple(ground.dossier_id for ground in grounds), since)
    content = pdf_of(texts)
    keep_letter_file(letter.original.key, content)
    for page, picture in _pictures(content, len(pages)):
        keep_letter_file(picture_key(letter, page), picture)
    IntakeStore(INTAKE).add_letter(letter)
    return letter


def _pictures(content: bytes, count: int) -> Iterator[tuple[int, bytes]]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "letter.pdf")
        path.write_bytes(content)
        yield from pictures(path, range(1, count + 1), lambda _: None)
