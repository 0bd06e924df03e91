"""What `make bench` tells: rows with a name, a value, its unit and, where there is one, the target."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Unit = Literal["x", "ms", "calls", "MB", "CHF", "share"]


@dataclass(frozen=True)
class Row:
    """One figure. ``target`` None: it is only shown, and ``ok``."""

    name: str
    value: float
    unit: Unit
    target: float | None = None
    ok: bool = True


def shown(name: str, value: float, unit: Unit) -> Row:
    """A figure without target."""
    return Row(name, _rounded(value), unit)


def at_least(name: str, value: float, unit: Unit, target: float) -> Row:
    """A figure that must reach its target. The unrounded value decides."""
    return Row(name, _rounded(value), unit, _rounded(target), ok=value >= target)


def at_most(name: str, value: float, unit: Unit, target: float) -> Row:
    """A figure that must not exceed its target. The unrounded value decides."""
    return Row(name, _rounded(value), unit, _rounded(target), ok=value <= target)


def write_rows(rows: Sequence[Row], path: Path) -> None:
    """Write ``{"rows": [{"name", "value", "unit", "target", "ok"}]}``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"rows": [asdict(row) for row in rows]}, indent=1) + "\n", encoding="utf-8")


def _rounded(value: float) -> float:
    """Four digits: more would claim a precision that no measurement has."""
    return float(f"{value:.4g}")
