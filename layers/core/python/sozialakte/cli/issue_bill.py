"""``sozialakte payments issue``: bills that the service sends, with a reference by which the money is matched."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from sozialakte.cli.print_bill import as_pdf
from sozialakte.cli.problems import FOUND, CommandError, fail, in_one_line
from sozialakte.cli.stage import output_of, table_of
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import ClaimKind, ClaimRefusedError, ReceivingAccount
from sozialakte.payments.issue_bill import USUAL_TERM, IssueBill
from sozialakte.register import RegisterStore
from sozialakte.shared.clock import utc_now
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


class Language(StrEnum):
    """In which the bill is written."""

    GERMAN = "de"
    FRENCH = "fr"
    ITALIAN = "it"
    ENGLISH = "en"


def issue_command(  # noqa: PLR0913 - what the command takes
    dossier: Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier's number.")],
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who pays: a person of the dossier.")],
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="Francs and cents: 250.00")],
    reason: Annotated[str, typer.Argument(metavar="REASON", help="One line for the person; no diagnosis, no names.")],
    stage: Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")],
    kind: Annotated[ClaimKind, typer.Option(help="What is asked for.")] = ClaimKind.REPAYMENT,
    *,
    language: Annotated[Language, typer.Option(help="The person's language.")] = Language.GERMAN,
    days: Annotated[int, typer.Option(min=1, max=365, help="Days to pay.")] = USUAL_TERM,
    output: Annotated[Path, typer.Option("--output", "-o", dir_okay=False, help="The PDF.")] = Path("bill.pdf"),
) -> None:
    """Make a QR-bill and the claim it asks for. The same again on the same day gives the same bill.

    Exit code 0: written; 1: no bill can be made of it, nothing is claimed; 2: wrong usage; 3: AWS did not answer as
    needed: run it again.
    """
    money = _money(amount)
    with in_one_line():
        register, claims = RegisterStore(table_of(stage, "register")), ClaimStore(table_of(stage, "payments"))
        issue = IssueBill(claims, register, _account(stage), getuser(), utc_now())
        try:
            issued = issue(kind, dossier, person, money, reason, days)
        except ClaimRefusedError as error:
            for one in error.reasons:
                fail(one)
            raise typer.Exit(FOUND) from error
        output.write_bytes(as_pdf(issued, language))
    facts = {"number": str(issued.claim.number), "reference": issued.claim.reference, "file": str(output)}
    typer.echo(say(Reason("cli.claim.issued", facts)))


def _money(written: str) -> Money:
    try:
        return Money(Decimal(written))
    except (InvalidOperation, ValueError) as error:
        raise typer.BadParameter(say(Reason("cli.claim.no_amount"))) from error


def _account(stage: str) -> ReceivingAccount:
    told = json.loads(output_of(stage, "payments", "ReceivingAccount"))
    if told is None:
        raise CommandError(Reason("cli.claim.no_account", {"stage": stage}))
    return ReceivingAccount(**told)
