"""A month end that goes wrong: the platform dies in the middle of its run, people pay without it, it returns."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar
from unittest.mock import patch

from sozialakte.payments.runs.run import PaymentRun
from tests.crash.probe import Probe
from tests.rehearsal.bank import FILE, GROUP, PAYMENT, Habits
from tests.rehearsal.play import Play
from tests.runs import RELEASED_AT, RELEASER, release

BACK_AT = RELEASED_AT + timedelta(hours=5)


@dataclass
class MonthEnd(Play):
    """``taken`` is how many invoices the platform had taken when it died."""

    title: ClassVar[str] = "Monatsende mit Ausfall mitten im Lauf"
    taken: int = 0

    def play(self) -> None:
        """From the first to the last step. Raises `RehearsalError`."""
        self.approve_the_first()
        run = self.make_run()
        state = self.fetch_state()
        self._die_half_way(run)
        made = self.emergency(state)
        self.send(made.files)
        self.approve_the_late()
        self._come_back(run)
        answers = self.bank.answers(run.run_id)
        self.hear(answers[: len(answers) // 3])
        self.take_over(made, bank_refused_ours=True)
        self.hear(answers[len(answers) // 3 :])
        self.pay_the_rest()
        self.look_again()

    def command(self, arguments: Sequence[str]) -> tuple[int, str]:
        """In a process that knows nothing of AWS."""
        command = (sys.executable, "-c", "from sozialakte.cli import app; app()", *arguments)
        ran = subprocess.run(command, env=_without_aws(), capture_output=True, text=True, check=False)  # noqa: S603
        return ran.returncode, f"{ran.stdout}{ran.stderr}"

    def _die_half_way(self, run: PaymentRun) -> None:
        """Somebody releases the run; the process ends in the middle, and with it every message on its way."""
        release(run.run_id, no_emergency_open=True)  # the state is of today, the release of that day
        self.watch.tell()
        probe = Probe(at=self.payments // 2)
        probe.attach()
        with probe.watching():
            self.platform.step("runs")
        self.must(probe.fired and not self.files_of(run.run_id), "der Export ist nicht auf halbem Weg gescheitert")
        self.watch.forget()
        self.taken = sum(one.attempt for one in self.stored())
        self.tell(f"Freigegeben von {RELEASER}. Der Export scheitert: {self.taken} Rechnungen belegt, keine Datei.")

    def _come_back(self, run: PaymentRun) -> None:
        """The platform resumes its run by itself; the bank knows the ids of its file already."""
        with patch("functions.payments.export_state.utc_now", return_value=BACK_AT):
            self.platform.call("functions.payments.export_state", {})
        self.work()
        self.send(self.files_of(run.run_id), taken=False)
        self.tell(f"Die Plattform ist zurück und schickt ihre Datei auch: abgelehnt, Grund bei der {self._level}.")

    @property
    def _level(self) -> str:
        return self.habits.duplicate


@dataclass
class RefusedByGroup(MonthEnd):
    """The bank says only of each group that it has it already."""

    title: ClassVar[str] = f"Doppelte Datei, Grund DU01 je {GROUP}"
    habits: ClassVar[Habits] = replace(Habits(), duplicate=GROUP)


@dataclass
class RefusedByPayment(MonthEnd):
    """The bank says only of each payment that it has it already."""

    title: ClassVar[str] = f"Doppelte Datei, Grund DU01 je {PAYMENT}"
    habits: ClassVar[Habits] = replace(Habits(), duplicate=PAYMENT)


@dataclass
class RefusedByFile(MonthEnd):
    """The bank says only of the file that it has it already."""

    title: ClassVar[str] = f"Doppelte Datei, Grund DU01 für die {FILE}"


def _without_aws() -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**known, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
