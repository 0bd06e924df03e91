"""A refusal of a whole file that the bank had accepted, or of which it has moved money: what it means, people find out.

In an outage the same file may go out twice; a bank refuses the second one in words of its own. Nobody is paid twice
because of it: a refusal that comes late changes no payment, as long as it is of the file and not of single payments.
One that says what is wrong with the order itself (no funds, account closed) is no word on a second copy, and counts.
"""

from __future__ import annotations

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.file_answers import RANKS
from sozialakte.payments.bank.sent_orders import SentOrders
from sozialakte.payments.bank.status_levels import StatusLevels
from sozialakte.payments.iso20022.bank_message import REJECTED
from sozialakte.payments.iso20022.orders import Order

_AT_ONCE = 100
_OF_THE_ORDER = frozenset(
    ["AC01", "AC03", "AC04", "AC06", "AC13", "AC14", "AG01", "AG02", "AG03", "AG06", "AGNT", "AM01", "AM02", "AM03",
     "AM04", "AM06", "BE01", "BE04", "BE05", "BE06", "BE07", "BE09", "BE16", "BE17", "CNOR", "CURR", "CUST", "DNOR",
     "DS02", "FR01", "LEGL", "MD07", "NOCM", "RC01", "RC07", "RR01", "RR02", "RR03", "RR04", "RR05", "RR08", "SL01"]
)  # fmt: skip
"""Reasons that a bank gives for what it was ordered to do, not for having been ordered twice."""


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
    accepted = known is not None and known.rank >= RANKS["ACTC"]
    is_of_the_order = bool(levels.why) and levels.why <= _OF_THE_ORDER
    return (accepted and not is_of_the_order) or _spoke(orders, book)


def _spoke(orders: tuple[Order, ...], book: BankBook) -> bool:
    names = [order.end_to_end_id for order in orders]
    parts = (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))
    return any(one.version for part in parts for one in book.facts_of(part).values())
