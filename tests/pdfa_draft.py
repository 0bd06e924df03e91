"""A PDF of `PdfAWriter` taken into its objects, changed, and written again with everything in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)
_STREAM = re.compile(rb"(.*?)/Length \d+ >>\nstream\n(.*)\nendstream", re.DOTALL)


@dataclass
class Draft:
    """``objects`` hold what stands between ``obj`` and ``endobj``."""

    objects: dict[int, bytes]
    header: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    trailer: bytes = b"/ID [<0123456789ABCDEF> <0123456789ABCDEF>]"
    after: bytes = b"\n"
    xref: bytes = b"xref\n"
    keyword: bytes = b"obj"
    size: int = 0

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Take a file of `PdfAWriter` apart."""
        return cls({int(number): body for number, body in _OBJECT.findall(data)})

    def find(self, *marks: bytes) -> int:
        """The number of the first object that has all the marks."""
        return next(number for number, body in self.objects.items() if all(mark in body for mark in marks))

    def change(self, mark: bytes, old: bytes, new: bytes) -> None:
        """Replace something in the first object with a mark."""
        number = self.find(mark)
        assert old in self.objects[number], "nothing to change"
        self.objects[number] = self.objects[number].replace(old, new, 1)

    def put(self, mark: bytes, entries: bytes) -> None:
        """Put entries at the front of the dictionary of the first object with a mark."""
        self.change(mark, b"<< ", b"<< " + entries + b" ")

    def add(self, body: bytes) -> int:
        """Add an object."""
        number = max(self.objects) + 1
        self.objects[number] = body
        return number

    def add_stream(self, data: bytes, entries: bytes = b"") -> int:
        """Add a stream."""
        return self.add(b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(data), data))

    def data(self, number: int) -> bytes:
        """The bytes of a stream."""
        found = _STREAM.fullmatch(self.objects[number])
        assert found, "no stream"
        return found[2]

    def set_data(self, number: int, data: bytes, *, filtered: bool = True) -> None:
        """Give a stream other bytes; its filter is dropped unless they are filtered."""
        found = _STREAM.fullmatch(self.objects[number])
        assert found, "no stream"
        entries = found[1] if filtered else re.sub(rb"/Filter */\w+", b"", found[1])
        self.objects[number] = b"%b/Length %d >>\nstream\n%b\nendstream" % (entries, len(data), data)

    def draw(self, content: bytes, resources: bytes = b"") -> None:
        """Let every page draw something else."""
        for page in self._pages():
            drawn = re.search(rb"/Contents (\d+) 0 R", self.objects[page])
            assert drawn, "no content"
            self.set_data(int(drawn[1]), content, filtered=False)
        self.offer(b"/Resources", resources)

    def offer(self, kind: bytes, entries: bytes) -> None:
        """Put entries into the resources of every page, or into those of a kind."""
        for page in self._pages():
            self.objects[page] = self.objects[page].replace(kind + b" << ", kind + b" << " + entries, 1)

    def _pages(self) -> list[int]:
        return [number for number, body in self.objects.items() if b"/Type /Page " in body]

    def written(self) -> bytes:
        """The file."""
        parts, offsets = [self.header], {}
        for number, body in sorted(self.objects.items()):
            offsets[number] = sum(map(len, parts))
            parts.append(b"%d 0 %b\n%b\nendobj\n" % (number, self.keyword, body))
        start, size = sum(map(len, parts)), max(self.objects) + 1
        rows = b"".join(b"%010d 00000 n \n" % offsets[number] for number in range(1, size))
        root = self.find(b"/Type /Catalog")
        parts.append(b"%b0 %d\n0000000000 65535 f \n%b" % (self.xref, size, rows))
        parts.append(b"trailer\n<< /Size %d /Root %d 0 R %b >>\n" % (self.size or size, root, self.trailer))
        return b"".join(parts) + b"startxref\n%d\n%%%%EOF%b" % (start, self.after)
