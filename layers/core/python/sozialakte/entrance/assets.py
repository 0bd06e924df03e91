"""The script and the style of the pages: hand-written files beside this one, served as they are. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Asset:
    """A file for the browser. Its name carries its content's hash: it may be kept for ever."""

    name: str
    content_type: str
    text: str


@cache
def asset(file: str) -> Asset:
    """The file ``desk.js`` under its public name ``desk-<hash>.js``."""
    stem, suffix = file.rsplit(".", 1)
    text = files(__package__ or "").joinpath(file).read_text(encoding="utf-8")
    return Asset(f"{stem}-{sha256(text.encode()).hexdigest()[:16]}.{suffix}", _TYPES[suffix], text)
