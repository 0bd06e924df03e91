"""Who released the files of an emergency, and when: written beside them, since nothing else knows it then.

The files themselves say nothing about people, and whoever imports them later is somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.runtime.adapters import adapter


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
