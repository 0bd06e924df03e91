"""German texts of the payments by code, part of the catalogue `texts_de`. Keep each group sorted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAYMENTS: Mapping[str, str] = MappingProxyType(
    {
        # -- what whoever decides about an invoice should know --
        "invoice.from_text": "Kein lesbarer QR-Code: Die Angaben stammen aus dem Text. Bitte jede bestätigen.",
        "invoice.letter_blank": "Der Brief wurde seither als leer beiseitegelegt.",
        "invoice.letter_forwarded": "Der Brief wurde seither an eine andere Stelle weitergeleitet.",
        "invoice.letter_moved": "Der Brief liegt jetzt im Dossier {dossier_id}.",
        "invoice.letter_rejected": "Der Brief wurde seither zurückgewiesen.",
        "invoice.letter_rescan": "Der Brief wurde neu gescannt. Die Rechnung liegt im neuen Scan.",
        "invoice.same_page": "Dieselbe Seite kam nochmals: Brief {letter_id}, Seite {page}.",
    }
)
