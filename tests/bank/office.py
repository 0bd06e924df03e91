"""Invoices that were released, the file that went to the bank, and a function that takes what the bank answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from sozialakte.payments.bank.book import BankBook, BankFile
from sozialakte.payments.bank.files import BankFiles
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.bank.take_bank_message import TakeBankMessage
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import Claim, ClaimKind, Demand
from sozialakte.payments.invoice import Act, Duty, Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.pain001 import write_payment_file
from sozialakte.payments.iso20022.payment import DebtorAccount, Payment, PaymentFile, grouped
from sozialakte.payments.match_money import MatchMoney
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.register.model import Person
from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.money import Money
from tests.aws import BANK, PAYMENTS, REGISTER, put_register
from tests.bank.words import ACCOUNT
from tests.invoices import CREDITOR, TERMS, an_invoice

NOW = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
DAY = date(2026, 11, 27)
RUN = "R20261127-01"
MESSAGE = f"{RUN}-1"
DEBTOR = "P-000123"
DOSSIER = "SH-2026-00123"


def released(number: int, *, attempt: int = 1, amount: Decimal | None = None) -> Invoice:
    """An invoice in the run that went out; ``number`` tells them apart."""
    terms = replace(TERMS, amount=amount or Decimal(100 * number), reference=TERMS.reference)
    act = Act(Duty.RELEASE, "release", "ma-301", NOW, reason=RUN)
    begun = an_invoice(number, terms, dossier_id=DOSSIER)
    return replace(
        begun,
        state=InvoiceState.RELEASED,
        since=NOW,
        acts=(*begun.acts, act),
        run_id=RUN,
        attempt=attempt,
        version=2,
    )


def payment_file(invoices: Iterable[Invoice], message_id: str = MESSAGE, *, batch_booking: bool = True) -> bytes:
    """The file in which they went out."""
    account = DebtorAccount(ACCOUNT, "Stadt Seldwyla, Soziale Dienste")
    groups = grouped(account, [_payment(invoice) for invoice in invoices], batch_booking=batch_booking)
    target = BytesIO()
    write_payment_file(PaymentFile(message_id, NOW, "Stadt Seldwyla", DAY, groups), target)
    return target.getvalue()


def _payment(invoice: Invoice) -> Payment:
    owed = invoice.owed
    assert owed
    return Payment(
        end_to_end_id(invoice.invoice_id, invoice.attempt),
        invoice.invoice_id,
        CREDITOR,
        TERMS.iban or "",
        owed.amount,
        owed.currency,
        "QRR",
        TERMS.reference or "",
    )


def sent(invoices: Iterable[Invoice], message_id: str = MESSAGE) -> bytes:
    """The invoices are stored, and their file lies where the bank took it from."""
    several = list(invoices)
    for invoice in several:
        PaymentsStore(PAYMENTS).save(None, invoice)
    content = payment_file(several, message_id)
    client("s3").put_object(Bucket=BANK, Key=f"out/{message_id}.xml", Body=content)
    return content


def put(content: bytes, name: str = "message.xml") -> tuple[str, str]:
    """The bank puts a file into the bucket; its key and version."""
    answer = client("s3").put_object(Bucket=BANK, Key=f"in/{name}", Body=content)
    return f"in/{name}", answer["VersionId"]


def take(content: bytes, now: datetime = NOW) -> BankFile:
    """The bank's message comes and is taken."""
    return taker(now)(*put(content))


def take_all(messages: Mapping[str, bytes]) -> list[BankFile]:
    """All of them, in their order."""
    return [take(content) for content in messages.values()]


def taker(now: datetime = NOW) -> TakeBankMessage:
    """The use case with the stores of the test."""
    table, register = Table(PAYMENTS), RegisterStore(REGISTER, now.date())
    book = BankBook(table)
    money = MatchMoney(MoneyStore(table), ClaimStore(PAYMENTS), register.find_person, now)
    settle = SettlePayments(PaymentsStore(PAYMENTS), book, now)
    return TakeBankMessage(BankFiles(BANK), book, settle, money, now)


def states(invoices: Iterable[Invoice]) -> list[str]:
    """Where they stand now."""
    return [str(PaymentsStore(PAYMENTS).get(invoice.invoice_id).state) for invoice in invoices]


def claimed(amount: str = "250.00", reason: str = "Rückerstattung", person_id: str = DEBTOR) -> Claim:
    """A claim against a person of the register, Pia Muster."""
    put_register(Person(person_id, "Muster", "Pia Anna"))
    demand = Demand(
        ClaimKind.REPAYMENT, DOSSIER, person_id, Money(Decimal(amount)), reason, date(2026, 11, 2), date(2026, 12, 2)
    )
    return ClaimStore(PAYMENTS).issue(demand, "ma-101")
