"""``sozialakte payments import-vouchers``: what the city's creditor workflow has released."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.cli.stage import output_of, table_of
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.import_vouchers import ImportVouchers, Outcome, Receipt, receipt_item
from sozialakte.payments.office import Office
from sozialakte.payments.vouchers import IncompleteFileError, ReadVoucher, read_vouchers
from sozialakte.register import RegisterStore
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_WORKFLOW = "creditor_workflow"


def import_vouchers_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="JSON Lines of the creditor workflow.")
    ],
    stage: Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")],
    receipt: Annotated[
        Path | None, typer.Option(dir_okay=False, help="The receipt file; else FILE.receipt.jsonl.")
    ] = None,
) -> None:
    """Take over released vouchers and write a receipt for each line. The same file again changes nothing.

    Exit code 0: all are there; 1: some were refused (see the receipt), or the file is not complete and nothing was
    taken; 2: wrong usage; 3: AWS did not answer as needed: run it again.
    """
    told = receipt or file.with_name(f"{file.name}.receipt.jsonl")
    with in_one_line():
        _require_leading(stage)
        receipts = list(_import(_read(file), _use_case(stage)))
        told.write_text("".join(_lines(receipts)), encoding="utf-8")
    count = Counter(one.outcome for one in receipts)
    facts = {str(outcome): str(count[outcome]) for outcome in Outcome}
    typer.echo(say(Reason("cli.vouchers.done", {**facts, "lines": str(len(receipts)), "file": str(told)})))
    if count[Outcome.REFUSED]:
        raise typer.Exit(FOUND)


def _require_leading(stage: str) -> None:
    if output_of(stage, "payments", "PaymentsLead") != _WORKFLOW:
        raise CommandError(Reason("cli.vouchers.not_leading", {"stage": stage}))


def _read(file: Path) -> tuple[ReadVoucher, ...]:
    try:
        return read_vouchers(file.read_bytes())
    except IncompleteFileError as error:
        raise CommandError(error.reason) from error


def _use_case(stage: str) -> ImportVouchers:
    now, table = utc_now(), table_of(stage, "payments")
    register = RegisterStore(table_of(stage, "register"), zurich_date(now))
    return ImportVouchers(table, Office(register, frozenset()), CategoryStore(table).get().holds, now)


def _import(vouchers: Sequence[ReadVoucher], take: ImportVouchers) -> Iterator[Receipt]:
    console = Console(stderr=True)
    for voucher in track(vouchers, console=console, transient=True, disable=not console.is_terminal):
        yield take(voucher)


def _lines(receipts: Sequence[Receipt]) -> Iterator[str]:
    """One for each line of the file, and the sum that proves that none is missing."""
    count = Counter(one.outcome for one in receipts)
    total = {"type": "sum", "count": len(receipts)} | {outcome: count[outcome] for outcome in Outcome}
    for body in (*map(receipt_item, receipts), total):
        yield json.dumps(body, ensure_ascii=False) + "\n"
