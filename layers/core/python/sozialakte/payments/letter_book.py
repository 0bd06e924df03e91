"""What the payments know of letters: whether their bills are registered, and what became of each.

| to find | how |
|---|---|
| what is known of a letter | get ``FATE#<letter_id>`` / ``FATE`` |

A letter's fate may be heard before its bills are registered, or never: so it has a row of its own, which every letter
has once its bills were looked for. Whoever writes later sees what the other one wrote, and acts on both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sozialakte.payments.messages import LetterSettled
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import NEW, Attr, ConditionFailedError, Item, Table

_ATTEMPTS = 10
"""The two messages about a letter hardly ever come at the same moment."""


class LetterBusyError(Exception):
    """Others keep writing what is known of this letter: the message comes back."""


@dataclass(frozen=True)
class LetterAccount:
    """``reading``: which reading of the letter its ``bills`` were looked for in (-1: none yet); ``bills``: how many.

    ``fate``, ``dossier_id`` and ``destination`` are those of ``letter_version``. ``superseded``: its pages lie in
    another letter, which has been looked through. ``by_hand``: people registered bills of it. ``version`` grows with
    every change.
    """

    letter_id: str
    reading: int = -1
    bills: int = 0
    letter_version: int = 0
    fate: str | None = None
    dossier_id: str | None = None
    destination: str | None = None
    superseded: bool = False
    by_hand: bool = False
    version: int = 0

    def settled(self, told: LetterSettled) -> LetterAccount:
        """With what became of it; an older word than the last changes nothing."""
        if told.letter_version < self.letter_version:
            return self
        return replace(
            self,
            letter_version=told.letter_version,
            fate=told.fate,
            dossier_id=told.dossier_id,
            destination=told.destination,
        )

    def looked_through(self, reading: int, bills: int) -> LetterAccount:
        """With how many bills were found; of an older reading than the last: nothing."""
        return replace(self, reading=reading, bills=bills) if reading >= self.reading else self


class LetterBook:
    """The rows of letters in the payments table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def account(self, letter_id: str) -> LetterAccount:
        """What is known of a letter; nothing, of one nobody has spoken of."""
        item = self._table.get(*_key(letter_id), consistent=True)
        return _account_of(item) if item else LetterAccount(letter_id)

    def accounts(self, letter_ids: Iterable[str]) -> dict[str, LetterAccount]:
        """Those of these letters that have a row."""
        found = self._table.get_many([_key(letter_id) for letter_id in dict.fromkeys(letter_ids)])
        return {account.letter_id: account for account in map(_account_of, found)}

    def settle(self, told: LetterSettled) -> LetterAccount:
        """Note what became of a letter; what is known of it then. Raises `LetterBusyError`."""
        return self._change(told.letter_id, lambda account: account.settled(told))

    def look_through(self, letter_id: str, reading: int, bills: int) -> LetterAccount:
        """Note that its bills are registered; what is known of it then. Raises `LetterBusyError`."""
        return self._change(letter_id, lambda account: account.looked_through(reading, bills))

    def supersede(self, letter_id: str) -> None:
        """Note that its pages lie in another letter. Raises `LetterBusyError`."""
        self._change(letter_id, lambda account: replace(account, superseded=True))

    def add_by_hand(self, letter_id: str) -> LetterAccount:
        """Note that people registered a bill of it; what is known of it then. Raises `LetterBusyError`."""
        return self._change(letter_id, lambda account: replace(account, by_hand=True))

    def _change(self, letter_id: str, change: Callable[[LetterAccount], LetterAccount]) -> LetterAccount:
        for _ in range(_ATTEMPTS):
            before = self.account(letter_id)
            after = change(before)
            if after == before:
                return before
            try:
                return self._save(before, replace(after, version=before.version + 1))
            except ConditionFailedError:
                continue  # somebody wrote meanwhile: again, with what they wrote
        raise LetterBusyError(letter_id)

    def _save(self, before: LetterAccount, after: LetterAccount) -> LetterAccount:
        pk, sk = _key(after.letter_id)
        item = {**adapter(LetterAccount).dump_python(after, mode="json", exclude_none=True), "pk": pk, "sk": sk}
        when = Attr("version").eq(before.version) if before.version else NEW
        self._table.put({**item, "entity": "letter_account"}, when=when)
        return after


def _key(letter_id: str) -> tuple[str, str]:
    return f"FATE#{letter_id}", "FATE"


def _account_of(item: Item) -> LetterAccount:
    fields = LetterAccount.__dataclass_fields__
    return adapter(LetterAccount).validate_python({name: item[name] for name in fields if name in item})
