"""Do with a run what its state asks for. Again and again, by several at once: it is done once."""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.payments.runs.build_run import BuildRun
from sozialakte.payments.runs.export_run import ExportRun
from sozialakte.payments.runs.run import PaymentRun, RunState
from sozialakte.payments.runs.store import RunChangedError, RunStore


@dataclass(frozen=True)
class AdvanceRun:
    """The use case with what it works on."""

    runs: RunStore
    build: BuildRun
    export: ExportRun

    def __call__(self, run_id: str) -> PaymentRun:
        """The run as it is then. Raises `UnknownRunError`."""
        run = self.runs.get(run_id)
        try:
            return self._advanced(run)
        except RunChangedError as error:
            # Another process was quicker, or somebody cancelled it meanwhile.
            return self._advanced(error.current)

    def _advanced(self, run: PaymentRun) -> PaymentRun:
        if run.state is RunState.BUILDING:
            return self.build(run)
        release = run.release
        if release is None:
            return run
        if run.is_called_off:
            return self.export.call_off(run, release)
        if run.state is RunState.RELEASED:
            return self.export(run, release)
        self.export.after(run, release)
        return run
