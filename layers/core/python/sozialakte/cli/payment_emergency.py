"""``sozialakte payments``: what is done when the platform is down, and once it is back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sozialakte.cli.emergency_folder import EmergencyFolder, released_in
from sozialakte.cli.payment_runs import Stage, moment_of, state_in
from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.cli.staff_roles import roles_of
from sozialakte.cli.stage import bucket_of, table_of
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.settle_payments import SettlePayments
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.payments.office import Office
from sozialakte.payments.runs.check_files import FileRefusedError, checked
from sozialakte.payments.runs.emergency import Emergency, EmergencyRefusedError, emergency
from sozialakte.payments.runs.emergency_release import EmergencyRelease, ReleasedFile, release_name
from sozialakte.payments.runs.emergency_rules import EmergencyWish
from sozialakte.payments.runs.files import BankFiles
from sozialakte.payments.runs.import_emergency import EmergencyFileError, Imported, ImportEmergency
from sozialakte.payments.runs.run import LeftOut, run_named
from sozialakte.payments.runs.state import PaymentState
from sozialakte.payments.runs.store import RunChangedError, RunStore
from sozialakte.payments.runs.verify_release import VerifyRelease
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.dynamo import Table as DynamoTable
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)]
Person = Annotated[str, typer.Option(help="User name of the member of staff.")]
_NONE = "none"


def emergency_command(  # noqa: PLR0913 (each an option)
    file: File,
    execution_day: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="When the bank pays.")],
    releaser: Person,
    last_at_bank: Annotated[
        str, typer.Option(help="MsgId of the last file of ours that the bank shows in e-banking; none if it has none.")
    ],
    due_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Pay what is due until then; the execution day.")
    ] = None,
    out: Annotated[Path, typer.Option(file_okay=False, help="Where to write the files.")] = Path(),
    *,
    old_state: Annotated[bool, typer.Option("--old-state", help="Take a state that is older than two hours.")] = False,
) -> None:
    """Make the files for the bank from a state, without the platform: with the ids that its own run has.

    Beside them lies RUN.emergency.json, which says who released them. Afterwards, before anything else is paid:
    ``sozialakte payments import-emergency``. Nothing that lies there is overwritten: it may be at the bank.
    Exit code 0: written, also if payments of other open runs are in none of the files (a line tells how many); 1:
    refused, nothing is written; 2: wrong usage.
    """
    with in_one_line():
        state, now, folder = state_in(file.read_bytes()), utc_now(), EmergencyFolder(out)
        last = None if last_at_bank.strip().lower() == _NONE else last_at_bank.strip()
        wish = EmergencyWish(
            execution_day.date(),
            (due_until or execution_day).date(),
            releaser,
            last,
            now,
            folder.releases(),
            old_state,
        )
        made, bodies = _made(state, wish)
        folder.keep(_release(made, state, wish, bodies), bodies)
    _tell(made, state, wish, out)


def import_emergency_command(
    files: Annotated[list[Path], typer.Argument(metavar="PAIN001...", exists=True, dir_okay=False)],
    by: Person,
    stage: Stage,
    release: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="RUN.emergency.json; beside the first file.")
    ] = None,
    *,
    bank_refused_ours: Annotated[
        bool, typer.Option("--bank-refused-ours", help="The bank refused the file that the platform wrote itself.")
    ] = False,
) -> None:
    """Take over all files of an emergency that the bank has got. Before the next run, and again after corrections.

    Exit code 0: all fits; 1: not all does, see the lines, or the files cannot be taken over; 2: wrong usage; 3: AWS
    did not answer as needed: run it again.
    """
    with in_one_line():
        bodies = [path.read_bytes() for path in files]
        try:
            released = released_in(release or files[0].parent / release_name(_run_of(bodies[0])))
            found = _importing(stage, by, released, bank_refused_ours=bank_refused_ours)(bodies, released)
        except (EmergencyFileError, UnreadableMessageError) as error:
            raise CommandError(error.reason) from error
        except (RunChangedError, InvoiceChangedError) as error:
            raise CommandError(Reason("cli.runs.try_again")) from error
    _tell_imported(found)
    if not found.fits:
        raise typer.Exit(FOUND)


def _made(state: PaymentState, wish: EmergencyWish) -> tuple[Emergency, dict[str, bytes]]:
    try:
        made = emergency(state, wish)
        return made, {one.file.message_id: checked(one, zurich_date(wish.at)) for one in made.files}
    except EmergencyRefusedError as error:
        raise CommandError(error.reason) from error
    except FileRefusedError as error:
        told = {"file": error.message_id, "why": error.words}
        raise CommandError(Reason("cli.runs.file_refused", told)) from error


def _release(made: Emergency, state: PaymentState, wish: EmergencyWish, bodies: dict[str, bytes]) -> EmergencyRelease:
    files = tuple(ReleasedFile(name, sha256(body).hexdigest()) for name, body in bodies.items())
    header = made.book.header
    return EmergencyRelease(
        header.run_id,
        header.execution_day,
        wish.releaser,
        wish.at,
        state.header.as_of,
        wish.last_at_bank,
        files,
    )


def _run_of(body: bytes) -> str:
    """Raises `EmergencyFileError`, `UnreadableMessageError`."""
    run_id = run_named(read_sent(body).message_id)
    if run_id is None:
        raise EmergencyFileError(Reason("emergency.foreign_id"))
    return run_id


def _importing(stage: str, by: str, release: EmergencyRelease, *, bank_refused_ours: bool) -> ImportEmergency:
    table, now = table_of(stage, "payments"), utc_now()
    store, roles, importer_roles = PaymentsStore(table), roles_of(stage, release.releaser), roles_of(stage, by)
    if roles is None:
        typer.echo(say(Reason("cli.runs.role_unchecked", {"by": release.releaser})))
    if importer_roles is None:
        typer.echo(say(Reason("cli.runs.importer_unchecked", {"by": by})))
    office = Office(RegisterStore(table_of(stage, "register"), zurich_date(now)), frozenset())
    settle = SettlePayments(store, BankBook(DynamoTable(table)), now)
    files = BankFiles(bucket_of(stage, "payments", "Bank"))
    verify = VerifyRelease(store, office, roles, importer_roles)
    return ImportEmergency(RunStore(table), files, settle, verify, by, now, bank_refused_ours)


def _tell(made: Emergency, state: PaymentState, wish: EmergencyWish, out: Path) -> None:
    minutes = max(0, int((wish.at - state.header.as_of).total_seconds() // 60))
    facts = {"run_id": made.book.header.run_id, "as_of": moment_of(state), "folder": str(out), "minutes": str(minutes)}
    typer.echo(say(Reason("cli.runs.emergency", facts)))
    table = Table(*(say(Reason(f"cli.runs.{name}")) for name in ("file", "payments", "total")))
    for one in made.files:
        table.add_row(f"{one.file.message_id}.xml", str(one.file.count), f"{one.file.total:.2f}")
    Console().print(table)
    if made.run and made.run.unchecked:
        typer.echo(say(Reason("cli.runs.unchecked", {"count": str(made.run.unchecked)})))
    for run_id, count in sorted(made.elsewhere.items()):
        typer.echo(say(Reason("cli.runs.elsewhere", {"run_id": run_id, "count": str(count)})))


def _tell_imported(found: Imported) -> None:
    facts = {"run_id": found.run.run_id, "released": str(found.released), "given_back": str(found.given_back)}
    facts |= {"odd": str(len(found.odd)), "settled": str(found.settled)}
    typer.echo(say(Reason("cli.runs.imported", facts)))
    for reason in found.against_rules:
        typer.echo(say(Reason("cli.runs.against_rules", {"why": say(reason)})))
    _tell_left_out(found.odd)


def _tell_left_out(some: Iterable[LeftOut]) -> None:
    for one in some:
        typer.echo(f"{one.invoice_id}: {' '.join(map(say, one.reasons))}")
