"""``sozialakte payments``: runs looked at from outside, and what is done when the platform is down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.cli.stage import bucket_of, table_of
from sozialakte.payments.iso20022.message_stream import UnreadableMessageError
from sozialakte.payments.iso20022.payment import PaymentsRefusedError
from sozialakte.payments.runs.emergency import Emergency, EmergencyRefusedError, emergency
from sozialakte.payments.runs.files import BankFiles, orders_key
from sozialakte.payments.runs.import_emergency import EmergencyFileError, Imported, ImportEmergency
from sozialakte.payments.runs.order_book import read_book
from sozialakte.payments.runs.run import LeftOut, PaymentRun
from sozialakte.payments.runs.sample import draw, seed_of
from sozialakte.payments.runs.state import BrokenStateError, PaymentState, read_state
from sozialakte.payments.runs.store import RunChangedError, RunStore, UnknownRunError
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.shared.clock import utc_now
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

Stage = Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")]
File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)]
Person = Annotated[str, typer.Option(help="User name of the member of staff.")]


def sample_command(run_id: Annotated[str, typer.Argument(metavar="RUN_ID")], stage: Stage) -> None:
    """Draw the sample of a run anew from its order book, and compare it with the one that people looked at.

    Exit code 0: the same; 1: another one, or there is no such run; 2: wrong usage; 3: AWS did not answer as needed.
    """
    with in_one_line():
        run = _run(stage, run_id)
        body = BankFiles(bucket_of(stage, "payments", "Bank")).find(orders_key(run_id))
        if body is None or run.book is None:
            raise CommandError(Reason("cli.runs.no_book", {"run_id": run_id}))
        digest = sha256(body).hexdigest()
        drawn = {item.invoice_id for item in draw(read_book(body).orders, seed_of(run_id, digest))}
        right = digest == run.book and drawn == {item.invoice_id for item in run.sample}
        facts = {"run_id": run_id, "count": str(len(drawn)), "seed": seed_of(run_id, digest)}
        if not right:
            raise CommandError(Reason("cli.runs.other_sample", facts))
    typer.echo(say(Reason("cli.runs.same_sample", facts)))
    for item in run.sample:
        why = ", ".join(say(Reason(f"risk.{risk}")) for risk in item.risks)
        typer.echo(f"{item.invoice_id} {why}".rstrip())


def state_command(
    stage: Stage, out: Annotated[Path, typer.Option(dir_okay=False, help="Where to write it.")] = Path("state.jsonl")
) -> None:
    """Fetch the newest state, of which emergency files are made. Do it every hour, on a machine outside of AWS.

    Exit code 0: written; 1: there is none; 2: wrong usage; 3: AWS did not answer as needed.
    """
    with in_one_line():
        found = BankFiles(bucket_of(stage, "payments", "Bank")).newest_state()
        if found is None:
            raise CommandError(Reason("cli.runs.no_state"))
        state = _state(found[1])
        out.write_bytes(found[1])
    facts = {"count": str(len(state.owed)), "as_of": _moment(state), "file": str(out)}
    typer.echo(say(Reason("cli.runs.state", facts)))


def emergency_command(
    file: File,
    execution_day: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="When the bank pays.")],
    releaser: Person,
    due_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Pay what is due until then; the execution day.")
    ] = None,
    out: Annotated[Path, typer.Option(file_okay=False, help="Where to write the files.")] = Path(),
) -> None:
    """Make the files for the bank from a state, without the platform: with the ids that its own run has.

    Afterwards, before anything else is paid: ``sozialakte payments import-emergency``.
    Exit code 0: written; 1: refused, nothing is written; 2: wrong usage.
    """
    with in_one_line():
        state = _state(file.read_bytes())
        try:
            made = emergency(state, execution_day.date(), (due_until or execution_day).date(), releaser)
            bodies = [(one.file.message_id, one.written()) for one in made.files]
        except EmergencyRefusedError as error:
            raise CommandError(error.reason) from error
        except PaymentsRefusedError as error:
            raise CommandError(error.refusals[0].reasons[0]) from error
        out.mkdir(parents=True, exist_ok=True)
        for message_id, body in bodies:
            (out / f"{message_id}.xml").write_bytes(body)
    _tell(made, state, out)


def import_emergency_command(
    files: Annotated[list[Path], typer.Argument(metavar="PAIN001...", exists=True, dir_okay=False)],
    by: Person,
    stage: Stage,
) -> None:
    """Take over all files of an emergency that the bank has got. Before the next run, and again after corrections.

    Exit code 0: all fits; 1: not all does, see the lines, or the files cannot be taken over; 2: wrong usage; 3: AWS
    did not answer as needed: run it again.
    """
    with in_one_line():
        table = table_of(stage, "payments")
        bank = BankFiles(bucket_of(stage, "payments", "Bank"))
        take_over = ImportEmergency(RunStore(table), bank, PaymentsStore(table), by, utc_now())
        try:
            found = take_over(path.read_bytes() for path in files)
        except (EmergencyFileError, UnreadableMessageError) as error:
            raise CommandError(error.reason) from error
        except (RunChangedError, InvoiceChangedError) as error:
            raise CommandError(Reason("cli.runs.try_again")) from error
    _tell_imported(found)
    if found.odd:
        raise typer.Exit(FOUND)


def _run(stage: str, run_id: str) -> PaymentRun:
    try:
        return RunStore(table_of(stage, "payments")).get(run_id)
    except UnknownRunError as error:
        raise CommandError(Reason("cli.runs.unknown", {"run_id": run_id})) from error


def _state(body: bytes) -> PaymentState:
    try:
        return read_state(body)
    except BrokenStateError as error:
        raise CommandError(Reason("cli.runs.broken_state")) from error


def _moment(state: PaymentState) -> str:
    return f"{state.header.as_of:%d.%m.%Y %H:%M} UTC"


def _tell(made: Emergency, state: PaymentState, out: Path) -> None:
    facts = {"run_id": made.book.header.run_id, "as_of": _moment(state), "folder": str(out)}
    typer.echo(say(Reason("cli.runs.emergency", facts)))
    table = Table(*(say(Reason(f"cli.runs.{name}")) for name in ("file", "payments", "total")))
    for one in made.files:
        table.add_row(f"{one.file.message_id}.xml", str(one.file.count), f"{one.file.total:.2f}")
    Console().print(table)
    if made.run and made.run.unchecked:
        typer.echo(say(Reason("cli.runs.unchecked", {"count": str(made.run.unchecked)})))


def _tell_imported(found: Imported) -> None:
    facts = {"run_id": found.run.run_id, "released": str(found.released), "given_back": str(found.given_back)}
    typer.echo(say(Reason("cli.runs.imported", {**facts, "odd": str(len(found.odd))})))
    _tell_left_out(found.odd)


def _tell_left_out(some: Iterable[LeftOut]) -> None:
    for one in some:
        typer.echo(f"{one.invoice_id}: {' '.join(map(say, one.reasons))}")
