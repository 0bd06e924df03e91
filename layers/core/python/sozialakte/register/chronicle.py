"""Writes what changes in the register: the new value, the earlier ones, whatever leads to them, and how to undo it.

All of it in one transaction, conditional on the row as it was seen. What leads to an entry: the rows of a person's
names (`name_index`) and places, and of a member of staff's case load (``load#<dossier>``), which knows planned
hand-overs too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sozialakte.register.history import Edit, differing, edited, version_on
from sozialakte.register.name_index import moves_of_names
from sozialakte.register.records import in_charge, place_in, places_key
from sozialakte.register.run_notes import note_of, noted
from sozialakte.register.stored_history import (
    Key,
    Stamp,
    earlier_keys,
    from_main_on,
    last_write,
    rows_of,
    valid_from,
    version_of,
)
from sozialakte.runtime.dynamo import (
    EXISTS,
    NEW,
    Attr,
    Change,
    Condition,
    ConditionFailedError,
    Delete,
    Item,
    Part,
    Put,
    Table,
    Update,
    WriteConflictError,
    transact,
)
from sozialakte.runtime.items import texts

_ATTEMPTS = 5  # to save what others change meanwhile
_NOTE = 1  # the place of the run's note in a transaction

Decide = Callable[[Item | None], Edit | None]
"""What to change in a row as it is; None: nothing."""


class WrittenBeforeError(Exception):
    """The run has changed this entry before, and somebody has changed it since."""


@dataclass(frozen=True)
class Chronicle:
    """Changes of entries in the register's table."""

    table: Table

    def write(self, key: Key, decide: Decide, stamp: Stamp, seen: Item | None = None) -> Item | None:
        """Write what ``decide`` makes of the row; the main row as it is then. ``seen``: the row as the caller read it.

        Raises `WriteConflictError` if others keep changing it, and `WrittenBeforeError`.
        """
        row = seen
        for _ in range(_ATTEMPTS):
            edit = decide(row)
            if edit is None:
                return row
            before = self._rows_in_reach(row, edit)
            after = _rows_after(key, row, before, edit, stamp)
            try:
                transact(list(self._parts(key, before, after, stamp)))
            except ConditionFailedError as error:
                if stamp.run and error.index == _NOTE:
                    raise WrittenBeforeError(key[0]) from error
                row = error.existing
            else:
                return after[key]
        raise WriteConflictError

    def restore(self, run: str, note: Item) -> Item | None:
        """Undo what a note of a run says, all or nothing. None if done, else the row that somebody changed since.

        An entry that is gone is given back as its bare key. Raises `WriteConflictError` if others keep writing.
        """
        (key, main), *others = noted(note)
        row = self.table.get(*key, consistent=True)
        if row is None or (last_write(row).change, last_write(row).version) != (run, note["wrote"]):
            return row or {"pk": key[0], "sk": key[1]}
        undone = Update(self.table.name, str(note["pk"]), str(note["sk"]), Change(assign={"undone": True}))
        parts = [self._part(*key, main, _as_seen(row)), *(self._part(*other, was) for other, was in others)]
        try:
            transact([*parts, undone, *self._leads(row, main)])
        except ConditionFailedError as error:
            return error.existing or row
        return None

    def _rows_in_reach(self, row: Item | None, edit: Edit) -> dict[Key, Item]:
        """The main row, and the earlier ones if the edit may reach them."""
        if row is None:
            return {}
        reached = earlier_keys(row) if edit.start <= valid_from(row) else []
        return {_key(row): row} | {_key(item): item for item in self.table.get_many(reached)}

    def _parts(self, key: Key, before: Mapping[Key, Item], after: Mapping[Key, Item], stamp: Stamp) -> Iterator[Part]:
        touched = [other for other in (*before, *after) if other != key and before.get(other) != after.get(other)]
        yield self._part(*key, after[key], _as_seen(before.get(key)))
        if stamp.run:
            note = note_of(stamp.change, {one: before.get(one) for one in (key, *touched)}, after[key])
            yield Put(self.table.name, note, NEW)
        yield from (self._part(*other, after.get(other)) for other in touched)
        yield from self._leads(before.get(key), after[key])

    def _part(self, pk: str, sk: str, item: Item | None, when: Condition | None = None) -> Part:
        return Put(self.table.name, item, when) if item else Delete(self.table.name, pk, sk, when)

    def _leads(self, before: Item | None, after: Item | None) -> Iterator[Part]:
        """What leads to the entry, as far as it comes or goes."""
        yield from moves_of_names(self.table.name, before, after)
        for person_id, dossier_id in sorted(place_in(after) - place_in(before)):
            yield Update(self.table.name, *places_key(person_id), Change(add={"dossiers": {dossier_id}}))
        for person_id, dossier_id in sorted(place_in(before) - place_in(after)):
            yield Update(self.table.name, *places_key(person_id), Change(discard={"dossiers": {dossier_id}}))
        had, has = in_charge(before), in_charge(after)
        for pk, sk in sorted(has - had):
            yield Put(self.table.name, {"pk": pk, "sk": sk})
        for pk, sk in sorted(had - has):
            yield Delete(self.table.name, pk, sk)


def _rows_after(key: Key, row: Item | None, before: Mapping[Key, Item], edit: Edit, stamp: Stamp) -> dict[Key, Item]:
    earlier = [before[one] for one in earlier_keys(row) if one in before] if row else []
    known = (*map(version_of, earlier), *from_main_on(row)) if row else ()
    older = texts(row, "earlier") if row and not earlier else ()
    written: Item = {
        "version": (last_write(row).version if row else 0) + 1,
        "change": stamp.change,
        "changed_by": stamp.by,
        "changed_at": stamp.at.isoformat(),
    }
    was = version_on(known, edit.until)
    written |= {"changed": sorted(differing(was.value, edit.value))} if was else {}
    written |= {"fed": dict(edit.fed)} if edit.fed is not None else {}
    return rows_of(key, edited(known, edit, stamp.origin), older, written, stamp.today)


def _as_seen(row: Item | None) -> Condition:
    """The row has not been written since; one from before there was history counts no versions."""
    if row is None:
        return NEW
    seen = last_write(row).version
    return Attr("version").eq(seen) if seen else EXISTS & Attr("version").not_exists()


def _key(item: Item) -> Key:
    return str(item["pk"]), str(item["sk"])
