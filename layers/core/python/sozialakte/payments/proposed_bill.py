"""What the text of a bill without QR code lets us propose: values to be confirmed, each with where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from sozialakte.payments.slip_kinds import SlipKind
from sozialakte.shared.money import Money

T = TypeVar("T")


@dataclass(frozen=True)
class Proposal(Generic[T]):
    """A value and where it was read: the page, and the line as it stands there. ``proven``: by its check digits."""

    value: T
    page: int
    text: str
    proven: bool = False


@dataclass(frozen=True)
class ProposedBill:
    """What a paper without QR code may ask for, for each value the likeliest first. Nothing here is confirmed."""

    kind: SlipKind
    ibans: tuple[Proposal[str], ...] = ()
    references: tuple[Proposal[str], ...] = ()
    amounts: tuple[Proposal[Money], ...] = ()
    due_dates: tuple[Proposal[date], ...] = ()
    invoice_dates: tuple[Proposal[date], ...] = ()
    invoice_numbers: tuple[Proposal[str], ...] = ()
    creditors: tuple[Proposal[str], ...] = ()
    needs_confirmation: Literal[True] = True
