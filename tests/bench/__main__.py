"""``make bench``: measures, shows a table, writes ``build/bench.json``. With names of sections it measures only those
and writes nothing: ``.venv/bin/python -m tests.bench imports cutting``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.bench.processes import ROOT, MeasurementError
from tests.bench.report import Report
from tests.bench.rows import Row, write_rows

SECTIONS: Mapping[str, str] = {
    "cutting": "finding codes and cutting",
    "reading": "reading",
    "bills": "reading QR-bills",
    "bill_calls": "calls of a bill",
    "bill_lists": "lists of bills",
    "payment_file": "files of payments",
    "memory": "memory of 1'000 pages",
    "calls": "calls and price",
    "lists": "lists and searches",
    "searching": "full text in a dossier",
    "imports": "starting",
    "reliability": "reliability over generated letters",
}
RESULT = ROOT / "build" / "bench.json"


def main(wanted: Sequence[str]) -> int:
    """Measure; 0 if every target is reached, 1 if one is missed or not measured, 2 for a section nobody knows."""
    console = Console()
    if unknown := sorted(set(wanted) - SECTIONS.keys()):
        console.print(f"bench: no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
        return 2
    report = _measure(list(wanted) or list(SECTIONS), console)
    console.print(_table(report.rows))
    for note in report.notes:
        console.print(f"• {note}", markup=False, highlight=False)
    if not wanted:
        write_rows(report.rows, RESULT)
        console.print(f"written: {RESULT.relative_to(ROOT)}")
    return _verdict(report, console)


def _measure(names: Sequence[str], console: Console) -> Report:
    report = Report()
    columns = (TextColumn("{task.description:<60}"), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(names))
        for name in names:
            report.doing = _saying(progress, task, SECTIONS[name])
            _measure_section(name, report)
            progress.advance(task)
    return report


def _measure_section(name: str, report: Report) -> None:
    """One section; if one of its programs fails, the others are measured all the same."""
    try:
        import_module(f"tests.bench.{name}").measure(report)
    except MeasurementError as error:
        report.fail(f"{SECTIONS[name]}: not measured, {error}")


def _saying(progress: Progress, task: object, section: str) -> Callable[[str], None]:
    def say(what: str) -> None:
        progress.update(task, description=f"{section}: {what}"[:60])  # type: ignore[arg-type] # rich's TaskID is an int

    say("")
    return say


def _table(rows: Sequence[Row]) -> Table:
    table = Table("figure", "value", "unit", "target", "")
    for column in (1, 3):
        table.columns[column].justify = "right"
    for row in rows:
        target = "" if row.target is None else f"{row.target:g}"
        mark = "" if row.target is None else "[green]ok[/]" if row.ok else "[red]missed[/]"
        table.add_row(row.name, f"{row.value:g}", row.unit, target, mark)
    return table


def _verdict(report: Report, console: Console) -> int:
    if report.failed or report.missed:
        console.print(f"bench: {len(report.missed)} targets are missed, {report.failed} sections could not be measured")
        return 1
    console.print("bench: every target is reached")
    return 0


if __name__ == "__main__":
    os.environ["POWERTOOLS_LOG_LEVEL"] = "CRITICAL"  # what functions log would run through the progress
    sys.exit(main(sys.argv[1:]))
