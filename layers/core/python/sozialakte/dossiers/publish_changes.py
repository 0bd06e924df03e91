"""The dossiers' one publisher (DESIGN 3): a new version of a filing is told to whoever asked for it, one of a document
to those who hand documents over to the case system, and to the full-text index if its pages came or went.
"""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.dossiers.messages import DocumentChanged, DocumentFiled, FilingRefused
from sozialakte.dossiers.model import Document, Filing, FilingState, Move
from sozialakte.runtime.queues import Queue
from sozialakte.shared.messages import Message, ReasonBody
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class PublishChanges:
    """The use case with what it works on."""

    settle: Queue
    handover: Queue
    index: Queue
    vouchers: Queue

    def __call__(self, filing: Filing) -> None:
        """Hand over what was filed, then tell whoever asked (the intake of letters, the payments of vouchers).

        In this order: until they know, their `reconcile` asks again, so nothing filed stays here. A move is told by the
        documents themselves.
        """
        if filing.state is FilingState.FILED and filing.moved_by is None:
            self._tell_both(handover_of(filing))
        asked = self.vouchers if filing.asked_by == "payments" else self.settle
        asked.send(message_of(filing).to_json())

    def document(self, document: Document) -> None:
        """Tell that a document has other labels or came to a dossier; the index has no labels."""
        changed = document_changed(document)
        if changed.change == "relabelled":
            self.handover.send(changed.to_json())
        else:
            self._tell_both(changed)

    def moved_away(self, move: Move) -> None:
        """Tell that a document left a dossier."""
        self._tell_both(moved_out(move))

    def _tell_both(self, changed: DocumentChanged) -> None:
        self.handover.send(changed.to_json())
        self.index.send(changed.to_json())


def handover_of(filing: Filing) -> DocumentChanged:
    """A filed letter as the first version of a document."""
    return DocumentChanged(
        document_id=filing.letter_id, dossier_id=filing.dossier_id, change="filed", document_version=1
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
            filing_version=filing.version,
            moved_by=filing.moved_by,
        )
    return FilingRefused(
        letter_id=filing.letter_id,
        dossier_id=filing.dossier_id,
        attempt=filing.attempt,
        reason=ReasonBody.of(filing.reason or Reason("filing.unknown_dossier", {"dossier_id": filing.dossier_id})),
    )


def document_changed(document: Document) -> DocumentChanged:
    """The last change of a document as a message."""
    return DocumentChanged(
        document_id=document.document_id,
        dossier_id=document.dossier_id,
        change=document.change,
        document_version=document.version,
    )


def moved_out(move: Move) -> DocumentChanged:
    """That a document left a dossier, as a message."""
    return DocumentChanged(
        document_id=move.document_id,
        dossier_id=move.from_dossier,
        change="moved_out",
        document_version=move.version,
    )
