"""What the route of the lead times gives: numbers of letters, nothing of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sozialakte.dossiers.lead_times import (
    EVERY_KIND,
    FEWEST_SHOWN,
    TARGET,
    Cell,
    LeadStep,
    Span,
    Spread,
    with_every_kind,
)
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


class SpanAnswer(Model):
    """So many letters took so long: longer than the class before, no longer than this one."""

    span: Span
    text: str
    count: int


class LeadTimeAnswer(Model):
    """How long letters of a kind (``all``: of every kind) took in a team.

    ``median`` is the class of the middle one, ``percent_within_target`` the share that took no longer than ``target``.
    Of fewer than five letters only ``count`` is told.
    """

    team: str
    step: LeadStep
    kind: str
    kind_name: str
    count: int
    target: Span
    target_text: str
    median: Span | None
    median_text: str | None
    mean_hours: float | None
    percent_within_target: int | None
    spans: list[SpanAnswer]

    @classmethod
    def of(cls, cell: Cell, spread: Spread) -> LeadTimeAnswer:
        """The lead times of one cell."""
        enough = spread.count >= FEWEST_SHOWN
        median, target = spread.median if enough else None, TARGET[cell.step]
        return cls(
            team=cell.team,
            step=cell.step,
            kind=cell.kind,
            kind_name=words_of_kind(cell.kind),
            count=spread.count,
            target=target,
            target_text=words_of_span(target),
            median=median,
            median_text=words_of_span(median) if median else None,
            mean_hours=spread.mean_hours if enough else None,
            percent_within_target=spread.percent_within(target) if enough else None,
            spans=[_span(span, spread) for span in Span] if enough else [],
        )


class LeadTimeList(Model):
    """Lead times of the steps made on these days, both included, in Zurich; of each team all kinds come first."""

    since: date
    until: date
    leadtimes: list[LeadTimeAnswer]

    @classmethod
    def of(cls, since: date, until: date, found: Mapping[Cell, Spread]) -> LeadTimeList:
        """What was counted."""
        lines = [LeadTimeAnswer.of(cell, spread) for cell, spread in with_every_kind(found).items()]
        return cls(since=since, until=until, leadtimes=lines)


def words_of_kind(kind: str) -> str:
    """A kind of letter, or all of them."""
    return say(Reason("leadtime.every_kind" if kind == EVERY_KIND else f"kind.{kind}"))


def words_of_span(span: Span) -> str:
    """A class of times, for a sentence."""
    return say(Reason(f"leadtime_span.{span}"))


def _span(span: Span, spread: Spread) -> SpanAnswer:
    return SpanAnswer(span=span, text=words_of_span(span), count=spread.counts.get(span, 0))
