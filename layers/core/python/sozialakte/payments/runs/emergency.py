"""The files for the bank when the platform is down: made of the last state alone, with the ids that its run has or
would have had. So whatever the platform sent or will send has the same ids, and no bank pays it twice. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sozialakte.payments.runs.bank_file import BankFile, bank_files, in_parts
from sozialakte.payments.runs.orders import BookHeader, Order, OrderBook
from sozialakte.payments.runs.run import MOST_RUNS, OPEN, run_id_of
from sozialakte.payments.runs.state import KnownRun, PaymentState, accounts_of
from sozialakte.shared.reasons import Reason


class EmergencyRefusedError(Exception):
    """No file can be made; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Emergency:
    """What goes out in an emergency. ``run``: the platform's own unfinished run, None if it had none for that day."""

    book: OrderBook
    files: tuple[BankFile, ...]
    run: KnownRun | None


def emergency(state: PaymentState, day: date, due_until: date, releaser: str) -> Emergency:
    """The files of an execution day: of its unfinished run, else of what is due until another day.

    Raises `EmergencyRefusedError`: nothing is to be paid, or ``releaser`` must not release it.
    """
    of_day = [run for run in state.header.runs if run.execution_day == day]
    unfinished = next((run for run in of_day if run.state in OPEN), None)
    if unfinished is None and len(of_day) >= MOST_RUNS:
        raise EmergencyRefusedError(Reason("emergency.numbers"))
    run_id = unfinished.run_id if unfinished else run_id_of(day, len(of_day) + 1)
    orders = _orders(state, unfinished, due_until)
    _refuse(orders, releaser)
    accounts = accounts_of(orders, state.header.accounts)
    if any(order.part == 0 for order in orders):
        orders = in_parts(orders, accounts)
    book = OrderBook(BookHeader(run_id, day, state.header.payer, accounts), orders)
    return Emergency(book, tuple(bank_files(book, set(), state.header.as_of)), unfinished)


def _orders(state: PaymentState, unfinished: KnownRun | None, due_until: date) -> tuple[Order, ...]:
    booked = tuple(one.order for one in state.owed if unfinished and one.run_id == unfinished.run_id)
    if booked:
        return booked
    until = unfinished.due_until if unfinished else due_until
    return tuple(one.order for one in state.owed if one.run_id is None and one.order.due <= until)


def _refuse(orders: tuple[Order, ...], releaser: str) -> None:
    if not orders:
        raise EmergencyRefusedError(Reason("emergency.nothing"))
    own = sum(releaser in order.persons or releaser == order.payee for order in orders)
    if own:
        raise EmergencyRefusedError(Reason("emergency.has_decided", {"count": str(own)}))
