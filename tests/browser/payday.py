"""A day on which bills are paid: some approved bills, one that cannot be paid, a run of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sozialakte.payments.invoice import Invoice, Payer
from sozialakte.payments.runs.run import PaymentRun, RunAct
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import Dossier, DossierStatus, DossierType, StaffMember
from sozialakte.shared.clock import utc_now, zurich_date
from tests.aws import PAYMENTS, put_register
from tests.office import DOSSIER
from tests.pipeline import Pipeline
from tests.runs import APPROVER, CHECKER, ENTERER, MAKER, RELEASER, add_approved

HOSTILE = "<script>document.title='x'</script><img src=x onerror=y>&"
AMOUNTS = ("1234.50", "20400.00", "88.00", "412.35", "7150.00", "320.00")


def furnish() -> tuple[Invoice, ...]:
    """Staff, a dossier, and approved bills; the third is of somebody with a hostile name."""
    put_register(
        *(StaffMember(staff_id, f"Person {staff_id}", "nord") for staff_id in (ENTERER, APPROVER)),
        *(StaffMember(staff_id, f"Person {staff_id}", "finanzen") for staff_id in (MAKER, CHECKER, RELEASER)),
        Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN, ENTERER),
    )
    bills = [add_approved(number, amount) for number, amount in enumerate(AMOUNTS, start=1)]
    bills[2] = _renamed(bills[2])
    add_approved(9, "150.00", payer=Payer.WARD)
    return tuple(bills)


def run_of(bills: tuple[Invoice, ...]) -> PaymentRun:
    """A run for the day after tomorrow, its sample drawn."""
    assert bills
    day = zurich_date(utc_now()) + timedelta(days=2)
    begun = RunStore(PAYMENTS).start(day, day + timedelta(days=400), RunAct("made", MAKER, utc_now()))
    Pipeline().run()
    return now_is(begun)


def now_is(run: PaymentRun) -> PaymentRun:
    """As it is now."""
    return RunStore(PAYMENTS).get(run.run_id)


def _renamed(bill: Invoice) -> Invoice:
    terms = replace(bill.terms, creditor=replace(bill.terms.creditor, name=HOSTILE))
    renamed = replace(bill, terms=terms, version=bill.version + 1)
    PaymentsStore(PAYMENTS).save(bill, renamed)
    return renamed
