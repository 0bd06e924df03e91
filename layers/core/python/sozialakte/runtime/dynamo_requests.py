"""What a write to DynamoDB asks for, as data: alone or as a part of a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sozialakte.runtime.conditions import Attr, Condition, Placeholders
from sozialakte.runtime.items import to_attributes

Request = dict[str, object]

NEW = Attr("pk").not_exists()
"""The condition that the item does not exist yet."""
EXISTS = Attr("pk").exists()
"""The condition that the item exists, so that an update cannot create a half one."""


@dataclass(frozen=True)
class Change:
    """What an update does. A name may be a path into a map (``chunks.3``).

    ``add`` adds to a number (not idempotent: needs a condition) or puts members into a set (idempotent).
    """

    assign: Mapping[str, object] = field(default_factory=dict)
    assign_once: Mapping[str, object] = field(default_factory=dict)
    add: Mapping[str, object] = field(default_factory=dict)
    discard: Mapping[str, object] = field(default_factory=dict)
    remove: tuple[str, ...] = ()


@dataclass(frozen=True)
class Put:
    """Write the whole item into the table, if ``when`` holds for what is there."""

    table: str
    item: Mapping[str, object]
    when: Condition | None = None

    def request(self) -> Request:
        """As DynamoDB asks for it."""
        return {"TableName": self.table, "Item": to_attributes(self.item), **_expressions(None, self.when)}


@dataclass(frozen=True)
class Update:
    """Change attributes of an item, if ``when`` holds."""

    table: str
    pk: str
    sk: str
    change: Change
    when: Condition | None = None

    def request(self) -> Request:
        """As DynamoDB asks for it."""
        return {**_key(self.table, self.pk, self.sk), **_expressions(self.change, self.when)}


@dataclass(frozen=True)
class Delete:
    """Remove an item, if ``when`` holds."""

    table: str
    pk: str
    sk: str
    when: Condition | None = None

    def request(self) -> Request:
        """As DynamoDB asks for it."""
        return {**_key(self.table, self.pk, self.sk), **_expressions(None, self.when)}


@dataclass(frozen=True)
class Check:
    """Change nothing, but refuse the transaction unless ``when`` holds for this item."""

    table: str
    pk: str
    sk: str
    when: Condition

    def request(self) -> Request:
        """As DynamoDB asks for it."""
        return {**_key(self.table, self.pk, self.sk), **_expressions(None, self.when)}


@dataclass(frozen=True)
class Query:
    """Which items: ``Key("pk").eq(...)`` and more, of an index or the table, in order of the sort key."""

    where: Condition
    index: str | None = None
    newest_first: bool = False
    consistent: bool = False
    only: tuple[str, ...] = ()
    matching: Condition | None = None
    keys: tuple[str, ...] = ("pk", "sk")

    def request(self, table: str) -> Request:
        """As DynamoDB asks for it. ``only`` names the attributes wanted, all without it.

        ``matching`` leaves out items that were read (and count for the limit of a page) but do not fit; ``keys`` are
        those of table and index together, by which such a list goes on.
        """
        placeholders = Placeholders()
        expression = self.where.written(placeholders)
        filtered = self.matching.written(placeholders) if self.matching else ""
        wanted = [placeholders.name(name) for name in self.only]
        request: Request = {
            "TableName": table,
            "KeyConditionExpression": expression,
            "ExpressionAttributeNames": placeholders.names,
            "ExpressionAttributeValues": to_attributes(placeholders.values),
            "ScanIndexForward": not self.newest_first,
            "ConsistentRead": self.consistent,
        }
        request |= {"ProjectionExpression": ", ".join(wanted)} if wanted else {}
        request |= {"FilterExpression": filtered} if filtered else {}
        return request | ({"IndexName": self.index} if self.index else {})


Part = Put | Update | Delete | Check


def part_of_transaction(part: Part) -> Request:
    """The part as ``TransactWriteItems`` wants it, handing the existing item back when its condition fails."""
    name = "ConditionCheck" if isinstance(part, Check) else type(part).__name__
    return {name: {**part.request(), "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}}


def _key(table: str, pk: str, sk: str) -> Request:
    return {"TableName": table, "Key": to_attributes({"pk": pk, "sk": sk})}


def _expressions(change: Change | None, when: Condition | None) -> Request:
    placeholders = Placeholders()
    request: Request = {}
    if change is not None:
        request["UpdateExpression"] = _update_expression(change, placeholders)
    if when is not None:
        request["ConditionExpression"] = when.written(placeholders)
    if placeholders.names:
        request["ExpressionAttributeNames"] = placeholders.names
    if placeholders.values:
        request["ExpressionAttributeValues"] = to_attributes(placeholders.values)
    return request


def _update_expression(change: Change, placeholders: Placeholders) -> str:
    name, value = placeholders.name, placeholders.value

    def clauses() -> Iterator[tuple[str, list[str]]]:
        assigned = [f"{name(path)} = {value(content)}" for path, content in change.assign.items()]
        for path, content in change.assign_once.items():
            placeholder = name(path)
            assigned.append(f"{placeholder} = if_not_exists({placeholder}, {value(content)})")
        yield "SET", assigned
        yield "ADD", [f"{name(path)} {value(content)}" for path, content in change.add.items()]
        yield "DELETE", [f"{name(path)} {value(content)}" for path, content in change.discard.items()]
        yield "REMOVE", [name(path) for path in change.remove]

    return " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses() if parts)
