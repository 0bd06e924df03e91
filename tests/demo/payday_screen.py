"""What the demo shows of the payment run: who did what, the file, what it left out, the paid bills, their vouchers."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sozialakte.shared.money import Money
from tests.demo.payday import Paid

LEGEND = (
    "Wer freigibt, hat keine dieser Rechnungen erfasst oder visiert. Die Bank belastet und meldet; was sie sagt, "
    "folgt aus der Datei. Gutschriften sind keine Zahlungen und bleiben visiert stehen."
)


def show_payday(paid: Paid, out: Console) -> None:
    """The run, its files, and every paid bill."""
    run = paid.run
    acts = ", ".join(f"{act['by']} {act['what_name']}" for act in run["acts"])
    out.print(f"Lauf {run['run_id']} ({run['state_name']}), Stichprobe {len(run['sample'])}: {acts}", highlight=False)
    for name, found in paid.findings.items():
        verdict = "[green]gültig[/green]" if found["valid"] else "[red]ungültig[/red]"
        line = f"Datei {name}.xml: {found['payments']} Zahlungen, {_amount(found['total'])}, {verdict}"
        out.print(line, highlight=False)
    for one in run["left_out"]:
        out.print(f"Nicht im Lauf: {escape(' '.join(one['reasons']))}", highlight=False)
    out.print(_bills(paid))
    out.print(LEGEND, highlight=False)


def _bills(paid: Paid) -> Table:
    table = Table(title="Bezahlt, verbucht, abgelegt", title_justify="left", expand=True)
    for name, ratio in (("An", 8), ("Betrag", 4), ("Dossier", 4), ("Stand", 3), ("Belege im Dossier", 3)):
        table.add_column(name, ratio=ratio, justify="right" if name == "Betrag" else "left")
    for bill in paid.bills:
        dossier = bill["dossier_id"]
        row = (bill["creditor"], _amount(bill["amount"], bill["currency"]), dossier, bill["state_name"])
        table.add_row(*map(escape, row), str(paid.vouchers[dossier]))
    return table


def _amount(told: str, currency: str = "CHF") -> str:
    """As people write it; the demo pays in francs."""
    return str(Money(Decimal(told), currency))
