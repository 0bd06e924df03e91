"""``sozialakte recount``: set the counters of inboxes to what lies in them."""

from __future__ import annotations

from typing import Annotated

import typer

from sozialakte.cli.problems import in_one_line
from sozialakte.cli.stage import table_named
from sozialakte.dossiers import InboxStore, RecountInbox
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def recount_command(
    inboxes: Annotated[list[str], typer.Argument(metavar="INBOX...", help="Staff ids, team-<team> or office.")],
    stage: Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")] = None,
    table: Annotated[str | None, typer.Option(envvar="DOSSIERS_TABLE", help="Name of the dossiers' table.")] = None,
) -> None:
    """Count inboxes anew and say how many counters were wrong."""
    with in_one_line():
        recount = RecountInbox(InboxStore(table_named(stage, table, "dossiers")))
        for inbox in inboxes:
            wrong = recount(inbox)
            typer.echo(say(Reason("cli.recount.done", {"inbox": inbox, "count": str(len(wrong))})))
