"""What the payments never heard of a letter is found by comparing rows, and said again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from functions.payments.reconcile import handler
from sozialakte.intake import LetterNews, LettersReceived
from sozialakte.intake.letter import Letter
from sozialakte.intake.store import IntakeStore
from sozialakte.payments import LetterSettled, ask_for_bills
from sozialakte.payments.letter_book import LetterBook
from sozialakte.payments.reconcile import Reconcile, days_looked_at, unheard
from sozialakte.runtime.queues import Queue
from sozialakte.shared.clock import utc_now
from tests.aws import INTAKE, PAYMENTS, queue_url, take_json
from tests.builders import DOSSIER, STAFF, a_batch, a_letter, a_plan
from tests.lambda_events import Context

pytestmark = pytest.mark.usefixtures("aws")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(hours=5)


@pytest.fixture
def letter(aws: None) -> Letter:  # noqa: ARG001 # the tables come first
    """One that was read and filed five hours ago."""
    store = IntakeStore(INTAKE)
    store.add_batch(replace(a_batch(a_plan("LL")), received_at=BEFORE))
    filed = a_letter().read(BEFORE).identify(DOSSIER, (), BEFORE).file(DOSSIER, STAFF, BEFORE)
    store.add_letter(filed)
    return filed


def reconcile(now: datetime = NOW) -> list[str]:
    queue = Queue(queue_url("bills"))
    patience = timedelta(hours=1)
    Reconcile(LettersReceived(INTAKE), LetterBook(PAYMENTS), queue, patience, now)()
    return [str(body["type"]) for body in take_json("bills")]


def news() -> LetterNews:
    (found,) = LettersReceived(INTAKE).of_day(BEFORE.date())
    return found


def test_a_letter_nobody_spoke_of_is_told_anew(letter: Letter) -> None:
    assert letter.letter_id == news().letter_id
    assert reconcile() == ["payments.register-bills", "payments.letter-settled"]


def test_what_was_heard_is_not_said_again(letter: Letter) -> None:
    book = LetterBook(PAYMENTS)
    for message in unheard(news(), book.account(letter.letter_id)):
        if isinstance(message, LetterSettled):
            book.settle(message)
    book.look_through(letter.letter_id, ask_for_bills(news()).reading, 0)

    assert reconcile() == []


@pytest.mark.usefixtures("letter")
def test_what_just_happened_may_still_be_on_its_way() -> None:
    assert reconcile(BEFORE + timedelta(minutes=30)) == []


@pytest.mark.usefixtures("letter")
def test_what_got_lost_long_ago_is_found_on_the_days_looked_at() -> None:
    assert reconcile(NOW + timedelta(days=3)) == []
    assert reconcile(NOW + timedelta(days=4)) != []


def test_the_days_looked_at_double() -> None:
    days = days_looked_at(date(2026, 11, 22))

    assert [(date(2026, 11, 22) - day).days for day in days] == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512]


def test_the_function_looks_at_what_came_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUCK_AFTER_MINUTES", "0")
    store = IntakeStore(INTAKE)
    store.add_batch(replace(a_batch(a_plan("LL")), received_at=utc_now()))
    store.add_letter(a_letter().read(utc_now()))

    handler({}, Context())

    assert [body["type"] for body in take_json("bills")] == ["payments.register-bills"]
