"""The bank of the rehearsal: takes a file once, answers late, twice and out of order, and keeps books of its own.

Its books are counted from what it sends, with no code of ours: `sums` is the bank's word against the platform's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from lxml import etree

from sozialakte.payments.iso20022.orders import Order, orders_in
from tests.aws import PAYING_ACCOUNT
from tests.bank.simulator import BankDay, Incoming
from tests.bank.words import group, payment, status_report

FILE, GROUP, PAYMENT = "Datei", "Gruppe", "Zahlung"
"""Where in a status report it says that it has the file already."""
_DUPLICATE = "DU01"
_CAMT = "{urn:iso:std:iso:20022:tech:xsd:camt.054.001.08}"


@dataclass(frozen=True)
class Habits:
    """One payment in so many is ``rejected``, ``returned``, comes back in part (``partly``) or is booked with an
    ``other`` amount; 0: none. ``duplicate``: where it says that it has a file. ``returns_first``: before bookings.
    """

    rejected: int = 500
    returned: int = 1000
    partly: int = 0
    other: int = 0
    duplicate: str = FILE
    returns_first: bool = False


@dataclass(frozen=True)
class Sums:
    """In cents, by EndToEndId: what left our accounts, how often, what came back. ``days``: what each account lost on
    each day by payments of ours; ``came``: what others sent us, likewise.
    """

    out: Counter[str] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)
    back: Counter[str] = field(default_factory=Counter)
    days: Counter[tuple[date, str]] = field(default_factory=Counter)
    came: Counter[tuple[date, str]] = field(default_factory=Counter)

    def net(self, end_to_end_id: str) -> Decimal:
        """What its creditor has in the end."""
        return Decimal(self.out[end_to_end_id] - self.back[end_to_end_id]) / 100


@dataclass
class Bank:
    """``days``: of each file that it took, one for each account; ``incoming``: what comes in with the first."""

    seed: int
    habits: Habits = field(default_factory=Habits)
    incoming: tuple[Incoming, ...] = ()
    days: dict[str, list[BankDay]] = field(default_factory=dict)
    refusals: list[bytes] = field(default_factory=list)

    def send(self, file: bytes) -> bool:
        """We send it a file; whether it takes it. A second one under the same MsgId it refuses as a whole."""
        orders = list(orders_in(BytesIO(file)))
        message_id = orders[0].message_id
        if message_id in self.days:
            self.refusals.append(_refusal(message_id, orders, self.habits.duplicate))
            return False
        on = date.fromisoformat(message_id[1:9])  # the execution day, as the message id says it
        counted = Counter(order.account for order in orders)
        self.days[message_id] = [self._day(file, on, *one) for one in counted.items()]
        return True

    @property
    def last(self) -> str:
        """The last file of ours that it shows."""
        return [*self.days][-1] if self.days else "none"

    def answers(self, run_id: str) -> list[bytes]:
        """All about the files of a run, each message twice, in no order."""
        once, self.refusals = self.refusals, []
        for message_id in (name for name in self.days if name.startswith(f"{run_id}-")):
            days = self.days[message_id]
            once.append(_status(message_id, "".join(day.rejections() for day in days)))
            once += [message for day in days for message in _told(day)]
        twice = [*once, *map(_sent_again, once)]
        Random(self.seed).shuffle(twice)  # noqa: S311
        return sorted(twice, key=_tells_of_no_return) if self.habits.returns_first else twice

    def sums(self) -> Sums:
        """What it did, from its own messages: the details of debits, of returns and of what came in."""
        found = Sums()
        for day in (day for days in self.days.values() for day in days):
            for message in (day.debits(), day.credits()):
                for entry in etree.fromstring(message).iter(f"{_CAMT}Ntry"):
                    _count(found, entry, day.orders[0].account)
        return found

    def _day(self, file: bytes, on: date, account: str, count: int) -> BankDay:
        """Our own account has one of everything at least, however few its payments are; what comes in is on it."""
        habits, least = self.habits, int(account == PAYING_ACCOUNT["iban"])
        incoming, self.incoming = (self.incoming, ()) if least else ((), self.incoming)
        wanted = (habits.rejected, habits.returned, habits.partly, habits.other)
        rejected, returned, partly, other = (max(least, count // one) if one else 0 for one in wanted)
        return BankDay(
            file,
            on,
            rejected=rejected,
            returned=returned,
            incoming=incoming,
            seed=self.seed,
            account=account,
            partly=partly,
            other=other,
            returned_on=on + timedelta(days=1),
        )


def _status(message_id: str, groups: str) -> bytes:
    """pain.002 of a file that it took."""
    return status_report(message_id, groups, status="PART" if groups else "ACCP")


def _told(day: BankDay) -> tuple[bytes, ...]:
    return tuple(content for name, content in day.messages().items() if name != "status.xml")


def _tells_of_no_return(message: bytes) -> bool:
    return b"<RtrInf>" not in message


def _refusal(message_id: str, orders: list[Order], at: str) -> bytes:
    """Of the whole file, at every level; why, only ``at`` one of them."""
    groups = dict.fromkeys(order.payment_information_id for order in orders)
    inside = {name: [one.end_to_end_id for one in orders if one.payment_information_id == name] for name in groups}
    why = {level: _DUPLICATE if level == at else "" for level in (FILE, GROUP, PAYMENT)}
    told = (
        group(
            name, "".join(payment(one, reason=why[PAYMENT]) for one in inside[name]), status="RJCT", reason=why[GROUP]
        )
        for name in groups
    )
    return status_report(message_id, "".join(told), status="RJCT", reason=why[FILE])


def _count(found: Sums, entry: etree._Element, account: str) -> None:
    day = date.fromisoformat(_text(entry, "BookgDt", "Dt"))
    for one in entry.iter(f"{_CAMT}TxDtls"):
        cents, name = int(Decimal(_text(one, "Amt")) * 100), _text(one, "Refs", "EndToEndId")
        if _text(one, "CdtDbtInd") == "DBIT":
            found.out[name] += cents
            found.times[name] += 1
            found.days[day, account] += cents
        elif one.find(f"{_CAMT}RtrInf") is not None:
            found.back[name] += cents
            found.days[day, account] -= cents
        else:
            found.came[day, account] += cents


def _text(element: etree._Element, *path: str) -> str:
    return element.findtext("/".join(f"{_CAMT}{name}" for name in path)) or ""


def _sent_again(message: bytes) -> bytes:
    """Other bytes that say the same: not even the digest tells that it was here."""
    return message.replace(b"<Document ", b"<!-- Wiederholung --><Document ", 1)
