"""Python values as DynamoDB stores them, both ways.

The same pairs as boto3's ``TypeSerializer`` and ``TypeDeserializer`` (a test compares), without importing boto3: a
handler that starts must not wait for a library it first needs when it calls AWS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from decimal import Clamped, Context, Decimal, Inexact, Overflow, Rounded, Underflow
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

# A number has up to 38 digits and no other is taken for it. Amazon DynamoDB Developer Guide, "Data types: Number".
_NUMBERS = Context(Emin=-128, Emax=126, prec=38, traps=[Clamped, Overflow, Inexact, Rounded, Underflow])


def to_attribute(value: object) -> AttributeValueTypeDef:
    """The value as DynamoDB writes it. Raises ``TypeError`` for a float and other types DynamoDB does not know.

    A number that would lose digits raises the ``decimal`` signal that says so.
    """
    return cast("AttributeValueTypeDef", dict([_typed(value)]))


def from_attribute(attribute: object) -> object:
    """The plain value: whole numbers as ``int``, others as ``Decimal``, sets as ``set``. Raises ``TypeError``."""
    if isinstance(attribute, dict):
        for kind, stored in attribute.items():
            if kind in _READERS:
                return _READERS[kind](stored)
    raise TypeError("not a value of DynamoDB")


def _typed(value: object) -> tuple[str, object]:
    match value:
        case None:
            return "NULL", True
        case bool():
            return "BOOL", value
        case Mapping():
            return "M", {name: to_attribute(entry) for name, entry in value.items()}
        case list() | tuple():
            return "L", [to_attribute(entry) for entry in value]
        case Set():
            return _typed_set(value)
    return _typed_scalar(value)


def _typed_scalar(value: object) -> tuple[str, object]:
    match value:
        case str():
            return "S", value
        case int() | Decimal():
            return "N", _number(value)
        case bytes() | bytearray():
            return "B", value
    raise TypeError(f"DynamoDB stores no {type(value).__name__}")


def _typed_set(members: Set[object]) -> tuple[str, object]:
    typed = [_typed_scalar(member) for member in members]
    kinds = {kind for kind, _ in typed}
    if len(kinds) != 1:
        raise TypeError("a set holds texts, numbers or bytes, and at least one")
    return f"{kinds.pop()}S", [stored for _, stored in typed]


def _number(value: int | Decimal) -> str:
    number = _NUMBERS.create_decimal(value)
    if not number.is_finite():
        raise TypeError("DynamoDB stores no infinity")
    return str(number)


def _plain_number(stored: str) -> int | Decimal:
    number = Decimal(stored)
    return int(number) if number == number.to_integral_value() else number


_READERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "NULL": lambda _: None,
        "BOOL": bool,
        "S": str,
        "N": _plain_number,
        "B": bytes,
        "SS": set,
        "NS": lambda stored: set(map(_plain_number, stored)),
        "BS": set,
        "L": lambda stored: list(map(from_attribute, stored)),
        "M": lambda stored: {name: from_attribute(entry) for name, entry in stored.items()},
    }
)
