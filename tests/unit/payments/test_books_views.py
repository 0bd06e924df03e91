"""What the page of the accounts shows of runs, incoming money, the ledger and the bank."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.answers import InvoiceSummary
from sozialakte.payments.bank.book import BankFile, BankFileState, WaitingSum
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.bank_lists import BankMessageList, BankPaymentList, WaitingSumList
from sozialakte.payments.bill_ledger import Age
from sozialakte.payments.incoming_money import IncomingMoney, MoneyAct, MoneyState
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_answers import LedgerAnswer, MonthAnswer
from sozialakte.payments.ledger_books import Counts
from sozialakte.payments.money_answers import MoneyAnswer, MoneyLedgerAnswer, MoneyList
from sozialakte.payments.money_store import counts_of
from sozialakte.payments.runs.answers import RunList
from sozialakte.payments.runs.run import (
    FILE_REFUSED,
    LeftOut,
    PaymentRun,
    RunAct,
    RunFile,
    RunState,
    SampleItem,
    SampleResult,
    Total,
)
from sozialakte.payments.runs.seen_run import RunSeen, Viewer
from sozialakte.payments.runs.store import RunPage
from sozialakte.payments.views.bank_view import BankList, messages_view, payments_view, sums_view
from sozialakte.payments.views.bills_seen import Bills
from sozialakte.payments.views.books_parts import counted, sum_of
from sozialakte.payments.views.claims_seen import ClaimsSeen
from sozialakte.payments.views.credit_view import credit_view
from sozialakte.payments.views.hurry_view import Hurry, hurry_view
from sozialakte.payments.views.ledger_view import ledger_said, ledger_view
from sozialakte.payments.views.money_list_view import money_list_view, proof_of
from sozialakte.payments.views.run_view import run_said, run_view
from sozialakte.payments.views.runs_view import runs_view
from sozialakte.shared.access import Role
from sozialakte.shared.reasons import Reason
from tests.invoices import TERMS, an_invoice

NOW, DAY = datetime(2026, 11, 20, 9, tzinfo=UTC), date(2026, 11, 24)
HOSTILE = "</p><script>alert(1)</script><a onclick='x' href=\"javascript:x\">&amp;"
ACCOUNTING, RELEASE, AUDIT = (frozenset({role}) for role in (Role.ACCOUNTING, Role.PAYMENTRELEASE, Role.AUDITOR))
BILL = an_invoice()
CHECKED = SampleItem(BILL.invoice_id, ("partial",), SampleResult("ma-4", NOW, right=True))
RUN = PaymentRun(
    "R20261124-01", DAY, DAY, RunState.CHECKING, NOW, (RunAct("made", "ma-3", NOW),), "b" * 64,
    {"CHF": Total(2, Decimal("7407.85"))}, persons=("ma-1",), payees=("ma-2",), sample=(CHECKED,), version=4,
)  # fmt: skip


def seen(run: PaymentRun, roles: frozenset[Role] = ACCOUNTING, who: str = "ma-9") -> RunSeen:
    return RunSeen.by(Viewer(roles, frozenset({who}), frozenset(run.payees)), run, frozenset())


def shown(run: PaymentRun, roles: frozenset[Role] = ACCOUNTING, bills: Bills | None = None) -> str:
    return run_view(seen(run, roles), bills or bills_with("Immo Muster AG"), roles)


def bills_with(name: str, *, own: bool = False) -> Bills:
    terms = replace(TERMS, creditor=replace(TERMS.creditor, name=name))
    ids = frozenset({BILL.invoice_id})
    summary = InvoiceSummary.of(replace(BILL, terms=terms))
    return Bills({BILL.invoice_id: summary}, opening=ids, own=ids if own else frozenset())


def credit(text: str = "", **what: object) -> IncomingMoney:
    known = {"reference": text, "text": text, "payer": text, "payer_iban": text}
    return IncomingMoney("0" * 32, "CH93", Decimal("250.00"), "CHF", booked_on=DAY, **{**known, **what})  # type: ignore[arg-type]


def money_view(money: IncomingMoney, roles: frozenset[Role] = ACCOUNTING) -> str:
    listed = MoneyList.of([money], None, frozenset())
    ledger = MoneyLedgerAnswer.of(counts_of([money]))
    claims = ClaimsSeen()
    return money_list_view(listed, money.state, ledger, claims, roles) + credit_view(
        MoneyAnswer.of(money), claims, roles
    )


def bank_view(text: str) -> str:
    file = BankFile("a" * 64, f"in/{text}", BankFileState.REFUSED, NOW, text, text, (text,), told=(_said(text),))
    facts = PaymentFacts(text, rejected=text, returned=text)
    group = WaitingSum(text, "k", Decimal(5), "CHF", DAY)
    return (
        messages_view(BankList.REFUSED, BankMessageList.of([file], None), ACCOUNTING)
        + payments_view(BankList.ODD_PAYMENTS, BankPaymentList.of([facts], None, frozenset()), Bills(), ACCOUNTING)
        + sums_view(WaitingSumList.of([group], None), ACCOUNTING)
    )


def _said(text: str) -> Reason:
    return Reason("bank_told.unknown_file", {"message_id": text})


def bodies(markup: str) -> list[dict[str, object]]:
    return [json.loads(unescape(body)) for body in re.findall(r'data-body="([^"]*)"', markup)]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60) | st.just(HOSTILE))
def test_no_text_of_anybody_makes_an_element(text: str) -> None:
    def elements(said: str) -> list[str]:
        result = SampleResult("ma-4", NOW, right=False, reason=said)
        acts = (*RUN.acts, RunAct("cancelled", "ma-3", NOW, said))
        run = replace(RUN, sample=(replace(CHECKED, result=result),), acts=acts, left_out=_left_out(said))
        paid_back = MoneyAct(MoneyState.PAID_BACK, "ma-3", NOW, reason=said)
        money = credit(said, state=MoneyState.PAID_BACK, acts=(paid_back,))
        hurry = hurry_view(Hurry.OVERDUE, bills_with(said), None, ACCOUNTING)
        view = shown(run, bills=bills_with(said)) + money_view(money) + bank_view(said) + hurry
        return re.findall(r"<[a-z!/][^\s>]*", view)

    assert elements(text) == elements("x")


def _left_out(said: str) -> tuple[LeftOut, ...]:
    return (LeftOut(BILL.invoice_id, (Reason("run.in_other_run", {"run_id": said}),)),)


def test_who_may_release_is_offered_the_button_with_the_sum_and_the_version_seen() -> None:
    view = shown(RUN, RELEASE)

    assert "Freigeben: 2 Zahlungen, CHF 7&#x27;407.85" in view
    assert {"version": 4} in bodies(view)
    assert run_said(seen(RUN)) == "Zahlungslauf R20261124-01, in Prüfung, 2 Zahlungen, CHF 7'407.85"


@pytest.mark.parametrize(
    ("who", "roles", "why"),
    [
        ("ma-9", ACCOUNTING, "wer für die Zahlungsfreigabe zuständig ist"),
        ("ma-1", RELEASE, "Wer eine Rechnung dieses Laufs erfasst oder bewilligt hat"),
        ("ma-2", RELEASE, "Wer aus diesem Lauf Geld bekommt"),
    ],
)
def test_who_must_not_release_reads_why(who: str, roles: frozenset[Role], why: str) -> None:
    run = seen(RUN, roles, who)

    assert why in str(run.obstacles.release)
    assert "Freigeben:" not in run_view(run, Bills(), roles)


def test_of_what_may_be_done_nothing_is_left_when_it_is_over() -> None:
    over = seen(replace(RUN, state=RunState.EXPORTED))

    assert None not in {over.obstacles.check, over.obstacles.release, over.obstacles.cancel}
    assert bodies(run_view(over, Bills(), ACCOUNTING)) == []


def test_a_run_whose_file_no_bank_would_take_can_be_cancelled() -> None:
    refused = RunAct(FILE_REFUSED, "machine", NOW, "CH21")
    run = seen(replace(RUN, state=RunState.RELEASED, acts=(*RUN.acts, refused)))
    view = run_view(run, Bills(), ACCOUNTING)

    assert (run.refused, run.obstacles.cancel) == (True, None)
    assert "Keine Bank würde die Datei annehmen" in view
    assert "data-soon" not in view, "nobody waits for it"


def test_a_payment_of_ones_own_and_one_that_is_sealed_are_not_offered_for_a_check() -> None:
    waiting = replace(RUN, sample=(SampleItem(BILL.invoice_id),))
    own = shown(waiting, bills=bills_with("Immo", own=True))
    hidden = RunSeen.by(Viewer(ACCOUNTING, frozenset(), frozenset()), waiting, frozenset({BILL.invoice_id}))
    sealed = run_view(hidden, Bills(hidden=frozenset({BILL.invoice_id})), ACCOUNTING)

    assert "prüft sie nicht" in own
    assert "Rechnung eines versiegelten Dossiers" in sealed
    assert "Immo" not in sealed
    for view in (own, sealed):
        assert not [body for body in bodies(view) if "right" in body]


def test_what_was_found_wrong_is_not_in_the_file_and_both_sums_are_told() -> None:
    wrong = replace(CHECKED, result=SampleResult("ma-4", NOW, right=False, reason="IBAN"))
    file = RunFile("R20261124-01-1", 1, Decimal("1234.5"), "a" * 64)
    run = replace(RUN, sample=(wrong,), dropped=(LeftOut(BILL.invoice_id, (_changed(),)),), dropped_count=1)

    assert "Ohne 1 Zahlung: in der Stichprobe beanstandet." in shown(run, RELEASE)
    done = shown(replace(run, state=RunState.EXPORTED, files=(file,)))
    assert "1 Zahlung, CHF 1&#x27;234.50" in done
    assert "2 Zahlungen, CHF 7&#x27;407.85" in done
    assert "(Stand: zurückgewiesen)" in done


def _changed() -> Reason:
    return Reason("run.changed", {"state": "returned"})


def test_a_run_is_begun_on_a_working_day_by_who_may() -> None:
    friday = date(2026, 11, 20)
    empty = RunList.of(RunPage((), None))

    assert 'value="2026-11-23"' in runs_view(empty, ACCOUNTING, friday, others_pay=False)
    assert "<form" not in runs_view(empty, AUDIT, friday, others_pay=False)
    assert "Hier bezahlt ein anderes System" in runs_view(empty, ACCOUNTING, friday, others_pay=True)


def test_money_is_said_to_be_a_proposed_claim_or_none_and_never_what_it_is_already() -> None:
    proposed = credit("x", state=MoneyState.PROPOSED, proposals=(7,))
    claims = [str(body["claim"]) for body in bodies(money_view(proposed)) if "claim" in body]

    assert [int(reference[:-1]) for reference in claims] == [7]
    fates = [body["fate"] for body in bodies(money_view(credit("x", state=MoneyState.PAID_BACK))) if "fate" in body]
    assert sorted(map(str, fates)) == ["booked_elsewhere", "claim"]


def test_money_that_is_hidden_or_told_one_by_one_is_no_question() -> None:
    divided = credit("x", state=MoneyState.DIVIDED)
    sealed = MoneyAnswer.of(credit("Geheim", proposals=(7,)), frozenset({7}))

    assert bodies(credit_view(MoneyAnswer.of(divided), ClaimsSeen(), ACCOUNTING)) == []
    view = credit_view(sealed, ClaimsSeen(), ACCOUNTING)
    assert bodies(view) == []
    assert "Geheim" not in view


def test_the_proof_of_money_names_every_state_once() -> None:
    money = [credit("x"), replace(credit("y", state=MoneyState.MATCHED), amount=Decimal("0.05"))]

    assert proof_of(MoneyLedgerAnswer.of(counts_of(money))) == (
        "Die Summe geht auf: CHF 250.05 (2 Geldeingänge) eingegangen = CHF 250.00 nicht zugeordnet + CHF 0.05 durch "
        "die Referenz zugeordnet."
    )
    assert proof_of(MoneyLedgerAnswer.of(counts_of([]))) == "Es ist noch kein Geld eingegangen."


def a_ledger(*months: tuple[str, Counts]) -> LedgerAnswer:
    return LedgerAnswer.of([MonthAnswer.of(*month) for month in months], dict.fromkeys(Age, 0))


def test_every_state_of_an_invoice_is_in_one_share_of_the_sum() -> None:
    counts = Counts(len(InvoiceState), dict.fromkeys(InvoiceState, 1), {(InvoiceState.OPEN, "CHF"): 123450})

    said = ledger_said(a_ledger(("2026-11", counts)))

    received, *shares = map(int, re.findall(r"\d+", said))
    assert received == sum(shares) == len(InvoiceState)
    assert "CHF 1&#x27;234.50" in ledger_view(a_ledger(("2026-11", counts)), AUDIT)


def test_a_month_that_is_not_proven_is_named() -> None:
    right, wrong = Counts(1, {InvoiceState.PAID: 1}), Counts(2, {InvoiceState.PAID: 1})
    view = ledger_view(a_ledger(("2026-10", right), ("2026-11", wrong)), AUDIT)

    assert view.count("GEHT NICHT AUF") == 2, "in the sentence and beside the month"
    assert re.search(r"11\.2026</th>.*?GEHT NICHT AUF.*?10\.2026</th>", view)


def test_old_months_share_a_column() -> None:
    months = [(f"2026-{number:02d}", Counts(1, {InvoiceState.OPEN: 1})) for number in range(1, 10)]

    view = ledger_view(a_ledger(*months), AUDIT)

    assert "aus 04.2026" in view
    assert "aus 03.2026" not in view
    assert "älter" in view


def test_sums_and_numbers_are_written_as_in_switzerland() -> None:
    assert sum_of({"EUR": "20", "CHF": "1234567.5"}) == "CHF 1'234'567.50 + EUR 20.00"
    assert counted(11000, "payment") == "11'000 Zahlungen"
