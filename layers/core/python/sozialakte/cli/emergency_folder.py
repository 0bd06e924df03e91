"""The folder that emergency files are written to: what lies there may be at the bank, so nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sozialakte.cli.problems import CommandError
from sozialakte.payments.runs.emergency_release import (
    BrokenReleaseError,
    EmergencyRelease,
    against_overwriting,
    read_release,
    release_name,
    write_release,
)
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class EmergencyFolder:
    """A folder that may not be there yet. All raise `CommandError`."""

    path: Path

    def releases(self) -> tuple[EmergencyRelease, ...]:
        """Of the emergencies that were made in it."""
        return tuple(released_in(path) for path in sorted(self.path.glob(release_name("*"))))

    def keep(self, release: EmergencyRelease, bodies: Mapping[str, bytes]) -> None:
        """The files of a run and who released them, whole each; of the same once more only what is missing."""
        before = next((one for one in self.releases() if one.run_id == release.run_id), None)
        lying = {path.stem: sha256(path.read_bytes()).hexdigest() for path in self._files_of(release.run_id)}
        for reason in against_overwriting(release, before, lying):
            raise CommandError(Reason(reason.code, {**reason.params, "folder": str(self.path)}))
        self.path.mkdir(parents=True, exist_ok=True)
        if before is None:
            self._write(release_name(release.run_id), write_release(release))
        for message_id in bodies.keys() - lying.keys():
            self._write(f"{message_id}.xml", bodies[message_id])

    def _files_of(self, run_id: str) -> Iterator[Path]:
        return self.path.glob(f"{run_id}-*.xml")

    def _write(self, name: str, body: bytes) -> None:
        """Under its name only once it is whole: half a file would be another one."""
        part = self.path / f"{name}.part"
        part.write_bytes(body)
        part.rename(self.path / name)


def released_in(path: Path) -> EmergencyRelease:
    """What a file says about who released. Raises `CommandError`."""
    try:
        return read_release(path.read_bytes())
    except FileNotFoundError as error:
        raise CommandError(Reason("cli.runs.no_release", {"file": path.name})) from error
    except BrokenReleaseError as error:
        raise CommandError(Reason("cli.runs.broken_release", {"file": path.name})) from error
