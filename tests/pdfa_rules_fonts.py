"""ISO 19005-2, 6.2.11: fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject, TextStringObject

from tests.pdfa_parsed import Content, Parsed, item, part, sequence
from tests.pdfa_rule import Rule, rule

RULES: list[Rule] = []
says = partial(rule, RULES)

SUBTYPES = {"/Type1", "/MMType1", "/TrueType", "/Type3", "/Type0", "/CIDFontType0", "/CIDFontType2"}
FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@says("6.2.11.2", "fonts say what they are (Type, Subtype, BaseFont)")
def dictionaries(pdf: Parsed) -> bool:
    return any(
        font.get("/Type") != "/Font"
        or font.get("/Subtype") not in SUBTYPES
        or ("/BaseFont" not in font and font.get("/Subtype") != "/Type3")
        for font in pdf.fonts
    )


@says("6.2.11.2", "simple fonts list the widths of their characters")
def widths(pdf: Parsed) -> bool:
    simple = [font for font in pdf.fonts if font.get("/Subtype") in {"/Type1", "/MMType1", "/TrueType", "/Type3"}]
    return any(
        len(sequence(font, "/Widths")) != font.get("/LastChar", 0) - font.get("/FirstChar", 1) + 1 for font in simple
    )


@says("6.2.11.2", "a font program under FontFile2 is TrueType, with its tables")
def programs(pdf: Parsed) -> bool:
    found = [item(part(font, "/FontDescriptor"), "/FontFile2") for font in pdf.fonts]
    return any(isinstance(program, StreamObject) and not _is_truetype(program.get_data()) for program in found)


@says("6.2.11.3.2", "composite TrueType fonts say which glyph a character is (CIDToGIDMap)")
def glyph_maps(pdf: Parsed) -> bool:
    return any("/CIDToGIDMap" not in font for font in pdf.fonts if font.get("/Subtype") == "/CIDFontType2")


@says("6.2.11.3.3", "composite fonts have an embedded or an identity encoding")
def encodings(pdf: Parsed) -> bool:
    composite = [font for font in pdf.fonts if font.get("/Subtype") == "/Type0"]
    found = [item(font, "/Encoding") for font in composite]
    return any(str(one) not in ("/Identity-H", "/Identity-V") and not isinstance(one, StreamObject) for one in found)


@says("6.2.11.4.1", "fonts are embedded")
def embedded(pdf: Parsed) -> bool:
    own = [font for font in pdf.fonts if font.get("/Subtype") not in ("/Type0", "/Type3")]
    return any(not set(FILES) & set(part(font, "/FontDescriptor")) for font in own)


@says("6.2.11.7", "characters mean something: no Unicode value is 0, FEFF or FFFE (asked for by levels U and A)")
def meanings(pdf: Parsed) -> bool:
    composite = [font for font in pdf.fonts if font.get("/Subtype") == "/Type0"]
    found = [item(font, "/ToUnicode") for font in composite]
    return any(not isinstance(one, StreamObject) or _is_meaningless(one.get_data()) for one in found)


@says("6.2.11.8", "no text uses the glyph .notdef")
def no_missing_glyphs(pdf: Parsed) -> bool:
    """Looked at in composite TrueType fonts with the encoding Identity-H."""
    return any(
        any(glyphs[2 * code : 2 * code + 2] in (b"", b"\0\0") for code in codes)
        for content in pdf.contents
        for codes, glyphs in _shown(content)
    )


def _shown(content: Content) -> Iterator[tuple[list[int], bytes]]:
    """The codes of each string, with the map from codes to glyphs of the font it is shown in."""
    glyphs: bytes | None = None
    for operands, name in content.operations:
        if name == b"Tf":
            glyphs = _glyphs(part(part(content.resources, "/Font"), str(operands[0])))
        elif name in (b"Tj", b"TJ", b"'", b'"') and glyphs is not None:
            data = b"".join(_strings(operands))
            yield [int.from_bytes(data[place : place + 2]) for place in range(0, len(data), 2)], glyphs


def _glyphs(font: DictionaryObject) -> bytes | None:
    below = [one.get_object() for one in sequence(font, "/DescendantFonts")]
    found = item(below[0], "/CIDToGIDMap") if below and isinstance(below[0], DictionaryObject) else None
    return found.get_data() if isinstance(found, StreamObject) and font.get("/Encoding") == "/Identity-H" else None


def _strings(value: object) -> Iterator[bytes]:
    if isinstance(value, TextStringObject | ByteStringObject):
        yield value.original_bytes
    elif isinstance(value, list | ArrayObject):
        for one in value:
            yield from _strings(one)


def _is_truetype(program: bytes) -> bool:
    tables = {program[place : place + 4] for place in range(12, 12 + 16 * int.from_bytes(program[4:6]), 16)}
    return program[:4] in (b"\0\1\0\0", b"true") and tables >= {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"}


def _is_meaningless(cmap: bytes) -> bool:
    """Whether nothing is meant, a value is no character, or a range runs over the end of a block of 256."""
    ranges = re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>", _parts(cmap, b"bfrange"))
    single = re.findall(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]{4})>", _parts(cmap, b"bfchar"))
    spans = [(int(to, 16), int(to, 16) + int(last, 16) - int(first, 16)) for first, last, to in ranges]
    spans += [(int(one, 16), int(one, 16)) for one in single]
    bad = any(first <= one <= last for first, last in spans for one in (0, 0xFEFF, 0xFFFE))
    return not spans or bad or any(first >> 8 != last >> 8 for first, last in spans)


def _parts(cmap: bytes, kind: bytes) -> bytes:
    return b" ".join(re.findall(rb"begin%b(.*?)end%b" % (kind, kind), cmap, re.DOTALL))
