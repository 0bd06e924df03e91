"""The orders that went out, by file and group: the truth about what a bank's words on a whole file or group mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sozialakte.payments.bank.files import BankFiles
from sozialakte.payments.iso20022.orders import Order, orders_in

_OUR_GROUP = re.compile(r"R[0-9]{8}-[0-9]{2}-[1-9][0-9]{0,3}-[0-9]{2,5}", re.ASCII)
_FILES_KEPT = 4  # in memory; a statement speaks of few


@dataclass
class SentOrders:
    """The orders in the bank bucket's ``out/``; the last files stay in memory.

    ``withdrawn``: those of the files asked for that people had taken away. The bank has them all the same, if it speaks
    of them; so what it says of them counts as for any other.
    """

    files: BankFiles
    withdrawn: set[str] = field(default_factory=set)
    _known: dict[str, tuple[Order, ...] | None] = field(default_factory=dict)

    def of_file(self, message_id: str) -> tuple[Order, ...] | None:
        """All orders of a file of ours; None if there is no such file."""
        if message_id not in self._known:
            while len(self._known) >= _FILES_KEPT:
                del self._known[next(iter(self._known))]
            self._known[message_id] = self._read(message_id)
        return self._known[message_id]

    def of_group(self, payment_information_id: str, message_id: str = "") -> tuple[Order, ...]:
        """The orders of a group; none if it is no group of ours.

        Banks leave the file's id away, or write one of their own: our groups have it in front of theirs.
        """
        files = dict.fromkeys((payment_information_id.rpartition("-")[0], message_id))
        found = (self._of_group(payment_information_id, file) for file in files if file)
        return next(filter(None, found), ())

    def _of_group(self, payment_information_id: str, message_id: str) -> tuple[Order, ...]:
        orders = self.of_file(message_id) or ()
        return tuple(one for one in orders if one.payment_information_id == payment_information_id)

    def _read(self, message_id: str) -> tuple[Order, ...] | None:
        source = self.files.sent(message_id)
        if source is None:
            source = self.files.withdrawn(message_id)
            if source is None:
                return None
            self.withdrawn.add(message_id)
        return tuple(orders_in(source))


def is_group_of_ours(payment_information_id: str) -> bool:
    """Whether an id has the form of those that we give to groups."""
    return _OUR_GROUP.fullmatch(payment_information_id) is not None
