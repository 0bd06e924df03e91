"""What the demo tells of its bills: their sum, who did what, and everything that is otherwise than it must be."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from rich.console import Console

from sozialakte.payments.qr_bill import Party
from sozialakte.payments.questions import CorrectFields
from tests.demo.bill_screen import MACHINE, show_bills, show_proof
from tests.demo.bill_work import RENT, TEETH, BillWork, counts_of, payment_differences, typed
from tests.demo.clerks import Clerk
from tests.demo.office import DemoError

STATES = {"approved": 4, "open": 7, "coded": 1, "rejected": 1, "duplicate": 1}
BILL = {
    "invoice_id": "a1",
    "creditor": "Muster [AG]",
    "currency": "CHF",
    "amount": "1450.00",
    "dossier_id": "SH-2024-00125",
    "state": "approved",
    "state_name": "visiert",
}
ACTS = [
    {"what": "approve", "by": "ma-101", "what_name": "visiert"},
    {"what": "submit", "by": "ma-102", "what_name": "kontiert"},
    {"what": "letter_filed", "by": MACHINE, "what_name": "abgelegt"},
    {"what": "register", "by": MACHINE, "what_name": "registriert"},
]


def ledger(*, proven: bool = True, **states: int) -> dict[str, Any]:
    by_state = STATES | states
    return {"proven": proven, "months": [{"received": sum(STATES.values()), "by_state": by_state}]}


def told(show: object, *arguments: object) -> str:
    console = Console(file=io.StringIO(), width=160)
    assert callable(show)
    show(*arguments, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@dataclass
class Desk:
    """Two rents in a dossier; ``twins`` of each."""

    twins: Mapping[str, list[str]]
    asked: list[str] = field(default_factory=list)

    def see(self, who: Clerk, path: str) -> dict[str, Any]:
        self.asked.append(f"{who.staff_id} {path}")
        invoice_id = path.rsplit("/", 1)[-1]
        return {"invoice": {"invoice_id": invoice_id}, "twins": self.twins[invoice_id], "letter_id": "x", "page": 1}

    def do(self, who: Clerk, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        raise AssertionError((who, path, body))


def test_what_is_being_worked_on_counts_as_open() -> None:
    assert counts_of(ledger()).model_dump() == {
        "received": 14,
        "approved": 4,
        "open": 8,
        "rejected": 1,
        "duplicates": 1,
        "paid": 0,
        "files_valid": False,
        "vouchers_filed": 0,
    }


def test_what_is_paid_was_approved() -> None:
    counts = counts_of(ledger(approved=1, released=1, paid=2))

    assert (counts.approved, counts.paid) == (4, 2)


def test_nothing_is_said_where_all_is_as_it_must_be() -> None:
    assert list(payment_differences(ledger())) == []


def test_every_difference_is_named() -> None:
    found = list(payment_differences(ledger(proven=False, approved=3, duplicate=2)))

    assert found == [
        "Rechnungen: die Summe geht nicht auf",
        "Rechnungen approved: 3 statt 4",
        "Rechnungen duplicates: 2 statt 1",
    ]


def test_the_copy_is_the_one_that_may_repeat_the_other() -> None:
    work = BillWork(Desk({"b": [], "a": ["b"]}))

    assert work.original_and_copy(["a", "b"]) == ("b", "a")


def test_a_copy_that_nobody_notices_ends_the_demo() -> None:
    work = BillWork(Desk({"b": [], "a": []}))

    with pytest.raises(DemoError, match="zweimal"):
        work.original_and_copy(["a", "b"])


def test_a_bill_is_known_by_its_sender_its_dossier_and_its_kind() -> None:
    dossiers = {"tenant": "SH-2024-00125"}
    line = {"creditor": RENT.creditor, "dossier_id": "SH-2024-00125", "kind": "bill"}

    assert RENT.is_it(line, dossiers)
    assert not any(RENT.is_it(line | {name: "x"}, dossiers) for name in line)


def test_the_address_of_a_bill_without_a_code_is_typed() -> None:
    told = CorrectFields(version=1, **typed(TEETH.creditor)).fields()  # type: ignore[arg-type] # as in JSON

    assert told.changes["creditor"] == Party(TEETH.creditor, "Schwanenplatz", "4", "6004", "Luzern", "CH")
    assert typed(RENT.creditor) == {}


def test_the_table_says_who_did_what_and_not_what_the_machine_did() -> None:
    text = told(show_bills, [BILL], {"a1": ACTS})

    assert "Muster [AG]" in text
    assert "ma-102 kontiert, ma-101 visiert" in text
    assert "CHF 1'450.00" in text
    assert not any(word in text.split("Wer:")[0] for word in ("registriert", "abgelegt"))


@pytest.mark.parametrize(("proof", "words"), [(ledger(), "Die Summe geht auf: 14"), (ledger(open=6), "GEHT NICHT AUF")])
def test_the_proof_adds_up_by_itself(proof: dict[str, Any], words: str) -> None:
    assert words in told(show_proof, proof)
