"""German texts by code. ``{name}`` is a parameter of the reason. Grouped by context; keep each group sorted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GERMAN: Mapping[str, str] = MappingProxyType(
    {
        # -- intake, pages --
        "page.blank": "Leerseite",
        "page.letter": "Seite eines Briefs",
        "page.separator_cover": "Deckblatt des Dossiers {dossier_id}",
        "page.separator_own": "Trennblatt (eigener Code)",
        "page.separator_patch": "Trennblatt (PATCHT)",
        "page.unreadable": "Seite ist nicht lesbar",
        # -- intake, files --
        "file.damaged": "Die Datei ist beschädigt und kann nicht vollständig gelesen werden. Bitte neu scannen.",
        "file.duplicate": "Dieselbe Datei wurde schon als Stapel {batch_id} verarbeitet.",
        "file.empty": "Die Datei ist leer. Bitte neu scannen.",
        "file.encrypted": "Die Datei ist verschlüsselt. Bitte ohne Passwort neu scannen.",
        "file.no_pages": "Die Datei enthält keine Seiten. Bitte neu scannen.",
        "file.not_a_pdf": "Die Datei ist kein PDF.",
        "file.truncated": "Die Datei ist unvollständig, die Übertragung brach ab. Bitte neu senden.",
    }
)
