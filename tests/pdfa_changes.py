"""Changes to a file of `PdfAWriter` that break one rule of PDF/A-2b each, by the name of the rule's check."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.pdfa_draft import Draft

Change = Callable[[Draft], None]


def put(mark: bytes, entries: bytes) -> Change:
    return lambda draft: draft.put(mark, entries)


def change(mark: bytes, old: bytes, new: bytes) -> Change:
    return lambda draft: draft.change(mark, old, new)


def draw(content: bytes, resources: bytes = b"") -> Change:
    return lambda draft: draft.draw(content, resources)


def header(data: bytes) -> Change:
    return lambda draft: setattr(draft, "header", data)


def trailer(entries: bytes) -> Change:
    return lambda draft: setattr(draft, "trailer", entries)


def xmp(old: bytes, new: bytes) -> Change:
    def changed(draft: Draft) -> None:
        number = draft.find(b"/Type /Metadata")
        packet = draft.data(number)
        assert old in packet
        draft.set_data(number, packet.replace(old, new))

    return changed


def profile(place: int, data: bytes) -> Change:
    def changed(draft: Draft) -> None:
        number = draft.find(b"acsp")
        old = draft.data(number)
        draft.set_data(number, old[:place] + data + old[place + len(data) :])

    return changed


def form(entries: bytes) -> Change:
    def changed(draft: Draft) -> None:
        number = draft.add_stream(b"n", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << >> " + entries)
        draft.draw(b"/X Do")
        draft.offer(b"/XObject", b"/X %d 0 R " % number)

    return changed


def annotation(entries: bytes) -> Change:
    def changed(draft: Draft) -> None:
        look = draft.add_stream(b"n", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << >>")
        number = draft.add(b"<< /Type /Annot /Rect [0 0 9 9] " + entries.replace(b"LOOK", b"%d 0 R" % look) + b" >>")
        draft.put(b"/Type /Page ", b"/Annots [%d 0 R]" % number)

    return changed


def state(entries: bytes) -> Change:
    return draw(b"/G gs", b"/ExtGState << /G << /Type /ExtGState " + entries + b" >> >> ")


def jpx_header(place: int, data: bytes) -> Change:
    return jpx_box(b"ihdr", place, data)


def jpx_colours(place: int, data: bytes) -> Change:
    return jpx_box(b"colr", place, data)


def jpx_box(kind: bytes, place: int, data: bytes) -> Change:
    """Overwrite what lies at a place of a box of the JPEG 2000 image."""

    def changed(draft: Draft) -> None:
        number = draft.find(b"/JPXDecode")
        image = draft.data(number)
        start = image.index(kind) + 4 + place
        draft.set_data(number, image[:start] + data + image[start + len(data) :])

    return changed


def two_colours(draft: Draft) -> None:
    """Two colour specifications of the JPEG 2000 image, neither of which is the best."""
    number = draft.find(b"/JPXDecode")
    image = draft.data(number)
    start, header = image.index(b"colr") - 4, image.index(b"jp2h") - 4
    box = image[start : start + int.from_bytes(image[start : start + 4])]
    length = int.from_bytes(image[header : header + 4]) + len(box)
    longer = image[:header] + length.to_bytes(4) + image[header + 4 : start] + box + image[start:]
    draft.set_data(number, longer)


def postscript(draft: Draft) -> None:
    draft.add_stream(b"", b"/Type /XObject /Subtype /PS")


def unset_intent(draft: Draft) -> None:
    draft.objects[draft.find(b"/Type /Catalog")] = re.sub(
        rb"/OutputIntents \[[^\]]*\]", b"", draft.objects[draft.find(b"/Type /Catalog")]
    )


def no_intent_but(mode: str, content: bytes) -> Change:
    """Without an output intent, with images of one colour space only."""

    def changed(draft: Draft) -> None:
        unset_intent(draft)
        for number, body in draft.objects.items():
            draft.objects[number] = body.replace(b"/DeviceGray", mode.encode())
        draft.draw(content)

    return changed


def font_encoding(draft: Draft) -> None:
    draft.change(b"/Subtype /Type0", b"/Identity-H", b"/Unheard-H")


def glyphs(draft: Draft) -> None:
    number = int(re.findall(rb"/CIDToGIDMap (\d+) 0 R", draft.objects[draft.find(b"/CIDToGIDMap")])[0])
    draft.set_data(number, bytes(0x20000), filtered=False)


def meanings(draft: Draft) -> None:
    number = int(re.findall(rb"/ToUnicode (\d+) 0 R", draft.objects[draft.find(b"/ToUnicode")])[0])
    cmap = b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n<0000> <00FF> <0000>\nendbfrange"
    draft.set_data(number, cmap, filtered=False)


def program(draft: Draft) -> None:
    number = int(re.findall(rb"/FontFile2 (\d+) 0 R", draft.objects[draft.find(b"/FontFile2")])[0])
    draft.set_data(number, b"no font at all", filtered=False)


def simple_font(draft: Draft) -> None:
    described = draft.find(b"/Type /FontDescriptor")
    draft.draw(b"BT 3 Tr /S 9 Tf (a) Tj ET")
    look = b"/Subtype /TrueType /BaseFont /InvisibleWords /Encoding /WinAnsiEncoding /FirstChar 97 /LastChar 99"
    font = draft.add(b"<< /Type /Font %b /Widths [500] /FontDescriptor %d 0 R >>" % (look, described))
    draft.offer(b"/Font", b"/S %d 0 R " % font)
    draft.change(b"/Type /FontDescriptor", b"/Flags 4", b"/Flags 32")


def two_intents(draft: Draft) -> None:
    other = draft.add_stream(draft.data(draft.find(b"acsp")), b"/N 3")
    entries = b"/Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (x) /DestOutputProfile %d 0 R" % other
    draft.change(b"/Type /Catalog", b"/OutputIntents [", b"/OutputIntents [<< %b >> " % entries)


def space_profile(draft: Draft) -> None:
    number = draft.add_stream(draft.data(draft.find(b"acsp")), b"/N 1")
    draft.change(b"/DCTDecode", b"/DeviceGray", b"[/ICCBased %d 0 R]" % number)


def inherited(draft: Draft) -> None:
    page = draft.find(b"/Type /Page ")
    resources = re.search(rb"/Resources << /XObject << .*? >> /Font << .*? >> >>", draft.objects[page])
    assert resources
    draft.objects[page] = draft.objects[page].replace(resources[0], b"")
    draft.put(b"/Type /Pages", resources[0])


def wrong_length(draft: Draft) -> None:
    number = draft.find(b"acsp")
    draft.objects[number] = draft.objects[number].replace(b"/Length 588", b"/Length 580")


def transparent(draft: Draft) -> None:
    no_intent_but("[/CalGray << /WhitePoint [1 1 1] >>]", b"/G gs")(draft)
    draft.offer(b"/Resources", b"/ExtGState << /G << /ca 0.5 >> >> ")


def lzw(draft: Draft) -> None:
    draft.add_stream(b"\x80\x0b\x60\x50", b"/Filter /LZWDecode")


def spacing(draft: Draft) -> None:
    draft.change(b"/Type /Pages", b"/Type /Pages", b"/Type /Pages /Title (a endobj)")


def attached(draft: Draft) -> None:
    stream = draft.add_stream(b"x", b"/Type /EmbeddedFile /Subtype /text#2Fplain")
    draft.add(b"<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F %d 0 R >> >>" % stream)


CHANGES: dict[str, Change] = {
    # 6.1 file
    "header": header(b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n"),
    "binary_comment": header(b"%PDF-1.7\n%abcd\n"),
    "identifier": trailer(b""),
    "no_encryption": trailer(b"/ID [<01> <01>] /Encrypt << /Filter /Standard /V 1 /R 2 /O (o) /U (u) /P -1 >>"),
    "nothing_after": lambda draft: setattr(draft, "after", b"\n%more\n"),
    "xref_keyword": lambda draft: setattr(draft, "xref", b"xref \n"),
    "hexadecimal_strings": trailer(b"/ID [<012> <012>]"),
    "stream_lengths": wrong_length,
    "stream_keywords": change(b"acsp", b"stream\n", b"stream\r"),
    "no_outer_streams": put(b"/DCTDecode", b"/FFilter /FlateDecode"),
    "filters": lzw,
    "font_names": change(b"/Type0", b"/InvisibleWords", b"/W#F6rter"),
    "object_keywords": lambda draft: setattr(draft, "keyword", b"obj "),
    "inline_filters": draw(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x0b\x60\x50 EI"),
    "permissions": put(b"/Type /Catalog", b"/Perms << /UR << >> >>"),
    "integers": put(b"/Type /Catalog", b"/Far 2147483648"),
    "reals": put(b"/Type /Catalog", b"/Far 1" + b"0" * 39 + b".5"),
    "strings": put(b"/Type /Catalog", b"/Long (" + b"x" * 32768 + b")"),
    "names": put(b"/Type /Catalog", b"/Long /" + b"x" * 128),
    "objects": lambda draft: setattr(draft, "size", 8_388_609),
    "nesting": draw(b"q " * 29 + b"Q " * 29),
    "boxes": change(b"/Type /Page ", b"/MediaBox [0 0 595.28", b"/MediaBox [0 0 2.5"),
    # 6.2 graphics
    "operators": draw(b"BX nonsense EX"),
    "own_resources": inherited,
    "intent_profile": profile(12, b"abst"),
    "one_profile": two_intents,
    "no_outer_profile": change(b"/Type /OutputIntent", b"/Info", b"/DestOutputProfileRef << >> /Info"),
    "space_profiles": space_profile,
    "device_rgb": no_intent_but("[/CalGray << /WhitePoint [0.95 1 1.09] >>]", b"1 0 0 rg"),
    "device_cmyk": draw(b"0 0 0 1 k 0 0 9 9 re f"),
    "device_grey": no_intent_but("[/CalGray << /WhitePoint [0.95 1 1.09] >>]", b"0.5 g"),
    "transfer_functions": state(b"/TR /Identity"),
    "rendering_intents": draw(b"/Beautiful ri"),
    "plain_forms": form(b"/OPI << >>"),
    "no_reference_forms": form(b"/Ref << /F (a.pdf) /Page 0 >>"),
    "no_postscript": postscript,
    "blend_modes": state(b"/BM /Nicely"),
    "blending_space": transparent,
    "no_alternates": put(b"/DCTDecode", b"/Alternates []"),
    "no_opi": put(b"/DCTDecode", b"/OPI << >>"),
    "no_interpolation": put(b"/DCTDecode", b"/Interpolate true"),
    "jpx_channels": jpx_header(8, b"\0\2"),
    "jpx_specifications": two_colours,
    "jpx_method": jpx_colours(0, b"\5"),
    "jpx_space": jpx_colours(3, b"\0\0\0\x13"),
    "jpx_depth": jpx_header(10, b"\x7e"),
    "dictionaries": change(b"/Type0", b"/Type /Font ", b""),
    "widths": simple_font,
    "programs": program,
    "glyph_maps": change(b"/CIDFontType2", b"/CIDToGIDMap", b"/Elsewhere"),
    "encodings": font_encoding,
    "embedded": change(b"/FontDescriptor", b"/FontFile2", b"/FontFile9"),
    "meanings": meanings,
    "no_missing_glyphs": glyphs,
    # 6.3 to 6.11 document
    "annotation_kinds": annotation(b"/Subtype /Movie /F 4 /AP << /N LOOK >>"),
    "annotation_flags": annotation(b"/Subtype /Stamp /F 6 /AP << /N LOOK >>"),
    "annotation_looks": annotation(b"/Subtype /Stamp /F 4"),
    "field_actions": annotation(b"/Subtype /Widget /FT /Tx /T (a) /F 4 /AA << >> /AP << /N LOOK >>"),
    "form_looks": put(b"/Type /Catalog", b"/AcroForm << /Fields [] /NeedAppearances true >>"),
    "no_xfa": put(b"/Type /Catalog", b"/AcroForm << /Fields [] /XFA [] >>"),
    "action_kinds": put(b"/Type /Catalog", b"/OpenAction << /Type /Action /S /JavaScript /JS (0) >>"),
    "named_actions": put(b"/Type /Catalog", b"/OpenAction << /Type /Action /S /Named /N /Print >>"),
    "no_own_actions": put(b"/Type /Catalog", b"/AA << >>"),
    "metadata": change(b"/Type /Metadata", b"/Subtype /XML", b"/Subtype /TXT"),
    "well_formed": xmp(b"</x:xmpmeta>", b""),
    "packet_head": xmp(b"<?xpacket begin=", b"<?xpacket bytes='1234' begin="),
    "properties": xmp(b"<dc:format>application/pdf</dc:format>", b"<dc:mood>good</dc:mood>"),
    "conformance": xmp(b"<pdfaid:part>2<", b"<pdfaid:part>1<"),
    "conformance_prefix": xmp(b"pdfaid", b"level"),
    "no_embedded_files": attached,
    "no_layers": put(b"/Type /Catalog", b"/OCProperties << /OCGs [] /D << /Name (a) >> >>"),
    "no_presentations": put(b"/Type /Page ", b"/PresSteps << >>"),
    "no_requirements": put(b"/Type /Catalog", b"/Requirements []"),
}
