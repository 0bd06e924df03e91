"""The form of every message: a type, a version and ids. What does not fit is refused, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field

from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason


class UntypedMessageError(ValueError):
    """A body without type or version could be anything: it is not guessed."""


class UnknownMessageError(ValueError):
    """A message nobody here knows. It is never acknowledged: it goes to the dead-letter queue and rings the alarm."""


class Message(Model):
    """Base of all messages; subclasses fix ``type``. Serialise with ``to_json``, read with ``parse``."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    version: Literal[1] = 1

    @classmethod
    def parse(cls, body: Mapping[str, object]) -> Self:
        """The message in a body. Raises ``ValidationError`` or `UntypedMessageError` (each a ``ValueError``)."""
        if missing := {"type", "version"} - body.keys():
            raise UntypedMessageError(f"the message names no {' and no '.join(sorted(missing))}")
        return cls.model_validate(body)

    def to_json(self) -> str:
        """The body as it travels."""
        return self.model_dump_json()


class ReasonBody(Model):
    """A `Reason` inside a message."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    code: Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
    params: Mapping[str, str] = {}

    @classmethod
    def of(cls, reason: Reason) -> ReasonBody:
        """The body of a reason."""
        return cls(code=reason.code, params=dict(reason.params))

    def reason(self) -> Reason:
        """The reason in the body."""
        return Reason(self.code, dict(self.params))
