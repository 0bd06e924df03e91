"""What the sections of the benchmark tell while they run: what is being done, rows, and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.rows import Row


@dataclass
class Report:
    """Rows and notes so far. ``doing`` is called with every new piece of work."""

    doing: Callable[[str], None] = lambda _: None
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: int = 0

    def add(self, *rows: Row) -> None:
        """Tell figures."""
        self.rows.extend(rows)

    def note(self, text: str) -> None:
        """Tell what a reader of the figures must know."""
        self.notes.append(text)

    def fail(self, text: str) -> None:
        """Tell that something could not be measured."""
        self.failed += 1
        self.notes.append(text)

    @property
    def missed(self) -> list[Row]:
        """The rows that do not reach their targets."""
        return [row for row in self.rows if not row.ok]
