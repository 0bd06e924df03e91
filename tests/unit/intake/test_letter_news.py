"""What others hear of a letter follows from its state and what it has been through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from sozialakte.intake.desk import steps
from sozialakte.intake.desk.model import RejectReason, RescanReason
from sozialakte.intake.letter import Destination, Letter
from sozialakte.intake.letter_news import LetterNews, news_of
from sozialakte.intake.messages import IdentifyLetter
from sozialakte.intake.model import Lane
from sozialakte.intake.publish_changes import messages_of
from sozialakte.payments import LetterSettled, RegisterBills
from tests.builders import DOSSIER, LATER, NOW, STAFF, a_letter, letters

READ = a_letter().read(NOW)
WAITING = READ.review((), (), NOW)


def news(letter: Letter) -> LetterNews:
    found = news_of(letter)
    assert found
    return found


@pytest.mark.parametrize(
    ("letter", "fate"),
    [
        (READ, None),
        (WAITING, None),
        (READ.identify(DOSSIER, (), NOW), None),
        (READ.identify(DOSSIER, (), NOW).file(DOSSIER, STAFF, NOW), "filed"),
        (READ.forward(Destination.NEW_CASE, (), NOW), "forwarded"),
        (steps.reject(WAITING, RejectReason.ADVERTISING, STAFF, NOW), "rejected"),
        (steps.set_blank(WAITING, STAFF, NOW), "blank"),
        (steps.undo(steps.set_blank(WAITING, STAFF, NOW), STAFF, LATER), "review"),
        (steps.order_rescan(WAITING, "123456789012", RescanReason.CUT_OFF, STAFF, NOW), None),
        (steps.replaced(steps.order_rescan(WAITING, "1", RescanReason.CUT_OFF, STAFF, NOW), ["x"], NOW), "rescan"),
    ],
)
def test_a_letters_fate_is_told(letter: Letter, fate: str | None) -> None:
    assert news(letter).fate == fate


def test_where_it_went_is_told() -> None:
    filed = READ.identify(DOSSIER, (), NOW).file(DOSSIER, STAFF, NOW)

    assert (news(filed).dossier_id, news(READ.identify(DOSSIER, (), NOW)).dossier_id) == (DOSSIER, None)
    assert news(READ.forward(Destination.OTHER_OFFICE, (), NOW)).destination == "other_office"


def test_bills_are_looked_for_once_there_is_nothing_more_to_read() -> None:
    unread = a_letter().give_up(NOW)

    assert [(news(one).is_read, news(one).reading) for one in (a_letter(), READ, unread)] == [
        (False, 0),
        (True, 1),
        (True, 0),
    ]


def test_bills_are_asked_for_before_anybody_may_decide() -> None:
    assert [type(message) for message in messages_of(READ)] == [RegisterBills, IdentifyLetter]
    assert RegisterBills in map(type, messages_of(a_letter().give_up(NOW)))
    assert RegisterBills not in map(type, messages_of(WAITING))


@given(letters())
def test_old_dossiers_are_news_to_nobody(letter: Letter) -> None:
    assert news_of(replace(letter, lane=Lane.BACKFILE)) is None


@given(letters())
def test_a_fate_is_told_with_each_version_that_has_one(letter: Letter) -> None:
    told = [message for message in messages_of(letter) if isinstance(message, LetterSettled)]

    assert len(told) == (news_of(letter) is not None and news(letter).fate is not None)
