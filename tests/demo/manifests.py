"""The scanning centre's manifests of the demo's batches, in the house format (`sozialakte.intake.manifest`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sozialakte.intake.pages.order import PageOrder, reading_order
from tests.demo.truth import BatchTruth, PageTruth


@dataclass(frozen=True)
class Counted:
    """What the scanning centre counts: pages that never came, and each document's pages."""

    missing: int = 0
    documents: bool = False


def manifest_name(file: str) -> str:
    """``batch.pdf`` -> ``batch.csv``."""
    return f"{Path(file).stem}.csv"


def manifest_of(truth: BatchTruth, order: PageOrder, counted: Counted) -> str:
    """The manifest of a batch."""
    pages = str(len(truth.pages) + counted.missing)
    lines = ["file;pages;order;document;document_pages"]
    documents = list(_documents(truth, order)) if counted.documents else []
    head = f"{truth.file};{pages};{'' if order is PageOrder.AS_READ else order}"
    first = f"1;{documents[0]}" if documents else ";"
    lines += [f"{head};{first}", *(f";;;{number};{size}" for number, size in enumerate(documents[1:], start=2))]
    return "\n".join(lines) + "\n"


def page_missing(truth: BatchTruth) -> BatchTruth:
    """The truth with a page that was counted and never came."""
    page = PageTruth(page=len(truth.pages) + 1, fate="rejected", what="counted, not in the file")
    return truth.model_copy(update={"pages": [*truth.pages, page]})


def _documents(truth: BatchTruth, order: PageOrder) -> Iterator[int]:
    """The pages of each document, its blank backs included."""
    fates = {page.page: page.fate for page in truth.pages}
    size = 0
    for page in reading_order(order, len(truth.pages)):
        if fates[page] == "separator":
            yield from [size] if size else []
            size = 0
        else:
            size += 1
    yield from [size] if size else []
