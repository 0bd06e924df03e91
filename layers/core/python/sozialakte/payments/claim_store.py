"""Claims in the payments table.

| to find | how |
|---|---|
| a claim by its number, so by its reference | get ``CLAIM#<number>`` / ``CLAIM`` |
| the claim of a demand | get ``DEMAND#<digest>`` / ``DEMAND``, then the claim |
| the last number | get ``CLAIMS`` / ``LAST`` |

Number, claim and demand are written in one transaction: numbers have no gaps, and a demand has one claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sozialakte.payments.claims import Claim, Demand, number_of
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import NEW, Attr, ConditionFailedError, Put, Table, WriteConflictError, transact
from sozialakte.runtime.items import number

_ATTEMPTS = 10


@dataclass(frozen=True)
class ClaimStore:
    """The claims of a service."""

    table: str

    def issue(self, demand: Demand, by: str) -> Claim:
        """The claim of a demand, a new one if there is none. Raises `WriteConflictError`: others issue at once."""
        for _ in range(_ATTEMPTS):
            there = self._of(demand)
            if there is not None:
                return there
            last = self._last()
            claim = Claim(last + 1, demand, by)
            try:
                self._write(claim, last)
            except ConditionFailedError:
                continue
            return claim
        raise WriteConflictError

    def find(self, reference: str) -> Claim | None:
        """The claim that a reference names, None if it names none of ours."""
        named = number_of(reference)
        return self._get(named) if named is not None else None

    def _of(self, demand: Demand) -> Claim | None:
        item = Table(self.table).get(f"DEMAND#{demand.digest}", "DEMAND", consistent=True)
        return self._get(number(item, "number")) if item else None

    def _get(self, claim_number: int) -> Claim | None:
        item = Table(self.table).get(f"CLAIM#{claim_number}", "CLAIM", consistent=True)
        return _claim_of(item) if item else None

    def _last(self) -> int:
        item = Table(self.table).get("CLAIMS", "LAST", consistent=True)
        return number(item, "number") if item else 0

    def _write(self, claim: Claim, last: int) -> None:
        stored = adapter(Claim).dump_python(claim, mode="json", exclude_none=True)
        demand = {"pk": f"DEMAND#{claim.demand.digest}", "sk": "DEMAND", "entity": "pointer", "number": claim.number}
        counter = {"pk": "CLAIMS", "sk": "LAST", "entity": "counter", "number": claim.number}
        transact(
            [
                Put(self.table, counter, Attr("number").eq(last) if last else NEW),
                Put(self.table, {**stored, "pk": f"CLAIM#{claim.number}", "sk": "CLAIM", "entity": "claim"}, NEW),
                Put(self.table, demand, NEW),
            ]
        )


def _claim_of(item: Mapping[str, object]) -> Claim:
    return adapter(Claim).validate_python({name: item[name] for name in Claim.__dataclass_fields__})
