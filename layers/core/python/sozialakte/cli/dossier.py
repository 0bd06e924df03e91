"""``sozialakte dossier``: compare the full-text indexes of dossiers with what lies in them, and have them made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Annotated

import typer

from sozialakte.cli.problems import FOUND, in_one_line
from sozialakte.cli.received_letters import received_letters
from sozialakte.cli.stage import bucket_of, queue_of, table_of
from sozialakte.dossiers.fulltext.compare import compare
from sozialakte.dossiers.fulltext.files import IndexFiles
from sozialakte.dossiers.fulltext.page_index import IndexUnusableError
from sozialakte.dossiers.messages import RebuildIndex
from sozialakte.dossiers.model import FilingState
from sozialakte.dossiers.store import DossierStore
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.queues import Queue
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.id_forms import DOSSIER_ID
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

dossier_app = typer.Typer(help="Dossiers and what is kept beside them.", no_args_is_help=True)


@dossier_app.callback()
def dossier() -> None:
    """Dossiers and what is kept beside them."""


@dossier_app.command("reindex")
def dossier_reindex(
    stage: Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")],
    dossiers: Annotated[list[str] | None, typer.Argument(metavar="DOSSIER_ID...", help="Which dossiers.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="All dossiers that got something from this day of receipt on."),
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only compare; print the indexes that differ.")] = False,
) -> None:
    """Have the full-text indexes of dossiers made anew; the queue `index` does the work.

    Exit code 0: asked for, or nothing differs; 1: indexes differ (--check), or there is no such stage; 2: wrong usage;
    3: AWS did not answer as needed.
    """
    if not (dossiers or since) or not all(map(DOSSIER_ID.fullmatch, dossiers or ())):
        raise typer.BadParameter(say(Reason("cli.reindex.which")))
    with in_one_line():
        store = DossierStore(table_of(stage, "dossiers"))
        wanted = list(dict.fromkeys(chain(dossiers or (), _filed_since(stage, store, since) if since else ())))
        if check:
            _check(store, IndexFiles(bucket_of(stage, "dossiers", "Fulltext")), wanted)
        else:
            _ask(Queue(queue_of(stage, "index")), wanted)


def _check(store: DossierStore, files: IndexFiles, dossiers: Iterable[str]) -> None:
    different = list(chain.from_iterable(_differences(store, files, dossier_id) for dossier_id in dossiers))
    for reason in different:
        typer.echo(say(reason))
    if different:
        raise typer.Exit(FOUND)


def _differences(store: DossierStore, files: IndexFiles, dossier_id: str) -> Iterator[Reason]:
    try:
        found = compare(store, files, dossier_id)
    except IndexUnusableError:
        yield Reason("cli.reindex.unusable", {"dossier": dossier_id})
        return
    if found.missing or found.surplus:
        counts = {"missing": str(len(found.missing)), "surplus": str(len(found.surplus))}
        yield Reason("cli.reindex.differs", {"dossier": dossier_id, **counts})
    for document_id, pages in sorted(found.gaps.items()):
        named = {"document": document_id, "pages": ", ".join(map(str, pages))}
        yield Reason("cli.reindex.gap", {"dossier": dossier_id, **named})


def _ask(queue: Queue, dossiers: Sequence[str]) -> None:
    for dossier_id in dossiers:
        queue.send(RebuildIndex(dossier_id=dossier_id).to_json())
    typer.echo(say(Reason("cli.reindex.asked", {"count": str(len(dossiers))})))


def _filed_since(stage: str, store: DossierStore, since: datetime) -> Iterator[str]:
    """Where the letters since a day lie now."""
    intake = IntakeStore(table_of(stage, "intake"))
    for letter_id in received_letters(intake, since.date(), zurich_date(utc_now())):
        filing = store.find_filing(letter_id)
        if filing and filing.state is FilingState.FILED:
            yield filing.dossier_id
