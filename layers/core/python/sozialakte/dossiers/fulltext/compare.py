"""Whether the index of a dossier has what lies in the dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.dossiers.fulltext.files import IndexFiles
from sozialakte.dossiers.fulltext.index_document import documents_in, indexed_in
from sozialakte.dossiers.fulltext.page_index import PageIndex
from sozialakte.dossiers.store import DossierStore


@dataclass(frozen=True)
class Difference:
    """Documents of the dossier that the index lacks, and those it has that do not lie there (any more).

    ``gaps``: pages, by document, of which it has no text because none was kept.
    """

    missing: frozenset[str]
    surplus: frozenset[str]
    gaps: Mapping[str, tuple[int, ...]]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.missing or self.surplus or self.gaps)


def compare(store: DossierStore, files: IndexFiles, dossier_id: str) -> Difference:
    """The difference right now; of what is on its way to the index too. Raises `IndexUnusableError`."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "index.sqlite")
        known, gaps = indexed_in(files, dossier_id, path), _gaps_in(path)
    indexed = {one.document_id for one in known if one.present}
    filed = {document.document_id for document in documents_in(store, dossier_id)}
    return Difference(frozenset(filed - indexed), frozenset(indexed - filed), gaps)


def _gaps_in(path: Path) -> Mapping[str, tuple[int, ...]]:
    if not path.exists():
        return {}
    with PageIndex.to_read(path) as index:
        return index.gaps()
