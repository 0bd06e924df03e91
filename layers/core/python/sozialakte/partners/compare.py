"""Compare what lies in the dossiers with what was handed over: the way back for whatever got lost on the way.

Messages live 14 days. What is lost nevertheless shows here, because both sides are compared as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sozialakte.dossiers import Document, DocumentChanged, document_changed
from sozialakte.partners.model import Reference


def missing(document: Document, handed_over: Sequence[Reference]) -> Iterator[DocumentChanged]:
    """What the case system was never told of a document: that it is so in its dossier, or that it left another one."""
    here = [one for one in handed_over if one.dossier_id == document.dossier_id]
    if document.version not in {one.document_version for one in here}:
        yield document_changed(document)
    last = {one.dossier_id: one for one in sorted(handed_over, key=lambda one: one.document_version)}
    for dossier_id, reference in sorted(last.items()):
        if dossier_id != document.dossier_id and reference.change != "moved_out":
            yield DocumentChanged(
                document_id=document.document_id,
                dossier_id=dossier_id,
                change="moved_out",
                document_version=document.version,
            )
