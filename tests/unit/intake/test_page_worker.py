"""A page that goes too far costs that page only; a bug is never taken for a costly page."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sozialakte.intake.pages.images import PageImageError
from sozialakte.intake.pages.worker import Limits, Overrun, TooCostlyError, run_limited, run_pages

LIMITS = Limits(seconds=0.4, memory_mb=64)
MEGABYTE = 2**20


def tenfold(page: int) -> int:
    return page * 10


def hang(page: int) -> int:
    while True:
        page += 1


def hang_outside_python(page: int) -> int:
    ctypes.PyDLL(None).sleep(60)  # keeps Python's lock, as a decoder in C may
    return page


def hoard(page: int) -> int:
    return len(bytearray(8000 * MEGABYTE)) + page  # more than what the tests before have left free


def crash(page: int) -> int:
    faulthandler.disable()  # pytest's: the crash is meant
    os.kill(os.getpid(), signal.SIGSEGV)
    return page


def results(evil: Callable[[int], int]) -> list[tuple[int, int | Overrun]]:
    @contextmanager
    def prepare() -> Iterator[Callable[[int], int]]:
        yield lambda page: evil(page) if page == 2 else tenfold(page)

    return list(run_pages(prepare, [1, 2, 3], LIMITS))


def test_each_page_has_its_result_in_order() -> None:
    assert results(tenfold) == [(1, 10), (2, 20), (3, 30)]


@pytest.mark.parametrize("evil", [hang, hang_outside_python, hoard, crash])
def test_a_page_that_goes_too_far_costs_that_page_only(evil: Callable[[int], int]) -> None:
    assert results(evil) == [(1, 10), (2, Overrun()), (3, 30)]
    assert Overrun().reason.code == "page.too_costly"


def test_an_error_is_raised_as_itself() -> None:
    def refuse(_: int) -> int:
        raise PageImageError("page.too_large")

    with pytest.raises(PageImageError, match=r"page\.too_large") as raised:
        results(refuse)
    assert raised.value.reason.code == "page.too_large"
    assert "in refuse" in raised.value.__notes__[0]


def test_a_result_that_cannot_be_sent_is_no_overrun() -> None:
    with pytest.raises((TypeError, AttributeError)):
        results(lambda _: lambda: 1)  # type: ignore[arg-type, return-value]


def test_a_child_that_ends_by_itself_is_no_overrun() -> None:
    with pytest.raises(RuntimeError, match="status 3"):
        results(lambda _: os._exit(3))


def test_what_the_pages_before_it_left_behind_is_not_a_pages_fault() -> None:
    @contextmanager
    def prepare() -> Iterator[Callable[[int], int]]:
        kept: list[bytearray] = []

        def leak(page: int) -> int:
            kept.append(bytearray(25 * MEGABYTE))
            return page

        yield leak

    assert [result for _, result in run_pages(prepare, range(1, 9), LIMITS)] == list(range(1, 9))


def test_pages_are_prepared_for_once_and_tidied_up_after(tmp_path: Path) -> None:
    diary = tmp_path / "diary"

    @contextmanager
    def prepare() -> Iterator[Callable[[int], int]]:
        with diary.open("a") as pen:
            pen.write("opened ")
            yield tenfold
            pen.write("closed")

    assert len(list(run_pages(prepare, range(5), LIMITS))) == 5
    assert diary.read_text() == "opened closed"


@pytest.mark.parametrize("evil", [hang, hoard, crash])
def test_work_that_is_not_about_a_page_ends_with_a_named_error(evil: Callable[[int], int]) -> None:
    @contextmanager
    def prepare() -> Iterator[Callable[[int], int]]:
        evil(0)
        yield tenfold

    with pytest.raises(TooCostlyError):
        list(run_pages(prepare, [1], LIMITS))
    with pytest.raises(TooCostlyError):
        run_limited(lambda: evil(0), LIMITS)
    assert run_limited(lambda: tenfold(1), LIMITS) == 10


def test_time_between_pages_is_nobodys() -> None:
    @contextmanager
    def prepare() -> Iterator[Callable[[int], int]]:
        yield tenfold

    for _, result in run_pages(prepare, [1, 2], LIMITS):
        time.sleep(LIMITS.seconds * 1.5)
        assert result in (10, 20)


def test_no_child_is_left_when_the_rest_is_not_wanted() -> None:
    @contextmanager
    def prepare() -> Iterator[Callable[[int], int]]:
        yield lambda _: os.getpid()

    pages = run_pages(prepare, [1, 2], LIMITS)
    _, child = next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert isinstance(child, int)
    assert gone(child)


@pytest.mark.parametrize("work", ["time.sleep(60)", "os.getpid()"])
def test_no_child_outlives_its_parent(tmp_path: Path, work: str) -> None:
    """While it works on a page as well as while it waits for one."""
    note = tmp_path / "child"
    source = f"""
import os, pathlib, time
from contextlib import nullcontext
from sozialakte.intake.pages.worker import Limits, run_pages
def work(page):
    pathlib.Path({str(note)!r}).write_text(str(os.getpid()))
    {work}
    return page
for _ in run_pages(lambda: nullcontext(work), [1], Limits(1.5, 64)):
    time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", source], env={"PYTHONPATH": os.pathsep.join(sys.path)})  # noqa: S603
    assert within(10, lambda: note.exists() and note.read_text() != "")
    parent.kill()
    parent.wait()
    assert within(10, lambda: gone(int(note.read_text())))


def within(seconds: float, true: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False
