"""``sozialakte payments withdraw``: nothing goes out of a run whose files never reached the bank."""

from __future__ import annotations

from typing import Annotated

import typer

from sozialakte.cli.payment_runs import Stage
from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.cli.staff_roles import roles_of
from sozialakte.cli.stage import bucket_of, table_of
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.store import RunChangedError, RunStore, UnknownRunError
from sozialakte.payments.runs.withdraw_run import MAY_WITHDRAW, WithdrawRefusedError, WithdrawRun
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def withdraw_command(
    run_id: Annotated[str, typer.Argument(metavar="RUN_ID")],
    by: Annotated[str, typer.Option(help="User name of the member of staff who looked it up in e-banking.")],
    reason: Annotated[str, typer.Option(help="Why nothing of it is to go out.")],
    stage: Stage,
) -> None:
    """Take away the files of a run that never reached the bank; its bills are approved again.

    Stop the transfer first, look up in e-banking that the bank does not have them, and import every emergency file.
    Exit code 0: withdrawn; 1: refused, or the bank spoke of some payments meanwhile, see the lines; 2: wrong usage;
    3: AWS did not answer as needed: run it again.
    """
    with in_one_line():
        try:
            found = _withdrawing(stage, by)(run_id, reason)
        except WithdrawRefusedError as error:
            raise CommandError(error.reason) from error
        except UnknownRunError as error:
            raise CommandError(Reason("cli.runs.unknown", {"run_id": run_id})) from error
        except (RunChangedError, InvoiceChangedError) as error:
            raise CommandError(Reason("cli.runs.try_again")) from error
    facts = {"run_id": run_id, "given_back": str(found.given_back), "moved": str(found.moved)}
    typer.echo(say(Reason("cli.runs.withdrawn", {**facts, "kept": str(len(found.kept))})))
    for one in found.kept:
        typer.echo(f"{one.invoice_id}: {' '.join(map(say, one.reasons))}")
    if found.kept:
        raise typer.Exit(FOUND)


def _withdrawing(stage: str, by: str) -> WithdrawRun:
    table, now, roles = table_of(stage, "payments"), utc_now(), roles_of(stage, by)
    if roles is None:
        told = {"by": by, "roles": ", ".join(sorted(MAY_WITHDRAW))}
        typer.echo(say(Reason("cli.runs.withdraw_unchecked", told)))
    register = RegisterStore(table_of(stage, "register"), zurich_date(now))
    files, bank = BankFiles(bucket_of(stage, "payments", "Bank")), BankBook(Table(table))
    return WithdrawRun(RunStore(table), files, PaymentsStore(table), bank, register, roles, by, now)
