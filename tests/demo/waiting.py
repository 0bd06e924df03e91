"""Delivers the mail and waits, watching the ledgers, until every batch has its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sozialakte.intake.answers import BatchDetail
from sozialakte.intake.batch import BatchState
from tests.demo.office import DemoError, Office
from tests.demo.truth import Delivery

PATIENCE = 200
"""Seconds without any page meeting its fate until the demo gives up."""
SETTLED = {BatchState.CLOSED, BatchState.REJECTED, BatchState.DUPLICATE}


def deliver_all(office: Office, folder: Path, deliveries: list[Delivery], console: Console) -> dict[str, str]:
    """Upload every file. Returns batch ids by upload name.

    A repeated file comes after the service knows the first one; what builds on earlier letters comes after all of them.

    Raises:
        DemoError: a file was not picked up.
    """
    first: dict[str, str] = {}
    ids: dict[str, str] = {}
    for place, delivery in enumerate(deliveries):
        if delivery.after_all:
            wait_for(office, ids, sum(earlier.pages_in for earlier in deliveries[:place]), console)
        known = first.get(delivery.file)
        if known:
            until(partial(_is_known, office, known), f"{delivery.file} wurde nicht abgeholt.")
        batch_id = office.deliver(folder, delivery)
        first.setdefault(delivery.file, batch_id)
        ids[delivery.uploaded_as] = batch_id
        console.print(f"  hochgeladen: {delivery.uploaded_as}", markup=False, highlight=False)
    return ids


def refuse_a_second_time(office: Office, folder: Path, deliveries: list[Delivery]) -> None:
    """Raise `DemoError` if this system has had the demo's mail: all of it would be duplicates."""
    if any(_is_known(office, office.batch_id(folder, delivery)) for delivery in deliveries):
        raise DemoError("Dieses System hat die Post der Demo schon erhalten. Von vorn: make down, dann make demo.")


def _is_known(office: Office, batch_id: str) -> bool:
    return office.batch(batch_id) is not None


def wait_for(office: Office, ids: Mapping[str, str], pages: int, console: Console) -> dict[str, BatchDetail]:
    """The batches by upload name once all are settled, with a bar of the pages that have their fate.

    Raises:
        DemoError: nothing moved for `PATIENCE` seconds; says which batches wait and where to look.
    """
    columns = (TextColumn("  Seiten mit Verbleib"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=pages)
        watched = _Watched(office, ids)
        until(lambda: watched.look(lambda done: progress.update(task, completed=done)), watched.complaint, watched)
    return watched.batches


class _Watched:
    """The batches as last seen."""

    def __init__(self, office: Office, ids: Mapping[str, str]) -> None:
        self._office = office
        self._ids = ids
        self.batches: dict[str, BatchDetail] = {}
        self.done = -1

    def look(self, show: Callable[[int], None]) -> bool:
        """Ask for every batch that is not settled; True when all are."""
        for name, batch_id in self._ids.items():
            known = self.batches.get(name)
            if known is None or known.batch.state not in SETTLED:
                self._refresh(name, batch_id)
        self.done = sum(seen.ledger.pages_in - seen.ledger.in_progress for seen in self.batches.values())
        show(self.done)
        return not self.waiting

    @property
    def waiting(self) -> list[str]:
        """Names of the batches that have no end yet."""
        return [name for name in self._ids if not self._is_settled(name)]

    def complaint(self) -> str:
        """What waits, and where to look."""
        dead = ", ".join(f"{queue}: {count}" for queue, count in self._office.dead_letters().items()) or "keine"
        log = self._office.emulator.log
        return f"{', '.join(self.waiting)} nicht fertig. Unzustellbar: {dead}. Protokoll: {log}"

    def _is_settled(self, name: str) -> bool:
        seen = self.batches.get(name)
        return seen is not None and seen.batch.state in SETTLED

    def _refresh(self, name: str, batch_id: str) -> None:
        found = self._office.batch(batch_id)
        if found:
            self.batches[name] = found


def until(done: Callable[[], bool], complaint: str | Callable[[], str], watched: _Watched | None = None) -> None:
    """Ask once a second. Patience starts anew whenever something moved."""
    moved, last = time.monotonic(), -1
    while not done():
        if watched and watched.done != last:
            moved, last = time.monotonic(), watched.done
        if time.monotonic() - moved > PATIENCE:
            raise DemoError(complaint if isinstance(complaint, str) else complaint())
        time.sleep(1)
