"""The register of a population, written at once: the importer's transactions take minutes in moto."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from sozialakte.register.records import NAME_KEYS, Record, item_of, name_key
from sozialakte.runtime.aws import client
from sozialakte.runtime.items import Item, texts, to_attributes
from tests.aws import REGISTER

MOST_AT_ONCE = 25  # rows in one BatchWriteItem


def furnish(records: Iterable[Record]) -> None:
    """Write the records with the rows that lead from names to persons, as the importer leaves them."""
    rows = iter([*_rows(list(records))])
    while some := list(islice(rows, MOST_AT_ONCE)):
        puts = [{"PutRequest": {"Item": to_attributes(row)}} for row in some]
        client("dynamodb").batch_write_item(RequestItems={REGISTER: puts})  # type: ignore[dict-item]


def _rows(records: list[Record]) -> Iterator[Item]:
    holders: dict[str, set[str]] = defaultdict(set)
    for item in map(item_of, records):
        yield item
        for key in texts(item, NAME_KEYS):
            holders[key].add(str(item["pk"]).removeprefix("person#"))
    for key, persons in holders.items():
        pk, sk = name_key(key)
        yield {"pk": pk, "sk": sk, "persons": persons}
