"""Amounts in the text of a bill, and how likely each is what is to be paid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from sozialakte.shared.money import Money
from sozialakte.shared.names import fold

_QUOTE = "'\u2019\u00b4`"  # what stands between groups of three digits
_WHOLE = rf"(?P<whole>[0-9]{{1,3}}(?:[{_QUOTE} ][0-9]{{3}}){{1,3}}|[0-9]{{1,9}})"
_RAPPEN = r"(?:[.,] ?(?P<cents>[0-9]{2})|\.(?:-{1,2}|\u2013|\u2014))"
_AMOUNT = re.compile(rf"(?<![0-9A-Za-z.,{_QUOTE}]){_WHOLE}{_RAPPEN}(?![0-9A-Za-z%]|[.,{_QUOTE}][0-9])")
_EUR = re.compile(r"(?i)\beur\b|€|\beuro\b")
_CHF = re.compile(r"(?i)\bchf\b|\bfr\b|\bsfr\b|\bfranken\b|\bfrancs\b|\bfranchi\b")
_NEAR = 12  # characters beside an amount that name its currency
_ABOVE = 0.7  # of the weight of a label that stands on the line above

LABELS: Mapping[str, int] = MappingProxyType(
    {
        "rechnungsbetrag": 10, "rechnungstotal": 10, "zu bezahlen": 10, "zu zahlen": 10, "zahlbetrag": 10,
        "endbetrag": 10, "gesamtbetrag": 9, "total rechnung": 9, "offener betrag": 9, "total inkl": 9, "faelliger": 8,
        "total chf": 8, "gesamttotal": 8, "schuldbetrag": 8, "total": 6, "summe": 5, "betrag": 4, "mietzins": 4,
        "total a payer": 10, "montant a payer": 10, "montant du": 9, "net a payer": 10, "total ttc": 9,
        "netto inkl mwst": 15, "inkl mwst": 9, "montant": 4,
        "totale da pagare": 10, "importo da pagare": 10, "importo totale": 9, "totale": 6, "importo": 4,
        "gutschriftsbetrag": 9, "guthaben": 5, "bezahlt": 3,
        "zwischentotal": -9, "zwischensumme": -9, "uebertrag": -9, "subtotal": -9, "sous total": -9, "mwst": -3,
        "tva": -3, "iva": -3, "exkl": -4, "netto": -2, "rabatt": -6, "skonto": -6, "anzahlung": -5, "rundung": -6,
        "rueckgeld": -9, "gegeben": -6, "rendu": -9, "bisher bezahlt": -9, "franchise": -4, "mahngebuehr": -3,
    }
)  # fmt: skip
"""What a label beside an amount says; the best one counts, and all that speak against it."""


@dataclass(frozen=True)
class FoundAmount:
    """An amount and how much speaks for its being what is to be paid."""

    money: Money
    weight: float


def amounts_in(line: str, above: str = "") -> Iterator[FoundAmount]:
    """The amounts of a line; ``above``: the line over it, in which its label may stand."""
    found = list(_AMOUNT.finditer(line))
    if not found:
        return
    alone = not any(map(str.isalpha, line.replace("CHF", "").replace("EUR", "")))
    weight = _weight(line) + (_ABOVE * _weight(above) if alone else 0)
    for match in found:
        whole = "".join(filter(str.isdigit, match["whole"]))
        amount = Decimal(f"{whole}.{match['cents'] or '00'}")
        near = line[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        is_eur, is_chf = _EUR.search(near) is not None, _CHF.search(near) is not None
        if amount:
            yield FoundAmount(Money(amount, "EUR" if is_eur else "CHF"), weight + (is_eur or is_chf))


def _weight(line: str) -> int:
    folded = f" {fold(line)} "
    weights = [weight for label, weight in LABELS.items() if f" {label} " in folded]
    return max([0, *weights]) + sum(weight for weight in weights if weight < 0)
