"""The AHV number (AHVN13): 13 digits, country 756, EAN-13 check digit (STANDARDS 1.5; sozialversicherungsnummer.ch).

stdnum is imported where a number is checked: it brings pydoc and ssl along, a tenth of the start of any function that
only knows the type.
"""

from __future__ import annotations

from typing import NewType

AhvNumber = NewType("AhvNumber", str)
"""Thirteen digits, checked. Personal data: never in logs, keys of objects, URLs or reasons."""


class InvalidAhvNumberError(ValueError):
    """No AHV number: wrong length, wrong country, wrong check digit. The message never repeats the number."""


def parse_ahv_number(text: str) -> AhvNumber:
    """The number in ``text``, with or without dots and spaces. Raises `InvalidAhvNumberError`."""
    from stdnum.ch import ssn  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        return AhvNumber(ssn.validate(text))
    except ValidationError as error:
        # Without the cause: stdnum's message may grow to quote the number one day.
        raise InvalidAhvNumberError(type(error).__name__) from None


def display_ahv_number(number: AhvNumber) -> str:
    """As people write it: ``756.9217.0769.85``."""
    from stdnum.ch import ssn  # noqa: PLC0415

    return str(ssn.format(number))
