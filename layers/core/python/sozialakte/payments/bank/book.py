"""What the bank has told, in the payments table.

| to find | how |
|---|---|
| a message of the bank by its content | get ``BANKFILE#<sha256>`` / ``BANKFILE`` |
| whether a file was looked at | batch get ``BANKOBJECT#<version id in S3>`` / ``BANKOBJECT`` |
| what was said about payments | batch get ``PAYMENT#<end to end id>`` / ``PAYMENT`` |
| what became of files of ours | batch get ``FILEANSWER#<message id>`` / ``FILEANSWER`` |
| how far a list was looked through | get ``PLACE#<list>`` / ``PLACE`` |
| sums of a group that do not fit yet | query ``BATCH#<payment information id>`` |
| messages that were refused, or told something wrong | index ``by_state``: ``bankfile#<mark>`` / ``since`` |
| payments somebody has to look at, and those told of too early | index ``by_state``: ``payment#<mark>`` / ``since`` |

What is said about a payment and what that makes of its invoice change in one transaction (`settle_payments`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.bank.file_answers import FileAnswer
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    AlreadyExistsError,
    Attr,
    Check,
    ConditionFailedError,
    Item,
    Key,
    Page,
    Part,
    Put,
    Query,
    Table,
)
from sozialakte.shared.reasons import Reason

T = TypeVar("T")


class BankFileState(StrEnum):
    """``TAKEN``: all it says was done. ``REFUSED``: nothing of it was; it is kept, and ``reasons`` say why."""

    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True)
class BankFile:
    """A message of the bank. ``key`` is its name in the bucket; ``told``: what was wrong, or odd, in it.

    ``parts``: how many statuses or entries it has; ``payments``: how many of them spoke of payments of ours;
    ``money``: how many brought money in; ``foreign``: how many were about something else (bank charges, for example).
    """

    digest: str
    key: str
    state: BankFileState
    at: datetime
    kind: str = ""
    version: str = ""
    accounts: tuple[str, ...] = ()
    parts: int = 0
    payments: int = 0
    money: int = 0
    foreign: int = 0
    told: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class WaitingSum:
    """A debit of a group as one sum that does not fit the payments of the group, as far as we know them yet."""

    payment_information_id: str
    key: str
    amount: Decimal
    currency: str
    on: date | None = None


@dataclass(frozen=True)
class BankBook:
    """The rows about the bank's messages."""

    table: Table

    def file(self, digest: str) -> BankFile | None:
        """The message with this content, if it was looked at before."""
        item = self.table.get(f"BANKFILE#{digest}", "BANKFILE", consistent=True)
        return _read(BankFile, item) if item else None

    def note_file(self, file: BankFile) -> BankFile:
        """Keep what became of a message; of one that is known, what was kept first."""
        mark = "refused" if file.state is BankFileState.REFUSED else "odd" if file.told else "taken"
        listed = {"state_key": f"bankfile#{mark}", "since": file.at.isoformat()}
        keys = {"pk": f"BANKFILE#{file.digest}", "sk": "BANKFILE", "entity": "bank_file", **listed}
        try:
            self.table.put_new({**_stored(file), **keys})
        except AlreadyExistsError as error:
            return _read(BankFile, error.existing or {})
        return file

    def note_object(self, version_id: str, digest: str) -> None:
        """Keep that this version of a file was looked at."""
        keys = {"pk": f"BANKOBJECT#{version_id}", "sk": "BANKOBJECT", "entity": "bank_object"}
        self.table.put({**keys, "digest": digest})

    def seen(self, version_ids: Iterable[str]) -> frozenset[str]:
        """Those of these versions that were looked at."""
        keys = [(f"BANKOBJECT#{version_id}", "BANKOBJECT") for version_id in version_ids]
        return frozenset(str(row["pk"]).removeprefix("BANKOBJECT#") for row in self.table.get_many(keys))

    def note_answer(self, answer: FileAnswer) -> None:
        """Keep what the bank made of a file of ours; of several things the furthest, and of the same the first."""
        keys = {"pk": f"FILEANSWER#{answer.message_id}", "sk": "FILEANSWER", "entity": "bank_answer"}
        while (known := self._answer(answer.message_id)) is None or known.rank < answer.rank:
            with suppress(ConditionFailedError):  # somebody else noted one meanwhile
                self.table.put({**_stored(answer), **keys}, when=Attr("status").eq(known.status) if known else NEW)

    def file_answers(self, message_ids: Iterable[str]) -> dict[str, FileAnswer]:
        """What the bank made of these files of ours; nothing of those of which it has not spoken. One batch get."""
        keys = [(f"FILEANSWER#{one}", "FILEANSWER") for one in dict.fromkeys(message_ids)]
        found = (_read(FileAnswer, row) for row in self.table.get_many(keys))
        return {one.message_id: one for one in found}

    def _answer(self, message_id: str) -> FileAnswer | None:
        item = self.table.get(f"FILEANSWER#{message_id}", "FILEANSWER", consistent=True)
        return _read(FileAnswer, item) if item else None

    def facts_of(self, end_to_end_ids: Iterable[str]) -> dict[str, PaymentFacts]:
        """What was said about each of these payments; nothing, about one that was not spoken of."""
        ids = tuple(dict.fromkeys(end_to_end_ids))
        rows = self.table.get_many([_payment_key(one) for one in ids], consistent=True)
        found = {facts.end_to_end_id: facts for facts in (_read(PaymentFacts, row) for row in rows)}
        return {one: found.get(one, PaymentFacts(one)) for one in ids}

    def silence_part(self, end_to_end_id: str) -> Part:
        """A part of a transaction that fails if anything was ever said about this payment."""
        return Check(self.table.name, *_payment_key(end_to_end_id), NEW)

    def facts_part(self, before: PaymentFacts, after: PaymentFacts, at: datetime) -> Part:
        """What is said now, as a part of a transaction; it fails if somebody else heard something meanwhile."""
        pk, sk = _payment_key(after.end_to_end_id)
        saved = replace(after, version=before.version + 1)
        keys: dict[str, object] = {"pk": pk, "sk": sk, "entity": "bank_payment"}
        mark = "early" if after.early else "odd" if after.problems else None
        if mark:
            keys |= {"state_key": f"payment#{mark}", "since": at.isoformat()}
        when = Attr("version").eq(before.version) if before.version else NEW
        return Put(self.table.name, {**_stored(saved), **keys}, when)

    def waiting_sums(self, payment_information_id: str) -> list[WaitingSum]:
        """The sums of a group that did not fit."""
        rows = self.table.query(Query(Key("pk").eq(f"BATCH#{payment_information_id}"), consistent=True))
        return [_read(WaitingSum, row) for row in rows]

    def note_sum(self, one: WaitingSum, at: datetime) -> None:
        """Keep a sum that does not fit."""
        keys = {"pk": f"BATCH#{one.payment_information_id}", "sk": one.key, "entity": "bank_batch"}
        self.table.put({**_stored(one), **keys, "state_key": "batch#waiting", "since": at.isoformat()})

    def forget_sum(self, one: WaitingSum) -> None:
        """It fits now, and what it says was done."""
        self.table.delete(f"BATCH#{one.payment_information_id}", one.key)

    def files(self, mark: str, limit: int, cursor: str | None = None) -> tuple[tuple[BankFile, ...], str | None]:
        """Messages that were ``refused`` or tell something ``odd``, the newest first, and the cursor of the next."""
        page = self._marked(f"bankfile#{mark}", limit, cursor, newest_first=True)
        return tuple(_read(BankFile, row) for row in page.items), page.next_cursor

    def payments(self, mark: str, limit: int, cursor: str | None = None) -> tuple[tuple[PaymentFacts, ...], str | None]:
        """Payments that are ``odd``, or of which the bank spoke too ``early``, the oldest first, and the cursor."""
        page = self._marked(f"payment#{mark}", limit, cursor)
        return tuple(_read(PaymentFacts, row) for row in page.items), page.next_cursor

    def sums(self, limit: int, cursor: str | None = None) -> tuple[tuple[WaitingSum, ...], str | None]:
        """Sums that do not fit, the oldest first, and the cursor of the next."""
        page = self._marked("batch#waiting", limit, cursor)
        return tuple(_read(WaitingSum, row) for row in page.items), page.next_cursor

    def count(self, state_key: str, since: datetime, until: datetime) -> int:
        """How many rows of a list got there between the two, both included."""
        between = Key("since").between(since.isoformat(), until.isoformat())
        return sum(1 for _ in self.table.query(Query(Key("state_key").eq(state_key) & between, index="by_state")))

    def place(self, name: str) -> str | None:
        """How far a list was looked through; None: from its beginning."""
        item = self.table.get(f"PLACE#{name}", "PLACE", consistent=True)
        return str(item["cursor"]) if item and "cursor" in item else None

    def note_place(self, name: str, cursor: str | None) -> None:
        """Keep how far a list was looked through; None: to its end."""
        told = {"cursor": cursor} if cursor else {}
        self.table.put({"pk": f"PLACE#{name}", "sk": "PLACE", "entity": "bank_place", **told})

    def _marked(self, key: str, limit: int, cursor: str | None, *, newest_first: bool = False) -> Page:
        query = Query(Key("state_key").eq(key), index="by_state", newest_first=newest_first)
        return self.table.query_page(query, limit, cursor)


def _payment_key(end_to_end_id: str) -> tuple[str, str]:
    return f"PAYMENT#{end_to_end_id}", "PAYMENT"


def _stored(value: object) -> Item:
    stored: Item = adapter(type(value)).dump_python(value, mode="json", exclude_none=True)
    return stored


def _read(kind: type[T], item: Mapping[str, object]) -> T:
    fields = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return adapter(kind).validate_python({name: item[name] for name in fields if name in item})
