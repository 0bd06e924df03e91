"""Wednesday's batch: bills in black and white. A rent that comes twice, one without QR code, a credit note."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.demo import tuesday_letters as write
from tests.demo.cast import Cast
from tests.demo.letters import Clue
from tests.demo.stack import Item, PatchSheet, Sheets, Stack

BILLS_FILE = "Rechnungen Mittwoch 18.11.2026, schwarzweiss.tif"
WEDNESDAY = date(2026, 11, 18)
LANDLORD, DENTIST, UTILITY = "Liegenschaften Rottal AG", "Zahnarztpraxis am Schwanenplatz AG", "Stadtwerke Rottal"
"""Who sends the bills of the mail."""
_RENT = 1  # the letter that lies in the stack twice


def bills_stack(cast: Cast) -> Stack:
    """Bills of three clients."""
    rent = _bill(cast, "tenant", LANDLORD, "miete", copy_of=_RENT)
    return [
        PatchSheet(),
        rent,
        PatchSheet(),
        _bill(cast, "worker", DENTIST, "zahnbehandlung"),
        PatchSheet(),
        write.on(Sheets(punched=True), rent),
        PatchSheet(),
        _bill(cast, "mother", UTILITY, "gutschrift", dossier="family"),
    ]


def _bill(
    cast: Cast, role: str, sender: str, variant: str, *, dossier: str | None = None, copy_of: int | None = None
) -> Item:
    item = write.by(sender, write.letter(cast, role, Clue.AHV, f"bill/{variant}", dossier=dossier))
    return replace(item, order=replace(item.order, written=WEDNESDAY, copy_of=copy_of))
