"""``sozialakte payments journal``: what was booked in a month, with the proof that it adds up."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sozialakte.audit import AuditStore
from sozialakte.cli.operator import operator
from sozialakte.cli.problems import FOUND, in_one_line
from sozialakte.cli.stage import table_of
from sozialakte.payments.journal import UNKNOWN
from sozialakte.payments.journal_file import AhvOf, journal_lines, write_csv
from sozialakte.payments.journal_proof import CurrencyProof, prove_journal
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.journal_sums import balances
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.voucher_facts import amount_of
from sozialakte.register import RegisterStore
from sozialakte.shared.access import Action
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)


def _month(value: str) -> str:
    if not _MONTH.fullmatch(value):
        raise typer.BadParameter(say(Reason("cli.journal.wrong_month")))
    return value


def journal_command(
    stage: Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")],
    month: Annotated[str, typer.Option(help="Year and month: 2026-11.", callback=_month)],
    csv_file: Annotated[
        Path | None, typer.Option("--csv", dir_okay=False, help="Write a line for each posting (CSV, ';', UTF-8).")
    ] = None,
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print postings and proof as JSON.")] = False,
) -> None:
    """Prove what was booked in a month: debit is credit is what was settled. Show accounts, or export the postings.

    Exit code 0: it adds up; 1: it does not, or there is no such stage; 2: wrong usage; 3: AWS did not answer as
    needed.
    """
    with in_one_line():
        AuditStore(table_of(stage, "audit")).record(operator().look(Action.LIST_JOURNAL, f"journal#{month}"))
        table = table_of(stage, "payments")
        proofs = prove_journal(PaymentsStore(table), JournalStore(table), month)
        if json_wanted:
            _as_json(stage, month, proofs)
        else:
            _show(JournalStore(table), month, proofs)
        if csv_file:
            _write(stage, month, csv_file, quiet=json_wanted)
    if not all(proof.is_right for proof in proofs.values()):
        raise typer.Exit(FOUND)


def _as_json(stage: str, month: str, proofs: dict[str, CurrencyProof]) -> None:
    store = JournalStore(table_of(stage, "payments"))
    lines = [line.model_dump(mode="json") for line in journal_lines(store.all_of_month(month), _ahv_of(stage))]
    right = all(proof.is_right for proof in proofs.values())
    told = {currency: _facts(proof) for currency, proof in proofs.items()}
    typer.echo(json.dumps({"month": month, "proven": right, "proof": told, "lines": lines}, ensure_ascii=False))


def _facts(proof: CurrencyProof) -> dict[str, str | bool]:
    return {
        "debit": amount_of(proof.month.debit),
        "credit": amount_of(proof.month.credit),
        "counted": amount_of(proof.counted.debit),
        "settled": amount_of(proof.month.settled),
        "booked_ever": amount_of(proof.booked),
        "difference_ever": amount_of(proof.difference),
        "settled_invoices": amount_of(proof.invoices),
        "right": proof.is_right,
    }


def _write(stage: str, month: str, path: Path, *, quiet: bool) -> None:
    entries = JournalStore(table_of(stage, "payments")).all_of_month(month)
    with path.open("w", encoding="utf-8", newline="") as file:
        count = write_csv(journal_lines(entries, _ahv_of(stage)), file)
    if not quiet:
        typer.echo(say(Reason("cli.journal.written", {"count": str(count), "file": str(path)})))


def _ahv_of(stage: str) -> AhvOf:
    """Each person is looked up once."""
    register = RegisterStore(table_of(stage, "register"), zurich_date(utc_now()))

    @cache
    def look_up(dossier_id: str, person_id: str | None) -> str | None:
        person = register.find_person(person_id) if person_id else register.find_main_person(dossier_id)
        return person.ahv_number if person else None

    return look_up


def _show(journal: JournalStore, month: str, proofs: dict[str, CurrencyProof]) -> None:
    entries = list(journal.all_of_month(month))
    if entries:
        table = Table(*(say(Reason(f"cli.journal.{column}")) for column in ("account", "balance")))
        for (account, currency), balance in sorted(balances(entries).items()):
            table.add_row(account, str(Money(balance, currency)))
        Console().print(table)
    unknown = sum(UNKNOWN in (posting.debit, posting.credit) for one in entries for posting in one.postings)
    if unknown:
        typer.echo(say(Reason("cli.journal.unknown", {"count": str(unknown)})))
    if not proofs:
        typer.echo(say(Reason("cli.journal.nothing", {"month": month})))
    for currency, proof in proofs.items():
        _show_proof(month, currency, proof)


def _show_proof(month: str, currency: str, proof: CurrencyProof) -> None:
    sides = {
        "debit": proof.month.debit,
        "credit": proof.month.credit,
        "counted": proof.counted.debit,
        "settled": proof.month.settled,
    }
    told = {name: str(Money(amount, currency)) for name, amount in sides.items()}
    verdict = _verdict(right=proof.is_month_right)
    typer.echo(say(Reason("cli.journal.month", {"month": month, **told, "verdict": verdict})))
    ever = {"booked": str(Money(proof.booked, currency)), "invoices": str(Money(proof.invoices, currency))}
    verdict = _verdict(right=proof.is_settled_right)
    typer.echo(say(Reason("cli.journal.all", {**ever, "verdict": verdict})))
    if proof.difference:
        typer.echo(say(Reason("cli.journal.difference", {"amount": str(Money(proof.difference, currency))})))


def _verdict(*, right: bool) -> str:
    return say(Reason("cli.journal.proven" if right else "cli.journal.not_proven"))
