"""Take a receipt of the partner: its bundle is accepted or refused, or the receipt is kept as unusable, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sozialakte.partners.files import HandoverFiles, ReceiptGoneError
from sozialakte.partners.judge_receipt import LARGEST_RECEIPT, UnusableReceiptError, check, named_in, receipt_in
from sozialakte.partners.model import BUNDLE, Bundle, BundleState, ContradictionError, UnusableReceipt
from sozialakte.partners.store import HandoverStore


@dataclass(frozen=True)
class TakeReceipt:
    """The use case with what it works on."""

    store: HandoverStore
    files: HandoverFiles
    now: datetime

    def __call__(self, key: str, version_id: str) -> Bundle | None:
        """Take one version of a receipt; the bundle as it is then, or None if the receipt says nothing (new).

        Nothing in a receipt makes this fail: what comes from outside must not stop what comes behind it. Raises
        `BundleChangedError` if the bundle moved meanwhile.
        """
        if self.store.was_taken(version_id):
            return None
        named = named_in(key)
        try:
            return self._take(key, version_id, named)
        except (UnusableReceiptError, ContradictionError) as error:
            problem = error.problem if isinstance(error, UnusableReceiptError) else "contradiction"
            sequence, bundle_id = named or (None, None)
            self.store.note_unusable(UnusableReceipt(version_id, problem, self.now, bundle_id, sequence))
            return None

    def _take(self, key: str, version_id: str, named: tuple[int, str] | None) -> Bundle:
        if named is None:
            raise UnusableReceiptError("no_name")
        receipt = receipt_in(self._read(key, version_id))
        before = check(receipt, named, self.store.find(receipt.bundle_id))
        after = before.receive(receipt.result, receipt.reason, self.now)
        if after.state is BundleState.ACCEPTED:
            self._settle(after)
        self.store.take_receipt(version_id, before, after)
        return after

    def _read(self, key: str, version_id: str) -> bytes:
        try:
            return self.files.read_receipt(key, version_id, LARGEST_RECEIPT + 1)
        except ReceiptGoneError as error:
            raise UnusableReceiptError("gone") from error

    def _settle(self, bundle: Bundle) -> None:
        for name in (*(file.name for file in bundle.files), BUNDLE):
            self.files.settle(bundle.key(name))
