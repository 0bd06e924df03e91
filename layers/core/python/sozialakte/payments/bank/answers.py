"""What the bank's words about payments mean for each single payment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sozialakte.payments.bank.book import BankBook, WaitingSum
from sozialakte.payments.bank.facts import BankFact, FactKind
from sozialakte.payments.bank.movements import telling_key
from sozialakte.payments.bank.sent_orders import SentOrders, is_group_of_ours
from sozialakte.payments.bank.status_levels import StatusLevels, is_duplicate
from sozialakte.payments.incoming_money import entry_id
from sozialakte.payments.invoice import invoice_named
from sozialakte.payments.iso20022.bank_message import REJECTED, Entry, Status, Transfer
from sozialakte.payments.iso20022.bank_reasons import in_words
from sozialakte.payments.iso20022.orders import Order
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class BankAnswers:
    """Reads statuses and entries as facts; ``told`` gathers what is wrong or odd. ``levels``: see `StatusLevels`.

    ``late``: the message refuses a whole file of which the bank has said more before: that decides no payment.
    ``kind``: of message (`MessageKind`).
    """

    sent: SentOrders
    book: BankBook
    now: datetime
    told: list[Reason]
    levels: StatusLevels = field(default_factory=StatusLevels)
    late: bool = False
    kind: str = ""

    def of_status(self, status: Status) -> Iterator[BankFact]:
        """What a status says of each payment; only a rejection says anything for good."""
        self._compare(status)
        if status.status != REJECTED:
            return
        reason = status.reason
        why, itself = in_words(reason), status.name if is_duplicate(reason.code, reason.text) else None
        key = f"pain.002#{status.message_id}"
        for group, end_to_end_id in self._meant(status):
            if what := self.levels.duplicate(group, end_to_end_id) or itself:
                # The bank will not take a file twice. What it pays is the first one, of which this says nothing.
                self._tell(Reason("bank_told.has_it", {"what": what}))
            elif not self.late:
                yield BankFact(FactKind.REJECTED, end_to_end_id, key, why=why)

    def groups_of(self, status: Status) -> tuple[str, ...]:
        """The groups that a status is about."""
        if status.payment_information_id:
            return (status.payment_information_id,)
        orders = self.sent.of_file(status.message_id) or ()
        return tuple(dict.fromkeys(order.payment_information_id for order in orders))

    def of_transfer(self, entry: Entry, transfer: Transfer, position: int, place: int) -> BankFact | None:
        """What a payment of an entry says of a payment of ours; None if it is about something else.

        What somebody sends us under an id of ours is their money, unless the bank says that ours came back.
        """
        back = transfer.is_return or entry.is_return or entry.is_reversal
        if not invoice_named(transfer.end_to_end_id) or transfer.is_credit != back:
            return None
        whole = entry_id(entry, position)
        number = transfer.own_ref or (entry.own_ref if len(entry.transfers) == 1 else "")
        key = telling_key(self.kind, number, f"{whole}#{place}" if back else whole)
        if back:
            why, came = _why_back(transfer), _came_back(transfer)
            return BankFact(FactKind.RETURNED, transfer.end_to_end_id, key, entry.booked_on, why, *came)
        amount, currency = transfer.ordered or (transfer.amount, transfer.currency)
        return BankFact(FactKind.BOOKED, transfer.end_to_end_id, key, entry.booked_on, "", amount, currency)

    def look_at(self, entry: Entry, transfer: Transfer) -> None:
        """Tell that a payment came back of which the bank does not say which; it is kept as money that came."""
        back = transfer.is_return or entry.is_return or (entry.is_reversal and self._is_ours(entry, transfer))
        if back and transfer.is_credit:
            amount = f"{transfer.currency or entry.currency} {transfer.amount}"
            self.told.append(Reason("bank_told.unknown_return", {"amount": amount}))

    def _is_ours(self, entry: Entry, transfer: Transfer) -> bool:
        return any(map(is_group_of_ours, (entry.payment_information_id, transfer.payment_information_id)))

    def of_sum(self, entry: Entry, position: int) -> tuple[BankFact, ...] | None:
        """What a debit of a whole group says of its payments; None if it is no group of ours.

        A group whose file we do not have, but with an id as ours have, is told. A sum that does not fit waits for what
        the bank may still say of the group (`again`).
        """
        orders = self.sent.of_group(entry.payment_information_id, entry.message_id)
        if not orders and not is_group_of_ours(entry.payment_information_id):
            return None
        if orders:
            self._tell_withdrawn(orders[0].message_id)
        one = WaitingSum(
            entry.payment_information_id, entry_id(entry, position), entry.amount, entry.currency, entry.booked_on
        )
        facts = self._fitting(orders, one) if orders else None
        if not orders:
            self.told.append(Reason("bank_told.unknown_group", {"group": entry.payment_information_id}))
        if facts is None:
            self.book.note_sum(one, self.now)
        return facts or ()

    def again(self, payment_information_id: str) -> Iterator[tuple[WaitingSum, tuple[BankFact, ...]]]:
        """The waiting sums of a group that fit now, with what they say."""
        for one in self.book.waiting_sums(payment_information_id):
            orders = self.sent.of_group(payment_information_id)
            facts = self._fitting(orders, one) if orders else None
            if facts is not None:
                yield one, facts

    def _fitting(self, orders: tuple[Order, ...], one: WaitingSum) -> tuple[BankFact, ...] | None:
        """All payments of the group that the bank did not reject, if they make the sum."""
        known = self.book.facts_of(order.end_to_end_id for order in orders)
        taken = [order for order in orders if known[order.end_to_end_id].rejected is None]
        total = sum((order.amount for order in taken), Decimal())
        if total != one.amount or any(order.currency != one.currency for order in taken):
            return None
        key = telling_key("", "", one.key)
        return tuple(
            BankFact(FactKind.BOOKED, order.end_to_end_id, key, one.on, "", order.amount, order.currency)
            for order in taken
        )

    def _tell_withdrawn(self, message_id: str) -> None:
        if message_id in self.sent.withdrawn:
            self._tell(Reason("bank_told.withdrawn_file", {"message_id": message_id}))

    def _tell(self, reason: Reason) -> None:
        if reason not in self.told[-1:]:
            self.told.append(reason)

    def _meant(self, status: Status) -> Iterator[tuple[str, str]]:
        """Group and id of the payments it decides: not of those of which the bank says something else below."""
        if status.end_to_end_id:
            yield status.payment_information_id, status.end_to_end_id
            return
        group, speaks = status.payment_information_id, self.levels.speaks
        orders = self.sent.of_group(group, status.message_id) if group else self.sent.of_file(status.message_id)
        for order in orders or ():
            below = {order.end_to_end_id} if group else {order.payment_information_id, order.end_to_end_id}
            if not below & speaks:
                yield order.payment_information_id, order.end_to_end_id

    def _compare(self, status: Status) -> None:
        """Whether the bank speaks of a file of ours, and understood it as we wrote it."""
        if not status.is_of_file:
            return
        orders = self.sent.of_file(status.message_id)
        if orders is None:
            self.told.append(Reason("bank_told.unknown_file", {"message_id": status.message_id}))
            return
        self._tell_withdrawn(status.message_id)
        count, total = len(orders), sum((order.amount for order in orders), Decimal())
        if status.count not in {None, count} or status.total not in {None, total}:
            facts = {"message_id": status.message_id, "count": str(count), "total": str(total)}
            said = {"said_count": str(status.count or "-"), "said_total": str(status.total or "-")}
            self.told.append(Reason("bank_told.other_file", {**facts, **said}))


def _came_back(transfer: Transfer) -> tuple[Decimal, str]:
    """What came, not what was once ordered; unless that is in the currency of the order alone."""
    ordered = transfer.ordered
    return ordered if ordered and ordered[1] != transfer.currency else (transfer.amount, transfer.currency)


def _why_back(transfer: Transfer) -> str:
    return in_words(transfer.reason) or f"{transfer.currency} {transfer.amount}"
