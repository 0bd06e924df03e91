"""``sozialakte inspect``: what the intake would make of something, offline and without writing anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from sozialakte.cli.inspect_bank_message import inspect_bank_message
from sozialakte.cli.inspect_bill import inspect_bill
from sozialakte.cli.inspect_payment_file import inspect_payment_file
from sozialakte.cli.scan_report import LetterReport, ScanReport, as_json, as_tables, report_plan, report_rejection
from sozialakte.intake.batch import Upload
from sozialakte.intake.check_manifest import check
from sozialakte.intake.manifest import ManifestRead, read_manifest
from sozialakte.intake.model import CutPlan, PlannedLetter, UnreadableFileError
from sozialakte.intake.pages.order import PageOrder
from sozialakte.shared.clock import utc_now, zurich_date

if TYPE_CHECKING:
    from sozialakte.intake.letter_facts import ProposedCut
    from sozialakte.intake.readings import PageReading

LARGEST = 10**10  # bytes of the PDF made of a TIFF, in the folder for temporary files

inspect_app = typer.Typer(help="Look at things without changing anything.", no_args_is_help=True)
inspect_app.command("bill")(inspect_bill)
inspect_app.command("bank-message")(inspect_bank_message)
inspect_app.command("payment-file")(inspect_payment_file)


@inspect_app.callback()
def inspect() -> None:
    """Look at things without changing anything."""


@inspect_app.command("scan")
def inspect_scan(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A scanned batch (PDF or TIFF).")
    ],
    manifest: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The scanning centre's manifest of the batch.")
    ] = None,
    *,
    read: Annotated[bool, typer.Option("--read", help="Also read the letters (OCR, about a second a page).")] = False,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what the intake would make of a file: the fate of every page, the letters, and cuts a person may add.

    Exit code 0 also for a file that would be rejected (the answer says why), 2 for wrong usage.
    """
    told = _manifest(manifest, file) if manifest else None
    with TemporaryDirectory() as folder:
        report = _report(file, Path(folder) / "batch.pdf", told, read=read)
    if json_wanted:
        typer.echo(json.dumps(as_json(report), ensure_ascii=False))
    else:
        Console().print(as_tables(report))


def _manifest(path: Path, file: Path) -> ManifestRead:
    return read_manifest(Upload(path.name, ""), path.read_bytes(), file.name)


def _report(file: Path, target: Path, told: ManifestRead | None, *, read: bool) -> ScanReport:
    # PDF and image libraries are loaded for this command alone; other commands run where they are not installed.
    from sozialakte.intake.local_upload import as_pdf  # noqa: PLC0415
    from sozialakte.intake.plan_cut import plan_cut  # noqa: PLC0415

    order = told.says.order if told and told.says else PageOrder.AS_READ
    try:
        pdf = as_pdf(file, target, LARGEST)
        plan = plan_cut(pdf, order)
    except UnreadableFileError as error:
        report = report_rejection(error)
        return replace(report, manifest=check(told, None, error.pages, order)) if told else report
    report = report_plan(plan, _letter_reader(pdf, plan) if read else _code_reader(plan))
    return replace(report, manifest=check(told, plan, plan.pages_in, order)) if told else report


def _code_reader(plan: CutPlan) -> Callable[[PlannedLetter], LetterReport]:
    """Only the codes on the pages are known."""
    from sozialakte.intake.readings import PageReading, TextSource  # noqa: PLC0415
    from sozialakte.intake.understanding.propose_cuts import propose_cuts  # noqa: PLC0415 - fuzzy matching is not for every command

    def read(letter: PlannedLetter) -> LetterReport:
        readings = [PageReading(page, "", TextSource.UNREADABLE, 0.0) for page in letter.pages]
        cuts = propose_cuts(_as_letter(readings, plan))
        return LetterReport(letter.pages, proposed_cuts=_in_file(cuts, letter))

    return read


def _letter_reader(pdf: Path, plan: CutPlan) -> Callable[[PlannedLetter], LetterReport]:
    from sozialakte.intake.pages.texts import read_pages  # noqa: PLC0415 - brings Tesseract
    from sozialakte.intake.understanding.letter_contents import read_letter  # noqa: PLC0415

    today = zurich_date(utc_now())

    def read(letter: PlannedLetter) -> LetterReport:
        contents = read_letter(_as_letter(read_pages(pdf, letter.pages), plan), today)
        cuts = _in_file(contents.facts.proposed_cuts, letter)
        return LetterReport(letter.pages, contents.kind, contents.identifiers, cuts)

    return read


def _as_letter(readings: Sequence[PageReading], plan: CutPlan) -> list[PageReading]:
    """The pages numbered as the letter has them, with the codes that the cut found on them."""
    codes = {finding.page: finding.codes for finding in plan.findings}
    numbered = enumerate(readings, start=1)
    return [replace(reading, page=number, codes=codes[reading.page]) for number, reading in numbered]


def _in_file(cuts: Sequence[ProposedCut], letter: PlannedLetter) -> tuple[ProposedCut, ...]:
    """The cuts with the pages numbered as the file has them, in words too."""
    return tuple(_cut_in_file(cut, letter.pages[cut.page - 1]) for cut in cuts)


def _cut_in_file(cut: ProposedCut, page: int) -> ProposedCut:
    words = replace(cut.reason, params={**cut.reason.params, "page": str(page)})
    return replace(cut, page=page, reason=words)
