"""What the routes of the register take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from sozialakte.register.as_of import DossierThen, PersonThen, PlaceThen
from sozialakte.register.hand_over import Ordered
from sozialakte.register.history import Span
from sozialakte.register.model import PROTECTION, Absence, Dossier, PersonRole
from sozialakte.register.runs import Run
from sozialakte.register.stored_history import LastWrite
from sozialakte.register.undo_run import Refused, Undone
from sozialakte.runtime.free_text import ShortText
from sozialakte.runtime.parameters import Day
from sozialakte.shared.ids import InboxId
from sozialakte.shared.model import Model

SeenVersion = Annotated[int, Field(ge=0, description="`version` of the dossier the person saw")]


class _Body(Model):
    model_config = ConfigDict(extra="forbid")


class ChangeStatus(_Body):
    """Since when, or from when on, and why."""

    day: Day
    reason: ShortText
    version: SeenVersion


class GiveDossier(_Body):
    """To whom, from when on, and why."""

    to: InboxId
    day: Day
    reason: ShortText
    version: SeenVersion


class HandCasesOver(_Body):
    """Who takes over everything, from when on, and why."""

    to: InboxId
    day: Day
    reason: ShortText


class EnterAbsence(_Body):
    """Days away, both included."""

    first_day: Day
    last_day: Day


class WithdrawAbsence(_Body):
    """The absence that begins on this day."""

    first_day: Day


class Validity(Model):
    """From when until when (exclusive) a value holds; who said it (`feed` or a staff id), in which run, and why."""

    valid_from: date
    valid_to: date | None
    source: str
    run: str
    reason: str | None

    @classmethod
    def of(cls, span: Span) -> Validity:
        """Of a version."""
        version = span.version
        origin = version.origin
        return cls(
            valid_from=version.valid_from,
            valid_to=span.valid_to,
            source=origin.source,
            run=origin.run,
            reason=origin.reason,
        )


class DossierData(Model):
    """What the register says of a dossier, and how long."""

    type: str
    commune: int
    status: str
    responsible: str | None
    validity: Validity

    @classmethod
    def of(cls, dossier: Dossier, span: Span) -> DossierData:
        """One version."""
        return cls(
            type=dossier.type,
            commune=dossier.commune,
            status=dossier.status,
            responsible=dossier.responsible,
            validity=Validity.of(span),
        )


class PersonData(Model):
    """Who somebody is."""

    family_name: str
    given_names: str
    former_family_names: list[str]
    birth_date: date | None
    ahv_number: str | None
    address: list[str]
    validity: Validity

    @classmethod
    def of(cls, then: PersonThen) -> PersonData:
        """One version; the address line by line."""
        person, home = then.person, then.person.address
        street = " ".join(part for part in (home.street, home.house_number) if part) if home else ""
        return cls(
            family_name=person.family_name,
            given_names=person.given_names,
            former_family_names=list(person.former_family_names),
            birth_date=person.birth_date,
            ahv_number=person.ahv_number,
            address=[line for line in (street, f"{home.postal_code} {home.town}") if line] if home else [],
            validity=Validity.of(then.span),
        )


class PlaceData(Model):
    """Somebody's place in the dossier. ``ward``: the person is protected here, not only supported."""

    person_id: str
    role: str
    ward: bool
    relationship: str | None
    in_support_unit: bool | None
    in_household: bool | None
    validity: Validity
    person: PersonData | None

    @classmethod
    def of(cls, then: PlaceThen, dossier: Dossier) -> PlaceData:
        """One version."""
        place = then.place
        return cls(
            person_id=place.person_id,
            role=place.role,
            ward=place.role is PersonRole.MAIN and dossier.type in PROTECTION,
            relationship=place.relationship,
            in_support_unit=place.in_support_unit,
            in_household=place.in_household,
            validity=Validity.of(then.span),
            person=PersonData.of(then.person) if then.person else None,
        )


class RegisterAnswer(Model):
    """A dossier and those in it as of a day. ``version`` goes back with a change."""

    dossier_id: str
    as_of: date
    version: int
    dossier: DossierData
    persons: list[PlaceData]

    @classmethod
    def of(cls, then: DossierThen, day: date) -> RegisterAnswer:
        """As of the day."""
        return cls(
            dossier_id=then.dossier.dossier_id,
            as_of=day,
            version=then.written.version,
            dossier=DossierData.of(then.dossier, then.span),
            persons=[PlaceData.of(place, then.dossier) for place in then.places],
        )


class HistoryAnswer(Model):
    """All versions of a dossier and of the places in it, the oldest first."""

    dossier_id: str
    dossier: list[DossierData]
    persons: list[PlaceData]


class DossierChanged(Model):
    """The dossier's new version."""

    dossier_id: str
    version: int

    @classmethod
    def of(cls, dossier_id: str, written: LastWrite) -> DossierChanged:
        """After the change."""
        return cls(dossier_id=dossier_id, version=written.version)


class AbsenceAnswer(Model):
    """Days away, both included."""

    first_day: date
    last_day: date


class AbsenceList(Model):
    """The absences of a member of staff, past ones too."""

    staff_id: str
    absences: list[AbsenceAnswer]

    @classmethod
    def of(cls, staff_id: str, absences: tuple[Absence, ...]) -> AbsenceList:
        """By their first day."""
        entries = [AbsenceAnswer(first_day=one.first_day, last_day=one.last_day) for one in absences]
        return cls(staff_id=staff_id, absences=entries)


class HandoverAnswer(Model):
    """A take-over. ``state``: `running` or `undoing` with ``left`` above 0 means ask again; see README."""

    handover_id: str
    state: str
    from_staff: str
    to_staff: str
    day: date
    reason: str
    by: str
    at: datetime
    dossiers: int
    left: int = 0

    @classmethod
    def of(cls, run: Run, left: int = 0) -> HandoverAnswer:
        """Of a run that is one."""
        order = run.handover
        if order is None:
            raise ValueError(f"{run.run_id} is no take-over")
        return cls(
            handover_id=run.run_id,
            state=run.state,
            from_staff=order.from_staff,
            to_staff=order.to_staff,
            day=order.day,
            reason=order.reason,
            by=run.by,
            at=run.at,
            dossiers=run.counts.get("dossiers", 0),
            left=left,
        )

    @classmethod
    def ordered(cls, ordered: Ordered) -> HandoverAnswer:
        """What became of an order so far."""
        return cls.of(ordered.run, ordered.left)


class HandoverList(Model):
    """The last take-overs from or to a member of staff, newest first."""

    handovers: list[HandoverAnswer]


class RefusedAnswer(Model):
    """A dossier that stays as it is, and who has changed it since."""

    entry: str
    by: str | None
    at: str | None

    @classmethod
    def of(cls, refused: Refused) -> RefusedAnswer:
        """By ids."""
        return cls(entry=refused.entry, by=refused.since.by, at=refused.since.at)


class UndoneAnswer(Model):
    """What became of taking a take-over back."""

    handover: HandoverAnswer
    restored: int
    refused: list[RefusedAnswer]

    @classmethod
    def of(cls, undone: Undone) -> UndoneAnswer:
        """So far."""
        refused = [RefusedAnswer.of(one) for one in undone.refused]
        return cls(handover=HandoverAnswer.of(undone.run, undone.left), restored=undone.restored, refused=refused)
