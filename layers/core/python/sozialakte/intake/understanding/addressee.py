"""Whom a letter is for: our service, another office of the city, or somebody who lives or is cared for with us."""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.intake.understanding.letter_parts import LetterParts
from sozialakte.intake.understanding.offices import Office, office_in
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class Addressee:
    """``lines``: the address from top to bottom, empty if none was found.

    ``office`` is None for a person, a company, or where nobody can tell. ``reason`` says which other office it is.
    """

    lines: tuple[str, ...] = ()
    office: Office | None = None
    reason: Reason | None = None

    @property
    def for_another_office(self) -> bool:
        """The address names an office, and it is not ours."""
        return self.office not in {None, Office.SOCIAL_SERVICE}


def addressee_of(parts: LetterParts) -> Addressee:
    """Whom the letter is for.

    An address that names our service is ours, whoever else stands in it: "Stadtverwaltung, Soziale Dienste". A name
    of another office outside the address counts for nothing: letterheads and texts are full of them.
    """
    office = office_in(parts.window)
    reason = Reason(f"addressee.{office}") if office not in {None, Office.SOCIAL_SERVICE} else None
    return Addressee(parts.window, office, reason)
