"""``sozialakte payments ledger`` and ``recount`` as somebody calls them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.payments import bill_ledger, owner_report, recount_ledger
from sozialakte.payments.invoice import MACHINE, Act, Duty
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import LEDGER
from sozialakte.payments.records import invoice_key
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Discount
from sozialakte.runtime.dynamo import Change, Table
from sozialakte.shared.clock import utc_now, zurich_date
from tests.aws import PAYMENTS
from tests.invoices import TERMS, an_invoice
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("aws")
DOSSIER, OTHER = "SH-2026-00001", "SH-2026-00002"
CREDITOR, BANK = "c0ffee00c0ffee00", "beef0000beef0000"
NOW = utc_now()
TODAY = zurich_date(NOW)


def payments(*arguments: str) -> Result:
    deployed({"demo-payments": {"TableName": PAYMENTS}})
    return CliRunner().invoke(app, ["payments", *arguments, "--stage", "demo"], env={"COLUMNS": "200"})


def told(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(payments("ledger", "--json", *arguments).output)
    return answer


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bill_ledger, "PAUSE", 0.0)


@pytest.fixture(autouse=True)
def bills(aws: None) -> list[str]:  # noqa: ARG001 # the table comes first
    """A fresh one with a discount; one 40 days old and overdue, in EUR; a rejected one."""
    store = PaymentsStore(PAYMENTS)
    discount = Discount(Decimal(2), TODAY + timedelta(days=3))
    fresh = an_invoice(1, replace(TERMS, due=TODAY, discounts=(discount,)), dossier_id=DOSSIER)
    old = an_invoice(2, replace(TERMS, currency="EUR", due=TODAY - timedelta(days=1)), dossier_id=OTHER)
    ended = an_invoice(3, replace(TERMS, amount=None), dossier_id=DOSSIER)
    made = [
        replace(fresh, received_at=NOW),
        replace(old, received_at=NOW - timedelta(days=40), creditor_id=BANK),
        replace(ended, received_at=NOW),
    ]
    for invoice in made:
        store.save(None, invoice)
    act = Act(Duty.SETTLE, "end_rejected", MACHINE, NOW)
    store.save(made[2], made[2].step(InvoiceState.REJECTED, act))
    return [invoice.invoice_id for invoice in made]


def test_every_bill_is_in_exactly_one_state(bills: list[str]) -> None:
    found = told()

    assert (found["proven"], found["received"]) == (True, 3)
    states = {line["state"]: (line["count"], line["amounts"], line["without_amount"]) for line in found["states"]}
    assert states == {"open": (2, {"CHF": "1450.00", "EUR": "1450.00"}, 0), "rejected": (1, {}, 1)}
    assert found["ages"] == {"week": 1, "fortnight": 0, "month": 0, "two_months": 1, "quarter": 0, "older": 0}
    assert [line["invoice_id"] for line in found["overdue"]] == [bills[1]]
    assert [line["invoice_id"] for line in found["at_risk"]] == [bills[0]]


@pytest.mark.parametrize(
    ("asked", "received", "unpaid"),
    [
        (("--dossier", DOSSIER), 2, 1),
        (("--dossier", OTHER), 1, 1),
        (("--creditor", CREDITOR), 2, 1),
        (("--creditor", BANK), 1, 1),
        (("--dossier", DOSSIER, "--creditor", BANK), 0, 0),
    ],
)
def test_of_a_client_and_of_a_creditor(asked: tuple[str, ...], received: int, unpaid: int) -> None:
    found = told(*asked)

    assert (found["proven"], found["received"], sum(found["ages"].values())) == (True, received, unpaid)


def test_people_read_it_in_words_and_nobodys_name_stands_in_it() -> None:
    result = payments("ledger")

    assert result.exit_code == 0
    assert "Die Summe geht auf: 3 Rechnungen eingegangen" in result.output
    assert "Überfällig: 1" in result.output
    assert "Skonto in Gefahr: 1" in result.output
    assert "1 ohne Betrag" in result.output
    assert TERMS.creditor.name not in result.output
    assert TERMS.iban not in result.output


def test_the_chart_shows_the_ages(tmp_path: Path) -> None:
    chart = tmp_path / "ages.svg"

    payments("ledger", "--chart", str(chart))

    drawn = chart.read_text(encoding="utf-8")
    assert f"Unbezahlte Rechnungen am {TODAY:%d.%m.%Y} nach Alter: 2" in drawn
    assert "<title>31-60 Tage: 1</title>" in drawn


def test_a_sum_that_is_wrong_is_said_and_mended(bills: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recount_ledger, "PAUSE", 0.0)
    month, row = f"{TODAY:%Y-%m}", f"{TODAY:%Y-%m}#{bills[0][0]}"
    assert (LEDGER, row) in PaymentsStore(PAYMENTS).ledger.by_row([month])
    Table(PAYMENTS).update(LEDGER, row, Change(add={"received_count": -1}))

    wrong = payments("ledger")
    mended = payments("recount")

    assert (wrong.exit_code, wrong.output.splitlines()[0]) == (
        1,
        "DIE SUMME GEHT NICHT AUF: 2 eingegangen, 3 in einem Zustand",
    )
    assert (mended.exit_code, mended.output) == (0, "1 Zahlen des Rechnungsnachweises berichtigt.\n")
    assert payments("recount").output == "Der Rechnungsnachweis stimmt mit den Rechnungen überein.\n"
    assert payments("ledger").exit_code == 0


def test_every_client_and_every_creditor_has_a_line(bills: list[str]) -> None:
    month, before = f"{TODAY:%Y-%m}", f"{zurich_date(NOW - timedelta(days=40)):%Y-%m}"

    by_dossier, by_creditor = told("--by", "dossier"), told("--by", "creditor")

    assert [(line["month"], line["id"], line["received"], line["states"]) for line in by_dossier["lines"]] == [
        (before, OTHER, 1, {"open": 1}),
        (month, DOSSIER, 2, {"open": 1, "rejected": 1}),
    ]
    assert [(line["id"], line["in_a_state"], line["amounts"]) for line in by_creditor["lines"]] == [
        (BANK, 1, {"open": {"EUR": "1450.00"}}),
        (CREDITOR, 2, {"open": {"CHF": "1450.00"}}),
    ]
    assert all(report["proven"] and report["received"] == len(bills) for report in (by_dossier, by_creditor))
    assert by_dossier["ages"] == {"week": 1, "fortnight": 0, "month": 0, "two_months": 1, "quarter": 0, "older": 0}


def test_the_report_says_where_the_sum_is_wrong(
    bills: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(owner_report, "PAUSE", 0.0)
    Table(PAYMENTS).delete(*invoice_key(bills[0]))

    result, chart = payments("ledger", "--by", "dossier", "--chart", str(tmp_path / "ages.svg")), tmp_path / "ages.svg"

    assert result.exit_code == 1
    assert result.output.splitlines()[0] == "DIE SUMME GEHT NICHT AUF: 3 eingegangen, 2 in einem Zustand"
    wrong = [line for line in result.output.splitlines() if "GEHT NICHT AUF" in line][1:]
    assert [DOSSIER in line for line in wrong] == [True]
    assert "geht auf" in next(line for line in result.output.splitlines() if OTHER in line)
    assert "<title>31-60 Tage: 1</title>" in chart.read_text(encoding="utf-8")
    lost = payments("recount")
    assert (lost.exit_code, "1 Rechnungen sind eingegangen und in keinem Zustand mehr" in lost.output) == (1, True)


@pytest.mark.parametrize("asked", [("--dossier", DOSSIER), ("--creditor", CREDITOR)])
def test_a_lost_bill_is_missing_in_its_dossier_and_at_its_creditor(bills: list[str], asked: tuple[str, str]) -> None:
    Table(PAYMENTS).delete(*invoice_key(bills[0]))

    found = told(*asked)

    assert (found["proven"], found["received"], sum(line["count"] for line in found["states"])) == (False, 2, 1)


def test_the_report_is_of_all(bills: list[str]) -> None:
    assert bills
    assert payments("ledger", "--by", "dossier", "--dossier", DOSSIER).exit_code == 2


def test_no_such_stage() -> None:
    result = CliRunner().invoke(app, ["payments", "ledger", "--stage", "nowhere"])

    assert result.exit_code == 1


def test_a_lost_bill_is_missing_in_the_plain_ledger(bills: list[str]) -> None:
    Table(PAYMENTS).delete(*invoice_key(bills[0]))

    result = payments("ledger")

    assert (result.exit_code, told()["proven"]) == (1, False)
    assert "2 Rechnungen sind als unbezahlt gezählt, 1 sind da." in result.output
