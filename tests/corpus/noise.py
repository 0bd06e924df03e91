"""What reading a scan does to a text: the confusions Tesseract makes on German letters, at a given rate."""

from __future__ import annotations

from random import Random

CONFUSIONS = {
    "0": ["O"], "O": ["0"], "1": ["l", "I"], "l": ["1", "I"], "I": ["l", "1"], "5": ["S"], "8": ["B"], "6": ["b"],
    "m": ["rn"], "n": ["ri"], "w": ["vv"], "e": ["c"], "c": ["e"], "a": ["o"], "ü": ["u", "ii", "u¨"],
    "ä": ["a", "a¨"], "ö": ["o", "o¨"], "é": ["e"], ".": [",", ""], ",": ["."], " ": ["", "  "],
    "-": [" ", "\N{EN DASH}"],
}  # fmt: skip
"""What each sign may be read as."""

RATES = {"clean": 0.0, "good": 0.002, "poor": 0.012}
"""Share of signs that come out wrong. Measured on the demo's scans: 0.001; a fax or a dark copy has ten times that."""


def misread(text: str, rate: float, random: Random) -> str:
    """The text as it may be read. The same arguments give the same text."""
    return "".join(_misread(sign, random) if random.random() < rate else sign for sign in text)


def _misread(sign: str, random: Random) -> str:
    return random.choice(CONFUSIONS.get(sign, [sign, ""]))
