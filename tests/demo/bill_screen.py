"""What the demo shows of the bills: each with its state and who did what, and the proof of the sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

MACHINE = say(Reason("review.machine"))
COLOURS = {"approved": "green", "rejected": "red", "duplicate": "red", "open": "yellow"}
LEGEND = (
    "[bold]Wer[/bold]: Erfasst wird, was die Maschine vorschlägt (bei der Miete aus der Dauerregel). Wer erfasst, "
    "visiert nicht: bis 500 Franken visiert eine zweite Person, bis 5'000 die Teamleitung, darüber auch die "
    "Teamleitung eines anderen Teams. [yellow]offen[/yellow] = niemand hat sie erfasst: auch Mahnungen und Entscheide "
    "verlangen Geld. Ohne Dossier = der Brief wartet noch auf einen Menschen, die Rechnung ist trotzdem registriert."
)


def show_bills(
    bills: Sequence[Mapping[str, Any]], acts: Mapping[str, Sequence[Mapping[str, Any]]], out: Console
) -> None:
    """The table. ``acts`` by the id of the bill, the newest first, as the API tells them."""
    table = Table(title="Was aus den Rechnungen wurde", title_justify="left", expand=True)
    for name, ratio in (("Von", 8), ("Betrag", 4), ("Dossier", 4), ("Stand", 3), ("Wer", 13)):
        table.add_column(name, ratio=ratio, justify="right" if name == "Betrag" else "left")
    for bill in bills:
        table.add_row(*_row(bill, acts.get(bill["invoice_id"], ())))
    out.print(table)
    out.print(LEGEND, highlight=False)


def show_proof(ledger: Mapping[str, Any], out: Console) -> None:
    """The ledger of bills: every one received is in one state."""
    table = Table(title="Rechnungsnachweis", title_justify="left")
    states = [state for state in InvoiceState if any(state in month["by_state"] for month in ledger["months"])]
    for name in ("eingegangen", *(_named(state) for state in states)):
        table.add_column(name, justify="right")
    counts = [sum(month["by_state"].get(state, 0) for month in ledger["months"]) for state in states]
    received = sum(month["received"] for month in ledger["months"])
    table.add_row(*map(str, (received, *counts)))
    proven = ledger["proven"] and received == sum(counts)
    table.caption = f"{'Die Summe geht auf' if proven else 'DIE SUMME GEHT NICHT AUF'}: {received} Rechnungen verbucht."
    out.print(table)


def _row(bill: Mapping[str, Any], acts: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    amount = str(Money(Decimal(bill["amount"]), bill["currency"])) if bill["amount"] else "-"
    colour = COLOURS.get(bill["state"], "white")
    state = f"[{colour}]{escape(bill['state_name'])}[/{colour}]"
    return escape(bill["creditor"] or "-"), amount, escape(bill["dossier_id"] or "-"), state, escape(_who(acts))


def _who(acts: Sequence[Mapping[str, Any]]) -> str:
    """Who decided what, the first first; what the machine did is no news."""
    decided = [act for act in reversed(acts) if act["by"] != MACHINE and act["what"] != "correct"]
    told = [f"{act['by']} {act['what_name']}" for act in decided]
    return ", ".join(told) or "-"


def _named(state: InvoiceState) -> str:
    return say(Reason(f"invoice_state.{state}"))
