"""How long letters took to reach an inbox and to be done, by team and kind: numbers, nothing of anybody."""

from __future__ import annotations

from datetime import timedelta

from functions.dossiers.routes.common import Settings, api, register
from sozialakte.dossiers import LeadTimes
from sozialakte.dossiers.lead_answers import LeadTimeList
from sozialakte.register import team_inbox
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import Day
from sozialakte.runtime.problems import field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation
from sozialakte.shared.ids import InboxId

LONGEST = timedelta(days=90)
"""Not longer than a quarter, so that it never touches more than two of them."""


def _team(asked: Asked) -> str:
    return register().team_inbox_of(asked.text("inbox", default=asked.staff.staff_id))


def _to_team(asked: Asked) -> Relation:
    member = register().find_staff_member(asked.staff.staff_id)
    is_there = member is not None and member.active and team_inbox(member.team) == _team(asked)
    return Relation.TEAM if is_there else Relation.NONE


@api.get("/dossiers/leadtimes", Guard(Action.READ_LEADTIMES, lambda asked: f"leadtimes#{_team(asked)}", _to_team))
def read_leadtimes(since: Day, until: Day, inbox: InboxId | None = None) -> LeadTimeList:
    """How long letters took on these days (at most 90): from the post to an inbox, and from there until done.

    Of my team, or of that of ``inbox`` (``team-<team>``, ``office`` or somebody of it). Weekends and holidays count.
    """
    if not timedelta(0) <= until - since < LONGEST:
        raise invalid_request([field_problem("query", "until", "wrong_day")])
    team = register().team_inbox_of(inbox or api.asked.staff.staff_id)
    found = LeadTimes(read_settings(Settings).dossiers_table).between(since, until, team)
    return LeadTimeList.of(since, until, found)
