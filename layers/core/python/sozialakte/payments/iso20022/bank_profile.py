"""What one bank wants otherwise than the guidelines say. Settings name a profile; the guidelines' own is ``sps``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class BankProfile:
    """A bank's wishes.

    ``instruction_ids``: it wants an InstrId in every payment (the guidelines leave it open). ``no_postal_code_by_line``:
    it refuses a PstCd beside an AdrLine (the guidelines allow both); what we write has no AdrLine, so this is a check.
    """

    name: str
    instruction_ids: bool = False
    no_postal_code_by_line: bool = False


SPS = BankProfile("sps")
PROFILES: Mapping[str, BankProfile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            SPS,
            BankProfile("instruction-ids", instruction_ids=True),
            BankProfile("lines-without-postal-code", no_postal_code_by_line=True),
        )
    }
)
"""By the name that settings use."""
