"""Documents, inboxes and filings in DynamoDB.

| to find | how |
|---|---|
| documents of a dossier, newest first | query ``DOSSIER#<dossier_id>``, ``DOCUMENT#<filed at>#<document_id>`` |
| a document of a dossier | get ``DOSSIER#<dossier_id>`` / ``INDEX#<document_id>``, then the document |
| an inbox, newest first | query ``INBOX#<inbox>``, ``ENTRY#<filed at>#<document_id>`` |
| what is urgent in an inbox, soonest first | index ``by_urgency``: ``urgent_key`` / ``due`` (urgent entries only) |
| the entry that announced a document | get ``INBOX#<inbox>`` / ``ENTRY#<filed at>#<document_id>`` |
| what became of a letter | get ``LETTER#<letter_id>`` / ``FILING`` |

A document, its entry and its filing are written in one transaction that needs the filing to be new, or refused before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sozialakte.dossiers.model import Document, Filing, InboxEntry
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    Condition,
    ConditionFailedError,
    Item,
    Key,
    Put,
    Query,
    Table,
    transact,
)
from sozialakte.runtime.items import text

_LAST_DAY = date.max.isoformat()


class FilingChangedError(Exception):
    """Somebody else filed or refused the letter meanwhile."""


@dataclass(frozen=True)
class DocumentPage:
    """A page of documents and the cursor of the next."""

    documents: tuple[Document, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class InboxPage:
    """A page of inbox entries and the cursor of the next."""

    entries: tuple[InboxEntry, ...]
    next_cursor: str | None


class DossierStore:
    """The dossiers table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def find_filing(self, letter_id: str) -> Filing | None:
        """What became of the letter, or None if nothing yet."""
        item = self._table.get(f"LETTER#{letter_id}", "FILING", consistent=True)
        return filing_of(item) if item else None

    def save_filing(self, filing: Filing) -> None:
        """Write a refusal, or an outcome to be announced again. Raises `FilingChangedError`."""
        try:
            self._table.put(_filing_item(filing), when=_next_version(filing))
        except ConditionFailedError as error:
            raise FilingChangedError(filing.letter_id) from error

    def file(self, filing: Filing, document: Document, entry: InboxEntry | None) -> None:
        """Filing, document and inbox entry, if it gets one: all or nothing. Raises `FilingChangedError`."""
        name = self._table.name
        parts = [
            Put(name, _filing_item(filing), _next_version(filing)),
            Put(name, _document_item(document), NEW),
            Put(name, _index_item(document), NEW),
            *([Put(name, _entry_item(entry), NEW)] if entry else []),
        ]
        try:
            transact(parts)
        except ConditionFailedError as error:
            raise FilingChangedError(filing.letter_id) from error

    def documents_of(self, dossier_id: str, limit: int, cursor: str | None = None) -> DocumentPage:
        """Documents of a dossier, the last filed first."""
        where = Key("pk").eq(f"DOSSIER#{dossier_id}") & Key("sk").begins_with("DOCUMENT#")
        page = self._table.query_page(Query(where, newest_first=True), limit, cursor)
        return DocumentPage(tuple(map(_document_of, page.items)), page.next_cursor)

    def find_document(self, dossier_id: str, document_id: str, *, consistent: bool = False) -> Document | None:
        """A document, if it lies in this dossier; ``consistent`` for who was just told that it does."""
        owner = f"DOSSIER#{dossier_id}"
        index = self._table.get(owner, f"INDEX#{document_id}", consistent=consistent)
        item = self._table.get(owner, text(index, "document"), consistent=consistent) if index else None
        return _document_of(item) if item else None

    def find_entry(self, document: Document) -> InboxEntry | None:
        """The entry that announced the document, if it still lies in the document's inbox."""
        item = self._table.get(
            _inbox_key(document.inbox), f"ENTRY#{document.filed_at.isoformat()}#{document.document_id}"
        )
        return _entry_of(item) if item else None

    def inbox(self, inbox: str, limit: int, cursor: str | None = None) -> InboxPage:
        """Entries of an inbox, the last filed first."""
        where = Key("pk").eq(_inbox_key(inbox)) & Key("sk").begins_with("ENTRY#")
        return self._entries(Query(where, newest_first=True), limit, cursor)

    def urgent_in(self, inbox: str, since: date, limit: int, cursor: str | None = None) -> InboxPage:
        """Urgent entries of an inbox that are due on ``since`` or later, the soonest first."""
        where = Key("urgent_key").eq(_inbox_key(inbox)) & Key("due").between(since.isoformat(), _LAST_DAY)
        return self._entries(Query(where, index="by_urgency"), limit, cursor)

    def _entries(self, query: Query, limit: int, cursor: str | None) -> InboxPage:
        page = self._table.query_page(query, limit, cursor)
        return InboxPage(tuple(map(_entry_of, page.items)), page.next_cursor)


def is_filing(item: Item) -> bool:
    """Whether a row of the table says what became of a letter."""
    return item.get("entity") == "filing"


def filing_of(item: Item) -> Filing:
    """The filing in a row."""
    return adapter(Filing).validate_python({name: item[name] for name in Filing.__dataclass_fields__ if name in item})


def _next_version(filing: Filing) -> Condition:
    return NEW if filing.version == 1 else Attr("version").eq(filing.version - 1)


def _filing_item(filing: Filing) -> Item:
    stored = adapter(Filing).dump_python(filing, mode="json")
    return {"pk": f"LETTER#{filing.letter_id}", "sk": "FILING", "entity": "filing", **stored}


def _document_sort_key(document: Document) -> str:
    return f"DOCUMENT#{document.filed_at.isoformat()}#{document.document_id}"


def _document_item(document: Document) -> Item:
    stored = adapter(Document).dump_python(document, mode="json")
    keys = {"pk": f"DOSSIER#{document.dossier_id}", "sk": _document_sort_key(document)}
    return {**keys, "entity": "document", **stored}


def _index_item(document: Document) -> Item:
    keys = {"pk": f"DOSSIER#{document.dossier_id}", "sk": f"INDEX#{document.document_id}"}
    return {**keys, "entity": "index", "document": _document_sort_key(document)}


def _document_of(item: Item) -> Document:
    return adapter(Document).validate_python(
        {name: item[name] for name in Document.__dataclass_fields__ if name in item}
    )


def _inbox_key(inbox: str) -> str:
    return f"INBOX#{inbox}"


def _entry_item(entry: InboxEntry) -> Item:
    stored = adapter(InboxEntry).dump_python(entry, mode="json")
    keys = {"pk": _inbox_key(entry.inbox), "sk": f"ENTRY#{entry.filed_at.isoformat()}#{entry.document_id}"}
    urgent = {"urgent_key": _inbox_key(entry.inbox), "due": entry.due.isoformat()} if entry.due else {}
    return {**keys, "entity": "inbox_entry", **urgent, **stored}


def _entry_of(item: Item) -> InboxEntry:
    return adapter(InboxEntry).validate_python(
        {name: item[name] for name in InboxEntry.__dataclass_fields__ if name in item}
    )
