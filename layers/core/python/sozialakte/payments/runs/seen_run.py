"""A payment run as somebody sees it: with what stands against their doing something with it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType

from sozialakte.payments.bank.file_answers import FileAnswer
from sozialakte.payments.runs.answers import RunDetail
from sozialakte.payments.runs.run import PaymentRun, RunState, against_releasing
from sozialakte.payments.runs.standstills import STOOD_STILL
from sozialakte.shared.access import Action, Relation, Role, decide
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_ROLES: Mapping[Action, str] = MappingProxyType(
    {
        Action.CHECK_PAYMENT: "run.role.check_payment",
        Action.MAKE_RUN: "run.role.make_run",
        Action.RELEASE_RUN: "run.role.release_run",
    }
)
_CANCELLABLE = frozenset({RunState.BUILDING, RunState.CHECKING})


class RunObstacles(Model):
    """Why the viewer cannot do this with the run, in words; null: nothing is known to stand against it."""

    check: str | None
    release: str | None
    cancel: str | None


class RunSeen(RunDetail):
    """A run, and what the viewer may do with it. ``refused``: no bank would take its files, so none is written;
    ``stood_still``: what a release has to say first, since the platform stood still.
    """

    refused: bool
    stood_still: str | None
    obstacles: RunObstacles

    @classmethod
    def by(
        cls,
        viewer: Viewer,
        run: PaymentRun,
        hidden: Set[str],
        heard: Mapping[str, FileAnswer] = MappingProxyType({}),
        *,
        stood_still: bool = False,
    ) -> RunSeen:
        """As this person sees it, from whom some invoices are hidden. ``heard``: what the bank said of its files."""
        told = RunDetail.of(run, hidden, heard).model_dump()
        question = say(STOOD_STILL) if stood_still else None
        return cls(**told, refused=run.is_refused, stood_still=question, obstacles=viewer.obstacles(run))


@dataclass(frozen=True)
class Viewer:
    """Who looks. ``circles``: who gets money by the run, and who stands in for them."""

    roles: Set[Role]
    persons: Set[str]
    circles: Set[str]

    def obstacles(self, run: PaymentRun) -> RunObstacles:
        """What stands against doing something with this run."""
        checking = None if run.state is RunState.CHECKING else Reason("run.not_checking")
        cancellable = run.state in _CANCELLABLE or run.is_refused
        cancelling = None if cancellable else Reason("run.not_cancellable")
        return RunObstacles(
            check=_first(against_role(self.roles, Action.CHECK_PAYMENT), checking),
            release=_first(
                against_role(self.roles, Action.RELEASE_RUN),
                checking,
                against_releasing(run, self.persons, self.circles),
            ),
            cancel=_first(against_role(self.roles, Action.MAKE_RUN), cancelling),
        )


def against_role(roles: Set[Role], action: Action) -> Reason | None:
    """Why somebody with these roles never does this with a run."""
    allowed = any(decide(roles, relation, action).allowed for relation in Relation)
    return None if allowed else Reason(_ROLES[action])


def _first(*reasons: Reason | None) -> str | None:
    return next((say(reason) for reason in reasons if reason), None)
