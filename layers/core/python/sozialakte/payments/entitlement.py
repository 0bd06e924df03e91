"""For which months a bill is: what it says, when the service was rendered, else its date. Pure.

Support is owed for a month, so a booking names the month of entitlement, not that of the bill (Sozialhilfehandbuch ZH
18.1.03). What is billed ahead (rent, premiums) and due by the middle of a month is for this month, else for the next.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sozialakte.payments.swico import read_billing_information
from sozialakte.payments.terms import Terms
from sozialakte.shared.names import fold
from sozialakte.shared.reasons import Reason

MOST_MONTHS = 12
"""More months than a year on one bill are not believed."""
_MIDDLE = 15  # day of the month
_MONTHS = (
    "januar janvier gennaio",
    "februar fevrier febbraio",
    "maerz mars marzo",
    "april avril aprile",
    "mai maggio",
    "juni juin giugno",
    "juli juillet luglio",
    "august aout agosto",
    "september septembre settembre",
    "oktober octobre ottobre",
    "november novembre",
    "dezember decembre dicembre",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAMED = re.compile(rf"\b({'|'.join(_NUMBER)})\b(?: (20[0-9]{{2}})\b)?")
_WRITTEN = re.compile(r"(?<![0-9./])(0?[1-9]|1[0-2])[./](20[0-9]{2})(?![0-9./])")
_QUARTER = re.compile(r"\b(?:([1-4]) quartal|q([1-4])) (20[0-9]{2})\b")


@dataclass(frozen=True)
class Period:
    """Whole months, from the first day of the first to the last of the last, and how we know."""

    first: date
    last: date
    reason: Reason


def period_of(terms: Terms, received: date, *, ahead: bool, months: int = 1) -> Period:
    """The months of entitlement of a bill that was received on a day; ``months``: so many, unless it says otherwise."""
    base = terms.invoice_date or received
    said = _said(terms, base)
    if said:
        return _period(said[0], said[-1], "coding.period_said")
    service = _service(terms)
    if service:
        return _period(*service, "coding.period_service")
    if ahead:
        first = _billed_ahead(terms.due, base)
        return _period(first, _later(first, months - 1), "coding.period_ahead")
    first = _month(base)
    return _period(first, _later(first, months - 1), "coding.period_date" if terms.invoice_date else "coding.period_in")


def _said(terms: Terms, base: date) -> list[date]:
    """The months that the bill names, in order; none if it names too many to be one period."""
    text = terms.message or ""
    months = sorted({*_numbered(text), *_quarters(fold(text)), *_by_name(fold(text), base)})
    return months if months and _between(months[0], months[-1]) < MOST_MONTHS else []


def _by_name(text: str, base: date) -> Iterator[date]:
    """A month without a year is the one next to the date of the bill; of several the last one with a year gives it."""
    found = list(_NAMED.finditer(text))
    year = next((int(match[2]) for match in reversed(found) if match[2]), None)
    for match in found:
        month = _NUMBER[match[1]]
        yield date(int(match[2]), month, 1) if match[2] else _nearest(month, base, year)


def _numbered(text: str) -> Iterator[date]:
    yield from (date(int(match[2]), int(match[1]), 1) for match in _WRITTEN.finditer(text))


def _quarters(text: str) -> Iterator[date]:
    for match in _QUARTER.finditer(text):
        first = date(int(match[3]), 3 * int(match[1] or match[2]) - 2, 1)
        yield from (first, _later(first, 2))


def _nearest(month: int, base: date, year: int | None) -> date:
    if year is not None:
        return date(year, month, 1)
    years = (base.year - 1, base.year, base.year + 1)
    return min((date(one, month, 1) for one in years), key=lambda first: abs(_between(_month(base), first)))


def _service(terms: Terms) -> tuple[date, date] | None:
    info = read_billing_information(terms.billing_information or "")
    if info is None or info.service_from is None or info.service_to is None:
        return None
    first, last = sorted((info.service_from, info.service_to))
    return (first, last) if _between(first, last) < MOST_MONTHS else None


def _billed_ahead(due: date | None, base: date) -> date:
    if due is None:
        return _later(_month(base), 1)
    return _month(due) if due.day <= _MIDDLE else _later(_month(due), 1)


def _period(first: date, last: date, code: str) -> Period:
    end = last.replace(day=monthrange(last.year, last.month)[1])
    return Period(_month(first), end, Reason(code, {"first": f"{first:%m.%Y}", "last": f"{last:%m.%Y}"}))


def _month(day: date) -> date:
    return day.replace(day=1)


def _later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _between(first: date, last: date) -> int:
    """Months from the one to the other, negative if the other is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month
