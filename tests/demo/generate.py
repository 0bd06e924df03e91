"""Makes the committed demo anew: ``.venv/bin/python -m tests.demo.generate``. Seeded: the same demo each time."""

from __future__ import annotations

from pathlib import Path

from tests.demo.batches import Stack, stack_up
from tests.demo.cast import demo_cast
from tests.demo.demo_mail import BROKEN_FILE, COPY_NAME, FIRST_FILE, SECOND_FILE, first_stack, second_stack
from tests.demo.register_csv import write_register
from tests.demo.truth import DELIVERIES, MAIL, Deliveries, Delivery, truth_name, write

SEED = 2026
REGISTER = Path("events/intake/register")
BROKEN_BYTES = 60_000  # how much of the first batch arrived before the line broke


def generate(root: Path) -> list[Path]:
    """Write the register, the scans and their truth below ``root``. Returns the files written."""
    cast = demo_cast(SEED)
    folder = root / MAIL
    folder.mkdir(parents=True, exist_ok=True)
    stacks = {FIRST_FILE: first_stack(cast), SECOND_FILE: second_stack(cast)}
    counts = {file: _write_batch(folder, file, stack) for file, stack in stacks.items()}
    (folder / BROKEN_FILE).write_bytes((folder / FIRST_FILE).read_bytes()[:BROKEN_BYTES])
    write(_deliveries(counts), folder / DELIVERIES)
    return [*write_register(cast.world, root / REGISTER), *sorted(folder.iterdir())]


def _write_batch(folder: Path, file: str, stack: Stack) -> int:
    pdf, truth = stack_up(file, stack, SEED)
    (folder / file).write_bytes(pdf)
    write(truth, folder / truth_name(file))
    return len(truth.pages)


def _deliveries(counts: dict[str, int]) -> Deliveries:
    first, second = counts[FIRST_FILE], counts[SECOND_FILE]
    return Deliveries(
        seed=SEED,
        deliveries=[
            Delivery(file=FIRST_FILE, uploaded_as=FIRST_FILE, state="closed", pages_in=first),
            Delivery(file=SECOND_FILE, uploaded_as=SECOND_FILE, state="closed", pages_in=second),
            Delivery(file=SECOND_FILE, uploaded_as=COPY_NAME, state="duplicate", pages_in=second),
            Delivery(file=BROKEN_FILE, uploaded_as=BROKEN_FILE, state="rejected", pages_in=0),
        ],
    )


if __name__ == "__main__":
    for path in generate(Path(__file__).parents[2]):
        print(f"{path.stat().st_size // 1024:6d} KB  {path.name}")
