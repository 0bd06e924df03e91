"""A list or a search costs the same calls to DynamoDB whether there is little or much to find."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sozialakte.dossiers.edits import Edit
from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.inbox_counters import counter_parts
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.model import Move
from sozialakte.dossiers.records import document_item, entry_item, move_item
from sozialakte.dossiers.store import DossierStore
from sozialakte.dossiers.work import Note, Task
from sozialakte.dossiers.work_store import WorkStore
from sozialakte.register.model import (
    Absence,
    Dossier,
    DossierPerson,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    StaffMember,
)
from sozialakte.register.records import Record, item_of
from sozialakte.runtime.dynamo import Table
from tests.apis import apis
from tests.aws import DOSSIERS, REGISTER, counted_calls, put_register
from tests.http_calls import Call
from tests.office import DOSSIER, FILED, FOREIGN, PERSON, REASON, RECEIVED, RESPONSIBLE, furnish

OF_DOSSIER = f"/dossiers/{DOSSIER}"
LISTS = {
    "documents": Call("GET", f"{OF_DOSSIER}/documents"),
    "documents of a sender": Call("POST", f"{OF_DOSSIER}/documents/search", body={"sender": "Migration"}),
    "pages with words": Call("POST", f"{OF_DOSSIER}/documents/fulltext", body={"words": "Miete"}),
    "moves": Call("GET", f"{OF_DOSSIER}/moves"),
    "notes": Call("GET", f"{OF_DOSSIER}/notes"),
    "notes on a document": Call("GET", f"{OF_DOSSIER}/documents/{FILED}/notes"),
    "tasks": Call("GET", f"{OF_DOSSIER}/tasks"),
    "my tasks": Call("GET", "/dossiers/tasks"),
    "inbox": Call("GET", "/dossiers/inbox"),
    "urgent ones": Call("GET", "/dossiers/inbox", query={"urgent": "true"}),
    "counts": Call("GET", "/dossiers/inbox/counts"),
    "lead times": Call(
        "GET", "/dossiers/leadtimes", groups="[teamlead]", query={"since": "2026-10-01", "until": "2026-11-30"}
    ),
    "dossier by number": Call("POST", "/dossiers/search", body={"dossier_id": DOSSIER}),
    "dossier by name": Call("POST", "/dossiers/search", body={"name": "Frieda Beispil"}),
    "dossier by birth date": Call("POST", "/dossiers/search", body={"birth_date": "1980-02-03"}),
    "register": Call("GET", f"/register{OF_DOSSIER}"),
    "history": Call("GET", f"/register{OF_DOSSIER}/history"),
    "absences": Call("GET", f"/register/staff/{RESPONSIBLE}/absences"),
    "take-overs": Call("GET", f"/register/staff/{RESPONSIBLE}/handovers"),
}
MANY = 120
"""More than a page shows, and more than is read by key at once."""
SEALED = 99
"""Of what is hidden from somebody a hundred dossiers are looked up at once."""
WRITES = {"PutItem", "TransactWriteItems"}


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish_office()


def furnish_office() -> None:
    """An office with a person who can be searched."""
    furnish()
    put_register(
        Person(PERSON, "Beispiel", "Frieda", birth_date=date(1980, 2, 3)),
        DossierPerson(DOSSIER, PERSON, PersonRole.MAIN),
    )


def calls_of(call: Call) -> tuple[list[str], list[str]]:
    """The calls to DynamoDB to find out how the caller stands to it, and those for the answer."""
    with counted_calls() as calls:
        answer = call.to(apis()[call.path.split("/")[1]].handle)
    assert answer.status == 200
    noted = next(number for number, name in enumerate(calls) if name in WRITES)
    return calls[:noted], [name for name in calls[noted:] if name not in WRITES]


def fill(numbers: range) -> None:
    """So much more of everything, straight into the tables."""
    document, entry = DossierStore(DOSSIERS).find_document(DOSSIER, FILED), InboxStore(DOSSIERS).get(FILED)
    assert document is not None
    edit, store, table = Edit(RESPONSIBLE, RECEIVED, ("created",)), WorkStore(DOSSIERS), Table(DOSSIERS)
    for number in numbers:
        new_id, at = f"{number:032}", RECEIVED - timedelta(hours=number)
        table.put(document_item(replace(document, document_id=new_id, letter_id=new_id, filed_at=at)))
        enter(replace(entry, document_id=new_id, urgent=True, deadline=at.date(), filed_at=at))
        table.put(move_item(DOSSIER, Move(new_id, DOSSIER, FOREIGN, REASON, RESPONSIBLE, at, 2)))
        for place in (f"dossier#{DOSSIER}", f"document#{FILED}"):
            store.save_note(Note(place, new_id, "Ruft an.", RESPONSIBLE, at, edit))
        store.add_task(Task(DOSSIER, new_id, "Prüfen", at.date(), RESPONSIBLE, RESPONSIBLE, at, edit))
        fill_register(number)


def enter(entry: InboxEntry) -> None:
    """Into an inbox and its counts."""
    Table(DOSSIERS).put(entry_item(entry))
    for part in counter_parts(DOSSIERS, None, entry):
        Table(DOSSIERS).update(part.pk, part.sk, part.change)


def fill_register(number: int) -> None:
    """One more dossier with somebody in it, of one more colleague, sealed; one more absence of the responsible."""
    dossier_id, staff_id, day = f"SH-2020-{number:05}", f"ma-9{number:05}", date(2030, 1, 1) + timedelta(2 * number)
    person = Person(f"P-9{number:05}", f"Fremd{number}", "Urs", birth_date=date(1970, 1, 1))
    records: tuple[Record, ...] = (
        StaffMember(staff_id, "Urs Fremd", "ost"),
        Dossier(dossier_id, DossierType.ALIMONY, 4401, DossierStatus.OPEN, staff_id),
        person,
        DossierPerson(dossier_id, person.person_id, PersonRole.MAIN),
        Absence(RESPONSIBLE, day, day),
    )
    for record in records:
        Table(REGISTER).put(item_of(record))
    Table(REGISTER).put({"pk": "seals", "sk": dossier_id, "named": [staff_id], "holds": number < SEALED})


def test_lists_and_searches_cost_the_same_however_much_there_is() -> None:
    fill(range(3))
    few = {name: calls_of(call) for name, call in LISTS.items()}
    fill(range(3, MANY))
    many = {name: calls_of(call) for name, call in LISTS.items()}

    assert many == few
    assert {name: calls for name, (_, calls) in many.items() if calls.count("Query") > 2} == {}
    assert {name: calls for name, (_, calls) in many.items() if len(calls) > 4 and "dossier" not in name} == {}
