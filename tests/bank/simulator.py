"""A bank that answers a payment file of ours: which payments it rejects, books and returns, and what else comes in.

Everything follows from the file and the seed: the same file gives the same bytes. Used by tests, demo and rehearsal:

    day = BankDay(pain001_bytes, booked_on=date(2026, 11, 27), rejected=1, returned=1, incoming=(Incoming("250.00"),))
    for name, content in day.messages().items():
        ...put to the bank bucket as ``in/<name>``...
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from itertools import groupby

from sozialakte.payments.iso20022.orders import Order, orders_in
from tests.bank.words import balance, batch, camt, details, entry, group, payment, status_report

REASONS = ("AC01", "AC04", "BE01", "RR07")
RETURN_REASONS = ("AC04", "AC06", "MD07", "MS03")
_LESS = Decimal("0.05")
"""So much less is booked where the amount is another."""
_NUMBER = 16  # digits of what the bank calls an entry


@dataclass(frozen=True)
class Incoming:
    """Money that somebody sends us."""

    amount: str
    reference: str = ""
    payer: str = ""
    text: str = ""
    currency: str = "CHF"


@dataclass(frozen=True)
class BankDay:
    """What a bank makes of a file, or of what it orders from one ``account`` (empty: it orders from one alone).

    ``rejected``, ``returned``, ``partly`` and ``other``: of how many payments; partly: half of the money comes back;
    other: another amount is booked. ``returned_on``: when money comes back, if that is not the day of the bookings.
    """

    file: bytes
    booked_on: date
    rejected: int = 0
    returned: int = 0
    incoming: Sequence[Incoming] = ()
    seed: int = 1
    opening: Decimal = Decimal(60_000_000)
    account: str = ""
    partly: int = 0
    other: int = 0
    returned_on: date | None = None

    @cached_property
    def orders(self) -> tuple[Order, ...]:
        """The payments of the file."""
        return tuple(one for one in orders_in(BytesIO(self.file)) if self.account in {"", one.account})

    @cached_property
    def drawn(self) -> tuple[Order, ...]:
        """The payments as the lot has them: the first are rejected, the next come back."""
        return tuple(sorted(self.orders, key=lambda order: self._lot(order.end_to_end_id)))

    @cached_property
    def rejected_ids(self) -> frozenset[str]:
        """The payments that the bank does not take."""
        return frozenset(order.end_to_end_id for order in self.drawn[: self.rejected])

    @property
    def returned_orders(self) -> tuple[Order, ...]:
        """The payments that come back."""
        return self.drawn[self.rejected : self.rejected + self.returned]

    @property
    def partly_orders(self) -> tuple[Order, ...]:
        """Those of which half comes back."""
        first = self.rejected + self.returned
        return self.drawn[first : first + self.partly]

    @cached_property
    def other_ids(self) -> frozenset[str]:
        """Those that are booked with another amount."""
        first = self.rejected + self.returned + self.partly
        return frozenset(order.end_to_end_id for order in self.drawn[first : first + self.other])

    @property
    def booked_orders(self) -> tuple[Order, ...]:
        """The payments that are booked, those that come back too."""
        return tuple(order for order in self.orders if order.end_to_end_id not in self.rejected_ids)

    def messages(self) -> Mapping[str, bytes]:
        """All it sends, by file name, in the order in which a bank sends it."""
        told = {"status.xml": self.status(), "debits.xml": self.debits(), "credits.xml": self.credits()}
        return {**told, "statement.xml": self.statement()}

    def status(self) -> bytes:
        """pain.002: accepted, or partly rejected with reasons."""
        first, count = self.orders[0], len(self.orders)
        total = sum((order.amount for order in self.orders), Decimal())
        more = f"<OrgnlNbOfTxs>{count}</OrgnlNbOfTxs><OrgnlCtrlSum>{total}</OrgnlCtrlSum>"
        groups = self.rejections()
        return status_report(first.message_id, groups, status="PART" if groups else "ACCP", more=more)

    def debits(self) -> bytes:
        """camt.054: every group as one debit, with its payments."""
        return camt("camt.054", self._debits(told=True), account=self.orders[0].account, number=2)

    def credits(self) -> bytes:
        """camt.054: payments that come back, and what others sent."""
        return camt("camt.054", [*self._returns(), *self._incoming()], account=self.orders[0].account, number=3)

    def statement(self) -> bytes:
        """camt.053: all of the day; the groups as sums alone, as banks book them, and the balances."""
        is_back = self.returned_on in {None, self.booked_on}
        came = sum((Decimal(one.amount) for one in self.incoming), Decimal())
        came += sum((amount for _, amount in self._backs()), Decimal()) if is_back else 0
        went = sum(map(self._taken, self.booked_orders), Decimal())
        day, closing = str(self.booked_on), self.opening + came - went
        balances = balance("OPBD", f"{self.opening:.2f}", day) + balance("CLBD", f"{closing:.2f}", day)
        entries = [*self._debits(told=False), *(self._returns() if is_back else ()), *self._incoming()]
        return camt("camt.053", entries, account=self.orders[0].account, balances=balances, number=4)

    def rejections(self) -> str:
        """What the status report says of groups of which the bank does not take all."""
        return "".join(group(name, told, status="PART") for name, told in self._rejected_payments().items() if told)

    def _taken(self, order: Order) -> Decimal:
        return order.amount - _LESS if order.end_to_end_id in self.other_ids else order.amount

    def _backs(self) -> Iterator[tuple[Order, Decimal]]:
        yield from ((order, order.amount) for order in self.returned_orders)
        yield from ((order, (order.amount / 2).quantize(Decimal("0.01"))) for order in self.partly_orders)

    def _rejected_payments(self) -> dict[str, str]:
        found = dict.fromkeys((order.payment_information_id for order in self.orders), "")
        for order in self.orders:
            if order.end_to_end_id in self.rejected_ids:
                reason = REASONS[self._lot(order.end_to_end_id) % len(REASONS)]
                found[order.payment_information_id] += payment(order.end_to_end_id, reason=reason)
        return found

    def _debits(self, *, told: bool) -> list[str]:
        entries = []
        for name, orders in groupby(self.booked_orders, key=lambda order: order.payment_information_id):
            some = list(orders)
            total = sum(map(self._taken, some), Decimal())
            inside = batch(name, some[0].message_id, len(some)) + ("".join(map(self._debit, some)) if told else "")
            currency, ref = some[0].currency, self._number(f"group {name}")
            entries.append(entry(f"{total}", inside, ref=ref, day=str(self.booked_on), currency=currency))
        return entries

    def _debit(self, order: Order) -> str:
        return details(
            f"{self._taken(order)}",
            ref=self._number(order.end_to_end_id),
            end_to_end_id=order.end_to_end_id,
            payment_information_id=order.payment_information_id,
            currency=order.currency,
        )

    def _returns(self) -> list[str]:
        return [self._back(order, amount) for order, amount in self._backs()]

    def _incoming(self) -> list[str]:
        day = str(self.booked_on)
        return [
            entry(
                one.amount,
                self._came(one, place),
                credit=True,
                ref=self._number(f"came {place} {one}"),
                day=day,
                currency=one.currency,
                code="RCDT/VCOM",
            )
            for place, one in enumerate(self.incoming)
        ]

    def _back(self, order: Order, amount: Decimal) -> str:
        inside = details(
            f"{amount}",
            credit=True,
            ref=self._number(f"back {order.end_to_end_id}"),
            end_to_end_id=order.end_to_end_id,
            payment_information_id=order.payment_information_id,
            returned=RETURN_REASONS[self._lot(order.end_to_end_id) % len(RETURN_REASONS)],
            currency=order.currency,
        )
        ref = self._number(f"entry back {order.end_to_end_id}")
        day, currency = str(self.returned_on or self.booked_on), order.currency
        return entry(f"{amount}", inside, credit=True, ref=ref, day=day, currency=currency, code="ICDT/RRTN")

    def _came(self, one: Incoming, place: int) -> str:
        return details(
            one.amount,
            credit=True,
            ref=self._number(f"detail {place} {one}"),
            end_to_end_id="NOTPROVIDED",
            reference=one.reference,
            text=one.text,
            party=one.payer,
            currency=one.currency,
        )

    def _lot(self, what: str) -> int:
        return int(sha256(f"{self.seed} {what}".encode()).hexdigest()[:12], 16)

    def _number(self, what: str) -> str:
        return f"{self._lot(f'number {what}'):0{_NUMBER}d}"[:_NUMBER]
