"""JPEG 2000 images that may stay as they are (ISO 19005-2, 6.2.8.3; the boxes: ISO/IEC 15444-1, annex I)."""

from __future__ import annotations

from collections.abc import Iterator

_SIGNATURE = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_ENUMERATED = {16: 3, 17: 1, 18: 3}  # sRGB, grey, sYCC


def jpx_channels(data: bytes) -> int | None:
    """How many colour channels the image has, None if it may not stay.

    Stricter than the standard: one enumerated colour space, no palette, no opacity, the same depth for all channels.
    """
    if not data.startswith(_SIGNATURE):
        return None
    boxes = dict(_boxes(data))
    header = list(_boxes(boxes.get(b"jp2h", b"")))
    colours = [content for kind, content in header if kind == b"colr"]
    plain = {kind for kind, _ in header} <= {b"ihdr", b"colr", b"res "} and b"jp2c" in boxes
    image = dict(header).get(b"ihdr", b"")
    if not plain or len(image) != 14 or len(colours) != 1 or colours[0][:1] != b"\1" or len(colours[0]) < 7:
        return None
    channels, depth = int.from_bytes(image[8:10]), (image[10] & 0x7F) + 1
    return channels if _ENUMERATED.get(int.from_bytes(colours[0][3:7])) == channels and depth <= 38 else None


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each box."""
    place = 0
    while place + 8 <= len(data):
        length, kind, head = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[place + 8 : place + 16]), 16
        end = place + length if length else len(data)
        if end < place + head:
            return
        yield kind, data[place + head : end]
        place = end
