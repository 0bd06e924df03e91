"""Released vouchers of the city's creditor workflow, as JSON Lines: one voucher a line, and a last line with the sum.

Contract: ``events/payments/vouchers`` (samples, schema, receipt). Amounts are texts with two decimals, days ISO dates.
A file whose last line does not fit was cut off on its way: nothing of it is taken.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, ValidationError

from sozialakte.payments.invoice import CodingLine, Payer
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.terms import InvoiceKind
from sozialakte.shared.ids import DossierId, PersonId
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason

MOST_VOUCHERS = 20_000
"""In one file."""
_AMOUNT = re.compile(r"-?(0|[1-9][0-9]{0,11})\.[0-9]{2}")
Amount = Annotated[str, Field(pattern=r"^-?(0|[1-9][0-9]{0,8})\.[0-9]{2}$")]
_Staff = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$")]
_Line = Annotated[str, Field(min_length=1, max_length=140, pattern=r"^[^\x00-\x1f]*$")]


class _Part(Model):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VoucherParty(_Part):
    """The creditor, with a structured address."""

    name: Annotated[str, Field(min_length=1, max_length=70)]
    street: Annotated[str, Field(max_length=70)] = ""
    building_number: Annotated[str, Field(max_length=16)] = ""
    postal_code: Annotated[str, Field(max_length=16)] = ""
    town: Annotated[str, Field(max_length=35)] = ""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "CH"

    def party(self) -> Party:
        """As a bill has it."""
        return Party(self.name, self.street, self.building_number, self.postal_code, self.town, self.country)


class VoucherLine(_Part):
    """A share of the amount; a ward's has no category."""

    amount: Amount
    category: Annotated[str, Field(pattern=r"^[0-9]{1,4}$")] | None = None
    person_id: PersonId | None = None
    period_from: date | None = None
    period_to: date | None = None

    def line(self) -> CodingLine:
        """As an invoice has it."""
        return CodingLine(Decimal(self.amount), self.category, self.person_id, self.period_from, self.period_to)


class Voucher(_Part):
    """A bill that the workflow has approved; the amount of a credit note is below zero."""

    type: Literal["voucher"]
    voucher_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
    released_at: AwareDatetime
    entered_by: _Staff
    approved_by: Annotated[list[_Staff], Field(min_length=1, max_length=9)]
    dossier_id: DossierId
    payer: Payer = Payer.SERVICE
    kind: InvoiceKind = InvoiceKind.BILL
    creditor: VoucherParty
    iban: Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$")]
    amount: Amount
    currency: Literal["CHF", "EUR"] = "CHF"
    reference_type: Literal["QRR", "SCOR", "NON"]
    reference: Annotated[str, Field(pattern=r"^[0-9A-Z]{5,27}$")] | None = None
    message: _Line | None = None
    invoice_number: Annotated[_Line, Field(max_length=70)] | None = None
    invoice_date: date | None = None
    due: date | None = None
    lines: Annotated[list[VoucherLine], Field(min_length=1, max_length=50)]


class VoucherSum(_Part):
    """The last line: how many vouchers, and the sum of their amounts by currency."""

    type: Literal["sum"]
    count: Annotated[int, Field(ge=0)]
    amounts: dict[Literal["CHF", "EUR"], Annotated[str, Field(pattern=f"^{_AMOUNT.pattern}$")]]


@dataclass(frozen=True)
class ReadVoucher:
    """A line (from 1): a voucher, or its wrong fields. ``digest`` tells whether it is the same when it comes again."""

    number: int
    digest: str
    voucher_id: str | None
    voucher: Voucher | None = None
    wrong: tuple[str, ...] = ()


class IncompleteFileError(ValueError):
    """The file is not what the workflow wrote: nothing of it is taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def read_vouchers(content: bytes) -> tuple[ReadVoucher, ...]:
    """The lines of a file that is complete. Raises `IncompleteFileError`."""
    objects = list(_objects(content))
    if not objects or objects[-1][2].get("type") != "sum":
        raise IncompleteFileError(Reason("voucher.no_sum"))
    if len(objects) - 1 > MOST_VOUCHERS:
        raise IncompleteFileError(Reason("voucher.too_many", {"most": str(MOST_VOUCHERS)}))
    try:
        told = VoucherSum.model_validate(objects[-1][2])
    except ValidationError as error:
        raise IncompleteFileError(Reason("voucher.no_sum")) from error
    _prove(told, [body for _, _, body in objects[:-1]])
    return tuple(_read(number, line, body) for number, line, body in objects[:-1])


def _objects(content: bytes) -> Iterator[tuple[int, str, Mapping[str, object]]]:
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise _unreadable(content.count(b"\n", 0, error.start) + 1) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, line.strip(), _object(number, line)


def _object(number: int, line: str) -> Mapping[str, object]:
    try:
        body = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _unreadable(number) from error
    if not isinstance(body, dict):
        raise _unreadable(number)
    return body


def _prove(told: VoucherSum, bodies: list[Mapping[str, object]]) -> None:
    """Number and sums are those of the lines. What is no amount adds nothing: then the sums do not fit."""
    found: Counter[str] = Counter()
    for body in bodies:
        found[str(body.get("currency", "CHF"))] += _cents(body.get("amount"))
    expected: Counter[str] = Counter({str(currency): _cents(amount) for currency, amount in told.amounts.items()})
    if told.count != len(bodies) or any(found[currency] != expected[currency] for currency in {*found, *expected}):
        raise IncompleteFileError(Reason("voucher.wrong_sum", {"told": str(told.count), "found": str(len(bodies))}))


def _cents(amount: object) -> int:
    return int(Decimal(amount) * 100) if isinstance(amount, str) and _AMOUNT.fullmatch(amount) else 0


def _read(number: int, line: str, body: Mapping[str, object]) -> ReadVoucher:
    digest = sha256(line.encode()).hexdigest()
    named = body.get("voucher_id")
    voucher_id = named if isinstance(named, str) else None
    try:
        return ReadVoucher(number, digest, voucher_id, Voucher.model_validate(body))
    except ValidationError as error:
        wrong = sorted({".".join(map(str, part["loc"])) or "voucher" for part in error.errors()})
        return ReadVoucher(number, digest, voucher_id, wrong=tuple(wrong))


def _unreadable(number: int) -> IncompleteFileError:
    return IncompleteFileError(Reason("voucher.unreadable", {"line": str(number)}))
