"""``sozialakte payments money``: what came in, whether all of it is accounted for, and what the bank told that somebody
has to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table as Shown
from rich.text import Text

from sozialakte.cli.problems import FOUND, in_one_line
from sozialakte.cli.stage import table_of
from sozialakte.payments.bank.book import BankBook, BankFile, WaitingSum
from sozialakte.payments.bank.facts import DOUBT, PaymentFacts
from sozialakte.payments.claims import reference_of
from sozialakte.payments.incoming_money import WAITING, IncomingMoney, MoneyState
from sozialakte.payments.money_answers import state_name
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.prove_money import MoneyProof, ProveMoney
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.model import Model
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

T = TypeVar("T")
_PAGE = 200
Stage = Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")]


class WaitingMoney(Model):
    """Money of which somebody has to say what it is."""

    money_id: str
    state: str
    booked_on: str
    amount: str
    currency: str
    payer: str
    reference: str
    proposals: list[str]


class FileTold(Model):
    """A message of the bank that was refused, or that told something odd."""

    file: str
    at: str
    state: str
    told: list[str]


class MoneyReport(Model):
    """The answer. ``payments``: what is wrong with payments, by the id that the bank names; ``sums``: what was
    debited for groups and does not fit their payments. ``wrong``: where the money is other than the counters or the
    statements say; ``more``: where more is kept than the last statement of a day tells.
    """

    proven: bool
    received: int
    received_amounts: dict[str, str]
    by_state: dict[str, int]
    waiting: list[WaitingMoney]
    files: list[FileTold]
    payments: dict[str, list[str]]
    sums: dict[str, str]
    wrong: list[str]
    more: list[str]


@dataclass(frozen=True)
class _Read:
    """Everything, page by page."""

    money: MoneyStore
    book: BankBook

    def waiting(self) -> Iterator[IncomingMoney]:
        for state in (MoneyState.PROPOSED, MoneyState.UNMATCHED):
            yield from _every(partial(self.money.in_state, state, _PAGE))

    def files(self) -> Iterator[BankFile]:
        for mark in ("refused", "odd"):
            yield from _every(partial(self.book.files, mark, _PAGE))

    def payments(self) -> Iterator[PaymentFacts]:
        for mark in ("odd", "early"):
            yield from _every(partial(self.book.payments, mark, _PAGE))

    def sums(self) -> Iterator[WaitingSum]:
        yield from _every(partial(self.book.sums, _PAGE))


def _every(page_at: Callable[[str | None], tuple[tuple[T, ...], str | None]]) -> Iterator[T]:
    """All pages of a list."""
    page, cursor = page_at(None)
    yield from page
    while cursor:
        page, cursor = page_at(cursor)
        yield from page


def money_command(
    stage: Stage,
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Prove that all money that came in is accounted for; list what nobody has assigned yet, and what the bank told
    that somebody has to look at. All money is read.

    Exit code 0: the sum is right; 1: it is not, or there is no such stage; 2: wrong usage; 3: AWS did not answer as
    needed.
    """
    with in_one_line():
        table = Table(table_of(stage, "payments"))
        read = _Read(MoneyStore(table), BankBook(table))
        report = _report(read, ProveMoney(read.money)())
    if json_wanted:
        typer.echo(report.model_dump_json())
    else:
        _show(report)
    if not report.proven:
        raise typer.Exit(FOUND)


def _report(read: _Read, proof: MoneyProof) -> MoneyReport:
    counts = proof.counts
    return MoneyReport(
        proven=proof.is_proven,
        received=counts.received,
        received_amounts={currency: f"{Decimal(cents) / 100:.2f}" for currency, cents in counts.received_cents.items()},
        by_state={str(state): count for state, count in counts.by_state.items()},
        waiting=[_waiting(money) for money in read.waiting()],
        files=[_told(file) for file in read.files()],
        sums=_sums(read.sums()),
        payments={facts.end_to_end_id: _problems(facts) for facts in read.payments()},
        wrong=list(map(say, proof.wrong)),
        more=list(map(say, proof.more)),
    )


def _sums(waiting: Iterable[WaitingSum]) -> dict[str, str]:
    """By group; a group may have several."""
    found: dict[str, list[str]] = {}
    for one in waiting:
        found.setdefault(one.payment_information_id, []).append(str(Money(one.amount, one.currency)))
    return {group: ", ".join(amounts) for group, amounts in found.items()}


def _problems(facts: PaymentFacts) -> list[str]:
    early = [say(Reason(f"{DOUBT}early"))] if facts.early else []
    return [*early, *map(say, facts.doubts)]


def _waiting(money: IncomingMoney) -> WaitingMoney:
    return WaitingMoney(
        money_id=money.money_id,
        state=str(money.state),
        booked_on=str(money.booked_on or ""),
        amount=f"{money.amount:.2f}",
        currency=money.currency,
        payer=money.payer,
        reference=money.reference,
        proposals=[reference_of(number) for number in money.proposals],
    )


def _told(file: BankFile) -> FileTold:
    told = [say(reason) for reason in file.told]
    return FileTold(file=file.key, at=file.at.isoformat(), state=str(file.state), told=told)


def _show(report: MoneyReport) -> None:
    total = sum(report.by_state.values())
    facts = {"received": str(report.received), "sum": str(total)}
    typer.echo(say(Reason("cli.money.proven", facts) if report.proven else Reason("cli.money.not_proven", facts)))
    console = Console()
    for line in (*report.wrong, *report.more):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(_states(report))
    waiting = str(sum(report.by_state.get(str(state), 0) for state in WAITING))
    typer.echo(say(Reason("cli.money.waiting", {"count": waiting})))
    if report.waiting:
        console.print(_list(report))
    for file in report.files:
        console.print(f"{file.at} {file.file}: {' '.join(file.told)}", markup=False, highlight=False)
    for group, amount in report.sums.items():
        console.print(say(Reason("cli.money.sum_of_group", {"group": group, "amount": amount})), highlight=False)
    for name, problems in report.payments.items():
        console.print(f"{name}: {' '.join(problems)}", markup=False, highlight=False)


def _states(report: MoneyReport) -> Shown:
    table = _table("state", "count")
    for state, count in report.by_state.items():
        table.add_row(state_name(MoneyState(state)), str(count))
    return table


def _list(report: MoneyReport) -> Shown:
    table = _table("money", "state", "booked_on", "amount", "payer", "reference", "proposals")
    for one in report.waiting:
        amount = str(Money(Decimal(one.amount), one.currency))
        cells = (one.money_id, state_name(MoneyState(one.state)), one.booked_on, amount, one.payer, one.reference)
        table.add_row(*map(Text, cells), ", ".join(one.proposals))
    return table


def _table(*columns: str) -> Shown:
    return Shown(*(say(Reason(f"cli.money.{column}")) for column in columns))
