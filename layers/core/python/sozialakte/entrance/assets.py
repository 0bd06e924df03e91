"""The script and the style of the pages: hand-written files beside this one, served as they are. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

_IMPORTS = re.compile(r'(?<= from "\./)[a-z]+\.js(?=";)')
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Asset:
    """A file for the browser. Its name carries its content's hash: it may be kept for ever."""

    name: str
    content_type: str
    text: str


@cache
def asset(file: str) -> Asset:
    """The file ``desk.js`` under its public name ``desk-<hash>.js``; what it imports is named in the same way."""
    stem, suffix = file.rsplit(".", 1)
    text = files(__package__ or "").joinpath(file).read_text(encoding="utf-8")
    text = _IMPORTS.sub(lambda other: asset(other[0]).name, text)
    return Asset(f"{stem}-{sha256(text.encode()).hexdigest()[:16]}.{suffix}", _TYPES[suffix], text)
