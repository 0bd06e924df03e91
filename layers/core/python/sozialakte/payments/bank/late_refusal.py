"""A refusal of a whole file that the bank had accepted, or of which it has moved money: what it means, people find out.

In an outage the same file may go out twice; a bank refuses the second one in words of its own. Nobody is paid twice
because of it: a refusal that comes late changes no payment, as long as it is of the file and not of single payments.
"""

from __future__ import annotations

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.file_answers import RANKS
from sozialakte.payments.bank.sent_orders import SentOrders
from sozialakte.payments.bank.status_levels import StatusLevels
from sozialakte.payments.iso20022.bank_message import REJECTED
from sozialakte.payments.iso20022.orders import Order

_AT_ONCE = 100


def refused_late(levels: StatusLevels, sent: SentOrders, book: BankBook) -> bool:
    """Whether a message refuses all of a file of ours, after the bank said that it has it."""
    if not levels.refused or not (orders := sent.of_file(levels.message_id)):
        return False
    groups = {order.payment_information_id for order in orders}
    if levels.message_id not in levels.refused and not groups <= levels.refused:
        return False
    known = book.file_answers([levels.message_id]).get(levels.message_id)
    if known and known.status == REJECTED:
        return False  # this, or one like it, is being taken once more
    return (known is not None and known.rank >= RANKS["ACTC"]) or _spoke(orders, book)


def _spoke(orders: tuple[Order, ...], book: BankBook) -> bool:
    names = [order.end_to_end_id for order in orders]
    parts = (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))
    return any(one.version for part in parts for one in book.facts_of(part).values())
