"""The demo's payday: who does what in which order, what it shows, and everything that is otherwise than it must be."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from rich.console import Console

from tests.bank.office import payment_file, released
from tests.demo import waiting
from tests.demo.bill_work import STEPS, PaymentCounts
from tests.demo.clerks import ACCOUNTING, CASEWORKER, RELEASER, Clerk
from tests.demo.office import DemoError
from tests.demo.payday import Paid, PayDay, inspected, payday_differences, readers_of
from tests.demo.payday_screen import show_payday

FILE = payment_file([released(1), released(2), released(3)])
DOSSIER = "SH-2024-00125"
LINE = {"creditor": "Muster [AG]", "currency": "CHF", "amount": "10.00", "dossier_id": DOSSIER, "state_name": "bezahlt"}
RUN = "R20261127-01"
COUNTS = PaymentCounts(received=14, approved=4, open=8, rejected=1, duplicates=1, paid=3)


@dataclass
class Desk:
    """A platform of three bills that does what it is asked at once; ``ends`` is where its run ends."""

    ends: str = "exported"
    asked: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def see(self, who: Clerk, path: str) -> dict[str, Any]:
        if path.startswith("/dossiers/"):
            assert who == CASEWORKER
            return {"documents": [{"kind": "bill"}, *[{"kind": "voucher"}] * 3]}
        if "invoices?" in path:
            return {"invoices": [LINE] * 3 if self.messages else []}
        return self._run()

    def do(self, who: Clerk, path: str, body: Mapping[str, object]) -> dict[str, Any]:  # noqa: ARG002 (the demo sends it)
        self.asked.append(f"{who.staff_id} {path.rsplit('/', 1)[-1]}")
        return self._run()

    def sent_to_bank(self, message_id: str) -> bytes:
        assert message_id == f"{RUN}-1"
        return FILE

    def come_from_bank(self, name: str, content: bytes) -> None:
        assert content
        self.messages.append(name)

    def _run(self) -> dict[str, Any]:
        state = self.ends if any("release" in one for one in self.asked) else "checking"
        state = "cancelled" if self.ends == "cancelled" else state
        facts = {"run_id": RUN, "state": state, "state_name": state, "version": 3, "execution_day": "2026-11-27"}
        files = [{"message_id": f"{RUN}-1", "count": 3}]
        left_out = [{"reasons": ["Das ist eine Gutschrift."]}]
        acts = [{"by": "ma-402", "what_name": "freigegeben"}]
        return {
            **facts,
            "sample": [{"invoice_id": "a1"}],
            "left_out": left_out,
            "dropped": [],
            "files": files,
            "acts": acts,
        }


def played(desk: Desk) -> Paid:
    return PayDay(
        desk, desk, {DOSSIER: CASEWORKER}, lambda _: {"valid": True, "payments": 3, "total": "600.00"}
    ).everything()


def test_a_third_person_releases_what_accounting_has_checked() -> None:
    desk = Desk()

    played(desk)

    assert desk.asked == [f"{ACCOUNTING.staff_id} runs", f"{ACCOUNTING.staff_id} a1", f"{RELEASER.staff_id} release"]
    decided = {clerk for people in STEPS.values() for clerk in people}
    assert RELEASER not in decided
    assert ACCOUNTING not in decided


def test_the_bank_answers_what_was_exported() -> None:
    desk = Desk()

    paid = played(desk)

    assert desk.messages == [f"{RUN}-1-{name}.xml" for name in ("status", "debits", "credits", "statement")]
    assert list(payday_differences(paid)) == []


def test_a_run_that_ends_without_a_file_ends_the_demo() -> None:
    with pytest.raises(DemoError, match="Gutschrift"):
        played(Desk(ends="cancelled"))


def test_what_does_not_happen_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", -1)

    with pytest.raises(DemoError, match="bleibt im Zustand released"):
        played(Desk(ends="released"))


def test_every_difference_is_named() -> None:
    paid = replace(played(Desk()), findings={"x": {"valid": False}}, bills=(LINE,), vouchers={DOSSIER: 2})

    found = list(payday_differences(paid))

    assert found[0].startswith("Zahlungsdateien")
    assert found[1:] == ["Rechnungen bezahlt: 1 statt 3", "Rechnungen Belege im Dossier: 2 statt 3"]


def test_counts_say_what_was_filed_and_whether_the_files_are_right() -> None:
    counted = played(Desk()).counted(COUNTS)

    assert (counted.paid, counted.files_valid, counted.vouchers_filed) == (3, True, 3)
    assert not replace(played(Desk()), findings={}).counted(COUNTS).files_valid


def test_a_file_is_checked_by_the_command_line() -> None:
    assert inspected(FILE)["valid"]
    assert not inspected(FILE.replace(b"<BtchBookg>true</BtchBookg>", b"<Nonsense/>"))["valid"]


def test_every_dossier_with_a_paid_bill_has_a_reader() -> None:
    dossiers = {bill.role: f"SH-{bill.role}" for bill in STEPS}

    assert set(readers_of(dossiers)) == set(dossiers.values())


def test_the_screen_shows_who_released_and_what_stayed_behind() -> None:
    console = Console(file=io.StringIO(), width=160)
    show_payday(played(Desk()), console)

    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert all(words in text for words in ("ma-402 freigegeben", "gültig", "Gutschrift", "Muster [AG]", f"{RUN}-1.xml"))
