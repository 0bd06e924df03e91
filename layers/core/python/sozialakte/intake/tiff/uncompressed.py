"""Uncompressed images that Pillow does not open: BigTIFF in Motorola's byte order, and 16 bits with white at zero.

A PDF has its samples in that order, too, so rows are taken as they lie.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from sozialakte.intake.tiff.decode import DECODED_BYTES, FLATE_LEVEL
from sozialakte.intake.tiff.directory import TiffFile, refused
from sozialakte.intake.tiff.image import Photometric, TiffImage

_SPACES: Mapping[tuple[int, int], bytes] = {
    (Photometric.WHITE_IS_ZERO, 1): b"/ColorSpace /DeviceGray /Decode [1 0]",
    (Photometric.BLACK_IS_ZERO, 1): b"/ColorSpace /DeviceGray",
    (Photometric.RGB, 3): b"/ColorSpace /DeviceRGB",
}
_BITS = frozenset({1, 8, 16})


def rows_of(tiff: TiffFile, image: TiffImage) -> tuple[bytes, bytes] | None:
    """Entries of the PDF's image dictionary (all but the size), and the data; None if it must be decoded.

    Raises `UnreadableFileError` (``file.damaged``) where rows are missing.
    """
    space, depths = _SPACES.get((image.photometric, image.samples)), set(image.bits)
    lies_as_in_pdf = tiff.order == ">" and image.fill_order == 1 and (tiff.big or depths == {16})
    if not (space and lies_as_in_pdf and len(depths) == 1 and depths <= _BITS):
        return None
    (depth,) = depths
    wanted = -(-image.width * image.samples * depth // 8) * image.length
    found = sum(count for _, count in image.strips)
    if max(wanted, found) > DECODED_BYTES:
        return None
    if found < wanted:
        raise refused("damaged")
    squeeze = zlib.compressobj(FLATE_LEVEL)
    data = b"".join(squeeze.compress(tiff.read(*strip)) for strip in image.strips)
    return b"%b /BitsPerComponent %d /Filter /FlateDecode" % (space, depth), data + squeeze.flush()
