"""Parameters that many routes take."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path
from pydantic import BeforeValidator, Field

from sozialakte.shared.ids import LetterId

PAGE_SIZE = 50
"""Entries in one answer of a list."""

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _only_iso(value: object) -> object:
    # pydantic would also take a Unix time, and a date with a time of day
    return value if isinstance(value, date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value)) else "no date"


Cursor = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,600}$", description="`next` of the page before")]
Day = Annotated[date, BeforeValidator(_only_iso)]
LetterInPath = Annotated[LetterId, Path()]
PageInPath = Annotated[int, Path(ge=1, le=999_999)]
