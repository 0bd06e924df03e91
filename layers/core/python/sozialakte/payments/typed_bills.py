"""The body with which somebody registers a bill by hand."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict
from pydantic import Field as Limited

from sozialakte.payments.qr_bill import Party
from sozialakte.payments.questions import Amount, Iban, OfDay, Reference, TypedParty, reference_type
from sozialakte.payments.register_by_hand import TypedBill
from sozialakte.payments.terms import InvoiceKind, Terms
from sozialakte.runtime.free_text import Line
from sozialakte.shared.ids import LetterId
from sozialakte.shared.model import Model


class RegisterInvoice(Model):
    """What stands on a page of a letter; ``amount`` null: it names none."""

    model_config = ConfigDict(extra="forbid", strict=True)

    letter_id: LetterId
    page: Annotated[int, Limited(ge=1, description="in the letter, from 1")]
    kind: Annotated[InvoiceKind, Limited(strict=False)] = InvoiceKind.BILL
    creditor: TypedParty
    iban: Iban | None = None
    amount: Amount | None = None
    currency: Literal["CHF", "EUR"] = "CHF"
    reference: Reference | None = None
    invoice_number: Annotated[Line, Limited(min_length=1, max_length=50)] | None = None
    invoice_date: OfDay = None
    due: OfDay = None

    def bill(self) -> TypedBill:
        """For the use case."""
        terms = Terms(
            iban=self.iban or "",
            creditor=Party(**self.creditor.model_dump()),
            amount=self.amount,
            currency=self.currency,
            reference_type=reference_type(self.reference),
            reference=self.reference,
            invoice_number=self.invoice_number,
            invoice_date=self.invoice_date,
            due=self.due,
        )
        return TypedBill(self.letter_id, self.page, self.kind, terms)
