"""The messages of the dossiers: what to file, and what became of it.

A field that came later has a default, so that a message written before still means what it meant: during a deployment
the queue holds both. We always write all fields, and the schema demands them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from sozialakte.shared.ids import DossierId, LetterId
from sozialakte.shared.messages import Message, ReasonBody

Asker = Literal["intake", "payments"]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FileDocument(Message):
    """File a letter in a dossier. ``attempt`` is the letter's version: an answer to an older one is out of date.

    From ``written_on`` on: what the letter says about itself; ``unread_pages`` are kept as images only.
    ``section``: the register of the paper dossier it lay in. Not ``for_inbox``: news to nobody, as old documents are.
    ``asked_by``: who is told what became of it; a voucher comes from the payments and was never a letter.
    """

    type: Literal["dossiers.file-document"] = "dossiers.file-document"
    letter_id: LetterId
    dossier_id: DossierId
    attempt: int
    sha256: Sha256
    object_key: str
    object_version: str
    searchable_key: str
    page_count: Annotated[int, Field(ge=1)]
    kind: str
    received_at: AwareDatetime
    reasons: tuple[ReasonBody, ...]
    decided_by: str
    written_on: date | None = None
    sender: Annotated[str, Field(max_length=120)] | None = None
    subject: Annotated[str, Field(max_length=200)] | None = None
    urgent: bool = False
    deadline: date | None = None
    unread_pages: tuple[int, ...] = ()
    notes: tuple[ReasonBody, ...] = ()
    section: Annotated[str, Field(max_length=3)] | None = None
    for_inbox: bool = True
    asked_by: Asker = "intake"


class WithdrawFiling(Message):
    """Do not file this letter, unless that has happened. ``attempt``: the letter's version, above that of the filing.

    The answer is `DocumentFiled` or `FilingRefused`.
    """

    type: Literal["dossiers.withdraw-filing"] = "dossiers.withdraw-filing"
    letter_id: LetterId
    dossier_id: DossierId
    attempt: int


class DocumentFiled(Message):
    """The letter lies in the dossier and in the inbox; ``moved_by``: because a person put it there later.

    Of two such messages about a letter the one with the greater ``filing_version`` says where it lies.
    """

    type: Literal["dossiers.document-filed"] = "dossiers.document-filed"
    letter_id: LetterId
    dossier_id: DossierId
    attempt: int
    document_id: str
    inbox: str
    filed_at: AwareDatetime
    filing_version: Annotated[int, Field(ge=0)] = 0
    moved_by: str | None = None


class FilingRefused(Message):
    """The dossier cannot take the letter; a person must decide."""

    type: Literal["dossiers.filing-refused"] = "dossiers.filing-refused"
    letter_id: LetterId
    dossier_id: DossierId
    attempt: int
    reason: ReasonBody


class DocumentChanged(Message):
    """A document of a dossier is new or not what it was: filed, labelled anew, moved in, or moved out of it.

    ``document_version`` counts the steps of one document from 1 (filed) on. A move is one step and two messages: one
    for the dossier the document left, one for the dossier it came to.
    """

    type: Literal["dossiers.document-changed"] = "dossiers.document-changed"
    document_id: LetterId
    dossier_id: DossierId
    change: Literal["filed", "relabelled", "moved_in", "moved_out"]
    document_version: Annotated[int, Field(ge=1)]


class RebuildIndex(Message):
    """Make the full-text index of a dossier anew: it is broken, or somebody asked for it."""

    type: Literal["dossiers.rebuild-index"] = "dossiers.rebuild-index"
    dossier_id: DossierId
