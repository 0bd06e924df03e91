"""Put runs that got stuck back on their way: nothing depends on one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sozialakte.payments.messages import AdvanceRun
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.runtime.queues import Queue

STUCK_AFTER = timedelta(minutes=15)
"""No process works longer on a run: what it has not done by then nobody does unless asked again."""
_LOOKED_AT = 100
_AT_WORK = frozenset({RunState.BUILDING, RunState.RELEASED})


@dataclass(frozen=True)
class ResumeRuns:
    """The use case with what it works on. ``stuck_after``: what changed since may still be on its way."""

    runs: RunStore
    queue: Queue
    stuck_after: timedelta
    now: datetime

    def __call__(self) -> int:
        """Ask again for what was not done; how many runs. Of one whose files break rules people have heard."""
        newest = self.runs.newest(_LOOKED_AT).runs
        waiting = (run for run in newest if run.state in _AT_WORK and not run.is_refused)
        stuck = [run for run in waiting if run.since <= self.now - self.stuck_after]
        for run in stuck:
            self.queue.send(AdvanceRun(run_id=run.run_id).to_json())
        return len(stuck)
