"""What is handed over to the case system: bundles with a number, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

DOCUMENT, SEARCHABLE, BUNDLE = "document.pdf", "searchable.pdf", "bundle.json"


class BundleState(StrEnum):
    """How far a bundle has come. Whatever the partner says or does not say, it is in exactly one of these."""

    ASSIGNED = "assigned"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Result(StrEnum):
    """What the partner says about a bundle."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class ContradictionError(Exception):
    """The partner refuses what it has accepted before: it has the document, so the acceptance stays."""


@dataclass(frozen=True)
class Patience:
    """How long a bundle may be on its way to the partner's bucket, and how long the partner has for a receipt."""

    on_its_way: timedelta
    for_receipt: timedelta


@dataclass(frozen=True)
class HandedFile:
    """A file of a bundle: exactly this object version of the letters bucket, with this SHA-256 (hex) and size."""

    name: str
    key: str
    version_id: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Reference:
    """A bundle of a document as others point to it."""

    bundle_id: str
    sequence: int
    dossier_id: str
    document_version: int
    change: str


@dataclass(frozen=True)
class Place:
    """Where the next bundle comes: its number, the number before it in its dossier, and all of its document so far."""

    sequence: int
    previous_in_dossier: int | None
    references: tuple[Reference, ...]

    def corrects(self, dossier_id: str, document_version: int) -> Reference | None:
        """The last bundle that told an older version of the document in this dossier."""
        older = [one for one in self._in(dossier_id) if one.document_version < document_version]
        return max(older, key=lambda one: one.document_version, default=None)

    def superseded_by(self, dossier_id: str, document_version: int) -> Reference | None:
        """The bundle that has told a newer version of the document in this dossier already."""
        newer = [one for one in self._in(dossier_id) if one.document_version > document_version]
        return max(newer, key=lambda one: one.document_version, default=None)

    def _in(self, dossier_id: str) -> Iterable[Reference]:
        return (one for one in self.references if one.dossier_id == dossier_id)


@dataclass(frozen=True)
class Bundle:
    """A version of a document on its way to the case system.

    ``body`` is ``bundle.json`` as it was when the bundle got its number: every attempt writes these bytes. ``due`` is
    when somebody has to look at the bundle unless it has moved on by then; None: never.
    """

    bundle_id: str
    sequence: int
    document_id: str
    dossier_id: str
    document_version: int
    change: str
    body: str
    files: tuple[HandedFile, ...]
    state: BundleState
    since: datetime
    due: datetime | None
    attempt: int = 1
    refusal: str | None = None
    version: int = 1

    @property
    def sha256(self) -> str:
        """The SHA-256 (hex) of ``bundle.json``, which holds those of the other files."""
        return sha256(self.body.encode()).hexdigest()

    @property
    def reference(self) -> Reference:
        """How others point to it."""
        return Reference(self.bundle_id, self.sequence, self.dossier_id, self.document_version, self.change)

    def key(self, name: str) -> str:
        """Where a file of the bundle lies in the partner's bucket."""
        return f"out/{self.sequence:010d}-{self.bundle_id}/{name}"

    def hand_over(self, now: datetime, patience: Patience) -> Bundle:
        """It lies there complete, and a receipt is due. Repeated: the same."""
        due = now + patience.for_receipt
        return self._step(BundleState.WAITING, now, due) if self.state is BundleState.ASSIGNED else self

    def receive(self, result: Result, reason: str | None, now: datetime) -> Bundle:
        """The partner's word about it. Repeated: the same.

        A receipt may come before we have noted that the bundle lies there; a refused one may be accepted later. Raises
        `ContradictionError` if it was accepted before and is refused now.
        """
        if result is Result.ACCEPTED:
            return self if self.state is BundleState.ACCEPTED else self._step(BundleState.ACCEPTED, now, None)
        if self.state is BundleState.ACCEPTED:
            raise ContradictionError(self.bundle_id)
        if self.state is BundleState.REFUSED and self.refusal == reason:
            return self
        return self._step(BundleState.REFUSED, now, now, refusal=reason)

    def resend(self, now: datetime, patience: Patience) -> Bundle:
        """Once more, from whatever state: the partner has to receipt it again."""
        again = self._step(BundleState.ASSIGNED, now, now + patience.on_its_way)
        return replace(again, attempt=self.attempt + 1)

    def _step(self, state: BundleState, now: datetime, due: datetime | None, refusal: str | None = None) -> Bundle:
        return replace(self, state=state, since=now, due=due, refusal=refusal, version=self.version + 1)


@dataclass(frozen=True)
class UnusableReceipt:
    """A receipt that says nothing we may believe. ``problem`` names the rule it breaks (`take_receipt`)."""

    receipt_id: str
    problem: str
    received_at: datetime
    bundle_id: str | None = None
    sequence: int | None = None


def bundle_id_of(document_id: str, document_version: int, change: str, dossier_id: str) -> str:
    """The id of the bundle for a version of a document: the same, however often we are told of it."""
    told = "\n".join((document_id, str(document_version), change, dossier_id))
    return sha256(told.encode()).hexdigest()[:32]
