"""Where a play is played: a fresh AWS in this process that does not weigh its rows.

moto measures every row, attribute by attribute, whenever it is found, written or told of; half of a rehearsal's time.
Here each counts as a thousand bytes: pages hold as many rows as with AWS, about, and rows of ours are far from 400 KB.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import moto.dynamodb.models.table
from moto.dynamodb.models.dynamo_type import Item, LimitedSizeDict

from tests.aws import local_aws
from tests.rehearsal.play import Play

_A_ROW = 1000  # bytes


@contextmanager
def played(kind: type[Play], payments: int, seed: int, tell: Callable[[str], object]) -> Iterator[Play]:
    """A play that was played to its end, on its stage. Raises `RehearsalError`."""
    with local_aws(), _unweighed():
        gc.freeze()  # some million small objects, none of them garbage
        play = kind(payments, seed, tell)
        play.play()
        yield play
        gc.unfreeze()


@contextmanager
def _unweighed() -> Iterator[None]:
    with ExitStack() as patches:
        patches.enter_context(patch.object(Item, "size", lambda _: _A_ROW))
        patches.enter_context(patch.object(LimitedSizeDict, "__setitem__", dict.__setitem__))
        patches.enter_context(patch.object(moto.dynamodb.models.table, "dynamo_json_dump", lambda _: ""))
        yield
