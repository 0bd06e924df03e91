"""Set, approve and end the standing rules of a dossier. The same step by the same person again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sozialakte.payments.categories import CategoryList
from sozialakte.payments.rule_store import RuleChangedError, RuleStore
from sozialakte.payments.standing_rules import RuleEdit, RuleState, RuleStepError, StandingRule
from sozialakte.register import RegisterStore


class WrongRuleError(ValueError):
    """Something of a rule does not hold; ``fields`` are where and which rule of the catalogue (``field.<code>``)."""

    def __init__(self, *fields: tuple[str, str]) -> None:
        super().__init__(", ".join(field for field, _ in fields))
        self.fields = fields


@dataclass(frozen=True)
class SetRules:
    """Somebody works on the rules of a dossier."""

    rules: RuleStore
    register: RegisterStore
    categories: CategoryList
    dossier_id: str
    staff_id: str
    now: datetime

    def set(self, rule: StandingRule) -> StandingRule:
        """Enter a rule, which waits for a second person. Raises `WrongRuleError`, `RuleChangedError` (id is taken)."""
        wrong = tuple(self._wrong(rule))
        if wrong:
            raise WrongRuleError(*wrong)
        entered = replace(
            rule,
            dossier_id=self.dossier_id,
            state=RuleState.PROPOSED,
            edits=(RuleEdit(self.staff_id, self.now, "set"),),
        )
        try:
            return self.rules.save(None, entered)
        except RuleChangedError as error:
            there = error.current
            if there.set_by == self.staff_id and replace(entered, edits=there.edits) == there:
                return there
            raise

    def approve(self, rule_id: str, version: int) -> StandingRule:
        """A second person agrees. Raises `UnknownRuleError`, `RuleChangedError`, `SamePersonError`, `RuleStepError`."""
        rule = self.rules.get(self.dossier_id, rule_id)
        if self._was_done(rule, version, "approved", None):
            return rule
        self._require(rule, version)
        return self.rules.save(rule, rule.approve(self.staff_id, self.now))

    def end(self, rule_id: str, version: int, reason: str) -> StandingRule:
        """No bill is coded by it any more. Raises `UnknownRuleError`, `RuleChangedError`, `RuleStepError`."""
        rule = self.rules.get(self.dossier_id, rule_id)
        if self._was_done(rule, version, "ended", reason):
            return rule
        self._require(rule, version)
        return self.rules.save(rule, rule.end(self.staff_id, self.now, reason))

    def _require(self, rule: StandingRule, version: int) -> None:
        if not rule.lives:
            raise RuleStepError
        if rule.version != version:
            raise RuleChangedError(rule)

    def _was_done(self, rule: StandingRule, version: int, what: str, reason: str | None) -> bool:
        """By the same person, on the version they saw: the answer was lost."""
        last = rule.last_edit
        return rule.version == version + 1 and (last.what, last.by, last.reason) == (what, self.staff_id, reason)

    def _wrong(self, rule: StandingRule) -> Iterator[tuple[str, str]]:
        if rule.valid_to is not None and rule.valid_to < rule.valid_from:
            yield "valid_to", "wrong_day"
        if rule.tolerance >= rule.amount.amount:
            yield "tolerance", "wrong_amount"
        persons = {person.person_id for person in self.register.find_persons_of_dossier(self.dossier_id)}
        for number, line in enumerate(rule.lines):
            if self._gap(line.category, rule) is not None:
                yield f"lines.{number}.category", "no_category"
            if line.person_id is not None and line.person_id not in persons:
                yield f"lines.{number}.person_id", "foreign_person"

    def _gap(self, category: str, rule: StandingRule) -> date | None:
        return self.categories.first_gap(category, rule.valid_from, rule.valid_to)
