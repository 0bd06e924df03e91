"""The plays of the rehearsal beside the month end itself: what else can go wrong between platform, people and bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from sozialakte.payments.invoice_states import InvoiceState
from tests.rehearsal.bank import Habits
from tests.rehearsal.month_end import MonthEnd, RefusedByFile, RefusedByGroup, RefusedByPayment
from tests.rehearsal.play import NEXT_DAY, Emergency, Play

MAIN = "month-end"


@dataclass
class _StateBeforeRun(Play):
    """The state is older than the run: the emergency file lacks what was approved since, under the same message id."""

    def _both_files(self) -> tuple[Emergency, list[bytes]]:
        self.approve_the_first()
        state = self.fetch_state()
        self.approve_the_late()
        run = self.make_run()
        ours = self.release(run)
        return self.emergency(state), ours


@dataclass
class EmergencyFirst(_StateBeforeRun):
    """The bank has the smaller file; it refuses ours."""

    title: ClassVar[str] = "Stand vor dem Lauf: Notfalldatei zuerst"

    def play(self) -> None:
        """What was only in ours is paid by the next run."""
        made, ours = self._both_files()
        self.send(made.files)
        self.send(ours, taken=False)
        self.tell("Die Bank hat die Notfalldatei; die grössere der Plattform lehnt sie ab.")
        found = self.take_over(made, bank_refused_ours=True)
        self.must(found.given_back == len(self.late), f"zurück gingen {found.given_back}")
        self.hear(self.bank.answers(made.release.run_id))
        self.pay_the_rest()
        self.look_again()


@dataclass
class OursFirst(_StateBeforeRun):
    """The bank has ours; it refuses the emergency file."""

    title: ClassVar[str] = "Stand vor dem Lauf: Datei der Plattform zuerst"

    def play(self) -> None:
        """There is nothing to import, neither before the bank has spoken nor after it."""
        made, ours = self._both_files()
        self.send(ours)
        self.send(made.files, taken=False)
        self.tell("Die Bank hat die Datei der Plattform; die Notfalldatei lehnt sie ab.")
        self.no_take_over(made)
        self.hear(self.bank.answers(made.release.run_id))
        self.no_take_over(made)
        self.look_again()


@dataclass
class StatementBeforeImport(Play):
    """The bank's statement, and the next run, are quicker than the import."""

    title: ClassVar[str] = "Auszug und nächster Lauf vor der Übernahme"

    def play(self) -> None:
        """The next run pays what is new alone; the import settles the rest at once."""
        self.approve_the_first()
        made = self.emergency(self.fetch_state())
        self.send(made.files)
        self.approve_the_late()
        self.hear(self.bank.answers(made.release.run_id))
        self.must(all(one.state is InvoiceState.APPROVED for one in self.stored()), "bezahlt ohne Freigabe")
        self.tell(
            "Der Auszug der Bank ist da, die Notfalldatei noch nicht übernommen: die Zahlungen warten in der Liste."
        )
        self.pay_the_rest()
        self.must(self._paid_by_next() == len(self.late), "der nächste Lauf hat mehr genommen als das Neue")
        found = self.take_over(made)
        self.must(found.settled == self.payments, f"verbucht wurden {found.settled}")
        self.watch.tell()
        self.look_again()

    def _paid_by_next(self) -> int:
        return sum(
            len(day.orders) for name, days in self.bank.days.items() if f"{NEXT_DAY:%Y%m%d}" in name for day in days
        )


@dataclass
class OtherDay(Play):
    """People try another day while a run is open, and an old state after its file went out."""

    title: ClassVar[str] = "Anderer Tag, veralteter Stand"

    def play(self) -> None:
        """All that is refused; of a state that knows the file, the rest is paid."""
        self.approve_the_first()
        before = self.fetch_state()
        run = self.make_run()
        while_open = self.fetch_state()
        self.no_emergency(while_open, f"Der Lauf {run.run_id} vom 30.11.2026 ist offen", NEXT_DAY)
        self.send(self.release(run))
        last = self.bank.last
        self.no_emergency(while_open, f"Die Bank hat {last} schon", last=last)
        self.no_emergency(before, f"kennt {last} nicht als gesendet", last=last)
        self.no_emergency(before, f"kennt {last} nicht als gesendet", NEXT_DAY, last)
        self.approve_the_late()
        after = self.fetch_state()
        self.no_emergency(after, f"kennt {last} als geschriebene Datei", NEXT_DAY)
        made = self.emergency(after, NEXT_DAY, last)
        self.send(made.files)
        self.hear(self.bank.answers(run.run_id))
        self.take_over(made)
        self.hear(self.bank.answers(made.release.run_id))
        self.look_again()


@dataclass
class ReturnedFirst(Play):
    """Money is told to come back before it is told to have gone, in part, or it went with another amount."""

    title: ClassVar[str] = "Rückzahlung vor Belastung, Teilbetrag, anderer Betrag"
    habits: ClassVar[Habits] = Habits(rejected=100, returned=30, partly=30, other=30, returns_first=True)

    def play(self) -> None:
        """People find it in the list of what is odd; the books show the difference."""
        self.approve_the_first()
        self.approve_the_late()
        run = self.make_run()
        self.send(self.release(run))
        self.hear(self.bank.answers(run.run_id))
        self.look_again()


PLAYS: Mapping[str, tuple[type[Play], ...]] = MappingProxyType(
    {
        MAIN: (MonthEnd,),
        "state-before-run": (EmergencyFirst, OursFirst),
        "statement-before-import": (StatementBeforeImport,),
        "other-day": (OtherDay,),
        "duplicate-words": (RefusedByFile, RefusedByGroup, RefusedByPayment),
        "returned-first": (ReturnedFirst,),
    }
)
"""By the name that the command line takes."""
