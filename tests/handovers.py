"""Documents as the dossiers hold them, and the messages that announce their changes."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

from functions.partners import export_document, take_receipt
from sozialakte.dossiers import Document, DocumentChanged, DossierStore, InboxEntry
from sozialakte.dossiers.model import NO_INBOX, Filing, FilingState
from sozialakte.intake.letter import letter_id_of
from sozialakte.partners import Bundle, HandoverStore
from sozialakte.partners.contents import id_of
from sozialakte.partners.messages import ResendBundle
from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.s3_events import notification_of
from sozialakte.shared.messages import Message
from sozialakte.shared.reasons import Reason
from tests.aws import DOSSIERS, PARTNER, PARTNERS, keep_letter_file, rows
from tests.builders import DOSSIER, NOW, STAFF
from tests.lambda_events import Context, failed_ids, sqs_event

STORE = HandoverStore(PARTNERS)


def document_id(number: int = 1) -> str:
    """The id of a document of two pages."""
    return letter_id_of("0123456789abcdef" * 2, (number, number + 1))


def original(number: int = 1) -> bytes:
    """What the original of a document holds."""
    return b"%PDF original " + document_id(number).encode()


def searchable(number: int = 1) -> bytes:
    """What its searchable copy holds."""
    return b"%PDF searchable " + document_id(number).encode()


def a_document(
    number: int = 1, dossier_id: str = DOSSIER, object_version: str = "v1", subject: str | None = None
) -> Document:
    """A document of two pages as it was filed."""
    found = document_id(number)
    return Document(
        document_id=found,
        dossier_id=dossier_id,
        letter_id=found,
        sha256=sha256(original(number)).hexdigest(),
        object_key=f"letters/{found}/original.pdf",
        object_version=object_version,
        searchable_key=f"letters/{found}/searchable.pdf",
        page_count=2,
        kind="bill",
        received_at=NOW,
        filed_at=NOW,
        inbox=STAFF,
        decided_by="machine",
        reasons=(Reason("page.letter"),),
        sender="Stadtwerke Rottal",
        subject=subject,
    )


def file_document(
    number: int = 1, dossier_id: str = DOSSIER, subject: str = "Schlussrechnung", *, section: str | None = None
) -> DocumentChanged:
    """A letter is filed: its files, its rows; the message that says so. With a section: of an old dossier."""
    found = document_id(number)
    key, copy = f"letters/{found}/original.pdf", f"letters/{found}/searchable.pdf"
    version = keep_letter_file(key, original(number))
    keep_letter_file(copy, searchable(number))
    document = a_document(number, dossier_id, version, subject)
    shared = {field: getattr(document, field) for field in InboxEntry.__dataclass_fields__ if hasattr(document, field)}
    entry = None if section else InboxEntry(**shared, reason=Reason("page.letter"))
    if section:
        document = replace(document, section=section, kind="other", inbox=NO_INBOX)
    DossierStore(DOSSIERS).file(Filing(found, dossier_id, 1, FilingState.FILED, NOW, document.inbox), document, entry)
    return changed("filed", 1, number, dossier_id)


def changed(change: str, version: int, number: int = 1, dossier_id: str = DOSSIER) -> DocumentChanged:
    """The message about a change."""
    return DocumentChanged.model_validate(
        {"document_id": document_id(number), "dossier_id": dossier_id, "change": change, "document_version": version}
    )


def relabel(version: int, number: int = 1, dossier_id: str = DOSSIER, **labels: str) -> DocumentChanged:
    """A document gets these labels, or else another kind, named after the version."""
    given = labels or {"kind": f"kind{version}"}
    for row in _rows_of(number, dossier_id):
        Table(DOSSIERS).put(row | (given if row["entity"] == "document" else {}))
    return changed("relabelled", version, number, dossier_id)


def move(version: int, number: int, old: str, new: str) -> tuple[DocumentChanged, DocumentChanged]:
    """A document goes from one dossier to another."""
    for row in _rows_of(number, old):
        Table(DOSSIERS).delete(str(row["pk"]), str(row["sk"]))
        Table(DOSSIERS).put(row | {"pk": f"DOSSIER#{new}"} | ({"dossier_id": new} if "dossier_id" in row else {}))
    return changed("moved_out", version, number, old), changed("moved_in", version, number, new)


def deliver(*messages: Message) -> list[str]:
    """Hand the messages to the function; the ids of those that failed (``message-0`` ...)."""
    bodies = [message.to_json() for message in messages]
    return failed_ids(export_document.handler(sqs_event(*bodies), Context()))


def bundle_of(message: DocumentChanged) -> Bundle:
    """The bundle that tells a change."""
    bundle = STORE.find(id_of(message))
    assert bundle is not None
    return bundle


def resend(bundle: Bundle) -> list[str]:
    """Ask for the next attempt."""
    return deliver(ResendBundle(bundle_id=bundle.bundle_id, attempt=bundle.attempt + 1))


def handed(bundle: Bundle, name: str = "bundle.json") -> bytes:
    """A file of the bundle as the partner gets it."""
    return client("s3").get_object(Bucket=PARTNER, Key=bundle.key(name))["Body"].read()


def partner_keys(prefix: str = "") -> list[str]:
    """The keys in the partner's bucket, once for each version, the oldest first."""
    listed = client("s3").list_object_versions(Bucket=PARTNER, Prefix=prefix).get("Versions", [])
    return [version["Key"] for version in sorted(listed, key=lambda version: version["LastModified"])]


def receipt_for(bundle: Bundle, **different: object) -> dict[str, object]:
    """A good receipt, or one that differs."""
    good: dict[str, object] = {
        "type": "partners.receipt",
        "version": 1,
        "bundle_id": bundle.bundle_id,
        "sequence": bundle.sequence,
        "sha256": bundle.sha256,
        "result": "accepted",
        "reason": None,
        "at": "2026-01-05T09:00:00Z",
    }
    return good | different


def write_receipt(bundle: Bundle, body: object, key: str | None = None) -> str:
    """The partner writes a receipt (bytes as they are, all else as JSON); the notification S3 sends."""
    key = key or f"receipts/{bundle.sequence:010d}-{bundle.bundle_id}.json"
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    version = client("s3").put_object(Bucket=PARTNER, Key=key, Body=content)["VersionId"]
    return notification_of(PARTNER, key, version)


def take(*notifications: str) -> list[str]:
    """Hand notifications to the function; the ids of those that failed."""
    return failed_ids(take_receipt.handler(sqs_event(*notifications), Context()))


def _rows_of(number: int, dossier_id: str) -> list[dict[str, object]]:
    sort_keys = (f"INDEX#{document_id(number)}", f"#{document_id(number)}")
    return [
        row for row in rows(DOSSIERS) if row["pk"] == f"DOSSIER#{dossier_id}" and str(row["sk"]).endswith(sort_keys)
    ]
