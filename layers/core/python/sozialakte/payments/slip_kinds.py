"""What a paper with an amount is: a bill to pay, a receipt somebody hands in to be reimbursed, or a credit note.

A readable table: a word counts once, with its weight. Words are compared folded (`shared.names`), * stands for any
letters after it. 5 names the kind, 3 is typical of it, 1 or 2 supports it, less than 0 speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from sozialakte.shared.names import fold


class SlipKind(StrEnum):
    """The kinds, in the order that settles a tie; ``OTHER`` where too little speaks for any of them."""

    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"
    BILL = "bill"
    OTHER = "other"


_ENOUGH = 3
_PAYMENT_PART = 4
"""Weight for a bill of a QR code that asks for money."""

NOT_MEANT = (
    "auf rechnung", "in rechnung gestellt", "jahresrechnung", "gutschrift auf unser konto",
    "gutschrift auf unserem konto", "zahlung gegen quittung", "nur gegen quittung", "rueckforderungsbeleg", "a recu",
    "naechsten praemienrechnung", "bericht und rechnung", "rechenschaftsbericht und rechnung",
    "avons recu", "avez recu", "peut avoir", "doit avoir", "sans avoir",
)  # fmt: skip
"""Phrases that hold a word of the table but mean something else; taken out before searching."""

WORDS: Mapping[SlipKind, Mapping[str, int]] = MappingProxyType(
    {
        SlipKind.CREDIT_NOTE: {
            "gutschrift": 5, "gutschriftsanzeige": 6, "gutschriftnr": 3, "gutschrift nr": 4, "gutschriftsbetrag": 4,
            "rechnungskorrektur": 4, "stornorechnung": 9, "storno": 2, "zu ihren gunsten": 4,
            "rueckverguetung": 3, "wird ihnen ausbezahlt": 3, "rueckzahlung an sie": 3,
            "note de credit": 6, "avoir": 3, "facture d avoir": 5, "en votre faveur": 4, "bulletin de versement": -3,
            "nota di credito": 6, "nota d accredito": 6, "a vostro favore": 4, "a suo favore": 4, "accredito": 3,
            "zahlbar innert": -3, "zahlbar bis": -3, "zu unseren gunsten": -5,
        },
        SlipKind.RECEIPT: {
            "quittung": 5, "kassenbon": 6, "kassenbeleg": 6, "kassenquittung": 6, "kaufbeleg": 5, "kassenzettel": 6,
            "bar bezahlt": 5, "dankend erhalten": 5, "betrag erhalten": 5, "rueckgeld": 6, "gegeben bar": 5, "bar": 1,
            "bezahlt mit": 3, "kartenzahlung": 4, "kontaktlos": 3, "twint": 2, "maestro": 3, "debit mastercard": 3,
            "visa debit": 3, "ec karte": 3, "postcard": 2, "trm id": 4, "aid": 1, "kasse": 2, "filiale": 1, "bon nr": 3,
            "vielen dank fuer ihren einkauf": 5, "sie wurden bedient von": 4, "es bediente sie": 4, "buchung": 1,
            "quittance": 5, "recu": 3, "ticket de caisse": 6, "paye comptant": 5, "rendu": 2, "especes": 3, "caisse": 2,
            "merci de votre visite": 5, "acquitte": 4, "paiement par carte": 4,
            "scontrino": 6,
            "ricevuta di pagamento": 5, "ricevuta fiscale": 5, "quietanza": 5, "contanti": 3, "resto": 2,
            "cassa": 2, "pagato": 3, "grazie per il suo acquisto": 5,
            "zahlbar innert": -5, "zahlbar bis": -5, "zahlteil": -4, "section paiement": -4, "sezione pagamento": -4,
            "payable a": -3, "payable jusqu*": -4, "pagabile entro": -5,
        },
        SlipKind.BILL: {
            "rechnung": 3, "rechnung nr": 3, "rechnungsnummer": 3, "rechnungsbetrag": 3, "rechnungsdatum": 2,
            "*rechnung": 2, "faktura": 5, "honorarnote": 5, "praemienrechnung": 5, "zahlteil": 4, "empfangsschein": 3,
            "konto zahlbar an": 3, "zahlbar": 2, "zahlbar bis": 3, "zahlbar innert": 3, "zahlungsfrist": 2,
            "zu bezahlen": 2, "tage netto": 3, "faellig*": 2, "mahnung": 3, "zahlungserinnerung": 3, "mietzins": 2,
            "facture": 5, "note d honoraires": 5, "montant a payer": 4, "total a payer": 4, "payable*": 2,
            "echeance": 2,             "section paiement": 4, "rappel": 2,
            "fattura": 5, "importo da pagare": 4, "totale da pagare": 4, "pagabile": 2, "scadenza": 2,
            "sezione pagamento": 4, "richiamo": 2,
        },
    }
)  # fmt: skip


def slip_kind(text: str, *, has_code: bool = False) -> SlipKind:
    """The kind with the most weight. ``has_code``: a QR code on it asks for money."""
    folded = f" {fold(text)} "
    for phrase in NOT_MEANT:
        folded = folded.replace(f" {phrase} ", " ")
    weights = {kind: _weight(words, folded) for kind, words in WORDS.items()}
    weights[SlipKind.BILL] += _PAYMENT_PART * has_code
    best = max(weights, key=lambda kind: weights[kind])  # the first of the heaviest
    return best if weights[best] >= _ENOUGH else SlipKind.OTHER


def _weight(words: Mapping[str, int], folded: str) -> int:
    return sum(weight for word, weight in words.items() if _pattern(word).search(folded))


@lru_cache(maxsize=500)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(" " + word.replace("*", "[a-z]*") + " ")
