"""Keep the index of a dossier at what lies in the dossier.

What a message says decides nothing but where to look: the document's row says whether it lies there and in which
version. So messages may come twice, late and out of order. The index is written only over the version that was read;
who is overtaken begins again with the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sozialakte.dossiers.fulltext.files import IndexFiles
from sozialakte.dossiers.fulltext.page_index import Indexed, IndexUnusableError, PageIndex
from sozialakte.dossiers.messages import DocumentChanged
from sozialakte.dossiers.model import Document
from sozialakte.dossiers.store import DossierStore

TextsOf = Callable[[str, int], Iterator[tuple[int, str]]]
"""Number and text of each page of a letter with so many pages."""
_ATTEMPTS = 20
"""Some functions write at once; one of them always gets through, so twenty tries fail once in a hundred times."""
_A_LOOK_UP = 100


class IndexBusyError(Exception):
    """Others keep writing this index: the message comes back."""


@dataclass(frozen=True)
class IndexDocument:
    """The use case with what it works on. ``folder`` is an empty folder on disk."""

    store: DossierStore
    texts_of: TextsOf
    files: IndexFiles
    folder: Path

    def __call__(self, changed: DocumentChanged) -> None:
        """Bring what the index has of a document up to date. Raises `IndexBusyError`."""
        self._until_done(changed.dossier_id, lambda: self._update(changed))

    def rebuild(self, dossier_id: str) -> None:
        """Make the index anew from all documents of the dossier. Raises `IndexBusyError`."""
        self._until_done(dossier_id, lambda: self._rebuild(dossier_id))

    def _until_done(self, dossier_id: str, attempt: Callable[[], bool]) -> None:
        for _ in range(_ATTEMPTS):
            self._path.unlink(missing_ok=True)
            if attempt():
                return
        raise IndexBusyError(dossier_id)

    def _update(self, changed: DocumentChanged) -> bool:
        try:
            found = self.files.fetch(changed.dossier_id, self._path)
            with PageIndex.to_write(self._path) as index:
                if not self._bring(index, changed.dossier_id, changed.document_id, changed.document_version):
                    return True
        except IndexUnusableError:
            return self._rebuild(changed.dossier_id)
        return self.files.store(changed.dossier_id, self._path, found.etag if found else None)

    def _bring(self, index: PageIndex, dossier_id: str, document_id: str, version: int) -> bool:
        """Whether the index changed; ``version`` is that of who left, the row has that of who lies there."""
        document = self.store.find_document(dossier_id, document_id, consistent=True)
        if index.version_of(document_id) >= (document.version if document else version):
            return False
        if document:
            self._put(index, document)
        else:
            index.put(Indexed(document_id, version, present=False))
        return True

    def _rebuild(self, dossier_id: str) -> bool:
        before = self.files.etag_of(dossier_id)  # first: what is filed from now on overtakes us
        known = self._known(dossier_id)
        self._path.unlink(missing_ok=True)
        with PageIndex.to_write(self._path) as index:
            for document in documents_in(self.store, dossier_id):
                self._put(index, document)
            for left in known:  # a list may be a moment behind, and of who left the version stays
                self._bring(index, dossier_id, left.document_id, left.version)
        return self.files.store(dossier_id, self._path, before)

    def _known(self, dossier_id: str) -> tuple[Indexed, ...]:
        try:
            return indexed_in(self.files, dossier_id, self._path)
        except IndexUnusableError:
            return ()

    def _put(self, index: PageIndex, document: Document) -> None:
        indexed = Indexed(document.document_id, document.version, document.page_count, len(document.unread_pages))
        index.put(indexed, self.texts_of(document.letter_id, document.page_count))

    @property
    def _path(self) -> Path:
        return self.folder / "index.sqlite"


def documents_in(store: DossierStore, dossier_id: str) -> Iterator[Document]:
    """All documents of a dossier, a page of them in memory."""
    page = store.documents_of(dossier_id, _A_LOOK_UP)
    while True:
        yield from page.documents
        if page.next_cursor is None:
            return
        page = store.documents_of(dossier_id, _A_LOOK_UP, page.next_cursor)


def indexed_in(files: IndexFiles, dossier_id: str, path: Path) -> tuple[Indexed, ...]:
    """What the index of a dossier knows, fetched to ``path``. Raises `IndexUnusableError`."""
    if files.fetch(dossier_id, path) is None:
        return ()
    with PageIndex.to_read(path) as index:
        return index.documents()
