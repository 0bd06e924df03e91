"""What stands on our bills in the languages of the standard: headings word by word as prescribed (SIX IG QR-bill 2.3,
annex D; style guide), and the letter above the payment part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sozialakte.payments.claims import ClaimKind


@dataclass(frozen=True)
class BillWords:
    """The words of one language. ``body``, ``thanks`` are of the letter; ``{due}`` the last day to pay."""

    payment_part: str
    account: str
    reference: str
    additional: str
    payable_by: str
    currency: str
    amount: str
    receipt: str
    acceptance_point: str
    separate: str
    repayment: str
    cost_share: str
    details: str
    body: str
    thanks: str

    def subject(self, kind: ClaimKind) -> str:
        """What the letter is about."""
        return self.repayment if kind is ClaimKind.REPAYMENT else self.cost_share


WORDS: Mapping[str, BillWords] = MappingProxyType(
    {
        "de": BillWords(
            "Zahlteil",
            "Konto / Zahlbar an",
            "Referenz",
            "Zusätzliche Informationen",
            "Zahlbar durch",
            "Währung",
            "Betrag",
            "Empfangsschein",
            "Annahmestelle",
            "Vor der Einzahlung abzutrennen",
            "Rückerstattung von Sozialhilfe",
            "Kostenbeteiligung",
            "Grund",
            "Bitte überweisen Sie den Betrag bis zum {due} mit dem Zahlteil unten.",
            "Können Sie den Betrag nicht auf einmal bezahlen? Melden Sie sich bei uns, wir finden eine Lösung.",
        ),
        "fr": BillWords(
            "Section paiement",
            "Compte / Payable à",
            "Référence",
            "Informations supplémentaires",
            "Payable par",
            "Monnaie",
            "Montant",
            "Récépissé",
            "Point de dépôt",
            "A détacher avant le versement",
            "Remboursement de l'aide sociale",
            "Participation aux frais",
            "Motif",
            "Veuillez verser le montant jusqu'au {due} au moyen de la section paiement ci-dessous.",
            "Vous ne pouvez pas payer en une fois ? Contactez-nous, nous trouverons une solution.",
        ),
        "it": BillWords(
            "Sezione pagamento",
            "Conto / Pagabile a",
            "Riferimento",
            "Informazioni supplementari",
            "Pagabile da",
            "Valuta",
            "Importo",
            "Ricevuta",
            "Punto di accettazione",
            "Da staccare prima del versamento",
            "Rimborso di prestazioni sociali",
            "Partecipazione ai costi",
            "Motivo",
            "La preghiamo di versare l'importo entro il {due} con la sezione pagamento qui sotto.",
            "Non può pagare tutto in una volta? Ci contatti, troveremo una soluzione.",
        ),
        "en": BillWords(
            "Payment part",
            "Account / Payable to",
            "Reference",
            "Additional information",
            "Payable by",
            "Currency",
            "Amount",
            "Receipt",
            "Acceptance point",
            "Separate before paying in",
            "Repayment of social assistance",
            "Share of costs",
            "Reason",
            "Please pay the amount by {due} with the payment part below.",
            "You cannot pay all of it at once? Get in touch with us, we will find a solution.",
        ),
    }
)
