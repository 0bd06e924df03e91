"""What the routes about access take and give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from sozialakte.register import LONGEST_REASON, MOST_NAMED, BrokenGlass, Notice, Seal, StaffMember, plain_reason
from sozialakte.register import says_enough as _says_enough
from sozialakte.shared.ids import StaffId
from sozialakte.shared.model import Model


def _judged(text: str) -> str:
    reason = plain_reason(text)
    if not _says_enough(reason):
        raise PydanticCustomError("reason_too_short", "says too little")
    return reason


Reason = Annotated[
    str,
    Field(max_length=LONGEST_REASON, description="At least 20 letters and digits: others will judge it"),
    AfterValidator(_judged),
]
SeenVersion = Annotated[int, Field(ge=0, description="`version` of the seal the person saw; 0 if there was none")]


class AskForAccess(Model):
    """Why the dossier must be seen now."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


class SealDossier(Model):
    """Who alone may see the dossier from now on, in the order in which they receive its mail."""

    model_config = ConfigDict(extra="forbid")

    named: Annotated[list[StaffId], Field(min_length=1, max_length=MOST_NAMED)]
    reason: Reason
    version: SeenVersion


class UnsealDossier(Model):
    """Why the dossier needs no seal any more."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason
    version: SeenVersion


class AccessGiven(Model):
    """Until when the dossier is open for the asker, and which inboxes were told."""

    dossier_id: str
    until: datetime
    told: list[str]

    @classmethod
    def of(cls, glass: BrokenGlass) -> AccessGiven:
        """The answer to who broke the glass."""
        return cls(dossier_id=glass.dossier_id, until=glass.until, told=list(glass.told))


class NoticeAnswer(Model):
    """Somebody saw, or sees, a dossier in an emergency: who, why, until when, and who has taken note."""

    notice_id: str
    inbox: str
    dossier_id: str
    staff_id: str
    staff_name: str | None
    reason: str
    at: datetime
    until: datetime
    seen_by: str | None
    seen_at: datetime | None

    @classmethod
    def of(cls, notice: Notice, staff: Mapping[str, StaffMember]) -> NoticeAnswer:
        """The notice; ``staff`` by id knows the names."""
        glass = notice.glass
        member = staff.get(glass.staff_id)
        return cls(
            notice_id=notice.notice_id,
            inbox=notice.inbox,
            dossier_id=glass.dossier_id,
            staff_id=glass.staff_id,
            staff_name=member.name if member else None,
            reason=glass.reason,
            at=glass.at,
            until=glass.until,
            seen_by=notice.seen_by,
            seen_at=notice.seen_at,
        )


class NoticeList(Model):
    """Broken glass an inbox was told of, newest first; ``next`` is the cursor of the next page."""

    inbox: str
    notices: list[NoticeAnswer]
    next: str | None


class SealAnswer(Model):
    """A dossier's seal as it was last decided; ``version`` 0 if nothing ever was."""

    dossier_id: str
    sealed: bool
    named: list[str]
    reason: str | None
    by: str | None
    at: datetime | None
    version: int

    @classmethod
    def of(cls, dossier_id: str, seal: Seal | None) -> SealAnswer:
        """The seal, or that there is none."""
        return cls(
            dossier_id=dossier_id,
            sealed=seal is not None and seal.holds,
            named=list(seal.named) if seal else [],
            reason=seal.reason if seal else None,
            by=seal.by if seal else None,
            at=seal.at if seal else None,
            version=seal.version if seal else 0,
        )
