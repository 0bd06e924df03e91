"""What a letter's fate does to its invoices: whatever comes, in whatever order, and twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, Payer
from sozialakte.payments.invoice_states import INVOICE_STEPS, SETTLED, InvoiceState
from sozialakte.payments.letter_book import LetterAccount
from sozialakte.payments.letter_fates import Filing, after_fate
from sozialakte.payments.messages import LetterSettled
from tests.batches import CASE_WORKER, OPEN, OTHER
from tests.invoices import LETTER, RECEIVED, an_invoice

FILED = Filing(OPEN, "nord", 1061)
FATES = ("filed", "review", "forwarded", "rejected", "blank", "replaced", "rescan")


def account(fate: str, destination: str | None = None) -> LetterAccount:
    return LetterAccount(LETTER, fate=fate, destination=destination, letter_version=2)


def after(invoice: Invoice, fate: str, *, filing: Filing | None = None, minutes: int = 1) -> Invoice:
    where = filing or (FILED if fate == "filed" else None)
    return after_fate(invoice, account(fate), where, RECEIVED + timedelta(minutes=minutes))


def touched(invoice: Invoice, target: InvoiceState) -> Invoice:
    return invoice.step(target, Act(Duty.ENTER, "code", CASE_WORKER, RECEIVED + timedelta(minutes=30)))


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    """One that people and letters have done all sorts of things to."""
    invoice = an_invoice()
    for minute in range(draw(st.integers(0, 6))):
        if draw(st.booleans()):
            invoice = after(invoice, draw(st.sampled_from(FATES)), minutes=minute)
        else:
            target = draw(st.sampled_from(sorted(INVOICE_STEPS[invoice.state])))
            invoice = invoice.step(target, Act(Duty.ENTER, "code", CASE_WORKER, RECEIVED + timedelta(minutes=minute)))
    return invoice


@given(invoices(), st.sampled_from(FATES))
def test_hearing_it_twice_is_hearing_it_once(invoice: Invoice, fate: str) -> None:
    once = after(invoice, fate, minutes=60)

    assert after(once, fate, minutes=61) == once


@given(invoices(), st.sampled_from(FATES))
def test_nothing_gets_approved_or_coded_by_a_letter(invoice: Invoice, fate: str) -> None:
    settled = after(invoice, fate, minutes=60)

    assert settled.state == invoice.state or settled.state not in {InvoiceState.CODED, InvoiceState.APPROVED}
    assert [act for act in settled.acts if act.by != MACHINE] == [act for act in invoice.acts if act.by != MACHINE]


@given(invoices(), st.sampled_from(FATES))
def test_what_people_have_acted_on_is_never_ended_by_a_letter(invoice: Invoice, fate: str) -> None:
    by_people = touched(replace(invoice, state=InvoiceState.OPEN), InvoiceState.CODED)

    assert after(by_people, fate, minutes=60).state in {InvoiceState.CODED, InvoiceState.RETURNED}


@given(st.sampled_from(sorted(SETTLED | {InvoiceState.RELEASED})), st.sampled_from(FATES))
def test_what_is_on_its_way_to_the_bank_or_paid_stays_so_in_its_dossier(state: InvoiceState, fate: str) -> None:
    gone = replace(an_invoice(), state=state, dossier_id="0" * 32)

    settled = after(gone, fate, minutes=60)

    assert (settled.state, settled.dossier_id) == (gone.state, gone.dossier_id)


@given(st.lists(st.sampled_from(FATES), max_size=5))
def test_a_letter_that_is_filed_in_the_end_leaves_its_invoice_open(fates: list[str]) -> None:
    invoice = an_invoice()
    for minute, fate in enumerate(fates):
        invoice = after(invoice, fate, minutes=minute)

    settled = after(invoice, "filed", minutes=60)

    assert (settled.state, settled.dossier_id, settled.team) == (InvoiceState.OPEN, OPEN, "nord")


def test_coding_for_another_dossier_is_void() -> None:
    coded = replace(touched(after(an_invoice(), "filed"), InvoiceState.CODED), waits_for="teamlead")

    moved = after(coded, "filed", filing=Filing(OTHER, "ost", 261, Payer.WARD), minutes=60)

    assert (moved.state, moved.dossier_id, moved.team, moved.payer) == (
        InvoiceState.RETURNED,
        OTHER,
        "ost",
        Payer.WARD,
    )
    assert (moved.lines, moved.waits_for) == ((), None)


def test_of_two_words_about_a_letter_the_later_counts() -> None:
    later, earlier = (_told("rejected", 7), _told("forwarded", 5))

    assert LetterAccount(LETTER).settled(later).settled(earlier).fate == "rejected"
    assert LetterAccount(LETTER).settled(earlier).settled(later).fate == "rejected"


def test_of_two_readings_of_a_letter_the_later_counts() -> None:
    assert LetterAccount(LETTER).looked_through(2, 1).looked_through(1, 0).bills == 1


def _told(fate: str, version: int) -> LetterSettled:
    facts = {"letter_id": LETTER, "letter_version": version, "fate": fate, "dossier_id": None, "destination": None}
    return LetterSettled.model_validate(facts)
