"""Undoes an import or a take-over: every entry it changed gets back exactly what it was before.

What a later run or a person has changed since stays as it is and is named. So does a dossier that the run brought and
in which documents lie by now, with those in it: else nobody could reach the documents. Doing it again, or after it
broke off, comes to the same end.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace

from sozialakte.register.records import CURRENT, MEMBER, person_key
from sozialakte.register.run_notes import noted
from sozialakte.register.runs import Run, RunState
from sozialakte.register.store import RegisterStore
from sozialakte.register.stored_history import LastWrite, last_write


@dataclass(frozen=True)
class Refused:
    """An entry that stays as it is, and who has changed it since (nobody known: it is gone).

    ``in_use``: it stays because of documents, whoever changed it.
    """

    entry: str
    since: LastWrite
    in_use: bool = False

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


def _no_documents(_: str) -> bool:
    return False


def undo_run(
    register: RegisterStore,
    run_id: str,
    at_most: int | None = None,
    has_documents: Callable[[str], bool] = _no_documents,
) -> Undone:
    """Undo the run, or at most so many entries of it. Raises `UnknownRunError` and ``WriteConflictError``.

    ``has_documents``: whether documents lie in a dossier; asked of those the run brought (a take-over brings none).
    """
    run = register.runs.settle(register.runs.find(run_id), RunState.UNDOING)
    restored, left, done_now = 0, 0, 0
    refused: list[Refused] = []
    in_use = _InUse(has_documents)
    for note in register.runs.notes(run_id):
        if note.get("undone") is True:
            restored += 1
        elif at_most is not None and done_now >= at_most:
            left += 1
        elif in_use.keeps(note):
            refused.append(Refused(_entry(note), LastWrite(0, None, None, None), in_use=True))
        elif (others := register.chronicle.restore(run_id, note)) is None:
            restored, done_now = restored + 1, done_now + 1
        else:
            refused.append(Refused(_entry(note), last_write(others)))
    return Undone(_settled(register, run, refused, left), restored, tuple(refused), left)


@dataclass(frozen=True)
class _InUse:
    """The dossiers that must stay, the places in them, and the persons: a run's notes come in this order."""

    has_documents: Callable[[str], bool]
    _kept: set[str] = field(default_factory=set)

    def keeps(self, note: dict[str, object]) -> bool:
        (pk, sk), before = next(noted(note))
        kept = before is None and self._is_kept(pk, sk)
        if kept:
            self._kept.add(person_key(sk.removeprefix(MEMBER))[0] if sk.startswith(MEMBER) else pk)
        return kept

    def _is_kept(self, pk: str, sk: str) -> bool:
        kind, _, number = pk.partition("#")
        return self.has_documents(number) if (kind, sk) == ("dossier", CURRENT) else pk in self._kept


def _settled(register: RegisterStore, run: Run, refused: list[Refused], left: int) -> Run:
    if left:
        return run
    return register.runs.settle(run, RunState.PARTLY_UNDONE if refused else RunState.UNDONE)


def _entry(note: dict[str, object]) -> str:
    """By its ids: ``person#P-000123``, ``dossier#SH-2026-00123/person#P-000123``."""
    (pk, sk), _ = next(noted(note))
    return pk if sk == "current" else f"{pk}/{sk}"
