"""Our words of conditions write what boto3's write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from boto3.dynamodb import conditions as boto  # noqa: TID251 (what we compare with)
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.runtime.conditions import Attr, Condition, Key, Placeholders

# The stubs of boto3's words know fewer types of values than the words themselves take.
BOTO: Any = boto
Pair = tuple[Condition, Any]

NAMES = st.lists(st.text("abcxyz_0189", min_size=1, max_size=8), min_size=1, max_size=3).map(".".join)
VALUES = st.text(max_size=5) | st.integers() | st.booleans() | st.none() | st.binary(max_size=3)


def key_words(name: str, low: object, high: object) -> list[Pair]:
    """Every word for keys, ours and boto3's."""
    ours, theirs = Key(name), BOTO.Key(name)
    return [
        (ours.eq(low), theirs.eq(low)),
        (ours.lt(low), theirs.lt(low)),
        (ours.begins_with(str(low)), theirs.begins_with(str(low))),
        (ours.between(low, high), theirs.between(low, high)),
    ]


def attribute_words(name: str, value: object) -> list[Pair]:
    """Every word for other attributes, ours and boto3's."""
    ours, theirs = Attr(name), BOTO.Attr(name)
    return [
        (ours.eq(value), theirs.eq(value)),
        (ours.exists(), theirs.exists()),
        (ours.not_exists(), theirs.not_exists()),
    ]


def joined(words: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    """Words, also several joined by ``&`` in any order of brackets."""
    return st.recursive(words, lambda more: st.builds(lambda a, b: (a[0] & b[0], a[1] & b[1]), more, more))


KEYS = joined(st.builds(key_words, NAMES, VALUES, VALUES).flatmap(st.sampled_from))
ATTRIBUTES = joined(st.builds(attribute_words, NAMES, VALUES).flatmap(st.sampled_from))


def assert_same(ours: Condition, theirs: Any, *, is_key: bool) -> None:
    placeholders = Placeholders()
    expression = ours.written(placeholders)
    built = BOTO.ConditionExpressionBuilder().build_expression(theirs, is_key_condition=is_key)

    assert expression == built.condition_expression
    assert placeholders.names == built.attribute_name_placeholders
    assert placeholders.values == built.attribute_value_placeholders


@given(KEYS)
def test_keys_are_written_as_boto3_writes_them(pair: Pair) -> None:
    assert_same(*pair, is_key=True)


@given(ATTRIBUTES)
def test_attributes_are_written_as_boto3_writes_them(pair: Pair) -> None:
    assert_same(*pair, is_key=False)


def test_a_query_of_ours_as_it_reads() -> None:
    placeholders = Placeholders()

    written = (Key("pk").eq("BATCH#1") & Key("sk").begins_with("LETTER#")).written(placeholders)

    assert written == "(#n0 = :v0 AND begins_with(#n1, :v1))"
    assert placeholders.names == {"#n0": "pk", "#n1": "sk"}
    assert placeholders.values == {":v0": "BATCH#1", ":v1": "LETTER#"}


@pytest.mark.parametrize("word", [lambda p: p.name("state"), lambda p: p.value("cut")])
def test_a_placeholder_is_never_given_twice(word: Callable[[Placeholders], str]) -> None:
    placeholders = Placeholders()

    assert len({word(placeholders) for _ in range(12)}) == 12


def test_a_path_has_a_placeholder_for_each_part() -> None:
    placeholders = Placeholders()

    assert placeholders.name("chunks.3") == "#n0.#n1"
    assert placeholders.names == {"#n0": "chunks", "#n1": "3"}
