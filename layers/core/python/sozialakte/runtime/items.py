"""DynamoDB items as plain Python values, both ways, and typed reading of their attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sozialakte.runtime.attribute_values import from_attribute, to_attribute

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

Item = dict[str, object]
"""Attributes by name: str, int, Decimal, bool, None, bytes, list, dict, and sets of str, int or bytes. No floats."""


class MalformedItemError(ValueError):
    """A stored item lacks an attribute or holds another type than the code that wrote it does."""


def to_attributes(item: Mapping[str, object]) -> dict[str, AttributeValueTypeDef]:
    """The item as DynamoDB writes it. Raises ``TypeError`` for a float and other types DynamoDB does not know."""
    return {name: to_attribute(value) for name, value in item.items()}


def from_attributes(attributes: Mapping[str, object]) -> Item:
    """The item as plain Python: whole numbers as ``int``, other numbers as ``Decimal``, sets as ``set``."""
    return {name: from_attribute(value) for name, value in attributes.items()}


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


def flag(item: Mapping[str, object], name: str) -> bool | None:
    """Yes, no, or None if the attribute is absent. Raises `MalformedItemError`."""
    value = item.get(name)
    if value is not None and not isinstance(value, bool):
        raise MalformedItemError(f"attribute {name} is neither yes nor no")
    return value


def texts(item: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The list of texts ``name``, empty if absent. Raises `MalformedItemError`."""
    value = item.get(name, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise MalformedItemError(f"attribute {name} is no list of texts")
    return tuple(value)
