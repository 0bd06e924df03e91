"""The voucher as people read it, typeset as PDF/A-2b: the page with the stamps, then the page of the bill.

The same voucher gives the same bytes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sozialakte.payments.booked_vouchers import BookedVoucher
from sozialakte.payments.voucher_words import content_of

_TEMPLATE = Path(__file__).parent / "templates" / "voucher.typ"
_FONTS = "font_lato"
_LONG_WORD, _BREAK = re.compile(r"\S{44}"), "\u200b"
"""Longer than any number of ours: a word without end would run over the edge of the paper."""
_SHOWN = frozenset("LNPSZ")
"""Letters, numbers, punctuation, symbols, blanks: the first letter of a Unicode category."""
_LAST_LETTER = "\u024f"
_ALSO = frozenset("\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u20ac")
"""Dashes, quotation marks, bullet, ellipsis, euro."""


@dataclass(frozen=True)
class Names:
    """Who people and the service are: names of staff by id, the title of the service."""

    staff: Mapping[str, str]
    service: str


def as_pdf(voucher: BookedVoucher, names: Names, folder: Path, page: bytes | None) -> bytes:
    """The voucher; ``page`` is a JPEG of the bill's page, ``folder`` an empty folder on disk."""
    import typst  # noqa: PLC0415 - takes long to load; other modules only want the names

    (folder / "voucher.typ").write_bytes(_TEMPLATE.read_bytes())
    if page is not None:
        (folder / "page.jpg").write_bytes(page)
    content = content_of(voucher, names.staff, names.service) | {"has_page": page is not None}
    pdf: bytes = typst.compile(
        str(folder / "voucher.typ"),
        font_paths=[str(Path(place) / "files") for place in _places(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"voucher": json.dumps(_printable(content), ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=0,
    )
    return pdf


def _printable(value: object) -> object:
    """Every text within, with a mark in place of what no font of ours has: PDF/A allows no character without a sign."""
    if isinstance(value, str):
        shown = "".join(char if _has_sign(char) else "\ufffd" for char in unicodedata.normalize("NFC", value))
        return _LONG_WORD.sub(f"\\g<0>{_BREAK}", shown)
    if isinstance(value, Mapping):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


def _has_sign(char: str) -> bool:
    return char in _ALSO or (char <= _LAST_LETTER and unicodedata.category(char)[0] in _SHOWN)


def _places(package: str) -> list[str]:
    spec = find_spec(package)
    return list(spec.submodule_search_locations or []) if spec else []
