"""The state that an emergency file is made of: all that could be paid at a moment, in a file that proves itself whole.

JSON Lines: a header, an order for each invoice that could be paid now, a footer with count and SHA-256 of all before.
Orders are as the next run would write them; those of a run that is not finished are as its order book says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sozialakte.payments.runs.orders import Order, PayingAccount
from sozialakte.payments.runs.run import RunState
from sozialakte.runtime.adapters import adapter


class BrokenStateError(ValueError):
    """The file is no state, or not all of one."""


@dataclass(frozen=True)
class KnownRun:
    """A run that was there. ``unchecked``: how many payments of its sample nobody had looked at; ``files``: those that
    lay ready for the bank, by their message ids.
    """

    run_id: str
    execution_day: date
    due_until: date
    state: RunState
    unchecked: int = 0
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class StateHeader:
    """When it was written, by whom money is paid and from where, and which runs there were."""

    as_of: datetime
    payer: str
    accounts: tuple[PayingAccount, ...]
    runs: tuple[KnownRun, ...]


@dataclass(frozen=True)
class Owed:
    """An invoice that could be paid; ``run_id``: the unfinished run whose order book it stands in."""

    order: Order
    run_id: str | None = None


@dataclass(frozen=True)
class StateFooter:
    """What proves that nothing is missing."""

    count: int
    sha256: str


@dataclass(frozen=True)
class PaymentState:
    """All that could be paid at a moment."""

    header: StateHeader
    owed: tuple[Owed, ...]


_KINDS = {"header": StateHeader, "owed": Owed, "footer": StateFooter}


def write_state(state: PaymentState) -> bytes:
    """The file."""
    lines = b"".join([_line("header", state.header), *(_line("owed", one) for one in state.owed)])
    return lines + _line("footer", StateFooter(len(state.owed), sha256(lines).hexdigest()))


def read_state(body: bytes) -> PaymentState:
    """The state in a file. Raises `BrokenStateError`."""
    *lines, last = body.splitlines(keepends=True) or [b""]
    header, *owed = [_told(line) for line in lines] or [None]
    if _told(last) != StateFooter(len(owed), sha256(b"".join(lines)).hexdigest()):
        raise BrokenStateError
    if not isinstance(header, StateHeader):
        raise BrokenStateError
    return PaymentState(header, tuple(one for one in owed if isinstance(one, Owed)))


def accounts_of(orders: Iterable[Order], accounts: Iterable[PayingAccount]) -> tuple[PayingAccount, ...]:
    """Those of the accounts that orders are paid from."""
    used = {order.account for order in orders}
    return tuple(account for account in accounts if account.iban in used)


def _line(kind: str, value: object) -> bytes:
    told = adapter(_KINDS[kind]).dump_json(value, exclude_defaults=True)  # type: ignore[arg-type] # of that kind
    return b'{"%s":%s}\n' % (kind.encode(), told)


def _told(line: bytes) -> object:
    try:
        ((kind, told),) = json.loads(line).items()
        return adapter(_KINDS[kind]).validate_python(told)
    except (KeyError, ValueError, AttributeError) as error:
        raise BrokenStateError from error
