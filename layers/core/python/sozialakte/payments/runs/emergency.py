"""The files for the bank when the platform is down: made of the last state alone, with the ids that its run has or
would have had. So whatever the platform sent or will send has the same ids, and no bank pays it twice. Pure.

The two ways agree on message ids, end to end ids and every payment of the run's order book; only what the
platform drops because it changed meanwhile is paid here. ``CreDtTm`` differs: here it is the moment of the
state, there that of the release. So the two files of one message id are never the same bytes, and the bank takes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sozialakte.payments.runs.bank_file import BankFile, bank_files, in_parts
from sozialakte.payments.runs.emergency_rules import EmergencyWish, against_emergency, run_for
from sozialakte.payments.runs.orders import BookHeader, Order, OrderBook
from sozialakte.payments.runs.run import MOST_RUNS
from sozialakte.payments.runs.state import KnownRun, PaymentState, accounts_of
from sozialakte.shared.reasons import Reason


class EmergencyRefusedError(Exception):
    """No file can be made; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Emergency:
    """What goes out in an emergency. ``run``: the platform's own unfinished run, None if it had none for that day.

    ``elsewhere``: how many payments of other unfinished runs are in none of these files.
    """

    book: OrderBook
    files: tuple[BankFile, ...]
    run: KnownRun | None
    elsewhere: Mapping[str, int]


def emergency(state: PaymentState, wish: EmergencyWish) -> Emergency:
    """The files of an execution day: of its unfinished run, else of what is due until another day.

    Raises `EmergencyRefusedError`: nothing is to be paid, the releaser must not release it, or the state may be older
    than what the bank has (`emergency_rules`).
    """
    day = wish.execution_day
    for against in against_emergency(state.header, wish):
        raise EmergencyRefusedError(against)
    run_id, unfinished = run_for(state.header, day)
    if unfinished is None and sum(run.execution_day == day for run in state.header.runs) >= MOST_RUNS:
        raise EmergencyRefusedError(Reason("emergency.numbers"))
    orders = _orders(state, unfinished, wish.due_until)
    _refuse(orders, wish.releaser)
    accounts = accounts_of(orders, state.header.accounts)
    if any(order.part == 0 for order in orders):
        orders = in_parts(orders, accounts)
    book = OrderBook(BookHeader(run_id, day, state.header.payer, accounts), orders)
    elsewhere = Counter(one.run_id for one in state.owed if one.run_id and one.run_id != run_id)
    return Emergency(book, tuple(bank_files(book, set(), state.header.as_of)), unfinished, elsewhere)


def _orders(state: PaymentState, unfinished: KnownRun | None, due_until: date) -> tuple[Order, ...]:
    booked = tuple(one.order for one in state.owed if unfinished and one.run_id == unfinished.run_id)
    if booked:
        return booked
    until = unfinished.due_until if unfinished else due_until
    return tuple(one.order for one in state.owed if one.run_id is None and one.order.due <= until)


def _refuse(orders: tuple[Order, ...], releaser: str) -> None:
    if not orders:
        raise EmergencyRefusedError(Reason("emergency.nothing"))
    own = sum(releaser in {*order.persons, *order.payees} for order in orders)
    if own:
        raise EmergencyRefusedError(Reason("emergency.has_decided", {"count": str(own)}))
