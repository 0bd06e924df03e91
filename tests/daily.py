"""What holds when, as a list with one value a day: the model against which the register's history is tested."""

from __future__ import annotations

from collections.abc import Mapping

Daily = list[dict[str, object] | None]
"""The value of every day; None where nothing is known."""


def said(days: Daily, start: int, until: int, value: Mapping[str, object]) -> Daily:
    """From ``start`` to ``until`` it is this; a field goes on into later days until one says otherwise on purpose."""
    old = days[until]
    after = [dict(value) if start <= number <= until else one for number, one in enumerate(days)]
    following = {name for name in {*value, *(old or {})} if (old or {}).get(name) != value.get(name)}
    for number in range(until + 1, len(days)):
        later = days[number]
        if later is None:
            after[number] = dict(value)
        elif old is not None:
            following -= {name for name in following if later.get(name) != old.get(name)}
            after[number] = _with(later, value, following)
    return after


def _with(later: Mapping[str, object], value: Mapping[str, object], names: set[str]) -> dict[str, object]:
    kept = {name: content for name, content in later.items() if name not in names}
    return kept | {name: value[name] for name in names if name in value}
