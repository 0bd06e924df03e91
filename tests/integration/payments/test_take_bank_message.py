"""What the bank says settles payments, each once: booked, refused, returned; what is wrong is told, never swallowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from sozialakte.payments.bank.book import BankBook, BankFileState
from sozialakte.payments.bank.file_answers import FileAnswer
from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal_proof import prove_journal
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.texts import say
from tests.aws import PAYMENTS, counted_calls, rows
from tests.bank.office import DAY, DOSSIER, MESSAGE, NOW, put, released, sent, states, take, take_all, taker
from tests.bank.simulator import BankDay
from tests.bank.words import balance, batch, camt, details, entry, group, payment, status_report

pytestmark = pytest.mark.usefixtures("aws")
NAMELESS = camt("camt.054", [entry("1.00")]).replace(b' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"', b"")
PAID, RELEASED, RETURNED = "paid", "released", "returned"


def three() -> list[Invoice]:
    return [released(1), released(2), released(3)]


def now_is(invoice: Invoice) -> Invoice:
    return PaymentsStore(PAYMENTS).get(invoice.invoice_id)


def named(invoice: Invoice) -> str:
    return end_to_end_id(invoice.invoice_id, invoice.attempt)


def booked(invoice: Invoice, amount: str, ref: str = "d1") -> bytes:
    return camt("camt.054", [entry(amount, details(amount, end_to_end_id=named(invoice), ref=ref), ref=f"E{ref}")])


def came_back(invoice: Invoice, amount: str) -> bytes:
    inside = details(amount, credit=True, end_to_end_id=named(invoice), ref="r1", returned="AC04")
    return camt("camt.054", [entry(amount, inside, credit=True, ref="R1", code="ICDT/RRTN")])


def rejected(invoice: Invoice, reason: str = "AC01") -> bytes:
    return status_report(MESSAGE, group(f"{MESSAGE}-01", payment(named(invoice), reason=reason)), status="PART")


def codes(told: tuple[object, ...]) -> list[str]:
    return [reason.code for reason in told]  # type: ignore[attr-defined]


def problems(invoice: Invoice) -> tuple[str, ...]:
    return BankBook(Table(PAYMENTS)).facts_of([named(invoice)])[named(invoice)].problems


def test_a_day_at_the_bank_settles_a_run() -> None:
    invoices = [released(number) for number in range(1, 11)]
    day = BankDay(sent(invoices), DAY, rejected=2, returned=1)

    files = take_all(day.messages())

    assert [file.state for file in files] == [BankFileState.TAKEN] * 4
    assert [file.told for file in files] == [()] * 4
    assert sorted(states(invoices)) == [PAID] * 7 + [RETURNED] * 3
    counts = PaymentsStore(PAYMENTS).ledger.by_month()["2026-11"]
    assert counts.is_proven
    assert counts.by_state == {InvoiceState.PAID: 7, InvoiceState.RETURNED: 3}


def test_a_booked_invoice_says_when_and_by_what() -> None:
    (invoice,) = [released(1)]
    sent([invoice])

    take(booked(invoice, "100.00"))

    paid = now_is(invoice)
    assert (paid.state, str(paid.booked_on)) == (InvoiceState.PAID, "2026-11-20")
    assert paid.last_act
    assert (paid.last_act.what, paid.last_act.by) == ("booked", "machine")
    assert paid.version == invoice.version + 1


def test_a_rejected_invoice_goes_back_to_people_with_the_banks_words() -> None:
    invoices = three()
    sent(invoices)

    take(rejected(invoices[0]))

    back = now_is(invoices[0])
    assert states(invoices) == [RETURNED, RELEASED, RELEASED]
    assert back.last_act
    assert back.last_act.reason == "AC01: Die Kontonummer ist falsch."
    assert PaymentsStore(PAYMENTS).waiting("enter#office", 10).invoices == (back,)


@pytest.mark.parametrize(
    "report",
    [
        status_report(MESSAGE, status="RJCT", reason="FF01"),
        status_report(MESSAGE, group(f"{MESSAGE}-01", status="RJCT", reason="DT01")),
    ],
)
def test_a_rejected_file_or_group_sends_all_of_it_back(report: bytes) -> None:
    invoices = three()
    sent(invoices)

    take(report)

    assert states(invoices) == [RETURNED] * 3


@pytest.mark.parametrize("code", ["AM05", "DU01", "DU02"])
@pytest.mark.parametrize("is_group", [False, True])
def test_a_file_that_the_bank_has_already_is_no_rejection_of_what_it_pays(code: str, is_group: bool) -> None:
    invoices = three()
    sent(invoices)
    told = group(f"{MESSAGE}-01", status="RJCT", reason=code)

    file = take(status_report(MESSAGE, told) if is_group else status_report(MESSAGE, status="RJCT", reason=code))
    take(booked(invoices[0], "100.00"))

    assert states(invoices) == [PAID, RELEASED, RELEASED]
    assert codes(file.told) == ["bank_told.has_it"]


@pytest.mark.parametrize("code", ["NARR", "MS03", "FF01", ""])
@pytest.mark.parametrize("is_group", [False, True])
@pytest.mark.parametrize("before", ["accepted", "booked", "both"])
def test_a_refusal_of_a_file_that_the_bank_accepted_is_told_and_decides_nothing(
    code: str, is_group: bool, before: str
) -> None:
    invoices = three()
    sent(invoices)
    said = status_report(MESSAGE, status="ACCP")
    for message in {"accepted": [said], "booked": [booked(invoices[0], "100.00")]}.get(
        before, [said, *(booked(one, f"{number}00.00", f"d{number}") for number, one in enumerate(invoices, 1))]
    ):
        take(message)
    stand = states(invoices)

    told = group(f"{MESSAGE}-01", status="RJCT", reason=code)
    file = take(status_report(MESSAGE, told) if is_group else status_report(MESSAGE, status="RJCT", reason=code))

    assert states(invoices) == stand
    assert codes(file.told) == ["bank_told.refused_late"]
    assert all(not now_is(one).doubts for one in invoices)


@pytest.mark.parametrize("is_group", [False, True])
def test_a_bank_that_checked_the_file_may_find_no_funds_for_it(is_group: bool) -> None:
    invoices = three()
    sent(invoices)
    take(status_report(MESSAGE, status="ACTC"))

    told = group(f"{MESSAGE}-01", status="RJCT", reason="AM04")
    file = take(status_report(MESSAGE, told) if is_group else status_report(MESSAGE, status="RJCT", reason="AM04"))

    assert (states(invoices), file.told) == ([RETURNED] * 3, ())


def test_a_refused_file_is_refused_though_its_message_was_only_half_taken() -> None:
    invoices = three()
    sent(invoices)
    BankBook(Table(PAYMENTS)).note_answer(FileAnswer(MESSAGE, "RJCT", NOW))
    take(rejected(invoices[0]))

    take(status_report(MESSAGE, status="RJCT", reason="FF01"))

    assert states(invoices) == [RETURNED] * 3


@pytest.mark.parametrize(
    "reason",
    [
        "<Rsn><Prtry>DUPLICATE</Prtry></Rsn>",
        "<Rsn><Cd>DUPL</Cd></Rsn>",
        "<Rsn><Cd>NARR</Cd></Rsn><AddtlInf>MsgId: duplicate message</AddtlInf>",
    ],
)
def test_a_bank_says_in_its_own_words_that_it_has_the_file(reason: str) -> None:
    invoices = three()
    sent(invoices)
    report = status_report(MESSAGE, status="RJCT", reason="NARR")

    file = take(report.replace(b"<Rsn><Cd>NARR</Cd></Rsn>", reason.encode()))

    assert states(invoices) == [RELEASED] * 3
    assert "bank_told.has_it" in codes(file.told)


def test_acceptance_is_no_payment() -> None:
    invoices = three()
    sent(invoices)

    take(status_report(MESSAGE, group(f"{MESSAGE}-01", status="ACSC"), status="ACCP"))

    assert states(invoices) == [RELEASED] * 3


@pytest.mark.parametrize("message_id", ["", "NOTPROVIDED", "BANKMSG1", MESSAGE])
def test_the_sum_of_a_group_is_found_whatever_the_bank_calls_its_file(message_id: str) -> None:
    invoices = three()
    sent(invoices)

    file = take(camt("camt.054", [entry("600.00", batch(f"{MESSAGE}-01", message_id), ref="B1")]))

    assert states(invoices) == [PAID] * 3
    assert (file.foreign, file.told) == (0, ())


def test_the_sum_of_a_group_that_may_be_ours_is_told_and_waits() -> None:
    file = take(camt("camt.054", [entry("600.00", batch("R20261127-09-1-01"), ref="B1")]))

    assert codes(file.told) == ["bank_told.unknown_group"]
    assert [str(one.amount) for one in BankBook(Table(PAYMENTS)).sums(10)[0]] == ["600.00"]
    assert take(camt("camt.054", [entry("7.00", batch("BANK-9-1"), ref="B2")])).foreign == 1


def test_a_return_that_does_not_say_of_what_is_told_and_kept_as_money() -> None:
    invoice = released(1)
    sent([invoice])
    take(booked(invoice, "100.00"))
    inside = details("100.00", credit=True, end_to_end_id="NOTPROVIDED", ref="r1", returned="AC04", party="Praxis")

    file = take(camt("camt.054", [entry("100.00", inside, credit=True, ref="R1", code="ICDT/RRTN")]))

    assert states([invoice]) == [PAID]
    assert [(one.code, one.params) for one in file.told] == [("bank_told.unknown_return", {"amount": "CHF 100.00"})]
    assert file.money == 1


def test_the_sum_of_a_group_books_all_its_payments() -> None:
    invoices = three()
    sent(invoices)

    take(
        camt(
            "camt.053",
            [entry("600.00", batch(f"{MESSAGE}-01"), ref="B1")],
            balances=balance("OPBD", "0.00") + balance("CLBD", "-600.00"),
        )
    )

    assert states(invoices) == [PAID] * 3


def test_the_sum_of_a_group_told_as_its_only_payment_books_all() -> None:
    invoices = three()
    sent(invoices)

    take(camt("camt.054", [entry("600.00", details("600.00", payment_information_id=f"{MESSAGE}-01"), ref="B1")]))

    assert states(invoices) == [PAID] * 3


def test_a_sum_without_what_was_rejected_waits_for_the_rejection() -> None:
    invoices = three()
    sent(invoices)
    without_second = camt("camt.054", [entry("400.00", batch(f"{MESSAGE}-01"), ref="B1")])

    take(without_second)
    before = states(invoices)
    ((waiting,), _) = BankBook(Table(PAYMENTS)).sums(10)
    take(rejected(invoices[1]))

    assert (waiting.payment_information_id, waiting.amount) == (f"{MESSAGE}-01", Decimal("400.00"))
    assert before == [RELEASED] * 3
    assert states(invoices) == [PAID, RETURNED, PAID]
    assert BankBook(Table(PAYMENTS)).sums(10) == ((), None)


def test_a_payment_that_comes_back_before_it_was_booked_is_back() -> None:
    invoice = released(1)
    sent([invoice])

    take(came_back(invoice, "100.00"))
    take(booked(invoice, "100.00"))

    assert states([invoice]) == [RETURNED]
    assert problems(invoice) == ()
    assert now_is(invoice).doubts == ()


def test_a_payment_that_comes_back_after_it_was_booked_is_back_with_the_reason() -> None:
    invoice = released(1)
    sent([invoice])

    take(booked(invoice, "100.00"))
    take(came_back(invoice, "100.00"))

    back = now_is(invoice)
    assert (back.state, back.booked_on) == (InvoiceState.RETURNED, None)
    assert back.last_act
    assert (back.last_act.what, back.last_act.reason) == ("bank_returned", "AC04: Das Konto ist aufgehoben.")


def test_the_same_message_again_changes_nothing() -> None:
    invoice = released(1)
    sent([invoice])
    content = booked(invoice, "100.00")
    first = take(content)
    before = [row for row in rows(PAYMENTS) if row.get("entity") != "bank_object"]

    again = take(content, NOW + timedelta(days=3))

    assert again == first
    assert [row for row in rows(PAYMENTS) if row.get("entity") != "bank_object"] == before


def test_the_same_booking_in_another_message_changes_nothing() -> None:
    invoice = released(1)
    sent([invoice])
    take(booked(invoice, "100.00"))
    before = now_is(invoice)

    take(booked(invoice, "100.00").replace(b"BANK-1", b"BANK-2"))

    assert now_is(invoice) == before
    assert problems(invoice) == ()


def test_a_second_debit_of_the_same_payment_is_told_to_people() -> None:
    invoice = released(1)
    sent([invoice])

    take(booked(invoice, "100.00", "d1"))
    take(booked(invoice, "100.00", "d2"))

    assert states([invoice]) == [PAID]
    assert problems(invoice) == ("booked_twice",)
    assert codes(now_is(invoice).doubts) == ["bank_problem.booked_twice"]
    ((told,), _) = BankBook(Table(PAYMENTS)).payments("odd", 10)
    assert told.end_to_end_id == named(invoice)


@pytest.mark.parametrize("turned", [False, True])
def test_what_the_bank_booked_stays_paid_though_it_rejects_it(turned: bool) -> None:
    invoice = released(1)
    sent([invoice])
    messages = [rejected(invoice), booked(invoice, "100.00")]

    for message in reversed(messages) if turned else messages:
        take(message)

    assert states([invoice]) == [PAID if turned else RETURNED]
    assert problems(invoice) == ("booked_though_rejected",)
    assert codes(now_is(invoice).doubts) == ["bank_problem.booked_though_rejected"]


def test_another_amount_than_what_is_owed_is_told() -> None:
    invoice = released(1)
    sent([invoice])

    take(booked(invoice, "90.00"))

    assert states([invoice]) == [PAID]
    assert codes(now_is(invoice).doubts) == ["bank_problem.other_amount"]


def test_an_answer_about_an_older_attempt_changes_nothing_but_stays_known() -> None:
    newer = released(1, attempt=2)
    sent([newer])
    older = replace(newer, attempt=1)

    take(came_back(older, "100.00"))
    take(rejected(older))

    assert now_is(newer) == newer
    assert problems(older) == ()


def test_an_older_attempt_that_was_booked_after_all_is_told_to_people() -> None:
    newer = released(1, attempt=2)
    sent([newer])
    older = replace(newer, attempt=1)

    take(booked(older, "100.00"))

    assert states([newer]) == [RELEASED]
    assert codes(now_is(newer).doubts) == ["bank_problem.booked_before"]
    assert problems(older) == ("booked_before",)

    take(came_back(older, "100.00"))

    assert (now_is(newer).doubts, problems(older)) == ((), ())


def test_what_the_bank_says_before_we_know_of_the_payment_is_done_later() -> None:
    invoice = released(1)
    sent([replace(invoice, state=InvoiceState.APPROVED, attempt=0)])
    take(booked(invoice, "100.00"))
    store, book = PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS))
    before = store.get(invoice.invoice_id)
    ((early,), _) = book.payments("early", 10)

    store.save(before, replace(before, state=InvoiceState.RELEASED, attempt=1, version=before.version + 1))
    taker().settle.look_again(early.end_to_end_id)

    assert before.state is InvoiceState.APPROVED
    assert states([invoice]) == [PAID]
    assert book.payments("early", 10) == ((), None)


def test_a_payment_without_an_invoice_is_told_to_people() -> None:
    take(booked(released(7), "100.00"))

    assert problems(released(7)) == ("unknown_invoice",)


def test_money_sent_to_us_under_an_id_of_ours_is_no_payment_that_comes_back() -> None:
    invoice = released(1)
    sent([invoice])
    take(booked(invoice, "100.00"))
    inside = details("0.05", credit=True, end_to_end_id=named(invoice), ref="x1")

    file = take(camt("camt.054", [entry("0.05", inside, credit=True, ref="X1", code="RCDT/OTHR")]))

    assert states([invoice]) == [PAID]
    assert (file.payments, file.money) == (0, 1)


def test_an_answer_to_a_file_we_did_not_send_is_told() -> None:
    file = take(status_report("OTHER-1", status="RJCT", reason="FF01"))
    ours_by_name = take(status_report("../out/x", status="RJCT", reason="FF01"))

    assert codes(file.told) == codes(ours_by_name.told) == ["bank_told.unknown_file"]


def test_a_file_understood_otherwise_than_sent_is_told() -> None:
    sent(three())

    file = take(status_report(MESSAGE, status="ACCP", more="<OrgnlNbOfTxs>2</OrgnlNbOfTxs>"))

    assert codes(file.told) == ["bank_told.other_file"]


def test_what_is_only_announced_is_not_booked() -> None:
    invoice = released(1)
    sent([invoice])

    take(camt("camt.054", [entry("100.00", details("100.00", end_to_end_id=named(invoice)), status="PDNG")]))

    assert states([invoice]) == [RELEASED]


def test_bank_charges_and_payments_of_others_are_counted_as_foreign() -> None:
    file = take(
        camt("camt.054", [entry("4.50", ref="c1"), entry("8.00", details("8.00", end_to_end_id="LOHN-1"), ref="c2")])
    )

    assert (file.parts, file.foreign, file.payments, file.money) == (2, 2, 0, 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bank_file.nothing"),
        (camt("camt.053", []).replace(b".001.08", b".001.04"), "bank_message.older"),
        (NAMELESS, "bank_file.no_namespace"),
        (camt("camt.054", [entry("1.00", status="BOOOKED")]), "bank_message.schema"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_kept_listed_and_changes_nothing(content: bytes, code: str) -> None:
    file = take(content)

    assert file.state is BankFileState.REFUSED
    assert codes(file.told)[0] == code
    assert BankBook(Table(PAYMENTS)).files("refused", 10) == ((file,), None)
    assert {row.get("entity") for row in rows(PAYMENTS)} == {"bank_file", "bank_object"}


def test_half_a_broken_message_does_nothing() -> None:
    invoice = released(1)
    sent([invoice])
    good = entry("100.00", details("100.00", end_to_end_id=named(invoice)))

    take(camt("camt.054", [good, entry("x")]))

    assert states([invoice]) == [RELEASED]


def test_a_resent_statement_of_many_payments_costs_a_call_per_hundred() -> None:
    invoices = [released(number) for number in range(1, 121)]
    day = BankDay(sent(invoices), DAY)
    take(day.debits())

    with counted_calls() as calls:
        take(day.debits().replace(b"BANK-2", b"BANK-9"))

    assert calls.count("BatchGetItem") == 2
    assert calls.count("TransactWriteItems") == 0


def test_settling_a_payment_takes_one_write() -> None:
    invoices = [released(number) for number in range(1, 51)]
    day = BankDay(sent(invoices), DAY)

    with counted_calls() as calls:
        take(day.debits())

    assert calls.count("TransactWriteItems") == 50
    assert len(calls) <= 50 + 6


def test_the_amount_of_a_credit_note_is_compared_without_its_sign() -> None:
    invoice = released(1, amount=Decimal("-40.00"))
    PaymentsStore(PAYMENTS).save(None, invoice)

    take(booked(invoice, "40.00"))

    assert now_is(invoice).doubts == ()


def test_a_file_that_was_seen_is_known_by_its_version() -> None:
    key, version = put(camt("camt.054", []))

    taker()(key, version)

    assert BankBook(Table(PAYMENTS)).seen([version, "other"]) == {version}


REFUSAL = b"</TxInfAndSts>"


@pytest.mark.parametrize("times", [1, 120])
def test_a_rejection_in_a_status_report_of_another_form_is_heard_and_told(times: int) -> None:
    invoice = released(1)
    sent([invoice])
    odd = rejected(invoice).replace(REFUSAL, b"<Foreign/>" * times + REFUSAL)

    file = take(odd)

    assert file.state is BankFileState.TAKEN
    assert codes(file.told)[:2] == ["bank_told.read_anyway", "bank_message.schema"]
    assert states([invoice]) == [RETURNED]


def test_a_group_that_is_refused_after_its_payments_is_refused() -> None:
    invoices = three()
    sent(invoices)
    known = status_report(MESSAGE, group(f"{MESSAGE}-01", payment(named(invoices[0]), status="ACCP")))

    take(known.replace(b"</OrgnlPmtInfAndSts>", b"<PmtInfSts>RJCT</PmtInfSts></OrgnlPmtInfAndSts>"))

    assert states(invoices) == [RELEASED, RETURNED, RETURNED]


def test_a_file_called_a_duplicate_at_the_end_of_the_message_is_no_refusal() -> None:
    invoices = three()
    sent(invoices)
    head, rest = status_report(MESSAGE, group(f"{MESSAGE}-01", status="RJCT"), status="RJCT", reason="DU01").split(
        b"<OrgnlGrpInfAndSts>"
    )
    of_file, of_group = rest.split(b"<OrgnlPmtInfAndSts>")

    take(
        head
        + b"<OrgnlPmtInfAndSts>"
        + of_group.replace(b"</CstmrPmtStsRpt>", b"<OrgnlGrpInfAndSts>" + of_file + b"</CstmrPmtStsRpt>")
    )

    assert states(invoices) == [RELEASED] * 3


@pytest.mark.parametrize(
    "content",
    [
        status_report(MESSAGE, "<Foreign/>").replace(b"<OrgnlMsgId>R20261127-01-1</OrgnlMsgId>", b""),
        status_report(MESSAGE, "<Foreign/>", status="RJCT", more="<OrgnlCtrlSum>a lot</OrgnlCtrlSum>"),
        status_report(MESSAGE, "<Foreign/>", status="RJCT")[:-3],
    ],
)
def test_a_status_report_that_cannot_be_read_is_refused(content: bytes) -> None:
    invoices = three()
    sent(invoices)

    assert take(content).state is BankFileState.REFUSED
    assert states(invoices) == [RELEASED] * 3


def test_a_part_that_comes_back_leaves_it_paid_and_asks_a_person() -> None:
    invoice = released(1)
    sent([invoice])

    take(booked(invoice, "100.00"))
    take(came_back(invoice, "40.00"))

    assert states([invoice]) == [PAID]
    ((odd,), _) = BankBook(Table(PAYMENTS)).payments("odd", 10)
    assert [say(doubt) for doubt in odd.doubts] == [say(doubt) for doubt in now_is(invoice).doubts]
    assert "CHF 40.00" in say(odd.doubts[0])


def test_the_rest_comes_back_and_the_bill_goes_back() -> None:
    invoice = released(1)
    sent([invoice])
    take(came_back(invoice, "40.00"))
    take(booked(invoice, "100.00"))
    rest = came_back(invoice, "60.00").replace(b"r1", b"r2").replace(b"R1", b"R2")

    take(rest)
    take(rest.replace(b"BANK-1", b"BANK-2"))

    assert states([invoice]) == [RETURNED]
    assert problems(invoice) == ()
    assert proven()


@pytest.mark.parametrize("turned", [False, True])
def test_the_journal_has_both_entries_on_the_banks_days_in_any_order(turned: bool) -> None:
    invoice = released(1)
    sent([invoice])
    back = came_back(invoice, "100.00").replace(b"2026-11-20</Dt>", b"2026-12-30</Dt>")
    messages = [booked(invoice, "100.00"), back]

    for message in reversed(messages) if turned else messages:
        take(message, NOW + timedelta(days=60))

    entries = JournalStore(PAYMENTS).of_account(DOSSIER, 10).entries
    assert [(str(one.kind), str(one.booked_on)) for one in entries] == [
        ("reversal", "2026-12-30"),
        ("booking", "2026-11-20"),
    ]
    vouchers = [JournalStore(PAYMENTS).get_voucher(one.voucher_id).invoice for one in entries]
    assert [one.last_act.what for one in vouchers if one and one.last_act] == ["bank_returned", "booked"]
    assert proven()


def test_what_the_bank_took_is_booked_and_the_rest_is_named() -> None:
    invoice = released(1)
    sent([invoice])

    take(booked(invoice, "90.00"))

    (entry_,) = JournalStore(PAYMENTS).of_account(DOSSIER, 10).entries
    assert (entry_.settles, entry_.difference) == (Decimal(90), Decimal(-10))
    assert JournalStore(PAYMENTS).totals()["CHF"].difference == Decimal(-10)
    assert proven()


def proven() -> bool:
    """The journal holds what the invoices say, and by name what else the bank moved."""
    proofs = (prove_journal(PaymentsStore(PAYMENTS), JournalStore(PAYMENTS), month) for month in ("2026-11", "2026-12"))
    return all(one.is_right for proof in proofs for one in proof.values())
