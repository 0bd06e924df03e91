"""The crash harness runs the same few scans a thousand times, and looks at each of them once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from sozialakte.intake import judge_upload, read_pages
from sozialakte.intake.model import CutPlan
from sozialakte.intake.pages.order import PageOrder
from sozialakte.intake.pages.texts import read_chunk
from sozialakte.intake.plan_cut import plan_cut
from sozialakte.intake.readings import PageReading

Pages = tuple[str, tuple[int, ...], str, tuple[tuple[int, int], ...]]

_plans: dict[tuple[str, PageOrder, Callable[..., CutPlan]], CutPlan] = {}
_read: dict[Pages, tuple[list[PageReading], bytes]] = {}


@pytest.fixture(autouse=True)
def _looks_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planning a cut and reading pages ask nothing of AWS, and the same file gives the same."""
    monkeypatch.setattr(judge_upload, "plan_cut", _plan_once)
    monkeypatch.setattr(read_pages, "read_chunk", _read_once)


def _plan_once(path: Path, order: PageOrder, *, rules: Callable[..., CutPlan]) -> CutPlan:
    key = _hash(path), order, rules
    if key not in _plans:
        _plans[key] = plan_cut(path, order, rules=rules)
    return _plans[key]


def _read_once(
    path: Path, pages: Sequence[int], target: Path, title: str, *, turns: Mapping[int, int]
) -> list[PageReading]:
    key = _hash(path), tuple(pages), title, tuple(sorted(turns.items()))
    if key not in _read:
        _read[key] = read_chunk(path, pages, target, title, turns=turns), target.read_bytes()
    readings, searchable = _read[key]
    target.write_bytes(searchable)
    return list(readings)


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
