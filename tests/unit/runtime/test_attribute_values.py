"""Our values of DynamoDB are boto3's values."""

from __future__ import annotations

from decimal import Decimal, DecimalException, Inexact
from enum import StrEnum
from typing import Any

import pytest
from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer  # noqa: TID251 (what we compare with)
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.runtime.attribute_values import from_attribute, to_attribute

NUMBERS = st.integers(-(10**38) + 1, 10**38 - 1) | st.decimals(-(10**20), 10**20, allow_nan=False, places=5)
SCALARS = st.none() | st.booleans() | st.text() | st.binary() | NUMBERS
SETS = st.sets(st.text(), min_size=1) | st.frozensets(NUMBERS, min_size=1) | st.sets(st.binary(), min_size=1)
VALUES = st.recursive(
    SCALARS | SETS,
    lambda more: st.lists(more) | st.lists(more).map(tuple) | st.dictionaries(st.text(), more),
    max_leaves=12,
)
WHATEVER = VALUES | st.floats() | st.sets(st.integers() | st.text()) | st.complex_numbers() | st.decimals()


class Fate(StrEnum):
    """Values of ours are often enumerations."""

    FILED = "filed"


def plain(value: Any) -> object:
    """What boto3 reads, without its own types for numbers and bytes."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else value
        case Binary():
            return bytes(value.value)  # type: ignore[attr-defined]  # the stubs lack it
        case dict():
            return {name: plain(entry) for name, entry in value.items()}
        case list() | set():
            return type(value)(map(plain, value))
    return value


def refused(write: Any, value: object) -> bool:
    try:
        write(value)
    except (TypeError, DecimalException):
        return True
    return False


@given(VALUES)
def test_values_are_written_as_boto3_writes_them(value: object) -> None:
    assert to_attribute(value) == TypeSerializer().serialize(value)


@given(VALUES)
def test_values_are_read_as_boto3_reads_them(value: object) -> None:
    stored = TypeSerializer().serialize(value)

    read = from_attribute(stored)

    assert read == plain(TypeDeserializer().deserialize(stored))
    assert to_attribute(read).keys() == stored.keys()


@given(WHATEVER)
def test_nothing_is_written_that_boto3_refuses(value: object) -> None:
    if refused(TypeSerializer().serialize, value):
        assert refused(to_attribute, value)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        object(),
        set(),
        {"a", 1},
        {None},
        Decimal("Infinity"),
        Decimal("-Infinity"),
        Decimal("NaN"),
        [1.5],
        {"a": {1.5}},
    ],
)
def test_what_dynamodb_does_not_store_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        to_attribute(value)


def test_a_number_that_would_lose_digits_is_refused() -> None:
    with pytest.raises(Inexact):
        to_attribute(10**38 + 1)


@pytest.mark.parametrize("stored", [None, {}, {"X": "1"}, {"L": [{}]}, "S"])
def test_what_is_no_value_is_not_guessed(stored: object) -> None:
    with pytest.raises(TypeError):
        from_attribute(stored)


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_come_back_as_int(value: int) -> None:
    read = from_attribute(to_attribute(value))

    assert isinstance(read, int)
    assert read == value


def test_an_enumeration_is_stored_as_its_text() -> None:
    assert to_attribute(Fate.FILED) == {"S": "filed"}
