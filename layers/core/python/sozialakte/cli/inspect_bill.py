"""``sozialakte inspect bill``: the QR-bills of a file, offline; where there is none, what its text lets us propose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from sozialakte.cli.bill_report import as_json, as_table, as_text_table
from sozialakte.cli.problems import CommandError, fail, in_one_line
from sozialakte.intake import UnreadableFileError, page_texts
from sozialakte.payments import find_bills, propose_bill
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

if TYPE_CHECKING:
    from sozialakte.payments import BillsFound

_MOST_PAGES_OF_TEXT = 10  # a page takes a second or more


def inspect_bill(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A bill (PDF, TIFF, PNG or JPEG).")
    ],
    *,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Read every QR-bill on every page of a file, and say which rule each of them breaks.

    Where there is none, values are proposed from the text (not with --json). Exit code 0 also for bills that a bank
    would refuse, 1 for a file that cannot be read (one line on stderr says why), 2 for wrong usage.
    """
    with in_one_line():
        found = _found(file)
        for page, reason in (*found.unseen, *((page, Reason("cli.bill.unread_code")) for page in found.unread)):
            fail(Reason("cli.bill.page", {"page": str(page), "reason": say(reason)}))
        if json_wanted:
            typer.echo(json.dumps(as_json(found.bills), ensure_ascii=False))
        else:
            _show(file, found)


def _found(file: Path) -> BillsFound:
    try:
        return find_bills(file)
    except UnreadableFileError as error:
        raise CommandError(error.reason) from error


def _show(file: Path, found: BillsFound) -> None:
    console = Console()
    if found.bills:
        console.print(as_table(found.bills))
        return
    console.print(say(Reason("cli.bill.none")), markup=False)
    pages = range(1, min(found.page_count, _MOST_PAGES_OF_TEXT) + 1)
    console.print(as_text_table(propose_bill(page_texts(file, pages), zurich_date(utc_now()))))
