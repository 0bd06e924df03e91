"""What the bank told that somebody has to look at, as the routes give it. Reasons are words, amounts texts."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, datetime

from sozialakte.payments.bank.book import BankFile, BankFileState, WaitingSum
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.shared.model import Model
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


class BankMessageAnswer(Model):
    """A message of the bank. ``file``: its name in the bucket; ``told``: why it was refused, or what is odd in it.

    ``parts``: its statuses or bookings; ``payments``, ``money``, ``foreign``: how many of them were about payments of
    ours, money that came in, and something else.
    """

    file: str
    at: datetime
    state: BankFileState
    state_name: str
    kind: str
    version: str
    accounts: list[str]
    parts: int
    payments: int
    money: int
    foreign: int
    told: list[str]

    @classmethod
    def of(cls, file: BankFile) -> BankMessageAnswer:
        """In words."""
        return cls(
            file=file.key,
            at=file.at,
            state=file.state,
            state_name=say(Reason(f"bank_file_state.{file.state}")),
            kind=file.kind,
            version=file.version,
            accounts=list(file.accounts),
            parts=file.parts,
            payments=file.payments,
            money=file.money,
            foreign=file.foreign,
            told=[say(reason) for reason in file.told],
        )


class BankMessageList(Model):
    """A page of messages, the newest first, and the cursor of the next."""

    messages: list[BankMessageAnswer]
    next: str | None

    @classmethod
    def of(cls, files: Iterable[BankFile], cursor: str | None) -> BankMessageList:
        """A page."""
        return cls(messages=list(map(BankMessageAnswer.of, files)), next=cursor)


class BankPaymentAnswer(Model):
    """What the bank said of a payment: ``rejected`` and ``returned`` why, in words; ``problems`` with it, in words.

    ``hidden``: that its dossier is sealed from the viewer, in words; then nothing but the payment is named.
    """

    end_to_end_id: str
    invoice_id: str
    attempt: int
    early: bool
    booked_on: date | None
    rejected: str | None
    returned: str | None
    problems: list[str]
    hidden: str | None

    @classmethod
    def of(cls, facts: PaymentFacts, hidden_invoices: AbstractSet[str]) -> BankPaymentAnswer:
        """In words."""
        hidden = facts.invoice_id in hidden_invoices
        early = [Reason("bank_problem.early")] if facts.early else []
        return cls(
            end_to_end_id=facts.end_to_end_id,
            invoice_id=facts.invoice_id,
            attempt=facts.attempt,
            early=facts.early,
            booked_on=None if hidden else facts.booked_on,
            rejected=None if hidden else facts.rejected,
            returned=None if hidden else facts.returned,
            problems=[] if hidden else [say(reason) for reason in (*early, *facts.doubts)],
            hidden=say(Reason("bank_payment.hidden")) if hidden else None,
        )


class BankPaymentList(Model):
    """A page of payments, the longest waiting first, and the cursor of the next."""

    payments: list[BankPaymentAnswer]
    next: str | None

    @classmethod
    def of(
        cls, payments: Iterable[PaymentFacts], cursor: str | None, hidden_invoices: AbstractSet[str]
    ) -> BankPaymentList:
        """A page."""
        return cls(payments=[BankPaymentAnswer.of(one, hidden_invoices) for one in payments], next=cursor)


class WaitingSumAnswer(Model):
    """A debit of a whole group that does not fit its payments; ``why`` in words."""

    payment_information_id: str
    booked_on: date | None
    amount: str
    currency: str
    why: str

    @classmethod
    def of(cls, one: WaitingSum) -> WaitingSumAnswer:
        """In words."""
        facts = {"group": one.payment_information_id, "amount": str(Money(one.amount, one.currency))}
        return cls(
            payment_information_id=one.payment_information_id,
            booked_on=one.on,
            amount=f"{one.amount:.2f}",
            currency=one.currency,
            why=say(Reason("cli.money.sum_of_group", facts)),
        )


class WaitingSumList(Model):
    """A page of sums, the longest waiting first, and the cursor of the next."""

    sums: list[WaitingSumAnswer]
    next: str | None

    @classmethod
    def of(cls, sums: Iterable[WaitingSum], cursor: str | None) -> WaitingSumList:
        """A page."""
        return cls(sums=list(map(WaitingSumAnswer.of, sums)), next=cursor)
