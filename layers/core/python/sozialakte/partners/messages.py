"""The contract with the case system: what a bundle says, what a receipt says; and our own word to send one again.

The schemas lie in ``events/partners``. A field that comes later makes a new version: partners read these strictly.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from sozialakte.partners.model import Result
from sozialakte.payments import VoucherFacts
from sozialakte.shared.ids import DossierId, InboxId, LetterId
from sozialakte.shared.messages import Message
from sozialakte.shared.model import Model

BundleId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Sequence = Annotated[int, Field(ge=1, lt=10**10, strict=True)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")]


class _Part(Model):
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class ReasonText(_Part):
    """A reason: the code for programs, the words for people."""

    code: str
    text: str


class BundlePointer(_Part):
    """Another bundle."""

    bundle_id: BundleId
    sequence: Sequence


class BundleFile(_Part):
    """A file beside ``bundle.json``; ``size`` in bytes."""

    name: Literal["document.pdf", "searchable.pdf"]
    media_type: Literal["application/pdf"]
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256


class DocumentFacts(_Part):
    """What is known of the document, and who decided that it belongs into this dossier. Texts come from paper.

    ``lies_in``: the register it is found in (``finance``). ``section``: of an old dossier, that of the paper (``fin``).
    """

    kind: str
    lies_in: str
    section: str | None
    written_on: date | None
    received_at: AwareDatetime
    filed_at: AwareDatetime
    sender: str | None
    subject: str | None
    page_count: Annotated[int, Field(ge=1)]
    unread_pages: tuple[int, ...]
    urgent: bool
    deadline: date | None
    decided_by: str
    reasons: tuple[ReasonText, ...]
    notes: tuple[ReasonText, ...]


class InboxFacts(_Part):
    """Whose inbox announced the document, and why there (None once the entry has left it).

    Documents of old dossiers lie in nobody's inbox and have none of this.
    """

    inbox: InboxId
    reason: ReasonText | None


class DocumentBundle(Message):
    """``bundle.json``: one version of one document in one dossier.

    ``document``, ``inbox_entry`` and ``files`` are empty when the document left the dossier (``moved_out``), or when
    ``superseded_by`` has told a newer version already.
    """

    type: Literal["partners.document-bundle"] = "partners.document-bundle"
    bundle_id: BundleId
    sequence: Sequence
    previous_in_dossier: Sequence | None
    made_at: AwareDatetime
    change: Literal["filed", "relabelled", "moved_in", "moved_out"]
    dossier_id: DossierId
    document_id: LetterId
    document_version: Annotated[int, Field(ge=1)]
    corrects: BundlePointer | None
    superseded_by: BundlePointer | None
    document: DocumentFacts | None
    inbox_entry: InboxFacts | None
    files: tuple[BundleFile, ...]


class VoucherBundle(DocumentBundle):
    """``bundle.json`` in version 2: a voucher, with what it says to programs. All other documents stay in version 1.

    A posting is known by its ``posting_id``, however many bundles tell it.
    """

    version: Literal[2] = 2  # type: ignore[assignment]
    voucher: VoucherFacts


class Receipt(Message):
    """``receipts/<sequence>-<bundle_id>.json``: the partner has taken the bundle, or says by a code why not.

    ``sha256`` is that of ``bundle.json``. ``reason`` is a code of the partner's, never a text: it is shown and logged.
    """

    type: Literal["partners.receipt"] = "partners.receipt"
    bundle_id: BundleId
    sequence: Sequence
    sha256: Sha256
    result: Result
    reason: Code | None
    at: AwareDatetime


class ResendBundle(Message):
    """Hand a bundle over for the ``attempt``-th time, unless that has been done."""

    type: Literal["partners.resend-bundle"] = "partners.resend-bundle"
    bundle_id: BundleId
    attempt: Annotated[int, Field(ge=1)]
