"""A filled table holds as many rows as it should, beside and among those that a letter touches."""

from __future__ import annotations

import pytest

from sozialakte.runtime.dynamo import NEW, ConditionFailedError, Key, Put, Query, Table, transact
from tests.aws import DOSSIERS, INTAKE, REGISTER
from tests.bench.filled import filled, stock

pytestmark = pytest.mark.usefixtures("aws")
DOCUMENT = {"pk": "DOSSIER#1", "sk": "DOCUMENT#1", "entity": "document"}
ENTRY = {"pk": "LETTER#1", "sk": "ENTRY", "entity": "inbox_entry", "list_key": "INBOX#1", "list_order": "1"}
LETTER = {"pk": "BATCH#1", "sk": "LETTER#1", "entity": "letter", "state_key": "letter#review", "since": "1"}
PERSON = {"pk": "person#1", "sk": "current", "ahv_number": "7560000000001"}
OF_DOSSIER = Query(Key("pk").eq("DOSSIER#1"))


def furnish() -> None:
    for table, row in ((DOSSIERS, DOCUMENT), (DOSSIERS, ENTRY), (INTAKE, LETTER), (REGISTER, PERSON)):
        Table(table).put(dict(row))


def test_documents_lie_among_those_of_the_dossier_and_elsewhere() -> None:
    furnish()

    with filled(stock(letters=1, dossiers=1), documents=1000):
        assert len(list(Table(DOSSIERS).query(OF_DOSSIER))) == 1 + 10
        assert Table(DOSSIERS).get("DOSSIER#1~500", "DOCUMENT#1") is not None
        assert Table(REGISTER).get("person#1~199", "current") is not None
        assert Table(REGISTER).get("person#1~200", "current") is None


def test_entries_lie_in_the_same_inbox_and_in_others() -> None:
    furnish()
    here, there = (Query(Key("list_key").eq(f"INBOX#1{suffix}"), index="by_list") for suffix in ("", "~500"))

    with filled(stock(letters=1, dossiers=1), documents=1000):
        assert len(list(Table(DOSSIERS).query(here))) == 1 + 10
        assert len(list(Table(DOSSIERS).query(there))) == 1


def test_batches_and_persons_stay_alone() -> None:
    furnish()

    with filled(stock(letters=1, dossiers=1), documents=1000):
        assert len(list(Table(INTAKE).query(Query(Key("pk").eq("BATCH#1"))))) == 1
        assert len(list(Table(INTAKE).query(Query(Key("state_key").eq("letter#review"), index="by_state")))) == 1
        assert len(list(Table(REGISTER).query(Query(Key("ahv_number").eq("7560000000001"), index="by_ahv")))) == 1


def test_a_nearly_empty_table_has_a_neighbour_too() -> None:
    furnish()

    with filled(stock(letters=1, dossiers=1), documents=20):
        assert len(list(Table(DOSSIERS).query(OF_DOSSIER))) == 2


def test_transactions_work_as_ever() -> None:
    furnish()

    with filled(stock(letters=1, dossiers=1), documents=1000):
        transact([Put(DOSSIERS, {"pk": "new", "sk": "1"}, NEW)])
        with pytest.raises(ConditionFailedError):
            transact([Put(DOSSIERS, {"pk": "newer", "sk": "1"}), Put(DOSSIERS, {"pk": "new", "sk": "1"}, NEW)])

        assert Table(DOSSIERS).get("new", "1") is not None
        assert Table(DOSSIERS).get("newer", "1") is None
        assert Table(DOSSIERS).get("DOSSIER#1~500", "DOCUMENT#1") is not None
