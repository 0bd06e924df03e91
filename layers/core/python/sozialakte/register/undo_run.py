"""Undoes an import or a take-over: every entry it changed gets back exactly what it was before.

What a later run or a person has changed since stays as it is and is named. Doing it again, or after it broke off, comes
to the same end.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from sozialakte.register.run_notes import noted
from sozialakte.register.runs import Run, RunState
from sozialakte.register.store import RegisterStore
from sozialakte.register.stored_history import LastWrite, last_write


@dataclass(frozen=True)
class Refused:
    """An entry that stays as it is, and who has changed it since (nobody known: it is gone)."""

    entry: str
    since: LastWrite

    @property
    def dossier_id(self) -> str:
        """The dossier it belongs to; a person's own id for a person."""
        return self.entry.partition("/")[0].partition("#")[2]


@dataclass(frozen=True)
class Undone:
    """What became of an undo. ``left``: entries still to do; ask again."""

    run: Run
    restored: int
    refused: tuple[Refused, ...]
    left: int

    def without(self, hidden: Container[str]) -> Undone:
        """Without naming these dossiers, for somebody to whom they do not exist."""
        shown = (one for one in self.refused if one.dossier_id not in hidden)
        return replace(self, refused=tuple(shown))


def undo_run(register: RegisterStore, run_id: str, at_most: int | None = None) -> Undone:
    """Undo the run, or at most so many entries of it. Raises `UnknownRunError` and ``WriteConflictError``."""
    run = register.runs.settle(register.runs.find(run_id), RunState.UNDOING)
    restored, left, done_now = 0, 0, 0
    refused: list[Refused] = []
    for note in register.runs.notes(run_id):
        if note.get("undone") is True:
            restored += 1
        elif at_most is not None and done_now >= at_most:
            left += 1
        elif (others := register.chronicle.restore(run_id, note)) is None:
            restored, done_now = restored + 1, done_now + 1
        else:
            refused.append(Refused(_entry(note), last_write(others)))
    return Undone(_settled(register, run, refused, left), restored, tuple(refused), left)


def _settled(register: RegisterStore, run: Run, refused: list[Refused], left: int) -> Run:
    if left:
        return run
    return register.runs.settle(run, RunState.PARTLY_UNDONE if refused else RunState.UNDONE)


def _entry(note: dict[str, object]) -> str:
    """By its ids: ``person#P-000123``, ``dossier#SH-2026-00123/person#P-000123``."""
    (pk, sk), _ = next(noted(note))
    return pk if sk == "current" else f"{pk}/{sk}"
