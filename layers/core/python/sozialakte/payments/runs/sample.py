"""Which payments of a run somebody has to look at: drawn by risk, and drawn the same again by everybody. Pure.

The seed comes from the run's id and the order book, so nobody can choose it; each payment draws a number by it
(weighted sampling without replacement by Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006:
the greatest u^(1/w) win, which are the smallest -ln(u)/w). Decimals, so that every machine draws the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from hashlib import sha256
from types import MappingProxyType

from sozialakte.payments.runs.orders import Order, Risk
from sozialakte.payments.runs.run import SampleItem

WEIGHTS: Mapping[Risk, int] = MappingProxyType(
    {
        Risk.PAID_AGAIN: 8,
        Risk.NEW_IBAN: 8,
        Risk.FIRST_PAYMENT: 6,
        Risk.TWIN_CLEARED: 6,
        Risk.STANDING_IN: 3,
        Risk.PARTIAL: 2,
        Risk.FROM_TEXT: 2,
        Risk.EXCHANGED: 2,
    }
)
"""What each adds to the weight 1 that every payment has."""
AMOUNTS = ((Decimal(5000), 8), (Decimal(1000), 3), (Decimal(200), 1))
"""From this amount on it adds so much; the first that fits."""
ALWAYS_FROM = Decimal(20_000)
"""A payment of so much is always looked at, and one with a risk of `_ALWAYS`."""
_ALWAYS = frozenset({Risk.NEW_IBAN, Risk.PAID_AGAIN})
FEWEST, ONE_IN, MOST = 5, 50, 150
"""So many are drawn: at least, one in how many, and at most; of those always looked at as many again at most."""
_EXACT = Context(prec=30)


def seed_of(run_id: str, book: str) -> str:
    """The seed of a run with an order book of this SHA-256."""
    return sha256(f"{run_id}\n{book}".encode()).hexdigest()


def weight_of(order: Order) -> int:
    """How much rather than the least risky payment this one is looked at."""
    size = next((weight for amount, weight in AMOUNTS if order.payment.amount >= amount), 0)
    return 1 + size + sum(WEIGHTS[risk] for risk in order.risks)


def draw(orders: Iterable[Order], seed: str) -> tuple[SampleItem, ...]:
    """The payments to look at, those always looked at first, the greatest first."""
    all_orders = tuple(orders)
    always = sorted(filter(_always, all_orders), key=lambda one: (-one.payment.amount, one.invoice_id))[:MOST]
    there = {order.invoice_id for order in always}
    others = sorted((one for one in all_orders if one.invoice_id not in there), key=lambda one: _luck(one, seed))
    drawn = others[: min(max(FEWEST, -(-len(all_orders) // ONE_IN)), MOST)]
    return tuple(SampleItem(order.invoice_id, tuple(map(str, order.risks))) for order in (*always, *drawn))


def _always(order: Order) -> bool:
    return order.payment.amount >= ALWAYS_FROM or not _ALWAYS.isdisjoint(order.risks)


def _luck(order: Order, seed: str) -> tuple[Decimal, str]:
    """The smaller, the sooner it is drawn."""
    digest = sha256(f"{seed}\n{order.payment.end_to_end_id}".encode()).digest()
    uniform = (Decimal(int.from_bytes(digest[:8])) + 1) / (2**64 + 1)
    return -uniform.ln(_EXACT) / weight_of(order), order.invoice_id
