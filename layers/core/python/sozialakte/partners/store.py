"""Bundles, their numbers and their receipts in DynamoDB.

| to find | how |
|---|---|
| a bundle | get ``BUNDLE#<bundle_id>`` / ``BUNDLE`` |
| the last number given | get ``SEQUENCE`` / ``LAST`` |
| which bundle has a number, bundles between two numbers | query ``SEQUENCE`` / ``<10 digits>`` |
| the last bundle of a dossier | get ``DOSSIER#<dossier_id>`` / ``LAST`` |
| the bundles of a document, oldest first | query ``DOCUMENT#<document_id>`` / ``<10 digits>`` |
| bundles somebody must look at, the longest due first | index ``by_due``: ``open_key`` = ``bundle`` / ``due`` |
| receipts that are unusable, the newest first | index ``by_due``: ``open_key`` = ``receipt`` / ``due`` |
| whether a receipt was taken | get ``RECEIPT#<version id in S3>`` / ``RECEIPT`` |

A bundle and its number are written in one transaction that needs the counter to stand where it was read. So numbers
have no gaps, and what was read after the counter (dossier, document) still holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sozialakte.partners.model import Bundle, Place, Reference, UnusableReceipt
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    AlreadyExistsError,
    Attr,
    ConditionFailedError,
    Item,
    Key,
    Put,
    Query,
    Table,
    transact,
)
from sozialakte.runtime.items import number, text

_LAST = ("SEQUENCE", "LAST")
_BEGINNING = "0"  # before every moment


class PlaceTakenError(Exception):
    """Another bundle got this number meanwhile."""


class BundleChangedError(Exception):
    """Somebody else moved the bundle on meanwhile."""


@dataclass(frozen=True)
class OpenBundles:
    """A page of bundles somebody must look at and the cursor of the next."""

    bundles: tuple[Bundle, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class UnusableReceipts:
    """A page of receipts we cannot use and the cursor of the next."""

    receipts: tuple[UnusableReceipt, ...]
    next_cursor: str | None


class HandoverStore:
    """The partners' table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def find(self, bundle_id: str) -> Bundle | None:
        """The bundle, or None."""
        item = self._table.get(f"BUNDLE#{bundle_id}", "BUNDLE", consistent=True)
        return _bundle_of(item) if item else None

    def find_number(self, sequence: int) -> str | None:
        """The id of the bundle with this number."""
        item = self._table.get("SEQUENCE", _digits(sequence))
        return text(item, "bundle_id") if item else None

    def between(self, first: int, last: int) -> Iterator[str]:
        """The ids of the bundles with these numbers, both included, in their order."""
        where = Key("pk").eq("SEQUENCE") & Key("sk").between(_digits(first), _digits(last))
        return (text(item, "bundle_id") for item in self._table.query(Query(where)))

    def last_sequence(self) -> int:
        """The last number given; 0 before the first."""
        item = self._table.get(*_LAST, consistent=True)
        return number(item, "sequence") if item else 0

    def place_for(self, document_id: str, dossier_id: str) -> Place:
        """Where the next bundle of a document in a dossier comes."""
        sequence = self.last_sequence() + 1  # read first: see above
        before = self._table.get(f"DOSSIER#{dossier_id}", "LAST", consistent=True)
        return Place(sequence, number(before, "sequence") if before else None, self.bundles_of(document_id))

    def bundles_of(self, document_id: str) -> tuple[Reference, ...]:
        """The bundles of a document, whatever the dossier, in the order of their numbers."""
        found = self._table.query(Query(Key("pk").eq(f"DOCUMENT#{document_id}"), consistent=True))
        return tuple(map(_reference_of, found))

    def add(self, bundle: Bundle) -> None:
        """A new bundle with its number: all or nothing. Raises `PlaceTakenError`."""
        table, numbered = self._table.name, {"bundle_id": bundle.bundle_id, "sequence": bundle.sequence}
        counted = NEW if bundle.sequence == 1 else Attr("sequence").eq(bundle.sequence - 1)
        document = {"pk": f"DOCUMENT#{bundle.document_id}", "sk": _digits(bundle.sequence), "entity": "reference"}
        parts = [
            Put(table, {"pk": _LAST[0], "sk": _LAST[1], "entity": "last", **numbered}, counted),
            Put(table, {"pk": "SEQUENCE", "sk": _digits(bundle.sequence), "entity": "number", **numbered}, NEW),
            Put(table, {"pk": f"DOSSIER#{bundle.dossier_id}", "sk": "LAST", "entity": "dossier", **numbered}),
            Put(table, document | adapter(Reference).dump_python(bundle.reference, mode="json"), NEW),
            Put(table, _bundle_item(bundle), NEW),
        ]
        try:
            transact(parts)
        except ConditionFailedError as error:
            raise PlaceTakenError(bundle.bundle_id) from error

    def save(self, bundle: Bundle) -> None:
        """The bundle's next version. Raises `BundleChangedError`."""
        try:
            self._table.put(_bundle_item(bundle), when=Attr("version").eq(bundle.version - 1))
        except ConditionFailedError as error:
            raise BundleChangedError(bundle.bundle_id) from error

    def was_taken(self, receipt_id: str) -> bool:
        """Whether this receipt was taken, or found unusable, before."""
        return self._table.get(f"RECEIPT#{receipt_id}", "RECEIPT", consistent=True) is not None

    def take_receipt(self, receipt_id: str, before: Bundle, after: Bundle) -> None:
        """The receipt and what it makes of the bundle: both or nothing. Raises `BundleChangedError`."""
        taken = {"pk": f"RECEIPT#{receipt_id}", "sk": "RECEIPT", "entity": "receipt", "bundle_id": after.bundle_id}
        name = self._table.name
        moved = [] if after == before else [Put(name, _bundle_item(after), Attr("version").eq(before.version))]
        try:
            transact([Put(name, taken, NEW), *moved])
        except ConditionFailedError as error:
            raise BundleChangedError(after.bundle_id) from error

    def note_unusable(self, receipt: UnusableReceipt) -> None:
        """Keep that a receipt cannot be used; repeated: the same."""
        stored = adapter(UnusableReceipt).dump_python(receipt, mode="json")
        keys = {"pk": f"RECEIPT#{receipt.receipt_id}", "sk": "RECEIPT", "entity": "unusable_receipt"}
        try:
            self._table.put_new({**keys, "open_key": "receipt", "due": stored["received_at"], **stored})
        except AlreadyExistsError:
            return

    def open_bundles(self, now: datetime, limit: int, cursor: str | None = None) -> OpenBundles:
        """Bundles that are refused, not receipted in time or stuck, the longest due first."""
        where = Key("open_key").eq("bundle") & Key("due").between(_BEGINNING, now.isoformat())
        page = self._table.query_page(Query(where, index="by_due"), limit, cursor)
        return OpenBundles(tuple(map(_bundle_of, page.items)), page.next_cursor)

    def unusable_receipts(
        self, since: datetime, now: datetime, limit: int, cursor: str | None = None
    ) -> UnusableReceipts:
        """Receipts of this time that we could not use, the newest first."""
        where = Key("open_key").eq("receipt") & Key("due").between(since.isoformat(), now.isoformat())
        page = self._table.query_page(Query(where, index="by_due", newest_first=True), limit, cursor)
        return UnusableReceipts(tuple(map(_unusable_of, page.items)), page.next_cursor)


def _digits(sequence: int) -> str:
    return f"{sequence:010d}"


def _bundle_item(bundle: Bundle) -> Item:
    stored = adapter(Bundle).dump_python(bundle, mode="json", exclude_none=True)
    opened = {"open_key": "bundle"} if bundle.due else {}
    return {"pk": f"BUNDLE#{bundle.bundle_id}", "sk": "BUNDLE", "entity": "bundle", **opened, **stored}


def _bundle_of(item: Item) -> Bundle:
    # What is None is not stored: an index takes no null.
    nothing = {"due": None, "refusal": None}
    return adapter(Bundle).validate_python(
        {name: item.get(name, nothing.get(name)) for name in Bundle.__dataclass_fields__ if name in item | nothing}
    )


def _reference_of(item: Item) -> Reference:
    return adapter(Reference).validate_python({name: item[name] for name in Reference.__dataclass_fields__})


def _unusable_of(item: Item) -> UnusableReceipt:
    fields = UnusableReceipt.__dataclass_fields__
    return adapter(UnusableReceipt).validate_python({name: item[name] for name in fields if name in item})
