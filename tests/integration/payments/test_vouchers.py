"""What was booked lies in the dossier of the client as a voucher, once, whatever happens on the way."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import page as validator
import pytest

from functions.payments import reconcile
from sozialakte.dossiers import DossierStore
from sozialakte.intake.page_views import page_texts
from sozialakte.payments.booked_vouchers import VoucherState
from sozialakte.payments.invoice import Invoice, Scan
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal import EntryKind, voucher_id_of
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.messages import FileVoucher, PassOnInvoice
from sozialakte.payments.runs.run import RunAct, SampleItem, SampleResult
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import DossierStatus, StaffMember
from sozialakte.shared.messages import Message
from tests.aws import DOSSIERS, PAYMENTS, keep_letter_file, letter_file, letter_keys, put_register, send, take
from tests.bill_letters import GREETING, RENT, SLIP, Sheet, pdf_of
from tests.booked import DOSSIER, an_approved, came_back, furnish_categories, paid, released
from tests.builders import a_dossier
from tests.invoices import RECEIVED
from tests.lambda_events import Context
from tests.pdfa_rules import broken_rules
from tests.pipeline import Pipeline

pytestmark = pytest.mark.usefixtures("aws")
STAFF = (StaffMember("ma-201", "Anna Beispiel", "nord"), StaffMember("ma-204", "Fritz Zahl", "finanzen"))


@pytest.fixture
def store() -> PaymentsStore:
    put_register(*STAFF, replace(a_dossier(), dossier_id=DOSSIER))
    furnish_categories()
    return PaymentsStore(PAYMENTS)


@pytest.fixture
def journal() -> JournalStore:
    return JournalStore(PAYMENTS)


def settled(store: PaymentsStore, number: int = 1, *, key: str = "letters/a/original.pdf") -> Invoice:
    """An invoice that the bank has booked, its page in the letters bucket."""
    version = keep_letter_file(key, pdf_of((Sheet((*GREETING, *SLIP), (RENT,)),))) if key else ""
    approved = replace(an_approved(number), scan=Scan("letter-1", 1, key, version))
    sent, done = released(approved), paid(released(approved))
    store.save(None, approved)
    store.save(approved, sent)
    store.save(sent, done)
    return done


def voucher_of(invoice: Invoice, kind: EntryKind = EntryKind.BOOKING) -> str:
    return voucher_id_of(invoice.invoice_id, invoice.attempt, kind)


def tell(*messages: Message) -> None:
    send("vouchers", *(message.to_json() for message in messages))
    Pipeline().run()


def test_a_voucher_lies_in_the_dossier_with_the_page_of_its_bill(store: PaymentsStore, journal: JournalStore) -> None:
    invoice = settled(store)
    assert [one.voucher_id for one in journal.unfiled(10).vouchers] == [voucher_of(invoice)]

    tell(FileVoucher(voucher_id=voucher_of(invoice)))

    document = DossierStore(DOSSIERS).find_document(DOSSIER, voucher_of(invoice))
    assert document
    assert (document.kind, document.lies_in, document.page_count) == ("voucher", "finance", 2)
    assert (document.urgent, document.has_entry, document.decided_by) == (False, False, "machine")
    voucher = journal.get_voucher(voucher_of(invoice))
    assert (voucher.state, voucher.filed_in, voucher.invoice) == (VoucherState.FILED, DOSSIER, None)
    assert journal.unfiled(10).vouchers == ()
    assert take("settle") == []


def test_it_is_pdfa_and_says_who_did_what(store: PaymentsStore, tmp_path: Path) -> None:
    invoice = settled(store)

    tell(FileVoucher(voucher_id=voucher_of(invoice)))

    pdf = letter_file(f"letters/{voucher_of(invoice)}/original.pdf")
    assert broken_rules(pdf) == []
    assert validator.is_pdf_compliant_bytes(pdf, profile=validator.ValidationProfile.PDF_A_2B)
    (tmp_path / "voucher.pdf").write_bytes(pdf)
    said = " ".join(page_texts(tmp_path / "voucher.pdf", [1])[0].text.split())
    for words in ("Anna Beispiel (ma-201)", "ma-203 für ma-103", "Fritz Zahl (ma-204)", "18.11.2026", "1'450.00"):
        assert words in said
    for words in ("CH44 3199 9123 0008 8901 2", "21 00000 00003 13947 14300 09017", "R20261118-01", "5720.3637.21"):
        assert words in said


def test_whoever_checked_it_in_the_sample_of_its_run_stands_on_it(store: PaymentsStore) -> None:
    invoice = settled(store)
    at = RECEIVED + timedelta(days=4)
    runs, made = RunStore(PAYMENTS), RunAct("made", "ma-202", at)
    run = runs.start(date(2026, 11, 18), date(2026, 11, 18), made)
    looked_at = SampleItem(invoice.invoice_id, (), SampleResult("ma-205", at, right=True))
    runs.save(run, replace(run, sample=(looked_at,), version=run.version + 1))

    tell(FileVoucher(voucher_id=voucher_of(invoice)))

    facts = json.loads(letter_file(f"letters/{voucher_of(invoice)}/voucher.json"))
    done = [(one["what"], one["by"]) for one in facts["acts"]]
    assert done[-3:] == [("checked", "ma-205"), ("release", "ma-204"), ("booked", "machine")]


def test_programs_are_told_the_same(store: PaymentsStore) -> None:
    invoice = settled(store)

    tell(FileVoucher(voucher_id=voucher_of(invoice)))

    facts = json.loads(letter_file(f"letters/{voucher_of(invoice)}/voucher.json"))
    assert (facts["amount"], facts["currency"], facts["run_id"]) == ("1450.00", "CHF", "R20261118-01")
    assert facts["end_to_end_id"] == f"{invoice.invoice_id}-01"
    assert [one["amount"] for one in facts["postings"]] == ["1400.00", "50.00"]
    assert [one["what"] for one in facts["acts"]] == ["register", "submit", "approve", "approve", "release", "booked"]


def test_money_that_came_back_has_a_voucher_of_its_own(store: PaymentsStore, journal: JournalStore) -> None:
    invoice = settled(store)
    store.save(invoice, came_back(invoice))
    reversal = voucher_of(invoice, EntryKind.REVERSAL)

    tell(FileVoucher(voucher_id=reversal), FileVoucher(voucher_id=voucher_of(invoice)))

    documents = [DossierStore(DOSSIERS).find_document(DOSSIER, one) for one in (voucher_of(invoice), reversal)]
    assert [one.page_count for one in documents if one] == [2, 1]
    facts = json.loads(letter_file(f"letters/{reversal}/voucher.json"))
    assert (facts["kind"], facts["reverses"], facts["amount"]) == ("reversal", voucher_of(invoice), "-1450.00")
    assert facts["acts"][-1]["reason"] == "Konto aufgehoben"
    first = json.loads(letter_file(f"letters/{voucher_of(invoice)}/voucher.json"))
    assert first["acts"][-1]["what"] == "booked"  # what came later does not stand on it
    assert [(one.kind, one.settles) for one in journal.of_account(DOSSIER, 10).entries] == [
        (EntryKind.REVERSAL, Decimal(-1450)),
        (EntryKind.BOOKING, Decimal(1450)),
    ]


@pytest.mark.parametrize("key", ["", "letters/gone/original.pdf"])
def test_a_bill_without_a_page_has_a_voucher_all_the_same(store: PaymentsStore, key: str) -> None:
    approved = replace(an_approved(), scan=Scan("voucher-1", 1, key, "v1" if key else ""))
    done = paid(released(approved))
    store.save(None, done)

    tell(FileVoucher(voucher_id=voucher_of(done)))

    document = DossierStore(DOSSIERS).find_document(DOSSIER, voucher_of(done))
    assert document
    assert document.page_count == 1


def test_what_is_asked_twice_is_filed_once(store: PaymentsStore) -> None:
    invoice = settled(store)
    asked = FileVoucher(voucher_id=voucher_of(invoice))

    tell(asked, asked)
    tell(asked)

    assert letter_keys().count(f"letters/{voucher_of(invoice)}/original.pdf") == 1


def test_a_closed_dossier_refuses_and_takes_it_when_it_is_open_again(
    store: PaymentsStore, journal: JournalStore
) -> None:
    put_register(replace(a_dossier(), dossier_id=DOSSIER, status=DossierStatus.CLOSED))
    invoice = settled(store)
    tell(FileVoucher(voucher_id=voucher_of(invoice)))
    (waiting,) = journal.unfiled(10).vouchers
    assert waiting.refusal
    assert (waiting.state, waiting.refusal.code) == (VoucherState.REFUSED, "filing.closed_dossier")

    put_register(replace(a_dossier(), dossier_id=DOSSIER))
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    reconcile.handler({}, Context())
    Pipeline().run()

    assert journal.unfiled(10).vouchers == ()
    assert journal.get_voucher(voucher_of(invoice)).attempt == 2


def test_what_is_settled_or_approved_elsewhere_needs_no_message_of_anybody(
    store: PaymentsStore, journal: JournalStore
) -> None:
    os.environ["PAYMENTS_LEAD"] = "creditor_workflow"
    approved = an_approved()
    store.save(None, approved)

    Pipeline().run()

    passed = store.get(approved.invoice_id)
    assert passed.state is InvoiceState.PASSED_ON
    assert journal.get_voucher(voucher_of(passed)).state is VoucherState.FILED


def test_a_voucher_whose_message_got_lost_is_found(store: PaymentsStore, journal: JournalStore) -> None:
    settled(store)
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    stage = Pipeline()
    stage.forget()

    reconcile.handler({}, Context())
    stage.run()

    assert journal.unfiled(10).vouchers == ()


def test_where_others_pay_an_approved_invoice_is_booked_and_passed_on(
    store: PaymentsStore, journal: JournalStore
) -> None:
    approved = an_approved()
    store.save(None, approved)

    tell(*[PassOnInvoice(invoice_id=approved.invoice_id)] * 2)

    passed = store.get(approved.invoice_id)
    assert (passed.state, passed.attempt, passed.run_id) == (InvoiceState.PASSED_ON, 1, None)
    assert passed.booked_on == passed.since.date()
    (entry,) = journal.of_account(DOSSIER, 10).entries
    assert {posting.credit for posting in entry.postings} == {"1015.00"}
    os.environ.update(STUCK_AFTER_MINUTES="0", PAYMENTS_LEAD="case_system")
    reconcile.handler({}, Context())
    Pipeline().run()
    facts = json.loads(letter_file(f"letters/{voucher_of(passed)}/voucher.json"))
    assert (facts["run_id"], facts["end_to_end_id"]) == (None, None)


def test_an_approved_invoice_that_nobody_passed_on_is_found(store: PaymentsStore) -> None:
    approved = an_approved()
    store.save(None, approved)
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    stage = Pipeline()
    stage.forget()
    reconcile.handler({}, Context())
    assert take("vouchers") == []  # here we pay ourselves

    os.environ["PAYMENTS_LEAD"] = "creditor_workflow"
    reconcile.handler({}, Context())
    stage.run()

    assert store.get(approved.invoice_id).state is InvoiceState.PASSED_ON
