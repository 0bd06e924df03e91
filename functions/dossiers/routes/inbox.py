"""Inboxes: what is new or done in them, how much waits, and what people do with an entry."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.dossiers.routes.common import (
    api,
    document,
    dossier,
    hidden_from_caller,
    inboxes,
    register,
    shown_to_caller,
    to_dossier,
)
from sozialakte.dossiers.answers import InboxAnswer, InboxCountsAnswer, InboxEntryAnswer, InboxOverAnswer
from sozialakte.dossiers.hand_inbox_over import HandInboxOver
from sozialakte.dossiers.inbox import URGENT_FOR, EntryState
from sozialakte.dossiers.notices import FindNotices, InboxNotice
from sozialakte.dossiers.questions import ForwardEntry, HandInboxOn, Seen
from sozialakte.dossiers.settle_entry import SettleEntry
from sozialakte.register import OFFICE_INBOX
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import field_problem, invalid_request
from sozialakte.shared.access import Action, Relation
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.ids import DossierId, InboxId, LetterId


def _inbox(asked: Asked) -> str:
    return asked.text("inbox", default=asked.staff.staff_id)


def _to_inbox(asked: Asked) -> Relation:
    return register().relation_to_inbox(_inbox(asked), asked.staff.staff_id)


def _to_entry(asked: Asked) -> Relation:
    """To the dossier; whoever has no relation to it may still be one of the office in whose inbox the entry lies."""
    relation = to_dossier(asked)
    entry = inboxes().find(asked.text("document_id")) if relation is Relation.NONE else None
    here = entry is not None and (entry.inbox, entry.dossier_id) == (OFFICE_INBOX, asked.text("dossier_id"))
    if here and register().access.hidden_from(asked.staff.staff_id, [asked.text("dossier_id")]):
        return relation
    return register().relation_to_inbox(OFFICE_INBOX, asked.staff.staff_id) if here else relation


def _receiver(asked: Asked) -> str | None:
    body = asked.arguments.get("body")
    return f"inbox#{body.to}" if isinstance(body, HandInboxOn) else None


_READS = Guard(Action.READ_INBOX, lambda asked: f"inbox#{_inbox(asked)}", _to_inbox)
_SETTLES = Guard(Action.SETTLE_ENTRY, dossier, to_dossier, part=document)


@api.get("/dossiers/inbox", _READS)
def read_inbox(
    inbox: InboxId | None = None,
    cursor: Cursor | None = None,
    state: EntryState = EntryState.NEW,
    *,
    urgent: bool = False,
) -> InboxAnswer:
    """My inbox (what I receive as a deputy lies there too), or the one of my team or the office.

    Whose glass was broken is told in `notices`, to a team lead that of the whole team.
    What came before its dossier was handed over is shown only to who still has to do with the dossier.
    The last come first; with ``urgent=true`` only what is new and urgent, the soonest deadline first, until 30 days
    after it.
    """
    wanted = inbox or api.asked.staff.staff_id
    if urgent:
        since = zurich_date(api.asked.envelope.at) - URGENT_FOR
        page = inboxes().urgent_in(wanted, since, PAGE_SIZE, cursor)
    else:
        page = inboxes().inbox(wanted, PAGE_SIZE, cursor, state)
    shown = [InboxEntryAnswer.of(entry) for entry in shown_to_caller().entries(wanted, page.entries)]
    notices = _notices(wanted) if cursor is None and state is EntryState.NEW else []
    return InboxAnswer(inbox=wanted, entries=shown, notices=notices, next=page.next_cursor)


@api.get("/dossiers/inbox/counts", _READS)
def count_inbox(inbox: InboxId | None = None) -> InboxCountsAnswer:
    """How much is new, urgent and overdue in an inbox, as it is right now, of what its lists show me."""
    wanted = inbox or api.asked.staff.staff_id
    return InboxCountsAnswer.of(wanted, shown_to_caller().counts(wanted), len(_notices(wanted)))


def _notices(inbox: str) -> list[InboxNotice]:
    staff = api.asked.staff
    return FindNotices(register(), staff.staff_id, staff.roles)(inbox)


@api.post(
    "/dossiers/inbox/handover",
    Guard(Action.HAND_INBOX_OVER, lambda asked: f"inbox#{_inbox(asked)}", _to_inbox, part=_receiver),
)
def hand_inbox_over(body: HandInboxOn, inbox: InboxId | None = None, cursor: Cursor | None = None) -> InboxOverAnswer:
    """What is new in an inbox goes to somebody else, as far as they have to do with the dossiers; `next` goes on.

    For after a take-over of a case load, or when somebody has left. What stays is counted in `kept`.
    """
    asked = api.asked
    staff_id, now = asked.staff.staff_id, asked.envelope.at
    if body.to == (inbox or staff_id):
        raise invalid_request([field_problem("body", "to", "same_inbox")])
    hand_over = HandInboxOver(inboxes(), register(), hidden_from_caller, staff_id, now)
    return InboxOverAnswer.of(hand_over(inbox or staff_id, body.to, body.note, cursor))


@api.post("/dossiers/<dossier_id>/documents/<document_id>/completion", _SETTLES)
def complete_entry(
    dossier_id: Annotated[DossierId, Path()], document_id: Annotated[LetterId, Path()], body: Seen
) -> InboxEntryAnswer:
    """Nobody has to look at this document in an inbox any more."""
    return InboxEntryAnswer.of(_settle(dossier_id, document_id, body.version).done(register()))


@api.post("/dossiers/<dossier_id>/documents/<document_id>/reopening", _SETTLES)
def reopen_entry(
    dossier_id: Annotated[DossierId, Path()], document_id: Annotated[LetterId, Path()], body: Seen
) -> InboxEntryAnswer:
    """Somebody has to look at this document again; it comes back to the inbox it was in.

    If whoever reads that has nothing to do with the dossier any more, it comes to who looks after it today.
    """
    return InboxEntryAnswer.of(_settle(dossier_id, document_id, body.version).reopen(register()))


@api.post(
    "/dossiers/<dossier_id>/documents/<document_id>/forwarding",
    Guard(Action.FORWARD_ENTRY, dossier, _to_entry, part=document),
)
def forward_entry(
    dossier_id: Annotated[DossierId, Path()], document_id: Annotated[LetterId, Path()], body: ForwardEntry
) -> InboxEntryAnswer:
    """A colleague who may see the dossier, or its team, is to look at this document."""
    return InboxEntryAnswer.of(_settle(dossier_id, document_id, body.version).forward(body.to, body.note, register()))


def _settle(dossier_id: str, document_id: str, version: int) -> SettleEntry:
    asked = api.asked
    return SettleEntry(inboxes(), dossier_id, document_id, version, asked.staff.staff_id, asked.envelope.at)
