"""``sozialakte payments money`` as somebody calls it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.payments.incoming_money import MoneyState
from sozialakte.runtime.dynamo import Change, Table
from tests.aws import PAYMENTS
from tests.bank.office import MESSAGE, claimed, released, sent, take
from tests.bank.words import batch, camt, details, entry
from tests.money_calls import add_money
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("aws")


def money(*arguments: str) -> Result:
    deployed({"demo-payments": {"TableName": PAYMENTS}})
    return CliRunner().invoke(app, ["payments", "money", "--stage", "demo", *arguments], env={"COLUMNS": "220"})


def test_it_proves_the_sum_and_lists_what_waits() -> None:
    claim = claimed("250.00")
    add_money("250.00", state=MoneyState.PROPOSED, proposals=(claim.number,))
    add_money("12.00", "a" * 32, state=MoneyState.MATCHED)

    told = json.loads(money("--json").stdout)
    shown = money()

    assert (told["proven"], told["received"], told["by_state"]) == (True, 2, {"matched": 1, "proposed": 1})
    assert [one["proposals"] for one in told["waiting"]] == [[claim.reference]]
    assert shown.exit_code == 0
    assert "Die Summe geht auf: 2 Gutschriften" in shown.stdout
    assert claim.reference in shown.stdout


def test_it_tells_what_the_bank_said_that_somebody_has_to_look_at() -> None:
    sent([released(1)])
    take(b"<html>")
    take(camt("camt.054", [entry("7.00", batch(f"{MESSAGE}-01"), ref="S")]))
    other = f"{released(9).invoice_id}-01"
    take(camt("camt.054", [entry("9.00", details("9.00", end_to_end_id=other, ref="x"), ref="X")]))

    shown = money().stdout

    assert "in/message.xml" in shown
    assert f"Die Belastung der Gruppe {MESSAGE}-01 mit CHF 7.00 passt nicht" in shown
    assert "zu der es keine Rechnung gibt" in shown


def test_a_sum_that_is_wrong_is_said_and_counts_as_an_error() -> None:
    add_money()
    Table(PAYMENTS).update("MONEYLEDGER", "0", Change(add={"received_count": 1}))

    wrong = money()

    assert wrong.exit_code == 1
    assert "DIE SUMME GEHT NICHT AUF" in wrong.stdout
