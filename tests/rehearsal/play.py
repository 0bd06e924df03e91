"""What every play of the rehearsal is made of: steps that people, machines or the bank take, one after the other.

Every step goes through use cases and functions of the platform, its command line, or the bank.
"""

from __future__ import annotations

import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from typer.testing import CliRunner

from sozialakte.cli import app
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.runs.emergency_release import EmergencyRelease, read_release, release_name
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.import_emergency import EmergencyFileError, Imported
from sozialakte.payments.runs.run import PaymentRun, RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.s3_events import notification_of
from sozialakte.shared.texts import say
from tests.aws import BANK, PAYMENTS, rows, send
from tests.bank.office import claimed, put
from tests.bank.simulator import Incoming
from tests.emergencies import imported
from tests.pipeline import Pipeline
from tests.rehearsal.bank import Bank, Habits
from tests.rehearsal.standing import furnish_office, lay_in, some_of_wards, standing_payments
from tests.rehearsal.watch import Watch
from tests.runs import DAY, DUE_UNTIL, RELEASER, bank_files_out, check_sample, release, start_run

NEXT_DAY = DAY + timedelta(days=1)
LATE = 20
"""One payment in so many is approved only when the others are on their way."""


class RehearsalError(Exception):
    """The play did not go as it must; the message says where."""


@dataclass(frozen=True)
class Emergency:
    """What the command line made without the platform: the files for the bank, and who released them."""

    files: tuple[bytes, ...]
    release: EmergencyRelease


@dataclass
class Play(ABC):
    """``title`` says in a line what happens; ``tell`` shows a step. `play` raises `RehearsalError`."""

    title: ClassVar[str]
    habits: ClassVar[Habits] = Habits()

    payments: int
    seed: int
    tell: Callable[[str], object]
    bank: Bank = field(init=False)
    invoices: list[Invoice] = field(init=False)
    watch: Watch = field(init=False)
    platform: Pipeline = field(default_factory=Pipeline)

    def __post_init__(self) -> None:
        """The payments of the month, and those that come late; what the bank is going to do."""
        late = max(1, self.payments // LATE)
        self.watch = Watch(self.payments + late, self.platform)
        self.invoices = some_of_wards(standing_payments(self.payments + late, self.seed))
        furnish_office()
        claim = claimed()
        paid_in = Incoming("250.00", claim.reference, payer="Pia Muster")
        others = (Incoming("80.00", payer="Beat Beispiel"), Incoming("80.00", payer="Anna Muster"))
        self.bank = Bank(self.seed, self.habits, (paid_in, *others))

    @property
    def late(self) -> list[Invoice]:
        """Approved when the others are on their way."""
        return self.invoices[self.payments :]

    @abstractmethod
    def play(self) -> None:
        """From the first to the last step."""

    def approve_the_first(self) -> None:
        """The standing payments of the month."""
        lay_in(self.invoices[: self.payments])
        self.tell(f"{self.payments} Dauerzahlungen sind visiert und fällig.")

    def approve_the_late(self) -> None:
        """What comes when the run is made."""
        lay_in(self.late)
        self.tell(f"{len(self.late)} weitere Rechnungen werden erst jetzt visiert.")

    def make_run(self, day: date = DAY) -> PaymentRun:
        """Somebody makes a run, and somebody looks at its sample."""
        made = start_run(DUE_UNTIL, day=day)
        self.work()
        run = check_sample(made.run_id)
        self.work()
        count = sum(total.count for total in run.totals.values())
        self.tell(f"Lauf {run.run_id} mit {count} Zahlungen; {len(run.sample)} in der Stichprobe angesehen.")
        return run

    def release(self, run: PaymentRun) -> list[bytes]:
        """Somebody releases it; the files that the platform writes for the bank."""
        release(run.run_id, no_emergency_open=True)  # a play stands still between states
        self.work()
        self.must(RunStore(PAYMENTS).get(run.run_id).state is RunState.EXPORTED, f"{run.run_id} ist nicht exportiert")
        self.tell(f"Lauf {run.run_id} ist freigegeben von {RELEASER}, seine Datei geschrieben.")
        return self.files_of(run.run_id)

    def files_of(self, run_id: str) -> list[bytes]:
        """What lies there for the bank."""
        return [body for name, body in bank_files_out().items() if name.startswith(run_id)]

    def fetch_state(self) -> bytes:
        """The platform writes down what is to be paid, as it does every quarter of an hour; people fetch it."""
        self.platform.call("functions.payments.export_state", {})
        newest = BankFiles(BANK).newest_state()
        assert newest
        return newest[1]

    def emergency(self, state: bytes, day: date = DAY, last: str = "none") -> Emergency:
        """``sozialakte payments emergency`` on this state."""
        with tempfile.TemporaryDirectory() as folder:
            code, told = self.command(_asked(state, day, last, Path(folder)))
            self.must(code == 0, f"keine Notfalldatei: {told}")
            files = tuple(path.read_bytes() for path in sorted(Path(folder, "out").glob("*.xml")))
            (beside,) = Path(folder, "out").glob(release_name("*"))
            made = Emergency(files, read_release(beside.read_bytes()))
        self.tell("Die Befehlszeile macht die Notfalldatei aus dem Stand, ohne die Plattform.")
        return made

    def no_emergency(self, state: bytes, words: str, day: date = DAY, last: str = "none") -> None:
        """The same is refused, with these words among others."""
        with tempfile.TemporaryDirectory() as folder:
            code, told = self.command(_asked(state, day, last, Path(folder)))
            self.must(code == 1 and words in " ".join(told.split()), f"nicht abgelehnt mit «{words}»: {told}")
            self.must(not list(Path(folder).glob("out/*")), "trotz Ablehnung liegt etwas da")
        shown = "keine" if last == "none" else last
        self.tell(f"Notfall für den {day:%d.%m.%Y}, letzte Datei bei der Bank: {shown}: abgelehnt («{words} ...»).")

    def command(self, arguments: Sequence[str]) -> tuple[int, str]:
        """The command line; how it ended, and what it said."""
        ran = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "1000"})
        return ran.exit_code, ran.output

    def send(self, files: Sequence[bytes], *, taken: bool = True) -> None:
        """They go to the bank, which takes them, or does not."""
        for file in files:
            self.must(self.bank.send(file) is taken, f"die Bank nimmt eine Datei {'nicht' if taken else 'doppelt'} an")

    def take_over(self, made: Emergency, *, bank_refused_ours: bool = False) -> Imported:
        """``import-emergency``: all of it fits."""
        found = imported(*made.files, release=made.release, bank_refused_ours=bank_refused_ours)
        self.must(found.fits, f"nicht alles in der Notfalldatei passt: {found.odd[:3]} {found.against_rules}")
        back = f", {found.given_back} gehen in den nächsten Lauf zurück" if found.given_back else ""
        self.tell(f"Die Notfalldatei ist übernommen{back}; zu {found.settled} hatte die Bank schon etwas gemeldet.")
        return found

    def no_take_over(self, made: Emergency) -> None:
        """The import is refused, and nothing is changed by it."""
        with self.nothing_changes():
            try:
                imported(*made.files, release=made.release)
            except EmergencyFileError as error:
                self.tell(f"Die Übernahme der Notfalldatei wird abgelehnt: «{say(error.reason)}»")
                return
        raise RehearsalError("die Notfalldatei wurde übernommen")

    @contextmanager
    def nothing_changes(self) -> Iterator[None]:
        """Neither a row nor a file for the bank; the staff that a test needs is not of it."""
        before = rows(PAYMENTS), bank_files_out()
        yield
        self.must((rows(PAYMENTS), bank_files_out()) == before, "etwas hat sich geändert")

    def hear(self, answers: Sequence[bytes]) -> None:
        """The bank's messages come, each by itself."""
        for number, answer in enumerate(answers):
            key, version_id = put(answer, f"{self.bank.seed}-{len(answers)}-{number}.xml")
            send("bank", notification_of(BANK, key, version_id))
            self.platform.step("bank")
        self.watch.tell()
        self.tell(f"{len(answers)} Meldungen der Bank, doppelt und durcheinander.")

    def pay_the_rest(self, day: date = NEXT_DAY) -> None:
        """An ordinary run of what is left, and what the bank says of it."""
        run = self.make_run(day)
        self.send(self.release(run))
        self.hear(self.bank.answers(run.run_id))

    def look_again(self) -> None:
        """The platform looks again at what the bank told too early, as it does every hour."""
        self.platform.call("functions.payments.reconcile_bank", {})
        self.watch.tell()

    def work(self) -> None:
        """What the table tells of runs, and what is to be done about it, until nothing is left."""
        while self.watch.tell() or self.platform.step("runs"):
            pass

    def stored(self) -> list[Invoice]:
        """The invoices as they stand now."""
        return PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in self.invoices)

    def must(self, right: bool, complaint: str) -> None:
        """Raises `RehearsalError`."""
        if not right:
            raise RehearsalError(complaint)


def _asked(state: bytes, day: date, last: str, folder: Path) -> tuple[str, ...]:
    file = folder / "state.jsonl"
    file.write_bytes(state)
    what = ("--execution-day", f"{day}", "--due-until", f"{DUE_UNTIL}", "--releaser", RELEASER, "--last-at-bank", last)
    return ("payments", "emergency", str(file), *what, "--out", str(folder / "out"))
