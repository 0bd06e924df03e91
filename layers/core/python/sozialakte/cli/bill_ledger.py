"""``sozialakte payments ledger`` and ``recount``: the proof that no bill was lost, and its repair."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sozialakte.cli.owner_ledger import show_owners
from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.cli.stage import table_of
from sozialakte.payments.age_chart import age_chart
from sozialakte.payments.bill_ledger import ReadBillLedger
from sozialakte.payments.ledger_books import Owner
from sozialakte.payments.ledger_lines import InvoiceLine, LedgerLines
from sozialakte.payments.owner_lines import OwnerLines
from sozialakte.payments.owner_report import ReadOwnerReport
from sozialakte.payments.recount_ledger import LedgerInUseError, LostInvoicesError, RecountLedger
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

Stage = Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")]


def ledger_command(
    stage: Stage,
    dossier: Annotated[str | None, typer.Option(help="Only the bills of a dossier.")] = None,
    creditor: Annotated[str | None, typer.Option(help="Only the bills of a creditor (its id).")] = None,
    by: Annotated[
        Owner | None, typer.Option(help="A line for every creditor or dossier and month: all bills are read.")
    ] = None,
    chart: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Also write how old the unpaid bills are (SVG).")
    ] = None,
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Prove that every bill received is in exactly one state; show amounts, ages, and what is overdue or hurries.

    Exit code 0: the sum is right; 1: it is not, or there is no such stage; 2: wrong usage; 3: AWS did not answer as
    needed.
    """
    with in_one_line():
        lines = _lines(stage, dossier, creditor, by)
    if json_wanted:
        typer.echo(lines.model_dump_json())
    elif isinstance(lines, OwnerLines):
        show_owners(lines)
    else:
        _show(lines)
    if chart:
        chart.write_text(age_chart(lines.ages, lines.day), encoding="utf-8")
    if not lines.proven:
        raise typer.Exit(FOUND)


def recount_bills_command(
    stage: Stage,
    lost: Annotated[
        int, typer.Option(help="So many bills were counted and are gone for good: count them no more.")
    ] = 0,
) -> None:
    """Compare the ledger's counters with the bills themselves, and set right what differs.

    Exit code 0: they agree, or do so now; 1: people change bills all the time, bills are lost, or there is no such
    stage; 2: wrong usage; 3: AWS did not answer as needed.
    """
    with in_one_line():
        try:
            mended = RecountLedger(PaymentsStore(table_of(stage, "payments")), lost=lost).mend()
        except LedgerInUseError as error:
            raise CommandError(Reason("cli.recount_bills.in_use")) from error
        except LostInvoicesError as error:
            raise CommandError(Reason("cli.recount_bills.lost", {"count": str(error.count)})) from error
    done = Reason("cli.recount_bills.mended", {"count": str(mended)}) if mended else Reason("cli.recount_bills.right")
    typer.echo(say(done))


def _lines(stage: str, dossier: str | None, creditor: str | None, by: Owner | None) -> LedgerLines | OwnerLines:
    if by and (dossier or creditor):
        raise typer.BadParameter(say(Reason("cli.ledger.by_alone")))
    store, day = PaymentsStore(table_of(stage, "payments")), zurich_date(utc_now())
    if by:
        return OwnerLines.of(ReadOwnerReport(store, day)(by))
    read = ReadBillLedger(store, day)
    return LedgerLines.of(read.some(dossier, creditor) if dossier or creditor else read.all())


def _show(lines: LedgerLines) -> None:
    facts = {"received": str(lines.received), "sum": str(lines.in_a_state)}
    typer.echo(say(Reason("cli.ledger.proven", facts) if lines.proven else Reason("cli.ledger.not_proven", facts)))
    unpaid = sum(lines.ages.values())
    if unpaid != lines.unpaid_counted:
        counts = {"counted": str(lines.unpaid_counted), "found": str(unpaid)}
        typer.echo(say(Reason("cli.ledger.unpaid_missing", counts)))
    console = Console()
    console.print(_states(lines))
    console.print(_ages(lines))
    for name, found in (("cli.ledger.overdue", lines.overdue), ("cli.ledger.at_risk", lines.at_risk)):
        typer.echo(say(Reason(name, {"count": str(len(found))})))
        if found:
            console.print(_invoices(found))


def _states(lines: LedgerLines) -> Table:
    table = _table("state", "count", "amount")
    for line in lines.states:
        without = say(Reason("cli.ledger.without_amount", {"count": str(line.without_amount)}))
        told = [str(Money(Decimal(amount), currency)) for currency, amount in line.amounts.items()]
        amounts = ", ".join([*told, without] if line.without_amount else told)
        table.add_row(say(Reason(f"invoice_state.{line.state}")), str(line.count), amounts)
    return table


def _ages(lines: LedgerLines) -> Table:
    title = say(Reason("bill_ages.title", {"day": f"{lines.day:%d.%m.%Y}", "count": str(sum(lines.ages.values()))}))
    table = Table(*(say(Reason(f"bill_age.{age}")) for age in lines.ages), title=title, title_justify="left")
    table.add_row(*map(str, lines.ages.values()))
    return table


def _invoices(found: Sequence[InvoiceLine]) -> Table:
    table = _table("invoice", "state", "amount", "due", "discount_until", "dossier", "creditor")
    for one in found:
        amount = str(Money(Decimal(one.amount), one.currency)) if one.amount else "-"
        until = f"{one.discount_until:%d.%m.%Y}" if one.discount_until else "-"
        state = say(Reason(f"invoice_state.{one.state}"))
        ids = one.dossier_id or "-", one.creditor_id or "-"
        table.add_row(one.invoice_id, state, amount, f"{one.due_by:%d.%m.%Y}", until, *ids)
    return table


def _table(*columns: str) -> Table:
    return Table(*(say(Reason(f"cli.ledger.{column}")) for column in columns))
