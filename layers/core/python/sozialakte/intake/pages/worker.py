"""Work on pages in a process of its own, within limits of time and memory: a hostile page costs that page only.

An image of gigabytes, or a decoder that never ends or that crashes, cannot be caught in Python. So pages are worked on
in a child process that the kernel ends when it goes too far; a fresh one goes on with the next page.

* ``fork``, not ``spawn``: a start takes milliseconds instead of importing everything again, and closures need no
  pickling. The parent must hold no open document or OCR engine: what is open, ``prepare`` opens in the child.
* A pipe and no queue, lock or pool: those need semaphores in ``/dev/shm``, which AWS Lambda does not have.
* The clock is the kernel's timer in the child. It also ends a child that works on when its parent is dead; one that
  waits for its next page ends because the pipe does.
* The memory limit counts from what is mapped at the start, as the child shares all that the parent has loaded.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, TypeVar

from sozialakte.shared.reasons import Reason

T = TypeVar("T")
Prepare = Callable[[], AbstractContextManager[Callable[[int], T]]]

_FORK = multiprocessing.get_context("fork")
_STATM = Path("/proc/self/statm")  # first the number of pages mapped (man 5 proc); only Linux has it, and the limit
_OBJECTS_BETWEEN_COLLECTIONS = 20_000  # Python's 700 costs 3 % of looking at a page; a page makes few cycles
_OUT_OF_MEMORY = 77  # exit status of a child to which Python said that there is no more


@dataclass(frozen=True)
class Limits:
    """What a page may cost: seconds by the clock, and memory beyond what was mapped at the start."""

    seconds: float
    memory_mb: int


@dataclass(frozen=True)
class Overrun:
    """What there is instead of a page's result: it took too long or too much memory, or crashed the process."""

    reason: Reason = field(default_factory=lambda: Reason("page.too_costly"))


class TooCostlyError(RuntimeError):
    """Work that is not about one page (opening the document) went beyond its limits."""


def run_pages(prepare: Prepare[T], pages: Iterable[int], limits: Limits) -> Iterator[tuple[int, T | Overrun]]:
    """Each page with what the function that ``prepare`` gives makes of it, or `Overrun`; one page at a time.

    ``prepare`` runs in the child, within the same limits. Results and errors come back pickled: an error that the
    function raises is raised here and ends the run. Raises `TooCostlyError` if ``prepare`` goes beyond the limits.
    """
    with closing(_Workers(prepare, limits)) as workers:
        for page in pages:
            yield page, workers.result(page)


def run_limited(work: Callable[[], T], limits: Limits) -> T:
    """The result of ``work``, done in a child of its own. Raises what it raises, or `TooCostlyError`."""
    (_, result), *_ = run_pages(lambda: nullcontext(lambda _: work()), [0], limits)
    if isinstance(result, Overrun):
        raise TooCostlyError
    return result


class _EndedError(Exception):
    """The kernel ended the child; ``late`` if it was the clock."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.late = status == -signal.SIGALRM


class _Workers(Generic[T]):
    """One child at a time; a fresh one after one that ended."""

    def __init__(self, prepare: Prepare[T], limits: Limits) -> None:
        self._prepare, self._limits = prepare, limits
        self._worker: _Worker[T] | None = None

    def result(self, page: int) -> T | Overrun:
        """A page is to blame if a fresh child cannot do it either: those before it may have left memory behind."""
        fresh = self._worker is None
        worker = self._worker = self._worker or _Worker(self._prepare, self._limits)
        try:
            return worker.result(page)
        except _EndedError as ended:
            self.close()
            return Overrun() if fresh or ended.late else self.result(page)

    def close(self) -> None:
        if self._worker:
            self._worker.close()
            self._worker = None


class _Worker(Generic[T]):
    """A child and the pipe to it."""

    def __init__(self, prepare: Prepare[T], limits: Limits) -> None:
        self._seconds = limits.seconds
        self._pipe, theirs = _FORK.Pipe()
        self._process = _FORK.Process(target=_serve, args=(self._pipe, theirs, prepare, limits), daemon=True)
        self._process.start()
        theirs.close()
        try:
            self._answer()
        except _EndedError as ended:
            self.close()
            raise TooCostlyError from ended

    def result(self, page: int) -> T:
        self._pipe.send(page)
        result: T = self._answer()
        return result

    def close(self) -> None:
        """Let the child tidy up, within its limits."""
        self._pipe.close()
        self._process.join(self._seconds)
        self._process.kill()
        self._process.join()
        self._process.close()

    def _answer(self) -> Any:
        try:
            well, answer = self._pipe.recv()
        except (EOFError, ConnectionResetError):
            raise self._ended() from None
        if well:
            return answer
        raise answer

    def _ended(self) -> Exception:
        self._process.join()
        status = self._process.exitcode or 0
        if status < 0 or status == _OUT_OF_MEMORY:
            return _EndedError(status)
        return RuntimeError(f"the child ended with status {status}: its traceback is in the log")


def _serve(parents: Connection, pipe: Connection, prepare: Prepare[T], limits: Limits) -> None:
    """The child: answer what is asked until nobody asks any more."""
    parents.close()
    _restrict(limits.memory_mb)
    try:
        _clock(limits.seconds)
        with prepare() as work:
            pipe.send((True, None))
            for page in _asked(pipe):
                _clock(limits.seconds)
                pipe.send((True, work(page)))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        error.add_note("In the child:\n" + "".join(traceback.format_tb(error.__traceback__)))
        pipe.send((False, error))


def _asked(pipe: Connection) -> Iterator[int]:
    """The pages asked for; ends when the parent closes the pipe or dies. Nobody's time runs while waiting."""
    while True:
        _clock(0)
        try:
            yield pipe.recv()
        except EOFError:
            return


def _restrict(memory_mb: int) -> None:
    """The kernel ends what goes too far; it writes no core file, which would hold personal data."""
    gc.freeze()  # what the parent made stays shared: looking for garbage there would copy it
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends the child
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _STATM.exists():
        most = int(_STATM.read_text().split()[0]) * resource.getpagesize() + memory_mb * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _clock(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)
