"""Whether the platform stood still: an emergency file may be at the bank then that nobody has imported. In the payments
table:

| to find | how |
|---|---|
| when a state was written last, and first after a standstill | get ``STATES`` / ``WRITTEN`` |
| when a release last said that no emergency is open | get ``STATES`` / ``SAID`` |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sozialakte.runtime.dynamo import Item, Put, Table
from sozialakte.shared.reasons import Reason

STILL_AFTER = timedelta(minutes=45)
"""A state is written every quarter of an hour: two missed in a row are an outage."""
STOOD_STILL = Reason("run.stood_still")
"""Why a run is not released just so."""
_STATES, _WRITTEN, _SAID = "STATES", "WRITTEN", "SAID"


@dataclass(frozen=True)
class Standstill:
    """``written``: the newest state. ``back``: the first after the last standstill. ``said``: somebody who released a
    run said that no emergency is open. None: never.
    """

    written: datetime | None = None
    back: datetime | None = None
    said: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """It stood still, and nobody who released has said since that no emergency file waits to be imported."""
        if self.written is None:
            return False
        back = now if now - self.written > STILL_AFTER else self.back
        return back is not None and (self.said is None or self.said < back)


@dataclass(frozen=True)
class Standstills:
    """What is known of them."""

    table: str

    def get(self) -> Standstill:
        """The last one."""
        keys = [(_STATES, _WRITTEN), (_STATES, _SAID)]
        rows = {row["sk"]: row for row in Table(self.table).get_many(keys, consistent=True)}
        written, said = rows.get(_WRITTEN, {}), rows.get(_SAID, {})
        return Standstill(_moment(written, "written_at"), _moment(written, "back_at"), _moment(said, "said_at"))

    def note_state(self, now: datetime) -> None:
        """A state was written."""
        before = self.get()
        stood_still = before.written is not None and now - before.written > STILL_AFTER
        back = now if stood_still else before.back
        facts = {"written_at": now.isoformat(), **({"back_at": back.isoformat()} if back else {})}
        Table(self.table).put(_row(_WRITTEN, facts))

    def said(self, now: datetime) -> Put:
        """Somebody who releases says that no emergency is open."""
        return Put(self.table, _row(_SAID, {"said_at": now.isoformat()}))


def _row(what: str, facts: dict[str, str]) -> Item:
    return {"pk": _STATES, "sk": what, "entity": "standstill", **facts}


def _moment(row: Item, name: str) -> datetime | None:
    told = row.get(name)
    return datetime.fromisoformat(str(told)) if told else None
