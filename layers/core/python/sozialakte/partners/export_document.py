"""Hand over a version of a document: give it a number, then put its files for the partner, ``bundle.json`` last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sozialakte.dossiers import Document, DocumentChanged, DossierStore
from sozialakte.partners.contents import Contents, bundle_of, id_of
from sozialakte.partners.files import HandoverFiles
from sozialakte.partners.messages import ResendBundle
from sozialakte.partners.model import BUNDLE, DOCUMENT, SEARCHABLE, Bundle, BundleState, HandedFile, Patience
from sozialakte.partners.store import HandoverStore, PlaceTakenError
from sozialakte.payments import VoucherFacts, facts_key

VOUCHER = "voucher"
"""The kind of documents that were never letters: vouchers of the payments."""
WITH_VOUCHERS = 2
"""The version of the contract from which on they carry their postings."""
_ATTEMPTS = 20  # numbers tried for; each loss means that another bundle got one


class DocumentNotFoundError(LookupError):
    """The document does not lie in the dossier, and nothing handed over says why: the message comes again."""


class FileChangedError(Exception):
    """A letter's file is not the one the document names: its SHA-256 differs. Nothing is handed over."""


class UnknownBundleError(LookupError):
    """There is no such bundle to send again."""


class SequenceBusyError(Exception):
    """Others took every number that was tried for; the message comes again."""


@dataclass(frozen=True)
class ExportDocument:
    """The use case with what it works on. ``folder`` is empty; ``contract``: the version that the partner knows."""

    store: HandoverStore
    files: HandoverFiles
    dossiers: DossierStore
    folder: Path
    patience: Patience
    contract: int
    now: datetime

    def __call__(self, changed: DocumentChanged) -> Bundle:
        """Hand the version over. Repeated: the same bundle under the same number, finished if it was not.

        Raises `DocumentNotFoundError`, `FileChangedError`, `SequenceBusyError`, `BundleChangedError`.
        """
        return self._hand_over(self.store.find(id_of(changed)) or self._assign(changed))

    def again(self, wanted: ResendBundle) -> Bundle:
        """Hand a bundle over again, or finish an attempt that got stuck. Raises `UnknownBundleError`, and as above."""
        bundle = self.store.find(wanted.bundle_id)
        if bundle is None:
            raise UnknownBundleError(wanted.bundle_id)
        if bundle.attempt < wanted.attempt:
            bundle = bundle.resend(self.now, self.patience)
            self.store.save(bundle)
        return self._hand_over(bundle)

    def _assign(self, changed: DocumentChanged) -> Bundle:
        contents = self._contents(changed)
        for _ in range(_ATTEMPTS):
            bundle = self._at_next_place(changed, contents)
            try:
                self.store.add(bundle)
            except PlaceTakenError:
                if overtaken := self.store.find(bundle.bundle_id):
                    return overtaken
            else:
                return bundle
        raise SequenceBusyError

    def _at_next_place(self, changed: DocumentChanged, contents: Contents) -> Bundle:
        place = self.store.place_for(changed.document_id, changed.dossier_id)
        if place.superseded_by(changed.dossier_id, changed.document_version):
            contents = Contents()
        elif contents.document is None and changed.change != "moved_out":
            raise DocumentNotFoundError(changed.document_id)
        return bundle_of(changed, place, contents, self.now, self.now + self.patience.on_its_way)

    def _contents(self, changed: DocumentChanged) -> Contents:
        if changed.change == "moved_out":
            return Contents()
        document = self.dossiers.find_document(changed.dossier_id, changed.document_id, consistent=True)
        if document is None:
            return Contents()
        return Contents(document, self.dossiers.find_entry(document), self._fetch(document), self._voucher(document))

    def _voucher(self, document: Document) -> VoucherFacts | None:
        """What a voucher says to programs; it was kept before the voucher was filed."""
        if document.kind != VOUCHER or self.contract < WITH_VOUCHERS:
            return None
        path = self.folder / "voucher.json"
        self.files.fetch(facts_key(document.document_id), None, path)
        return VoucherFacts.model_validate_json(path.read_bytes())

    def _fetch(self, document: Document) -> tuple[HandedFile, ...]:
        original = self._one(DOCUMENT, document.object_key, document.object_version)
        if original.sha256 != document.sha256:
            raise FileChangedError(document.document_id)
        return original, self._one(SEARCHABLE, document.searchable_key, None)

    def _one(self, name: str, key: str, version_id: str | None) -> HandedFile:
        path = self.folder / name
        fetched = self.files.fetch(key, version_id, path)
        path.rename(self._place_of(fetched.sha256))
        return HandedFile(name, key, fetched.version_id, fetched.sha256, fetched.size)

    def _hand_over(self, bundle: Bundle) -> Bundle:
        if bundle.state is not BundleState.ASSIGNED:
            return bundle
        anew = bundle.attempt > 1
        for file in bundle.files:
            self.files.put_file(bundle.key(file.name), self._on_disk(file), file.sha256, anew=anew)
        self.files.put_json(bundle.key(BUNDLE), bundle.body, bundle.sha256, anew=anew)
        handed_over = bundle.hand_over(self.now, self.patience)
        self.store.save(handed_over)
        return handed_over

    def _on_disk(self, file: HandedFile) -> Path:
        """Exactly the version that was announced, also when another process announced another one."""
        path = self._place_of(file.sha256)
        if not path.exists() and self.files.fetch(file.key, file.version_id, path).sha256 != file.sha256:
            raise FileChangedError(file.key)
        return path

    def _place_of(self, digest: str) -> Path:
        return self.folder / f"{digest}.pdf"
