"""What held when: the values of one entry of the register, each from a day until the next one begins. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

FEED = "feed"
"""Source of what the case system says; every other source is a staff id."""

Value = Mapping[str, object]
"""The attributes of an entry; one that is not known is left out."""


@dataclass(frozen=True)
class Origin:
    """Who said it (`FEED` or a staff id), in which run or change, and why, if a person did."""

    source: str
    run: str
    reason: str | None = None


@dataclass(frozen=True)
class Version:
    """A value and the first day on which it holds (Europe/Zurich)."""

    valid_from: date
    value: Value
    origin: Origin


@dataclass(frozen=True)
class Span:
    """A version with its end: ``valid_to`` is the first day on which it holds no more, None if no end is known."""

    version: Version
    valid_to: date | None


Timeline = tuple[Version, ...]
"""Versions of one entry, the oldest first, each of another day, no two neighbours with the same value."""


@dataclass(frozen=True)
class Edit:
    """From ``start`` to ``until``, both included, the value is this; later ones are kept where they differ on purpose.

    ``fed``: what the case system said last, where people have decided otherwise since; None where it is the value.
    """

    start: date
    until: date
    value: Value
    fed: Value | None = None


def version_on(timeline: Sequence[Version], day: date) -> Version | None:
    """What holds on ``day``; None before the first version."""
    return next((version for version in reversed(timeline) if version.valid_from <= day), None)


def spans(timeline: Sequence[Version]) -> Iterator[Span]:
    """The versions with their ends."""
    for version, after in zip(timeline, (*timeline[1:], None), strict=True):
        yield Span(version, after.valid_from if after else None)


def edited(timeline: Sequence[Version], edit: Edit, origin: Origin) -> Timeline:
    """The timeline after the edit.

    What begins between start and end is replaced. A later, planned version keeps each field it changes itself; a field
    that it had only taken over from before follows the edit.
    """
    old = version_on(timeline, edit.until)
    before = (version for version in timeline if version.valid_from < edit.start)
    later = [version for version in timeline if version.valid_from > edit.until]
    planned = _following(later, old.value, edit.value) if old else later
    return _joined([*before, Version(edit.start, edit.value, origin), *planned])


def merged(value: Value, fields: Value, names: Iterable[str]) -> Value:
    """``value`` with the named attributes as in ``fields``; one that is not there is left out."""
    taken = set(names)
    kept = {name: content for name, content in value.items() if name not in taken}
    return kept | {name: fields[name] for name in taken & fields.keys()}


def differing(one: Value, other: Value) -> set[str]:
    """The names of the attributes that are not the same."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def _following(later: Iterable[Version], old: Value, new: Value) -> Iterator[Version]:
    following = differing(old, new)
    for version in later:
        following -= differing(old, version.value)
        yield replace(version, value=merged(version.value, new, following))


def _joined(versions: Iterable[Version]) -> Timeline:
    joined: list[Version] = []
    for version in versions:
        if not joined or joined[-1].value != version.value:
            joined.append(version)
    return tuple(joined)
