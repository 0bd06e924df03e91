"""The journal of a month as a file: a line for each posting, as CSV for accountants or as JSON for programs.

The AHV number stands only where statistics need it (support under Art. 3 ZUG), read from the register now and kept
nowhere else: that of the person, or of the main person where the whole support unit was paid for.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO

from sozialakte.payments.journal import Entry, Posting
from sozialakte.payments.voucher_facts import amount_of
from sozialakte.shared.model import Model

AhvOf = Callable[[str, str | None], str | None]
"""The AHV number of a person, or of the main person of a dossier."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class JournalLine(Model):
    """A posting with what it belongs to. Amounts are texts."""

    booked_on: date
    voucher_id: str
    posting_id: str
    kind: str
    dossier_id: str | None
    person_id: str | None
    ahv_number: str | None
    debit: str
    credit: str
    amount: str
    currency: str
    category: str | None
    category_name: str | None
    period_from: date | None
    period_to: date | None
    payer: str


def journal_lines(entries: Iterable[Entry], ahv_of: AhvOf) -> Iterator[JournalLine]:
    """The lines of these entries, in their order."""
    for entry in entries:
        for posting_id, posting in entry.numbered:
            facts = {name: value for name, value in vars(posting).items() if name != "support"}
            yield JournalLine(
                booked_on=entry.booked_on,
                voucher_id=entry.voucher_id,
                posting_id=posting_id,
                kind=entry.kind,
                dossier_id=entry.dossier_id,
                ahv_number=_ahv(entry, posting, ahv_of),
                currency=entry.currency,
                payer=entry.payer,
                **{**facts, "amount": amount_of(posting.amount)},
            )


def write_csv(lines: Iterable[JournalLine], file: IO[str]) -> int:
    """Write the lines, separated by ``;``, with a head; how many. Nothing in it is taken for a formula."""
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(JournalLine.model_fields)
    count = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007 - the last number is the answer
        writer.writerow(map(_cell, line.model_dump(mode="json").values()))
    return count


def _ahv(entry: Entry, posting: Posting, ahv_of: AhvOf) -> str | None:
    return ahv_of(entry.dossier_id, posting.person_id) if posting.support and entry.dossier_id else None


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
