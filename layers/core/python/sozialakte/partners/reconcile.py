"""Find bundles that got stuck and put them back on their way; say so when the partner owes us receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sozialakte.partners.messages import ResendBundle
from sozialakte.partners.model import Bundle, BundleState
from sozialakte.partners.store import HandoverStore
from sozialakte.runtime.queues import Queue

BUNDLES_A_LOOK_UP = 100
GIVE_UP_AFTER = timedelta(days=1)  # what fails every time must not fill the dead-letter queue


class ReceiptsMissingError(Exception):
    """Bundles are refused, not receipted in time or stuck for a day, or receipts cannot be used: somebody must look.

    Raised so that the alarm of the schedule tells; what could be put right has been.
    """

    def __init__(self, bundles: int, receipts: int) -> None:
        super().__init__(f"{bundles} bundles, {receipts} receipts")


@dataclass(frozen=True)
class Reconcile:
    """The use case with what it works on; it runs ``every`` so often."""

    store: HandoverStore
    handover: Queue
    every: timedelta
    now: datetime

    def __call__(self) -> int:
        """Announce again what got stuck before the bucket; how many. Raises `ReceiptsMissingError` at the end."""
        unanswered, stuck = 0, 0
        for bundle in self._open():
            if bundle.state is BundleState.ASSIGNED and self.now - bundle.since < GIVE_UP_AFTER:
                self.handover.send(ResendBundle(bundle_id=bundle.bundle_id, attempt=bundle.attempt).to_json())
                stuck += 1
            else:
                unanswered += 1
        unusable = len(self.store.unusable_receipts(self.now - self.every, self.now, BUNDLES_A_LOOK_UP).receipts)
        if unanswered or unusable:
            raise ReceiptsMissingError(unanswered, unusable)
        return stuck

    def _open(self) -> Iterator[Bundle]:
        cursor: str | None = None
        while True:
            page = self.store.open_bundles(self.now, BUNDLES_A_LOOK_UP, cursor)
            yield from page.bundles
            cursor = page.next_cursor
            if cursor is None:
                return
