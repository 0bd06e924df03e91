"""What a letter says, as far as the machine understands it: its kind and the identifiers in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sozialakte.intake.identifiers import find_ahv_numbers, find_birth_dates, find_dossier_numbers
from sozialakte.intake.kinds import kind_of
from sozialakte.shared.ahv_number import display_ahv_number

AHV_NUMBERS = "ahv_numbers"
DOSSIER_NUMBERS = "dossier_numbers"
BIRTH_DATES = "birth_dates"


@dataclass(frozen=True)
class LetterContents:
    """``identifiers`` by sort: AHV numbers as people write them, dossier numbers, birth dates as ISO dates."""

    kind: str
    identifiers: Mapping[str, list[str]]


def read_letter(texts: Sequence[str]) -> LetterContents:
    """The contents of a letter from the text of its pages in order."""
    text = "\n".join(texts)
    return LetterContents(
        kind=kind_of(text).value,
        identifiers={
            AHV_NUMBERS: [display_ahv_number(number) for number in find_ahv_numbers(text)],
            DOSSIER_NUMBERS: list(find_dossier_numbers(text)),
            BIRTH_DATES: [day.isoformat() for day in find_birth_dates(text)],
        },
    )
