"""Who may approve an invoice, and what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sozialakte.payments.approval import Level
from sozialakte.payments.creditors import IbanState
from sozialakte.payments.enter_invoice import Fields
from sozialakte.payments.invoice import MACHINE, IllegalStepError, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.see_doubts import doubts_of
from sozialakte.payments.settle_invoice import Ending
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.payments.terms import InvoiceKind
from sozialakte.register import StaffMember
from sozialakte.register.model import Absence
from sozialakte.shared.reasons import Reason
from tests.approvals import (
    ANNA,
    BEAT,
    CARLA,
    DAY,
    DORA,
    EMIL,
    HOLIDAY,
    OFFICE,
    a_desk,
    approving,
    coding_of,
    entering,
    furnish_office,
    lifting,
    registered,
    settling,
    submitted,
)
from tests.aws import PAYMENTS, put_register
from tests.bills import qr_reference
from tests.invoices import RECEIVED, TERMS

OTHER_IBAN = "CH5604835012345678009"
WHY = "Telefonisch nachgefragt <b>bei</b> der Verwaltung."


@pytest.fixture(autouse=True)
def _office(aws: None) -> None:  # noqa: ARG001 (the tables)
    furnish_office()


def broken(error: pytest.ExceptionInfo[RuleBrokenError]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def test_a_small_bill_needs_one_case_worker() -> None:
    approved = approving(submitted(amount="500.00"), BEAT).approve()

    assert (approved.state, approved.waits_for) == (InvoiceState.APPROVED, None)
    assert PaymentsStore(PAYMENTS).get(approved.invoice_id) == approved


def test_a_larger_one_needs_the_lead_of_the_team() -> None:
    waiting = submitted(amount="500.05")

    for wrong in (BEAT, DORA, EMIL, OFFICE):
        with pytest.raises(RuleBrokenError) as error:
            approving(waiting, wrong).approve()
        assert broken(error) == ["approval.needs_teamlead"]

    assert approving(waiting, CARLA).approve().state is InvoiceState.APPROVED


def test_the_largest_need_the_lead_of_another_team_too() -> None:
    waiting = submitted(amount="5000.05")
    first = approving(waiting, CARLA).approve()
    assert (first.state, first.waits_for) == (InvoiceState.CODED, Level.OTHER_TEAMLEAD)

    with pytest.raises(RuleBrokenError) as error:
        approving(first, CARLA, now=DAY + timedelta(hours=1)).approve()
    assert broken(error) == ["approval.has_approved"]
    with pytest.raises(RuleBrokenError) as error:
        approving(first, BEAT).approve()
    assert broken(error) == ["approval.needs_other_teamlead"]

    assert approving(first, DORA).approve().state is InvoiceState.APPROVED


@pytest.mark.parametrize("who", [ANNA, BEAT])
def test_who_entered_a_bill_never_approves_it_whatever_their_roles(who: str) -> None:
    waiting = submitted(amount="20.00", by=who)

    with pytest.raises(RuleBrokenError) as error:
        approving(waiting, who).approve()

    assert broken(error) == ["approval.has_entered"]


def test_who_approved_in_an_earlier_round_does_not_enter_it_later() -> None:
    first = approving(submitted(amount="5000.05"), CARLA).approve()
    back = approving(first, DORA).send_back("Bitte nach Personen aufteilen.")

    with pytest.raises(RuleBrokenError) as error:
        entering(back, CARLA).submit(coding_of(Decimal("5000.05")))

    assert broken(error) == ["approval.has_decided"]


def test_what_was_approved_before_it_was_sent_back_is_void() -> None:
    first = approving(submitted(amount="5000.05"), CARLA).approve()
    back = approving(first, DORA).send_back("Bitte aufteilen.")
    assert (back.state, back.approvals) == (InvoiceState.RETURNED, ())

    again = entering(back, ANNA).submit(coding_of(Decimal("5000.05")))

    assert (again.approvals, again.waits_for) == ((), Level.TEAMLEAD)
    with pytest.raises(RuleBrokenError):
        approving(again, DORA).approve()


def test_a_deputy_approves_for_a_lead_who_is_away_and_both_count() -> None:
    waiting = submitted(amount="5000.05")
    actor = a_desk().office.actor(BEAT, frozenset(), CARLA, datetime(2026, 11, 10, 9, tzinfo=UTC))
    assert actor.persons == {BEAT, CARLA}

    first = approving(waiting, BEAT, CARLA).approve()

    assert first.last_act is not None
    assert first.last_act.standing_in_for == CARLA
    with pytest.raises(RuleBrokenError) as error:
        entering(approving(first, DORA).send_back("Nein"), CARLA).submit(coding_of(Decimal("5000.05")))
    assert broken(error) == ["approval.has_decided"]


def test_nobody_approves_in_the_place_of_who_entered() -> None:
    waiting = submitted(amount="800.00", by=CARLA)

    with pytest.raises(RuleBrokenError) as error:
        approving(waiting, BEAT, CARLA).approve()

    assert broken(error) == ["approval.has_entered"]


@pytest.mark.parametrize(
    ("deputy", "lead", "day"),
    [(BEAT, CARLA, 9), (EMIL, CARLA, 10), (BEAT, ANNA, 10), (BEAT, "ma-999", 10), (ANNA, CARLA, 10)],
)
def test_only_a_present_deputy_of_an_absent_team_lead_stands_in(deputy: str, lead: str, day: int) -> None:
    put_register(Absence(ANNA, HOLIDAY, HOLIDAY))

    with pytest.raises(RuleBrokenError) as error:
        a_desk().office.actor(deputy, frozenset(), lead, datetime(2026, 11, day, 9, tzinfo=UTC))

    assert broken(error) == ["approval.no_stand_in"]


def test_a_deputy_from_the_dossiers_team_is_no_other_team() -> None:
    put_register(StaffMember(DORA, "Dora Test", "sued", deputies=(BEAT,)))
    first = approving(submitted(amount="5000.05"), CARLA).approve()

    with pytest.raises(RuleBrokenError) as error:
        approving(first, BEAT, DORA).approve()

    assert broken(error) == ["approval.needs_other_teamlead"]


@pytest.mark.parametrize("who", [BEAT, ANNA])
def test_nobody_decides_about_money_for_themselves_or_for_whom_they_stand_in(who: str) -> None:
    waiting = submitted(amount="20.00", by=CARLA, payee_staff=ANNA)

    for act in (approving(waiting, who).approve, lambda: settling(waiting, who).reject(Ending.REJECTED, WHY)):
        with pytest.raises(RuleBrokenError) as error:
            act()
        assert broken(error) == ["approval.payee"]


def test_an_approver_who_became_the_payees_deputy_is_stopped_on_that_day() -> None:
    waiting = submitted(amount="800.00", payee_staff=EMIL)
    put_register(StaffMember(EMIL, "Emil Kurz", "sued", deputies=(CARLA,)))

    with pytest.raises(RuleBrokenError) as error:
        approving(waiting, CARLA).approve()

    assert broken(error) == ["approval.payee"]


def of_staff(number: int) -> Invoice:
    """A small bill of somebody who turns out to work here."""
    terms = replace(TERMS, amount=Decimal("90.00"), reference=None, reference_type="NON", iban=OTHER_IBAN)
    return registered(number, replace(terms, invoice_number=f"S-{number}"))


def test_once_a_creditor_is_known_as_staff_their_older_bills_are_not_theirs_to_decide_either() -> None:
    older, newer = of_staff(1), of_staff(2)
    entering(newer, BEAT).correct(Fields({}, payee_staff=EMIL))
    waiting = entering(older, ANNA).submit(coding_of(Decimal("90.00")))

    for act in (approving(waiting, EMIL).approve, lambda: approving(waiting, EMIL).send_back(WHY)):
        with pytest.raises(RuleBrokenError) as error:
            act()
        assert broken(error) == ["approval.payee"]
    assert approving(waiting, BEAT).approve().state is InvoiceState.APPROVED


def test_nobody_takes_the_mark_of_being_staff_off_themselves_by_an_older_bill() -> None:
    older, newer = of_staff(1), of_staff(2)
    entering(newer, BEAT).correct(Fields({}, payee_staff=EMIL))

    with pytest.raises(RuleBrokenError) as error:
        entering(older, EMIL).correct(Fields({}, payee_staff=""))

    assert broken(error) == ["approval.payee"]


def test_whoever_submitted_a_bill_whose_money_turns_out_to_go_to_them_has_it_approved_by_nobody() -> None:
    older, newer = of_staff(1), of_staff(2)
    waiting = entering(older, EMIL).submit(coding_of(Decimal("90.00")))
    entering(newer, BEAT).correct(Fields({}, payee_staff=EMIL))

    with pytest.raises(RuleBrokenError) as error:
        approving(waiting, BEAT).approve()

    assert broken(error) == ["approval.payee_entered"]


def test_the_same_approval_sent_twice_is_one() -> None:
    waiting = submitted(amount="5000.05")
    first = approving(waiting, CARLA).approve()

    assert approving(waiting, CARLA, now=DAY + timedelta(minutes=1)).approve() == first
    assert len(PaymentsStore(PAYMENTS).get(waiting.invoice_id).approvals) == 1


def test_a_bill_changed_while_it_is_approved_tells_who_did_what() -> None:
    seen = submitted()
    changed = approving(seen, DORA).send_back("Anderer Betrag")

    with pytest.raises(InvoiceChangedError) as error:
        approving(seen, CARLA).approve()

    assert error.value.current == changed
    assert (changed.last_act and changed.last_act.by, changed.last_act and changed.last_act.what) == (DORA, "return")


def test_the_later_of_two_that_look_the_same_waits_for_somebody_who_says_that_it_is_another() -> None:
    first, second = submitted(1), submitted(2, received_at=RECEIVED + timedelta(days=1))
    assert (first.twins, second.twins) == ((), (first.invoice_id,))

    with pytest.raises(RuleBrokenError) as error:
        approving(second, CARLA).approve()
    assert broken(error) == ["approval.open_twins"]
    with pytest.raises(RuleBrokenError) as error:
        lifting(second, ANNA).clear_twin(first.invoice_id, WHY)
    assert broken(error) == ["approval.has_entered"]

    cleared = lifting(second, CARLA).clear_twin(first.invoice_id, WHY)
    assert lifting(second, CARLA).clear_twin(first.invoice_id, WHY) == cleared
    assert cleared.last_act is not None
    assert cleared.last_act.reason == WHY
    assert approving(cleared, CARLA).approve().state is InvoiceState.APPROVED


def test_an_earlier_one_is_stopped_by_a_later_one_that_is_approved() -> None:
    first = submitted(1)
    second = submitted(2, received_at=RECEIVED + timedelta(days=1))
    approving(lifting(second, CARLA).clear_twin(first.invoice_id, WHY), CARLA).approve()

    with pytest.raises(RuleBrokenError) as error:
        approving(first, CARLA).approve()

    assert broken(error) == ["approval.open_twins"]


def test_a_twin_that_was_rejected_stops_nothing() -> None:
    first, second = submitted(1), submitted(2, received_at=RECEIVED + timedelta(days=1))
    settling(first, CARLA).reject(Ending.REJECTED, WHY)

    assert approving(second, CARLA).approve().state is InvoiceState.APPROVED


def test_only_what_looks_the_same_can_be_called_another() -> None:
    with pytest.raises(RuleBrokenError) as error:
        lifting(submitted(1), CARLA).clear_twin("0" * 32, WHY)

    assert broken(error) == ["approval.no_twin"]


def with_new_iban(number: int = 2) -> Invoice:
    """A bill of a creditor we know, with another IBAN."""
    registered(1)
    terms = replace(TERMS, iban=OTHER_IBAN, reference=None, reference_type="NON", invoice_number=f"A-{number}")
    later = replace(terms, invoice_date=date(2026, 11, number))
    invoice = registered(number, later)
    return entering(invoice, ANNA).submit(coding_of(Decimal("1450.00")))


def test_a_new_iban_pays_nothing_until_a_second_person_has_approved_it() -> None:
    waiting = with_new_iban()

    with pytest.raises(RuleBrokenError) as error:
        approving(waiting, CARLA).approve()
    assert broken(error) == ["approval.iban_not_approved"]
    with pytest.raises(RuleBrokenError) as error:
        lifting(waiting, ANNA).decide_iban(WHY, approves=True)
    assert broken(error) == ["approval.has_entered"]

    decided = lifting(waiting, BEAT).decide_iban(WHY, approves=True)
    assert lifting(waiting, BEAT).decide_iban(WHY, approves=True) == decided

    assert approving(decided, CARLA).approve().state is InvoiceState.APPROVED


def test_an_iban_approved_by_who_entered_another_waiting_bill_is_not_trusted_for_that_one() -> None:
    mine, other = with_new_iban(2), with_new_iban(3)
    back = approving(other, CARLA).send_back("Bitte anders")
    by_beat = entering(back, BEAT).submit(coding_of(Decimal("1450.00")))
    lifting(mine, BEAT).decide_iban(WHY, approves=True)

    with pytest.raises(RuleBrokenError) as error:
        approving(by_beat, CARLA).approve()

    assert broken(error) == ["approval.iban_not_approved"]


def test_an_approved_credit_note_that_was_set_off_leaves_the_open_ones_with_a_reason() -> None:
    note = registered(1, replace(TERMS, amount=Decimal("-100.00")), kind=InvoiceKind.CREDIT_NOTE)
    waiting = entering(note, ANNA).submit(coding_of(Decimal("-100.00")))
    approved = approving(waiting, CARLA).approve()
    assert approved.state is InvoiceState.APPROVED

    back = approving(approved, CARLA).send_back("Verrechnet")
    ended = settling(back, ANNA).reject(Ending.NOTICE, "Mit der Rechnung 2026-12 verrechnet")

    assert (ended.state, ended.last_act and ended.last_act.reason) == (
        InvoiceState.NOTICE,
        "Mit der Rechnung 2026-12 verrechnet",
    )
    assert all(month.is_proven for month in PaymentsStore(PAYMENTS).ledger.by_month().values())


def of_nowhere() -> Invoice:
    """A bill whose creditor has no town."""
    bill = registered(1, replace(TERMS, creditor=replace(TERMS.creditor, town="")))
    return entering(bill, ANNA).submit(coding_of(Decimal("1450.00")))


def test_a_bill_that_no_bank_would_pay_is_approved_only_once_it_is_mended() -> None:
    waiting = of_nowhere()

    with pytest.raises(RuleBrokenError) as error:
        approving(waiting, CARLA).approve()
    assert broken(error) == ["invoice.unpayable", "bank.town_missing"]

    back = approving(waiting, CARLA).send_back("Der Ort fehlt")
    mended = entering(back, ANNA).correct(Fields({"creditor": TERMS.creditor}))
    again = entering(mended, ANNA).submit(coding_of(Decimal("1450.00")))
    assert approving(again, CARLA).approve().state is InvoiceState.APPROVED


def test_where_others_pay_it_is_theirs_to_say_what_can_be_paid() -> None:
    waiting = of_nowhere()
    step = approving(waiting, CARLA)

    assert replace(step, desk=replace(step.desk, pays=False)).approve().state is InvoiceState.APPROVED


def test_a_refused_iban_pays_nothing() -> None:
    waiting = with_new_iban()
    refused = lifting(waiting, BEAT).decide_iban(WHY, approves=False)

    creditor = a_desk().creditors.find(refused.creditor_id)
    assert creditor is not None
    known = creditor.find(OTHER_IBAN)
    assert known is not None
    assert known.state is IbanState.REFUSED
    with pytest.raises(RuleBrokenError):
        approving(refused, CARLA).approve()


def test_a_known_iban_needs_no_decision() -> None:
    with pytest.raises(RuleBrokenError) as error:
        lifting(submitted(), CARLA).decide_iban(WHY, approves=True)

    assert broken(error) == ["approval.nothing_to_decide"]


def test_a_credit_note_counts_as_much_as_it_takes_off_and_needs_no_iban() -> None:
    terms = replace(TERMS, amount=Decimal("-800.00"), iban="", reference=None, reference_type="NON")
    note = registered(1, terms, kind=InvoiceKind.CREDIT_NOTE)
    waiting = entering(note, ANNA).submit(coding_of(Decimal("-800.00")))

    assert waiting.waits_for == Level.TEAMLEAD
    assert approving(waiting, CARLA).approve().state is InvoiceState.APPROVED


def test_what_was_ended_can_be_entered_anew() -> None:
    ended = settling(submitted(), CARLA).reject(Ending.NOTICE, "Nur zur Information.")
    assert (ended.state, ended.lines, ended.waits_for) == (InvoiceState.NOTICE, (), None)

    opened = settling(ended, CARLA).reopen("Doch zu bezahlen.")

    assert opened.state is InvoiceState.OPEN
    with pytest.raises(IllegalStepError):
        settling(opened, CARLA).reopen("Nochmals.")


def test_what_is_approved_can_be_sent_back_but_not_ended() -> None:
    approved = approving(submitted(), CARLA).approve()

    with pytest.raises(IllegalStepError):
        settling(approved, CARLA).reject(Ending.REJECTED, WHY)
    with pytest.raises(RuleBrokenError) as error:
        approving(approved, DORA).approve()
    assert broken(error) == ["approval.not_waiting"]

    back = approving(approved, DORA).send_back("Schon bar bezahlt.")
    assert (back.state, back.approvals) == (InvoiceState.RETURNED, ())


def test_the_machine_brings_the_first_iban_and_a_typed_one_is_only_proposed() -> None:
    book = a_desk().creditors
    met = book.meet(TERMS, MACHINE, RECEIVED)
    typed = book.meet(replace(TERMS, iban=OTHER_IBAN, creditor=replace(TERMS.creditor, name="Neu AG")), ANNA, RECEIVED)

    assert met is not None
    assert typed is not None
    assert [known.state for known in (*met.ibans, *typed.ibans)] == [IbanState.APPROVED, IbanState.PROPOSED]


def other_bill(number: int) -> Invoice:
    """Of the same creditor, and like no other."""
    terms = replace(TERMS, amount=Decimal("90.00"), reference=qr_reference(number), invoice_number=f"B-{number}")
    return entering(registered(number, terms), ANNA).submit(coding_of(Decimal("90.00")))


def test_whoever_decides_is_told_that_nothing_was_ever_approved_for_a_creditor() -> None:
    first, second = submitted(2, "20.00"), other_bill(3)
    known = PaymentsStore(PAYMENTS).creditors

    def is_new() -> bool:
        creditor = known.find(first.creditor_id)
        return Reason("creditor.new") in doubts_of(second, creditor, (), DAY.date())

    assert is_new()
    approving(first, CARLA).send_back(WHY)
    assert is_new(), "who sends it back vouches for nobody"
    approving(second, BEAT).approve()
    assert not is_new()


def test_a_credit_note_makes_nobody_known() -> None:
    note = registered(1, replace(TERMS, amount=Decimal("-20.00")), kind=InvoiceKind.CREDIT_NOTE)
    approving(entering(note, ANNA).submit(coding_of(Decimal("-20.00"))), BEAT).approve()

    creditor = PaymentsStore(PAYMENTS).creditors.find(note.creditor_id)
    assert [known.used for known in creditor.ibans] == [False] if creditor else False
