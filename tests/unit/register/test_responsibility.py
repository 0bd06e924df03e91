"""Who receives mail on a day, and who stands how to a dossier or an inbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.register.model import (
    STAFF_ID,
    Absence,
    Dossier,
    DossierStatus,
    DossierType,
    StaffMember,
    team_inbox,
    team_of_inbox,
)
from sozialakte.register.responsibility import (
    MAX_STAFF_ASKED,
    Staffing,
    recipient_on,
    relation_to,
    relation_to_inbox,
    standing_in,
)
from sozialakte.shared.access import Relation
from sozialakte.shared.texts import say

DAY = date(2026, 11, 21)
DOSSIER = Dossier("SH-2026-00123", DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.OPEN, "anna")


def staffing(*members: StaffMember, away: str = "") -> Staffing:
    """Members of staff, of whom some are away on `DAY`."""
    return Staffing({member.staff_id: member for member in members}, [Absence(who, DAY, DAY) for who in away.split()])


ANNA = StaffMember("anna", "Anna", "nord", ("beat", "carla"))
BEAT = StaffMember("beat", "Beat", "sued", ("dario",))
CARLA = StaffMember("carla", "Carla", "nord", ("anna",))
DARIO = StaffMember("dario", "Dario", "ost", ("anna", "beat"))
ALL = (ANNA, BEAT, CARLA, DARIO)


@pytest.mark.parametrize(
    ("away", "inbox", "why"),
    [
        ("", "anna", "inbox.responsible"),
        ("beat", "anna", "inbox.responsible"),
        ("anna", "beat", "inbox.deputy"),
        ("anna beat", "carla", "inbox.deputy"),  # the second deputy before the first deputy's own
        ("anna beat carla", "dario", "inbox.deputy"),
        ("anna beat carla dario", "team-nord", "inbox.team"),
    ],
)
def test_mail_goes_to_the_first_one_present(away: str, inbox: str, why: str) -> None:
    recipient = recipient_on(DAY, DOSSIER, staffing(*ALL, away=away))
    assert (recipient.inbox, recipient.reason.code) == (inbox, why)


def test_who_has_left_is_never_present() -> None:
    left = replace(ANNA, active=False)
    assert recipient_on(DAY, DOSSIER, staffing(left, BEAT)).inbox == "beat"


def test_a_dossier_without_responsible_person_goes_to_the_office() -> None:
    recipient = recipient_on(DAY, replace(DOSSIER, responsible=None), staffing(*ALL))
    assert (recipient.inbox, recipient.reason.code) == ("office", "inbox.no_responsible")


def test_a_responsible_person_nobody_knows_means_the_office() -> None:
    recipient = recipient_on(DAY, DOSSIER, staffing(BEAT))
    assert (recipient.inbox, recipient.reason.code) == ("office", "inbox.unknown_responsible")


def test_an_absence_counts_on_its_first_and_last_day() -> None:
    away = Absence("anna", date(2026, 11, 20), date(2026, 11, 22))
    present = Staffing({"anna": ANNA}, [away]).is_present
    days = [date(2026, 11, day) for day in range(19, 24)]
    assert [present("anna", day) for day in days] == [True, False, False, False, True]


IDS = [f"ma-{number}" for number in range(20)]


@st.composite
def offices(draw: st.DrawFn) -> Staffing:
    """Any office: cycles of deputies, unknown deputies, people away or gone."""
    members = {
        staff_id: StaffMember(
            staff_id, "Name", "nord", tuple(draw(st.lists(st.sampled_from(IDS), max_size=4))), draw(st.booleans())
        )
        for staff_id in draw(st.sets(st.sampled_from(IDS)))
    }
    away = [Absence(staff_id, DAY, DAY) for staff_id in draw(st.sets(st.sampled_from(IDS)))]
    return Staffing(members, away)


@given(offices())
def test_every_letter_finds_an_inbox_and_nobody_absent_gets_one(office: Staffing) -> None:
    recipient = recipient_on(DAY, replace(DOSSIER, responsible="ma-0"), office)
    assert office.is_present(recipient.inbox, DAY) or recipient.inbox in {"team-nord", "office"}
    assert say(recipient.reason)


@given(offices())
def test_deputies_are_asked_once_each_and_not_for_ever(office: Staffing) -> None:
    asked = ["ma-0", *standing_in("ma-0", office)]
    assert len(asked) == len(set(asked)) <= MAX_STAFF_ASKED


@pytest.mark.parametrize(
    ("who", "away", "relation"),
    [
        ("anna", "", Relation.RESPONSIBLE),
        ("anna", "anna", Relation.RESPONSIBLE),
        ("beat", "", Relation.DEPUTY),
        ("carla", "", Relation.DEPUTY),  # closer than the same team
        ("dario", "", Relation.NONE),
        ("dario", "anna beat carla", Relation.DEPUTY),  # stands in on this day
        ("nobody", "", Relation.NONE),
    ],
)
def test_relation_to_a_dossier(who: str, away: str, relation: Relation) -> None:
    assert relation_to(DOSSIER, who, DAY, staffing(*ALL, away=away)) is relation


def test_the_same_team_is_a_relation() -> None:
    colleague = StaffMember("eva", "Eva", "nord")
    assert relation_to(DOSSIER, "eva", DAY, staffing(*ALL, colleague)) is Relation.TEAM


@pytest.mark.parametrize("who", ["anna", "beat", "carla"])
def test_who_has_left_has_no_relation(who: str) -> None:
    gone = [replace(member, active=member.staff_id != who) for member in ALL]
    assert relation_to(DOSSIER, who, DAY, staffing(*gone)) is Relation.NONE
    assert relation_to_inbox(who, who, staffing(*gone)) is Relation.NONE


def test_nobody_has_a_relation_to_a_dossier_without_responsible_person() -> None:
    assert relation_to(replace(DOSSIER, responsible=None), "anna", DAY, staffing(*ALL)) is Relation.NONE


@pytest.mark.parametrize(
    ("inbox", "who", "relation"),
    [
        ("anna", "anna", Relation.OWN),
        ("anna", "carla", Relation.TEAM),  # same team, whatever else
        ("anna", "beat", Relation.DEPUTY),
        ("anna", "dario", Relation.NONE),
        ("team-nord", "anna", Relation.TEAM),
        ("team-nord", "beat", Relation.NONE),
        ("office", "beat", Relation.OFFICE),
        ("nobody", "beat", Relation.NONE),
        ("office", "nobody", Relation.NONE),
    ],
)
def test_relation_to_an_inbox(inbox: str, who: str, relation: Relation) -> None:
    assert relation_to_inbox(inbox, who, staffing(*ALL)) is relation


def test_no_staff_id_looks_like_the_inbox_of_a_team_or_the_office() -> None:
    assert team_of_inbox(team_inbox("nord")) == "nord"
    assert team_of_inbox("anna") is None
    assert not any(STAFF_ID.fullmatch(name) for name in ("office", "team-nord", "Anna Muster", "7569217076985", ""))
    assert all(STAFF_ID.fullmatch(name) for name in ("ma-101", "officer", "teamlead", "anna"))
