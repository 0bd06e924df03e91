"""ISO 19005-2, 6.2.8: images."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pypdf.generic import BooleanObject

from tests.pdfa_parsed import Parsed
from tests.pdfa_rule import Rule, rule

RULES: list[Rule] = []
says = partial(rule, RULES)


@says("6.2.8", "images have no alternates")
def no_alternates(pdf: Parsed) -> bool:
    return any("/Alternates" in image for image in pdf.images)


@says("6.2.8", "images have no OPI")
def no_opi(pdf: Parsed) -> bool:
    return any("/OPI" in image for image in pdf.images)


@says("6.2.8", "images are not interpolated")
def no_interpolation(pdf: Parsed) -> bool:
    return any(image.get("/Interpolate") == BooleanObject(value=True) for image in pdf.images)


@says("6.2.8.3", "JPEG 2000 has 1, 3 or 4 channels")
def jpx_channels(pdf: Parsed) -> bool:
    return any(channels(head) not in (1, 3, 4) for head, _ in _jpx(pdf))


@says("6.2.8.3", "JPEG 2000 has one best colour specification")
def jpx_specifications(pdf: Parsed) -> bool:
    counts = [(len(found), sum(1 for one in found if one[2] == 1)) for _, found in _jpx(pdf)]
    return any(count != 1 and best != 1 for count, best in counts)


@says("6.2.8.3", "JPEG 2000 names its colours by method 1, 2 or 3")
def jpx_method(pdf: Parsed) -> bool:
    return any(one[0] not in (1, 2, 3) for _, found in _jpx(pdf) for one in found)


@says("6.2.8.3", "JPEG 2000 does not use colour space 19 (CIEJab)")
def jpx_space(pdf: Parsed) -> bool:
    return any(one[0] == 1 and int.from_bytes(one[3:7]) == 19 for _, found in _jpx(pdf) for one in found)


@says("6.2.8.3", "JPEG 2000 has one depth of 1 to 38 bits for all channels")
def jpx_depth(pdf: Parsed) -> bool:
    return any(head[10] == 255 or not 1 <= (head[10] & 0x7F) + 1 <= 38 for head, _ in _jpx(pdf))


def channels(head: bytes) -> int:
    """The number of channels that the image header names."""
    return int.from_bytes(head[8:10])


def _jpx(pdf: Parsed) -> list[tuple[bytes, list[bytes]]]:
    """The image header and the colour specifications of each JPEG 2000 image."""
    coded = [image._data for image in pdf.images if "JPXDecode" in str(image.get("/Filter"))]  # noqa: SLF001
    headers = [dict(_boxes(data)).get(b"jp2h", b"") for data in coded]
    return [
        (dict(_boxes(header)).get(b"ihdr", bytes(14)), [content for kind, content in _boxes(header) if kind == b"colr"])
        for header in headers
    ]


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    while len(data) >= 8:
        length = int.from_bytes(data[:4]) or len(data)
        yield data[4:8], data[8:length]
        data = data[max(8, length) :]
