"""Typesets letters and sheets with typst, from fonts that come as packages: the same pages on every machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

TEMPLATES = Path(__file__).parent / "templates"
FONT_PACKAGES = ("font_roboto", "font_lato")


def letter_pdf(letter: Mapping[str, Json]) -> bytes:
    """The letter (of `letters.compose`) as a born-digital PDF."""
    return _compile("letter", letter)


def sheet_pdf(sheet: Mapping[str, Json]) -> bytes:
    """A separator or cover sheet (of `sheets`) as a PDF."""
    return _compile("sheet", sheet)


def _compile(template: str, content: Mapping[str, Json]) -> bytes:
    pdf: bytes = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={template: json.dumps(content, ensure_ascii=False)},
        timestamp=0,
    )
    return pdf


@cache
def _fonts() -> list[str]:
    specs = [find_spec(package) for package in FONT_PACKAGES]
    return [str(Path(spec.origin).parent / "files") for spec in specs if spec and spec.origin]
