"""Rules of PDF/A-2b (ISO 19005-2) that a program can check, and which of them a file breaks.

These are not all rules of the standard: what is here is all we claim. Left out are rules about halftones, spot colours,
overprinting, signatures, and what font programs hold in detail: our files have nothing of the kind. Embedded files and
layers, which PDF/A-2 allows in part, are told as broken rules without a closer look.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.pdfa_parsed import Parsed
from tests.pdfa_rule import Rule
from tests.pdfa_rules_document import RULES as DOCUMENT
from tests.pdfa_rules_file import RULES as FILE
from tests.pdfa_rules_fonts import RULES as FONTS
from tests.pdfa_rules_graphics import RULES as GRAPHICS
from tests.pdfa_rules_images import RULES as IMAGES

RULES: tuple[Rule, ...] = (*FILE, *GRAPHICS, *IMAGES, *FONTS, *DOCUMENT)


@dataclass(frozen=True)
class Broken:
    """A rule that a file breaks: its clause in ISO 19005-2 and what it says."""

    clause: str
    rule: str


def broken_rules(data: bytes) -> list[Broken]:
    """The rules that the file breaks, in the order of the standard. Raises what pypdf raises on a file that is none."""
    parsed = Parsed(data)
    return [Broken(rule.clause, rule.words) for rule in RULES if rule.is_broken(parsed)]
