"""The dossiers' one publisher: a new version of a filing is told to the intake and handed over (DESIGN 3)."""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.dossiers.messages import DocumentChanged, DocumentFiled, FilingRefused
from sozialakte.dossiers.model import Document, Filing, FilingState
from sozialakte.runtime.queues import Queue
from sozialakte.shared.messages import Message, ReasonBody
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class PublishChanges:
    """The use case with what it works on."""

    settle: Queue
    handover: Queue

    def __call__(self, filing: Filing) -> None:
        """Hand over what was filed, then tell the intake what became of the letter.

        In this order: until the intake knows, its `reconcile` asks again, so nothing filed stays here.
        """
        if filing.state is FilingState.FILED:
            self.handover.send(handover_of(filing).to_json())
        self.settle.send(message_of(filing).to_json())


def handover_of(filing: Filing) -> DocumentChanged:
    """A filed letter as the first version of a document."""
    return DocumentChanged(
        document_id=filing.letter_id, dossier_id=filing.dossier_id, change="filed", document_version=1
    )


def document_changed(document: Document) -> DocumentChanged:
    """The last change of a document as a message."""
    return DocumentChanged(
        document_id=document.document_id,
        dossier_id=document.dossier_id,
        change=document.change,
        document_version=document.version,
    )


def message_of(filing: Filing) -> Message:
    """The outcome as a message."""
    if filing.state is FilingState.FILED:
        return DocumentFiled(
            letter_id=filing.letter_id,
            dossier_id=filing.dossier_id,
            attempt=filing.attempt,
            document_id=filing.letter_id,
            inbox=filing.inbox or "",
            filed_at=filing.at,
        )
    return FilingRefused(
        letter_id=filing.letter_id,
        dossier_id=filing.dossier_id,
        attempt=filing.attempt,
        reason=ReasonBody.of(filing.reason or Reason("filing.unknown_dossier", {"dossier_id": filing.dossier_id})),
    )
