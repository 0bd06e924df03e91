"""``sozialakte handover``: what the case system has not receipted, sending bundles again, finding what got lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sozialakte.cli.problems import FOUND, CommandError, in_one_line
from sozialakte.cli.received_letters import received_letters
from sozialakte.cli.stage import queue_of, table_of
from sozialakte.dossiers.messages import DocumentChanged
from sozialakte.dossiers.store import DossierStore
from sozialakte.intake.store import IntakeStore
from sozialakte.partners.answers import UNUSABLE_FOR, OpenBundle, UnusableAnswer
from sozialakte.partners.compare import missing
from sozialakte.partners.messages import ResendBundle
from sozialakte.partners.model import Bundle, UnusableReceipt
from sozialakte.partners.store import HandoverStore
from sozialakte.runtime.queues import Queue
from sozialakte.shared.clock import utc_now, zurich_date, zurich_time
from sozialakte.shared.messages import Message
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_A_LOOK_UP = 100
_DIGITS_OF_A_NUMBER = 10

handover_app = typer.Typer(help="The hand-over to the case system.", no_args_is_help=True)
Stage = Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")]


@handover_app.callback()
def handover() -> None:
    """The hand-over to the case system."""


@handover_app.command("status")
def handover_status(
    stage: Stage, *, json_wanted: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False
) -> None:
    """Show the last number given, bundles that are refused, not receipted in time or stuck, and unusable receipts.

    Exit code 0: nothing is open; 1: something is, or there is no such stage; 2: wrong usage; 3: AWS did not answer as
    needed.
    """
    with in_one_line():
        store, now = HandoverStore(table_of(stage, "partners")), utc_now()
        bundles = [OpenBundle.of(bundle) for bundle in _open(store, now)]
        receipts = [UnusableAnswer.of(receipt) for receipt in _unusable(store, now)]
        last = store.last_sequence()
    if json_wanted:
        found = {
            "bundles": [bundle.model_dump(mode="json") for bundle in bundles],
            "receipts": [receipt.model_dump(mode="json") for receipt in receipts],
        }
        typer.echo(json.dumps({"last_sequence": last, **found}, ensure_ascii=False))
    else:
        typer.echo(say(Reason("cli.handover.last", {"sequence": str(last)})))
        _show(bundles, receipts)
    if bundles or receipts:
        raise typer.Exit(FOUND)


@handover_app.command("resend")
def handover_resend(
    stage: Stage,
    bundles: Annotated[list[str] | None, typer.Argument(metavar="BUNDLE...", help="Ids or numbers.")] = None,
    first: Annotated[int | None, typer.Option("--from", min=1, help="All from this number on.")] = None,
    last: Annotated[int | None, typer.Option("--to", min=1, help="With --from: up to this number.")] = None,
    *,
    every_open: Annotated[bool, typer.Option("--open", help="All that `status` lists.")] = False,
) -> None:
    """Hand bundles over once more, under the same numbers. The partner must receipt them again.

    Exit code 0: asked for; 1: no such bundle or stage; 2: wrong usage; 3: AWS did not answer as needed.
    """
    if not (bundles or first or every_open):
        raise typer.BadParameter(say(Reason("cli.handover.which")))
    with in_one_line():
        store, queue = HandoverStore(table_of(stage, "partners")), Queue(queue_of(stage, "handover"))
        wanted = dict.fromkeys(_id_of(store, bundle) for bundle in bundles or ())
        if first:
            wanted |= dict.fromkeys(store.between(first, last or store.last_sequence()))
        if every_open:
            wanted |= dict.fromkeys(bundle.bundle_id for bundle in _open(store, utc_now()))
        _send(queue, [_again(store, bundle_id) for bundle_id in wanted])


@handover_app.command("compare")
def handover_compare(
    stage: Stage,
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First day of receipt that is compared.")],
    *,
    send: Annotated[bool, typer.Option("--send", help="Hand over what is missing.")] = False,
) -> None:
    """Find filed documents the case system was not told of as they are: a message got lost. --send repairs that.

    Exit code 0: none, or sent; 1: some are missing, or there is no such stage; 2: wrong usage; 3: AWS did not answer
    as needed.
    """
    with in_one_line():
        found = list(_missing(stage, since.date(), zurich_date(utc_now())))
        for changed in found:
            typer.echo(f"{changed.dossier_id} {changed.document_id} {changed.change}")
        if send:
            _send(Queue(queue_of(stage, "handover")), found)
        else:
            typer.echo(say(Reason("cli.handover.missing", {"count": str(len(found))})))
    if found and not send:
        raise typer.Exit(FOUND)


def _missing(stage: str, first: date, last: date) -> Iterator[DocumentChanged]:
    intake, dossiers = IntakeStore(table_of(stage, "intake")), DossierStore(table_of(stage, "dossiers"))
    handed_over = HandoverStore(table_of(stage, "partners"))
    for letter_id in received_letters(intake, first, last):
        filing = dossiers.find_filing(letter_id)
        document = dossiers.find_document(filing.dossier_id, letter_id) if filing else None
        if document:
            yield from missing(document, handed_over.bundles_of(letter_id))


def _send(queue: Queue, messages: Sequence[Message]) -> None:
    for message in messages:
        queue.send(message.to_json())
    typer.echo(say(Reason("cli.handover.sent", {"count": str(len(messages))})))


def _id_of(store: HandoverStore, named: str) -> str:
    """A bundle by its id, or by its number."""
    is_number = named.isascii() and named.isdecimal() and len(named) <= _DIGITS_OF_A_NUMBER
    return (store.find_number(int(named)) or named) if is_number else named


def _again(store: HandoverStore, bundle_id: str) -> ResendBundle:
    bundle = store.find(bundle_id)
    if bundle is None:
        raise CommandError(Reason("cli.handover.no_bundle", {"bundle": bundle_id}))
    return ResendBundle(bundle_id=bundle_id, attempt=bundle.attempt + 1)


def _open(store: HandoverStore, now: datetime) -> Iterator[Bundle]:
    page = store.open_bundles(now, _A_LOOK_UP)
    while True:
        yield from page.bundles
        if page.next_cursor is None:
            return
        page = store.open_bundles(now, _A_LOOK_UP, page.next_cursor)


def _unusable(store: HandoverStore, now: datetime) -> Iterator[UnusableReceipt]:
    page = store.unusable_receipts(now - UNUSABLE_FOR, now, _A_LOOK_UP)
    while True:
        yield from page.receipts
        if page.next_cursor is None:
            return
        page = store.unusable_receipts(now - UNUSABLE_FOR, now, _A_LOOK_UP, page.next_cursor)


def _show(bundles: Sequence[OpenBundle], receipts: Sequence[UnusableAnswer]) -> None:
    if bundles:
        codes = ("cli.handover.number", "cli.state", "cli.since", "cli.handover.attempt", "cli.dossier", "cli.reason")
        table = Table(*(say(Reason(code)) for code in codes))
        for bundle in bundles:
            about = bundle.dossier_id or "-", bundle.refusal or "-"
            facts = (bundle.meaning, _time(bundle.since), str(bundle.attempt), *about)
            table.add_row(str(bundle.sequence), *map(escape, facts))
        Console().print(table)
    for receipt in receipts:
        told = {"sequence": str(receipt.sequence or "-"), "at": _time(receipt.received_at), "why": receipt.meaning}
        typer.echo(say(Reason("cli.handover.unusable", told)))


def _time(moment: datetime) -> str:
    return f"{zurich_time(moment):%d.%m.%Y %H:%M}"
