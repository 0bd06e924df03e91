"""``sozialakte sheets``: print what lies between the paper: covers, register sheets, separators, box labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from sozialakte.cli.print_sheets import Sheet, as_pdf, box_label, cover_sheet, register_sheet, separator_sheet
from sozialakte.cli.problems import CommandError, in_one_line
from sozialakte.intake.backfile.box_list import BoxedDossier, BoxListError, parse_box_list
from sozialakte.intake.model import Section
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

Output = Annotated[Path, typer.Option("--output", "-o", dir_okay=False, help="The PDF to write.")]
Count = Annotated[int, typer.Option(min=1, max=500, help="So many of each.")]

sheets_app = typer.Typer(help="Print sheets with codes that the scanner reads, as PDF.", no_args_is_help=True)


@sheets_app.callback()
def sheets() -> None:
    """Print sheets with codes that the scanner reads, as PDF."""


@sheets_app.command("covers")
def covers(
    dossiers: Annotated[list[str], typer.Argument(metavar="DOSSIER...", help="Numbers of dossiers.")],
    output: Output = Path("covers.pdf"),
) -> None:
    """Print the covers of dossiers. Exit code 1: one is no dossier number; nothing is written."""
    with in_one_line():
        _write(output, [_cover(dossier_id) for dossier_id in dossiers])


@sheets_app.command("boxes")
def boxes(
    box_list: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="CSV with the columns box and dossier.")
    ],
    output: Output = Path("boxes.pdf"),
) -> None:
    """Print for each box of a list its label and the covers of its dossiers. Exit code 1: the list is wrong."""
    with in_one_line():
        try:
            boxed = parse_box_list(box_list.read_bytes())
        except BoxListError as error:
            raise CommandError(error.reason) from error
        _write(output, list(_of_boxes(boxed)))


@sheets_app.command("registers")
def registers(
    count: Count = 1,
    sections: Annotated[
        list[Section] | None, typer.Option("--section", case_sensitive=False, help="Only this one; again for more.")
    ] = None,
    output: Output = Path("registers.pdf"),
) -> None:
    """Print register sheets, all or some; they serve for any dossier. Exit code 1: the PDF cannot be written."""
    with in_one_line():
        _write(output, [register_sheet(section) for section in sections or Section for _ in range(count)])


@sheets_app.command("separators")
def separators(count: Count = 1, output: Output = Path("separators.pdf")) -> None:
    """Print separator sheets. Exit code 1: the PDF cannot be written."""
    with in_one_line():
        _write(output, [separator_sheet()] * count)


def _of_boxes(boxed: Iterable[BoxedDossier]) -> Iterator[Sheet]:
    for box_id, inside in groupby(sorted(boxed, key=lambda one: one.box_id), key=lambda one: one.box_id):
        dossiers = [one.dossier_id for one in inside]
        yield box_label(box_id, dossiers)
        yield from map(cover_sheet, dossiers)


def _cover(dossier_id: str) -> Sheet:
    try:
        return cover_sheet(dossier_id)
    except ValueError as error:
        raise CommandError(Reason("cli.sheets.no_dossier", {"dossier_id": dossier_id})) from error


def _write(output: Path, printed: list[Sheet]) -> None:
    output.write_bytes(as_pdf(printed))
    typer.echo(say(Reason("cli.sheets.written", {"count": str(len(printed)), "file": str(output)})))
