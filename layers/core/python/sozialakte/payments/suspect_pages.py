"""On which pages of a letter a bill may lie, by what was read of them: so the others need not be looked at again.

Wrong in one direction only: a page on which a payment slip is cannot look like none of these, unless hardly anything of
it could be read, and then it is looked at too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sozialakte.intake import KeptPage
from sozialakte.payments.slip_kinds import SlipKind, slip_kind
from sozialakte.shared.names import fold

_BILL_CODE = re.compile(r"\s*(?:\ufeff|ï»¿)?\s*SPC\s*[\r\n]")
_PAYMENT_PART = re.compile(r"zahlteil|section paiement|sezione pagamento|payment part")
_RECEIPT_PART = re.compile(r"empfangsschein|recepisse|ricevuta|receipt")
_WORDS = re.compile(
    r"zahlteil|empfangsschein|paiement|recepisse|pagamento|ricevuta|payment part|iban|rechnung|faktura|factur|fattura|"
    r"invoice|mahnung|rappel|zahlbar|payable|pagabile|einzahlung|einzahlen|ueberweis|konto|quittung|gutschrift|honorar|"
    r"praemie|mietzins|faellig|zu bezahlen|twint|qr code"
)


def pages_to_look_at(pages: Sequence[KeptPage]) -> list[int]:
    """The numbers of the pages that have to be searched for codes: all of a letter that is a slip as a whole."""
    suspect = [page.page for page in pages if _is_suspect(page)]
    if suspect and slip_kind(text_of(pages)) is not SlipKind.OTHER:
        return [page.page for page in pages]
    return suspect


def payment_parts(pages: Sequence[KeptPage]) -> Iterator[KeptPage]:
    """The pages with a payment part, by its two titles."""
    return (page for page in pages if _has_payment_part(fold(page.text)))


def text_of(pages: Sequence[KeptPage]) -> str:
    """Everything that was read."""
    return "\n".join(page.text for page in pages)


def _is_suspect(page: KeptPage) -> bool:
    if not page.legible or any(map(_BILL_CODE.match, page.codes)):
        return True
    return _WORDS.search(fold(page.text)) is not None


def _has_payment_part(folded: str) -> bool:
    return bool(_PAYMENT_PART.search(folded) and _RECEIPT_PART.search(folded))
