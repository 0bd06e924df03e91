"""Who released the files of an emergency, and when: written beside them, since nothing else knows it then.

The files themselves say nothing about people, and whoever imports them later is somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.runtime.adapters import adapter
from sozialakte.shared.reasons import Reason


class BrokenReleaseError(ValueError):
    """The file does not say who released an emergency."""


@dataclass(frozen=True)
class ReleasedFile:
    """A file for the bank as it was released."""

    message_id: str
    sha256: str


@dataclass(frozen=True)
class EmergencyRelease:
    """``releaser`` released these files of a run at ``released_at``, made of the state ``state_as_of``.

    ``last_at_bank``: the last file of ours that the bank showed then, None if it showed none.
    """

    run_id: str
    execution_day: date
    releaser: str
    released_at: datetime
    state_as_of: datetime
    last_at_bank: str | None
    files: tuple[ReleasedFile, ...]


def release_name(run_id: str) -> str:
    """What the file beside those of a run is called."""
    return f"{run_id}.emergency.json"


def write_release(release: EmergencyRelease) -> bytes:
    """The file."""
    told: bytes = adapter(EmergencyRelease).dump_json(release, indent=1)
    return told + b"\n"


def read_release(body: bytes) -> EmergencyRelease:
    """What a file says. Raises `BrokenReleaseError`."""
    try:
        release: EmergencyRelease = adapter(EmergencyRelease).validate_json(body)
    except ValueError as error:
        raise BrokenReleaseError from error
    if release.released_at.tzinfo is None or release.state_as_of.tzinfo is None:
        raise BrokenReleaseError
    return release


def against_overwriting(
    release: EmergencyRelease, before: EmergencyRelease | None, lying: Mapping[str, str]
) -> Iterator[Reason]:
    """Why the files of a release are not written where there are some of this run: those may be at the bank.

    ``before``: who released them, None if nothing says it. ``lying``: their digests by message id. The same files,
    released by the same person: nothing is against it.
    """
    files = {file.message_id: file.sha256 for file in release.files}
    told = {"run_id": release.run_id, "files": ", ".join(f"{name}.xml" for name in sorted(lying or files))}
    if before is None:
        if not lying.items() <= files.items():
            yield Reason("emergency.there_unsigned", told)
        return
    told |= {"by": before.releaser, "at": f"{before.released_at:%d.%m.%Y %H:%M} UTC"}
    if {file.message_id: file.sha256 for file in before.files} != files:
        yield Reason("emergency.there_before", told)
    elif not lying.items() <= files.items():
        yield Reason("emergency.there_changed", told)
    elif before.releaser != release.releaser:
        yield Reason("emergency.there_released", told)
