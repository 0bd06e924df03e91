"""Claims that some money may pay, as far as somebody may see whose they are. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sozialakte.payments.money_answers import IssuedClaim
from sozialakte.payments.views.words import grouped, money
from sozialakte.shared.page_words import day, words

_QR = 27  # digits, printed as two and then five each


@dataclass(frozen=True)
class ClaimsSeen:
    """Claims by reference, and the names of persons by id."""

    claims: Mapping[str, IssuedClaim] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)

    def named(self, reference: str) -> str:
        """What it is for, who owes it, and how much of it is still owed."""
        claim = self.claims.get(reference)
        if claim is None:
            return words("books.claim_of", reference=shown_reference(reference))
        return words(
            "books.claim",
            kind=words(f"books.claim_kind.{claim.kind}"),
            person=self.persons.get(claim.person_id, claim.person_id),
            amount=money(claim.amount, claim.currency),
            owed=money(claim.still_owed, claim.currency),
            issued=day(claim.issued_on),
        )


def shown_reference(reference: str) -> str:
    """In groups, as it is printed."""
    if len(reference) == _QR:
        return f"{reference[:2]} {grouped(reference[2:], 5)}"
    return grouped(reference)
