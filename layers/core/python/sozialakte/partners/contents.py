"""``bundle.json``: what a version of a document says, put together once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sozialakte.dossiers import Document, DocumentChanged, InboxEntry
from sozialakte.partners.messages import (
    BundleFile,
    BundlePointer,
    DocumentBundle,
    DocumentFacts,
    InboxFacts,
    ReasonText,
    VoucherBundle,
)
from sozialakte.partners.model import Bundle, BundleState, HandedFile, Place, Reference, bundle_id_of
from sozialakte.payments import VoucherFacts
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


@dataclass(frozen=True)
class Contents:
    """The document, its entry and its files; the default is nothing. ``voucher``: only for who knows version 2."""

    document: Document | None = None
    entry: InboxEntry | None = None
    files: tuple[HandedFile, ...] = ()
    voucher: VoucherFacts | None = None


def bundle_of(changed: DocumentChanged, place: Place, contents: Contents, now: datetime, due: datetime) -> Bundle:
    """The bundle at its place, to be handed over before it is ``due``."""
    bundle_id = id_of(changed)
    return Bundle(
        bundle_id=bundle_id,
        sequence=place.sequence,
        document_id=changed.document_id,
        dossier_id=changed.dossier_id,
        document_version=changed.document_version,
        change=changed.change,
        body=_body(changed, bundle_id, place, contents, now).to_json(),
        files=contents.files,
        state=BundleState.ASSIGNED,
        since=now,
        due=due,
    )


def id_of(changed: DocumentChanged) -> str:
    """The id of the bundle that tells this change."""
    return bundle_id_of(changed.document_id, changed.document_version, changed.change, changed.dossier_id)


def _body(changed: DocumentChanged, bundle_id: str, place: Place, contents: Contents, now: datetime) -> DocumentBundle:
    where = changed.dossier_id, changed.document_version
    told = DocumentBundle(
        bundle_id=bundle_id,
        sequence=place.sequence,
        previous_in_dossier=place.previous_in_dossier,
        made_at=now,
        change=changed.change,
        dossier_id=changed.dossier_id,
        document_id=changed.document_id,
        document_version=changed.document_version,
        corrects=_pointer(place.corrects(*where)),
        superseded_by=_pointer(place.superseded_by(*where)),
        document=_facts(contents.document) if contents.document else None,
        inbox_entry=_inbox(contents.document, contents.entry) if contents.document else None,
        files=tuple(map(_file, contents.files)),
    )
    return VoucherBundle(**{**dict(told), "version": 2, "voucher": contents.voucher}) if contents.voucher else told


def _facts(document: Document) -> DocumentFacts:
    return DocumentFacts(
        kind=document.kind,
        lies_in=document.lies_in.value,
        section=document.section,
        written_on=document.written_on,
        received_at=document.received_at,
        filed_at=document.filed_at,
        sender=document.sender,
        subject=document.subject,
        page_count=document.page_count,
        unread_pages=document.unread_pages,
        urgent=document.urgent,
        deadline=document.deadline,
        decided_by=document.decided_by,
        reasons=_in_words(document.reasons),
        notes=_in_words(document.notes),
    )


def _inbox(document: Document, entry: InboxEntry | None) -> InboxFacts | None:
    if not document.has_entry:
        return None
    return InboxFacts(inbox=document.inbox, reason=_text(entry.reason) if entry else None)


def _file(file: HandedFile) -> BundleFile:
    return BundleFile(name=file.name, media_type="application/pdf", size=file.size, sha256=file.sha256)


def _pointer(reference: Reference | None) -> BundlePointer | None:
    return BundlePointer(bundle_id=reference.bundle_id, sequence=reference.sequence) if reference else None


def _in_words(reasons: Iterable[Reason]) -> tuple[ReasonText, ...]:
    return tuple(map(_text, reasons))


def _text(reason: Reason) -> ReasonText:
    return ReasonText(code=reason.code, text=say(reason))
