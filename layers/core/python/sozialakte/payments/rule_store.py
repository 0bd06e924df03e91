"""Standing rules, and how a creditor's last invoice in a dossier was coded, in the payments table.

| to find | how |
|---|---|
| the rules of a dossier | query ``CODING#<dossier_id>`` |
| rules and last coding for a creditor in a dossier | the same, ``<creditor_id>#`` |
| rules that need a category | query ``NEEDS#<category>``, then batch get |

The last coding is written in the transaction that approves an invoice (`last_coding_parts`), so that a proposal finds it
in one query however long ago it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.standing_rules import RuleLine, StandingRule
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    ConditionFailedError,
    Delete,
    Item,
    Key,
    Part,
    Put,
    Query,
    Table,
    transact,
)
from sozialakte.runtime.items import text

_LAST = "last"


class UnknownRuleError(LookupError):
    """The dossier has no such rule."""


class RuleChangedError(Exception):
    """Somebody changed the rule meanwhile; ``current`` is what it is now."""

    def __init__(self, current: StandingRule) -> None:
        super().__init__(f"version {current.version}")
        self.current = current


@dataclass(frozen=True)
class LastCoding:
    """How the last approved invoice of a creditor in a dossier was coded; ``months``: so many it was for."""

    invoice_id: str
    lines: tuple[RuleLine, ...]
    months: int = 1


@dataclass(frozen=True)
class KnownCoding:
    """What is known of a creditor in a dossier."""

    rules: tuple[StandingRule, ...] = ()
    last: LastCoding | None = None


@dataclass(frozen=True)
class RuleStore:
    """The rules in the payments table."""

    table: str

    def of_dossier(self, dossier_id: str) -> tuple[StandingRule, ...]:
        """The dossier's rules, also those that ended."""
        rows = Table(self.table).query(Query(Key("pk").eq(_dossier(dossier_id)), consistent=True))
        return tuple(_rule_of(row) for row in rows if row["entity"] == "rule")

    def get(self, dossier_id: str, rule_id: str) -> StandingRule:
        """The rule. Raises `UnknownRuleError`."""
        found = next((rule for rule in self.of_dossier(dossier_id) if rule.rule_id == rule_id), None)
        if found is None:
            raise UnknownRuleError(rule_id)
        return found

    def known(self, dossier_id: str, creditor_id: str) -> KnownCoding:
        """The rules for a creditor's bills, and how the last one was coded."""
        where = Key("pk").eq(_dossier(dossier_id)) & Key("sk").begins_with(f"{creditor_id}#")
        rows = list(Table(self.table).query(Query(where, consistent=True)))
        rules = tuple(_rule_of(row) for row in rows if row["entity"] == "rule")
        last = next((_last_of(row) for row in rows if row["entity"] == "last_coding"), None)
        return KnownCoding(rules, last)

    def needing(self, category: str) -> tuple[StandingRule, ...]:
        """Living rules with this category, of all dossiers."""
        rows = Table(self.table).query(Query(Key("pk").eq(_needs(category)), consistent=True))
        keys = [(text(row, "rule_pk"), text(row, "rule_sk")) for row in rows]
        found = map(_rule_of, Table(self.table).get_many(keys, consistent=True))
        return tuple(sorted(found, key=lambda rule: (rule.dossier_id, rule.rule_id)))

    def save(self, before: StandingRule | None, after: StandingRule) -> StandingRule:
        """A new rule (``before`` None) or its next version. Raises `RuleChangedError`; the same again: nothing."""
        when = Attr("version").eq(before.version) if before else NEW
        try:
            transact([Put(self.table, _item(after), when), *self._pointers(after)])
        except ConditionFailedError as error:
            current = self.get(after.dossier_id, after.rule_id)
            if current != after:
                raise RuleChangedError(current) from error
        return after

    def _pointers(self, rule: StandingRule) -> Iterator[Part]:
        pk, sk = _key(rule)
        for category in sorted({line.category for line in rule.lines}):
            if rule.lives:
                place = {"pk": _needs(category), "sk": f"{pk}#{sk}"}
                yield Put(self.table, {**place, "entity": "pointer", "rule_pk": pk, "rule_sk": sk})
            else:
                yield Delete(self.table, _needs(category), f"{pk}#{sk}")


def last_coding_parts(table: str, before: Invoice | None, after: Invoice) -> Iterator[Part]:
    """What approving an invoice leaves for the next one of its creditor, as a part of the same transaction."""
    is_new = before is None or before.state is not InvoiceState.APPROVED
    coded = [line for line in after.lines if line.category is not None and line.amount > 0]
    if after.state is InvoiceState.APPROVED and is_new and coded and after.dossier_id and after.creditor_id:
        lines = [RuleLine(line.category or "", line.amount, line.person_id) for line in coded]
        last = adapter(LastCoding).dump_python(
            LastCoding(after.invoice_id, tuple(lines), _months(after)), mode="json", exclude_none=True
        )
        place = {"pk": _dossier(after.dossier_id), "sk": f"{after.creditor_id}#{_LAST}", "entity": "last_coding"}
        yield Put(table, {**last, **place})


def _months(invoice: Invoice) -> int:
    first = invoice.lines[0].period_from
    last = invoice.lines[0].period_to
    return (last.year - first.year) * 12 + last.month - first.month + 1 if first and last else 1


def _dossier(dossier_id: str) -> str:
    return f"CODING#{dossier_id}"


def _needs(category: str) -> str:
    return f"NEEDS#{category}"


def _key(rule: StandingRule) -> tuple[str, str]:
    return _dossier(rule.dossier_id), f"{rule.creditor_id}#rule#{rule.rule_id}"


def _item(rule: StandingRule) -> Item:
    pk, sk = _key(rule)
    stored = adapter(StandingRule).dump_python(rule, mode="json", exclude_none=True)
    return {**stored, "pk": pk, "sk": sk, "entity": "rule"}


def _rule_of(item: Item) -> StandingRule:
    fields = StandingRule.__dataclass_fields__
    stored = {"valid_to": None} | {name: item[name] for name in fields if name in item}
    return adapter(StandingRule).validate_python(stored)


def _last_of(item: Item) -> LastCoding:
    return adapter(LastCoding).validate_python({name: item[name] for name in LastCoding.__dataclass_fields__})

