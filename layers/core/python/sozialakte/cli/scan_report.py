"""What the intake would make of a file, as JSON for programs and as tables for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sozialakte.intake.batch import ManifestCheck
from sozialakte.intake.letter_facts import ProposedCut
from sozialakte.intake.model import CutPlan, PageFate, PageFinding, PlannedLetter, UnreadableFileError
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_SHOWN_OF_A_CODE = 40  # characters: the QR code of a bill has hundreds


@dataclass(frozen=True)
class LetterReport:
    """A letter as it would be cut; ``kind`` and ``identifiers`` only if it was read.

    ``proposed_cuts`` are pages of the file with which another letter may begin: a person decides.
    """

    pages: tuple[int, ...]
    kind: str | None = None
    identifiers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    proposed_cuts: tuple[ProposedCut, ...] = ()


@dataclass(frozen=True)
class ScanReport:
    """The pages with their fates and the letters; or the reason why the file would be rejected as a whole.

    ``manifest`` is what the scanning centre's manifest says about it, if one was given.
    """

    pages: tuple[PageFinding, ...]
    letters: tuple[LetterReport, ...] = ()
    error: Reason | None = None
    manifest: ManifestCheck | None = None


def report_plan(plan: CutPlan, report_letter: Callable[[PlannedLetter], LetterReport]) -> ScanReport:
    """The report of a file that would be taken."""
    return ScanReport(plan.findings, tuple(report_letter(letter) for letter in plan.letters))


def report_rejection(error: UnreadableFileError) -> ScanReport:
    """The report of a file that would be rejected; its pages, as far as they were found, share the reason."""
    numbers = range(1, error.pages + 1)
    return ScanReport(tuple(PageFinding(page, PageFate.REJECTED, error.reason) for page in numbers), error=error.reason)


def as_json(report: ScanReport) -> dict[str, object]:
    """The report as programs get it: ``pages``, ``letters``, ``error`` (null, or "code: words").

    Pages are numbered as the file has them. ``manifest`` is there only if one was given.
    """
    answer: dict[str, object] = {
        "pages": [_page_json(page) for page in report.pages],
        "letters": [_letter_json(letter) for letter in report.letters],
        "error": _in_words(report.error) if report.error else None,
    }
    if report.manifest:
        reason = report.manifest.reason
        words = _in_words(reason) if reason else None
        answer["manifest"] = {"pages_counted": report.manifest.counted, "reason": words}
    return answer


def as_tables(report: ScanReport) -> RenderableType:
    """The report for the mailroom."""
    if report.error:
        return Text(say(Reason("cli.rejected", {"reason": say(report.error)})), style="bold red")
    total = {"pages": str(len(report.pages)), "letters": str(len(report.letters))}
    tables = (_pages_table(report.pages), _letters_table(report.letters))
    doubts = report.manifest.reason if report.manifest else None
    told = [Text(say(doubts), style="bold red")] if doubts else []
    return Group(*tables, Text(say(Reason("cli.total", total))), *told)


def _page_json(finding: PageFinding) -> dict[str, object]:
    return {
        "page": finding.page,
        "fate": finding.fate.value,
        "reason": _in_words(finding.reason),
        "codes": [{"format": code.format, "text": code.text} for code in finding.codes],
    }


def _letter_json(letter: LetterReport) -> dict[str, object]:
    return {
        "pages": list(letter.pages),
        "kind": letter.kind,
        "identifiers": {name: list(values) for name, values in letter.identifiers.items()},
        "proposed": bool(letter.proposed_cuts),
        "proposed_cuts": [{"page": cut.page, "reason": _in_words(cut.reason)} for cut in letter.proposed_cuts],
    }


def _in_words(reason: Reason) -> str:
    return f"{reason.code}: {say(reason)}"


def _pages_table(findings: Sequence[PageFinding]) -> Table:
    table = _table("cli.page", "cli.fate", "cli.reason", "cli.codes")
    for finding in findings:
        codes = ", ".join(_short(code.text) for code in finding.codes)
        fate = say(Reason(f"fate.{finding.fate.value}"))
        table.add_row(str(finding.page), fate, Text(say(finding.reason)), Text(codes))
    return table


def _letters_table(letters: Sequence[LetterReport]) -> Table:
    table = _table("cli.letter", "cli.pages", "cli.kind", "cli.identifiers", "cli.proposed_cuts")
    for number, letter in enumerate(letters, start=1):
        found = ", ".join(value for values in letter.identifiers.values() for value in values)
        cuts = "; ".join(f"{cut.page}: {say(cut.reason)}" for cut in letter.proposed_cuts)
        pages = ", ".join(map(str, letter.pages))
        table.add_row(str(number), pages, letter.kind or "-", Text(found or "-"), Text(cuts or "-"))
    return table


def _table(*heading_codes: str) -> Table:
    return Table(*(say(Reason(code)) for code in heading_codes))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_OF_A_CODE else f"{line[:_SHOWN_OF_A_CODE]}..."
