"""Bills of a letter that was read become invoices, once each, whatever becomes of the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from functions.payments.register_bills import handler
from sozialakte.intake.letter import Letter, LetterState, Step
from sozialakte.intake.letter_news import news_of
from sozialakte.payments import LetterSettled, RegisterBills, ask_for_bills
from sozialakte.payments.invoice import Act, Duty, Invoice, Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.letter_book import LetterBook
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Field, InvoiceKind
from sozialakte.register import Dossier, DossierStatus, DossierType
from tests.aws import PAYMENTS, counted_calls, keep_letter_file, letter_keys, put_register
from tests.batches import CASE_WORKER, OPEN, OTHER, register
from tests.bill_letters import (
    BILL,
    DENTIST,
    GREETING,
    NO_BILL,
    NOTICE,
    RECEIPT,
    RECEIVED,
    RENT,
    SLIP,
    TEXT_BILL,
    Sheet,
    kept,
    read_letter,
)
from tests.builders import BATCH_ID, LATER, NOW, a_letter
from tests.lambda_events import Context, failed_ids, sqs_event

pytestmark = pytest.mark.usefixtures("aws")
RENTS = Sheet((*GREETING, *SLIP), (RENT,))
WARD = "SH-2026-00003"


@pytest.fixture(autouse=True)
def _staffed(aws: None) -> None:  # noqa: ARG001 # the tables come first
    ward = Dossier(WARD, DossierType.ADULT_PROTECTION, 1061, DossierStatus.OPEN, CASE_WORKER)
    put_register(*register(), ward)


def hear(*messages: RegisterBills | LetterSettled) -> None:
    for message in messages:
        assert failed_ids(handler(sqs_event(message.to_json()), Context())) == []


def asked(letter: Letter) -> RegisterBills:
    news = news_of(letter)
    assert news
    return ask_for_bills(news)


def registered(*sheets: Sheet, pages: tuple[int, ...] = (1, 2)) -> list[Invoice]:
    letter = read_letter(pages[: len(sheets)], sheets)
    hear(asked(letter))
    return invoices_of(letter)


def invoices_of(letter: Letter) -> list[Invoice]:
    return sorted(PaymentsStore(PAYMENTS).of_letter(letter.letter_id), key=lambda one: (one.scan.page, one.state))


def told(letter: Letter, fate: str, version: int, **what: str) -> LetterSettled:
    facts = {"letter_id": letter.letter_id, "letter_version": version, "fate": fate, "dossier_id": None}
    return LetterSettled.model_validate({**facts, "destination": None, **what})


def filed(letter: Letter, version: int, dossier_id: str = OPEN) -> LetterSettled:
    return told(letter, "filed", version, dossier_id=dossier_id)


def only(letter: Letter) -> Invoice:
    (invoice,) = invoices_of(letter)
    return invoice


def a_rent() -> Letter:
    letter = read_letter((1,), [RENTS])
    hear(asked(letter))
    return letter


def by_a_person(letter: Letter, target: InvoiceState | None = None, **what: object) -> Invoice:
    """Somebody acts on the only invoice of a letter."""
    store, before = PaymentsStore(PAYMENTS), only(letter)
    act = Act(Duty.ENTER, "code", CASE_WORKER, NOW)
    after = before.step(target, act, **what) if target else before.changed(act, **what)
    store.save(before, after)
    return after


def test_every_bill_on_every_page_is_registered() -> None:
    first, notice, rent = registered(Sheet(BILL, (DENTIST,)), Sheet((*GREETING, *SLIP), (RENT, NOTICE)))

    assert first.terms.creditor == DENTIST.creditor
    assert (rent.terms.amount, rent.state, rent.scan.page) == (Decimal("1450.00"), InvoiceState.OPEN, 2)
    assert (notice.state, notice.scan.page) == (InvoiceState.NOTICE, 2)
    assert {one.received_at for one in (first, notice, rent)} == {RECEIVED}


def test_billing_information_tells_number_dates_and_discounts() -> None:
    terms = registered(Sheet(BILL, (DENTIST,)))[0].terms

    assert (terms.invoice_number, str(terms.invoice_date), str(terms.due)) == ("2026-88", "2026-11-01", "2026-12-01")
    assert [(one.percent, str(one.until)) for one in terms.discounts] == [(Decimal(2), "2026-11-11")]
    assert terms.read[Field.DUE].how == "qr"


def test_what_the_code_leaves_out_is_proposed_from_the_text_for_confirmation() -> None:
    (invoice,) = registered(Sheet((*GREETING, "Rechnung Nr. 2026-5", "Zahlbar bis 30.11.2026"), (RENT,)))

    assert (invoice.terms.invoice_number, str(invoice.terms.due)) == ("2026-5", "2026-11-30")
    assert invoice.unconfirmed == (Field.INVOICE_NUMBER, Field.DUE)
    assert invoice.terms.read[Field.DUE].said == "Zahlbar bis 30.11.2026"


def test_a_bill_that_breaks_rules_is_registered_with_them_as_doubts() -> None:
    wrong = replace(RENT, iban=f"{RENT.iban[:-1]}8", currency="USD")

    (invoice,) = registered(Sheet((*GREETING, *SLIP), (wrong,)))

    assert invoice.state is InvoiceState.OPEN
    assert {doubt.params["rule"] for doubt in invoice.doubts} >= {"4.3", "20.1"}
    assert invoice.unconfirmed == (Field.IBAN, Field.AMOUNT)
    assert (invoice.terms.amount, invoice.terms.currency) == (None, "CHF")


def test_a_bill_without_code_is_proposed_from_its_text() -> None:
    (invoice,) = registered(Sheet(TEXT_BILL))

    assert (invoice.kind, invoice.terms.amount) == (InvoiceKind.BILL, Decimal("88.20"))
    assert {Field.IBAN, Field.CREDITOR, Field.AMOUNT, Field.DUE} <= set(invoice.unconfirmed)
    assert [doubt.code for doubt in invoice.doubts] == ["invoice.from_text"]


def test_each_receipt_is_one() -> None:
    receipts = registered(Sheet(RECEIPT), Sheet((*RECEIPT, "Bon Nr. 7")))

    assert [(one.kind, one.scan.page) for one in receipts] == [(InvoiceKind.RECEIPT, 1), (InvoiceKind.RECEIPT, 2)]


def test_a_credit_note_is_one() -> None:
    (note,) = registered(Sheet(("Stadtwerke Rottal AG", "Gutschriftsanzeige", "Total zu Ihren Gunsten CHF 20.00")))

    assert note.kind is InvoiceKind.CREDIT_NOTE


def test_a_letter_without_bills_costs_the_read_of_what_was_read() -> None:
    letter = read_letter((1,), [Sheet(NO_BILL)])

    with counted_calls("s3") as files, counted_calls() as rows:
        hear(asked(letter))

    assert files == ["GetObject"]
    assert rows == ["GetItem", "PutItem"]
    assert invoices_of(letter) == []


def test_a_bill_costs_a_few_calls() -> None:
    letter = read_letter((1,), [RENTS])

    with counted_calls("s3") as files, counted_calls() as rows:
        hear(asked(letter), filed(letter, 4))

    assert files == ["GetObject", "GetObject", "PutObject"]
    assert sorted(rows) == sorted(
        [
            *("GetItem", "Query", "TransactWriteItems", "GetItem", "PutItem"),  # registered, and that it is
            *("BatchGetItem", "TransactWriteItems"),  # its creditor, met for the first time
            *("GetItem", "PutItem", "Query", "BatchGetItem", "GetItem", "GetItem", "TransactWriteItems"),  # filed
        ]
    )


def test_the_picture_for_those_who_approve_is_made() -> None:
    (invoice,) = registered(RENTS)

    assert f"bills/{invoice.invoice_id}.jpg" in letter_keys()


def test_a_letter_nobody_could_read_is_searched_for_codes() -> None:
    letter = kept(replace(a_letter((1,)), received_at=RECEIVED), [RENTS]).give_up(NOW)

    hear(asked(letter))

    assert only(letter).terms.iban == RENT.iban


def test_a_file_that_is_no_pdf_has_no_bills() -> None:
    letter = read_letter((1,), [RENTS])
    broken = replace(letter.original, version_id=keep_letter_file(letter.original.key, b"no PDF at all"))

    hear(asked(replace(letter, original=broken)))

    assert invoices_of(letter) == []


def test_the_same_message_again_changes_nothing() -> None:
    letter = a_rent()
    before = invoices_of(letter)

    hear(asked(letter), asked(letter))

    assert invoices_of(letter) == before


@pytest.mark.parametrize("settled_first", [False, True])
def test_a_filed_letter_brings_its_invoices_into_the_dossier(*, settled_first: bool) -> None:
    letter = read_letter((1,), [RENTS])
    messages: Sequence[RegisterBills | LetterSettled] = (asked(letter), filed(letter, 4))

    hear(*(reversed(messages) if settled_first else messages))

    invoice = only(letter)
    assert (invoice.dossier_id, invoice.team, invoice.commune) == (OPEN, "nord", 1061)
    assert (invoice.payer, invoice.dossier_by) == (Payer.SERVICE, None)


def test_a_wards_bill_is_paid_from_the_wards_account() -> None:
    letter = a_rent()

    hear(filed(letter, 4, WARD))

    assert only(letter).payer is Payer.WARD


def test_a_document_moved_takes_its_invoice_along() -> None:
    letter = a_rent()

    hear(filed(letter, 4), filed(letter, 5, OTHER), filed(letter, 4))

    assert only(letter).dossier_id == OTHER


def test_a_move_after_the_approval_sends_the_invoice_back() -> None:
    letter = a_rent()
    hear(filed(letter, 4))
    by_a_person(letter, InvoiceState.CODED, waits_for="caseworker")
    by_a_person(letter, InvoiceState.APPROVED)

    hear(filed(letter, 5, OTHER), filed(letter, 5, OTHER))

    invoice = only(letter)
    assert (invoice.state, invoice.dossier_id, invoice.lines) == (InvoiceState.RETURNED, OTHER, ())
    assert invoice.doubts[-1].params == {"dossier_id": OTHER}


def test_a_dossier_set_by_a_person_stays() -> None:
    letter = a_rent()
    by_a_person(letter, dossier_id=OTHER, dossier_by=CASE_WORKER)

    hear(filed(letter, 4), filed(letter, 4))

    invoice = only(letter)
    assert (invoice.dossier_id, invoice.state) == (OTHER, InvoiceState.OPEN)
    assert [doubt.code for doubt in invoice.doubts] == ["invoice.letter_moved"]


@pytest.mark.parametrize(
    ("fate", "destination", "state"),
    [
        ("forwarded", "other_office", InvoiceState.ELSEWHERE),
        ("forwarded", "new_case", InvoiceState.OPEN),
        ("rejected", None, InvoiceState.REJECTED),
        ("blank", None, InvoiceState.REJECTED),
        ("rescan", None, InvoiceState.REPLACED),
        ("replaced", None, InvoiceState.OPEN),
        ("review", None, InvoiceState.OPEN),
    ],
)
def test_a_letters_fate_is_that_of_its_invoices(fate: str, destination: str | None, state: InvoiceState) -> None:
    letter = a_rent()
    settled = told(letter, fate, 5).model_copy(update={"destination": destination})

    hear(settled, settled)

    assert only(letter).state is state


def test_what_is_taken_back_is_open_again() -> None:
    letter = a_rent()

    hear(told(letter, "rejected", 5), told(letter, "review", 6), told(letter, "rejected", 5))

    assert only(letter).state is InvoiceState.OPEN


def test_a_letter_rejected_after_it_was_forwarded_is_rejected() -> None:
    letter = a_rent()

    hear(told(letter, "forwarded", 5, destination="other_office"), told(letter, "rejected", 7))

    assert only(letter).state is InvoiceState.REJECTED


def test_what_people_began_no_letter_ends() -> None:
    letter = a_rent()
    by_a_person(letter, InvoiceState.CODED)

    hear(told(letter, "rejected", 5), told(letter, "rejected", 5))

    invoice = only(letter)
    assert (invoice.state, invoice.doubts[-1].code) == (InvoiceState.RETURNED, "invoice.letter_rejected")


def test_what_a_person_rejected_stays_so_when_the_letter_is_filed() -> None:
    letter = a_rent()
    by_a_person(letter, InvoiceState.REJECTED)

    hear(filed(letter, 4))

    assert (only(letter).state, only(letter).dossier_id) == (InvoiceState.REJECTED, OPEN)


def made_anew(old: Letter, page: int, sheet: Sheet) -> Letter:
    """What people made of a page of a letter, read."""
    letter_id = f"{BATCH_ID}-{page:04d}-{page:04d}-0123abcd"
    begun = replace(a_letter((page,)), letter_id=letter_id, made_from=(old.letter_id,), received_at=RECEIVED)
    original = replace(begun.original, key=f"letters/{letter_id}/original.pdf")
    cut = replace(begun, original=original, state=LetterState.CUT, history=(Step(LetterState.CUT, NOW),))
    return kept(cut, [sheet]).read(LATER)


def test_a_page_in_a_letter_made_anew_is_the_same_invoice() -> None:
    old = read_letter((1, 2), [Sheet(NO_BILL), RENTS])
    new = made_anew(old, 2, RENTS)
    hear(asked(old))
    before = only(old)

    hear(told(old, "replaced", 5), asked(new), asked(old), filed(new, 4))

    assert invoices_of(old) == []
    assert only(new).invoice_id == before.invoice_id
    assert (only(new).scan.page, only(new).dossier_id) == (1, OPEN)
    assert PaymentsStore(PAYMENTS).ledger.by_month()["2026-11"].received == 1


def test_the_letter_made_anew_may_be_read_before_the_old_one_was_looked_through() -> None:
    old = read_letter((1, 2), [Sheet(NO_BILL), RENTS])
    new = made_anew(old, 2, RENTS)

    hear(asked(new), asked(old))

    assert (len(invoices_of(new)), invoices_of(old)) == (1, [])


def test_the_same_page_in_another_batch_is_one_invoice_and_stays_open_while_one_letter_does() -> None:
    first, second = (read_letter((1,), [RENTS], batch_id=one) for one in (BATCH_ID, "b" * 32))

    hear(asked(first), asked(second), asked(second), filed(second, 4), told(first, "rejected", 5))

    assert invoices_of(first) == []
    invoice = only(second)
    assert (invoice.state, invoice.dossier_id) == (InvoiceState.OPEN, OPEN)


def test_a_bill_that_repeats_another_names_it() -> None:
    first = a_rent()
    again = replace(a_letter((2,)), received_at=LATER.replace(year=2027))
    letter = kept(again, [Sheet((*GREETING, "nochmals", *SLIP), (RENT,))]).read(NOW)

    hear(asked(letter))

    assert only(letter).twins == (only(first).invoice_id,)


def test_turned_pages_are_looked_at_again_and_nothing_is_doubled() -> None:
    letter = read_letter((1,), [Sheet(TEXT_BILL)])
    hear(asked(letter))

    hear(asked(replace(letter, history=(*letter.history, Step(LetterState.READ, LATER)))))

    assert len(invoices_of(letter)) == 1
    assert LetterBook(PAYMENTS).account(letter.letter_id).reading == 2


def test_an_unknown_message_stays_on_the_queue() -> None:
    assert failed_ids(handler(sqs_event('{"type": "payments.pay", "version": 1}'), Context())) == ["message-0"]
