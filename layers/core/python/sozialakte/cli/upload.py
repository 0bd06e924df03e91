"""``sozialakte upload``: send the scans of old dossiers, and go on where it was cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from sozialakte.cli.problems import FOUND, CommandError, fail, in_one_line
from sozialakte.cli.stage import bucket_of
from sozialakte.intake.backfile.files import BackfileFiles
from sozialakte.intake.backfile.local_files import LocalFile, Unsent, find_files
from sozialakte.intake.backfile.upload_folder import GOOD, Outcome, Uploaded, UploadFolder
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def upload_command(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Scans (PDF, TIFF) and manifests (CSV).")
    ],
    stage: Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")] = None,
    bucket: Annotated[str | None, typer.Option(envvar="BACKFILE_BUCKET", help="Name of the backfile's bucket.")] = None,
    parallel: Annotated[int, typer.Option(min=1, max=32, help="So many files and parts at once.")] = 4,
) -> None:
    """Upload all scans below a folder. Cut off at any moment, it goes on where it was when it is started again.

    Exit code 0: every scan is in the bucket, byte for byte; 1: some are not, the lines say which; 2: wrong usage; 3:
    AWS did not answer as needed: start it again.
    """
    console = Console(stderr=True)
    with in_one_line():
        name = _bucket(stage, bucket)
        found = find_files(folder)
        for path in found.left_out:
            fail(Reason("cli.upload.left_out", {"file": _shown(path)}))
        if not (found.files or found.unsent):
            raise CommandError(Reason("cli.upload.empty"))
        uploaded = _upload(found.files, BackfileFiles(name), parallel, console)
    _report(uploaded, found.unsent)


def _bucket(stage: str | None, bucket: str | None) -> str:
    if stage:
        return bucket_of(stage, "intake", "Backfile")
    if bucket:
        return bucket
    raise typer.BadParameter(say(Reason("cli.no_bucket")))


def _upload(files: Sequence[LocalFile], target: BackfileFiles, parallel: int, console: Console) -> list[Uploaded]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(say(Reason("cli.upload.sending")), total=sum(file.size for file in files))
        return UploadFolder(target, parallel, lambda size: progress.advance(task, size))(files)


def _report(uploaded: Sequence[Uploaded], unsent: Mapping[Path, Unsent]) -> None:
    bad = [(one.file.path, str(one.outcome)) for one in uploaded if one.outcome not in GOOD]
    bad += [(path, str(why)) for path, why in sorted(unsent.items())]
    for path, why in bad:
        fail(Reason(f"cli.upload.{why}", {"file": _shown(path)}))
    counted = Counter(one.outcome for one in uploaded)
    numbers = {"sent": str(counted[Outcome.SENT]), "there": str(counted[Outcome.THERE]), "failed": str(len(bad))}
    typer.echo(say(Reason("cli.upload.not_all" if bad else "cli.upload.done", numbers)))
    if bad:
        raise typer.Exit(FOUND)


def _shown(path: Path) -> str:
    """A name whose encoding is not the system's can be shown only in part."""
    return str(path).encode(errors="replace").decode()
