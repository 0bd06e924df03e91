"""A PDF file written object after object: only the objects' places stay in memory.

The syntax is the strict one of PDF/A (ISO 19005-2, 6.1.2 to 6.1.9): a binary comment, single line ends, exact lengths.
"""

from __future__ import annotations

import hashlib
from typing import BinaryIO

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """Objects are numbered from 1. The file's identifier (ISO 32000-1, 14.4) is made from its content."""

    def __init__(self, file: BinaryIO | None) -> None:
        """Begin the file; with None nothing is written, to see whether it could be."""
        self._file = file
        self._digest = hashlib.sha256()
        self._position = 0
        self._places: list[int] = []
        self._put(_HEADER)

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._places.append(0)
        return len(self._places)

    def add(self, body: bytes, number: int | None = None) -> int:
        """Write an object, under a reserved number or the next one, and give its number."""
        number = self._begin(number)
        self._put(body)
        self._put(b"\nendobj\n")
        return number

    def add_stream(self, entries: bytes, data: bytes, number: int | None = None) -> int:
        """Write a stream with the entries of its dictionary (all but the length), and give its number."""
        number = self._begin(number)
        self._put(b"<< %b /Length %d >>\nstream\n" % (entries, len(data)))
        self._put(data)
        self._put(b"\nendstream\nendobj\n")
        return number

    def finish(self, catalogue: int) -> None:
        """Write the cross-reference table and the trailer."""
        start, size = self._position, len(self._places) + 1
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        self._put(b"".join(b"%010d 00000 n \n" % place for place in self._places))
        identifier = self._digest.hexdigest()[:32].encode()
        trailer = b"<< /Size %d /Root %d 0 R /ID [<%b> <%b>] >>" % (size, catalogue, identifier, identifier)
        self._put(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, start))

    def _begin(self, number: int | None) -> int:
        number = self.reserve() if number is None else number
        self._places[number - 1] = self._position
        self._put(b"%d 0 obj\n" % number)
        return number

    def _put(self, data: bytes) -> None:
        self._position += len(data)
        if self._file is not None:
            self._file.write(data)
            self._digest.update(data)
