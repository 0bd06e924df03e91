"""Units of DynamoDB, by the rules and examples of its Developer Guide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.capacity import Attributes, item_size, read_units, write_units

BY_STATE = ("state_key", "since")
SIZES = st.lists(st.integers(0, 400_000), max_size=5)


def an_item(size: int, **keys: str) -> Attributes:
    """An item of so many bytes, with these texts among its attributes."""
    item = {name: {"S": value} for name, value in keys.items()}
    return {**item, "f": {"S": "x" * (size - 1 - item_size(item))}}


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "äöü"}, 6),
        ({"S": ""}, 0),
        ({"N": "7"}, 2),
        ({"N": "1234"}, 3),
        ({"N": "-1234"}, 4),
        ({"N": "1200000"}, 2),  # zeroes at the ends do not count
        ({"B": b"\x00\x01\x02"}, 3),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"L": []}, 3),
        ({"L": [{"S": "ab"}, {"S": "c"}]}, 8),
        ({"M": {"key": {"S": "ab"}}}, 9),
        ({"SS": ["ab", "c"]}, 3),
        ({"NS": ["1", "22"]}, 4),
    ],
)
def test_sizes_of_values(value: dict[str, object], size: int) -> None:
    assert item_size({"name": value}) == len("name") + size


@pytest.mark.parametrize(
    ("sizes", "consistent", "units"),
    [
        ([], False, 0.5),  # looking for what is not there
        ([4096], True, 1),
        ([4097], True, 2),
        ([4096], False, 0.5),
        ([1000] * 4, False, 0.5),  # a query adds up before it rounds
        ([1000] * 5, False, 1.0),
    ],
)
def test_reads(sizes: list[int], consistent: bool, units: float) -> None:
    assert read_units(sizes, consistent=consistent) == units


@given(SIZES, SIZES)
def test_reading_together_is_never_dearer_than_apart(some: list[int], more: list[int]) -> None:
    together = read_units([*some, *more], consistent=True)

    assert together <= read_units(some, consistent=True) + read_units(more, consistent=True)


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [
        (None, an_item(1024), 1),
        (None, an_item(1025), 2),
        (an_item(3000), an_item(100), 3),  # the larger of the two counts
        (an_item(3000), None, 3),
        (an_item(3000), an_item(3000), 3),  # refused
        (None, None, 1),  # refused, or nothing to delete
    ],
)
def test_writes(before: Attributes | None, after: Attributes | None, units: float) -> None:
    assert write_units(before, after) == units


CUT = an_item(500, state_key="letter#cut", since="1")
READ = an_item(500, state_key="letter#read", since="2")
DONE = an_item(500, other="no longer looked for")


@pytest.mark.parametrize(
    ("before", "after", "units_of_index"),
    [
        (None, CUT, 1),
        (CUT, READ, 2),  # taken out under its old keys, put in under the new ones
        (CUT, {**CUT, "pages": {"N": "3"}}, 1),
        (CUT, CUT, 0),
        (CUT, DONE, 1),
        (DONE, DONE, 0),
        (CUT, None, 1),
    ],
)
def test_an_index_is_written_when_it_changes(
    before: Attributes | None, after: Attributes | None, units_of_index: int
) -> None:
    assert write_units(before, after, [BY_STATE]) - write_units(before, after) == units_of_index
