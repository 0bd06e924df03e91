"""What the case system or a person says about an entry, as an edit of its timeline; None where nothing changes. Pure.

The case system leads, but it repeats itself every day. Where a person has decided something since, only what the case
system says anew counts, field by field: a hand-over made here is not undone by tonight's feed.
"""

from __future__ import annotations

from datetime import date

from sozialakte.register.history import Edit, Timeline, Value, differing, merged, version_on


def said_by_feed(known: Timeline, said: Value, fed: Value | None, since: date | None, today: date) -> Edit | None:
    """The case system says that the value is ``said``, since a day or, without one, as of today.

    ``known`` is the timeline from its main version on, ``fed`` what the case system said before people decided.
    """
    start = since or today
    until = max(start, today)
    if fed is None:
        asked = start if since else until
        return None if _holds(known, said, asked, until) else Edit(start, until, said)
    new = differing(fed, said)
    if not new:
        return None
    now = version_on(known, until)
    return Edit(start, until, merged(now.value, said, new) if now else said, said)


def said_by_person(known: Timeline, fields: Value, fed: Value | None, day: date) -> Edit | None:
    """A person changes some fields from ``day`` on; None as a field's value takes it away.

    Raises `TooEarlyError` for a day before the version that holds now.
    """
    now = version_on(known, day)
    if now is None:
        raise TooEarlyError(day.isoformat())
    given = {name: content for name, content in fields.items() if content is not None}
    value = merged(now.value, given, fields)
    return None if value == now.value else Edit(day, day, value, known[0].value if fed is None else fed)


class TooEarlyError(ValueError):
    """A person may not change what held before the present value."""


def _holds(known: Timeline, value: Value, start: date, until: date) -> bool:
    """The value holds on all days from start to until."""
    first = version_on(known, start)
    within = [version for version in known if start < version.valid_from <= until]
    return first is not None and all(version.value == value for version in (first, *within))
