"""DynamoDB items as plain Python values, both ways, and typed reading of their attributes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer  # noqa: TID251 (the types of stored values)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

Item = dict[str, object]
"""Attributes by name: str, int, Decimal, bool, None, bytes, list, dict, and sets of str, int or bytes. No floats."""

_SERIALIZER = TypeSerializer()
_DESERIALIZER = TypeDeserializer()


class MalformedItemError(ValueError):
    """A stored item lacks an attribute or holds another type than the code that wrote it does."""


def to_attribute(value: object) -> AttributeValueTypeDef:
    """The value as DynamoDB writes it. Raises ``TypeError`` for a float and other types DynamoDB does not know."""
    return _SERIALIZER.serialize(value)


def to_attributes(item: Mapping[str, object]) -> dict[str, AttributeValueTypeDef]:
    """The item as DynamoDB writes it."""
    return {name: to_attribute(value) for name, value in item.items()}


def from_attributes(attributes: Mapping[str, object]) -> Item:
    """The item as plain Python: whole numbers as ``int``, other numbers as ``Decimal``, sets as ``set``."""
    return {
        name: _plain(_DESERIALIZER.deserialize(cast("AttributeValueTypeDef", value)))
        for name, value in attributes.items()
    }


def text(item: Mapping[str, object], name: str) -> str:
    """The text attribute ``name``. Raises `MalformedItemError`."""
    value = item.get(name)
    if not isinstance(value, str):
        raise MalformedItemError(f"attribute {name} is no text")
    return value


def optional_text(item: Mapping[str, object], name: str) -> str | None:
    """The text attribute ``name``, or None if it is absent or null. Raises `MalformedItemError`."""
    return None if item.get(name) is None else text(item, name)


def number(item: Mapping[str, object], name: str) -> int:
    """The whole number ``name``. Raises `MalformedItemError`."""
    value = item.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedItemError(f"attribute {name} is no whole number")
    return value


def texts(item: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The list of texts ``name``, empty if absent. Raises `MalformedItemError`."""
    value = item.get(name, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise MalformedItemError(f"attribute {name} is no list of texts")
    return tuple(value)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, Binary):
        return bytes(value.value)  # type: ignore[attr-defined]  # the stubs lack it
    if isinstance(value, dict):
        return {name: _plain(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, set):
        return {_plain(entry) for entry in value}
    return value
