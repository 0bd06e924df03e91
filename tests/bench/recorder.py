"""Writes down every call of AWS that functions make, with the units DynamoDB would count for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.backends import get_backend

from sozialakte.runtime.aws import reset_clients, session
from tests.aws import ACCOUNT, INDEXES, REGION
from tests.bench.capacity import TRANSACTED, Attributes, item_size, read_units, write_units

NOBODY = "event sources"
"""Who takes messages off queues for us; Amazon does, and asks for these requests too."""
_PLACES = {"Put": "Item", "Update": "Key", "Delete": "Key", "ConditionCheck": "Key"}
Key = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Call:
    """One request: who made it, of which service, and DynamoDB's units."""

    function: str
    service: str
    operation: str
    reads: float = 0.0
    writes: float = 0.0


@dataclass(frozen=True)
class _Write:
    table: str
    key: Key
    before: Attributes | None

    def units(self) -> float:
        """By what the item was before the call and is now."""
        return write_units(self.before, _item(self.table, self.key), [keys for _, *keys in INDEXES[self.table]])


@dataclass
class Recorder:
    """Listens to the session from `listen` on. ``function`` is who is at work."""

    function: str = NOBODY
    calls: list[Call] = field(default_factory=list)

    def listen(self) -> None:
        """Hear every client made from now on; those made before are forgotten."""
        reset_clients()
        session().events.register("before-parameter-build", self._before)
        session().events.register("after-call", self._after)

    def _before(self, params: Mapping[str, Any], model: Any, context: dict[str, Any], **_: object) -> None:
        context["asked"] = params
        context["writes"] = [
            _Write(table, key, _item(table, key)) for table, key in _written(model.name, params) if table in INDEXES
        ]

    def _after(self, model: Any, parsed: Mapping[str, Any], context: Mapping[str, Any], **_: object) -> None:
        service = model.service_model.service_name
        if service != "dynamodb":
            self.calls.append(Call(self.function, service, model.name))
            return
        twice = TRANSACTED if model.name == "TransactWriteItems" else 1
        writes = twice * sum(write.units() for write in context["writes"])
        reads = _reads(model.name, context["asked"], parsed)
        self.calls.append(Call(self.function, service, model.name, reads, writes))


def _reads(operation: str, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    consistent = bool(asked.get("ConsistentRead"))
    match operation:
        case "GetItem":
            return read_units([item_size(answer["Item"])] if "Item" in answer else [], consistent=consistent)
        case "Query":
            return read_units([item_size(item) for item in answer.get("Items", [])], consistent=consistent)
        case "BatchGetItem":
            wanted = sum(len(table["Keys"]) for table in asked["RequestItems"].values())
            found = [item_size(item) for items in answer["Responses"].values() for item in items]
            absent = [0] * (wanted - len(found))
            return sum(read_units([size], consistent=False) for size in [*found, *absent])
    return 0.0


def _written(operation: str, asked: Mapping[str, Any]) -> Iterator[tuple[str, Key]]:
    """Table and key of every item that a call writes or checks."""
    if operation == "TransactWriteItems":
        for part in asked["TransactItems"]:
            ((what, request),) = part.items()
            yield request["TableName"], _key_in(request[_PLACES[what]])
    elif operation in {"PutItem", "UpdateItem", "DeleteItem"}:
        yield asked["TableName"], _key_in(asked["Item" if operation == "PutItem" else "Key"])


def _key_in(item: Mapping[str, Any]) -> Key:
    return {"pk": item["pk"], "sk": item["sk"]}


def _item(table: str, key: Key) -> Attributes | None:
    """The item as it lies in moto, without a call that would be written down."""
    found = get_backend("dynamodb")[ACCOUNT][REGION].get_item(table, dict(key))
    return found.to_json()["Attributes"] if found else None
