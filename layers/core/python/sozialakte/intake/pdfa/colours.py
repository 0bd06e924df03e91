"""Which images and colours go into a PDF/A-2 file with an RGB output intent as they are."""

from __future__ import annotations

from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NumberObject, PdfObject, StreamObject

from sozialakte.intake.pdfa.jpx import jpx_channels
from sozialakte.intake.pdfa.objects import entry, filters, integer, stored

_MORE_THAN_SEEN = ("/SMask", "/Mask", "/SMaskInData", "/OC", "/F")  # masks, layers, data in another file
_PICTURES = frozenset({"/DCTDecode", "/JPXDecode"})
_BITS = frozenset({1, 2, 4, 8, 16})
_CHANNELS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/CalGray": 1, "/CalRGB": 3}
_PROFILE_SPACES = {b"GRAY": 1, b"RGB ": 3}
_PROFILE_CLASSES = frozenset({b"scnr", b"mntr", b"prtr", b"spac"})
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended and progressive: what DCTDecode knows


def is_allowed_image(image: StreamObject) -> bool:
    """Whether the image, seen whole and opaque, may stay as it is."""
    if any(key in image for key in _MORE_THAN_SEEN) or not stored(image):
        return False
    if is_stencil(image):
        return not _PICTURES.intersection(filters(image))
    channels, bits, used = _channels(entry(image, "/ColorSpace")), integer(image, "/BitsPerComponent"), filters(image)
    match used[-1] if used else None:
        case "/JPXDecode":
            coded = jpx_channels(_coded(image))
            return coded is not None and ("/ColorSpace" not in image or channels == coded)
        case "/DCTDecode":
            return bits == 8 and (channels, *_size(image)) == jpeg_frame(_coded(image))
        case "/CCITTFaxDecode" | "/JBIG2Decode":
            return bits == 1 and channels == 1
    return bits in _BITS and channels is not None


def is_stencil(image: StreamObject) -> bool:
    """Whether the image has no colours of its own, and lets through the colour that is set."""
    return entry(image, "/ImageMask") == BooleanObject(value=True)


def jpeg_frame(data: bytes) -> tuple[int, int, int] | None:
    """Channels, width and height of a JPEG of 8 bits a channel (ITU-T T.81, B.2.2), None if it is none."""
    place = 2
    while data[:2] == b"\xff\xd8" and place + 10 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if marker in _FRAMES:
            frame = data[place + 4 : place + 10]
            height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
            return (frame[5], width, height) if frame[0] == 8 else None
        place += 1 if marker == 0xFF else 2 + length
    return None


def _coded(image: StreamObject) -> bytes:
    """The image as its last filter finds it. Raises pypdf's errors where that would be too much."""
    return stored(image) if len(filters(image)) == 1 else image.get_data()


def _size(image: StreamObject) -> tuple[int | None, int | None]:
    return integer(image, "/Width"), integer(image, "/Height")


def _channels(space: PdfObject | None) -> int | None:
    """How many numbers make a colour of the space, None if the space may not stay."""
    if not isinstance(space, ArrayObject):
        return _CHANNELS.get(str(space)) if str(space).startswith("/Device") else None
    match [part.get_object() for part in space]:
        case ["/ICCBased", StreamObject() as profile]:
            return _profile_channels(profile)
        case ["/Indexed", base, NumberObject(), _]:
            return 1 if _channels(base) else None
        case [("/CalGray" | "/CalRGB") as name, DictionaryObject()]:
            return _CHANNELS[name]
    return None


def _profile_channels(profile: StreamObject) -> int | None:
    """The channels of a valid ICC profile below version 5 (ISO 19005-2, 6.2.4.2)."""
    data = profile.get_data()
    known = data[12:16] in _PROFILE_CLASSES and data[36:40] == b"acsp" and data[8:9] < b"\5"
    channels = _PROFILE_SPACES.get(data[16:20]) if known else None
    return channels if channels == integer(profile, "/N") else None
