"""Replace the category list: first planned and checked, then written in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.payments.categories import CategoryList
from sozialakte.payments.category_file import LineProblem, read_categories
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.rule_store import RuleStore
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class CategoryImport:
    """What a file would do; with ``problems`` it does nothing. ``added`` and ``changed`` are numbers of categories."""

    before: CategoryList
    after: CategoryList
    problems: tuple[LineProblem, ...]

    @property
    def added(self) -> frozenset[str]:
        """Categories that are new."""
        return self.after.codes - self.before.codes

    @property
    def changed(self) -> frozenset[str]:
        """Categories with other facts or days than before."""
        return frozenset(code for code in self.before.codes if self.before.of(code) != self.after.of(code))

    @property
    def is_needed(self) -> bool:
        """Whether anything would change."""
        return bool(self.added or self.changed)


def plan_categories(content: bytes, store: CategoryStore, rules: RuleStore, today: date) -> CategoryImport:
    """Check a file against itself, the list that holds, and the standing rules that need its categories."""
    read = read_categories(content)
    before, after = store.get(), CategoryList(read.categories)
    problems = read.problems or (*_missing(before, after), *_orphans(before, after, rules, today))
    return CategoryImport(before, after, problems)


def apply_categories(plan: CategoryImport, store: CategoryStore, by: str, now: datetime) -> CategoryList:
    """Write it, if anything changes. Raises `CategoriesChangedError`, and ``ValueError`` for a plan with problems."""
    if plan.problems:
        raise ValueError("a list with problems is not imported")
    return store.replace(plan.before, plan.after, by, now) if plan.is_needed else plan.before


def _missing(before: CategoryList, after: CategoryList) -> Iterator[LineProblem]:
    for code in sorted(before.codes - after.codes):
        yield LineProblem(0, Reason("categories.missing", {"code": code}))


def _orphans(before: CategoryList, after: CategoryList, rules: RuleStore, today: date) -> Iterator[LineProblem]:
    """Standing rules that would lose their category on a day to come."""
    for code in sorted(code for code in before.codes & after.codes if before.of(code) != after.of(code)):
        for rule in rules.needing(code):
            gap = after.first_gap(code, max(today, rule.valid_from), rule.valid_to)
            if gap is not None and (rule.valid_to is None or today <= rule.valid_to):
                facts = {"code": code, "day": f"{gap:%d.%m.%Y}", "dossier_id": rule.dossier_id}
                yield LineProblem(0, Reason("categories.orphan", facts))
