"""``sozialakte inspect payment-file``: whether a bank would take a file of payments, by schema and Swiss rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

if TYPE_CHECKING:
    from sozialakte.payments.iso20022.check_payment_file import FileFindings


def inspect_payment_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A file of payments (pain.001).")
    ],
    schemas: Annotated[
        Path | None,
        typer.Option(
            envvar="SCHEMAS_FOLDER", exists=True, file_okay=False, help="A folder with the Swiss schema; else ISO's."
        ),
    ] = None,
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Check a payment file of any origin and size by the schema and by the rules of the Swiss Payment Standards.

    Exit code 0 if a bank would take it, 1 if not or if it cannot be read, 2 for wrong usage.
    """
    with in_one_line():
        findings = _findings(file, schemas)
    if json_wanted:
        typer.echo(json.dumps(_as_json(findings), ensure_ascii=False))
    else:
        Console().print(_as_table(findings))
    if not findings.valid:
        raise typer.Exit(FOUND)


def _findings(file: Path, schemas: Path | None) -> FileFindings:
    # The XML library is loaded for this command alone; other commands run where it is not installed.
    from sozialakte.payments.iso20022.check_payment_file import check_payment_file  # noqa: PLC0415
    from sozialakte.payments.iso20022.schemas import pain_001_schema  # noqa: PLC0415
    from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError  # noqa: PLC0415

    try:
        schema = pain_001_schema(schemas)
    except UnreadableMessageError as error:
        raise CommandError(error.reason) from error
    with file.open("rb") as source:
        return check_payment_file(source, schema)


def _as_json(findings: FileFindings) -> dict[str, object]:
    return {
        "valid": findings.valid,
        "schema_errors": list(findings.schema_errors),
        "rule_errors": [
            {"code": error.code, "rule": error.rule, "path": error.path, "message": error.message}
            for error in findings.rule_errors
        ],
        "payments": findings.payments,
        "total": f"{findings.total:f}",
    }


def _as_table(findings: FileFindings) -> RenderableType:
    verdict = say(Reason("cli.payment_file.valid" if findings.valid else "cli.payment_file.invalid"))
    facts = {"verdict": verdict, "payments": str(findings.payments), "total": f"{findings.total:,f}".replace(",", "'")}
    summary = Text(say(Reason("cli.payment_file.summary", facts)))
    if findings.valid:
        return summary
    headings = ("cli.payment_file.code", "cli.payment_file.rule", "cli.payment_file.message", "cli.payment_file.path")
    table = Table(*(say(Reason(code)) for code in headings))
    for said in findings.schema_errors:
        table.add_row("", say(Reason("cli.payment_file.schema")), Text(said), "")
    for error in findings.rule_errors:
        table.add_row(error.code, error.rule, Text(error.message), Text(error.path))
    return Group(summary, table)
