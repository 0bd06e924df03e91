"""The review desk in the intake table.

| to find or change | how |
|---|---|
| letters that wait for a person, oldest first | index ``by_state``: ``letter#review`` / ``since`` |
| and behind them documents of old dossiers | index ``by_state``: ``letter#review#backfile`` / ``since`` |
| a letter's claim | attribute ``claim`` of its row: update if version and claim are those that were read |
| a decision | put of the letter's row if version and claim are those that were read; several in one transaction |
| an order for a new scan | get ``RESCAN#<id>`` / ``RESCAN`` |
| open orders, oldest first | index ``by_state``: ``rescan#open`` / ``since`` |

A claim is no step: it changes neither version nor biography, so a list that somebody looks at stays right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozialakte.intake.desk.model import Claim, RescanOrder, RescanState
from sozialakte.intake.letter import Letter, LetterState, batch_id_of
from sozialakte.intake.model import Lane
from sozialakte.intake.records import batch_keys, letter_item, letter_of, letter_sort_key, letter_state_key
from sozialakte.intake.store import IntakeStore, LetterPage, StaleLetterError
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    Change,
    Condition,
    ConditionFailedError,
    InvalidCursorError,
    Key,
    Part,
    Put,
    Query,
    Table,
    transact,
)
from sozialakte.runtime.items import Item

_OPEN = "rescan#open"
_LOOKED_AT = 100
"""Letters read at once for the queue: as many as a handler reads, counts and shows well within 50 ms."""


class UnknownRescanError(LookupError):
    """There is no such order."""


@dataclass(frozen=True)
class RescanPage:
    """A page of a list and the cursor of the next one."""

    orders: tuple[RescanOrder, ...]
    next_cursor: str | None


class DeskStore:
    """The intake table as the review desk uses it."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)
        self._intake = IntakeStore(table)

    def letter(self, letter_id: str) -> Letter:
        """The letter as it is now. Raises `UnknownLetterError`."""
        return self._intake.letter(letter_id)

    def waiting(self, cursor: str | None = None) -> LetterPage:
        """Letters that wait for a person, oldest first: as many as one look takes. Old dossiers come last.

        A cursor belongs to one of the two lists and says so itself. Raises ``InvalidCursorError``.
        """
        try:
            daily = self._waiting(Lane.DAILY, _LOOKED_AT, cursor)
        except InvalidCursorError:
            return self._waiting(Lane.BACKFILE, _LOOKED_AT, cursor)
        if daily.next_cursor:
            return daily
        old = self._waiting(Lane.BACKFILE, max(1, _LOOKED_AT - len(daily.letters)))
        return LetterPage(daily.letters + old.letters, old.next_cursor)

    def _waiting(self, lane: Lane, limit: int, cursor: str | None = None) -> LetterPage:
        query = Query(Key("state_key").eq(letter_state_key(LetterState.REVIEW, lane=lane)), index="by_state")
        page = self._table.query_page(query, limit, cursor)
        return LetterPage(tuple(letter_of(item) for item in page.items), page.next_cursor)

    def claim(self, letter: Letter, claim: Claim | None) -> None:
        """Claim the letter, or release it. Raises `StaleLetterError` if anything changed since it was read."""
        pk, _ = batch_keys(batch_id_of(letter.letter_id))
        change = Change(assign={"claim": _claim_item(claim)}) if claim else Change(remove=("claim",))
        try:
            self._table.update(pk, letter_sort_key(letter.letter_id), change, when=_as_read(letter))
        except ConditionFailedError as error:
            raise _stale(error) from error

    def decide(self, decided: Sequence[tuple[Letter, Letter]], beside: Sequence[Part] = ()) -> None:
        """Write decisions (each letter as it was read, and after it), all or none. Raises `StaleLetterError`."""
        puts = [Put(self._table.name, letter_item(after), _as_read(before)) for before, after in decided]
        try:
            if len(puts) + len(beside) == 1:  # at half the price of a transaction
                self._table.put(dict(puts[0].item), when=puts[0].when)
            else:
                transact([*puts, *beside])
        except ConditionFailedError as error:
            raise _stale(error) from error

    def new_letter(self, letter: Letter) -> Put:
        """The part of a transaction that makes a letter."""
        return Put(self._table.name, letter_item(letter), NEW)

    def new_order(self, order: RescanOrder) -> Put:
        """The part of a transaction that orders a new scan."""
        return Put(self._table.name, _order_item(order), NEW)

    def changed_order(self, order: RescanOrder) -> Put:
        """The part of a transaction that ends an order."""
        return Put(self._table.name, _order_item(order), Attr("version").eq(order.version - 1))

    def order(self, rescan_id: str) -> RescanOrder:
        """The order. Raises `UnknownRescanError`."""
        item = self._table.get(f"RESCAN#{rescan_id}", "RESCAN", consistent=True)
        if item is None:
            raise UnknownRescanError(rescan_id)
        return _order_of(item)

    def open_orders(self, limit: int, cursor: str | None = None) -> RescanPage:
        """Orders the scanning centre has not answered, oldest first."""
        page = self._table.query_page(Query(Key("state_key").eq(_OPEN), index="by_state"), limit, cursor)
        return RescanPage(tuple(map(_order_of, page.items)), page.next_cursor)


def _as_read(letter: Letter) -> Condition:
    """Nobody has changed or claimed it since."""
    claim = Attr("claim").eq(_claim_item(letter.claim)) if letter.claim else Attr("claim").not_exists()
    return Attr("version").eq(letter.version) & claim


def _claim_item(claim: Claim | None) -> object:
    return adapter(Claim).dump_python(claim, mode="json") if claim else None


def _stale(error: ConditionFailedError) -> StaleLetterError:
    existing = error.existing
    return StaleLetterError(letter_of(existing) if existing and existing.get("entity") == "letter" else None)


def _order_item(order: RescanOrder) -> Item:
    keys = {"pk": f"RESCAN#{order.rescan_id}", "sk": "RESCAN", "entity": "rescan"}
    listed = {"state_key": _OPEN} if order.state is RescanState.OPEN else {}
    return {**keys, **listed, **adapter(RescanOrder).dump_python(order, mode="json")}


def _order_of(item: Item) -> RescanOrder:
    stored = {name: item[name] for name in RescanOrder.__dataclass_fields__ if name in item}
    return adapter(RescanOrder).validate_python(stored)
