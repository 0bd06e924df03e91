"""What a PDF/A-2b file says about itself: conformance, title, which pages are renditions, and its colours.

No dates: the same pages give the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape

from PIL import ImageCms

from sozialakte.intake.pdfa.file import PdfFile
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{description}<xmp:CreatorTool>Sozialakte</xmp:CreatorTool>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_DESCRIPTION = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>\n'


def add_metadata(file: PdfFile, title: str, renditions: Sequence[int]) -> int:
    """Write the XMP packet (ISO 19005-2, 6.6.2 to 6.6.4); the numbers of pages that are renditions, from 1."""
    said = say(Reason("pdfa.renditions", {"pages": _ranges(renditions)})) if renditions else ""
    description = _DESCRIPTION.format(escape(said)) if said else ""
    packet = _PACKET.format(title=escape(title), description=description)
    return file.add_stream(b"/Type /Metadata /Subtype /XML", packet.encode())


def add_output_intent(file: PdfFile) -> int:
    """Write the output intent with its sRGB profile (ISO 19005-2, 6.2.3)."""
    profile = file.add_stream(b"/N 3", srgb_profile())
    name = b"/OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org)"
    return file.add(b"<< /Type /OutputIntent /S /GTS_PDFA1 %b /DestOutputProfile %d 0 R >>" % (name, profile))


@cache
def srgb_profile() -> bytes:
    """Little CMS's sRGB profile without the time of its making, as version 4.2 of ICC, which has all that it uses."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:8] + b"\x04\x20\x00\x00" + made[12:24] + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + made[36:]


def page_labels(pages: int, renditions: Sequence[int]) -> bytes:
    """The catalogue's entry that labels renditions, for the page box of every viewer: ``1, Wiedergabe 2, 3``."""
    if not renditions:
        return b""
    flagged = set(renditions)
    prefix = b"/P <%b> " % f"\ufeff{say(Reason('pdfa.rendition'))} ".encode("utf-16-be").hex().encode()
    starts = [number for number in range(1, pages + 1) if number == 1 or (number in flagged) != (number - 1 in flagged)]
    labels = [b"%d << %b/S /D /St %d >>" % (one - 1, prefix if one in flagged else b"", one) for one in starts]
    return b" /PageLabels << /Nums [%b] >>" % b" ".join(labels)


def _ranges(numbers: Sequence[int]) -> str:
    """``1-3, 7``."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in _runs(numbers))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        listed = [number for _, number in run]
        yield listed[0], listed[-1]
