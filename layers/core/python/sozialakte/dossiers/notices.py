"""Notices in an inbox: somebody broke the glass of a dossier looked after from there, and nobody has taken note yet.

They lie in the register's table since the glass was broken, one an inbox: there is nothing to send, nothing to lose. A
team lead finds those of the whole team in the own inbox; who is responsible is told too, so theirs are among them.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sozialakte.register import Notice, RegisterStore
from sozialakte.runtime.parameters import PAGE_SIZE
from sozialakte.shared.access import Role
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


class InboxNotice(Model):
    """Something to take note of (`POST /access/broken-glass/<notice_id>/receipt?inbox=<inbox>`)."""

    kind: Literal["notice"] = "notice"
    notice_id: str
    inbox: str
    dossier_id: str
    text: str
    reason: str
    at: datetime
    until: datetime


@dataclass(frozen=True)
class FindNotices:
    """The use case with what it works on: what ``staff_id`` with these roles is told."""

    register: RegisterStore
    staff_id: str
    roles: AbstractSet[Role]

    def __call__(self, inbox: str) -> list[InboxNotice]:
        """What nobody has taken note of yet, of the newest notices to this inbox, the newest first."""
        told = self._told_in(inbox)
        found = self.register.access.notices(told, PAGE_SIZE).notices if told else ()
        unseen = [notice for notice in found if notice.seen_by is None]
        return self._in_words(unseen) if unseen else []

    def _told_in(self, inbox: str) -> str | None:
        """Where the notices lie; nowhere for who reads a colleague's inbox and leads no team."""
        own = inbox == self.staff_id
        if Role.TEAMLEAD in self.roles:
            return self.register.team_inbox_of(inbox) if own else inbox
        return inbox if own else None

    def _in_words(self, notices: list[Notice]) -> list[InboxNotice]:
        hidden = self.register.access.hidden_from(self.staff_id, {one.glass.dossier_id for one in notices})
        staff = self.register.find_staff_members({one.glass.staff_id for one in notices})
        names = {staff_id: member.name for staff_id, member in staff.items()}
        return [_answer(one, names.get(one.glass.staff_id)) for one in notices if one.glass.dossier_id not in hidden]


def _answer(notice: Notice, name: str | None) -> InboxNotice:
    glass = notice.glass
    facts = {"name": name or glass.staff_id, "dossier_id": glass.dossier_id}
    return InboxNotice(
        notice_id=notice.notice_id,
        inbox=notice.inbox,
        dossier_id=glass.dossier_id,
        text=say(Reason("inbox.glass_broken", facts)),
        reason=glass.reason,
        at=glass.at,
        until=glass.until,
    )
