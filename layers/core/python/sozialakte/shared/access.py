"""Who may do what: one pure rule over one table (DESIGN 5).

A person may act if one of the roles is listed for the action together with the relation they stand in. What is not
listed is refused. Administrators set the system up and therefore see no contents:
the ids in the list of the hand-over are all they get.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """The groups of the staff pool."""

    MAILROOM = "mailroom"
    CASEWORKER = "caseworker"
    TEAMLEAD = "teamlead"
    ACCOUNTING = "accounting"
    PAYMENTRELEASE = "paymentrelease"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Relation(StrEnum):
    """How a member of staff stands to what they ask for; the closest one counts.

    To a dossier: ``RESPONSIBLE``, ``DEPUTY`` (named by the responsible person, or standing in today) or ``TEAM`` (the
    same team). To an inbox: ``OWN``, ``TEAM`` (the team's or a colleague's), ``DEPUTY`` (of one who
    named the viewer) or ``OFFICE`` (nobody's and no team's).
    """

    RESPONSIBLE = "responsible"
    DEPUTY = "deputy"
    TEAM = "team"
    OWN = "own"
    OFFICE = "office"
    NONE = "none"


class Action(StrEnum):
    """What the routes let people do."""

    LIST_BATCHES = "list_batches"
    READ_BATCH = "read_batch"
    LIST_REVIEW = "list_review"
    LIST_FORWARDED = "list_forwarded"
    READ_LETTER = "read_letter"
    ASSIGN_LETTER = "assign_letter"
    FORWARD_LETTER = "forward_letter"
    TAKE_LETTER = "take_letter"
    CLAIM_LETTER = "claim_letter"
    REARRANGE_LETTERS = "rearrange_letters"
    TURN_PAGES = "turn_pages"
    RECLASSIFY_LETTER = "reclassify_letter"
    REJECT_LETTER = "reject_letter"
    ORDER_RESCAN = "order_rescan"
    LIST_RESCANS = "list_rescans"
    UNDO_DECISION = "undo_decision"
    TRACE_LETTER = "trace_letter"
    READ_INBOX = "read_inbox"
    LIST_DOCUMENTS = "list_documents"
    READ_DOCUMENT = "read_document"
    LIST_HANDOVER = "list_handover"


_ANY = frozenset(Relation)
# A team shares its cases: whoever picks up the telephone must be able to answer.
_CASE = frozenset({Relation.RESPONSIBLE, Relation.DEPUTY, Relation.TEAM})
_DESK = frozenset({Relation.OWN, Relation.DEPUTY, Relation.TEAM})

TABLE: Mapping[Action, Mapping[Role, frozenset[Relation]]] = MappingProxyType(
    {
        # Batches carry no contents but page counts, fates and kinds of letters (no sender, no subject); a batch that
        # closed must be provable to the auditor.
        Action.LIST_BATCHES: {Role.MAILROOM: _ANY, Role.AUDITOR: _ANY},
        Action.READ_BATCH: {Role.MAILROOM: _ANY, Role.AUDITOR: _ANY},
        # A letter in review or forwarded belongs to no dossier: deciding whose it is, is the mailroom's work.
        Action.LIST_REVIEW: {Role.MAILROOM: _ANY},
        Action.LIST_FORWARDED: {Role.MAILROOM: _ANY},
        Action.READ_LETTER: {Role.MAILROOM: _ANY},
        Action.ASSIGN_LETTER: {Role.MAILROOM: _ANY},
        Action.FORWARD_LETTER: {Role.MAILROOM: _ANY},
        Action.TAKE_LETTER: {Role.MAILROOM: _ANY},
        Action.CLAIM_LETTER: {Role.MAILROOM: _ANY},
        Action.REARRANGE_LETTERS: {Role.MAILROOM: _ANY},
        Action.TURN_PAGES: {Role.MAILROOM: _ANY},
        Action.RECLASSIFY_LETTER: {Role.MAILROOM: _ANY},
        Action.REJECT_LETTER: {Role.MAILROOM: _ANY},
        Action.ORDER_RESCAN: {Role.MAILROOM: _ANY},
        Action.LIST_RESCANS: {Role.MAILROOM: _ANY},
        Action.UNDO_DECISION: {Role.MAILROOM: _ANY},
        # As a batch does, it proves the way of a page and shows no contents.
        Action.TRACE_LETTER: {Role.MAILROOM: _ANY, Role.AUDITOR: _ANY},
        Action.READ_INBOX: {
            Role.CASEWORKER: _DESK,
            Role.TEAMLEAD: _DESK,
            Role.MAILROOM: frozenset({Relation.OFFICE}),
        },
        Action.LIST_DOCUMENTS: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        Action.READ_DOCUMENT: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        # What the case system has not receipted: ids, numbers and codes for those who mend it and those who check it.
        Action.LIST_HANDOVER: {Role.ADMINISTRATOR: _ANY, Role.AUDITOR: _ANY},
    }
)


@dataclass(frozen=True)
class Decision:
    """Whether ``action`` is allowed, in which relation, and by which role (None if refused)."""

    action: Action
    relation: Relation
    role: Role | None

    @property
    def allowed(self) -> bool:
        """Some role allows it."""
        return self.role is not None


def decide(roles: Iterable[Role], relation: Relation, action: Action) -> Decision:
    """The decision for somebody with these roles and this relation; several roles add up."""
    permitted = TABLE[action]
    granting = sorted(role for role in roles if relation in permitted.get(role, frozenset()))
    return Decision(action, relation, granting[0] if granting else None)


def roles_named(names: Iterable[str]) -> frozenset[Role]:
    """The roles among group names; groups that are no role of ours give nothing."""
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in names if name in known)
