"""The form of every message: a type, a version and ids. What does not fit is refused, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sozialakte.shared.reasons import Reason


class Message(BaseModel):
    """Base of all messages; subclasses fix ``type``. Serialise with ``to_json``, parse with ``model_validate_json``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1

    def to_json(self) -> str:
        """The body as it travels."""
        return self.model_dump_json()


class ReasonBody(BaseModel):
    """A `Reason` inside a message."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$")]
    params: Mapping[str, str] = {}

    @classmethod
    def of(cls, reason: Reason) -> ReasonBody:
        """The body of a reason."""
        return cls(code=reason.code, params=dict(reason.params))

    def reason(self) -> Reason:
        """The reason in the body."""
        return Reason(self.code, dict(self.params))
