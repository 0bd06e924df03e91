"""A table in memory for tests that take thousands of steps: what the payments' stores ask of DynamoDB, and no more.

Conditions are ``attribute_not_exists(pk)`` and ``name = value``; queries are of one partition of the table itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore.exceptions import ClientError

from sozialakte.runtime import dynamo

Attributes = dict[str, Any]


class PaperTables:
    """Stands for the client of DynamoDB; all rows of all tables in one dictionary."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], Attributes] = {}

    def get_item(self, *, TableName: str, Key: Attributes, **_: object) -> Attributes:  # noqa: N803 (as boto3)
        """One row."""
        row = self.rows.get(_place(TableName, Key))
        return {"Item": dict(row)} if row else {}

    def batch_get_item(self, *, RequestItems: Mapping[str, Attributes]) -> Attributes:  # noqa: N803
        """Some rows."""
        ((table, asked),) = RequestItems.items()
        found = [self.rows.get(_place(table, key)) for key in asked["Keys"]]
        return {"Responses": {table: [dict(row) for row in found if row]}, "UnprocessedKeys": {}}

    def query(self, **asked: Any) -> Attributes:
        """A partition, in order."""
        assert "IndexName" not in asked
        assert asked["KeyConditionExpression"] in {"#n0 = :v0", "(#n0 = :v0 AND begins_with(#n1, :v1))"}
        values = asked["ExpressionAttributeValues"]
        pk, start = values[":v0"]["S"], values.get(":v1", {"S": ""})["S"]
        here = [(key, row) for key, row in self.rows.items() if key[:2] == (asked["TableName"], pk)]
        found = sorted((key, row) for key, row in here if key[2].startswith(start))
        return {"Items": [dict(row) for _, row in found]}

    def transact_write_items(self, *, TransactItems: list[Attributes]) -> None:  # noqa: N803
        """All or nothing."""
        parts = [next(iter(part.items())) for part in TransactItems]
        failed = [not self._holds(part) for _, part in parts]
        if any(failed):
            reasons = [{"Code": "ConditionalCheckFailed" if no else "None"} for no in failed]
            answer = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}
            raise ClientError(answer, "TransactWriteItems")  # type: ignore[arg-type]
        for kind, part in parts:
            self._write(kind, part)

    def _holds(self, part: Attributes) -> bool:
        row = self.rows.get(_place(part["TableName"], part.get("Item") or part["Key"]))
        condition = part.get("ConditionExpression")
        if condition is None:
            return True
        name = part["ExpressionAttributeNames"]["#n0"]
        if condition == "attribute_not_exists(#n0)":
            return row is None or name not in row
        assert condition == "#n0 = :v0"
        return row is not None and row.get(name) == part["ExpressionAttributeValues"][":v0"]

    def _write(self, kind: str, part: Attributes) -> None:
        place = _place(part["TableName"], part.get("Item") or part["Key"])
        if kind == "Put":
            self.rows[place] = dict(part["Item"])
        elif kind == "Delete":
            self.rows.pop(place, None)
        elif kind == "Update":
            row = self.rows.setdefault(place, dict(part["Key"]))
            for name, value in re.findall(r"(#n\d+) (:v\d+)", part["UpdateExpression"].removeprefix("ADD ")):
                column = part["ExpressionAttributeNames"][name]
                added = int(part["ExpressionAttributeValues"][value]["N"]) + int(row.get(column, {"N": "0"})["N"])
                row[column] = {"N": str(added)}


@contextmanager
def paper_tables() -> Iterator[PaperTables]:
    """All stores read and write here meanwhile."""
    tables = PaperTables()
    with patch.object(dynamo, "client", lambda _: tables):
        yield tables


def _place(table: str, key: Attributes) -> tuple[str, str, str]:
    return table, key["pk"]["S"], key["sk"]["S"]
