"""PDFs with one page of one image, in the many ways there are to store it, and what `PdfAWriter` makes of them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageCms, ImageDraw, ImageFont, TiffImagePlugin

from sozialakte.intake.pages.images import open_document, open_page
from sozialakte.intake.pdf.check import open_source
from sozialakte.intake.pdfa.words import Word
from sozialakte.intake.pdfa.writer import PdfAWriter
from tests.pdf_bytes import PdfBytes

SIZE = (200, 300)
POINTS = (100.0, 150.0)
DRAWN = b"q 100 0 0 150 0 0 cm /I Do Q"
GREY, RGB = "/ColorSpace /DeviceGray /BitsPerComponent 8", "/ColorSpace /DeviceRGB /BitsPerComponent 8"


@cache
def picture(mode: str = "RGB") -> Image.Image:
    """Something that looks different from each side, in colour where the mode has colour."""
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    draw.text((10, 10), "Brief", fill="black", font=ImageFont.load_default(50))
    draw.rectangle((20, 200, 90, 280), fill="#c02020")
    draw.line((120, 290, 190, 120), fill="#2040c0", width=8)
    return image.convert(mode, dither=Image.Dither.NONE)


def jpeg(mode: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture(mode).save(target, "JPEG", quality=90, **options)
    return target.getvalue()


def jpeg2000(mode: str, suffix: str = ".jp2") -> bytes:
    target = io.BytesIO()
    target.name = f"picture{suffix}"
    picture(mode).save(target)
    return target.getvalue()


@cache
def fax() -> bytes:
    """The picture in Group 4, white where a bit is 0."""
    target = io.BytesIO()
    picture("1").save(target, "TIFF", compression="group4", tiffinfo={278: SIZE[1]})
    tiff = Image.open(io.BytesIO(target.getvalue()))
    assert isinstance(tiff, TiffImagePlugin.TiffImageFile)
    (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return target.getvalue()[start : start + length]


def jbig2() -> bytes:
    """The picture as a page of one generic region coded like Group 4 (ITU-T T.88, 7.4.6)."""
    width, height = SIZE
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + fax()
    return b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
        for number, (kind, data) in enumerate([(48, page), (38, region)])
    )


def packed(mode: str) -> bytes:
    return zlib.compress(picture(mode).tobytes())


def predicted() -> bytes:
    """RGB rows as PNG stores them, each with the filter "up"."""
    rows = [picture("RGB").tobytes()[start : start + 600] for start in range(0, 600 * 300, 600)]
    ups = [
        bytes((one - two) % 256 for one, two in zip(row, above, strict=True))
        for above, row in zip([bytes(600), *rows], rows, strict=False)
    ]
    return zlib.compress(b"".join(b"\2" + up for up in ups))


def palette(pdf: PdfBytes) -> str:
    """Four colours, in a stream of their own."""
    number = pdf.add_stream(bytes([255, 255, 255, 0, 0, 0, 192, 32, 32, 32, 64, 192]))
    return f"/ColorSpace [/Indexed /DeviceRGB 3 {number} 0 R] /BitsPerComponent 8"


def paletted() -> bytes:
    table = Image.new("P", (1, 1))
    table.putpalette([255, 255, 255, 0, 0, 0, 192, 32, 32, 32, 64, 192])
    return zlib.compress(picture("RGB").quantize(palette=table, dither=Image.Dither.NONE).tobytes())


def profiled(pdf: PdfBytes, channels: int = 3) -> str:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    number = pdf.add_stream(zlib.compress(profile), f"/N {channels} /Alternate /DeviceRGB /Filter /FlateDecode")
    return f"/ColorSpace [/ICCBased {number} 0 R] /BitsPerComponent 8"


def cyclic(pdf: PdfBytes) -> str:
    number = pdf.add("null")
    pdf.objects[number] = b"[/Indexed %d 0 R 3 <000000>]" % number
    return f"/ColorSpace {number} 0 R /BitsPerComponent 8"


def endless(pdf: PdfBytes) -> str:
    """A value that a hundred thousand million others lie in."""
    number = pdf.add("0")
    for _ in range(6):
        number = pdf.add(f"[{' '.join([f'{number} 0 R'] * 70)}]")
    return f"{GREY} /Decode {number} 0 R"


def masked(pdf: PdfBytes) -> str:
    mask = pdf.add_stream(bytes([128] * 4), f"/Subtype /Image /Width 2 /Height 2 {GREY}")
    return f"{GREY} /SMask {mask} 0 R"


Look = Callable[[PdfBytes], str]


def _is(entries: str) -> Look:
    return lambda _pdf: entries


FAX = "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 200 /Rows 300 >>"
TINT = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1 >>"
SPOT = f"/ColorSpace [/Separation /Gold /DeviceRGB {TINT}] /BitsPerComponent 8"
BITS = "/ColorSpace /DeviceGray /BitsPerComponent 1"
STAYS: Mapping[str, tuple[Look, Callable[[], bytes]]] = MappingProxyType(
    {
        "grey JPEG": (_is(f"{GREY} /Filter /DCTDecode"), lambda: jpeg("L")),
        "colour JPEG": (_is(f"{RGB} /Filter /DCTDecode"), lambda: jpeg("RGB")),
        "progressive JPEG": (_is(f"{RGB} /Filter [/DCTDecode]"), lambda: jpeg("RGB", progressive=True)),
        "JPEG packed again": (
            _is(f"{GREY} /Filter [/FlateDecode /DCTDecode] /DecodeParms [null null]"),
            lambda: zlib.compress(jpeg("L")),
        ),
        "JPEG with a profile": (lambda pdf: f"{profiled(pdf)} /Filter /DCTDecode", lambda: jpeg("RGB")),
        "Group 4": (_is(f"{BITS} {FAX}"), fax),
        "Group 4, inverted": (_is(f"{BITS} /Decode [1 0] {FAX}"), fax),
        "Group 4 stencil": (_is(f"/ImageMask true /BitsPerComponent 1 {FAX}"), fax),
        "JBIG2": (_is(f"{BITS} /Filter /JBIG2Decode"), jbig2),
        "bits": (_is(f"{BITS} /Filter /FlateDecode"), lambda: packed("1")),
        "grey": (_is(f"{GREY} /Filter /FlateDecode"), lambda: packed("L")),
        "grey, not packed": (_is(GREY), lambda: picture("L").tobytes()),
        "grey, calibrated": (
            _is("/ColorSpace [/CalGray << /WhitePoint [0.95 1 1.09] /Gamma 2.2 >>] /BitsPerComponent 8"),
            lambda: picture("L").tobytes(),
        ),
        "colour, predicted": (
            _is(f"{RGB} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns 200 >>"),
            predicted,
        ),
        "colour, interpolated": (
            _is(f"{RGB} /Filter /FlateDecode /Interpolate true /Intent /Other /Metadata 1 0 R"),
            lambda: packed("RGB"),
        ),
        "palette": (lambda pdf: f"{palette(pdf)} /Filter /FlateDecode", paletted),
        "JPEG 2000": (_is("/Filter /JPXDecode"), lambda: jpeg2000("RGB")),
        "grey JPEG 2000": (_is(f"{GREY} /Filter /JPXDecode"), lambda: jpeg2000("L")),
    }
)
"""Images that are taken over: entries of their dictionaries, and their bytes."""

CHANGES: Mapping[str, tuple[Look, Callable[[], bytes]]] = MappingProxyType(
    {
        "CMYK JPEG": (
            _is("/ColorSpace /DeviceCMYK /BitsPerComponent 8 /Filter /DCTDecode /Decode [1 0 1 0 1 0 1 0]"),
            lambda: jpeg("CMYK"),
        ),
        "LZW": (_is(f"{GREY} /Filter /LZWDecode"), lambda: b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"),
        "see-through": (lambda pdf: f"{masked(pdf)} /Filter /DCTDecode", lambda: jpeg("L")),
        "masked by colour": (_is(f"{GREY} /Filter /FlateDecode /Mask [0 9]"), lambda: packed("L")),
        "spot colour": (_is(f"{SPOT} /Filter /FlateDecode"), lambda: packed("L")),
        "Lab": (
            _is("/ColorSpace [/Lab << /WhitePoint [0.95 1 1.09] >>] /BitsPerComponent 8"),
            lambda: picture("RGB").tobytes(),
        ),
        "wrong profile": (lambda pdf: f"{profiled(pdf, 1)} /Filter /DCTDecode", lambda: jpeg("RGB")),
        "missing profile": (
            _is("/ColorSpace [/ICCBased 99 0 R] /BitsPerComponent 8 /Filter /DCTDecode"),
            lambda: jpeg("RGB"),
        ),
        "colours of themselves": (lambda pdf: f"{cyclic(pdf)} /Filter /FlateDecode", lambda: packed("L")),
        "values without end": (lambda pdf: f"{endless(pdf)} /Filter /FlateDecode", lambda: packed("L")),
        "JPEG 2000 with opacity": (_is("/Filter /JPXDecode"), lambda: jpeg2000("RGBA")),
        "JPEG 2000 without a header": (_is(f"{RGB} /Filter /JPXDecode"), lambda: jpeg2000("RGB", ".j2k")),
        "JPEG of another size": (
            _is(f"{GREY} /Filter /DCTDecode /Height 100"),
            lambda: jpeg("L"),
        ),
        "layer": (_is(f"{GREY} /Filter /DCTDecode /OC << /Type /OCG /Name (a) >>"), lambda: jpeg("L")),
        "far number": (_is(f"{GREY} /Filter /DCTDecode /Decode [0 99999999999]"), lambda: jpeg("L")),
    }
)
"""Images that are not taken over, but rendered."""


def page_of(
    kind: str, content: bytes = DRAWN, resources: str = "", extra: str = "", points: tuple[float, float] = POINTS
) -> bytes:
    """A PDF whose page draws the image ``/I``."""
    look, data = {**STAYS, **CHANGES}[kind]
    pdf = PdfBytes()
    entries = look(pdf)
    height = "" if "/Height" in entries else f"/Height {SIZE[1]}"
    number = pdf.add_stream(data(), f"/Type /XObject /Subtype /Image /Width {SIZE[0]} {height} {entries}")
    pdf.add_page(content, points, f"/XObject << /I {number} 0 R >> {resources}", extra)
    return pdf.finish()


def written(folder: Path, source: bytes, words: Sequence[Word] = (), turn: int = 0, title: str = "L-1") -> Path:
    """What `PdfAWriter` makes of all pages of a source, with the same words on each."""
    original, target = folder / "original.pdf", folder / "letter.pdf"
    original.write_bytes(source)
    with open_document(original) as document, open_source(original) as opened, PdfAWriter(target, title) as writer:
        for number in range(1, len(document) + 1):
            with open_page(document, number) as page:
                writer.add_page(opened, number, page, words, turn)
    return target
