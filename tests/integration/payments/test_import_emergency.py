"""What an import never does, whatever people gave it: pay twice, lose who released, destroy what went out."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from sozialakte.payments.invoice import Duty, Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.emergency import EmergencyRefusedError
from sozialakte.payments.runs.files import BankFiles, replaced_key
from sozialakte.payments.runs.import_emergency import AGAINST_RULES, RELEASED_IN_EMERGENCY, EmergencyFileError
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import StaffMember
from sozialakte.runtime.dynamo import transact
from sozialakte.shared.access import Role
from tests.aws import BANK, PAYMENTS, put_register
from tests.bank.office import take
from tests.bank.words import camt, details, entry, payment, status_report
from tests.bank.words import group as status_group
from tests.emergencies import (
    IMPORTER,
    LATER,
    MAY_RELEASE,
    exported,
    furnish_accounting,
    imported,
    release_of,
    written,
)
from tests.pipeline import Pipeline
from tests.runs import (
    APPROVER,
    DAY,
    ENTERER,
    RELEASED_AT,
    RELEASER,
    RUN,
    add_approved,
    bank_files_out,
    release,
    start_run,
)

pytestmark = pytest.mark.usefixtures("aws")


def states_of(invoices: list[Invoice]) -> list[InvoiceState]:
    store = PaymentsStore(PAYMENTS)
    return [store.get(one.invoice_id).state for one in invoices]


def refusal(*bodies: bytes, **what: object) -> str:
    """Why they are not taken over."""
    with pytest.raises(EmergencyFileError) as refused:
        imported(*bodies, **what)  # type: ignore[arg-type] # of an import
    return refused.value.reason.code


def booked(invoice: Invoice, attempt: int = 1, ref: str = "d1") -> None:
    """The bank tells that it paid."""
    name = end_to_end_id(invoice.invoice_id, attempt)
    take(camt("camt.054", [entry("400.00", details("400.00", end_to_end_id=name, ref=ref), ref=f"E-{ref}")]))


def ours_and_a_smaller_one() -> tuple[list[Invoice], bytes, bytes]:
    """The platform exported four; the state is older and knows three of them. Both have the same message id."""
    pipeline, invoices = Pipeline(), [add_approved(number) for number in (1, 2, 3)]
    state = exported()
    invoices.append(add_approved(4))
    start_run()
    pipeline.run()
    release()
    pipeline.run()
    (theirs,) = written(state)
    return invoices, bank_files_out()[f"{RUN}-1"], theirs


def test_while_the_platforms_own_file_may_be_at_the_bank_nothing_is_taken_over() -> None:
    invoices, ours, theirs = ours_and_a_smaller_one()

    assert refusal(theirs) == "emergency.ours_is_out"
    assert states_of(invoices) == [InvoiceState.RELEASED] * 4
    assert bank_files_out() == {f"{RUN}-1": ours}


def test_what_the_bank_paid_shows_that_it_has_ours_whatever_people_say() -> None:
    invoices, ours, theirs = ours_and_a_smaller_one()
    booked(invoices[3])

    assert refusal(theirs, bank_refused_ours=True) == "emergency.bank_took_ours"
    assert states_of(invoices) == [*[InvoiceState.RELEASED] * 3, InvoiceState.PAID]
    assert bank_files_out() == {f"{RUN}-1": ours}


def test_what_the_bank_paid_of_both_shows_nothing() -> None:
    invoices, _, theirs = ours_and_a_smaller_one()
    booked(invoices[0])

    assert refusal(theirs) == "emergency.ours_is_out"
    assert imported(theirs, bank_refused_ours=True).given_back == 1


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("ACCP", "", "emergency.bank_has_one"),
        ("PART", "", "emergency.bank_has_one"),
        ("PDNG", "", "emergency.bank_has_one"),
        ("RJCT", "DU01", "emergency.ours_is_out"),
        ("RJCT", "FF01", "emergency.ours_is_out"),
    ],
)
def test_what_the_bank_made_of_the_message_id_is_told_before_somebody_decides(
    status: str, reason: str, said: str
) -> None:
    _, _, theirs = ours_and_a_smaller_one()
    take(status_report(f"{RUN}-1", status=status, reason=reason))

    assert refusal(theirs) == said
    assert imported(theirs, bank_refused_ours=True).run.state is RunState.EXPORTED


def test_a_payment_that_is_only_in_ours_and_refused_alone_shows_that_the_bank_has_ours() -> None:
    invoices, _, theirs = ours_and_a_smaller_one()
    name = end_to_end_id(invoices[3].invoice_id, 1)
    take(status_report(f"{RUN}-1", status_group(f"{RUN}-1-01", payment(name))))

    assert refusal(theirs, bank_refused_ours=True) == "emergency.bank_took_ours"


def test_the_file_that_was_there_is_kept() -> None:
    _, ours, theirs = ours_and_a_smaller_one()

    imported(theirs, bank_refused_ours=True)

    assert BankFiles(BANK).get(replaced_key(f"{RUN}-1", sha256(ours).hexdigest())) == ours


def test_what_the_bank_said_too_early_is_settled_with_the_import() -> None:
    invoices = [add_approved(number) for number in (1, 2, 3)]
    bodies = written(exported())
    booked(invoices[0])
    name = end_to_end_id(invoices[1].invoice_id, 1)
    take(status_report(f"{RUN}-1", status_group(f"{RUN}-1-01", payment(name))))

    found = imported(*bodies)

    assert (found.settled, found.odd) == (2, ())
    assert states_of(invoices) == [InvoiceState.PAID, InvoiceState.RETURNED, InvoiceState.RELEASED]
    assert imported(*bodies).settled == 0


def test_an_import_says_who_released_and_who_imported() -> None:
    invoice = add_approved(1)
    bodies = written(exported())

    found = imported(*bodies)

    stored = PaymentsStore(PAYMENTS).get(invoice.invoice_id)
    (act,) = [act for act in stored.acts if act.duty is Duty.RELEASE]
    assert (act.by, act.at) == (RELEASER, RELEASED_AT)
    acts = {act.what: (act.by, act.at) for act in found.run.acts}
    assert acts[RELEASED_IN_EMERGENCY] == (RELEASER, RELEASED_AT)
    assert acts["imported"] == (IMPORTER, LATER)
    assert AGAINST_RULES not in acts


@pytest.mark.parametrize("releaser", [ENTERER, APPROVER])
def test_a_release_by_somebody_who_decided_is_taken_over_and_told(releaser: str) -> None:
    add_approved(1)
    state = exported()
    with pytest.raises(EmergencyRefusedError):
        written(state, releaser)
    bodies = written(state)

    found = imported(*bodies, release=release_of(bodies, releaser))

    assert [reason.code for reason in found.against_rules] == ["emergency.releaser_decided"]
    assert (found.run.state, found.run.last_act.what) == (RunState.EXPORTED, AGAINST_RULES)
    assert "erfasst oder bewilligt" in str(found.run.last_act.reason)
    assert imported(*bodies, release=release_of(bodies, releaser)) == found


def test_a_release_by_a_stranger_without_the_role_is_told() -> None:
    add_approved(1)
    bodies = written(exported())

    found = imported(*bodies, release=release_of(bodies, "nobody"), roles=frozenset())

    assert [reason.code for reason in found.against_rules] == ["emergency.releaser_unknown", "emergency.releaser_role"]
    assert not found.fits


def test_a_release_by_who_stands_in_for_somebody_that_is_paid_is_told() -> None:
    furnish_accounting()
    put_register(StaffMember("ma-400", "Paula Payee", "nord", deputies=(RELEASER,)))
    invoice = add_approved(1)
    store = PaymentsStore(PAYMENTS)
    creditor = store.creditors.find(invoice.creditor_id)
    assert creditor
    transact([store.creditors.part(creditor, creditor.marked("ma-400"))])
    bodies = written(exported())

    found = imported(*bodies, roles=None)

    assert [reason.code for reason in found.against_rules] == ["emergency.releaser_payee"]


def test_a_file_that_is_not_the_one_released_is_told_and_one_that_is_missing_refused() -> None:
    add_approved(1)
    (body,) = written(exported())
    changed = body.replace(b'"CHF">400.00', b'"CHF">410.00')
    two = release_of([body, body.replace(f"{RUN}-1".encode(), f"{RUN}-2".encode())])
    others = replace(release_of([body]), run_id="R20261130-07")

    assert refusal(body, release=two) == "emergency.files_missing"
    assert refusal(body, release=others) == "emergency.other_release"
    found = imported(changed, release=release_of([body]))

    assert [reason.code for reason in found.against_rules] == ["emergency.not_released"]


def test_only_staff_imports() -> None:
    add_approved(1)
    (body,) = written(exported())

    assert refusal(body, by="somebody") == "emergency.by_unknown"
    assert bank_files_out() == {}
    assert imported(body, by=APPROVER, roles=MAY_RELEASE).fits, "to import is not to release"


@pytest.mark.parametrize("role", list(Role))
def test_only_accounting_or_who_may_release_imports(role: Role) -> None:
    add_approved(1)
    (body,) = written(exported())

    if role in {Role.ACCOUNTING, Role.PAYMENTRELEASE}:
        assert imported(body, importer_roles=frozenset({role})).fits
    else:
        assert refusal(body, importer_roles=frozenset({role})) == "emergency.by_role"
        assert bank_files_out() == {}


def test_who_released_and_imports_as_well_is_taken_over_and_told() -> None:
    invoice = add_approved(1)
    bodies = written(exported())

    found = imported(*bodies, by=RELEASER, importer_roles=None)

    assert [reason.code for reason in found.against_rules] == ["emergency.by_is_releaser"]
    assert (found.run.last_act.what, found.fits) == (AGAINST_RULES, False)
    assert RELEASER in str(found.run.last_act.reason)
    assert states_of([invoice]) == [InvoiceState.RELEASED], "the money is out"


def test_a_day_that_the_state_knows_to_be_taken_is_not_paid_under_another() -> None:
    pipeline = Pipeline()
    add_approved(1)
    start_run()
    pipeline.run()
    state = exported()

    with pytest.raises(EmergencyRefusedError) as refused:
        written(state, day=DAY.replace(day=DAY.day - 1))

    assert refused.value.reason.code == "emergency.other_day"
