"""A file with more payments than a bank takes, in parts that it takes, each with an id of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sozialakte.payments.iso20022.payment import PaymentFile, PaymentGroup
from sozialakte.payments.iso20022.refuse_payments import MOST_PAYMENTS


def parts(file: PaymentFile, most: int = MOST_PAYMENTS) -> tuple[PaymentFile, ...]:
    """The file itself if it is small enough; otherwise its parts in order, their ids ending in ``-1``, ``-2`` ...

    No payment is lost, doubled or moved, so the same payments always make the same parts.
    """
    if file.count <= most:
        return (file,)
    shares = enumerate(_shares(file, most), start=1)
    return tuple(replace(file, message_id=f"{file.message_id}-{number}", groups=groups) for number, groups in shares)


def _shares(file: PaymentFile, most: int) -> Iterator[tuple[PaymentGroup, ...]]:
    share: list[PaymentGroup] = []
    room = most
    for group in file.groups:
        start = 0
        while start < len(group.payments):
            some = group.payments[start : start + room]
            share.append(replace(group, payments=some))
            start, room = start + len(some), room - len(some)
            if not room:
                yield tuple(share)
                share, room = [], most
    if share:
        yield tuple(share)
