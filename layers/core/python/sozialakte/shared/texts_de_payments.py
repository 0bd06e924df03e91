"""German texts of the payments by code, part of the catalogue `texts_de`. Keep each group sorted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAYMENTS: Mapping[str, str] = MappingProxyType(
    {
        # -- what made an invoice doubtful when it was registered --
        "invoice.from_text": "Kein lesbarer QR-Code: Die Angaben stammen aus dem Text. Bitte jede bestätigen.",
        "invoice.letter_moved": "Das Dokument liegt jetzt im Dossier {dossier_id}.",
        "invoice.several_codes": "Auf dieser Seite stehen {count} verschiedene Rechnungen.",
    }
)
