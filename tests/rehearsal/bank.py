"""The bank of the rehearsal: takes a file once, answers late, twice and out of order, and keeps books of its own.

Its books are counted from what it sends, with no code of ours: `sums` is the bank's word against the platform's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from random import Random

from lxml import etree

from sozialakte.payments.iso20022.orders import Order, orders_in
from tests.bank.simulator import BankDay
from tests.bank.words import group, payment, status_report

DUPLICATE = "DU01"
_CAMT = "{urn:iso:std:iso:20022:tech:xsd:camt.054.001.08}"


@dataclass(frozen=True)
class Sums:
    """What left our account for a payment, how often, and what came back."""

    out: Counter[str]
    times: Counter[str]
    back: Counter[str]

    def net(self, end_to_end_id: str) -> Decimal:
        """What its creditor has in the end."""
        return Decimal(self.out[end_to_end_id] - self.back[end_to_end_id]) / 100


@dataclass
class Bank:
    """``rejected`` and ``returned``: one payment in so many of a file."""

    seed: int
    booked_on: date
    rejected: int
    returned: int
    days: dict[str, BankDay] = field(default_factory=dict)
    refusals: list[bytes] = field(default_factory=list)

    def send(self, file: bytes) -> bool:
        """We send it a file; whether it takes it. A second one under the same MsgId it refuses as a whole."""
        orders = list(orders_in(BytesIO(file)))
        message_id = orders[0].message_id
        if message_id in self.days:
            self.refusals.append(_refusal(message_id, orders))
            return False
        rejected, returned = max(1, len(orders) // self.rejected), max(1, len(orders) // self.returned)
        self.days[message_id] = BankDay(file, self.booked_on, rejected, returned, seed=self.seed)
        return True

    def answers(self, message_id: str) -> list[bytes]:
        """All about a file, each message twice, in no order."""
        once = [*self.days[message_id].messages().values(), *self.refusals]
        self.refusals = []
        twice = [*once, *map(_sent_again, once)]
        Random(self.seed).shuffle(twice)  # noqa: S311
        return twice

    def sums(self) -> Sums:
        """What it did, from its own messages: the details of debits and of returns, in cents by EndToEndId."""
        found = Sums(Counter(), Counter(), Counter())
        for day in self.days.values():
            for end_to_end_id, cents in _details(day.debits()):
                found.out[end_to_end_id] += cents
                found.times[end_to_end_id] += 1
            found.back.update(dict(_details(day.credits())))
        return found


def _refusal(message_id: str, orders: list[Order]) -> bytes:
    """Of the whole file, at every level; why, only at the first."""
    groups = dict.fromkeys(order.payment_information_id for order in orders)
    inside = {name: [one.end_to_end_id for one in orders if one.payment_information_id == name] for name in groups}
    told = (group(name, "".join(payment(one, reason="") for one in inside[name]), status="RJCT") for name in groups)
    return status_report(message_id, "".join(told), status="RJCT", reason=DUPLICATE)


def _details(message: bytes) -> Iterator[tuple[str, int]]:
    for one in etree.fromstring(message).iter(f"{_CAMT}TxDtls"):
        cents = int(Decimal(one.findtext(f"{_CAMT}Amt") or "0") * 100)
        yield one.findtext(f"{_CAMT}Refs/{_CAMT}EndToEndId") or "", cents


def _sent_again(message: bytes) -> bytes:
    """Other bytes that say the same: not even the digest tells that it was here."""
    return message.replace(b"<Document ", b"<!-- Wiederholung --><Document ", 1)
