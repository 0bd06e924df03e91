"""The proof of the sum for every client or creditor, as ``sozialakte payments ledger --by`` shows it."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from sozialakte.payments.owner_lines import OwnerLine, OwnerLines
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def show_owners(lines: OwnerLines) -> None:
    """In words: whether the sum is right, then a line for each of them, those that are wrong first."""
    facts = {"received": str(lines.received), "sum": str(lines.in_a_state)}
    typer.echo(say(Reason("cli.ledger.proven", facts) if lines.proven else Reason("cli.ledger.not_proven", facts)))
    for month in lines.wrong_months:
        typer.echo(say(Reason("cli.ledger.wrong_month", {"month": month})))
    names = ("month", str(lines.by), "received", "in_a_state", "states", "proof")
    table = Table(*(say(Reason(f"cli.ledger.{name}")) for name in names))
    for line in sorted(lines.lines, key=lambda one: one.proven):
        table.add_row(*_cells(line))
    Console().print(table)


def _cells(line: OwnerLine) -> tuple[str, ...]:
    states = ", ".join(f"{say(Reason(f'invoice_state.{state}'))} {count}" for state, count in line.states.items())
    proof = say(Reason("cli.ledger.line_right" if line.proven else "cli.ledger.line_wrong"))
    return line.month, line.id or "-", str(line.received), str(line.in_a_state), states, proof
