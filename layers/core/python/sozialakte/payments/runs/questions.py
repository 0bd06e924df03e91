"""What the routes of the payment runs take."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import ConfigDict
from pydantic import Field as Limited

from sozialakte.runtime.free_text import ShortText
from sozialakte.runtime.parameters import Day
from sozialakte.shared.model import Model

_Day = Annotated[Day, Limited(strict=False)]


class MakeRun(Model):
    """When the bank pays, and what: all that is due at the latest on a day, the execution day if none is named."""

    model_config = ConfigDict(extra="forbid", strict=True)

    execution_day: _Day
    due_until: _Day | None = None

    @property
    def until(self) -> date:
        """The last due day."""
        return self.due_until or self.execution_day


class CheckPayment(Model):
    """A payment of the sample is right, or what is wrong with it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    right: bool
    reason: ShortText | None = None


class SeenRun(Model):
    """The version of a run that a person saw."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: Annotated[int, Limited(ge=1, description="`version` the person saw")]


class ReleaseRun(SeenRun):
    """Pay it. After a standstill somebody has to say that no emergency file waits to be imported."""

    no_emergency_open: bool = False


class CancelRun(SeenRun):
    """Why nothing of it is to be paid."""

    reason: ShortText
