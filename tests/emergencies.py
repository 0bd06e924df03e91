"""Emergencies for tests: the state, the files made of it, who released them, and the import when all works again."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.office import Office
from sozialakte.payments.runs.emergency import Emergency, emergency
from sozialakte.payments.runs.emergency_release import EmergencyRelease, ReleasedFile
from sozialakte.payments.runs.emergency_rules import EmergencyWish
from sozialakte.payments.runs.export_state import ExportState
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.import_emergency import Imported, ImportEmergency
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.payable import PayInvoices
from sozialakte.payments.runs.resume_runs import STUCK_AFTER
from sozialakte.payments.runs.run import run_named
from sozialakte.payments.runs.state import PaymentState, read_state
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.verify_release import VerifyRelease
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.runs.withdraw_run import MAY_WITHDRAW, Withdrawn, WithdrawRun
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import RegisterStore, StaffMember
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.access import Role
from tests.aws import BANK, PAYING_ACCOUNT, PAYMENTS, REGISTER, put_register
from tests.runs import (
    APPROVER,
    CHECKER,
    DAY,
    DUE_UNTIL,
    ENTERER,
    MAKER,
    NOW,
    RELEASED_AT,
    RELEASER,
    RUN,
)

IMPORTER = "ma-306"
LATER = RELEASED_AT + timedelta(hours=5)
MAY_RELEASE, MAY_IMPORT = frozenset({Role.PAYMENTRELEASE}), frozenset({Role.ACCOUNTING})


def furnish_accounting() -> None:
    """Everybody who works on runs is of the staff."""
    for staff_id in (ENTERER, APPROVER, MAKER, CHECKER, RELEASER, IMPORTER):
        put_register(StaffMember(staff_id, f"Person {staff_id}", "nord"))


def exported(at: datetime = NOW) -> PaymentState:
    """The state as it lies in the bucket now."""
    accounts = (PayingAccount(**PAYING_ACCOUNT),)
    pay = PayInvoices(PaymentsStore(PAYMENTS), WardAccountStore(PAYMENTS), BankBook(Table(PAYMENTS)), accounts)
    ExportState(RunStore(PAYMENTS), BankFiles(BANK), pay, "Soziale Dienste", at)()
    found = BankFiles(BANK).newest_state()
    assert found
    return read_state(found[1])


def wish(day: date = DAY, releaser: str = RELEASER, last: str | None = None, **what: object) -> EmergencyWish:
    """Somebody makes an emergency file an hour after the state."""
    asked = EmergencyWish(day, max(day, DUE_UNTIL), releaser, last, NOW + timedelta(hours=1))
    return replace(asked, **what)  # type: ignore[arg-type] # of a wish


def written(state: PaymentState, releaser: str = RELEASER, day: date = DAY, last: str | None = None) -> list[bytes]:
    """The emergency files."""
    return bodies_of(emergency(state, wish(day, releaser, last)))


def bodies_of(made: Emergency) -> list[bytes]:
    """As they go to the bank."""
    return [one.written() for one in made.files]


def release_of(bodies: Iterable[bytes], releaser: str = RELEASER) -> EmergencyRelease:
    """What lies beside the files."""
    some = [(read_sent(body).message_id, sha256(body).hexdigest()) for body in bodies]
    run_id, files = run_named(some[0][0]) or "", tuple(ReleasedFile(*one) for one in some)
    return EmergencyRelease(run_id, DAY, releaser, RELEASED_AT, NOW, None, files)


def imported(
    *bodies: bytes,
    by: str = IMPORTER,
    release: EmergencyRelease | None = None,
    roles: Set[Role] | None = MAY_RELEASE,
    importer_roles: Set[Role] | None = MAY_IMPORT,
    bank_refused_ours: bool = False,
) -> Imported:
    """Taken over."""
    register, store = RegisterStore(REGISTER, DAY), PaymentsStore(PAYMENTS)
    if register.find_staff_member(IMPORTER) is None:
        furnish_accounting()
    verify = VerifyRelease(store, Office(register, frozenset()), roles, importer_roles)
    settle = SettlePayments(store, BankBook(Table(PAYMENTS)), LATER)
    take_over = ImportEmergency(RunStore(PAYMENTS), BankFiles(BANK), settle, verify, by, LATER, bank_refused_ours)
    return take_over(bodies, release or release_of(bodies))


def withdrawing(
    run_id: str = RUN, by: str = IMPORTER, roles: Set[Role] | None = MAY_WITHDRAW, after: timedelta = STUCK_AFTER
) -> WithdrawRun:
    """Somebody withdraws a run, so long after it was written."""
    register, table = RegisterStore(REGISTER, DAY), Table(PAYMENTS)
    if register.find_staff_member(IMPORTER) is None:
        furnish_accounting()
    runs, store = RunStore(PAYMENTS), PaymentsStore(PAYMENTS)
    now = runs.get(run_id).since + after
    return WithdrawRun(runs, BankFiles(BANK), store, BankBook(table), register, roles, by, now)


def withdrawn(run_id: str = RUN) -> Withdrawn:
    """A run that is withdrawn."""
    return withdrawing(run_id)(run_id, "nicht übertragen")
