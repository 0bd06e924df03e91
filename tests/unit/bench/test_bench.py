"""The benchmark goes on when a part of it fails, and says in the end how it went."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.bench import __main__ as bench
from tests.bench.processes import OURS, MeasurementError, figures_of
from tests.bench.report import Report
from tests.bench.rows import Row, at_least, shown


@pytest.fixture
def result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the result is written; there are no sections."""
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "RESULT", tmp_path / "build" / "bench.json")
    monkeypatch.setattr(bench, "SECTIONS", {})
    return tmp_path / "build" / "bench.json"


def a_section(monkeypatch: pytest.MonkeyPatch, name: str, *rows: Row, fails: bool = False) -> None:
    """A section that tells these rows, or fails."""

    def measure(report: Report) -> None:
        if fails:
            raise MeasurementError("a program is broken")
        report.add(*rows)

    module = ModuleType(name)
    module.measure = measure  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, f"tests.bench.{name}", module)
    monkeypatch.setitem(bench.SECTIONS, name, name)


def test_all_targets_reached(result: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_section(monkeypatch, "speed", at_least("faster", 9, "x", 8), shown("price", 0.1, "CHF"))

    assert bench.main([]) == 0
    assert [row["name"] for row in json.loads(result.read_text())["rows"]] == ["faster", "price"]


def test_a_missed_target_is_an_error(
    result: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_section(monkeypatch, "speed", at_least("faster", 7, "x", 8))

    assert bench.main([]) == 1
    assert "1 targets are missed" in capsys.readouterr().out
    assert json.loads(result.read_text())["rows"][0]["ok"] is False


def test_the_rest_is_measured_when_a_part_fails(
    result: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_section(monkeypatch, "broken", fails=True)
    a_section(monkeypatch, "speed", at_least("faster", 9, "x", 8))

    assert bench.main([]) == 1
    assert "broken: not measured, a program is broken" in capsys.readouterr().out
    assert len(json.loads(result.read_text())["rows"]) == 1


def test_a_part_alone_writes_no_result(result: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_section(monkeypatch, "speed", at_least("faster", 9, "x", 8))

    assert bench.main(["speed"]) == 0
    assert not result.exists()


@pytest.mark.usefixtures("result")
def test_an_unknown_part_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    a_section(monkeypatch, "speed")

    assert bench.main(["sped"]) == 2
    assert "no section sped; there are speed" in capsys.readouterr().out


def test_a_measured_process_that_fails_says_why() -> None:
    with pytest.raises(MeasurementError, match="No module named"):
        figures_of(OURS, "tests.bench.work.nothing")
