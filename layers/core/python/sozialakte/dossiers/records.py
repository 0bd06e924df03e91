"""The rows of the dossiers table, both ways. Keys are listed in the stores."""

from __future__ import annotations

from sozialakte.dossiers.edits import Edit, MovedAwayError, UnknownThingError
from sozialakte.dossiers.inbox import EntryState, InboxEntry
from sozialakte.dossiers.model import Document, Filing, Move
from sozialakte.dossiers.work import Note, Task, TaskState
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.items import Item
from sozialakte.shared.names import spelt_alike

Row = Document | Filing | InboxEntry | Move | Note | Task

MOVED_AWAY = "moved_document"
"""Entity of the row that a document leaves behind in the dossier it was moved from; no list has it."""


def dossier_key(dossier_id: str) -> str:
    """Partition of a dossier."""
    return f"DOSSIER#{dossier_id}"


def document_key(dossier_id: str, document_id: str) -> tuple[str, str]:
    """Key of a document, or of what it left behind."""
    return dossier_key(dossier_id), f"DOCUMENT#{document_id}"


def filing_key(letter_id: str) -> tuple[str, str]:
    """Key of what became of a letter."""
    return f"LETTER#{letter_id}", "FILING"


def entry_key(document_id: str) -> tuple[str, str]:
    """Key of a document's only inbox entry, in whichever inbox it lies."""
    return f"LETTER#{document_id}", "ENTRY"


def task_key(dossier_id: str, task_id: str) -> tuple[str, str]:
    """Key of a task."""
    return dossier_key(dossier_id), f"TASK#{task_id}"


def inbox_key(inbox: str, state: EntryState = EntryState.NEW) -> str:
    """An inbox as a list: what is new in it, or what is done."""
    return f"INBOX#{inbox}" if state is EntryState.NEW else f"INBOX#{inbox}#{state}"


def register_key(dossier_id: str, register: str) -> str:
    """A register of a dossier as a list."""
    return f"{dossier_key(dossier_id)}#{register}"


def tasks_key(assignee: str, state: TaskState) -> str:
    """The tasks of a member of staff as a list."""
    return f"TASKS#{assignee}#{state}"


def notes_key(place: str) -> str:
    """The notes on a dossier or a document, as a partition and as a list."""
    return f"NOTES#{place}"


def words_of(text: str | None) -> str:
    """A text as it is searched: whichever way its umlauts are written."""
    return spelt_alike(text) if text else ""


def document_item(document: Document) -> Item:
    """The row of a document."""
    pk, sk = document_key(document.dossier_id, document.document_id)
    lists = {
        "list_key": pk,
        "register_key": register_key(document.dossier_id, document.lies_in),
        "list_order": f"{document.dated.isoformat()}#{document.filed_at.isoformat()}#{document.document_id}",
        "sender_words": words_of(document.sender),
    }
    return {"pk": pk, "sk": sk, "entity": "document", **lists, **_stored(document)}


def moved_away_item(document: Document, move: Move) -> Item:
    """What a document leaves behind: where it went, nothing of what it says."""
    pk, sk = document_key(move.from_dossier, document.document_id)
    return {"pk": pk, "sk": sk, "entity": MOVED_AWAY, **_stored(move)}


def move_item(dossier_id: str, move: Move) -> Item:
    """The line in the history of one of the two dossiers."""
    keys = {"pk": dossier_key(dossier_id), "sk": f"MOVE#{move.at.isoformat()}#{move.document_id}"}
    return {**keys, "entity": "move", **_stored(move)}


def filing_item(filing: Filing) -> Item:
    """The row of what became of a letter."""
    pk, sk = filing_key(filing.letter_id)
    return {"pk": pk, "sk": sk, "entity": "filing", **_stored(filing)}


def entry_item(entry: InboxEntry) -> Item:
    """The row of an inbox entry."""
    pk, sk = entry_key(entry.document_id)
    return {"pk": pk, "sk": sk, "entity": "inbox_entry", **_stored(entry), **entry_lists(entry)}


def entry_lists(entry: InboxEntry) -> Item:
    """The lists an entry stands in; what is done is no longer urgent."""
    place = {
        "list_key": inbox_key(entry.inbox, entry.state),
        "list_order": f"{entry.since.isoformat()}#{entry.document_id}",
    }
    if entry.due is None or entry.state is EntryState.DONE:
        return dict(place)
    return {**place, "urgent_key": inbox_key(entry.inbox), "due": entry.due.isoformat()}


def note_item(note: Note) -> Item:
    """The row of a note."""
    pk = notes_key(note.place)
    lists = {"list_key": pk, "list_order": f"{note.written_at.isoformat()}#{note.note_id}"}
    return {"pk": pk, "sk": f"NOTE#{note.note_id}", "entity": "note", **lists, **_stored(note)}


def task_item(task: Task) -> Item:
    """The row of a task."""
    pk, sk = task_key(task.dossier_id, task.task_id)
    lists = {
        "list_key": tasks_key(task.assignee, task.state),
        "list_order": f"{task.due.isoformat()}#{task.dossier_id}#{task.task_id}",
    }
    return {"pk": pk, "sk": sk, "entity": "task", **lists, **_stored(task)}


def document_of(item: Item) -> Document:
    """The document in a row."""
    return adapter(Document).validate_python(_known(Document, item))


def move_of(item: Item) -> Move:
    """The move in a row."""
    return adapter(Move).validate_python(_known(Move, item))


def filing_of(item: Item) -> Filing:
    """The filing in a row."""
    return adapter(Filing).validate_python(_known(Filing, item))


def entry_of(item: Item) -> InboxEntry:
    """The inbox entry in a row."""
    return adapter(InboxEntry).validate_python(_known(InboxEntry, item))


def note_of(item: Item) -> Note:
    """The note in a row."""
    return adapter(Note).validate_python(_known(Note, item))


def task_of(item: Item) -> Task:
    """The task in a row."""
    return adapter(Task).validate_python(_known(Task, item))


def is_filing(item: Item) -> bool:
    """Whether a row of the table says what became of a letter."""
    return item.get("entity") == "filing"


def is_document(item: Item | None) -> bool:
    """Whether a row of the table is a document that lies there."""
    return item is not None and item.get("entity") == "document"


def is_moved_away(item: Item) -> bool:
    """Whether a row of the table is what a document left behind."""
    return item.get("entity") == MOVED_AWAY


def not_here(item: Item | None, document_id: str) -> UnknownThingError:
    """Why a document does not lie where ``item`` is all there is: it went elsewhere, or never was there."""
    if item is None or not is_moved_away(item):
        return UnknownThingError(document_id)
    move = move_of(item)
    return MovedAwayError(move.to_dossier, move.version, Edit(move.by, move.at, ("dossier",)))


def _stored(row: Row) -> Item:
    stored: Item = adapter(type(row)).dump_python(row, mode="json")
    return stored


def _known(kind: type[Row], item: Item) -> Item:
    return {name: item[name] for name in kind.__dataclass_fields__ if name in item}
