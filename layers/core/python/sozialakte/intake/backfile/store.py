"""Boxes, samples and releases of the backfile, in the intake's table.

| to find | how |
|---|---|
| all packed dossiers (some thousands) | query ``BACKFILE``, ``DOSSIER#<dossier_id>`` |
| the samples of a box, round by round | query ``SAMPLE#<box_id>``, ``ROUND#<round>`` |
| all letters of old dossiers, those of one | index ``by_old_dossier``: ``old_key`` / ``old_order`` |
| what people found in a sample | query ``SAMPLE#<box_id>``, ``PAGE#<round>#<number>`` |

A sample is drawn once and a page judged once: both rows must be new.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sozialakte.intake.backfile.accounts import ListedLetter, PackedDossier
from sozialakte.intake.backfile.box_list import BoxedDossier
from sozialakte.intake.backfile.sample import SamplePage
from sozialakte.intake.letter import batch_id_of
from sozialakte.intake.records import OLD_LETTERS, old_order_of
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    EXISTS,
    AlreadyExistsError,
    Attr,
    Change,
    ConditionFailedError,
    Key,
    Query,
    Table,
)
from sozialakte.runtime.items import text

_ALL = "BACKFILE"


@dataclass(frozen=True)
class Sample:
    """The pages drawn of a box in a round (from 1), out of the lot of this id (`lot_id`)."""

    box_id: str
    attempt: int
    pages: tuple[SamplePage, ...]
    lot: str
    drawn_at: datetime


@dataclass(frozen=True)
class Judgement:
    """What a person saw on page ``number`` (from 1) of a sample."""

    box_id: str
    attempt: int
    number: int
    good: bool
    by: str
    at: datetime


class JudgedBeforeError(Exception):
    """Somebody else, or with another result, has judged the page. ``first`` is what was recorded."""

    def __init__(self, first: Judgement) -> None:
        super().__init__(first.by)
        self.first = first


class BackfileStore:
    """The rows of the backfile."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def expect(self, boxed: BoxedDossier, on: date) -> None:
        """A dossier lies in a box; its pages were scanned on a day at the earliest.

        Said again, its box and count change, and the day if it is an earlier one; not what followed.
        """
        keys = {"pk": _ALL, "sk": f"DOSSIER#{boxed.dossier_id}"}
        stored = adapter(BoxedDossier).dump_python(boxed, mode="json")
        try:
            self._table.put_new({**keys, "entity": "packed", "since": on.isoformat(), **stored})
        except AlreadyExistsError:
            self._table.update(keys["pk"], keys["sk"], Change(assign=stored), when=EXISTS)
            later = Key("since").between((on + timedelta(days=1)).isoformat(), date.max.isoformat())
            with suppress(ConditionFailedError):
                self._table.update(keys["pk"], keys["sk"], Change(assign={"since": on.isoformat()}), when=later)

    def packed(self) -> tuple[list[PackedDossier], date | None]:
        """All dossiers on the list by box and number, and the day of the first."""
        where = Key("pk").eq(_ALL) & Key("sk").begins_with("DOSSIER#")
        items = list(self._table.query(Query(where, consistent=True)))
        found = [
            PackedDossier(
                adapter(BoxedDossier).validate_python({name: item[name] for name in BoxedDossier.__dataclass_fields__}),
                keeps=text(item, "keeps") if item.get("keeps") else None,
                released=bool(item.get("released")),
            )
            for item in items
        ]
        first = min((date.fromisoformat(text(item, "since")) for item in items), default=None)
        return sorted(found, key=lambda one: (one.boxed.box_id, one.boxed.dossier_id)), first

    def letters(self) -> Iterator[ListedLetter]:
        """All letters of old dossiers: some 200 bytes each, thousands a query."""
        names = ListedLetter.__dataclass_fields__
        for item in self._table.query(Query(Key("old_key").eq(OLD_LETTERS), index="by_old_dossier")):
            yield adapter(ListedLetter).validate_python({name: item[name] for name in names if name in item})

    def batches_of(self, dossier_id: str) -> set[str]:
        """The batches in which letters of an old dossier came."""
        where = Key("old_key").eq(OLD_LETTERS) & Key("old_order").begins_with(old_order_of(dossier_id))
        found = self._table.query(Query(where, index="by_old_dossier"))
        return {batch_id_of(text(item, "letter_id")) for item in found}

    def keep(self, dossier_id: str, why: str) -> None:
        """Originals of the dossier must stay. Raises ``ConditionFailedError`` if it is on no list."""
        self._table.update(_ALL, f"DOSSIER#{dossier_id}", Change(assign={"keeps": why}), when=EXISTS)

    def release(self, dossier_id: str, by: str, at: datetime) -> None:
        """The dossier's paper may be shredded, but for originals that stay. Who released it first is remembered."""
        change = Change(assign={"released": {"by": by, "at": at.isoformat()}})
        with suppress(ConditionFailedError):
            self._table.update(_ALL, f"DOSSIER#{dossier_id}", change, when=EXISTS & Attr("released").not_exists())

    def samples(self, box_id: str) -> list[Sample]:
        """The samples of a box, the first round first."""
        where = Key("pk").eq(f"SAMPLE#{box_id}") & Key("sk").begins_with("ROUND#")
        found = self._table.query(Query(where, consistent=True))
        names = Sample.__dataclass_fields__
        return [adapter(Sample).validate_python({name: item[name] for name in names}) for item in found]

    def add_sample(self, sample: Sample) -> None:
        """Keep a sample. Raises ``AlreadyExistsError`` if the round was drawn."""
        keys = {"pk": f"SAMPLE#{sample.box_id}", "sk": f"ROUND#{sample.attempt:03d}", "entity": "sample"}
        self._table.put_new({**keys, **adapter(Sample).dump_python(sample, mode="json")})

    def judgements(self, sample: Sample) -> dict[int, Judgement]:
        """What was seen so far, by number."""
        where = Key("pk").eq(f"SAMPLE#{sample.box_id}") & Key("sk").begins_with(f"PAGE#{sample.attempt:03d}#")
        names = Judgement.__dataclass_fields__
        rows = self._table.query(Query(where, consistent=True))
        found = [adapter(Judgement).validate_python({name: item[name] for name in names}) for item in rows]
        return {one.number: one for one in found}

    def judge(self, seen: Judgement) -> None:
        """Record what a person saw; the same again is no error. Raises `JudgedBeforeError`."""
        keys = {"pk": f"SAMPLE#{seen.box_id}", "sk": f"PAGE#{seen.attempt:03d}#{seen.number:05d}"}
        try:
            self._table.put_new({**keys, "entity": "judgement", **adapter(Judgement).dump_python(seen, mode="json")})
        except AlreadyExistsError:
            item = self._table.get(keys["pk"], keys["sk"], consistent=True) or {}
            names = Judgement.__dataclass_fields__
            first = adapter(Judgement).validate_python({name: item[name] for name in names})
            if (first.by, first.good) != (seen.by, seen.good):
                raise JudgedBeforeError(first) from None
