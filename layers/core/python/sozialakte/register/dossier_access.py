"""Who may see a dossier beyond those who look after it: seals, broken glass, open business. Pure.

A sealed dossier (a staff member's own, a threatened person's) is there for named persons only; nothing else opens it.
Broken glass is access in an emergency: with a reason, for some hours, for one person and one dossier, and told to
those who look after the dossier.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sozialakte.register.model import OFFICE_INBOX, Dossier, StaffMember, team_inbox
from sozialakte.register.responsibility import Recipient, Staffing
from sozialakte.shared.access import Relation
from sozialakte.shared.reasons import Reason

MOST_NAMED = 12
"""So many persons can be named for a sealed dossier; more is no secret."""
SHORTEST_REASON = 20
"""Letters and digits a reason must have: enough for a sentence that somebody else can judge."""
LONGEST_REASON = 500
GLASS_LASTS = timedelta(hours=8)
"""Access in an emergency ends with the working day."""


@dataclass(frozen=True)
class Seal:
    """What was last decided about a dossier's seal. ``named``: who may see it, in the order in which they get its mail.

    Not ``holds`` means: lifted. ``version`` counts the decisions, from 1.
    """

    dossier_id: str
    named: tuple[str, ...]
    reason: str
    by: str
    at: datetime
    version: int
    holds: bool = True


@dataclass(frozen=True)
class BrokenGlass:
    """Access that a member of staff took in an emergency, until when, and the inboxes that were told."""

    dossier_id: str
    staff_id: str
    reason: str
    at: datetime
    until: datetime
    told: tuple[str, ...]


@dataclass(frozen=True)
class GuardedDossier:
    """A dossier with what opens or closes it beyond the standing relations; ``seal`` only if it holds."""

    dossier: Dossier
    seal: Seal | None = None
    glass: Sequence[BrokenGlass] = ()

    def is_open_to(self, staff_id: str, at: datetime) -> bool:
        """The member of staff broke the glass, and that still lasts."""
        return any(glass.staff_id == staff_id and glass.at <= at < glass.until for glass in self.glass)

    def hides_from(self, staff_id: str) -> bool:
        """For this person it does not exist."""
        return self.seal is not None and staff_id not in self.seal.named


def relation_under(
    guarded: GuardedDossier, viewer: StaffMember | None, standing: Relation, at: datetime, *, has_business: bool
) -> Relation:
    """The relation that counts. ``standing`` is that of `responsibility.relation_to`.

    ``has_business``: the caller knows of an open invoice of this dossier, or of a letter the viewer has claimed. It
    opens no sealed dossier either. Who has left has no relation.
    """
    if viewer is None or not viewer.active:
        return Relation.NONE
    if guarded.seal is not None:
        return Relation.NAMED if viewer.staff_id in guarded.seal.named else Relation.NONE
    if standing is not Relation.NONE:
        return standing
    if has_business:
        return Relation.OPEN_BUSINESS
    return Relation.BREAK_GLASS if guarded.is_open_to(viewer.staff_id, at) else Relation.NONE


def recipient_of_sealed(day: date, named: Sequence[str], staffing: Staffing) -> Recipient:
    """Who receives the mail of a sealed dossier: the first named one present, else the first; never anybody else."""
    present = (staff_id for staff_id in named if staffing.is_present(staff_id, day))
    return Recipient(next(present, named[0]), Reason("inbox.sealed"))


def break_glass(
    dossier_id: str, staff_id: str, reason: str, at: datetime, responsible: StaffMember | None
) -> BrokenGlass:
    """Access in an emergency; the responsible person and the team (its lead) are told, the office if there is none."""
    told = (responsible.staff_id, team_inbox(responsible.team)) if responsible else (OFFICE_INBOX,)
    return BrokenGlass(dossier_id, staff_id, reason, at, at + GLASS_LASTS, told)


def plain_reason(text: str) -> str:
    """The reason in one line, composed (NFC), without control and other invisible characters."""
    visible = "".join(" " if mark.isspace() else mark for mark in text if mark.isspace() or _is_visible(mark))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def says_enough(reason: str) -> bool:
    """A plain reason that somebody else can judge: dots and blanks do not count."""
    said = sum(mark.isalnum() for mark in reason)
    return said >= SHORTEST_REASON and len(reason) <= LONGEST_REASON


def _is_visible(mark: str) -> bool:
    return not unicodedata.category(mark).startswith("C")
