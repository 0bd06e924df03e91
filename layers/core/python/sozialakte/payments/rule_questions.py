"""What the routes of the standing rules take and answer."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from sozialakte.payments.standing_rules import MOST_LINES, RuleLine, RuleState, StandingRule
from sozialakte.runtime.free_text import Line, ShortText
from sozialakte.runtime.parameters import Day
from sozialakte.shared.ids import PersonId
from sozialakte.shared.model import Model
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

RuleId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="Made by the caller: sent twice, written once")]
CreditorId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
Amount = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,8})\.[0-9]{2}$", description="francs and cents: 1450.00")]
AmountAboveZero = Annotated[Amount, Field(pattern=r"^([1-9][0-9]*\.[0-9]{2}|0\.(0[1-9]|[1-9][0-9]))$")]
_LaxDay = Annotated[Day, Field(strict=False)]


class _Question(Model):
    model_config = ConfigDict(extra="forbid", strict=True)


class LineOfRule(_Question):
    """So large a share of the amount; without a person for the whole support unit."""

    category: Annotated[str, Field(pattern=r"^[0-9]{1,4}$")]
    share: AmountAboveZero = "1.00"
    person_id: PersonId | None = None

    def line(self) -> RuleLine:
        """As the rule has it."""
        return RuleLine(self.category, Decimal(self.share), self.person_id)


class SetRule(_Question):
    """A standing rule for the bills of a creditor in this dossier."""

    rule_id: RuleId
    creditor_id: CreditorId
    name: Annotated[Line, Field(min_length=1, max_length=80)]
    amount: AmountAboveZero
    currency: Literal["CHF", "EUR"] = "CHF"
    tolerance: Amount = "0.00"
    lines: Annotated[list[LineOfRule], Field(min_length=1, max_length=MOST_LINES)]
    months: Literal[1, 2, 3, 4, 6, 12] = 1
    valid_from: _LaxDay
    valid_to: _LaxDay | None = None

    def rule(self, dossier_id: str) -> StandingRule:
        """The rule before anybody entered it."""
        return StandingRule(
            rule_id=self.rule_id,
            dossier_id=dossier_id,
            creditor_id=self.creditor_id,
            name=self.name,
            amount=Money(Decimal(self.amount), self.currency),
            tolerance=Decimal(self.tolerance),
            lines=tuple(one.line() for one in self.lines),
            months=self.months,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            state=RuleState.PROPOSED,
            edits=(),
        )


class SeenRule(_Question):
    """The version the person saw."""

    version: Annotated[int, Field(ge=1)]


class EndRule(SeenRule):
    """Why it ends."""

    reason: ShortText


class LineAnswer(Model):
    """A line of a rule."""

    category: str
    share: str
    person_id: str | None


class RuleAnswer(Model):
    """A standing rule. ``last_change`` tells in words what the last person did."""

    rule_id: str
    creditor_id: str
    name: str
    amount: str
    currency: str
    tolerance: str
    lines: list[LineAnswer]
    months: int
    valid_from: date
    valid_to: date | None
    state: RuleState
    set_by: str
    last_change: str
    last_change_by: str
    last_change_at: datetime
    version: int

    @classmethod
    def of(cls, rule: StandingRule) -> RuleAnswer:
        """The rule in words."""
        lines = [LineAnswer(category=one.category, share=str(one.share), person_id=one.person_id) for one in rule.lines]
        return cls(
            rule_id=rule.rule_id,
            creditor_id=rule.creditor_id,
            name=rule.name,
            amount=str(rule.amount.amount),
            currency=rule.amount.currency,
            tolerance=str(rule.tolerance),
            lines=lines,
            months=rule.months,
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
            state=rule.state,
            set_by=rule.set_by,
            last_change=words_of_edit(rule),
            last_change_by=rule.last_edit.by,
            last_change_at=rule.last_edit.at,
            version=rule.version,
        )


class RuleList(Model):
    """The rules of a dossier, the newest first."""

    rules: list[RuleAnswer]


def words_of_edit(rule: StandingRule) -> str:
    """What the last person did, in words."""
    return say(Reason(f"rule.{rule.last_edit.what}"))
