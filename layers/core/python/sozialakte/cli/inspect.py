"""``sozialakte inspect``: what the intake would make of something, offline and without writing anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sozialakte.cli.scan_report import LetterReport, ScanReport, as_json, as_tables, report_plan, report_rejection
from sozialakte.intake.model import PlannedLetter, UnreadableFileError

inspect_app = typer.Typer(help="Look at things without changing anything.", no_args_is_help=True)


@inspect_app.callback()
def inspect() -> None:
    """Look at things without changing anything."""


@inspect_app.command("scan")
def inspect_scan(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A scanned batch (PDF).")],
    *,
    read: Annotated[bool, typer.Option("--read", help="Also read the letters (OCR, about a second a page).")] = False,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what the intake would make of a file: the fate of every page, and the letters.

    Exit code 0 also for a file that would be rejected (the answer says why), 2 for wrong usage.
    """
    report = _report(file, read=read)
    if json_wanted:
        typer.echo(json.dumps(as_json(report), ensure_ascii=False))
    else:
        Console().print(as_tables(report))


def _report(file: Path, *, read: bool) -> ScanReport:
    # PDF and image libraries are loaded for this command alone; other commands run where they are not installed.
    from sozialakte.intake.plan_cut import plan_cut  # noqa: PLC0415

    try:
        return report_plan(plan_cut(file), _letter_reader(file) if read else _unread)
    except UnreadableFileError as error:
        return report_rejection(error)


def _unread(letter: PlannedLetter) -> LetterReport:
    return LetterReport(letter.pages, proposed=letter.proposed)


def _letter_reader(file: Path) -> Callable[[PlannedLetter], LetterReport]:
    from sozialakte.intake.letter_contents import read_letter  # noqa: PLC0415
    from sozialakte.intake.page_texts import read_pages  # noqa: PLC0415 - brings Tesseract

    def read(letter: PlannedLetter) -> LetterReport:
        contents = read_letter([text.text for text in read_pages(file, letter.pages)])
        return LetterReport(letter.pages, contents.kind, contents.identifiers, letter.proposed)

    return read
