"""What the bank made of a payment file of ours as a whole. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

RANKS: Mapping[str, int] = MappingProxyType(
    {
        status: rank
        for rank, statuses in enumerate(
            (("RCVD",), ("PDNG",), ("ACTC",), ("ACCP", "ACWC"), ("ACSP",), ("ACSC",), ("PART",), ("RJCT",)), start=1
        )
        for status in statuses
    }
)
"""How far a status goes (ISO's ExternalPaymentGroupStatus1Code): messages come in any order, the furthest counts."""
_REFUSED, _PARTLY = "RJCT", "PART"


@dataclass(frozen=True)
class FileAnswer:
    """The bank's ``status`` (a code of `RANKS`) of the file ``message_id``; ``at``: when its message was taken."""

    message_id: str
    status: str
    at: datetime

    @property
    def rank(self) -> int:
        """How far the status goes."""
        return RANKS[self.status]


def together(statuses: frozenset[str]) -> str:
    """Of a file, what the bank only says of its groups. Empty: nothing that we know."""
    known = statuses & RANKS.keys()
    if len(known) > 1 and known & {_REFUSED, _PARTLY}:
        return _PARTLY
    return min(known, key=lambda status: RANKS[status], default="")
