"""Stands between the payments table and its publisher: tells of payment runs, and counts the vouchers that are wanted.

A month end makes some thousand changes for each step. Told are those of runs, and so many of the vouchers that the
proof can check by sample that each asks for its paper once; of the others it counts the rows that ask for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.backends import get_backend

from sozialakte.payments.booked_vouchers import VoucherState
from sozialakte.payments.journal_store import VOUCHER
from sozialakte.payments.runs.store import RUN
from tests.aws import ACCOUNT, PAYMENTS, REGION
from tests.pipeline import Pipeline

_PUBLISHER = "functions.payments.publish_changes"
_ASKED_FOR = 300
"""Vouchers whose request is sent, of those of a play."""
_AT_ONCE = 100
_Change = Mapping[str, Any]


@dataclass
class Watch:
    """``payments``: how many the play has. ``wanted``: how often a row asked for the voucher; ``asked``: how often that
    became a request to write it, of those that were ``sampled``.
    """

    payments: int
    platform: Pipeline
    wanted: Counter[str] = field(default_factory=Counter)
    sampled: set[str] = field(default_factory=set)
    _read: int = 0

    @property
    def asked(self) -> Counter[str]:
        """The requests that lie on the queue, straight from moto: receiving so many takes as long as paying them."""
        there = get_backend("sqs")[ACCOUNT][REGION].queues["test-vouchers"].messages
        return Counter(json.loads(message.body)["voucher_id"] for message in there)

    def tell(self) -> bool:
        """Hand the new changes of runs and vouchers to the publisher; whether a run changed.

        Of a run only the last change: each mark in the sample writes the whole state anew, and the next replaces it.
        """
        runs: dict[str, _Change] = {}
        vouchers: list[_Change] = []
        for change in self._new():
            row = change["dynamodb"].get("NewImage", {})
            entity = row.get("entity", {}).get("S")
            if entity == RUN:
                runs[row["run_id"]["S"]] = change
            elif entity == VOUCHER and row["state"]["S"] == VoucherState.WANTED and self._is_sampled(row):
                vouchers.append(change)
        self._publish([*runs.values(), *vouchers])
        return bool(runs)

    def forget(self) -> None:
        """What was not told yet is lost, and with it every message on its way."""
        self._new()
        self.platform.forget()

    def _is_sampled(self, row: _Change) -> bool:
        voucher_id = row["pk"]["S"].removeprefix("BOOKED#")
        self.wanted[voucher_id] += 1
        if len(self.wanted) % max(1, self.payments // _ASKED_FOR) and voucher_id not in self.sampled:
            return False
        self.sampled.add(voucher_id)
        return True

    def _publish(self, changes: list[_Change]) -> None:
        for first in range(0, len(changes), _AT_ONCE):
            self.platform.call(_PUBLISHER, {"Records": changes[first : first + _AT_ONCE]})

    def _new(self) -> Iterator[_Change]:
        shard = get_backend("dynamodb")[ACCOUNT][REGION].tables[PAYMENTS].stream_shard
        assert shard
        new, self._read = shard.items[self._read :], len(shard.items)
        return (change.to_json() for change in new)
