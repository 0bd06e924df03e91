"""The one logger: a constant event name and ids, as JSON on standard output.

    from sozialakte.runtime.logging import logger
    logger.info("letter_filed", letter_id=letter_id, dossier_id=dossier_id)

Every field passes ``redact``. An error is logged by type and place, never by its message: messages of pydantic,
KeyError or botocore quote the input.
"""

from __future__ import annotations

import logging
import sys
import traceback
from functools import cache
from typing import TextIO

from aws_lambda_powertools import Logger

from sozialakte.runtime.redaction import LogValue, redact

_CALLER = 3  # frames from the standard logger up to the one who logs


class EventLogger:
    """Writes events. The level below which nothing is written comes from ``POWERTOOLS_LOG_LEVEL``."""

    def info(self, event: str, **ids: LogValue) -> None:
        """Something happened as it should."""
        _powertools().info(event, extra=redact(ids), stacklevel=_CALLER)

    def warning(self, event: str, **ids: LogValue) -> None:
        """Somebody was refused, or something was put right by itself."""
        _powertools().warning(event, extra=redact(ids), stacklevel=_CALLER)

    def error(self, event: str, error: BaseException | None = None, **ids: LogValue) -> None:
        """Something failed and stays undone. ``error`` adds its type, its AWS error code and where it rose."""
        facts = redact({**ids, **(describe(error) if error else {})})
        _powertools().error(event, extra=facts, stacklevel=_CALLER)

    def bind(self, **ids: LogValue) -> None:
        """Ids that every following line of this invocation carries; replaces those of the invocation before."""
        bound: dict[str, object] = {**redact(ids)}
        _powertools().clear_state()
        _powertools().append_keys(**bound)


def describe(error: BaseException) -> dict[str, LogValue]:
    """An error as far as it may be logged: type, AWS error code if any, and where (innermost last, three places)."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    response = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}:{frame.name}" for frame in frames]
    return {"error": type(error).__name__, "error_code": code, "where": places}


class _CurrentStdout(logging.StreamHandler[TextIO]):
    """Writes to what standard output is now; a stream kept from the start is closed by then in tests."""

    @property
    def stream(self) -> TextIO:
        return sys.stdout

    @stream.setter
    def stream(self, value: TextIO) -> None:
        """Ignored: there is only one standard output."""


@cache
def _powertools() -> Logger:
    return Logger(logger_handler=_CurrentStdout(), utc=True, use_rfc3339=True)


logger = EventLogger()
