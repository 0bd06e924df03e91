"""A figure reaches its target or misses it, and the file has the shape that others read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.report import Report
from tests.bench.rows import Row, at_least, at_most, shown, write_rows


@pytest.mark.parametrize(
    ("row", "ok"),
    [
        (at_least("faster", 8.0, "x", 8.0), True),
        (at_least("faster", 7.99, "x", 8.0), False),
        (at_most("slower", 2.5, "x", 2.5), True),
        (at_most("slower", 2.51, "x", 2.5), False),
        (at_most("wrong", 0.0, "share", 0.0), True),
        (shown("price", 0.07, "CHF"), True),
    ],
)
def test_a_figure_reaches_its_target_or_misses_it(row: Row, ok: bool) -> None:
    assert row.ok is ok
    assert Report(rows=[row]).missed == ([] if ok else [row])


def test_rounding_decides_nothing() -> None:
    row = at_most("slower", 2.50001, "x", 2.5)

    assert (row.value, row.ok) == (2.5, False)


def test_the_file_has_the_shape_that_others_read(tmp_path: Path) -> None:
    write_rows([at_least("faster", 9.87654, "x", 8.0), shown("price", 0.07, "CHF")], tmp_path / "build" / "bench.json")

    assert json.loads((tmp_path / "build" / "bench.json").read_text()) == {
        "rows": [
            {"name": "faster", "value": 9.877, "unit": "x", "target": 8.0, "ok": True},
            {"name": "price", "value": 0.07, "unit": "CHF", "target": None, "ok": True},
        ]
    }
