"""How a timeline is stored: one main row that readers take as it is, and a row for each earlier version.

The main row (the entry's own key) has the attributes of the version that held when it was last written, flat, for the
indexes; ``planned``: versions that begin later; ``earlier``: the days on which older ones begin, so that their rows
(``sk=was#<sk>#<day>``) are found without a query. Beside them who wrote it last: ``version`` (counted), ``change``,
``changed_by``, ``changed_at``, and which fields (``changed``). A row from before there was history holds for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.register.history import FEED, Origin, Span, Timeline, Value, Version, spans, version_on
from sozialakte.runtime.items import Item, MalformedItemError, number, optional_text, text, texts

Key = tuple[str, str]
WAS = "was#"
_EVER = date.min
_VERSION = ("valid_from", "source", "run", "reason")
_WRITTEN = ("planned", "earlier", "fed", "version", "change", "changed_by", "changed_at", "changed")
_OURS = frozenset({"pk", "sk", *_VERSION, *_WRITTEN})


@dataclass(frozen=True)
class Stamp:
    """A change: its id, who makes it, when, and the day it is in Zurich. ``run``: whether it can be undone as a run."""

    change: str
    by: str
    at: datetime
    today: date
    reason: str | None = None
    run: bool = False

    @property
    def origin(self) -> Origin:
        """The origin of the values it brings."""
        return Origin(self.by, self.change, self.reason)


@dataclass(frozen=True)
class LastWrite:
    """Who wrote a row last and which of its fields: what a conflict tells."""

    version: int
    change: str | None
    by: str | None
    at: str | None
    what: tuple[str, ...] = ()


def last_write(row: Item) -> LastWrite:
    """Who wrote the row last; nobody known for a row from before there was history."""
    version = number(row, "version") if "version" in row else 0
    change, by, at = (optional_text(row, name) for name in ("change", "changed_by", "changed_at"))
    return LastWrite(version, change, by, at, tuple(texts(row, "changed")))


def value_in(row: Item) -> Value:
    """The attributes of the entry, without ours."""
    return {name: content for name, content in row.items() if name not in _OURS}


def valid_from(row: Item) -> date:
    """The first day of the main row's version."""
    stored = optional_text(row, "valid_from")
    return date.fromisoformat(stored) if stored else _EVER


def from_main_on(row: Item) -> Timeline:
    """The main row's version and the planned ones."""
    planned = row.get("planned", [])
    if not isinstance(planned, list):
        raise MalformedItemError("attribute planned is no list")
    return (_version(row, value_in(row)), *map(version_of, planned))


def fed_before(row: Item | None) -> Value | None:
    """What the case system said last, where people have decided otherwise since."""
    fed = row.get("fed") if row else None
    return fed if isinstance(fed, dict) else None


def version_of(stored: object) -> Version:
    """A version that is not the main one: planned, or in a row of its own."""
    if not isinstance(stored, dict) or not isinstance(stored.get("value"), dict):
        raise MalformedItemError("a version without value")
    return _version(stored, stored["value"])


def on_day(row: Item, day: date | None) -> Item | None:
    """The row with the value of ``day``, planned ones looked at; without a day the main one.

    None if the main version begins later: an earlier one has a row of its own, or there is none.
    """
    if day is None or ("planned" not in row and "valid_from" not in row):
        return row
    version = version_on(from_main_on(row), day)
    return {"pk": row["pk"], "sk": row["sk"], **version.value} if version else None


def was_key(key: Key, begins: str) -> Key:
    """Key of the earlier version that began on this day (ISO)."""
    return key[0], f"{WAS}{key[1]}#{begins}"


def earlier_keys(row: Item) -> list[Key]:
    """Keys of all earlier versions, the oldest first."""
    key = text(row, "pk"), text(row, "sk")
    return [was_key(key, begins) for begins in texts(row, "earlier")]


def earlier_key_on(row: Item, day: date) -> Key | None:
    """Key of the version that held on ``day``, before the main one; None if nothing did."""
    begins = [begin for begin in texts(row, "earlier") if date.fromisoformat(begin) <= day]
    return was_key((text(row, "pk"), text(row, "sk")), begins[-1]) if begins else None


def rows_of(key: Key, timeline: Timeline, older: Sequence[str], written: Item, today: date) -> dict[Key, Item]:
    """All rows of a timeline; ``older``: the days of earlier versions that are not in it, ``written``: who wrote it."""
    main = version_on(timeline, today) or timeline[0]
    earlier = [version for version in timeline if version.valid_from < main.valid_from]
    planned = [version for version in timeline if version.valid_from > main.valid_from]
    begins = [*older, *(version.valid_from.isoformat() for version in earlier)]
    row: Item = {"pk": key[0], "sk": key[1], **main.value, **_about(main), **written}
    row |= {"planned": [_stored(version) for version in planned]} if planned else {}
    row |= {"earlier": begins} if begins else {}
    return {key: row} | dict(_was_row(key, version) for version in earlier)


def spans_in(row: Item, others: Mapping[Key, Item]) -> Iterator[Span]:
    """The whole timeline of a main row; ``others`` has the rows of its earlier versions."""
    earlier = [version_of(others[key]) for key in earlier_keys(row) if key in others]
    return spans((*earlier, *from_main_on(row)))


def span_of(row: Item, version: Version) -> Span:
    """A version of this main row, earlier ones included, with its end."""
    begins = [*map(date.fromisoformat, texts(row, "earlier")), *(one.valid_from for one in from_main_on(row))]
    return Span(version, next((begin for begin in begins if begin > version.valid_from), None))


def _was_row(key: Key, version: Version) -> tuple[Key, Item]:
    pk, sk = was_key(key, version.valid_from.isoformat())
    return (pk, sk), {"pk": pk, "sk": sk, **_stored(version)}


def _version(stored: Item, value: Value) -> Version:
    source, run = optional_text(stored, "source") or FEED, optional_text(stored, "run") or ""
    origin = Origin(source, run, optional_text(stored, "reason"))
    return Version(valid_from(stored), value, origin)


def _about(version: Version) -> Item:
    origin = version.origin
    about: Item = {"valid_from": version.valid_from.isoformat(), "source": origin.source, "run": origin.run}
    return about | ({"reason": origin.reason} if origin.reason else {})


def _stored(version: Version) -> Item:
    return {**_about(version), "value": dict(version.value)}
