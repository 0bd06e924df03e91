"""``sozialakte payments``: runs looked at from outside, and the state that is kept for the day on which all fails."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from sozialakte.cli.problems import CommandError, in_one_line
from sozialakte.cli.stage import bucket_of, table_of
from sozialakte.payments.runs.files import BankFiles, orders_key
from sozialakte.payments.runs.order_book import read_book
from sozialakte.payments.runs.run import PaymentRun
from sozialakte.payments.runs.sample import draw, seed_of
from sozialakte.payments.runs.state import BrokenStateError, PaymentState, read_state
from sozialakte.payments.runs.store import RunStore, UnknownRunError
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

Stage = Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")]


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
        state = state_in(found[1])
        out.write_bytes(found[1])
    facts = {"count": str(len(state.owed)), "as_of": moment_of(state), "file": str(out)}
    typer.echo(say(Reason("cli.runs.state", facts)))


def _run(stage: str, run_id: str) -> PaymentRun:
    try:
        return RunStore(table_of(stage, "payments")).get(run_id)
    except UnknownRunError as error:
        raise CommandError(Reason("cli.runs.unknown", {"run_id": run_id})) from error


def state_in(body: bytes) -> PaymentState:
    """The state in a file. Raises `CommandError`."""
    try:
        return read_state(body)
    except BrokenStateError as error:
        raise CommandError(Reason("cli.runs.broken_state")) from error


def moment_of(state: PaymentState) -> str:
    """When it was written, in words."""
    return f"{state.header.as_of:%d.%m.%Y %H:%M} UTC"
