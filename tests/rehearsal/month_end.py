"""A month end that goes wrong: the platform dies in the middle of the payment run, people pay without it, it returns.

Every step is one that people or machines take: use cases and functions of the platform, the command line, the bank.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from moto.backends import get_backend

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.runs.emergency_release import EmergencyRelease, read_release, release_name
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.import_emergency import Imported
from sozialakte.payments.runs.run import PaymentRun
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.s3_events import notification_of
from tests.aws import ACCOUNT, BANK, PAYMENTS, REGION, send
from tests.bank.office import put
from tests.crash.probe import Probe
from tests.emergencies import imported
from tests.pipeline import Pipeline
from tests.rehearsal.bank import Bank
from tests.rehearsal.standing import lay_in, standing_payments
from tests.runs import DAY, RELEASED_AT, RELEASER, bank_files_out, check_sample, release, start_run

BACK_AT = RELEASED_AT + timedelta(hours=5)
NEXT_DAY = DAY + timedelta(days=1)
LATE = 20
"""One payment in so many is approved only while the platform is down."""
REJECTED, RETURNED = 500, 1000
"""One payment in so many."""
_PUBLISHER, _RUNS = "functions.payments.publish_changes", "RUN#"


class RehearsalError(Exception):
    """The play did not go as it must; the message says where."""


@dataclass
class MonthEnd:
    """The play. ``tell`` shows a step; ``taken`` is how many invoices the platform had taken when it died."""

    payments: int
    seed: int
    tell: Callable[[str], object]
    bank: Bank = field(init=False)
    invoices: list[Invoice] = field(init=False)
    taken: int = 0
    _release: EmergencyRelease | None = None
    _platform: Pipeline = field(default_factory=Pipeline)
    _told: int = 0

    def __post_init__(self) -> None:
        """The payments of the month, and those that come late."""
        late = max(1, self.payments // LATE)
        self.bank = Bank(self.seed, DAY, REJECTED, RETURNED)
        self.invoices = standing_payments(self.payments + late, self.seed)

    @property
    def late(self) -> list[Invoice]:
        """Approved while the platform was down."""
        return self.invoices[self.payments :]

    def play(self) -> None:
        """From the first to the last step. Raises `RehearsalError`."""
        lay_in(self.invoices[: self.payments])
        self.tell(f"{self.payments} Dauerzahlungen sind visiert und fällig.")
        run = self._built()
        self._platform.call("functions.payments.export_state", {})
        self.tell("Der Stand für den Notfall ist exportiert.")
        self._die_half_way()
        files = self._emergency_files()
        for file in files:
            self._must(self.bank.send(file), "die Bank nimmt die Notfalldatei nicht")
        lay_in(self.late)
        self.tell(f"Die Bank hat die Notfalldatei. {len(self.late)} weitere Rechnungen werden erst jetzt visiert.")
        self._come_back(run)
        answers = self.bank.answers(f"{run.run_id}-1")
        self._hear(answers[: len(answers) // 3])
        found = self._take_over(files)
        self._must(found.fits, "nicht alles in der Notfalldatei passt")
        self._hear(answers[len(answers) // 3 :])
        self._pay_the_late()

    def _built(self) -> PaymentRun:
        run = start_run()
        self._work()
        run = check_sample(run.run_id)
        count = sum(total.count for total in run.totals.values())
        self._must(count == self.payments, f"im Lauf sind {count} Zahlungen")
        self.tell(f"Lauf {run.run_id} mit {count} Zahlungen; {len(run.sample)} in der Stichprobe angesehen.")
        return run

    def _die_half_way(self) -> None:
        """Somebody releases the run; the process ends in the middle, and with it every message on its way."""
        self._work()
        release(no_emergency_open=True)  # the state is of today, for the command line; the release is of that day
        self._tell_of_runs()
        probe = Probe(at=self.payments // 2)
        probe.attach()
        with probe.watching():
            self._platform.step("runs")
        self._must(probe.fired and not bank_files_out(), "der Export ist nicht auf halbem Weg gescheitert")
        self._platform.forget()
        self.taken = sum(one.attempt for one in self._stored())
        self.tell(f"Freigegeben von {RELEASER}. Der Export scheitert: {self.taken} Rechnungen belegt, keine Datei.")

    def _emergency_files(self) -> list[bytes]:
        """``sozialakte payments emergency`` in a process that knows nothing of AWS."""
        newest = BankFiles(BANK).newest_state()
        assert newest
        with tempfile.TemporaryDirectory() as folder:
            state = Path(folder, "state.jsonl")
            state.write_bytes(newest[1])
            asked = ("--execution-day", f"{DAY}", "--releaser", RELEASER, "--last-at-bank", "none")
            what = (str(state), *asked, "--out", f"{folder}/out")
            command = (sys.executable, "-c", "from sozialakte.cli import app; app()", "payments", "emergency", *what)
            ran = subprocess.run(command, env=_without_aws(), capture_output=True, text=True, check=False)  # noqa: S603
            self._must(ran.returncode == 0, f"keine Notfalldatei: {ran.stdout}{ran.stderr}")
            files = [path.read_bytes() for path in sorted(Path(folder, "out").glob("*.xml"))]
            (beside,) = Path(folder, "out").glob(release_name("*"))
            self._release = read_release(beside.read_bytes())
        self.tell("Die Befehlszeile macht die Notfalldatei aus dem letzten Stand, ohne die Plattform.")
        return files

    def _come_back(self, run: PaymentRun) -> None:
        """The platform resumes its run by itself; the bank knows the ids of its file already."""
        with patch("functions.payments.export_state.utc_now", return_value=BACK_AT):
            self._platform.call("functions.payments.export_state", {})
        self._work()
        (own,) = (body for name, body in bank_files_out().items() if name.startswith(run.run_id))
        self._must(not self.bank.send(own), "die Bank nimmt die Datei ein zweites Mal")
        self.tell("Die Plattform ist zurück, führt ihren Lauf zu Ende und schickt ihn: die Bank lehnt die MsgId ab.")

    def _take_over(self, files: list[bytes]) -> Imported:
        """The bank has refused the platform's own file, and somebody says so."""
        assert self._release
        found = imported(*files, release=self._release, bank_refused_ours=True)
        told = f"{len(found.odd)} Zahlungen passen nicht, zu {found.settled} hatte die Bank schon etwas gemeldet"
        self.tell(f"Die Notfalldatei ist übernommen: {told}.")
        return found

    def _hear(self, answers: list[bytes]) -> None:
        for number, answer in enumerate(answers):
            key, version_id = put(answer, f"{self.bank.seed}-{len(answers)}-{number}.xml")
            send("bank", notification_of(BANK, key, version_id))
            self._platform.step("bank")
        self.tell(f"{len(answers)} Meldungen der Bank, doppelt und durcheinander.")

    def _pay_the_late(self) -> None:
        """The next run is an ordinary one."""
        run = start_run(day=NEXT_DAY)
        self._work()
        release(run.run_id, no_emergency_open=True)  # the platform stood still, so it asks
        self._work()
        for name, body in bank_files_out().items():
            if name.startswith(run.run_id):
                self._must(self.bank.send(body), "die Bank nimmt den zweiten Lauf nicht")
                self._hear(self.bank.answers(name))
        self._platform.call("functions.payments.reconcile_bank", {})
        self.tell(f"Lauf {run.run_id} hat bezahlt, was dazukam.")

    def _work(self) -> None:
        """What the stream tells of runs, and what is to be done about it, until nothing is left."""
        self._tell_of_runs()
        while self._platform.round(["runs"]) or self._tell_of_runs():
            pass

    def _tell_of_runs(self) -> bool:
        """Only of runs: telling of 11'000 invoices would take as long as paying them, and tests prove it elsewhere."""
        changes = [change for change in self._new_changes() if _is_of_run(change)]
        for change in changes:
            self._platform.call(_PUBLISHER, {"Records": [change]})
        return bool(changes)

    def _new_changes(self) -> Iterator[Mapping[str, object]]:
        shard = get_backend("dynamodb")[ACCOUNT][REGION].tables[PAYMENTS].stream_shard
        assert shard
        new, self._told = shard.items[self._told :], len(shard.items)
        return (change.to_json() for change in new)

    def _stored(self) -> list[Invoice]:
        return PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in self.invoices)

    def _must(self, right: bool, complaint: str) -> None:
        if not right:
            raise RehearsalError(complaint)


def _is_of_run(change: Mapping[str, object]) -> bool:
    return f"'{_RUNS}" in str(change["dynamodb"]["Keys"])  # type: ignore[index] # moto's JSON


def _without_aws() -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**known, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
