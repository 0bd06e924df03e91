"""What the routes of the partners give: ids, numbers, states and codes; no contents of documents."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from sozialakte.partners.model import Bundle, UnusableReceipt
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

UNUSABLE_FOR = timedelta(days=14)
"""So long an unusable receipt is listed: by then the bundle it was meant for stands in the list itself."""


class OpenBundle(Model):
    """A bundle somebody must look at. ``refusal`` is the partner's code, ``attempt`` how often it was handed over.

    Without dossier and document it is of a dossier that is hidden from who asks; its number is enough to mend it.
    """

    bundle_id: str
    sequence: int
    dossier_id: str | None
    document_id: str | None
    document_version: int
    change: str
    state: str
    meaning: str
    since: datetime
    attempt: int
    refusal: str | None

    @classmethod
    def of(cls, bundle: Bundle, hidden: AbstractSet[str] = frozenset()) -> OpenBundle:
        """The bundle in words, without the names of ``hidden`` dossiers."""
        is_hidden = bundle.dossier_id in hidden
        return cls(
            bundle_id=bundle.bundle_id,
            sequence=bundle.sequence,
            dossier_id=None if is_hidden else bundle.dossier_id,
            document_id=None if is_hidden else bundle.document_id,
            document_version=bundle.document_version,
            change=bundle.change,
            state=bundle.state,
            meaning=_meaning(bundle, is_hidden=is_hidden),
            since=bundle.since,
            attempt=bundle.attempt,
            refusal=bundle.refusal,
        )


def _meaning(bundle: Bundle, *, is_hidden: bool) -> str:
    state = say(Reason(f"bundle_state.{bundle.state}"))
    return f"{state}. {say(Reason('bundle.not_shown'))}" if is_hidden else state


class UnusableAnswer(Model):
    """A receipt we could not use, and why. ``bundle_id`` and ``sequence`` as its name says, if it says."""

    receipt_id: str
    problem: str
    meaning: str
    received_at: datetime
    bundle_id: str | None
    sequence: int | None

    @classmethod
    def of(cls, receipt: UnusableReceipt) -> UnusableAnswer:
        """The receipt in words."""
        return cls(
            receipt_id=receipt.receipt_id,
            problem=receipt.problem,
            meaning=say(Reason(f"receipt.{receipt.problem}")),
            received_at=receipt.received_at,
            bundle_id=receipt.bundle_id,
            sequence=receipt.sequence,
        )


class OpenList(Model):
    """Bundles that are refused, not receipted in time or stuck, the longest due first; ``next``: the next page."""

    bundles: list[OpenBundle]
    next: str | None


class UnusableList(Model):
    """Receipts of the last 14 days that we could not use, the newest first; ``next``: the next page."""

    receipts: list[UnusableAnswer]
    next: str | None
