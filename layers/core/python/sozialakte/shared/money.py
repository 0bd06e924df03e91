"""Money: an exact amount in a currency. Amounts are never floats, and currencies never mix."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_CENT = Decimal("0.01")


class CurrencyError(ValueError):
    """Two currencies in one sum."""


@dataclass(frozen=True)
class Money:
    """``amount`` in ``currency`` (ISO 4217), to the cent. Raises ``ValueError`` for fractions of a cent."""

    amount: Decimal
    currency: str = "CHF"

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount != self.amount.quantize(_CENT):
            raise ValueError("an amount has whole cents")

    def __add__(self, other: Money) -> Money:
        """The sum. Raises `CurrencyError`."""
        if self.currency != other.currency:
            raise CurrencyError(f"{self.currency} and {other.currency} do not add up")
        return Money(self.amount + other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        """The difference. Raises `CurrencyError`."""
        return self + -other

    def __str__(self) -> str:
        """As people write it: ``CHF 1'234.50``."""
        return f"{self.currency} {self.amount:,.2f}".replace(",", "'")
