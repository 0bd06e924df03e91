"""Batches, letters and what letters teach as they are stored, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from sozialakte.intake.batch import Batch
from sozialakte.intake.known_references import Lesson
from sozialakte.intake.letter import Destination, Letter, LetterState
from sozialakte.intake.letter_states import FINISHED
from sozialakte.intake.model import CutPlan, Lane, PageFate, PageFinding, PlannedLetter
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.items import Item
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason

PLAIN_PAGE = Reason("page.letter")


def batch_keys(batch_id: str) -> tuple[str, str]:
    """Key of a batch's row; its letters share the partition."""
    return f"BATCH#{batch_id}", "BATCH"


def letter_sort_key(letter_id: str) -> str:
    """Letters of a batch in page order; those people put together anew behind the one that was cut there."""
    _, first, _, *anew = letter_id.split("-")
    return "#".join(("LETTER", first, *anew))


OLD_LETTERS = "old"
"""The one partition of the list of all letters of old dossiers."""


def batch_item(batch: Batch) -> Item:
    """The row of a batch. ``state_key`` puts it into the index of unfinished work, until `IntakeStore.mark_settled`."""
    pk, sk = batch_keys(batch.batch_id)
    stored = adapter(Batch).dump_python(batch, mode="json", exclude={"plan"})
    day = zurich_date(batch.received_at).isoformat()
    plan = {"plan": _plan_item(batch.plan)} if batch.plan else {}
    return {"pk": pk, "sk": sk, "entity": "batch", "day": day, "state_key": f"batch#{batch.state}", **stored, **plan}


def batch_of(item: Mapping[str, object]) -> Batch:
    """The batch in a row."""
    plan = item.get("plan")
    stored = {name: value for name, value in item.items() if name in Batch.__dataclass_fields__}
    return adapter(Batch).validate_python(stored | {"plan": _plan_of(plan) if isinstance(plan, Mapping) else None})


def letter_item(letter: Letter) -> Item:
    """The row of a letter. ``state_key`` puts it into the index of unfinished work, until it is finished or taken.

    A letter that nobody has claimed has no ``claim``, so that a condition can ask for that.
    """
    pk, _ = batch_keys(letter.batch_id)
    absent = {"confidence"} | (set() if letter.claim else {"claim"})
    stored = adapter(Letter).dump_python(letter, mode="json", exclude=absent)
    confidence = None if letter.confidence is None else Decimal(str(letter.confidence))
    finished = letter.state in FINISHED or letter.taken_by
    open_work = {} if finished else {"state_key": letter_state_key(letter.state, letter.destination, letter.lane)}
    keys = {"pk": pk, "sk": letter_sort_key(letter.letter_id)}
    lists = open_work | (_old_list(letter) if letter.lane is Lane.BACKFILE else {})
    return {**keys, "entity": "letter", **lists, **stored, "confidence": confidence}


def _old_list(letter: Letter) -> Item:
    """Its place in the list of all letters of old dossiers."""
    dossier_id = letter.dossier_id or letter.named_dossier
    return {"old_key": OLD_LETTERS, "old_order": f"{old_order_of(dossier_id)}{letter.letter_id}"}


def old_order_of(dossier_id: str | None) -> str:
    """How the letters of a dossier begin in the list of those of old dossiers; of None: what no cover names."""
    return f"{dossier_id or '-'}#"


def letter_of(item: Mapping[str, object]) -> Letter:
    """The letter in a row."""
    stored = {name: item[name] for name in Letter.__dataclass_fields__ if name in item}
    return adapter(Letter).validate_python(_said_before(item) | stored)


def _said_before(item: Mapping[str, object]) -> Item:
    """What a row says that was written before letters had facts and objections."""
    facts = {"facts": {"kind": item["kind"]}} if item.get("kind") else {}
    return facts | ({"objections": [{"code": "page.codes_contradict"}]} if item.get("disputed") else {})


def letter_state_key(state: LetterState, destination: Destination | None = None, lane: Lane = Lane.DAILY) -> str:
    """Partition of the index of unfinished work; each destination of forwarded letters has its own.

    In review and forwarded, old dossiers have theirs: however many wait there, the daily post is looked at first.
    """
    key = f"letter#{state}#{destination}" if destination else f"letter#{state}"
    waits = state in {LetterState.REVIEW, LetterState.FORWARDED}
    return f"{key}#{lane}" if waits and lane is Lane.BACKFILE else key


def lesson_key(signature: str) -> str:
    """The partition of all lessons of a reference."""
    return f"KNOWN#{signature}"


def lesson_item(lesson: Lesson) -> Item:
    """The row of a lesson, in the order of filing; a letter has one for each of its references."""
    keys = {"pk": lesson_key(lesson.signature), "sk": f"FILED#{instant(lesson.filed_at)}#{lesson.letter_id}"}
    return {**keys, "entity": "lesson", **adapter(Lesson).dump_python(lesson, mode="json")}


def lesson_of(item: Mapping[str, object]) -> Lesson:
    """The lesson in a row."""
    return adapter(Lesson).validate_python({name: item[name] for name in Lesson.__dataclass_fields__})


def instant(moment: datetime) -> str:
    """As the rows hold times, so that they sort."""
    return moment.isoformat().replace("+00:00", "Z")


def _plan_item(plan: CutPlan) -> Item:
    # A row holds 400 KB: a plain letter page is told by its absence. Codes may quote a bill: not kept.
    noted = tuple(f for f in plan.findings if f.fate is not PageFate.LETTER or f.reason != PLAIN_PAGE)
    return {
        "pages_in": plan.pages_in,
        "noted": adapter(tuple[PageFinding, ...]).dump_python(noted, mode="json", exclude={"__all__": {"codes"}}),
        "letters": adapter(tuple[PlannedLetter, ...]).dump_python(plan.letters, mode="json"),
    }


def _plan_of(item: Mapping[str, object]) -> CutPlan:
    pages_in = item["pages_in"]
    if not isinstance(pages_in, int):
        raise TypeError("pages_in is a whole number")
    findings = tuple(_findings(pages_in, adapter(tuple[PageFinding, ...]).validate_python(item["noted"])))
    return CutPlan(pages_in, findings, adapter(tuple[PlannedLetter, ...]).validate_python(item["letters"]))


def _findings(pages_in: int, noted: tuple[PageFinding, ...]) -> Iterator[PageFinding]:
    noted_of = {finding.page: finding for finding in noted}
    for page in range(1, pages_in + 1):
        yield noted_of.get(page) or PageFinding(page, PageFate.LETTER, PLAIN_PAGE)
