"""Documents and filings in DynamoDB.

| to find | how |
|---|---|
| a document of a dossier | get ``DOSSIER#<dossier_id>`` / ``DOCUMENT#<document_id>`` |
| some of its documents | batch get of the same |
| documents of a dossier, newest letter first | index ``by_list``: ``list_key`` / ``list_order``, then batch get |
| those of a register | index ``by_register``: ``register_key`` / ``list_order``, then batch get |
| those of a kind, urgent ones, of a sender | the same, sifted by what the index carries |
| whether any lie or lay in it | query ``DOSSIER#<dossier_id>``, ``DOCUMENT#``, one |
| what was moved into or out of a dossier, newest first | query ``DOSSIER#<dossier_id>``, ``MOVE#<at>#<document_id>`` |
| what became of a letter | get ``LETTER#<letter_id>`` / ``FILING`` |
| the inbox entry of a document | get ``LETTER#<document_id>`` / ``ENTRY`` (see `inbox_store`) |

A document, its entry, its filing and the counts of the inbox are written in one transaction that needs the filing to be
new, or refused before. A move needs the document and the filing to be where they were: never in two dossiers or none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sozialakte.dossiers.edits import ChangedMeanwhileError
from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.inbox_store import entry_parts, label_parts
from sozialakte.dossiers.lists import BY_LIST, BY_REGISTER, read_list
from sozialakte.dossiers.model import Document, Filing, Move
from sozialakte.dossiers.records import (
    document_item,
    document_key,
    document_of,
    dossier_key,
    entry_key,
    entry_of,
    filing_item,
    filing_key,
    filing_of,
    is_document,
    move_item,
    move_of,
    moved_away_item,
    not_here,
    register_key,
    words_of,
)
from sozialakte.dossiers.registers import Register
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    Condition,
    ConditionFailedError,
    Key,
    Part,
    Put,
    Query,
    Table,
    transact,
)

_FIRST_DAY, _LAST_DAY = date.min, date.max


class FilingChangedError(Exception):
    """Somebody else filed, refused or moved the letter meanwhile."""


@dataclass(frozen=True)
class DocumentFilter:
    """Which documents of a dossier; None: all. The days, both included, are those the documents are listed under."""

    register: Register | None = None
    kind: str | None = None
    urgent: bool | None = None
    sender: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def sifted_by(self) -> Condition | None:
        """What no key says."""
        conditions = [Attr(name).eq(value) for name, value in self._labels().items()]
        if self.sender:
            conditions.append(Attr("sender_words").contains(words_of(self.sender)))
        joined = conditions[:1]
        for condition in conditions[1:]:
            joined = [joined[0] & condition]
        return joined[0] if joined else None

    def _labels(self) -> dict[str, object]:
        return {name: value for name, value in (("kind", self.kind), ("urgent", self.urgent)) if value is not None}


EVERYTHING = DocumentFilter()


@dataclass(frozen=True)
class DocumentPage:
    """A page of documents and the cursor of the next."""

    documents: tuple[Document, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class MovePage:
    """A page of moves and the cursor of the next."""

    moves: tuple[Move, ...]
    next_cursor: str | None


class DossierStore:
    """The dossiers table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def find_filing(self, letter_id: str) -> Filing | None:
        """What became of the letter, or None if nothing yet."""
        item = self._table.get(*filing_key(letter_id), consistent=True)
        return filing_of(item) if item else None

    def save_filing(self, filing: Filing) -> None:
        """Write a refusal, or an outcome to be announced again. Raises `FilingChangedError`."""
        try:
            self._table.put(filing_item(filing), when=_next_version(filing))
        except ConditionFailedError as error:
            raise FilingChangedError(filing.letter_id) from error

    def file(self, filing: Filing, document: Document, entry: InboxEntry | None) -> None:
        """Filing, document, inbox entry, if it gets one, and counts: all or nothing. Raises `FilingChangedError`."""
        name = self._table.name
        parts: list[Part] = [
            Put(name, filing_item(filing), _next_version(filing)),
            Put(name, document_item(document), NEW),
            *(entry_parts(name, None, entry) if entry else []),
        ]
        try:
            transact(parts)
        except ConditionFailedError as error:
            raise FilingChangedError(filing.letter_id) from error

    def documents_of(
        self, dossier_id: str, limit: int, cursor: str | None = None, wanted: DocumentFilter = EVERYTHING
    ) -> DocumentPage:
        """Documents of a dossier, the newest letter first. Raises `InvalidCursorError`."""
        name, index, value = "list_key", BY_LIST, dossier_key(dossier_id)
        if wanted.register:
            name, index, value = "register_key", BY_REGISTER, register_key(dossier_id, wanted.register)
        # "#" comes before "$": the last day with all its documents
        first, last = (wanted.since or _FIRST_DAY).isoformat(), f"{(wanted.until or _LAST_DAY).isoformat()}$"
        query = Query(
            Key(name).eq(value) & Key("list_order").between(first, last),
            index=index,
            newest_first=True,
            matching=wanted.sifted_by,
            keys=("pk", "sk", name, "list_order"),
        )
        page = read_list(self._table, query, limit, cursor, (name, value))
        return DocumentPage(tuple(map(document_of, page.rows)), page.next_cursor)

    def has_documents(self, dossier_id: str) -> bool:
        """Whether documents lie in the dossier or have left their trace there."""
        where = Key("pk").eq(dossier_key(dossier_id)) & Key("sk").begins_with("DOCUMENT#")
        return bool(self._table.query_page(Query(where, consistent=True), 1).items)

    def find_document(self, dossier_id: str, document_id: str, *, consistent: bool = False) -> Document | None:
        """A document, if it lies in this dossier; ``consistent`` for who was just told that it does, or changes it."""
        item = self._table.get(*document_key(dossier_id, document_id), consistent=consistent)
        return document_of(item) if item and is_document(item) else None

    def get_document(self, dossier_id: str, document_id: str) -> Document:
        """A document that must lie in this dossier. Raises `UnknownThingError`, `MovedAwayError`."""
        item = self._table.get(*document_key(dossier_id, document_id), consistent=True)
        if item is None or not is_document(item):
            raise not_here(item, document_id)
        return document_of(item)

    def documents_named(self, dossier_id: str, document_ids: Iterable[str]) -> dict[str, Document]:
        """Those of the documents that lie in this dossier now, by id."""
        keys = [document_key(dossier_id, document_id) for document_id in document_ids]
        found = map(document_of, filter(is_document, self._table.get_many(keys, consistent=True)))
        return {document.document_id: document for document in found}

    def find_entry(self, document: Document) -> InboxEntry | None:
        """The inbox entry of the document."""
        item = self._table.get(*entry_key(document.document_id))
        return entry_of(item) if item else None

    def save_labels(self, document: Document, entry: InboxEntry | None) -> None:
        """Write a document with other labels, and its inbox entry (as it is before) with them.

        Raises `ChangedMeanwhileError`, `FilingChangedError`.
        """
        name = self._table.name
        written = Put(name, document_item(document), _lies_there(document.version - 1))
        self._transact([written, *(label_parts(name, entry, document) if entry else [])])

    def move(
        self, document: Document, move: Move, filing: Filing, entries: tuple[InboxEntry, InboxEntry] | None
    ) -> None:
        """Everything of a document goes to another dossier, and both keep the trace. Raises `ChangedMeanwhileError`.

        ``document`` and ``filing`` are as they are to be, ``entries`` the inbox entry before and after, if it has one.
        """
        name = self._table.name
        self._transact(
            [
                Put(name, moved_away_item(document, move), _lies_there(document.version - 1)),
                Put(name, document_item(document)),
                Put(name, filing_item(filing), _next_version(filing)),
                Put(name, move_item(move.from_dossier, move)),
                Put(name, move_item(move.to_dossier, move)),
                *(entry_parts(name, *entries) if entries else []),
            ]
        )

    def moves_of(self, dossier_id: str, limit: int, cursor: str | None = None) -> MovePage:
        """What was moved into or out of a dossier, the last first. Raises `InvalidCursorError`."""
        where = Key("pk").eq(dossier_key(dossier_id)) & Key("sk").begins_with("MOVE#")
        page = self._table.query_page(Query(where, newest_first=True), limit, cursor)
        return MovePage(tuple(map(move_of, page.items)), page.next_cursor)

    def _transact(self, parts: list[Part]) -> None:
        try:
            transact(parts)
        except ConditionFailedError as error:
            raise _changed(error) from error


def _lies_there(version: int) -> Condition:
    return Attr("version").eq(version) & Attr("entity").eq("document")


def _changed(error: ConditionFailedError) -> Exception:
    """Who was faster; of a filing or an entry that changed meanwhile, the caller reads again."""
    if error.existing is not None and is_document(error.existing):
        document = document_of(error.existing)
        return ChangedMeanwhileError(document.version, document.last_edit)
    return FilingChangedError("changed meanwhile")


def _next_version(filing: Filing) -> Condition:
    return NEW if filing.version == 1 else Attr("version").eq(filing.version - 1)
