"""Who is billed by whom, from the QR codes of bills: the parts that tell whose letter it is.

SIX IG QR-bill 2.3, 4.2. Tolerant on purpose: what is paid is checked elsewhere, against the whole payload.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sozialakte.intake.readings import PageReading
from sozialakte.intake.understanding.address_lines import PostalAddress, find_address

_IBAN, _CREDITOR, _DEBTOR, _REFERENCE = 3, 4, 20, 28  # lines of the payload, from 0
_LINES_OF_PARTY = 7
_LONGEST = 2_000  # characters; the guidelines allow 997
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class BillParties:
    """Creditor and debtor of a bill on the letter's page ``page``.

    ``iban`` and ``reference`` come without blanks. ``debtor`` is None on a bill that anybody may pay. Streets hold the
    house number.
    """

    page: int
    creditor: str
    iban: str
    reference: str | None = None
    debtor: str | None = None
    debtor_street: str | None = None
    debtor_postal_code: str | None = None
    debtor_town: str | None = None

    @property
    def same_payment(self) -> tuple[str, str | None]:
        """Equal for two codes that ask for the same payment."""
        return self.iban, self.reference


def bill_parties(readings: Sequence[PageReading]) -> tuple[BillParties, ...]:
    """The bills of a letter in order, each once a page."""
    return tuple(dict.fromkeys(bill for reading in readings for bill in _on_page(reading)))


def _on_page(reading: PageReading) -> Iterator[BillParties]:
    for code in reading.codes:
        text = _as_utf8(code.text[:_LONGEST]).strip("\ufeff \r\n")
        if code.format == "QRCode" and text.startswith("SPC"):
            yield _bill(reading.page, [line.strip() for line in _LINE_END.split(text)])


def _bill(page: int, payload: Sequence[str]) -> BillParties:
    lines = [*payload, *[""] * (_REFERENCE + 1)]  # what a damaged payload lacks is empty
    debtor = lines[_DEBTOR : _DEBTOR + _LINES_OF_PARTY]
    address = _address(debtor)
    return BillParties(
        page=page,
        creditor=lines[_CREDITOR + 1],
        iban=_squeezed(lines[_IBAN]),
        reference=_squeezed(lines[_REFERENCE]) or None,
        debtor=debtor[1] or None,
        debtor_street=address.street,
        debtor_postal_code=address.postal_code,
        debtor_town=address.town,
    )


def _address(party: Sequence[str]) -> PostalAddress:
    """Structured (S), or combined in two lines (K), which bills from before 21 November 2025 have."""
    kind, _, street, number, code, town, _ = party
    if kind == "K":
        place = find_address(number)
        return PostalAddress(street or None, place.postal_code, place.town)
    return PostalAddress(f"{street} {number}".strip() or None, code or None, town or None)


def _squeezed(text: str) -> str:
    return "".join(text.split()).upper()


def _as_utf8(text: str) -> str:
    """Decoders that are not told the character set take UTF-8 for Latin 1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
