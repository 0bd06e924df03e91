"""What a search of a dossier's pages gives."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from sozialakte.dossiers.fulltext.page_index import Hit
from sozialakte.dossiers.fulltext.search_pages import FoundPages as Found
from sozialakte.dossiers.model import Document
from sozialakte.dossiers.registers import Register
from sozialakte.shared.model import Model


class SnippetPart(Model):
    """A piece of plain text (no HTML); ``hit``: it is what was searched for."""

    text: str
    hit: bool


class FoundPage(Model):
    """A page of a document on which all words stand, with what stands around them."""

    document_id: str
    page: int
    page_count: int
    kind: str
    register_: Annotated[Register, Field(serialization_alias="register")]
    subject: str | None
    dated: date
    snippet: list[SnippetPart]

    @classmethod
    def of(cls, hit: Hit, document: Document) -> FoundPage:
        """The page with its document as it is labelled now."""
        return cls(
            document_id=hit.document_id,
            page=hit.page,
            page_count=document.page_count,
            kind=document.kind,
            register_=document.lies_in,
            subject=document.subject,
            dated=document.dated,
            snippet=[SnippetPart(text=part.text, hit=part.hit) for part in hit.snippet],
        )


class FoundPages(Model):
    """Pages, the best first; ``next`` is what to ``skip`` for the next ones.

    Searched were ``documents`` with ``pages`` pages. On ``unread_pages`` of them is writing nobody could read: it is
    not found. A part of an answer may be short: a document that has left since is not shown.
    """

    found: list[FoundPage]
    documents: int
    pages: int
    unread_pages: int
    next: int | None

    @classmethod
    def of(cls, found: Found) -> FoundPages:
        """The answer in full."""
        return cls(
            found=[FoundPage.of(hit, document) for hit, document in found.hits],
            documents=found.coverage.documents,
            pages=found.coverage.pages,
            unread_pages=found.coverage.unread,
            next=found.next_skip,
        )
