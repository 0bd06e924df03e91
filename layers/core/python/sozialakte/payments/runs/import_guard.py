"""When files cannot be taken over as those that the bank has. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256

from sozialakte.payments.runs.emergency_release import EmergencyRelease
from sozialakte.payments.runs.run import PaymentRun, RunFile
from sozialakte.shared.reasons import Reason


def against_import(
    run: PaymentRun | None, ours: Mapping[str, bytes], files: Collection[RunFile], *, bank_refused_ours: bool
) -> Iterator[Reason]:
    """Why these files of a run are not taken over.

    ``ours``: what lies under ``out/``, by message id. If there are other files of this run, the bank has taken one or
    the other: what is only in ours would be paid once more if the bank has taken ours. ``bank_refused_ours``: somebody
    has seen that it has not.
    """
    if run is None or bank_refused_ours:
        return
    given = {file.message_id: file.sha256 for file in files}
    written = {name: sha256(body).hexdigest() for name, body in ours.items()}
    written |= {file.message_id: file.sha256 for file in run.files}
    if any(given.get(name) != digest for name, digest in written.items()):
        yield Reason("emergency.ours_is_out", {"run_id": run.run_id})


def against_release_of(release: EmergencyRelease, run_id: str, files: Collection[RunFile]) -> Iterator[Reason]:
    """Why what was released are not these files: another run's, or not all of them."""
    if release.run_id != run_id:
        yield Reason("emergency.other_release", {"run_id": run_id, "released": release.run_id})
        return
    missing = {file.message_id for file in release.files} - {file.message_id for file in files}
    if missing:
        yield Reason("emergency.files_missing", {"files": ", ".join(sorted(missing))})
