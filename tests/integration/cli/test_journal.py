"""``sozialakte payments journal`` as somebody calls it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.payments.invoice import CodingLine, Invoice
from sozialakte.payments.journal_store import JOURNAL
from sozialakte.payments.store import PaymentsStore
from sozialakte.register.model import DossierPerson, Person, PersonRole
from sozialakte.runtime.dynamo import Change, Table
from sozialakte.shared.ahv_number import AhvNumber
from tests.aws import AUDIT, PAYMENTS, REGISTER, put_register, rows
from tests.booked import DOSSIER, LINES, an_approved, came_back, furnish_categories, paid, released
from tests.builders import a_dossier
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("aws")
AHV, CHILDS = AhvNumber("7569217076985"), AhvNumber("7561234567897")
TABLES = {"payments": PAYMENTS, "audit": AUDIT, "register": REGISTER}


def journal(*arguments: str, month: str = "2026-11") -> Result:
    deployed({f"demo-{context}": {"TableName": table} for context, table in TABLES.items()})
    asked = ["payments", "journal", "--stage", "demo", "--month", month, *arguments]
    return CliRunner().invoke(app, asked, env={"COLUMNS": "200"})


def settled(number: int, **what: object) -> Invoice:
    store, approved = PaymentsStore(PAYMENTS), an_approved(number, **what)
    done = paid(released(approved))
    store.save(None, approved)
    store.save(approved, done)
    return done


@pytest.fixture(autouse=True)
def booked(aws: None) -> list[Invoice]:  # noqa: ARG001 # the tables come first
    """Two bills that were paid, the second came back; the rent of a child, and for the whole unit."""
    put_register(a_dossier(DOSSIER), Person("P-000123", "Muster", "Kind", ahv_number=CHILDS))
    put_register(Person("P-000001", "Muster", "Frieda", ahv_number=AHV))
    put_register(
        DossierPerson(DOSSIER, "P-000001", PersonRole.MAIN), DossierPerson(DOSSIER, "P-000123", PersonRole.MEMBER)
    )
    furnish_categories()
    unit = CodingLine(LINES[0].amount, "21", None, LINES[0].period_from, LINES[0].period_to)
    first, second = settled(1, lines=(*LINES, unit)), settled(2)
    PaymentsStore(PAYMENTS).save(second, came_back(second))
    return [first, second]


def test_the_proof_names_all_three_sums_and_the_invoices() -> None:
    shown = journal()

    assert shown.exit_code == 0
    assert "Soll CHF 5'750.00, Haben CHF 5'750.00, gezählt CHF 5'750.00; ausbezahlt CHF 2'850.00. Das geht auf." in (
        shown.output
    )
    assert "gebucht CHF 2'850.00, beglichene Rechnungen CHF 2'850.00. Das geht auf." in shown.output
    assert "5720.3637.21" in shown.output
    assert "CHF -2'850.00" in shown.output  # the bank's balance


def test_a_posting_that_was_lost_is_seen(booked: list[Invoice]) -> None:
    entries = [row for row in rows(PAYMENTS) if row.get("entity") == "journal_entry"]
    row = next(row for row in entries if row["invoice_id"] == booked[0].invoice_id)
    Table(PAYMENTS).delete(str(row["pk"]), str(row["sk"]))

    shown = journal()

    assert shown.exit_code == 1
    assert "DAS GEHT NICHT AUF" in shown.output


def test_an_invoice_settled_without_a_booking_is_seen() -> None:
    row = next(row for row in rows(PAYMENTS) if row["pk"] == JOURNAL)
    Table(PAYMENTS).update(JOURNAL, str(row["sk"]), Change(add={"settled/CHF": -100}))

    assert journal().exit_code == 1
    assert journal(month="2026-10").exit_code == 1


def test_the_file_has_a_line_for_each_posting_and_the_ahv_number_where_statistics_need_it(tmp_path: Path) -> None:
    shown = journal("--csv", str(tmp_path / "journal.csv"))

    assert shown.exit_code == 0
    with (tmp_path / "journal.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert len(lines) == 3 + 2 + 2
    by_category = {(line["category"], line["person_id"]): line["ahv_number"] for line in lines}
    assert by_category == {("21", "P-000123"): CHILDS, ("63", ""): "", ("21", ""): AHV}
    assert {line["booked_on"] for line in lines} == {"2026-11-18", "2026-11-19"}


def test_programs_get_postings_and_proof() -> None:
    told = json.loads(journal("--json").output)

    assert (told["proven"], len(told["lines"])) == (True, 7)
    assert told["proof"]["CHF"]["booked_ever"] == told["proof"]["CHF"]["settled_invoices"] == "2850.00"


def test_a_month_without_bookings_and_a_month_that_is_none() -> None:
    assert journal(month="2025-01").exit_code == 0
    wrong = journal(month="2026-13")
    assert wrong.exit_code == 2
    assert "2026-11" in wrong.output


def test_a_look_at_the_journal_is_written_down() -> None:
    journal()

    assert [row["subject"] for row in rows(AUDIT) if "subject" in row] == ["journal#2026-11"]
