"""Who approves an invoice: how many people, of which level, and who may not. Pure.

Levels go by the amount (`Limits`, set for each service). One person holds one of the duties enter, approve and release
on the same invoice, in whatever round, and so does whoever they stand in for; administrators too. Nobody does anything
with an invoice whose money goes to them or to somebody whose deputy they are. A submission begins a new round: what was
approved before is void.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sozialakte.payments.invoice import Duty, Invoice
from sozialakte.shared.access import Role
from sozialakte.shared.reasons import Reason

CLEAR_TWIN, APPROVE_IBAN, REFUSE_IBAN = "clear_twin", "approve_iban", "refuse_iban"
"""Acts by which somebody who did not enter an invoice lifts a warning; whoever did one must not enter it."""
_LIFTING = frozenset({CLEAR_TWIN, APPROVE_IBAN, REFUSE_IBAN})


class Level(StrEnum):
    """Whose approval it takes: a case worker's or team lead's, that of the dossier's team lead, another team lead's."""

    CASEWORKER = "caseworker"
    TEAMLEAD = "teamlead"
    OTHER_TEAMLEAD = "other_teamlead"


@dataclass(frozen=True)
class Limits:
    """Up to which amount a case worker, and a team lead, approves alone."""

    caseworker: Decimal
    teamlead: Decimal


@dataclass(frozen=True)
class Lead:
    """A team lead who is away, and the team."""

    staff_id: str
    team: str


@dataclass(frozen=True)
class Actor:
    """Who acts: roles and team; ``lead`` is the team lead they stand in for, who then counts as having acted too.

    ``team`` is None of who is unknown to the register or has left.
    """

    staff_id: str
    roles: frozenset[Role]
    team: str | None
    lead: Lead | None = None

    @property
    def standing_in_for(self) -> str | None:
        """The person in whose place they act."""
        return self.lead.staff_id if self.lead else None

    @property
    def persons(self) -> frozenset[str]:
        """Who counts as acting."""
        return frozenset(filter(None, (self.staff_id, self.standing_in_for)))

    @property
    def leads(self) -> str | None:
        """The team at whose team lead's level they act, None if at none's."""
        if self.lead:
            return self.lead.team
        return self.team if Role.TEAMLEAD in self.roles else None


def levels_for(amount: Decimal, limits: Limits) -> tuple[Level, ...]:
    """The approvals that an amount needs, in order. A credit note counts as what it takes off; EUR counts as CHF."""
    if abs(amount) <= limits.caseworker:
        return (Level.CASEWORKER,)
    if abs(amount) <= limits.teamlead:
        return (Level.TEAMLEAD,)
    return (Level.TEAMLEAD, Level.OTHER_TEAMLEAD)


def missing_levels(invoice: Invoice, limits: Limits) -> tuple[Level, ...]:
    """The approvals that an invoice with an amount still needs; the last is never missing no more by a new limit."""
    owed = invoice.owed
    levels = levels_for(owed.amount, limits) if owed else (Level.TEAMLEAD, Level.OTHER_TEAMLEAD)
    return levels[len(invoice.approvals) :] or levels[-1:]


def holds(actor: Actor, level: Level, team: str | None) -> bool:
    """Somebody acts at this level, for an invoice of this team."""
    if level is Level.CASEWORKER:
        return bool(actor.roles & {Role.CASEWORKER, Role.TEAMLEAD})
    if actor.leads is None or team is None:
        return False
    if level is Level.TEAMLEAD:
        return actor.leads == team
    return team not in {actor.leads, actor.team}


def against_acting(actor: Actor, circle: AbstractSet[str]) -> Reason | None:
    """Why somebody must do nothing with it. ``circle``: who gets the money, if staff does, and their deputies."""
    return Reason("approval.payee") if actor.persons & circle else None


def against_entering(invoice: Invoice, actor: Actor) -> Reason | None:
    """Why somebody must not say what it is for."""
    if actor.persons & deciders_of(invoice):
        return Reason("approval.has_decided")
    return None


def against_lifting(invoice: Invoice, actor: Actor) -> Reason | None:
    """Why somebody must not lift a warning on it."""
    if actor.persons & invoice.persons_with(Duty.ENTER):
        return Reason("approval.has_entered")
    return None


def against_approving(invoice: Invoice, actor: Actor, level: Level, payees: AbstractSet[str]) -> Reason | None:
    """Why somebody must not give the approval of this level. ``payees``: the staff who get the money."""
    if actor.persons & (invoice.persons_with(Duty.ENTER) | invoice.persons_with(Duty.RELEASE)):
        return Reason("approval.has_entered")
    if any(actor.persons & act.persons for act in invoice.approvals):
        return Reason("approval.has_approved")
    if _submitted_by(invoice) & payees:
        return Reason("approval.payee_entered")
    if not holds(actor, level, invoice.team):
        return Reason(f"approval.needs_{level}")
    return None


def _submitted_by(invoice: Invoice) -> frozenset[str]:
    """Who asked for the approvals of this round."""
    return frozenset(
        person
        for act in invoice.acts
        if act.duty is Duty.ENTER and act.round == invoice.round
        for person in act.persons
    )


def deciders_of(invoice: Invoice) -> frozenset[str]:
    """Everybody who ever approved or released it, or lifted a warning on it."""
    lifted = frozenset(person for act in invoice.acts if act.what in _LIFTING for person in act.persons)
    return invoice.persons_with(Duty.APPROVE) | invoice.persons_with(Duty.RELEASE) | lifted
