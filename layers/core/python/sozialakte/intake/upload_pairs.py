"""Which manifest belongs to which batch file, and how long one waits for the other. Pure.

They lie side by side with the same name but for the ending. A scanner writes the manifest before or after the batch,
and may give the same name again the next day: so each manifest belongs to the version of the file that came closest in
time. Old dossiers are uploaded for days, cut off and begun again, and no name is ever used twice: there only the name
counts, and nobody has to send manifests because the scanning centre does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sozialakte.intake.batch import Upload
from sozialakte.intake.model import Lane

APART = timedelta(hours=12)
"""How far apart a batch and its manifest may come; after that the name stands for another batch."""
OLD_WAIT = timedelta(days=3)
"""So long a manifest of old dossiers waits for its batch: an upload that is cut off on Friday goes on on Monday."""


@dataclass(frozen=True)
class Arrival:
    """An upload as S3 lists it; ``size`` in bytes."""

    upload: Upload
    size: int
    uploaded_at: datetime


@dataclass(frozen=True)
class UploadRules:
    """What a service expects of its scanning centre.

    ``manifests_expected``: a batch of the daily post without one waits for ``manifest_wait``, and then is for people to
    look at. A manifest waits as long for its batch. ``largest``: bytes of an upload that the function's disk can bear.
    """

    manifests_expected: bool
    manifest_wait: timedelta
    largest: int

    def expects_manifest(self, upload: Upload) -> bool:
        """Whether a batch without a manifest is one too few."""
        return self.manifests_expected and upload.lane is Lane.DAILY

    def is_over(self, arrival: Arrival, now: datetime) -> bool:
        """Whether the other of the two is not waited for any longer."""
        return now - arrival.uploaded_at >= (self.manifest_wait if arrival.upload.lane is Lane.DAILY else OLD_WAIT)


def is_manifest(key: str) -> bool:
    """Whether an upload is a manifest; what a batch file is, its content says."""
    return _ending(key).lower() == ".csv"


def stem_of(key: str) -> str:
    """The key without its ending: what a batch and its manifest share."""
    return key.removesuffix(_ending(key))


def batch_file_of(manifest: Arrival, beside: Sequence[Arrival]) -> Arrival | None:
    """The batch file a manifest is about, if it has come.

    ``beside`` is in the order of S3, the newest version of a key first: S3 tells times in whole seconds.
    """
    names_return = manifest.upload.lane is Lane.DAILY
    files = [one for one in beside if not is_manifest(one.upload.key)]
    files = [one for one in files if not names_return or _apart(one, manifest) <= APART]
    return min(files, key=lambda one: _apart(one, manifest), default=None)


def manifests_of(batch_file: Arrival, beside: Sequence[Arrival]) -> list[Arrival]:
    """The manifests about a batch file, the newest first: it corrects those before. ``beside`` as above."""
    manifests = [one for one in beside if is_manifest(one.upload.key)]
    mine = [one for one in manifests if batch_file_of(one, beside) == batch_file]
    return sorted(mine, key=lambda one: one.uploaded_at, reverse=True)


def _ending(key: str) -> str:
    name, dot, ending = key.rpartition("/")[2].rpartition(".")
    return f"{dot}{ending}" if name else ""


def _apart(one: Arrival, other: Arrival) -> timedelta:
    return abs(one.uploaded_at - other.uploaded_at)
