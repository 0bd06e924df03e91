"""The font of invisible words: every character has the same glyph, a slanting stroke without breadth.

Nothing of it shows even where a program ignores that the words are invisible, and yet it has the height and width that
programs need to mark what was found. Invisible text need not have its font embedded (ISO 19005-2, 6.2.11.4), but must
not use the glyph ``.notdef`` (6.2.11.8) and should say which characters it means (6.2.11.7). Codes are UTF-16.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import cache

from sozialakte.intake.pdfa.file import PdfFile

ADVANCE = 0.5
"""Width of every character, as a share of the font size."""

DESCENT = 0.2
"""How far characters reach below the base line, as a share of the font size; above it they reach the rest."""

_EM = 1000  # units of the font size
_NO_TEXT = {0x00: (0x01, 0xFF), 0xFE: (0x00, 0xFE), 0xFF: (0x00, 0xFD)}  # blocks with codes that are no characters
_STRING = re.compile(rb"<([0-9a-f]+)> Tj")
_NAME = b"/InvisibleWords"


def blocks_of(content: bytes) -> set[int]:
    """The blocks of 256 characters each from which a content stream shows some, by number."""
    strings = [bytes.fromhex(string.decode()) for string in _STRING.findall(content)]
    return {block for string in strings for block in string[::2]}


def add_font(file: PdfFile, blocks: Iterable[int], number: int) -> None:
    """Write the font for characters of these blocks, its dictionary under a reserved number."""
    program = _program()
    embedded = file.add_stream(b"/Length1 %d /Filter /FlateDecode" % len(program), zlib.compress(program, 9))
    glyphs = file.add_stream(b"/Filter /FlateDecode", zlib.compress(b"\0\1" * 0x10000, 9))
    meanings = file.add_stream(b"/Filter /FlateDecode", zlib.compress(_meanings(sorted(blocks)), 9))
    top, bottom = round(_EM * (1 - DESCENT)), -round(_EM * DESCENT)
    look = b"/Flags 4 /ItalicAngle 0 /StemV 80 /Ascent %d /CapHeight %d /Descent %d" % (top, top, bottom)
    box = b"/FontBBox [0 %d %d %d]" % (bottom, _EM * ADVANCE, top)
    describes = file.add(
        b"<< /Type /FontDescriptor /FontName %b %b %b /FontFile2 %d 0 R >>" % (_NAME, look, box, embedded)
    )
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    widths = b"/DW %d /CIDToGIDMap %d 0 R /FontDescriptor %d 0 R" % (_EM * ADVANCE, glyphs, describes)
    descendant = file.add(b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont %b %b %b >>" % (_NAME, system, widths))
    links = b"/Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R" % (descendant, meanings)
    file.add(b"<< /Type /Font /Subtype /Type0 /BaseFont %b %b >>" % (_NAME, links), number)


@cache
def _program() -> bytes:
    """A TrueType font of two glyphs, an empty ``.notdef`` and ours, with the tables that ISO 32000-1, 9.9 asks for."""
    advance, top, bottom = round(_EM * ADVANCE), round(_EM * (1 - DESCENT)), -round(_EM * DESCENT)
    box = (0, bottom, advance, top)
    stroke = struct.pack(">5hHH2B4h", 1, *box, 1, 0, 1, 1, 0, advance, bottom, top - bottom)
    tables = {
        b"glyf": stroke,
        b"head": struct.pack(">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *box, 0, 8, 2, 0, 0),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, top, bottom, 0, advance, *(0, 0, advance, 1, *[0] * 7), 2),
        b"hmtx": struct.pack(">HhHh", advance, 0, advance, 0),
        b"loca": struct.pack(">3H", 0, 0, len(stroke) // 2),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, *(2, 1, 0, 0, 2, *[0] * 8)),
    }
    return _assembled(tables)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """The tables in one file, with directory and check sums (OpenType, "Organization of an OpenType Font")."""
    place = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        directory += struct.pack(">4sIII", tag, _check_sum(padded), place + len(body), len(data))
        body += padded
    power = len(tables).bit_length() - 1
    search = 16 << power
    head = struct.pack(">IHHHH", 0x10000, len(tables), search, power, 16 * len(tables) - search)
    whole = head + directory + body
    adjust = place + body.index(tables[b"head"]) + 8
    return whole[:adjust] + struct.pack(">I", (0xB1B0AFBA - _check_sum(whole)) % 2**32) + whole[adjust + 4 :]


def _check_sum(data: bytes) -> int:
    return int(sum(struct.unpack(f">{len(data) // 4}I", data)) % 2**32)


def _meanings(blocks: Sequence[int]) -> bytes:
    """Every code means the character of that number.

    Only of the blocks that are there: programs take long to read 65'536 meanings. A range stays within its block, and a
    list of ranges ends at 100 (ISO 32000-1, 9.10.3; Adobe Technical Note 5014).
    """
    spans = [(block, *_NO_TEXT.get(block, (0, 0xFF))) for block in blocks]
    ranges = [b"<%02X%02X> <%02X%02X> <%02X%02X>" % (n, first, n, last, n, first) for n, first, last in spans]
    parts = [ranges[start : start + 100] for start in range(0, len(ranges), 100)]
    listed = b"".join(b"%d beginbfrange\n%b\nendbfrange\n" % (len(part), b"\n".join(part)) for part in parts)
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n%b"
        b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n" % listed
    )
