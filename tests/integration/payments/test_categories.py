"""The category list is replaced as a whole, only if nothing that needs it breaks, and read once in a while."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.payments.categories import CategoryList
from sozialakte.payments.category_store import FRESH_FOR, CategoriesChangedError, CategoryStore
from sozialakte.payments.import_categories import apply_categories, plan_categories
from sozialakte.payments.rule_store import RuleStore
from sozialakte.payments.standing_rules import StandingRule
from tests.aws import PAYMENTS, counted_calls
from tests.builders import NOW
from tests.coding import CATEGORIES, SAMPLE, a_rule

pytestmark = pytest.mark.usefixtures("aws")

TODAY = date(2026, 11, 22)
CONTENT = SAMPLE.read_text(encoding="utf-8")
RENT = next(line for line in CONTENT.splitlines() if line.startswith("21;"))


def store() -> CategoryStore:
    return CategoryStore(PAYMENTS)


def load(content: str = CONTENT) -> CategoryList:
    plan = plan_categories(content.encode(), store(), RuleStore(PAYMENTS), TODAY)
    return apply_categories(plan, store(), "operator", NOW)


def refused(content: str) -> list[str]:
    plan = plan_categories(content.encode(), store(), RuleStore(PAYMENTS), TODAY)
    with pytest.raises(ValueError, match="problems"):
        apply_categories(plan, store(), "operator", NOW)
    return [problem.rule.code for problem in plan.problems]


def keep(rule: StandingRule) -> None:
    RuleStore(PAYMENTS).save(None, rule)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["payments", "categories", *arguments], env={"COLUMNS": "200"})


def test_a_list_is_kept_and_replaced_as_a_whole() -> None:
    assert store().get() == CategoryList()

    first = load()
    renamed = load(CONTENT.replace(";Miete;", ";Mietzins;"))

    assert first.categories == CATEGORIES.categories
    assert (renamed.version, store().get()) == (2, renamed)
    assert load(CONTENT.replace(";Miete;", ";Mietzins;")).version == 2  # the same again is no new list


def test_of_two_who_import_at_once_the_second_is_told() -> None:
    plan = plan_categories(CONTENT.encode(), store(), RuleStore(PAYMENTS), TODAY)
    load()

    with pytest.raises(CategoriesChangedError):
        apply_categories(plan, store(), "operator", NOW)


def test_a_category_ends_but_is_not_dropped() -> None:
    load()

    assert refused(CONTENT.replace(RENT + "\n", "")) == ["categories.missing"]
    assert load(CONTENT.replace(RENT, RENT + "2026-12-31")).version == 2


def test_a_category_that_a_standing_rule_needs_does_not_end_before_it() -> None:
    load()
    keep(a_rule())
    ended = CONTENT.replace(RENT, RENT + "2026-12-31")

    assert refused(ended) == ["categories.orphan"]
    later = RENT.replace("2026-01-01", "2027-01-02")
    assert refused(f"{ended}{later}\n") == ["categories.orphan"]  # not for a day
    assert load(ended + RENT.replace("2026-01-01", "2027-01-01")).version == 2  # another account from then on


@pytest.mark.parametrize("valid_to", [date(2026, 12, 31), date(2026, 6, 30)])
def test_a_rule_that_ends_in_time_needs_it_no_longer(valid_to: date) -> None:
    load()
    keep(a_rule(valid_to=valid_to))

    assert load(CONTENT.replace(RENT, RENT + "2026-12-31")).version == 2


def test_a_rule_that_ended_needs_nothing() -> None:
    load()
    keep(a_rule())
    RuleStore(PAYMENTS).save(a_rule(), a_rule().end("ma-101", NOW, "umgezogen"))

    assert load(CONTENT.replace(RENT, RENT + "2026-12-31")).version == 2


def test_a_function_reads_the_list_once_in_a_while() -> None:
    load()
    begin = NOW + timedelta(days=1)
    with counted_calls() as calls:
        first = store().as_of(begin)
        again = store().as_of(begin + FRESH_FOR - timedelta(seconds=1))
    assert (first, calls) == (again, ["GetItem"])

    load(CONTENT.replace(";Miete;", ";Mietzins;"))

    assert store().as_of(begin + FRESH_FOR).version == 2


def test_the_command_imports_and_lists(tmp_path: Path) -> None:
    dry = run("import", str(SAMPLE), "--dry-run")
    assert (dry.exit_code, dry.output) == (0, "Geprüft, nichts geschrieben: 37 Kategorien, 37 neu, 0 geändert.\n")
    assert store().get().version == 0

    assert run("import", str(SAMPLE)).exit_code == 0
    listed = run("list", "--day", "2026-11-22")

    assert listed.exit_code == 0
    assert "5720.3637.21" in listed.output
    assert "5720" not in run("list", "--day", "2025-01-01").output
    broken = tmp_path / "broken.csv"
    broken.write_text(CONTENT.replace("5720.3637.21", "5720"), encoding="utf-8")
    told = run("import", str(broken))
    assert told.exit_code == 1
    assert "Die Spalte account hat keinen brauchbaren Wert." in told.output
