"""The proof at the end: what the ledger says of every payment, against what the bank did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import Counts
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.money import Money
from tests.aws import PAYMENTS
from tests.rehearsal.bank import Sums

_SENT_BACK = frozenset({"bank_rejected", "bank_returned"})


@dataclass(frozen=True)
class Proof:
    """What was counted. ``unpaid``, ``twice``, ``otherwise`` and ``foreign`` must be empty.

    ``back``: payments that people have to look at, by the bank's reason. ``otherwise``: ledger and bank disagree.
    ``foreign``: the bank paid something that nobody ordered.
    """

    received: int
    paid: int
    ledger_total: Decimal
    bank_total: Decimal
    back: Counter[str]
    unpaid: tuple[str, ...]
    twice: tuple[str, ...]
    otherwise: tuple[str, ...]
    foreign: tuple[str, ...]
    is_proven: bool

    @property
    def holds(self) -> bool:
        """Nobody is unpaid, nobody is paid twice, and every sum fits."""
        wrong = (*self.unpaid, *self.twice, *self.otherwise, *self.foreign)
        whole = self.received == self.paid + self.back.total()
        return self.is_proven and whole and not wrong and self.ledger_total == self.bank_total


def prove(invoices: Sequence[Invoice], sums: Sums) -> Proof:
    """Compare these invoices, as they stand now, and the ledger with the bank."""
    store = PaymentsStore(PAYMENTS)
    now = store.get_many(one.invoice_id for one in invoices)
    months = [*store.ledger.by_month().values()]
    ids = {name for one in now for name in _ids(one)}
    return Proof(
        received=sum(month.received for month in months),
        paid=sum(month.by_state.get(InvoiceState.PAID, 0) for month in months),
        ledger_total=_paid_total(months),
        bank_total=sum((sums.net(name) for name in sums.out), Decimal(0)),
        back=Counter(_why(one) for one in now if _is_back(one)),
        unpaid=tuple(one.invoice_id for one in now if not _net(one, sums) and not _is_back(one)),
        twice=tuple(one.invoice_id for one in now if _is_twice(one, sums)),
        otherwise=tuple(one.invoice_id for one in now if _net(one, sums) != _told(one)),
        foreign=tuple(sorted({*sums.out, *sums.back} - ids)),
        is_proven=len(now) == len(invoices) and all(month.is_proven for month in months),
    )


def show_proof(proof: Proof, out: Console) -> None:
    """The table, and the verdict."""
    table = Table(title="Beweis", title_justify="left")
    table.add_column("")
    table.add_column("Hauptbuch", justify="right")
    table.add_column("Bank", justify="right")
    table.add_row("eingegangen", str(proof.received), "")
    table.add_row("bezahlt", str(proof.paid), "")
    table.add_row("Summe", str(Money(proof.ledger_total, "CHF")), str(Money(proof.bank_total, "CHF")))
    for why, count in sorted(proof.back.items()):
        table.add_row(f"zurück bei Menschen: {why}", str(count), "")
    wrong = {"unbezahlt": proof.unpaid, "zweimal bezahlt": proof.twice, "Hauptbuch und Bank uneins": proof.otherwise}
    for what, which in {**wrong, "von niemandem bestellt": proof.foreign}.items():
        table.add_row(what, str(len(which)), " ".join(which[:3]))
    out.print(table)
    good = "Niemand ist unbezahlt, niemand ist zweimal bezahlt."
    out.print(f"[green]{good}[/green]" if proof.holds else "[red]DER BEWEIS GEHT NICHT AUF[/red]", highlight=False)


def _ids(invoice: Invoice) -> list[str]:
    return [end_to_end_id(invoice.invoice_id, attempt) for attempt in range(1, invoice.attempt + 1)]


def _net(invoice: Invoice, sums: Sums) -> Decimal:
    return sum((sums.net(name) for name in _ids(invoice)), Decimal(0))


def _told(invoice: Invoice) -> Decimal:
    """What its creditor must have, by the ledger."""
    owed = invoice.owed
    return owed.amount if invoice.state is InvoiceState.PAID and owed else Decimal(0)


def _is_twice(invoice: Invoice, sums: Sums) -> bool:
    owed = invoice.owed
    return sum(sums.times[name] for name in _ids(invoice)) > 1 or _net(invoice, sums) > (owed.amount if owed else 0)


def _is_back(invoice: Invoice) -> bool:
    last = invoice.last_act
    return invoice.state is InvoiceState.RETURNED and last is not None and last.what in _SENT_BACK and bool(last.reason)


def _why(invoice: Invoice) -> str:
    last = invoice.last_act
    return last.reason or "" if last else ""


def _paid_total(months: Iterable[Counts]) -> Decimal:
    return Decimal(sum(map(_cents, months))) / 100


def _cents(month: Counts) -> int:
    return sum(cents for (state, _), cents in month.cents.items() if state is InvoiceState.PAID)
