"""The truth about a batch: what must become of every page and every letter. Written beside the scans as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

MAIL = Path("events/intake/mail")
"""Where the committed batches lie, below the project's folder."""
DELIVERIES = "deliveries.json"


class Truth(BaseModel):
    """Base: a wrong key in a truth file is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageTruth(Truth):
    """A page's fate as the ledger calls it, and what it is."""

    page: int
    fate: str
    what: str


class LetterTruth(Truth):
    """A letter, its pages in the order they are read.

    ``dossier`` and ``destination`` None: no machine may decide, it belongs into review. ``inbox`` None: nobody's yet.
    ``urgent`` None: a matter of taste. ``deadline``, or ``days`` after the day of receipt. ``cuts``: the letter's own
    pages at which another letter may begin; ``unread``: its own pages that no machine can read; ``notes``: codes of
    what people are told about its file.
    """

    pages: list[int]
    kind: str
    clue: str
    dossier: str | None
    destination: str | None = None
    inbox: str | None
    outcome: str
    why: str
    urgent: bool | None = None
    deadline: date | None = None
    days: int | None = None
    cuts: list[int] = []
    unread: list[int] = []
    notes: list[str] = []


class BatchTruth(Truth):
    """A file of scans: every page has one fate, every letter page is in one letter.

    Pages that the scanning centre counted and that are not in the file stand behind its end, as rejected.
    """

    file: str
    pages: list[PageTruth]
    letters: list[LetterTruth]


class Delivery(Truth):
    """One upload: which committed file under which name, and the state its batch must end in.

    ``manifest``: the scanning centre's count that comes with it. ``after_all``: it comes when everything before it has
    its end, for it builds on what the service has learned.
    """

    file: str
    uploaded_as: str
    state: str
    pages_in: int
    manifest: str | None = None
    after_all: bool = False

    @property
    def truth_file(self) -> str:
        """Name of the file's truth."""
        return truth_name(self.file)


class Deliveries(Truth):
    """What the scanning centre delivers, in order."""

    seed: int
    deliveries: list[Delivery]


def truth_name(file: str) -> str:
    """``batch.pdf`` -> ``batch.truth.json``."""
    return f"{Path(file).stem}.truth.json"


def read_truth(folder: Path, file: str) -> BatchTruth:
    """The truth about a committed file of scans."""
    return BatchTruth.model_validate_json((folder / truth_name(file)).read_text(encoding="utf-8"))


def read_deliveries(folder: Path) -> Deliveries:
    """What is to be delivered."""
    return Deliveries.model_validate_json((folder / DELIVERIES).read_text(encoding="utf-8"))


def write(model: Truth, path: Path) -> None:
    """Write as readable JSON."""
    path.write_text(model.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8")


def fates_of(folder: Path, delivery: Delivery) -> Mapping[int, str]:
    """The fate of each page of a delivery: a repeated or refused file has one fate for all."""
    if delivery.state == "closed":
        return {page.page: page.fate for page in read_truth(folder, delivery.file).pages}
    return dict.fromkeys(range(1, delivery.pages_in + 1), delivery.state)


def expected_ledger(folder: Path, deliveries: Deliveries) -> Counter[str]:
    """How many pages must meet each fate, all deliveries together."""
    return Counter(fate for delivery in deliveries.deliveries for fate in fates_of(folder, delivery).values())
