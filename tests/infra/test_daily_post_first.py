"""100'000 queued pages of old dossiers delay no daily letter: the shares of the templates, played through."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import pytest

from infra.dossiers import _INDEX_COPIES as INDEX_COPIES
from infra.partners import _EXPORT_COPIES as EXPORT_COPIES
from infra.services import load_services

CHUNK_SECONDS = 12.0  # ten pages of print: an assumption, small print takes longer
OLD_CHUNKS = 100_000 // 10
SECONDS_A_DOCUMENT = 3.0  # to index it, or to copy its two files: an assumption, too
LIMITS = load_services()[0].concurrency


def waits(arrivals: Sequence[float], copies: int, *, ahead: int = 0) -> list[float]:
    """Seconds each message waits for one of ``copies``, first come first served, with so many in the queue ahead."""
    free = [0.0] * copies
    heapq.heapify(free)
    for _ in range(ahead):
        heapq.heappush(free, heapq.heappop(free) + CHUNK_SECONDS)
    waited = []
    for at in arrivals:
        begins = max(at, heapq.heappop(free))
        waited.append(begins - at)
        heapq.heappush(free, begins + CHUNK_SECONDS)
    return waited


@pytest.fixture
def morning() -> list[float]:
    """The daily post: 60 letters, one every five seconds."""
    return [5.0 * number for number in range(60)]


def test_the_daily_post_waits_for_nothing_whatever_lies_on_the_other_queue(morning: Sequence[float]) -> None:
    """Its share of copies is its own (test_queues), so the other queue does not occur in its waiting at all."""
    assert max(waits(morning, LIMITS.read_pages)) == 0


def test_on_one_queue_it_would_wait_for_an_hour_and_more(morning: Sequence[float]) -> None:
    together = LIMITS.read_pages + LIMITS.read_backfile
    assert min(waits(morning, together, ahead=OLD_CHUNKS)) > 3600


def test_what_is_read_of_old_dossiers_is_too_slow_to_fill_what_both_go_through() -> None:
    """Identifying and filing take a second a letter and are not limited; Lambda begins with 5 copies of each."""
    documents_a_second = LIMITS.read_backfile / CHUNK_SECONDS  # if every document were one chunk only
    assert documents_a_second < 5


@pytest.mark.parametrize("copies", [INDEX_COPIES, EXPORT_COPIES])
def test_where_both_share_few_copies_old_dossiers_take_at_most_half_of_them(copies: int) -> None:
    """The search and the hand-over: what is read comes there no faster than it is read."""
    documents_a_second = LIMITS.read_backfile / CHUNK_SECONDS
    assert documents_a_second * SECONDS_A_DOCUMENT <= copies / 2


def test_old_dossiers_are_read_within_the_time_their_messages_live() -> None:
    days = OLD_CHUNKS * CHUNK_SECONDS / LIMITS.read_backfile / 86_400
    assert days < 3, "the alarm, and what reconcile takes for lost"
