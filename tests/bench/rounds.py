"""Comparing on a machine that does other things too: in turn, several times, and the median counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median


def interleaved(
    rounds: int, measured: Mapping[str, Callable[[], float]], doing: Callable[[str], None] = lambda _: None
) -> dict[str, list[float]]:
    """What each function returns, round by round: a slow minute of the machine meets all of them alike."""
    values: dict[str, list[float]] = {name: [] for name in measured}
    for number in range(rounds):
        # Every other round backwards, so that nobody always comes after the same one.
        for name in list(measured)[:: -1 if number % 2 else 1]:
            doing(f"{name}, round {number + 1} of {rounds}")
            values[name].append(measured[name]())
    return values


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """How many times ``below`` goes into ``above``: the median over the rounds of the ratio within a round."""
    return median(a / b for a, b in zip(above, below, strict=True))
