"""Makes the committed demo anew: ``.venv/bin/python -m tests.demo.generate``. Seeded: the same demo each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sozialakte.intake.pages.order import PageOrder
from tests.demo.batches import file_that_lost_a_page, stack_up
from tests.demo.cast import Cast, demo_cast
from tests.demo.demo_mail import (
    COPY_NAME,
    FIRST_FILE,
    PAGE_LOST_FILE,
    SECOND_FILE,
    TRUNCATED_FILE,
    first_stack,
    lone_letter,
    second_stack,
)
from tests.demo.manifests import Counted, manifest_name, manifest_of, page_missing
from tests.demo.register_csv import write_register
from tests.demo.scan_files import HALF_TONE, PdfScans, TiffScans
from tests.demo.stack import Stack
from tests.demo.truth import DELIVERIES, MAIL, BatchTruth, Deliveries, Delivery, truth_name, write
from tests.demo.tuesday_mail import (
    COUNTED_FILE,
    MIXED_FILE,
    SIMPLEX_FILE,
    TIFF_FILE,
    counted_stack,
    mixed_stack,
    simplex_stack,
    tiff_stack,
)
from tests.demo.wednesday_bills import BILLS_FILE, bills_stack

SEED = 2026
REGISTER = Path("events/intake/register")
ARRIVED = 40_000  # bytes of the first batch that arrived before the line broke


@dataclass(frozen=True)
class Plan:
    """A batch to make. ``counted``: with a manifest, which may count more pages than there are."""

    file: str
    stack: Stack
    scans: PdfScans | TiffScans | None = None
    order: PageOrder = PageOrder.AS_READ
    counted: Counted | None = None
    after_all: bool = False


def plans(cast: Cast) -> list[Plan]:
    """The batches in the order they are delivered."""
    duplex = PageOrder.FRONTS_THEN_BACKS
    return [
        Plan(FIRST_FILE, first_stack(cast)),
        Plan(SECOND_FILE, second_stack(cast)),
        Plan(TIFF_FILE, tiff_stack(cast), TiffScans()),
        Plan(MIXED_FILE, mixed_stack(cast)),
        Plan(BILLS_FILE, bills_stack(cast), TiffScans()),
        Plan(COUNTED_FILE, counted_stack(cast), counted=Counted(missing=1)),
        Plan(SIMPLEX_FILE, simplex_stack(cast), PdfScans(HALF_TONE), duplex, Counted(documents=True), after_all=True),
    ]


def generate(root: Path) -> list[Path]:
    """Write the register, the scans and their truth below ``root``. Returns the files written."""
    cast = demo_cast(SEED)
    folder = root / MAIL
    folder.mkdir(parents=True, exist_ok=True)
    made = {plan.file: _write_batch(folder, plan) for plan in plans(cast)}
    (folder / TRUNCATED_FILE).write_bytes((folder / FIRST_FILE).read_bytes()[:ARRIVED])
    broken, pages = file_that_lost_a_page(lone_letter(cast), SEED)
    (folder / PAGE_LOST_FILE).write_bytes(broken)
    write(Deliveries(seed=SEED, deliveries=list(_deliveries(made, pages))), folder / DELIVERIES)
    return [*write_register(cast.world, root / REGISTER), *sorted(folder.iterdir())]


def _write_batch(folder: Path, plan: Plan) -> Delivery:
    content, truth = stack_up(plan.file, plan.stack, SEED, plan.scans, plan.order)
    (folder / plan.file).write_bytes(content)
    manifest = _write_manifest(folder, plan, truth) if plan.counted else None
    truth = page_missing(truth) if plan.counted and plan.counted.missing else truth
    write(truth, folder / truth_name(plan.file))
    return Delivery(
        file=plan.file,
        uploaded_as=plan.file,
        state="closed",
        pages_in=len(truth.pages),
        manifest=manifest,
        after_all=plan.after_all,
    )


def _write_manifest(folder: Path, plan: Plan, truth: BatchTruth) -> str:
    assert plan.counted
    name = manifest_name(plan.file)
    (folder / name).write_text(manifest_of(truth, plan.order, plan.counted), encoding="utf-8")
    return name


def _deliveries(made: dict[str, Delivery], lone_pages: int) -> Iterator[Delivery]:
    """All batches, the second one twice, and two files that must be refused (the truncated one hides its count)."""
    second = made[SECOND_FILE]
    for file, delivery in made.items():
        yield delivery
        if file == SECOND_FILE:
            yield second.model_copy(update={"uploaded_as": COPY_NAME, "state": "duplicate"})
            yield Delivery(file=TRUNCATED_FILE, uploaded_as=TRUNCATED_FILE, state="rejected", pages_in=0)
            yield Delivery(file=PAGE_LOST_FILE, uploaded_as=PAGE_LOST_FILE, state="rejected", pages_in=lone_pages)


if __name__ == "__main__":
    for path in generate(Path(__file__).parents[2]):
        print(f"{path.stat().st_size // 1024:6d} KB  {path.name}")
