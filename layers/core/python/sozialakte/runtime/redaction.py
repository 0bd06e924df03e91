"""What may stand in a log line: ids, numbers and codes, nothing about a person.

Two gates, because one is not enough: the key must be one we log on purpose, and the value must look like an id.
A name, a text or a file name fails the second even where somebody chose a permitted key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

REDACTED = "[redacted]"

LogValue = str | int | float | bool | None | Sequence[str] | Sequence[int]

KEYS = frozenset(
    {
        "action",
        "allowed",
        "attempt",
        "chunk",
        "count",
        "day",
        "error",
        "error_code",
        "fate",
        "inbox",
        "kind",
        "method",
        "operation",
        "page",
        "pages",
        "pages_in",
        "queue",
        "reason",
        "relation",
        "role",
        "roles",
        "route",
        "seconds",
        "state",
        "status",
        "subject",
        "type",
        "version",
        "where",
    }
)
KEY_ENDINGS = ("_id", "_ids", "_count", "_seconds", "_state")

_ID = re.compile(r"[A-Za-z0-9._:#/+=<>{}-]{0,200}", re.ASCII)
# AHV number (13 digits, 756 is the country) and Swiss IBAN, with the separators in use; they would pass for ids.
_PERSONAL = re.compile(
    r"(?<![A-Za-z0-9])(?:756[.\-_]?\d{4}[.\-_]?\d{4}[.\-_]?\d{2}|(?:CH|LI)\d{2}[.\-_]?(?:\w{4}[.\-_]?){4}\w)(?![A-Za-z0-9])",
    re.ASCII | re.IGNORECASE,
)


def redact(fields: Mapping[str, LogValue]) -> dict[str, LogValue]:
    """The fields as they may be logged.

    A value that is no id becomes ``[redacted]``; keys we do not log are only named, under ``redacted_keys``.
    """
    kept: dict[str, LogValue] = {key: _value(value) for key, value in fields.items() if _known(key)}
    left_out = sorted(key for key in fields if not _known(key))
    return {**kept, "redacted_keys": left_out} if left_out else kept


def _known(key: str) -> bool:
    return key in KEYS or key.endswith(KEY_ENDINGS)


def _value(value: LogValue) -> LogValue:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return REDACTED if _PERSONAL.search(str(value)) else value
    if isinstance(value, str):
        return value if _ID.fullmatch(value) and not _PERSONAL.search(value) else REDACTED
    return [str(_value(each)) for each in value]
