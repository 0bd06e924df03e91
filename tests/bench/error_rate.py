"""How many characters were read wrong, whatever the order in which a reader tells the parts of a page.

Sender, address and references stand side by side; no order of them is the right one, and readers differ. So each line
of the truth is looked for anywhere in what was read, and what it is found in is used up: first the lines that stand
there word for word, then the others, the longest first. Wrong are the differences (Levenshtein), the lines found
nowhere, and everything that is left over in the end. Dots to write on are no text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_SLACK = range(-3, 4)  # characters by which a misread line may be shorter or longer at either end
_DOTS = re.compile(r"\.{3,}")
_HYPHEN = "\x02"  # how pdfium gives a hyphen at the end of a line


def error_rate(truth: Sequence[str], read: Sequence[str]) -> float:
    """Wrong characters per character of truth, pages together; blanks and how lines are broken do not count."""
    characters = sum(len("".join(line.split())) for page in truth for line in _lines(page))
    return sum(page_errors(*pair) for pair in zip(truth, read, strict=True)) / characters


def page_errors(truth: str, read: str) -> int:
    """Wrong characters of one page."""
    rest, errors = _flowing(read), 0
    misread = []
    for line in sorted(_lines(truth), key=len, reverse=True):
        before, found, after = rest.partition(line)
        rest = f"{before} {after}" if found else rest
        misread += [] if found else [line]
    for line in misread:
        start, end, distance = _best_place(line, rest)
        errors += distance
        rest = f"{rest[:start]} {rest[end:]}"
    return errors + len("".join(rest.split()))


def _lines(truth: str) -> list[str]:
    return [line for line in map(_flowing, truth.splitlines()) if line]


def _flowing(text: str) -> str:
    return " ".join(_DOTS.sub(" ", text.replace(_HYPHEN, "-")).split())


def _best_place(line: str, text: str) -> tuple[int, int, int]:
    """Start, end and distance of what is most like the line; an empty place if nothing is."""
    found = fuzz.partial_ratio_alignment(line, text) if len(line) <= len(text) else None
    start, end = (found.dest_start, found.dest_end) if found else (0, len(text))
    places = [(max(0, start + a), min(len(text), end + b)) for a, b in product(_SLACK, _SLACK)]
    # Of places that are equally like it the longest: what is left over counts as wrong once more.
    distance, _, start, end = min((Levenshtein.distance(line, text[a:b].strip()), a - b, a, b) for a, b in places)
    return (start, end, distance) if distance < len(line) else (0, 0, len(line))
