"""What the routes of the payments take. Amounts are texts with at most two decimals: a JSON number is no exact one."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic import Field as Limited
from pydantic_core import PydanticCustomError

from sozialakte.payments.check_digits import is_creditor_reference, is_qr_reference, squeezed
from sozialakte.payments.coding_rules import Coding
from sozialakte.payments.enter_invoice import Fields
from sozialakte.payments.invoice import CodingLine, Payer
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.settle_invoice import Ending
from sozialakte.payments.terms import Field, InvoiceKind
from sozialakte.runtime.free_text import Line, ShortText
from sozialakte.runtime.parameters import Day
from sozialakte.shared.ids import DossierId, InvoiceId, PersonId, StaffId
from sozialakte.shared.model import Model

SeenVersion = Annotated[int, Limited(ge=1, description="`version` the person saw")]
_AMOUNT = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?", re.ASCII)
_NEEDED = ("iban", "amount", "currency")
_ANY = frozenset({"reference", "invoice_number", "invoice_date", "due"})
"""Fields that a bill may lack: null takes away what was read."""
MOST_LINES = 40
"""A bill is split over the persons of a household and some months."""


def _exact(value: object) -> object:
    if not isinstance(value, str):
        raise PydanticCustomError("amount", "an amount is a text")
    if not _AMOUNT.fullmatch(value):
        raise PydanticCustomError("amount", "no amount")
    return Decimal(value)


def reference_type(reference: str | None) -> str:
    """The standard's name for what a typed reference is."""
    if reference is None:
        return "NON"
    return "QRR" if is_qr_reference(reference) else "SCOR"


def _iban(text: str) -> str:
    from stdnum import iban  # noqa: PLC0415 (few requests type one)

    plain = squeezed(text).upper()
    if not plain.isascii() or not iban.is_valid(plain):
        raise PydanticCustomError("iban", "no IBAN")
    return plain


def _reference(text: str) -> str:
    plain = squeezed(text).upper()
    if not (is_qr_reference(plain) or is_creditor_reference(plain)):
        raise PydanticCustomError("reference", "no reference")
    return plain


Amount = Annotated[
    Decimal,
    BeforeValidator(_exact),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]{1,9}(\.[0-9]{1,2})?$"}),
]
Iban = Annotated[Line, Limited(min_length=5, max_length=50), AfterValidator(_iban)]
Reference = Annotated[Line, Limited(min_length=5, max_length=50), AfterValidator(_reference)]
Short = Annotated[Line, Limited(max_length=70)]
OfDay = Annotated[Day | None, Limited(strict=False)]


class Question(Model):
    """A body about the version of an invoice that a person saw."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: SeenVersion


class AssignInvoice(Question):
    """Into which dossier; null: nobody knows whose it is."""

    dossier_id: DossierId | None


class TypedParty(Model):
    """A creditor as somebody types it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[Line, Limited(min_length=1, max_length=70)]
    street: Short = ""
    building_number: Annotated[Line, Limited(max_length=16)] = ""
    postal_code: Annotated[Line, Limited(max_length=16)] = ""
    town: Annotated[Line, Limited(max_length=35)] = ""
    country: Annotated[str, Limited(pattern=r"^[A-Z]{2}$")] = "CH"


class CorrectFields(Question):
    """What was confirmed, and what was typed instead of what was read; what is left out stays as it is.

    ``payee_staff``: the member of staff who gets the money; null says that it is none.
    """

    confirmed: Annotated[list[Annotated[Field, Limited(strict=False)]], Limited(max_length=len(Field))] = Limited(
        default_factory=list
    )
    kind: Annotated[InvoiceKind | None, Limited(strict=False)] = None
    iban: Iban | None = None
    creditor: TypedParty | None = None
    amount: Amount | None = None
    currency: Literal["CHF", "EUR"] | None = None
    reference: Reference | None = None
    invoice_number: Annotated[Line, Limited(min_length=1, max_length=50)] | None = None
    invoice_date: OfDay = None
    due: OfDay = None
    payee_staff: StaffId | None = None

    def fields(self) -> Fields:
        """For the use case."""
        changes: dict[str, object] = {name: getattr(self, name) for name in _ANY & self.model_fields_set}
        changes |= {name: value for name in _NEEDED if (value := getattr(self, name)) is not None}
        if self.creditor is not None:
            changes["creditor"] = Party(**self.creditor.model_dump())
        if "reference" in changes:
            changes["reference_type"] = reference_type(self.reference)
        payee = (self.payee_staff or "") if "payee_staff" in self.model_fields_set else None
        return Fields(changes, (*self.confirmed, *(field for field in Field if field in changes)), self.kind, payee)


class Split(Model):
    """A share of the amount: for whom (null: the whole support unit), for what, for which months."""

    model_config = ConfigDict(extra="forbid", strict=True)

    amount: Amount
    category: Annotated[str, Limited(pattern=r"^[0-9]{1,4}$")] | None = None
    person_id: PersonId | None = None
    period_from: OfDay = None
    period_to: OfDay = None


class SubmitInvoice(Question):
    """What it is for; less than asked for needs the reason in ``partial``."""

    payer: Annotated[Payer, Limited(strict=False)] = Payer.SERVICE
    accepted: Amount
    partial: ShortText | None = None
    lines: Annotated[list[Split], Limited(min_length=1, max_length=MOST_LINES)]

    def coding(self) -> Coding:
        """For the use case."""
        lines = tuple(CodingLine(**line.model_dump()) for line in self.lines)
        return Coding(self.payer, self.accepted, lines, self.partial)


class ApproveStep(Question):
    """In whose place, if that team lead is away."""

    standing_in_for: StaffId | None = None


class WithReason(Question):
    """Why."""

    reason: ShortText


class InPlaceOf(WithReason):
    """Why; and in whose place, if that team lead is away."""

    standing_in_for: StaffId | None = None


class EndInvoice(WithReason):
    """Why nothing is to be paid."""

    ending: Annotated[Ending, Limited(strict=False)] = Ending.REJECTED


class ClearTwin(InPlaceOf):
    """The other invoice, which this one does not repeat."""

    twin: InvoiceId


class DecideIban(InPlaceOf):
    """Whether money may go there."""

    approves: bool


class WorkList(StrEnum):
    """Lists of what waits: to be entered in my team, or by accounting; for an approval of this level; what hurries."""

    ENTER = "enter"
    OFFICE = "office"
    CASEWORKER = "caseworker"
    TEAMLEAD = "teamlead"
    OTHER_TEAMLEAD = "other_teamlead"
    OVERDUE = "overdue"
    DISCOUNTS = "discounts"
