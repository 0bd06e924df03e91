"""A PDF written byte by byte, so that a test can also write a broken one."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Placed:
    """An image with its size in pixels; ``filter_name`` says how it is compressed, ``extra`` adds entries.

    ``colour_space`` is a name, an array, or empty for a stencil mask.
    """

    data: bytes
    size: tuple[int, int]
    filter_name: str = "DCTDecode"
    colour_space: str = "DeviceGray"
    extra: str = ""
    bits: int = 8

    @property
    def entries(self) -> str:
        """What the image's dictionary says beside its length."""
        named = self.colour_space if self.colour_space.startswith("[") else f"/{self.colour_space}"
        space = f"/ColorSpace {named}" if self.colour_space else "/ImageMask true"
        size = f"/Width {self.size[0]} /Height {self.size[1]} /BitsPerComponent {self.bits}"
        return f"/Type /XObject /Subtype /Image {size} {space} /Filter /{self.filter_name} {self.extra}"


@dataclass
class PdfBytes:
    """Objects are numbered from 1; 1 is the catalogue and 2 the root of the page tree."""

    objects: dict[int, bytes] = field(default_factory=dict)
    kids: list[int] = field(default_factory=list)
    catalogue: str = ""

    def add(self, body: str | bytes) -> int:
        """Append an object and give its number."""
        number = max(self.objects, default=2) + 1
        self.objects[number] = body if isinstance(body, bytes) else body.encode("latin-1")
        return number

    def add_stream(self, data: bytes, entries: str = "") -> int:
        """Append a stream object and give its number."""
        head = f"<< /Length {len(data)} {entries} >>\nstream\n".encode("latin-1")
        return self.add(head + data + b"\nendstream")

    def add_page(self, content: bytes, size: tuple[float, float], resources: str = "", extra: str = "") -> int:
        """Append a page with one content stream."""
        stream = self.add_stream(content)
        look = f"/MediaBox [0 0 {size[0]} {size[1]}] /Contents {stream} 0 R /Resources << {resources} >>"
        page = self.add(f"<< /Type /Page /Parent 2 0 R {look} {extra} >>")
        self.kids.append(page)
        return page

    def add_image_page(self, image: Placed, size: tuple[float, float], extra: str = "") -> int:
        """Append a page that one image fills."""
        number = self.add_stream(image.data, image.entries)
        content = f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im0 Do Q".encode()
        return self.add_page(content, size, f"/XObject << /Im0 {number} 0 R >>", extra)

    def add_text_page(self, lines: list[str], size: tuple[float, float] = (595.28, 841.89)) -> int:
        """Append a page of real text (Helvetica 11 points), as a program writes it."""
        font = self.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        content = f"BT /F1 11 Tf 14 TL 72 {size[1] - 80} Td {shown} ET".encode("cp1252")
        return self.add_page(content, size, f"/Font << /F1 {font} 0 R >>")

    def finish(self, count: int | None = None) -> bytes:
        """The whole file; ``count`` overrides the number of pages that the page tree claims."""
        kids = " ".join(f"{kid} 0 R" for kid in self.kids)
        self.objects[1] = f"<< /Type /Catalog /Pages 2 0 R {self.catalogue} >>".encode()
        claimed = len(self.kids) if count is None else count
        self.objects.setdefault(2, f"<< /Type /Pages /Kids [{kids}] /Count {claimed} >>".encode())
        return self._written()

    def _written(self) -> bytes:
        parts = [b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"]
        offsets: list[int] = []
        for number in sorted(self.objects):
            offsets.append(sum(map(len, parts)) if number == 1 else offsets[-1] + len(parts[-1]))
            parts.append(f"{number} 0 obj\n".encode() + self.objects[number] + b"\nendobj\n")
        start = offsets[-1] + len(parts[-1])
        rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        size = len(offsets) + 1
        tail = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<< /Size {size} /Root 1 0 R >>\n"
        return b"".join(parts) + f"{tail}startxref\n{start}\n%%EOF\n".encode()
