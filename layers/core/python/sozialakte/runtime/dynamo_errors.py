"""What can go wrong with a write to DynamoDB, by name; passing conflicts are tried again a few times."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import SystemRandom
from typing import TypeVar

from botocore.exceptions import ClientError

from sozialakte.runtime.items import Item, from_attributes

T = TypeVar("T")

_ATTEMPTS = 5
_LONGEST_FIRST_PAUSE = 0.05  # seconds; doubled with each attempt
_PASSING_CONFLICTS = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


class ConditionFailedError(Exception):
    """The condition of a write did not hold.

    ``index`` is the failed part of a transaction (0 for a single write), ``existing`` the item there (None if absent).
    """

    def __init__(self, existing: Item | None = None, index: int = 0) -> None:
        super().__init__(f"condition of part {index} failed")
        self.existing = existing
        self.index = index


class AlreadyExistsError(ConditionFailedError):
    """The item that was to be new exists; ``existing`` holds it. May be our own write, repeated after a lost answer."""


class WriteConflictError(Exception):
    """Other transactions kept the items busy for all attempts; the caller's message should be delivered again."""


def written(call: Callable[[], T]) -> T:
    """What the write answers. Raises `ConditionFailedError` or, after some attempts, `WriteConflictError`."""
    for attempt in range(_ATTEMPTS):
        try:
            return call()
        except ClientError as error:
            if not _is_passing(error):
                raise
        time.sleep(SystemRandom().uniform(0, _LONGEST_FIRST_PAUSE * 2**attempt))
    raise WriteConflictError


def _is_passing(error: ClientError) -> bool:
    """Whether trying again makes sense. Raises `ConditionFailedError` if a condition is what failed."""
    code = error.response["Error"]["Code"]
    if code == "ConditionalCheckFailedException":
        raise ConditionFailedError(_existing(error.response)) from error
    if code != "TransactionCanceledException":
        return code in {"TransactionConflictException", "TransactionInProgressException"}
    reasons = error.response.get("CancellationReasons", [])
    for index, reason in enumerate(reasons):
        if reason.get("Code") == "ConditionalCheckFailed":
            raise ConditionFailedError(_existing(reason), index) from error
    return any(reason.get("Code") in _PASSING_CONFLICTS for reason in reasons)


def _existing(response: object) -> Item | None:
    attributes = response.get("Item") if isinstance(response, dict) else None
    return from_attributes(attributes) if attributes else None
