"""Creditors in the payments' table.

| to find | how |
|---|---|
| a creditor, many creditors | get, batch get ``CREDITOR#<creditor_id>`` / ``CREDITOR`` |
| who has this IBAN, this UID, this name and postal code | batch get ``SIGN#...`` (a hash) / ``CREDITOR``, then get |

A creditor who is met again as we know them is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from sozialakte.payments.creditors import Creditor, first_met, signs_of
from sozialakte.payments.terms import Terms
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    ConditionFailedError,
    Item,
    Part,
    Put,
    Table,
    WriteConflictError,
    transact,
)
from sozialakte.runtime.items import text

_CREDITOR = "CREDITOR"
_ATTEMPTS = 4


class CreditorBook:
    """The creditors."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, creditor_id: str | None) -> Creditor | None:
        """The creditor, or None."""
        item = self._table.get(*_key(creditor_id), consistent=True) if creditor_id else None
        return _creditor_of(item) if item else None

    def find_many(self, creditor_ids: Iterable[str]) -> dict[str, Creditor]:
        """Those of these creditors that exist, by id."""
        keys = [_key(creditor_id) for creditor_id in sorted(set(creditor_ids))]
        found = map(_creditor_of, self._table.get_many(keys, consistent=True))
        return {creditor.creditor_id: creditor for creditor in found}

    def meet(self, terms: Terms, by: str, at: datetime) -> Creditor | None:
        """Whoever sent this bill, now with its IBAN; None if the bill says nothing of them. Repeated: the same.

        ``by`` read or typed it. Raises `WriteConflictError` if others keep changing this creditor.
        """
        return _patiently(lambda: self._meet(terms, by, at))

    def meet_again(self, creditor_id: str, iban: str, by: str, at: datetime) -> Creditor | None:
        """A creditor we know, now with an IBAN somebody typed, whoever else has it. Raises `WriteConflictError`."""
        return _patiently(lambda: self._change(creditor_id, lambda found: found.met(iban, by, at)))

    def mark_staff(self, creditor_id: str, staff_id: str | None) -> Creditor | None:
        """This creditor is a member of staff, or none. Raises `WriteConflictError`."""
        return _patiently(lambda: self._change(creditor_id, lambda found: found.marked(staff_id)))

    def part(self, before: Creditor, after: Creditor) -> Put:
        """The next version of a creditor as a part of a transaction."""
        return Put(self._table.name, _item(after), Attr("version").eq(before.version))

    def _meet(self, terms: Terms, by: str, at: datetime) -> Creditor | None:
        signs = signs_of(terms)
        known = self._known_by(signs)
        found = self.find(next(iter(known.values()), None))
        after = found.met(terms.iban, by, at) if found else first_met(terms, by, at)
        return self._save(found, after, [sign for sign in signs if sign not in known]) if after else None

    def _change(self, creditor_id: str, change: Callable[[Creditor], Creditor]) -> Creditor | None:
        found = self.find(creditor_id)
        return self._save(found, change(found), ()) if found else None

    def _save(self, found: Creditor | None, after: Creditor, new_signs: Iterable[str]) -> Creditor:
        name, leads_to = self._table.name, {"sk": _CREDITOR, "creditor_id": after.creditor_id}
        parts: list[Part] = [Put(name, {"pk": _sign(sign), **leads_to}, NEW) for sign in new_signs]
        if found is None:
            parts.append(Put(name, _item(after), NEW))
        elif found != after:
            parts.append(self.part(found, after))
        if parts:
            transact(parts)
        return after

    def _known_by(self, signs: tuple[str, ...]) -> dict[str, str]:
        """The creditors these signs lead to, the surest sign first."""
        rows = self._table.get_many([(_sign(sign), _CREDITOR) for sign in signs], consistent=True)
        found = {text(row, "pk"): text(row, "creditor_id") for row in rows}
        return {sign: found[_sign(sign)] for sign in signs if _sign(sign) in found}


def _patiently(change: Callable[[], Creditor | None]) -> Creditor | None:
    for _ in range(_ATTEMPTS):
        with suppress(ConditionFailedError):  # somebody else met or changed them at the same moment
            return change()
    raise WriteConflictError


def _key(creditor_id: str) -> tuple[str, str]:
    return f"CREDITOR#{creditor_id}", _CREDITOR


def _sign(sign: str) -> str:
    return f"KNOWN#{sign}"


def _item(creditor: Creditor) -> Item:
    pk, sk = _key(creditor.creditor_id)
    stored = adapter(Creditor).dump_python(creditor, mode="json", exclude_none=True)
    return {**stored, "pk": pk, "sk": sk, "entity": "creditor"}


def _creditor_of(item: Item) -> Creditor:
    fields = Creditor.__dataclass_fields__
    return adapter(Creditor).validate_python({name: item[name] for name in fields if name in item})
