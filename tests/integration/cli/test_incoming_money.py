"""``sozialakte payments money`` as somebody calls it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app, incoming_money
from sozialakte.payments import prove_money
from sozialakte.payments.incoming_money import MoneyState
from sozialakte.payments.money_store import MoneyStore
from sozialakte.runtime.dynamo import Change, Table
from tests.aws import PAYMENTS
from tests.bank.office import MESSAGE, claimed, released, sent, take
from tests.bank.words import balance, batch, camt, details, entry
from tests.money_calls import add_money
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove_money, "PAUSE", 0.0)


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


def statement(*entries: str, closing: str = "200.00") -> None:
    take(camt("camt.053", entries, balances=balance("OPBD", "0.00") + balance("CLBD", closing)))


def kept(*states: MoneyState) -> list[str]:
    store = MoneyStore(Table(PAYMENTS))
    return [one.money_id for state in states for one in store.in_state(state, 100)[0]]


def test_money_that_is_lost_is_missing_in_its_state_and_its_statement() -> None:
    statement(entry("120.00", credit=True, ref="A"), entry("80.00", credit=True, ref="B"))
    assert json.loads(money("--json").stdout)["wrong"] == []

    Table(PAYMENTS).delete(f"MONEY#{kept(MoneyState.UNMATCHED)[0]}", "MONEY")

    lost = money()
    assert lost.exit_code == 1
    assert "DIE SUMME GEHT NICHT AUF" in lost.stdout
    assert "1 Gutschriften mit CHF" in lost.stdout
    assert "20.11.2026: Der Kontoauszug nennt Eingänge von CHF 200.00, erfasst sind CHF" in lost.stdout


def test_what_the_bank_told_and_nobody_kept_is_missing_though_the_counters_agree() -> None:
    statement(entry("120.00", credit=True, ref="A"))
    store = MoneyStore(Table(PAYMENTS))
    store.note_stated([replace(one, cents=one.cents + 8000) for one in store.stated_days()])

    told = json.loads(money("--json").stdout)

    assert (told["proven"], len(told["wrong"])) == (False, 1)


def test_more_than_a_statement_tells_is_said_and_proves_nothing() -> None:
    statement(entry("120.00", credit=True, ref="A"), closing="120.00")
    take(camt("camt.054", [entry("9.00", credit=True, ref="LATER")]))

    more = money()

    assert more.exit_code == 0
    assert "CHF 120.00, erfasst sind CHF 129.00. Ist ein Eingang doppelt" in more.stdout


@pytest.mark.parametrize("told_first", [True, False])
def test_divided_sums_and_payments_that_came_back_are_part_of_a_statement(told_first: bool) -> None:
    sent([released(1)])
    ours = details("100.00", credit=True, end_to_end_id=f"{released(1).invoice_id}-01", returned="AC04")
    theirs = details("20.00", credit=True, party="Pia")
    notice = camt("camt.054", [entry("120.00", ours + theirs, credit=True, ref="A", day="", valued="2026-11-21")])
    for first in (told_first, not told_first):
        if first:
            take(notice)
        else:
            statement(entry("120.00", credit=True, ref="A", valued="2026-11-21"), closing="120.00")

    told = json.loads(money("--json").stdout)

    assert (told["proven"], told["wrong"]) == (True, [])


def test_every_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming_money, "_PAGE", 2)
    for number in range(5):
        take(f"<html>{number}".encode())
        other = f"{released(number + 1).invoice_id}-09"
        take(camt("camt.054", [entry("9.00", details("9.00", end_to_end_id=other, ref="x"), ref=f"X{number}")]))
        take(camt("camt.054", [entry("7.00", batch(f"{MESSAGE}-01"), ref=f"S{number}")], number=number))

    told = json.loads(money("--json").stdout)

    assert len([one for one in told["files"] if one["state"] == "refused"]) == 5
    assert len(told["payments"]) == 5
    assert all(map(len, told["payments"].values()))
