"""A comparison is fair on a machine that is busy for a while."""

from __future__ import annotations

from itertools import count

import pytest

from tests.bench.rounds import interleaved, ratio


def test_everybody_has_a_turn_in_every_round_and_nobody_is_always_last() -> None:
    turn = count(1).__next__

    values = interleaved(2, {"a": turn, "b": turn, "c": turn})

    assert values == {"a": [1, 6], "b": [2, 5], "c": [3, 4]}


def test_a_slow_round_does_not_change_the_ratio() -> None:
    assert ratio([10.0, 100.0, 10.0], [5.0, 50.0, 5.0]) == 2.0


def test_one_wrong_measurement_does_not_change_the_ratio() -> None:
    assert ratio([10.0, 10.0, 10.0], [5.0, 0.1, 5.0]) == 2.0


def test_rounds_belong_together() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratio([1.0, 2.0], [1.0])
