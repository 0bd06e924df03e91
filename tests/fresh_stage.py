"""Empty tables, buckets and queues for each test, and what a test finds in its tables at the start: made once in this
process, as a deployment and people make them, and copied from then on. Making takes hundreds of calls, and most tests
make fewer.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from threading import Condition
from typing import Any, ParamSpec

from moto.backends import get_backend
from moto.moto_api._internal import mock_random
from moto.s3.models import s3_backends

from tests.quick_calls import handled

P = ParamSpec("P")
Steps = tuple[str, ...]

_empty: list[tuple[Any, Any, Any]] = []
_kept: dict[Steps, tuple[Any, Any]] = {}
_now: tuple[Steps, int, str, str] = ((), -1, "", "")
"""The steps that made the stage what it was after so many calls, its account and region."""


def make_stage(account: str, region: str, make_all: Callable[[], None]) -> None:
    """Empty tables, buckets and queues in an account that has none."""
    global _now  # noqa: PLW0603 (there is one stage at a time)
    dynamodb, sqs = get_backend("dynamodb")[account][region], get_backend("sqs")[account][region]
    s3 = get_backend("s3")[account]["aws"]
    if _empty:
        dynamodb.tables, s3.buckets, sqs.queues = map(_copied, _empty[0])
        s3_backends.bucket_accounts.update(dict.fromkeys(s3.buckets, (s3.partition, account)))
    else:
        make_all()
        _empty.append((_copied(dynamodb.tables), _copied(s3.buckets), _copied(sqs.queues)))
    _now = (), handled.total(), account, region


def set_up(step: Callable[P, None]) -> Callable[P, None]:
    """Decorates a step that fills tables, with the same for the same arguments. It is done only once on a stage to
    which nothing happened but such steps, and then copied; on any other stage it is done.
    """

    @wraps(step)
    def done(*given: P.args, **named: P.kwargs) -> None:
        global _now  # noqa: PLW0603 (there is one stage at a time)
        steps, calls, account, region = _now
        if calls != handled.total():
            step(*given, **named)
            return
        steps = (*steps, f"{step.__module__}.{step.__qualname__} {given} {named}")
        dynamodb = get_backend("dynamodb")[account][region]
        if steps in _kept:
            dynamodb.tables, chance = deepcopy(_kept[steps])
            mock_random.setstate(chance)
        else:
            others = _calls_but_to_tables()
            step(*given, **named)
            assert _calls_but_to_tables() == others, "only what lies in tables is kept"
            _kept[steps] = deepcopy((dynamodb.tables, mock_random.getstate()))
        _now = steps, handled.total(), account, region

    return done


def _calls_but_to_tables() -> int:
    return handled.total() - handled["dynamodb"]


def _copied(things: Any) -> Any:
    """A queue holds a lock, which cannot be copied."""
    locks = [queue._messages_lock for queue in things.values() if hasattr(queue, "_messages_lock")]  # noqa: SLF001
    return deepcopy(things, {id(lock): Condition() for lock in locks})
