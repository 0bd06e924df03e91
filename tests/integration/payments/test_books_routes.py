"""The views of the accounts' page through the real function: few queries, in the audit, nothing of what is sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from functions.payments.api import handler
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.bank.movements import Movement
from sozialakte.payments.incoming_money import MoneyState
from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.run import LeftOut, PaymentRun, RunAct, RunState, SampleItem
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table, transact
from sozialakte.shared.reasons import Reason
from tests.aws import AUDIT, PAYMENTS, counted_calls, rows
from tests.http_calls import Answer, Call
from tests.invoices import TERMS, an_invoice
from tests.money_calls import MONEY_ID, add_claim, add_money
from tests.office import CLERK, DOSSIER, SEALED, furnish, furnish_access
from tests.runs import DAY, DUE_UNTIL, MAKER, NOW

ACCOUNTING, AUDITOR, RELEASES = "[accounting]", "[auditor]", "[paymentrelease]"
SECRET, KNOWN = "Geheime Klinik AG", "Praxis Bekannt"
RUN = "R20261130-01"


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 # the tables come first
    furnish()
    furnish_access()


def get(path: str, groups: str = ACCOUNTING, **query: str) -> Answer:
    with counted_calls() as calls:
        answer = Call("GET", f"/payments/books/{path}", CLERK, groups, query=query).to(handler)
    assert calls.count("Query") <= 2
    return answer


def html(path: str, groups: str = ACCOUNTING, **query: str) -> str:
    answer = get(path, groups, **query)
    assert answer.status == 200, answer.body
    return str(answer.body["html"])


def bill(number: int, name: str, dossier_id: str) -> Invoice:
    """A bill that is long overdue."""
    terms = replace(TERMS, creditor=replace(TERMS.creditor, name=name), due=DAY - timedelta(days=60))
    invoice = replace(an_invoice(number, terms), dossier_id=dossier_id)
    PaymentsStore(PAYMENTS).save(None, invoice)
    return invoice


@pytest.fixture
def bills() -> tuple[Invoice, Invoice]:
    """One that accounting may read, and one of a sealed dossier."""
    return bill(1, KNOWN, DOSSIER), bill(2, SECRET, SEALED)


def add_run(*sample: Invoice, left_out: tuple[Invoice, ...] = ()) -> None:
    why = Reason("run.no_iban")
    run = PaymentRun(
        RUN, DAY, DUE_UNTIL, RunState.CHECKING, NOW, (RunAct("made", MAKER, NOW),),
        sample=tuple(SampleItem(one.invoice_id) for one in sample),
        left_out=tuple(LeftOut(one.invoice_id, (why,)) for one in left_out), left_out_count=len(left_out),
    )  # fmt: skip
    RunStore(PAYMENTS).save(None, run)


def test_every_view_is_a_page_of_json_that_no_browser_shows_by_itself() -> None:
    for path in ("runs", "money", "ledger", "ledger/overdue", "ledger/discounts", "bank", "bank/odd", "bank/sums"):
        answer = get(path)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        assert answer.body["said"]


def test_what_does_not_exist_is_said_to_be_unknown() -> None:
    assert get(f"runs/{RUN}").problem == "unknown_thing"
    assert get(f"money/{MONEY_ID}").problem == "unknown_thing"
    assert get("ledger/secrets").status == get("bank/secrets").status == 422


def test_a_sealed_bill_is_in_no_run_list_or_message_by_name(bills: tuple[Invoice, Invoice]) -> None:
    known, sealed = bills
    add_run(known, sealed, left_out=(sealed,))
    facts = PaymentFacts(end_to_end_id(sealed.invoice_id, 1), problems=("booked_twice",))
    transact([BankBook(Table(PAYMENTS)).facts_part(PaymentFacts(facts.end_to_end_id), facts, NOW)])

    for groups in (ACCOUNTING, AUDITOR):
        views = [html(path, groups) for path in (f"runs/{RUN}", "ledger/overdue", "bank/odd_payments")]
        assert not [view for view in views if SECRET in view or SEALED in view]
    run = html(f"runs/{RUN}")
    assert f'href="bills#{known.invoice_id}"' in run
    assert f"/sample/{known.invoice_id}" in run
    assert f"bills#{sealed.invoice_id}" not in run
    assert f"/sample/{sealed.invoice_id}" not in run
    assert "zweimal" not in html("bank/odd_payments")


def test_who_releases_or_audits_reads_no_creditors(bills: tuple[Invoice, Invoice]) -> None:
    add_run(bills[0])

    for groups in (RELEASES, AUDITOR):
        view = html(f"runs/{RUN}", groups)
        assert KNOWN not in view
        assert "CHF 1&#x27;450.00" in view
        assert "/sample/" not in view
        assert "bills#" not in view


def test_the_json_tells_the_same_obstacles(bills: tuple[Invoice, Invoice]) -> None:
    add_run(bills[0])

    def told(groups: str) -> dict[str, object]:
        body = Call("GET", f"/payments/runs/{RUN}", CLERK, groups).to(handler).body["obstacles"]
        assert isinstance(body, dict)
        return body

    accounting, releaser, auditor = (told(groups) for groups in (ACCOUNTING, RELEASES, AUDITOR))
    assert (accounting["check"], accounting["cancel"], releaser["cancel"]) == (None, None, None)
    assert "ungeprüft: 1" in str(releaser["release"])
    assert None not in auditor.values()


def test_a_proposal_names_the_person_unless_the_dossier_is_sealed() -> None:
    claim, sealed = add_claim(DOSSIER), add_claim(SEALED)
    add_money(state=MoneyState.PROPOSED, proposals=(claim.number,))
    add_money(money_id="2" * 32, state=MoneyState.PROPOSED, proposals=(sealed.number,), reference=sealed.reference)

    listed = html("money", state="proposed")

    assert "Beispiel Frieda" in listed
    assert f"money/{MONEY_ID}" in listed
    assert "money/" + "2" * 32 not in listed
    assert "Pia Muster" not in html("money/" + "2" * 32)
    assert "data-post" not in html("money/" + "2" * 32)


@pytest.mark.parametrize("state", MoneyState)
def test_money_of_every_state_is_listed(state: MoneyState) -> None:
    add_money(state=state)

    assert "CHF 250.00" in html("money", state=state)


def test_views_are_in_the_audit_as_the_data_is(bills: tuple[Invoice, Invoice]) -> None:
    add_run(bills[0])
    add_money()

    for path in (f"runs/{RUN}", f"money/{MONEY_ID}", "ledger", "ledger/overdue", "bank/sums"):
        get(path)
    assert get("money", AUDITOR).status == 403

    seen = {(row["action"], row["subject"], row["allowed"]) for row in rows(AUDIT) if "action" in row}
    assert seen >= {
        ("read_run", f"run#{RUN}", True),
        ("list_money", f"money#{MONEY_ID}", True),
        ("read_ledger", "ledger", True),
        ("list_invoices", "invoices", True),
        ("list_bank", "bank#sums", True),
        ("list_money", "money", False),
    }


def test_long_lists_go_on_behind_a_link() -> None:
    for number in range(55):
        bill(number, KNOWN, DOSSIER)

    first = html("ledger/overdue")
    cursor = first.split("#ledger/overdue?cursor=")[1].split('"')[0]
    second = html("ledger/overdue", cursor=cursor)

    assert (first.count("bills#"), second.count("bills#")) == (50, 5)
    assert "cursor=" not in second


def test_only_accounting_is_asked_whether_another_amount_counts_as_come_back(bills: tuple[Invoice, Invoice]) -> None:
    paid = replace(bills[0], state=InvoiceState.PAID, version=2)
    PaymentsStore(PAYMENTS).save(bills[0], paid)
    back = Movement(DAY, Decimal("40.00"), "CHF")
    facts = PaymentFacts(end_to_end_id(paid.invoice_id, 1), backs=(back,), problems=("returned_other_amount",))
    transact([BankBook(Table(PAYMENTS)).facts_part(PaymentFacts(facts.end_to_end_id), facts, NOW)])

    accounting, auditor = (html("bank/odd_payments", groups) for groups in (ACCOUNTING, AUDITOR))

    assert f"/payments/invoices/{paid.invoice_id}/money-back" in accounting
    assert "Zurückgekommen ist ein anderer Betrag" in auditor
    assert "data-post" not in auditor
