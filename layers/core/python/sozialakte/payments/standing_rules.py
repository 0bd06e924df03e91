"""Standing rules: how the recurring bills of a creditor in a dossier (rent, premiums) are coded. Pure.

A rule is entered by one person and approved by another; until then nothing is coded by it. It is never changed: it ends
and another one follows, so that what an invoice was coded by stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from sozialakte.payments.invoice import Act, CodingLine, Duty
from sozialakte.shared.money import Money

MOST_LINES = 12
"""People of a support unit and kinds of costs; more is no standing rule."""
_CENT = Decimal("0.01")


class RuleState(StrEnum):
    """``PROPOSED``: waits for a second person. ``APPROVED``: codes bills. ``ENDED``: no more, or never did."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    ENDED = "ended"


class SamePersonError(Exception):
    """Whoever entered a rule cannot approve it."""


class RuleStepError(Exception):
    """The rule is past that: it has ended, or is approved already."""


@dataclass(frozen=True)
class RuleLine:
    """``share`` of the amount for a category and a person (None: the whole support unit); shares need not sum to 1."""

    category: str
    share: Decimal
    person_id: str | None = None


@dataclass(frozen=True)
class RuleEdit:
    """``by`` did ``what`` (a code of the catalogue: ``rule.<what>``) at ``at``."""

    by: str
    at: datetime
    what: str
    reason: str | None = None


@dataclass(frozen=True)
class StandingRule:
    """Bills of ``amount`` (give or take ``tolerance``) from a creditor for a dossier, each for ``months`` months."""

    rule_id: str
    dossier_id: str
    creditor_id: str
    name: str
    amount: Money
    tolerance: Decimal
    lines: tuple[RuleLine, ...]
    months: int
    valid_from: date
    valid_to: date | None
    state: RuleState
    edits: tuple[RuleEdit, ...]
    version: int = 1

    @property
    def set_by(self) -> str:
        """Who entered it."""
        return self.edits[0].by

    @property
    def last_edit(self) -> RuleEdit:
        """Who changed it last."""
        return self.edits[-1]

    @property
    def lives(self) -> bool:
        """Waits for approval or codes bills."""
        return self.state is not RuleState.ENDED

    def holds_on(self, day: date) -> bool:
        """Whether bills of this day are coded by it."""
        in_time = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return self.state is RuleState.APPROVED and in_time

    def differs_by(self, asked: Money) -> Decimal | None:
        """How far the amount is from the expected one; None: another currency."""
        return abs(asked.amount - self.amount.amount) if asked.currency == self.amount.currency else None

    def expects(self, asked: Money) -> bool:
        """Whether the amount is one it was made for."""
        difference = self.differs_by(asked)
        return difference is not None and difference <= self.tolerance

    def approve(self, by: str, at: datetime) -> StandingRule:
        """A second person agrees. Raises `SamePersonError`, `RuleStepError`."""
        if by == self.set_by:
            raise SamePersonError
        if self.state is not RuleState.PROPOSED:
            raise RuleStepError
        return self._step(RuleState.APPROVED, RuleEdit(by, at, "approved"))

    def end(self, by: str, at: datetime, reason: str) -> StandingRule:
        """No bill is coded by it any more. Raises `RuleStepError`."""
        if not self.lives:
            raise RuleStepError
        return self._step(RuleState.ENDED, RuleEdit(by, at, "ended", reason))

    def act(self, at: datetime, round_: int) -> Act:
        """What coding an invoice by this rule makes of whoever entered the rule: one who entered the invoice."""
        return Act(Duty.ENTER, "rule", self.set_by, at, round=round_, reason=self.rule_id)

    def _step(self, state: RuleState, edit: RuleEdit) -> StandingRule:
        return replace(self, state=state, edits=(*self.edits, edit), version=self.version + 1)


def shared_out(amount: Decimal, lines: tuple[RuleLine, ...], first: date, last: date) -> tuple[CodingLine, ...]:
    """The amount over the lines by their shares, to the cent: cents that are left go to the first line."""
    total = sum((line.share for line in lines), Decimal())
    parts = [(amount * line.share / total).quantize(_CENT, ROUND_DOWN) for line in lines]
    parts[0] += amount - sum(parts, Decimal())
    return tuple(
        CodingLine(part, line.category, line.person_id, first, last) for part, line in zip(parts, lines, strict=True)
    )
