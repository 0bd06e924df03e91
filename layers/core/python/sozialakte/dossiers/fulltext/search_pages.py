"""Search the pages of a dossier: one S3 get of its index, answered "unchanged" while the copy on disk is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sozialakte.dossiers.fulltext.files import LARGEST, IndexFiles
from sozialakte.dossiers.fulltext.page_index import Coverage, Hit, IndexUnusableError, PageIndex
from sozialakte.dossiers.model import Document
from sozialakte.dossiers.store import DossierStore

PAGE_SIZE = 20
"""Pages of documents in one answer; each is shown with what stands around the words."""
MOST_KEPT = 2 * LARGEST
"""Bytes of copies on disk."""


@dataclass(frozen=True)
class FoundPages:
    """Hits with their documents as they are now, how much can be searched, and how many hits to skip next time."""

    hits: tuple[tuple[Hit, Document], ...]
    coverage: Coverage
    next_skip: int | None


@dataclass
class Copies:
    """Copies of indexes on this function's disk; those that were fetched last stay."""

    folder: Path
    _etags: dict[str, str] = field(default_factory=dict)

    def open(self, files: IndexFiles, dossier_id: str) -> PageIndex | None:
        """The index as it lies in S3 now; None if there is none. Raises `IndexUnusableError`."""
        path, coming = self._path(dossier_id), self.folder / "coming"
        self.folder.mkdir(parents=True, exist_ok=True)
        at_hand = self._etags.pop(dossier_id, None)
        found = files.fetch(dossier_id, coming, at_hand if path.exists() else None)
        if found is None:
            path.unlink(missing_ok=True)
            return None
        if found.is_new:
            coming.rename(path)
            self._make_room(path)
        index = PageIndex.to_read(path)
        self._etags[dossier_id] = found.etag  # an unusable one is fetched again next time
        return index

    def _make_room(self, newest: Path) -> None:
        """Copies of a process that ended may lie there too."""
        others = [path for path in self.folder.iterdir() if path != newest]
        size = sum(path.stat().st_size for path in (newest, *others))
        for path in sorted(others, key=lambda path: path.stat().st_mtime):
            if size <= MOST_KEPT:
                return
            size -= path.stat().st_size
            path.unlink()

    def _path(self, dossier_id: str) -> Path:
        return self.folder / f"{dossier_id}.sqlite"


@dataclass(frozen=True)
class SearchPages:
    """The use case with what it works on."""

    store: DossierStore
    files: IndexFiles
    copies: Copies

    def __call__(self, dossier_id: str, match: str, skip: int) -> FoundPages:
        """Pages of documents that lie in the dossier now, the best first. Raises `IndexUnusableError`.

        The index may be a moment behind: of a document that has left, nothing is shown any more.
        """
        index = self.copies.open(self.files, dossier_id)
        if index is None:
            return FoundPages((), Coverage(), None)
        with index:
            hits, coverage = index.search(match, skip, PAGE_SIZE + 1), index.coverage()
        shown = tuple(self._still_there(dossier_id, hits[:PAGE_SIZE]))
        return FoundPages(shown, coverage, skip + PAGE_SIZE if len(hits) > PAGE_SIZE else None)

    def _still_there(self, dossier_id: str, hits: list[Hit]) -> Iterator[tuple[Hit, Document]]:
        documents = self.store.documents_named(dossier_id, {hit.document_id for hit in hits})
        return ((hit, documents[hit.document_id]) for hit in hits if hit.document_id in documents)


__all__ = ["PAGE_SIZE", "Copies", "FoundPages", "IndexUnusableError", "SearchPages"]
