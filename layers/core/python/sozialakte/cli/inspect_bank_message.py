"""``sozialakte inspect bank-message``: what a file of the bank says, offline."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sozialakte.cli.problems import FOUND, in_one_line
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sozialakte.payments.iso20022.bank_message import Entry, Status, Transfer

_COLUMNS = ("end_to_end_id", "reference", "amount", "direction", "status", "reason")


@dataclass
class _Line:
    """A payment that the bank speaks of."""

    end_to_end_id: str = ""
    reference: str = ""
    amount: str = ""
    currency: str = ""
    credit: bool = False
    status: str = ""
    reason: str = ""


@dataclass
class _Report:
    """The answer; ``errors`` are sentences."""

    kind: str = ""
    version: str = ""
    account: str = ""
    entries: list[_Line] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def inspect_bank_message(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="pain.002, camt.053 or camt.054.")
    ],
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what a bank's message tells about payments, and what is wrong with it.

    Exit code 0; 1 if something is wrong with it: no such message, another version, a broken schema, wrong sums; 2 for
    wrong usage.
    """
    with in_one_line(), file.open("rb") as source:
        report = _report(source)
    if json_wanted:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _show(report)
    if report.errors:
        raise typer.Exit(FOUND)


def _report(source: BinaryIO) -> _Report:
    # lxml is loaded for this command alone.
    from sozialakte.payments.iso20022.read_bank_message import RefusedMessageError, open_bank_message  # noqa: PLC0415
    from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError  # noqa: PLC0415

    try:
        message = open_bank_message(source)
    except RefusedMessageError as error:
        return _Report(error.kind, error.version, errors=[say(error.reason)])
    except UnreadableMessageError as error:
        return _Report(errors=[say(error.reason)])
    report = _Report(message.kind, message.version)
    try:
        for part in message.parts():
            report.entries += _lines(part)
    except UnreadableMessageError as error:
        report.errors.append(say(error.reason))
    report.account = ", ".join(dict.fromkeys(message.accounts))
    schema = (Reason("bank_message.schema", {"error": error}) for error in message.schema_errors)
    report.errors += [say(reason) for reason in (*schema, *message.told)]
    return report


def _lines(part: Entry | Status) -> Iterator[_Line]:
    from sozialakte.payments.iso20022.bank_message import PARTLY, Status  # noqa: PLC0415 (as above)
    from sozialakte.payments.iso20022.bank_reasons import in_words  # noqa: PLC0415

    if isinstance(part, Status):
        if part.end_to_end_id or part.status not in {"", PARTLY}:  # which ones, its payments say
            yield _Line(end_to_end_id=part.end_to_end_id, status=part.status, reason=in_words(part.reason))
        return
    for transfer in part.transfers or (_whole(part),):
        yield _Line(
            transfer.end_to_end_id,
            transfer.reference,
            f"{transfer.amount:.2f}",
            transfer.currency,
            transfer.is_credit,
            part.status,
            in_words(transfer.reason),
        )


def _whole(entry: Entry) -> Transfer:
    from sozialakte.payments.iso20022.bank_message import Transfer  # noqa: PLC0415 (as above)

    return Transfer(entry.amount, entry.currency, entry.is_credit)


def _show(report: _Report) -> None:
    console = Console()
    title = {"kind": report.kind or "-", "version": report.version or "-", "account": report.account or "-"}
    console.print(say(Reason("cli.bank_message.title", title)), markup=False)
    table = Table(*(say(Reason(f"cli.bank_message.{column}")) for column in _COLUMNS))
    for line in report.entries:
        money = f"{line.amount} {line.currency}".strip()
        way = say(Reason("cli.bank_message.credit" if line.credit else "cli.bank_message.debit")) if money else ""
        cells = (line.end_to_end_id, line.reference, money, way, line.status, line.reason)
        table.add_row(*map(Text, cells))
    if report.entries:
        console.print(table)
    for error in report.errors:
        console.print(error, markup=False, highlight=False)
