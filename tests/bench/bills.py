"""Reading QR-bills: generated ones, printed, scanned, folded and photographed, as files through the whole reading.

A bill counts as read if its code's bytes were found, and nothing else was. Scans come as PDFs, photos as JPEGs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from sozialakte.payments import find_bills, write_payload
from tests.bench.report import Report
from tests.bench.rows import at_least, shown
from tests.bill_damage import KINDS
from tests.bills import random_bill, sheet
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS, jpeg

SEED = 20_000  # the retries were tuned on others
BILLS = 100  # of each kind
PAGES = 20  # of a scan
TARGET = 0.99
PHOTOS = "photographed"


def measure(report: Report) -> None:
    """The share read of each kind, and what a page costs."""
    payloads = [write_payload(random_bill(Random(SEED + number))).encode() for number in range(BILLS)]
    for kind in KINDS:
        report.doing(f"bills, {kind}: printing")
        with TemporaryDirectory() as folder:
            files = _files(kind, payloads, Path(folder))
            report.doing(f"bills, {kind}: reading")
            begun = _processor_seconds()
            found = [page for file in files for page in _pages(file)]
            cost = _processor_seconds() - begun
        read = sum(codes == [wanted] for codes, wanted in zip(found, payloads, strict=True))
        report.add(at_least(f"QR-bills read, {kind} ({BILLS} bills)", read / BILLS, "share", TARGET))
        report.add(shown(f"reading QR-bills, a page, {kind}", cost / BILLS * 1000, "ms"))


def _files(kind: str, payloads: Sequence[bytes], folder: Path) -> list[Path]:
    """The bills on sheets to which this happened, in order."""
    pictures = (jpeg(_damaged(kind, payload, SEED + number), quality=90) for number, payload in enumerate(payloads))
    if kind == PHOTOS:
        return [_written(folder / f"{number:03d}.jpg", picture) for number, picture in enumerate(pictures)]
    kept = list(pictures)
    stacks = [kept[start : start + PAGES] for start in range(0, len(kept), PAGES)]
    return [_written(folder / f"{number:03d}.pdf", _scan(stack)) for number, stack in enumerate(stacks)]


def _damaged(kind: str, payload: bytes, seed: int) -> Image.Image:
    return KINDS[kind](sheet([payload.decode()]), np.random.default_rng(seed))


def _scan(pictures: Sequence[bytes]) -> bytes:
    pdf = PdfBytes()
    for picture in pictures:
        pdf.add_image_page(Placed(picture, (1654, 2339)), A4_POINTS)
    return pdf.finish()


def _pages(file: Path) -> list[list[bytes]]:
    """The codes found, page by page."""
    found = find_bills(file)
    return [[bill.code for bill in found.bills if bill.page == page] for page in range(1, found.page_count + 1)]


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _processor_seconds() -> float:
    """Of this process and of its children that have ended, which look at the pages."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
