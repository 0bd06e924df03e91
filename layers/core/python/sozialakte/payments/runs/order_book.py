"""An order book as a file of JSON Lines: a header, an order a line, what was left out. The same is the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sozialakte.payments.runs.orders import BookHeader, Order, OrderBook
from sozialakte.payments.runs.run import LeftOut
from sozialakte.runtime.adapters import adapter

KINDS = {"header": BookHeader, "order": Order, "left_out": LeftOut, "dropped": LeftOut}


class BrokenBookError(ValueError):
    """The file is no order book."""


def line_of(kind: str, value: object) -> bytes:
    """A line, with its end. ``kind`` is one of `KINDS`."""
    told = adapter(KINDS[kind]).dump_json(value, exclude_defaults=True)  # type: ignore[arg-type] # of that kind
    return b'{"%s":%s}\n' % (kind.encode(), told)


def write_book(book: OrderBook) -> bytes:
    """The file."""
    lines = [line_of("header", book.header), *(line_of("order", order) for order in book.orders)]
    return b"".join([*lines, *(line_of("left_out", one) for one in book.left_out)])


def read_book(body: bytes) -> OrderBook:
    """The order book of a file. Raises `BrokenBookError`."""
    read = list(lines_in(body))
    headers = [one for one in read if isinstance(one, BookHeader)]
    if len(headers) != 1:
        raise BrokenBookError
    orders = tuple(one for one in read if isinstance(one, Order))
    return OrderBook(headers[0], orders, tuple(one for one in read if isinstance(one, LeftOut)))


def write_dropped(dropped: Iterable[LeftOut]) -> bytes:
    """Which orders of a book did not go out, as a file."""
    return b"".join(line_of("dropped", one) for one in dropped)


def read_dropped(body: bytes) -> tuple[LeftOut, ...]:
    """The orders that did not go out."""
    return tuple(one for one in lines_in(body) if isinstance(one, LeftOut))


def lines_in(body: bytes) -> Iterator[object]:
    """What stands in the lines. Raises `BrokenBookError`."""
    for line in body.splitlines():
        try:
            ((kind, told),) = json.loads(line).items()
            yield adapter(KINDS[kind]).validate_python(told)
        except (KeyError, ValueError, AttributeError) as error:
            raise BrokenBookError from error
