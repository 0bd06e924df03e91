"""What the routes of the dossiers take."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from sozialakte.dossiers.fulltext.words import match_of
from sozialakte.dossiers.model import Labels
from sozialakte.dossiers.registers import DocumentKind, Register
from sozialakte.dossiers.store import DocumentFilter
from sozialakte.register import Sought
from sozialakte.runtime.free_text import Line, NoteText, SearchText, ShortText, Subject
from sozialakte.runtime.parameters import Day
from sozialakte.shared.ahv_number import AhvNumber, InvalidAhvNumberError, parse_ahv_number
from sozialakte.shared.ids import DossierId, InboxId
from sozialakte.shared.model import Model

SeenVersion = Annotated[int, Field(ge=1, description="`version` the person saw")]
OwnId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="Made by the caller: sent twice, written once")]
StaffId = InboxId
Sender = Annotated[Line, Field(min_length=1, max_length=120)]
REMOVABLE = ("sender", "deadline")
"""What a person may take off a document: read where the letter says nothing of the kind."""


def _ahv_number(value: object) -> object:
    try:
        return parse_ahv_number(value) if isinstance(value, str) else value
    except InvalidAhvNumberError:
        raise PydanticCustomError("ahv_number", "no AHV number") from None


def _with_words(text: str) -> str:
    if match_of(text) is None:
        raise PydanticCustomError("no_word", "no letter and no digit")
    return text


Words = Annotated[Line, Field(min_length=1, max_length=200), AfterValidator(_with_words)]
"""What is searched for on pages."""


class Question(Model):
    """A body: nothing that is not provided for, no number where a text belongs."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Seen(Question):
    """A step of what the person saw in this version."""

    version: SeenVersion


class SearchDossiers(Question):
    """What is known of a dossier or of somebody in it, at least one of these; all that is said must fit."""

    dossier_id: DossierId | None = None
    ahv_number: Annotated[AhvNumber, BeforeValidator(_ahv_number)] | None = None
    birth_date: Annotated[Day | None, Field(strict=False)] = None
    name: SearchText | None = None

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Without any of them it would be everything."""
        if self.sought() == Sought():
            raise PydanticCustomError("missing", "nothing to search for")
        return self

    def sought(self) -> Sought:
        """As the register takes it."""
        return Sought(self.dossier_id, self.ahv_number, self.birth_date, self.name)


class FilterDocuments(Question):
    """Which documents of a dossier. The days, both included, are the letters' dates (or of receipt, without one)."""

    register_: Annotated[Register | None, Field(strict=False, alias="register")] = None
    kind: Annotated[DocumentKind | None, Field(strict=False)] = None
    urgent: bool | None = None
    sender: SearchText | None = None
    since: Annotated[Day | None, Field(strict=False)] = None
    until: Annotated[Day | None, Field(strict=False)] = None

    def filter(self) -> DocumentFilter:
        """As the store takes it."""
        return DocumentFilter(self.register_, self.kind, self.urgent, self.sender, self.since, self.until)


class SearchWords(Question):
    """Words that must all stand on a page; ``skip``: so many hits were shown before."""

    words: Words
    skip: Annotated[int, Field(ge=0, le=2000)] = 0

    @property
    def match(self) -> str:
        """As the index takes it."""
        return match_of(self.words) or ""


class RelabelDocument(Question):
    """The labels that are to change; what is left out stays. The letter may say no sender and no deadline: `null`."""

    version: SeenVersion
    kind: Annotated[DocumentKind | None, Field(strict=False)] = None
    register_: Annotated[Register | None, Field(strict=False, alias="register")] = None
    subject: Subject | None = None
    written_on: Annotated[Day | None, Field(strict=False)] = None
    sender: Sender | None = None
    urgent: bool | None = None
    deadline: Annotated[Day | None, Field(strict=False)] = None

    def labels(self) -> Labels:
        """As the document takes them."""
        kind, said = self.kind and self.kind.value, self.model_fields_set
        removed = tuple(name for name in REMOVABLE if name in said and getattr(self, name) is None)
        urgency = (self.sender, self.urgent, self.deadline)
        return Labels(kind, self.register_, self.subject, self.written_on, *urgency, removed)


class MoveDocument(Question):
    """It belongs into another dossier, because."""

    version: SeenVersion
    to_dossier: DossierId
    reason: ShortText


class ForwardEntry(Question):
    """Somebody else is to look at it: staff with a relation to the dossier, or its team."""

    version: SeenVersion
    to: InboxId
    note: ShortText | None = None


class HandInboxOn(Question):
    """Somebody else is to look at all that is new: staff, or a team."""

    to: InboxId
    note: ShortText | None = None


class NewNote(Question):
    """A note."""

    note_id: OwnId
    text: NoteText


class RewriteNote(Question):
    """Another text of a note."""

    version: SeenVersion
    text: NoteText


class NewTask(Question):
    """Something to do until a day."""

    task_id: OwnId
    text: ShortText
    due: Annotated[Day, Field(strict=False)]
    assignee: StaffId


class ReviseTask(Question):
    """Another text or day of a task; what is left out stays."""

    version: SeenVersion
    text: ShortText | None = None
    due: Annotated[Day | None, Field(strict=False)] = None


class HandTasksOn(Question):
    """Somebody else is to do all that is open."""

    to: StaffId


class AssignTask(Question):
    """Somebody else is to do it."""

    version: SeenVersion
    assignee: StaffId
