"""Table ``register``: who the clients are, their dossiers, and who looks after them.

| access pattern | how | reads |
|---|---|---|
| person by id | get pk=person#<id> sk=current | 1 |
| persons by AHV number | index by_ahv: ahv_number | 1 |
| persons by birth date | index by_birth_date: birth_date | 1 |
| persons by names (mistyped: `dossier_search`) | batch get of pk=name#<key> sk=current, then of persons | 1 or 2 |
| dossier by id | get pk=dossier#<id> sk=current | 1 |
| persons of a dossier | query pk=dossier#<id> sk begins person#, then batch get | 1 + persons / 100 |
| dossiers of a person | index by_person: person_id, pk begins dossier#, then batch get | 2 |
| dossiers of many persons (`dossier_search`) | batch get of pk=person#<id> sk=places, then of the dossiers | 2 |
| relation to many dossiers | batch get of the staff, and of the seals | 2 |
| member of staff with absences | query pk=staff#<id> sk from absence# to current | 1 |
| recipient on a day, relation to a dossier | dossier (`access_book`), then staff until one is present | 3 to 14 |
| relation to an inbox | viewer and owner | 2 |
| rows of an import | batch get of the exact keys | rows / 100 |
| a changed entry | transaction of its row, the version before, what leads to it, the run's note (`chronicle`) | 0 |
| dossiers of a member of staff | query pk=staff#<id> sk begins load#, then batch get | 1 + dossiers / 100 |
| as of a day, history | `as_of` | 1 to 3 |
| runs | `runs` | 1 or 2 |

Nothing is read twice as often because the table grew. Persons, dossiers and staff have ``sk=current``; earlier values
lie beside them (``sk=was#...``) and planned ones in the row itself (`stored_history`), so that what holds today is one
read. Index keys that are not known are absent. A name's row holds the ids of who bears it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from sozialakte.register.access_book import AccessBook
from sozialakte.register.as_of import Past
from sozialakte.register.chronicle import Chronicle
from sozialakte.register.dossier_access import GuardedDossier, recipient_of_sealed, relation_under
from sozialakte.register.model import (
    OFFICE_INBOX,
    Absence,
    Dossier,
    DossierPerson,
    Person,
    PersonRole,
    Place,
    StaffMember,
    team_inbox,
    team_of_inbox,
)
from sozialakte.register.name_index import NameAnswer, NameIndex
from sozialakte.register.person_names import NameAsked
from sozialakte.register.records import (
    LOAD,
    MEMBER,
    dossier_key,
    dossier_of,
    dossier_person_of,
    person_key,
    person_of,
    staff_key,
    staff_member_of,
)
from sozialakte.register.responsibility import Recipient, Staffing, recipient_on, relation_to, relation_to_inbox
from sozialakte.register.roster import Roster
from sozialakte.register.runs import Runs
from sozialakte.register.stored_history import on_day
from sozialakte.runtime.dynamo import Item, Key, Query, Table
from sozialakte.shared.access import Relation
from sozialakte.shared.ahv_number import AhvNumber
from sozialakte.shared.clock import midnight_in_zurich, zurich_date

MAX_DOSSIERS_OF_PERSON = 20
"""More dossiers of one person are not looked at; the case systems know seven types."""


class UnknownDossierError(LookupError):
    """No dossier has this number."""


class RegisterStore:
    """The register in one DynamoDB table."""

    def __init__(self, table: str, today: date | None = None) -> None:
        """``table`` is the table's name.

        With ``today`` (Zurich) what was planned and holds by now is seen; without it what held at the last write.
        """
        self._table = Table(table)
        self._today = today
        self._names = NameIndex(self._table)
        self.access = AccessBook(self._table)
        self.chronicle = Chronicle(self._table)
        self.runs = Runs(self._table)
        self.past = Past(self._table)

    def find_person(self, person_id: str, as_of: date | None = None) -> Person | None:
        """The person today or as of a day, or None."""
        if as_of is not None:
            then = self.past.person(person_id, as_of)
            return then.person if then else None
        item = self._table.get(*person_key(person_id))
        return person_of(item) if item else None

    def find_persons(self, person_ids: Iterable[str]) -> dict[str, Person]:
        """Those of them who are known, by id; one batch get."""
        rows = self.find_rows(map(person_key, person_ids))
        return {person.person_id: person for person in map(person_of, rows.values())}

    def find_persons_by_ahv(self, ahv_number: AhvNumber) -> tuple[Person, ...]:
        """Normally one or none: the importer refuses a second one."""
        return self._persons("by_ahv", "ahv_number", ahv_number)

    def find_persons_by_birth_date(self, birth_date: date) -> tuple[Person, ...]:
        """Everybody born on that day."""
        return self._persons("by_birth_date", "birth_date", birth_date.isoformat())

    def find_persons_by_names(self, names: Sequence[NameAsked]) -> tuple[NameAnswer, ...]:
        """Who bears each of these names, now or formerly, misread names too. Raises `TooManyNamesError`."""
        return self._names.find(names)

    def get_dossier(self, dossier_id: str) -> Dossier:
        """The dossier. Raises `UnknownDossierError`."""
        dossier = self.find_dossier(dossier_id)
        if dossier is None:
            raise UnknownDossierError(dossier_id)
        return dossier

    def find_dossier(self, dossier_id: str, day: date | None = None) -> Dossier | None:
        """The dossier today, or on a day to come; None if there is none."""
        item = self._table.get(*dossier_key(dossier_id))
        return dossier_of(_at(item, day or self._today)) if item else None

    def responsible_on(self, dossier_id: str, day: date) -> str | None:
        """Who had, has or will have the dossier on a day, past ones too; None if nobody or no such dossier then."""
        then = self.past.dossier(dossier_id, day)
        return then.dossier.responsible if then else None

    def dossiers_of_staff(self, staff_id: str, day: date) -> tuple[Dossier, ...]:
        """The dossiers, closed ones too, that the member of staff has on ``day``, today or later; by number."""
        where = Key("pk").eq(staff_key(staff_id)[0]) & Key("sk").begins_with(LOAD)
        load = self._table.query(Query(where, consistent=True))
        rows = self._table.get_many([dossier_key(str(row["sk"]).removeprefix(LOAD)) for row in load])
        found = (dossier_of(_at(row, day)) for row in rows)
        return tuple(sorted((one for one in found if one.responsible == staff_id), key=lambda one: one.dossier_id))

    def find_places_of_person(self, person_id: str) -> tuple[Place, ...]:
        """The dossiers the person is in today, closed ones too, by number; at most `MAX_DOSSIERS_OF_PERSON`."""
        where = Key("person_id").eq(person_id) & Key("pk").begins_with("dossier#")
        page = self._table.query_page(Query(where, index="by_person"), limit=MAX_DOSSIERS_OF_PERSON)
        links = [link for link in map(self._place, page.items) if link.role is not PersonRole.FORMER]
        rows = self.find_rows(dossier_key(link.dossier_id) for link in links)
        found = ((rows.get(dossier_key(link.dossier_id)), link.role) for link in links)
        return tuple(Place(dossier_of(_at(row, self._today)), role) for row, role in found if row is not None)

    def find_dossier_ids_of_person(self, person_id: str) -> tuple[str, ...]:
        """Every dossier the person is or was in, by number; at most `MAX_DOSSIERS_OF_PERSON`."""
        where = Key("person_id").eq(person_id) & Key("pk").begins_with("dossier#")
        page = self._table.query_page(Query(where, index="by_person"), limit=MAX_DOSSIERS_OF_PERSON)
        return tuple(dossier_person_of(item).dossier_id for item in page.items)

    def find_persons_of_dossier(self, dossier_id: str) -> tuple[Person, ...]:
        """The persons in the dossier today, in order of their ids."""
        where = Key("pk").eq(dossier_key(dossier_id)[0]) & Key("sk").begins_with(MEMBER)
        places = map(self._place, self._table.query(Query(where)))
        found = self._names.persons(place.person_id for place in places if place.role is not PersonRole.FORMER)
        return tuple(found[person_id] for person_id in sorted(found))

    def find_main_person(self, dossier_id: str) -> Person | None:
        """Whose dossier it is today, or None."""
        where = Key("pk").eq(dossier_key(dossier_id)[0]) & Key("sk").begins_with(MEMBER)
        places = map(self._place, self._table.query(Query(where)))
        main = next((place.person_id for place in places if place.role is PersonRole.MAIN), None)
        return self.find_person(main) if main else None

    def find_staff_member(self, staff_id: str) -> StaffMember | None:
        """The member of staff, or None."""
        item = self._table.get(*staff_key(staff_id))
        return staff_member_of(item) if item else None

    def find_staff_members(self, staff_ids: Iterable[str]) -> dict[str, StaffMember]:
        """Those of them who are known, by id."""
        rows = self.find_rows(map(staff_key, staff_ids))
        return {member.staff_id: member for member in map(staff_member_of, rows.values())}

    def find_persons_under(self, keys: Iterable[tuple[str, str]]) -> tuple[Person, ...]:
        """Everybody to whom one of the rows of names leads; two batch gets."""
        return tuple(self._names.persons(self._names.bearers(keys)).values())

    def find_recipient(self, dossier_id: str, day: date) -> Recipient:
        """Whose inbox the dossier's mail goes to on ``day``. Raises `UnknownDossierError`."""
        guarded = self.access.find(dossier_id, midnight_in_zurich(day))
        if guarded is None:
            raise UnknownDossierError(dossier_id)
        roster, dossier = Roster(self._table), guarded.dossier
        if guarded.seal is not None:
            roster.look_up_first_present(guarded.seal.named, day)
            return recipient_of_sealed(day, guarded.seal.named, roster.staffing)
        if dossier.responsible is not None:
            roster.look_up_in_charge(dossier.responsible, day)
        return recipient_on(day, dossier, roster.staffing)

    def find_absences(self, staff_id: str) -> tuple[Absence, ...]:
        """The absences of a member of staff, past ones too, by their first day; not those withdrawn."""
        roster = Roster(self._table)
        roster.look_up(staff_id)
        absences = (one for one in roster.staffing.absences if one.first_day <= one.last_day)
        return tuple(sorted(absences, key=lambda one: one.first_day))

    def has_nobody(self, dossier_id: str, at: datetime) -> bool:
        """The dossier exists, is not sealed, and nobody known is responsible for it, today or later."""
        guarded = self.access.find(dossier_id, at)
        if guarded is None or guarded.seal is not None:
            return False
        responsible = guarded.dossier.responsible
        return responsible is None or self.find_staff_member(responsible) is None

    def relation_of(self, dossier_id: str, staff_id: str, at: datetime, *, has_business: bool = False) -> Relation:
        """How the member of staff stands to the dossier; to an unknown one like to a stranger's, so nothing shows.

        ``has_business``: see `dossier_access.relation_under`.
        """
        guarded = self.access.find(dossier_id, at)
        if guarded is None:
            return Relation.NONE
        roster, dossier, day = Roster(self._table), guarded.dossier, zurich_date(at)
        roster.look_up(staff_id)
        if guarded.seal is None and dossier.responsible is not None:
            roster.look_up_in_charge(dossier.responsible, day)
        standing = relation_to(dossier, staff_id, day, roster.staffing)
        viewer = roster.staffing.members.get(staff_id)
        return relation_under(guarded, viewer, standing, at, has_business=has_business)

    def relations_of(self, dossiers: Sequence[Dossier], staff_id: str) -> dict[str, Relation]:
        """As `relation_of` by two batch gets for all, but blind to broken glass and who stands in for a deputy."""
        asked = {staff_id, *(dossier.responsible for dossier in dossiers if dossier.responsible)}
        staffing = Staffing(self.find_staff_members(asked))
        seals = self.access.seals_of(dossier.dossier_id for dossier in dossiers)
        viewer, day = staffing.members.get(staff_id), date.min  # no absence is looked up: everybody counts as present
        at = datetime.max.replace(tzinfo=UTC)  # nor is broken glass
        return {
            dossier.dossier_id: relation_under(
                GuardedDossier(dossier, seals.get(dossier.dossier_id)),
                viewer,
                relation_to(dossier, staff_id, day, staffing),
                at,
                has_business=False,
            )
            for dossier in dossiers
        }

    def relation_to_inbox(self, inbox: str, staff_id: str) -> Relation:
        """How the member of staff stands to the inbox."""
        roster = Roster(self._table)
        roster.look_up(staff_id)
        roster.look_up(inbox)
        return relation_to_inbox(inbox, staff_id, roster.staffing)

    def team_inbox_of(self, inbox: str) -> str:
        """The inbox of the team that an inbox belongs to; the office's, of somebody nobody knows."""
        if inbox == OFFICE_INBOX or team_of_inbox(inbox):
            return inbox
        member = self.find_staff_member(inbox)
        return team_inbox(member.team) if member else OFFICE_INBOX

    def find_rows(self, keys: Iterable[tuple[str, str]], *, consistent: bool = False) -> dict[tuple[str, str], Item]:
        """The stored rows of these keys, by key."""
        found = self._table.get_many(sorted(set(keys)), consistent=consistent)
        return {(str(item["pk"]), str(item["sk"])): item for item in found}

    def as_of_today(self, item: Item) -> Item:
        """A row with the values of the store's day."""
        return _at(item, self._today)

    def _place(self, item: Item) -> DossierPerson:
        return dossier_person_of(_at(item, self._today))

    def _persons(self, index: str, name: str, value: str) -> tuple[Person, ...]:
        return tuple(map(person_of, self._table.query(Query(Key(name).eq(value), index=index))))


def _at(item: Item, day: date | None) -> Item:
    """The row as of a day to come; what begins later than asked is looked up in `as_of`."""
    return on_day(item, day) or item
