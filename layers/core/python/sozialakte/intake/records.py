"""Batches and letters as they are stored, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter

from sozialakte.intake.batch import Batch
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.model import CutPlan, PageFate, PageFinding, PlannedLetter
from sozialakte.runtime.items import Item
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason

_BATCH = TypeAdapter(Batch)
_LETTER = TypeAdapter(Letter)
_PLANNED = TypeAdapter(tuple[PlannedLetter, ...])
_NOTED = TypeAdapter(tuple[PageFinding, ...])
PLAIN_PAGE = Reason("page.letter")


def batch_keys(batch_id: str) -> tuple[str, str]:
    """Key of a batch's row; its letters share the partition."""
    return f"BATCH#{batch_id}", "BATCH"


def letter_sort_key(letter_id: str) -> str:
    """Letters of a batch in page order."""
    return f"LETTER#{letter_id.rsplit('-', 2)[1]}"


def batch_item(batch: Batch) -> Item:
    """The row of a batch. ``state_key`` puts it into the index of unfinished work, until `IntakeStore.mark_settled`."""
    pk, sk = batch_keys(batch.batch_id)
    stored = _BATCH.dump_python(batch, mode="json", exclude={"plan"})
    day = zurich_date(batch.received_at).isoformat()
    plan = {"plan": _plan_item(batch.plan)} if batch.plan else {}
    return {"pk": pk, "sk": sk, "entity": "batch", "day": day, "state_key": f"batch#{batch.state}", **stored, **plan}


def batch_of(item: Mapping[str, object]) -> Batch:
    """The batch in a row."""
    plan = item.get("plan")
    stored = {name: value for name, value in item.items() if name in Batch.__dataclass_fields__}
    return _BATCH.validate_python(stored | {"plan": _plan_of(plan) if isinstance(plan, Mapping) else None})


def letter_item(letter: Letter) -> Item:
    """The row of a letter."""
    pk, _ = batch_keys(letter.batch_id)
    stored = _LETTER.dump_python(letter, mode="json")
    open_work = {} if letter.state is LetterState.FILED else {"state_key": letter_state_key(letter.state)}
    return {"pk": pk, "sk": letter_sort_key(letter.letter_id), "entity": "letter", **open_work, **stored}


def letter_of(item: Mapping[str, object]) -> Letter:
    """The letter in a row."""
    return _LETTER.validate_python({name: item[name] for name in Letter.__dataclass_fields__ if name in item})


def letter_state_key(state: LetterState) -> str:
    """Partition of the index of unfinished work."""
    return f"letter#{state}"


def _plan_item(plan: CutPlan) -> Item:
    # A row holds 400 KB: a plain letter page is told by its absence. Codes may quote a bill: not kept.
    noted = tuple(f for f in plan.findings if f.fate is not PageFate.LETTER or f.reason != PLAIN_PAGE)
    return {
        "pages_in": plan.pages_in,
        "noted": _NOTED.dump_python(noted, mode="json", exclude={"__all__": {"codes"}}),
        "letters": _PLANNED.dump_python(plan.letters, mode="json"),
    }


def _plan_of(item: Mapping[str, object]) -> CutPlan:
    pages_in = item["pages_in"]
    if not isinstance(pages_in, int):
        raise TypeError("pages_in is a whole number")
    findings = tuple(_findings(pages_in, _NOTED.validate_python(item["noted"])))
    return CutPlan(pages_in, findings, _PLANNED.validate_python(item["letters"]))


def _findings(pages_in: int, noted: tuple[PageFinding, ...]) -> Iterator[PageFinding]:
    noted_of = {finding.page: finding for finding in noted}
    for page in range(1, pages_in + 1):
        yield noted_of.get(page) or PageFinding(page, PageFate.LETTER, PLAIN_PAGE)
