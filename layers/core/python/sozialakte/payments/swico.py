"""What the billing information of a QR-bill says, where it follows Swico's syntax S1 (version 1.2; SIX IG QR-bill 2.3,
annex D): ``//S1/tag/value/tag/value...``.

Read leniently: empty tags are as good as left out, dates may have eight digits, tags nobody knows are kept. Each part
that cannot be understood is named in ``unread`` and costs only itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

T = TypeVar("T")
_PREFIX = "//S1/"
_PART = re.compile(r"\\.|/|[^/\\]+|\\\Z", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_DATE = re.compile(r"(?:20)?(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_MOST_DAYS = 3650  # a term of more than ten years is a slip
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class VatLine:
    """``rate`` in percent. ``base`` is the net amount, of import VAT the tax; None: the whole bill has this rate."""

    rate: Decimal
    base: Decimal | None = None


@dataclass(frozen=True)
class Condition:
    """Who pays within ``days`` may deduct ``percent``; 0 percent is the term of payment."""

    percent: Decimal
    days: int


@dataclass(frozen=True)
class Discount:
    """What may be deducted until a day, this day included."""

    percent: Decimal
    until: date


@dataclass(frozen=True)
class BillingInformation:
    """What the sender tells about the bill. ``unread``: tags whose value is no such thing, or that nobody knows."""

    invoice_number: str | None = None
    invoice_date: date | None = None
    customer_reference: str | None = None
    issuer_uid: str | None = None
    service_from: date | None = None
    service_to: date | None = None
    vat: tuple[VatLine, ...] = ()
    import_vat: tuple[VatLine, ...] = ()
    conditions: tuple[Condition, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def due_on(self) -> date | None:
        """The last day to pay without deduction; None if there is no term or no date it counts from."""
        days = [condition.days for condition in self.conditions if condition.percent == 0]
        return self.invoice_date + timedelta(days=min(days)) if self.invoice_date and days else None

    @property
    def discounts(self) -> tuple[Discount, ...]:
        """What may be deducted until when, the earliest first."""
        if self.invoice_date is None:
            return ()
        granted = [condition for condition in self.conditions if condition.percent > 0]
        until = (Discount(one.percent, self.invoice_date + timedelta(days=one.days)) for one in granted)
        return tuple(sorted(until, key=lambda discount: discount.until))

    @property
    def gross(self) -> Decimal | None:
        """Net amounts and tax together, where the bill lists them by rate."""
        if not self.vat or any(line.base is None for line in self.vat):
            return None
        lines = ((line.base or Decimal(), line.rate) for line in self.vat)
        return sum((base + (base * rate / 100).quantize(_CENT, ROUND_HALF_UP) for base, rate in lines), Decimal())


def read_billing_information(text: str) -> BillingInformation | None:
    """What line 32 says; None if it follows another syntax than S1."""
    if not text.startswith(_PREFIX):
        return None
    values = dict(reversed(list(_tagged(_pieces(text[len(_PREFIX) :])))))  # of a tag that comes twice, the first
    unread: list[str] = [tag for tag in values if tag not in _TAGS]

    def value(tag: str, understand: Callable[[str], T]) -> T | None:
        written = values.get(tag)
        try:
            return None if written is None else understand(written)
        except ValueError:
            unread.append(tag)
            return None

    service = value("31", _period) or (None, None)
    return BillingInformation(
        invoice_number=values.get("10"),
        invoice_date=value("11", _date),
        customer_reference=values.get("20"),
        issuer_uid=value("30", _uid),
        service_from=service[0],
        service_to=service[1],
        vat=value("32", _vat) or (),
        import_vat=value("33", _vat) or (),
        conditions=value("40", _conditions) or (),
        unread=tuple(sorted(unread)),
    )


_TAGS: Mapping[str, str] = {
    "10": "invoice number",
    "11": "invoice date",
    "20": "customer reference",
    "30": "UID of the issuer",
    "31": "service date or period",
    "32": "VAT",
    "33": "VAT on import",
    "40": "conditions",
}


def _pieces(text: str) -> list[str]:
    """Split at slashes that are not escaped; a backslash stands before a slash or a backslash of a value."""
    pieces = [""]
    for part in _PART.findall(text):
        if part == "/":
            pieces.append("")
        else:
            pieces[-1] += (part[1:] or part) if part[0] == "\\" else part
    return pieces


def _tagged(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Tags with their values; those without are left out."""
    yield from ((tag, value) for tag, value in zip(pieces[::2], pieces[1::2], strict=False) if value.strip())


def _date(written: str) -> date:
    match = _DATE.fullmatch(written.strip())
    if not match:
        raise ValueError
    return date(2000 + int(match["year"]), int(match["month"]), int(match["day"]))


def _period(written: str) -> tuple[date, date]:
    """One day, or the first and the last one."""
    written = written.strip()
    if len(written) in {12, 16}:
        half = len(written) // 2
        return _date(written[:half]), _date(written[half:])
    return _date(written), _date(written)


def _uid(written: str) -> str:
    """Nine digits; older bills write CHE in front."""
    digits = re.sub(r"^CHE?|[-. ]", "", written)
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise ValueError
    return digits


def _vat(written: str) -> tuple[VatLine, ...]:
    return tuple(VatLine(_number(rate), _number(base) if base else None) for rate, base in _pairs(written))


def _conditions(written: str) -> tuple[Condition, ...]:
    return tuple(Condition(_number(percent), _days(days)) for percent, days in _pairs(written))


def _pairs(written: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, written.split(";")):
        first, _, second = part.partition(":")
        yield first.strip(), second.strip()


def _number(written: str) -> Decimal:
    if not _NUMBER.fullmatch(written):
        raise ValueError
    return Decimal(written)


def _days(written: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", written) or int(written) > _MOST_DAYS:
        raise ValueError
    return int(written)
