"""The counters of inboxes, changed step by step, are what one would count in the list of all entries."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.dossiers.inbox import (
    URGENT_FOR,
    EntryState,
    InboxCounts,
    InboxEntry,
    count_changes,
    counted_under,
    counts_on,
)
from sozialakte.shared.reasons import Reason
from tests.builders import DOSSIER, LATER, NOW, OTHER_DOSSIER, STAFF

INBOXES = ("ma-101", "ma-102", "team-nord", "office")
TODAY = date(2026, 1, 20)
ENTRY = InboxEntry(STAFF, "letter", DOSSIER, "bill", 2, NOW, NOW, Reason("inbox.responsible"))

steps = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(["arrives", "done", "reopened", "forwarded", "moved"]),
        st.sampled_from(INBOXES),
        st.none() | st.integers(-50, 50),
    ),
    max_size=40,
)


def stepped(entry: InboxEntry | None, what: str, inbox: str, due_in: int | None) -> InboxEntry | None:
    """The entry after a step; what has not arrived cannot make one."""
    if entry is None:
        deadline = None if due_in is None else TODAY + timedelta(days=due_in)
        return replace(ENTRY, inbox=inbox, urgent=due_in is not None, deadline=deadline) if what == "arrives" else None
    possible = {
        "arrives": lambda: entry,
        "done": lambda: entry.done(STAFF, LATER),
        "reopened": lambda: entry.reopen(STAFF, LATER),
        "forwarded": lambda: entry.forward(inbox, None, STAFF, LATER),
        "moved": lambda: entry.follow(OTHER_DOSSIER, inbox, STAFF, LATER),
    }
    return possible[what]()


def counted(entries: list[InboxEntry]) -> InboxCounts:
    """The list model: look at every entry."""
    new = [entry for entry in entries if entry.state is EntryState.NEW]
    days = [entry.due for entry in new if entry.due and entry.due >= TODAY - URGENT_FOR]
    return InboxCounts(len(new), len(days), sum(day < TODAY for day in days))


@given(steps)
def test_counters_are_what_one_counts_in_the_list(story: list[tuple[int, str, str, int | None]]) -> None:
    entries: dict[int, InboxEntry] = {}
    counters: Counter[tuple[str, str, str]] = Counter()
    for number, what, inbox, due_in in story:
        before = entries.get(number)
        after = stepped(before, what, inbox, due_in)
        if after is not None:
            counters.update(count_changes(before, after))
            entries[number] = after

    for inbox in INBOXES:
        there = [entry for entry in entries.values() if entry.inbox == inbox]
        assert counts_on(TODAY, totals(counters, inbox)) == counted(there)
    for dossier_id in (DOSSIER, OTHER_DOSSIER):
        mine = {place: count for place, count in counters.items() if count and place[1] == dossier_id}
        assert mine == sum((counted_under(e) for e in entries.values() if e.dossier_id == dossier_id), Counter())
    assert min(counters.values(), default=0) >= 0


def totals(counters: Counter[tuple[str, str, str]], inbox: str) -> Counter[str]:
    """Of all dossiers together."""
    summed: Counter[str] = Counter()
    for (where, _, name), count in counters.items():
        summed[name] += count if where == inbox else 0
    return summed


def test_overdue_begins_the_day_after_and_old_ones_give_way_after_thirty_days() -> None:
    counters = {"new": 4, "2026-01-20": 1, "2026-01-19": 1, "2025-12-21": 1, "2025-12-20": 1}

    assert counts_on(TODAY, counters) == InboxCounts(new=4, urgent=3, overdue=2)
