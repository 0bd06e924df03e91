"""What people and the bank do with the approved bills: a run is made, checked, released by a third person and exported,
the bank answers, bills are paid, and their vouchers lie in the dossiers.

The bank's answers follow from the file that was exported; the credit note is no payment and stays behind.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.shared.clock import utc_now, zurich_date
from tests.bank.simulator import BankDay
from tests.demo.bill_work import CREDIT, STEPS, Asks, PaymentCounts
from tests.demo.clerks import ACCOUNTING, RELEASER, Clerk
from tests.demo.office import DemoError
from tests.demo.waiting import until

PAID_BILLS = tuple(bill for bill in STEPS if bill is not CREDIT)
VOUCHER = "voucher"
_RUNS = "/payments/runs"
_AHEAD = timedelta(days=90)
"""Every bill of the mail is due by then."""


class Transport(Protocol):
    """Whoever carries files to the bank and back."""

    def sent_to_bank(self, message_id: str) -> bytes:
        """A file for the bank."""

    def come_from_bank(self, name: str, content: bytes) -> None:
        """A message of the bank arrives."""


@dataclass(frozen=True)
class Paid:
    """The run, what `inspect payment-file` says of each of its files, the paid bills, vouchers by dossier."""

    run: Mapping[str, Any]
    findings: Mapping[str, Mapping[str, Any]]
    bills: tuple[Mapping[str, Any], ...]
    vouchers: Mapping[str, int]

    @property
    def files_valid(self) -> bool:
        """A bank would take every file."""
        return bool(self.findings) and all(found["valid"] for found in self.findings.values())

    def counted(self, counts: PaymentCounts) -> PaymentCounts:
        """With the counts of the bank's side, for ``build/demo.json``."""
        return counts.model_copy(
            update={"files_valid": self.files_valid, "vouchers_filed": sum(self.vouchers.values())}
        )


@dataclass(frozen=True)
class PayDay:
    """The day. ``inspect`` checks a file; ``readers`` may open a dossier, by its id."""

    counter: Asks
    transport: Transport
    readers: Mapping[str, Clerk]
    inspect: Callable[[bytes], Mapping[str, Any]]

    def everything(self) -> Paid:
        """From the run to the vouchers. Raises `DemoError` if something is refused or does not happen."""
        run_id = self.checked_run()
        run = self.released(run_id)
        files = {file["message_id"]: self.transport.sent_to_bank(file["message_id"]) for file in run["files"]}
        for message_id, file in files.items():
            self._answer(message_id, file, date.fromisoformat(run["execution_day"]))
        bills = self._paid(sum(file["count"] for file in run["files"]))
        vouchers = self._filed({bill["dossier_id"] for bill in bills}, len(bills))
        return Paid(run, {name: self.inspect(file) for name, file in files.items()}, bills, vouchers)

    def checked_run(self) -> str:
        """Accounting makes a run and looks at every payment of its sample."""
        tomorrow = zurich_date(utc_now()) + timedelta(days=1)
        days = {"execution_day": tomorrow.isoformat(), "due_until": (tomorrow + _AHEAD).isoformat()}
        run_id = str(self.counter.do(ACCOUNTING, _RUNS, days)["run_id"])
        run = self._waited(run_id, "checking")
        for item in run["sample"]:
            self.counter.do(ACCOUNTING, f"{_RUNS}/{run_id}/sample/{item['invoice_id']}", {"right": True})
        return run_id

    def released(self, run_id: str) -> Mapping[str, Any]:
        """Somebody who has neither entered nor approved anything releases it; the run with its files."""
        version = self.counter.see(RELEASER, f"{_RUNS}/{run_id}")["version"]
        self.counter.do(RELEASER, f"{_RUNS}/{run_id}/release", {"version": version})
        return self._waited(run_id, "exported")

    def _waited(self, run_id: str, state: str) -> Mapping[str, Any]:
        seen: dict[str, Any] = {}

        def look() -> bool:
            seen.update(self.counter.see(ACCOUNTING, f"{_RUNS}/{run_id}"))
            if seen["state"] == "cancelled":
                raise DemoError(f"Der Lauf {run_id} ist abgebrochen: {seen['left_out']} {seen['dropped']}")
            return bool(seen["state"] == state)

        until(look, lambda: f"Der Lauf {run_id} bleibt im Zustand {seen['state']}.")
        return seen

    def _answer(self, message_id: str, file: bytes, booked_on: date) -> None:
        for name, content in BankDay(file, booked_on).messages().items():
            self.transport.come_from_bank(f"{message_id}-{name}", content)

    def _paid(self, count: int) -> tuple[Mapping[str, Any], ...]:
        found: list[Mapping[str, Any]] = []

        def look() -> bool:
            path = f"/payments/invoices?state={InvoiceState.PAID}"
            found[:] = self.counter.see(ACCOUNTING, path)["invoices"]
            return len(found) >= count

        until(look, lambda: f"Nur {len(found)} von {count} Rechnungen sind bezahlt.")
        return tuple(found)

    def _filed(self, dossiers: set[str], count: int) -> dict[str, int]:
        found: dict[str, int] = {}

        def look() -> bool:
            found.update((dossier_id, self._vouchers(dossier_id)) for dossier_id in sorted(dossiers))
            return sum(found.values()) >= count

        until(look, lambda: f"Nur {sum(found.values())} von {count} Belegen liegen im Dossier.")
        return found

    def _vouchers(self, dossier_id: str) -> int:
        documents = self.counter.see(self.readers[dossier_id], f"/dossiers/{dossier_id}/documents")["documents"]
        return sum(document["kind"] == VOUCHER for document in documents)


def readers_of(dossiers: Mapping[str, str]) -> dict[str, Clerk]:
    """Who enters the bills of a dossier may open it. ``dossiers``: their ids by role."""
    return {dossiers[bill.role]: people[0] for bill, people in STEPS.items()}


def inspected(file: bytes) -> Mapping[str, Any]:
    """What ``sozialakte inspect payment-file`` says of a file."""
    command = Path(sys.executable).with_name("sozialakte")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.xml")
        path.write_bytes(file)
        ran = subprocess.run(
            [command, "inspect", "payment-file", path, "--json"], capture_output=True, text=True, check=False
        )
    try:
        found: Mapping[str, Any] = json.loads(ran.stdout)
    except ValueError as error:
        raise DemoError(f"the file was not checked:\n{ran.stdout}{ran.stderr}") from error
    return found


def payday_differences(paid: Paid) -> Iterator[str]:
    """What is otherwise than it must be, in words."""
    wanted = len(PAID_BILLS)
    if not paid.files_valid:
        yield f"Zahlungsdateien: {paid.findings}"
    for what, found in (("bezahlt", len(paid.bills)), ("Belege im Dossier", sum(paid.vouchers.values()))):
        if found != wanted:
            yield f"Rechnungen {what}: {found} statt {wanted}"
