"""A payment run as the caller sees it, for the routes that give it as data and as markup."""

from __future__ import annotations

from functions.payments.routes.common import actor, api, office
from sozialakte.payments.runs.run import PaymentRun
from sozialakte.payments.runs.seen_run import RunSeen, Viewer


def seen_run(run: PaymentRun) -> RunSeen:
    """With what stands against the caller's doing something with it."""
    circles = office().circle_of(run.payees, api.asked.envelope.at)
    return RunSeen.by(Viewer(api.asked.staff.roles, actor().persons, circles), run)
