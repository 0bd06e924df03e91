"""Approved invoices and payment runs for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sozialakte.payments.approval import Actor
from sozialakte.payments.invoice import MACHINE, Act, CodingLine, Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.office import Office
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.runs.act_on_run import ActOnRun
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.orders import Order
from sozialakte.payments.runs.payable import order_of
from sozialakte.payments.runs.run import PaymentRun, RunAct, RunFile, RunState, started
from sozialakte.payments.runs.standstills import Standstills
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Terms
from sozialakte.register import RegisterStore
from sozialakte.runtime.aws import client
from sozialakte.shared.access import Role
from tests.aws import BANK, PAYING_ACCOUNT, PAYMENTS, REGISTER
from tests.invoices import RECEIVED, TERMS, an_invoice
from tests.office import DOSSIER

DAY, DUE_UNTIL = date(2026, 11, 30), date(2026, 12, 5)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
RELEASED_AT = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
ENTERER, APPROVER, MAKER, CHECKER, RELEASER = "ma-301", "ma-302", "ma-303", "ma-304", "ma-305"
RUN = "R20261130-01"


def terms_of(number: int, amount: str = "400.00") -> Terms:
    """Of a creditor of its own."""
    creditor = Party(f"Praxis {number} & Söhne", "Seestrasse", str(number), "6003", "Luzern", "CH")
    return replace(
        TERMS,
        iban=iban_of(number),
        creditor=creditor,
        amount=Decimal(amount),
        reference_type="NON",
        reference=None,
        invoice_number=f"2026-{number}",
    )


def iban_of(number: int) -> str:
    """A Swiss IBAN that belongs to nobody."""
    return swiss_iban(f"00762{number:012d}")


def swiss_iban(account: str) -> str:
    """The IBAN of a bank's number and account, with its check digits."""
    digits = 98 - int("".join(str(int(char, 36)) for char in account + "CH00")) % 97
    return f"CH{digits:02d}{account}"


def approved(number: int, amount: str = "400.00", **what: object) -> Invoice:
    """An approved invoice, not stored."""
    acts = (
        Act(Duty.SETTLE, "register", MACHINE, RECEIVED),
        Act(Duty.ENTER, "submit", ENTERER, RECEIVED, 1),
        Act(Duty.APPROVE, "approve", APPROVER, RECEIVED, 1, 0),
    )
    facts: dict[str, object] = {
        "state": InvoiceState.APPROVED,
        "dossier_id": DOSSIER,
        "accepted": Decimal(amount),
        "lines": (CodingLine(Decimal(amount), "21"),),
        "round": 1,
        "acts": acts,
        "version": 3,
    }
    return replace(an_invoice(number, terms_of(number, amount)), **facts | what)  # type: ignore[arg-type] # of an invoice


def add_approved(number: int, amount: str = "400.00", **what: object) -> Invoice:
    """An approved invoice in the table, its creditor known."""
    invoice, store = approved(number, amount, **what), PaymentsStore(PAYMENTS)
    creditor = store.creditors.meet(invoice.terms, MACHINE, RECEIVED)
    if "creditor_id" not in what:
        invoice = replace(invoice, creditor_id=creditor.creditor_id if creditor else None)
    store.save(None, invoice)
    return invoice


def an_order(number: int, amount: str = "400.00", **what: object) -> Order:
    """The order of an approved invoice."""
    return replace(order_of(approved(number, amount), PAYING_ACCOUNT["iban"], ()), **what)  # type: ignore[arg-type] # of an order


def start_run(due_until: date = DUE_UNTIL, by: str = MAKER, day: date = DAY) -> PaymentRun:
    """Somebody asks for a run."""
    return RunStore(PAYMENTS).start(day, due_until, RunAct("made", by, NOW))


def acting(by: str) -> ActOnRun:
    """Somebody at work on runs."""
    office = Office(RegisterStore(REGISTER, DAY), frozenset())
    actor = Actor(by, frozenset({Role.ACCOUNTING, Role.PAYMENTRELEASE}), "nord")
    return ActOnRun(RunStore(PAYMENTS), PaymentsStore(PAYMENTS), office, actor, RELEASED_AT, Standstills(PAYMENTS))


def check_sample(run_id: str = RUN, by: str = CHECKER) -> PaymentRun:
    """Everything in the sample is right."""
    run = RunStore(PAYMENTS).get(run_id)
    for invoice_id in run.unchecked:
        run = acting(by).check(run_id, invoice_id, right=True, reason=None)
    return run


def release(run_id: str = RUN, by: str = RELEASER, *, no_emergency_open: bool = False) -> PaymentRun:
    """The sample is right, and somebody releases the run."""
    return acting(by).release(run_id, check_sample(run_id).version, no_emergency_open=no_emergency_open)


def bank_files_out() -> dict[str, bytes]:
    """The files for the bank, by message id."""
    listed = client("s3").list_objects_v2(Bucket=BANK, Prefix="out/").get("Contents", [])
    keys = sorted(one["Key"] for one in listed)
    return {key.removeprefix("out/").removesuffix(".xml"): BankFiles(BANK).get(key) for key in keys}


def a_run_of_files(*message_ids: str) -> PaymentRun:
    """An exported run with these files, not stored."""
    files = tuple(RunFile(one, 1, Decimal(400), "0" * 64) for one in message_ids)
    run = started(message_ids[0].rpartition("-")[0], DAY, DUE_UNTIL, RunAct("made", MAKER, NOW))
    return replace(run, state=RunState.EXPORTED, since=RELEASED_AT, files=files)
