"""The proof as people in accounting read it: the month end in full, and a line for each play."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from sozialakte.shared.money import Money
from tests.rehearsal.proof import Proof

GOOD = "Niemand ist unbezahlt, niemand ist zweimal bezahlt, die Bücher stimmen mit der Bank überein."
BAD = "DER BEWEIS GEHT NICHT AUF"
_SHOWN = 3
_COLUMNS = ("Rechnungen", "bezahlt", "zurück", "auffällig", "Buchhaltung CHF", "Bank CHF", "Belege", "Eingang CHF")


def show_proof(proof: Proof, out: Console) -> None:
    """Everything that was compared in a play, and the verdict."""
    table = Table(title="Beweis", title_justify="left")
    for name in ("", "Bücher", "Bank"):
        table.add_column(name, justify="right" if name else "left")
    for row in _rows(proof):
        table.add_row(*row)
    out.print(table)
    verdict = f"[green]{GOOD}[/green]" if proof.holds else f"[red]{BAD}[/red]"
    out.print(verdict, highlight=False)


def show_plays(proofs: Sequence[tuple[str, Proof]], out: Console) -> None:
    """A line for each play, and what does not hold in any of them."""
    table = Table(title="Alle Abläufe", title_justify="left")
    table.add_column("Ablauf")
    for name in _COLUMNS:
        table.add_column(name, justify="right")
    table.add_column("Beweis")
    for title, proof in proofs:
        verdict = "[green]geht auf[/green]" if proof.holds else "[red]GEHT NICHT AUF[/red]"
        table.add_row(title, *_line(proof), verdict)
    out.print(table)
    for title, proof in proofs:
        for what, which in _wrong(proof):
            out.print(f"[red]{title}: {what}: {which}[/red]", highlight=False)
    good = all(proof.holds for _, proof in proofs)
    out.print(f"[green]{GOOD}[/green]" if good else f"[red]{BAD}[/red]", highlight=False)


def _rows(proof: Proof) -> Iterator[tuple[str, str, str]]:
    yield "Rechnungen eingegangen", number(proof.received), ""
    yield "davon bezahlt", number(proof.paid), ""
    for why, count in sorted(proof.back.items()):
        yield f"davon zurück bei Menschen: {why}", number(count), ""
    yield "in der Liste der auffälligen Zahlungen", number(proof.odd), ""
    yield "Summe der bezahlten Rechnungen", francs(proof.ledger_total), ""
    yield "dazu auf dem Differenzkonto", francs(proof.difference), ""
    yield "Summe der Buchhaltung, Stornos abgezogen", francs(proof.journal_total), francs(proof.bank_total)
    yield "verglichen je Tag und Konto", "", number(proof.days)
    yield "Geldeingänge, Summe aller Zustände", francs(proof.came[1]), francs(proof.came[0])
    yield "Belege verlangt, je Buchung und Storno einer", number(proof.vouchers), ""
    yield "davon bis zum Auftrag geprüft", _checked(proof), ""
    for what, which in proof.wrong.items():
        yield what, number(len(which)), " ".join(which[:_SHOWN])


def _checked(proof: Proof) -> str:
    return "alle" if proof.asked == proof.vouchers else f"{number(proof.asked)} (Stichprobe)"


def _line(proof: Proof) -> tuple[str, ...]:
    counts = (proof.received, proof.paid, proof.back.total(), proof.odd)
    sums = (francs(proof.journal_total), francs(proof.bank_total), number(proof.vouchers), francs(proof.came[1]))
    return *map(number, counts), *sums


def _wrong(proof: Proof) -> Iterator[tuple[str, str]]:
    for what, which in proof.wrong.items():
        if which:
            yield what, f"{number(len(which))} ({', '.join(which[:_SHOWN])})"


def number(count: int) -> str:
    """As people write it: 11'000."""
    return f"{count:,}".replace(",", "'")


def francs(amount: Decimal) -> str:
    """As people write it: 1'234.50."""
    return str(Money(amount)).removeprefix("CHF ")
