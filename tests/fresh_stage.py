"""Empty tables, buckets and queues for each test: made once in this process, as a deployment makes them, and copied
from then on. Making them takes a hundred calls, and most tests make fewer.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from threading import Condition
from typing import Any

from moto.backends import get_backend
from moto.s3.models import s3_backends

_kept: list[tuple[Any, Any, Any]] = []


def furnish(account: str, region: str, make_all: Callable[[], None]) -> None:
    """Tables, buckets and queues in an account that has none."""
    dynamodb, sqs = get_backend("dynamodb")[account][region], get_backend("sqs")[account][region]
    s3 = get_backend("s3")[account]["aws"]
    if not _kept:
        make_all()
        _kept.append((_copied(dynamodb.tables), _copied(s3.buckets), _copied(sqs.queues)))
        return
    dynamodb.tables, s3.buckets, sqs.queues = map(_copied, _kept[0])
    s3_backends.bucket_accounts.update(dict.fromkeys(s3.buckets, (s3.partition, account)))


def _copied(things: Any) -> Any:
    """A queue holds a lock, which cannot be copied."""
    locks = [queue._messages_lock for queue in things.values() if hasattr(queue, "_messages_lock")]  # noqa: SLF001
    return deepcopy(things, {id(lock): Condition() for lock in locks})
