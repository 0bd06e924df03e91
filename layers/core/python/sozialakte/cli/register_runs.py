"""How ``sozialakte register`` shows runs and what became of an undo: ids only, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.markup import escape
from rich.table import Column, Table

from sozialakte.register.runs import Run
from sozialakte.register.undo_run import Refused, Undone
from sozialakte.register.words import who
from sozialakte.shared.clock import zurich_time
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def runs_in_a_table(runs: Iterable[Run]) -> Table:
    """One line a run, the newest first."""
    headings = ("cli.run.at", "cli.run.by", "cli.state", "cli.run.what")
    # an id goes over lines rather than lose its end: the next command needs it whole
    table = Table(Column(say(Reason("cli.run")), overflow="fold"), *(say(Reason(heading)) for heading in headings))
    for run in sorted(runs, key=lambda run: run.at, reverse=True):
        at = zurich_time(run.at).strftime("%d.%m.%Y %H:%M")
        table.add_row(run.run_id, at, escape(run.by), say(Reason(f"run.{run.state}")), escape(_what(run)))
    return table


def undone_in_words(undone: Undone) -> Iterator[str]:
    """What was left and why, then the sum."""
    yield from map(_refused, undone.refused)
    counts = {"count": str(undone.restored), "refused": str(len(undone.refused))}
    yield say(Reason("cli.undo.done", {"run": undone.run.run_id, **counts}))


def _what(run: Run) -> str:
    if run.handover:
        order = run.handover
        facts = {"from_staff": order.from_staff, "to_staff": order.to_staff, "day": order.day.strftime("%d.%m.%Y")}
        return say(Reason("cli.run.handover", {**facts, "dossiers": str(run.counts.get("dossiers", 0))}))
    counted = ((name, count) for name, count in run.counts.items() if count)
    return ", ".join(say(Reason("cli.run.entries", {"name": name, "count": str(count)})) for name, count in counted)


def _refused(refused: Refused) -> str:
    since = refused.since
    if refused.in_use:
        return say(Reason("cli.undo.in_use", {"entry": refused.entry}))
    if since.change is None:
        return say(Reason("cli.undo.gone", {"entry": refused.entry}))
    facts = {"entry": refused.entry, "at": since.at or "", "by": who(since.by), "change": since.change}
    return say(Reason("cli.undo.refused", facts))
