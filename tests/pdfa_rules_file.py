"""ISO 19005-2, 6.1: how a file is written."""

from __future__ import annotations

import re
from functools import partial

from pypdf.generic import ByteStringObject, FloatObject, NameObject, NumberObject, StreamObject, TextStringObject

from tests.pdfa_parsed import Parsed, item, part, sequence
from tests.pdfa_rule import Rule, rule

RULES: list[Rule] = []
says = partial(rule, RULES)

FILTERS = {
    *("/ASCIIHexDecode", "/ASCII85Decode", "/FlateDecode", "/RunLengthDecode"),
    *("/CCITTFaxDecode", "/JBIG2Decode", "/DCTDecode", "/JPXDecode"),
}
INLINE_FILTERS = {*(FILTERS - {"/JBIG2Decode", "/JPXDecode"}), "/AHx", "/A85", "/Fl", "/RL", "/CCF", "/DCT"}
_STREAM = re.compile(rb"\d+\s+\d+\s+obj(?P<entries>.*?)>>\s*stream(?P<end>\r\n|\n|\r)?", re.DOTALL)
BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


@says("6.1.2", "the file begins with %PDF-1.n and an end of line, n from 0 to 7")
def header(pdf: Parsed) -> bool:
    return re.match(rb"%PDF-1\.[0-7](\r\n|\r|\n)", pdf.data) is None


@says("6.1.2", "a comment of four bytes above 127 follows the header")
def binary_comment(pdf: Parsed) -> bool:
    return re.match(rb"[^\r\n]*(\r\n|\r|\n)%[\x80-\xff]{4}", pdf.data) is None


@says("6.1.3", "the trailer identifies the file (ID)")
def identifier(pdf: Parsed) -> bool:
    found = [value for value in sequence(pdf.trailer, "/ID") if isinstance(value, TextStringObject | ByteStringObject)]
    return len(found) != 2 or not all(value.original_bytes for value in found)


@says("6.1.3", "the trailer has no Encrypt")
def no_encryption(pdf: Parsed) -> bool:
    return b"/Encrypt " in pdf.data[pdf.data.rfind(b"trailer") :]


@says("6.1.3", "nothing but one end of line follows the last end-of-file marker")
def nothing_after(pdf: Parsed) -> bool:
    return re.search(rb"%%EOF(\r\n|\r|\n)?\Z", pdf.data) is None


@says("6.1.4", "one end of line lies between xref and the first subsection")
def xref_keyword(pdf: Parsed) -> bool:
    return any(
        re.match(rb"(\r\n|\r|\n)\d", found[1]) is None for found in re.finditer(rb"\nxref(.{3})", pdf.data, re.DOTALL)
    )


@says("6.1.6", "hexadecimal strings have an even number of hexadecimal digits")
def hexadecimal_strings(pdf: Parsed) -> bool:
    strings = [found for head in pdf.outside_streams() for found in re.findall(rb"(?<!<)<([^<>]*)>(?!>)", head)]
    return any(re.fullmatch(rb"([0-9A-Fa-f]{2})*", re.sub(rb"\s", b"", string)) is None for string in strings)


@says("6.1.7.1", "Length is the number of bytes of a stream")
def stream_lengths(pdf: Parsed) -> bool:
    return any(re.match(rb"(\r\n|\r|\n)?endstream", after) is None for after in _after_streams(pdf))


@says("6.1.7.1", "an end of line follows stream and precedes endstream")
def stream_keywords(pdf: Parsed) -> bool:
    begun = all(head["end"] in (b"\r\n", b"\n") for head in _stream_heads(pdf))
    return not begun or any(after.startswith(b"endstream") for after in _after_streams(pdf))


@says("6.1.7.1", "no stream lies in another file (F, FFilter, FDecodeParms)")
def no_outer_streams(pdf: Parsed) -> bool:
    return any(key in stream for stream in pdf.streams.values() for key in ("/F", "/FFilter", "/FDecodeParms"))


@says("6.1.7.2", "filters are those of ISO 32000-1, Table 6, without LZWDecode and Crypt")
def filters(pdf: Parsed) -> bool:
    return any(name not in FILTERS for stream in pdf.streams.values() for name in _filters(stream))


@says("6.1.8", "names of fonts are UTF-8")
def font_names(pdf: Parsed) -> bool:
    heads = b" ".join(pdf.outside_streams())
    names = re.findall(rb"/(?:BaseFont|FontName)\s*/([^\s/<>\[\]()]+)", heads)
    return any(not _is_utf8(_unescaped(name)) for name in names)


@says("6.1.9", "single spaces within the head of an object, ends of line around its keywords")
def object_keywords(pdf: Parsed) -> bool:
    heads = [re.compile(rb"\s*").match(pdf.data, offset) for offset in pdf.offsets.values()]
    found = [pdf.data[head.end() - 1 : head.end() + 32] for head in heads if head is not None]
    begun = all(re.match(rb"[\r\n]\d+\s\d+\sobj[\r\n]", head) for head in found)
    return not begun or re.search(rb"[^\r\n]endobj|endobj[^\r\n]", pdf.data) is not None


@says("6.1.10", "inline images use the filters of ISO 32000-1, Table 6, without LZW and Crypt")
def inline_filters(pdf: Parsed) -> bool:
    drawn = [operands for content in pdf.contents for operands, name in content.operations if name == b"INLINE IMAGE"]
    used = [image["settings"].get("/F", image["settings"].get("/Filter")) for image in drawn]  # type: ignore[call-overload]
    return any(str(name) not in INLINE_FILTERS for one in used if one is not None for name in _listed(one))


@says("6.1.12", "permissions are of no other kind than UR3 and DocMDP")
def permissions(pdf: Parsed) -> bool:
    return not set(part(pdf.catalogue, "/Perms")) <= {"/UR3", "/DocMDP"}


@says("6.1.13", "integers lie between -2147483648 and 2147483647")
def integers(pdf: Parsed) -> bool:
    return any(not -(2**31) <= value < 2**31 for value in pdf.values if isinstance(value, NumberObject))


@says("6.1.13", "reals lie within 3.403e38 of zero")
def reals(pdf: Parsed) -> bool:
    return any(abs(value) > 3.403e38 for value in pdf.values if isinstance(value, FloatObject))


@says("6.1.13", "strings have at most 32767 bytes")
def strings(pdf: Parsed) -> bool:
    drawn = [value for content in pdf.contents for operands, _ in content.operations for value in _listed(operands)]
    texts = [value for value in [*pdf.values, *drawn] if isinstance(value, TextStringObject | ByteStringObject)]
    return any(len(text.original_bytes) > 32767 for text in texts)


@says("6.1.13", "names have at most 127 bytes")
def names(pdf: Parsed) -> bool:
    return any(len(value.encode()) - 1 > 127 for value in pdf.values if isinstance(value, NameObject))


@says("6.1.13", "there are at most 8388607 objects")
def objects(pdf: Parsed) -> bool:
    size = item(pdf.trailer, "/Size")
    return isinstance(size, NumberObject) and size > 8_388_608


@says("6.1.13", "graphics states are nested at most 28 deep")
def nesting(pdf: Parsed) -> bool:
    for content in pdf.contents:
        depth = 0
        for _, name in content.operations:
            depth += (name == b"q") - (name == b"Q")
            if depth > 28:
                return True
    return False


@says("6.1.13", "pages and their parts measure 3 to 14400 units either way")
def boxes(pdf: Parsed) -> bool:
    found = [[float(edge) for edge in page[key]] for page in pdf.pages for key in BOXES if key in page]  # type: ignore[attr-defined]
    sides = [abs(side) for x1, y1, x2, y2 in found for side in (x2 - x1, y2 - y1)]
    return any(not 3 <= side <= 14400 for side in sides)


def _stream_heads(pdf: Parsed) -> list[re.Match[bytes]]:
    """Each stream's object up to the first byte of the stream."""
    heads = [_STREAM.match(pdf.data, pdf.offsets[number]) for number in pdf.streams if number in pdf.offsets]
    return [head for head in heads if head is not None]


def _after_streams(pdf: Parsed) -> list[bytes]:
    """What follows the bytes of each stream, going by its Length."""
    ends = [head.end() + _length(pdf, head["entries"]) for head in _stream_heads(pdf)]
    return [pdf.data[end : end + 16] for end in ends]


def _length(pdf: Parsed, entries: bytes) -> int:
    found = re.search(rb"/Length\s+(\d+)(\s+\d+\s+R)?", entries)
    if found is None:
        return 0
    length = pdf.objects.get(int(found[1])) if found[2] else None
    return int(length) if isinstance(length, NumberObject) else int(found[1])


def _filters(stream: StreamObject) -> list[str]:
    found = item(stream, "/Filter")
    return [str(name) for name in _listed(found)] if found is not None else []


def _listed(value: object) -> list[object]:
    return [one for inner in value for one in _listed(inner)] if isinstance(value, list) else [value]


def _unescaped(name: bytes) -> bytes:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), name)


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True
