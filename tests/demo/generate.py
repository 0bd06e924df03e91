"""Makes the committed demo anew: ``.venv/bin/python -m tests.demo.generate``. Seeded: the same demo each time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.demo.batches import Stack, file_that_lost_a_page, stack_up
from tests.demo.cast import demo_cast
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
from tests.demo.register_csv import write_register
from tests.demo.truth import DELIVERIES, MAIL, Deliveries, Delivery, truth_name, write

SEED = 2026
REGISTER = Path("events/intake/register")
ARRIVED = 40_000  # bytes of the first batch that arrived before the line broke


def generate(root: Path) -> list[Path]:
    """Write the register, the scans and their truth below ``root``. Returns the files written."""
    cast = demo_cast(SEED)
    folder = root / MAIL
    folder.mkdir(parents=True, exist_ok=True)
    stacks = {FIRST_FILE: first_stack(cast), SECOND_FILE: second_stack(cast)}
    counts = {file: _write_batch(folder, file, stack) for file, stack in stacks.items()}
    (folder / TRUNCATED_FILE).write_bytes((folder / FIRST_FILE).read_bytes()[:ARRIVED])
    broken, counts[PAGE_LOST_FILE] = file_that_lost_a_page(lone_letter(cast), SEED)
    (folder / PAGE_LOST_FILE).write_bytes(broken)
    write(_deliveries(counts), folder / DELIVERIES)
    return [*write_register(cast.world, root / REGISTER), *sorted(folder.iterdir())]


def _write_batch(folder: Path, file: str, stack: Stack) -> int:
    pdf, truth = stack_up(file, stack, SEED)
    (folder / file).write_bytes(pdf)
    write(truth, folder / truth_name(file))
    return len(truth.pages)


def _deliveries(counts: Mapping[str, int]) -> Deliveries:
    """Both batches, the second one twice, and two files that must be refused (the truncated one hides its count)."""
    plan = [
        (FIRST_FILE, FIRST_FILE, "closed"),
        (SECOND_FILE, SECOND_FILE, "closed"),
        (SECOND_FILE, COPY_NAME, "duplicate"),
        (TRUNCATED_FILE, TRUNCATED_FILE, "rejected"),
        (PAGE_LOST_FILE, PAGE_LOST_FILE, "rejected"),
    ]
    deliveries = [
        Delivery(file=file, uploaded_as=name, state=state, pages_in=counts.get(file, 0)) for file, name, state in plan
    ]
    return Deliveries(seed=SEED, deliveries=deliveries)


if __name__ == "__main__":
    for path in generate(Path(__file__).parents[2]):
        print(f"{path.stat().st_size // 1024:6d} KB  {path.name}")
