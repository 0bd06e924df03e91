"""Where a list goes on: the last key of a page as opaque text for URLs, bound to the list it came from.

The binding finds mistakes (the cursor of another dossier, of another list), not forgery: nothing is gained by forging,
as DynamoDB reads only the partition the query itself names. Keys hold ids only.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef


class InvalidCursorError(ValueError):
    """A page cursor that this list did not hand out."""


def to_cursor(request: Mapping[str, object], last_key: Mapping[str, AttributeValueTypeDef]) -> str:
    """The cursor behind ``last_key`` in the list of ``request``."""
    content = {"list": _name_of(request), "after": {name: value["S"] for name, value in last_key.items()}}
    return base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode().rstrip("=")


def from_cursor(request: Mapping[str, object], cursor: str) -> dict[str, AttributeValueTypeDef]:
    """The key to go on behind. Raises `InvalidCursorError` for anything but a cursor of the same list."""
    content = _content(cursor)
    after = content.get("after")
    if content.get("list") != _name_of(request) or not isinstance(after, dict):
        raise InvalidCursorError("the cursor of another list")
    if not all(isinstance(value, str) for value in after.values()):
        raise InvalidCursorError("keys are texts")
    return {name: {"S": value} for name, value in after.items()}


def _content(cursor: str) -> Mapping[str, object]:
    try:
        content = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    # ValueError: no Base64, no JSON; RecursionError: hundreds of opening brackets
    except (ValueError, RecursionError) as error:
        raise InvalidCursorError("not a cursor") from error
    return content if isinstance(content, dict) else {}


def _name_of(request: Mapping[str, object]) -> str:
    """Names a list by everything that selects it (table, index, keys, order), however long its pages are."""
    selecting = {name: value for name, value in request.items() if name != "Limit"}
    return sha256(json.dumps(selecting, sort_keys=True, default=repr).encode()).hexdigest()[:16]
