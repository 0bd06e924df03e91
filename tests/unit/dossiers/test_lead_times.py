"""How long letters take: classes of time, medians and shares, and which steps of an entry count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.lead_answers import LeadTimeList
from sozialakte.dossiers.lead_times import (
    EVERY_KIND,
    TARGET,
    Cell,
    LeadStep,
    LeadTime,
    Span,
    Spread,
    lead_time,
    sum_of,
    with_every_kind,
)
from sozialakte.shared.reasons import Reason
from tests.builders import DOSSIER, STAFF, a_letter

TEAM = "team-nord"
POST = datetime(2026, 1, 2, 16, 0, tzinfo=UTC)  # a Friday
MONDAY = POST + timedelta(days=2, hours=16)
ENTRY = InboxEntry(STAFF, a_letter().letter_id, DOSSIER, "bill", 2, POST, MONDAY, Reason("page.letter"), team=TEAM)
BILLS, DONE_BILLS = Cell(TEAM, "bill", LeadStep.TO_INBOX), Cell(TEAM, "bill", LeadStep.TO_DONE)

spreads = st.builds(
    Spread, st.dictionaries(st.sampled_from(Span), st.integers(1, 50), min_size=1), st.integers(0, 10**6)
)


def took(**waited: float) -> LeadTime:
    return LeadTime(BILLS, date(2026, 1, 5), timedelta(**waited))


@pytest.mark.parametrize(
    ("waited", "span"),
    [
        ({"seconds": 0}, Span.H4),
        ({"hours": 4}, Span.H4),
        ({"hours": 4, "seconds": 1}, Span.D1),
        ({"days": 1}, Span.D1),
        ({"days": 1, "seconds": 1}, Span.D2),
        ({"days": 3}, Span.D3),
        ({"days": 5}, Span.D5),
        ({"days": 10}, Span.D10),
        ({"days": 20}, Span.D20),
        ({"days": 20, "seconds": 1}, Span.MORE),
        ({"days": 900}, Span.MORE),
    ],
)
def test_each_time_has_its_class(waited: Mapping[str, float], span: Span) -> None:
    assert took(**waited).span is span


def test_a_new_entry_counts_the_way_from_the_post_with_weekends() -> None:
    assert lead_time(None, ENTRY) == LeadTime(BILLS, date(2026, 1, 5), MONDAY - POST)


def test_done_counts_from_the_day_it_was_filed_however_it_was_forwarded() -> None:
    forwarded = ENTRY.forward("ma-300", None, STAFF, MONDAY + timedelta(days=1))
    done = forwarded.done("ma-300", MONDAY + timedelta(days=4), "team-sued")

    assert lead_time(ENTRY, forwarded) is None
    assert lead_time(forwarded, done) == LeadTime(
        Cell("team-sued", "bill", LeadStep.TO_DONE), date(2026, 1, 9), timedelta(days=4)
    )


def test_what_is_reopened_and_done_again_counts_once() -> None:
    done = ENTRY.done(STAFF, MONDAY + timedelta(hours=1), TEAM)
    open_again = done.reopen(STAFF, MONDAY + timedelta(hours=2))

    assert lead_time(done, open_again) is None
    assert lead_time(open_again, open_again.done(STAFF, MONDAY + timedelta(days=9), TEAM)) is None


def test_what_was_filed_before_there_were_lead_times_counts_when_it_is_done() -> None:
    old = replace(ENTRY, team=None)

    assert lead_time(None, old) is None
    assert lead_time(old, old.done(STAFF, MONDAY + timedelta(days=2), TEAM)) == LeadTime(
        DONE_BILLS, date(2026, 1, 7), timedelta(days=2)
    )


def test_clocks_that_differ_make_no_time_less_than_none() -> None:
    early = lead_time(None, replace(ENTRY, received_at=MONDAY + timedelta(seconds=5)))

    assert early is not None
    assert (early.waited, early.span) == (timedelta(0), Span.H4)


def test_the_day_is_that_of_zurich() -> None:
    late = lead_time(None, replace(ENTRY, filed_at=datetime(2026, 1, 5, 23, 30, tzinfo=UTC)))

    assert late is not None
    assert late.day == date(2026, 1, 6)


def test_median_mean_and_share_of_a_spread() -> None:
    spread = Spread({Span.H4: 2, Span.D1: 3, Span.D10: 4, Span.MORE: 1}, minutes=6000)

    assert (spread.count, spread.median, spread.mean_hours) == (10, Span.D1, 10.0)
    assert (spread.percent_within(Span.D1), spread.percent_within(Span.D10)) == (50, 90)


def test_nothing_has_no_median_and_no_share() -> None:
    nothing = Spread({}, 0)

    assert (nothing.median, nothing.mean_hours, nothing.percent_within(Span.D1)) == (None, 0.0, 0)


def test_one_that_is_late_keeps_the_share_below_all() -> None:
    assert Spread({Span.D1: 999, Span.MORE: 1}, 0).percent_within(Span.D1) == 99


@given(st.lists(spreads, min_size=1, max_size=5))
def test_a_sum_holds_all_letters_and_all_time(found: list[Spread]) -> None:
    whole = sum_of(found)

    assert whole.count == sum(spread.count for spread in found)
    assert whole.minutes == sum(spread.minutes for spread in found)


@given(spreads)
def test_half_the_letters_took_no_longer_than_the_median(spread: Spread) -> None:
    assert spread.median is not None
    assert spread.percent_within(spread.median) >= 50
    assert spread.percent_within(Span.MORE) == 100


def test_all_kinds_of_a_team_come_before_each_kind() -> None:
    reminders = Cell(TEAM, "reminder", LeadStep.TO_INBOX)
    found = with_every_kind({reminders: Spread({Span.H4: 1}, 10), BILLS: Spread({Span.D1: 2}, 20)})

    assert [cell.kind for cell in found] == [EVERY_KIND, "bill", "reminder"]
    assert found[Cell(TEAM, EVERY_KIND, LeadStep.TO_INBOX)] == Spread({Span.H4: 1, Span.D1: 2}, 30)


def test_an_answer_has_words_and_of_a_few_letters_only_their_number() -> None:
    few, enough = Spread({Span.H4: 4}, 60), Spread({Span.H4: 3, Span.D3: 2}, 600)
    day = date(2026, 1, 5)

    lines = LeadTimeList.of(day, day, {DONE_BILLS: few, BILLS: enough}).leadtimes

    told = {(line.step, line.kind): line for line in lines}
    bills, done = told[LeadStep.TO_INBOX, "bill"], told[LeadStep.TO_DONE, "bill"]
    assert (bills.kind_name, bills.count, bills.median_text, bills.mean_hours) == ("Rechnung", 5, "bis 4 Stunden", 2.0)
    assert (bills.target, bills.percent_within_target) == (TARGET[LeadStep.TO_INBOX], 60)
    assert [(span.span, span.count) for span in bills.spans if span.count] == [(Span.H4, 3), (Span.D3, 2)]
    assert (done.count, done.median, done.mean_hours, done.percent_within_target, done.spans) == (
        4,
        None,
        None,
        None,
        [],
    )
