"""Claims in the payments table.

| to find | how |
|---|---|
| a claim by its number, so by its reference | get, or batch get, ``CLAIM#<number>`` / ``CLAIM`` |
| the claim of a demand | get ``DEMAND#<digest>`` / ``DEMAND``, then the claim |
| the last number | get ``CLAIMS`` / ``LAST`` |
| the claims of a dossier, the newest first | index ``by_state``: ``claims#<dossier_id>`` / ``since`` |
| claims on which just this amount is owed | query ``OWED#<currency>#<cents>``, then batch get |

Number, claim and demand are written in one transaction: numbers have no gaps, and a demand has one claim. What is owed
changes in the transaction that says whose some money is (`money_store`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sozialakte.payments.claims import Claim, Demand, number_of
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    ConditionFailedError,
    Delete,
    Item,
    Key,
    Part,
    Put,
    Query,
    Table,
    WriteConflictError,
    transact,
)
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

    def get(self, number: int) -> Claim | None:
        """The claim with this number."""
        return self._get(number)

    def get_many(self, numbers: Iterable[int]) -> dict[int, Claim]:
        """Those of the claims with these numbers that there are, by number."""
        return {claim.number: claim for claim in self._get_many(numbers)}

    def owed(self, amount: Decimal, currency: str) -> list[Claim]:
        """The claims on which just this much is still owed."""
        query = Query(Key("pk").eq(_owed_key(amount, currency)), consistent=True)
        found = self._get_many(int(str(row["sk"])) for row in Table(self.table).query(query))
        claims = sorted(found, key=lambda claim: claim.number)
        return [claim for claim in claims if claim.still_owed == amount and claim.demand.money.currency == currency]

    def of_dossier(
        self, dossier_id: str, limit: int, cursor: str | None = None
    ) -> tuple[tuple[Claim, ...], str | None]:
        """The claims of a dossier, the newest first, and the cursor of the next."""
        query = Query(Key("state_key").eq(f"claims#{dossier_id}"), index="by_state", newest_first=True)
        page = Table(self.table).query_page(query, limit, cursor)
        return tuple(map(_claim_of, page.items)), page.next_cursor

    def paid_parts(self, before: Claim, after: Claim) -> Iterator[Part]:
        """The next version of a claim, as parts of a transaction; they fail if it changed meanwhile."""
        yield Put(self.table, _claim_item(after), Attr("version").eq(before.version))
        there, wanted = _owed_of(before), _owed_of(after)
        if there != wanted:
            if there:
                yield Delete(self.table, there, str(after.number))
            if wanted:
                yield Put(self.table, _owed_item(wanted, after.number))

    def _of(self, demand: Demand) -> Claim | None:
        item = Table(self.table).get(f"DEMAND#{demand.digest}", "DEMAND", consistent=True)
        return self._get(number(item, "number")) if item else None

    def _get(self, claim_number: int) -> Claim | None:
        item = Table(self.table).get(f"CLAIM#{claim_number}", "CLAIM", consistent=True)
        return _claim_of(item) if item else None

    def _get_many(self, numbers: Iterable[int]) -> Iterator[Claim]:
        keys = [(f"CLAIM#{one}", "CLAIM") for one in dict.fromkeys(numbers)]
        return map(_claim_of, Table(self.table).get_many(keys, consistent=True))

    def _last(self) -> int:
        item = Table(self.table).get("CLAIMS", "LAST", consistent=True)
        return number(item, "number") if item else 0

    def _write(self, claim: Claim, last: int) -> None:
        demand = {"pk": f"DEMAND#{claim.demand.digest}", "sk": "DEMAND", "entity": "pointer", "number": claim.number}
        counter = {"pk": "CLAIMS", "sk": "LAST", "entity": "counter", "number": claim.number}
        transact(
            [
                Put(self.table, counter, Attr("number").eq(last) if last else NEW),
                Put(self.table, _claim_item(claim), NEW),
                Put(self.table, demand, NEW),
                Put(
                    self.table, _owed_item(_owed_key(claim.still_owed, claim.demand.money.currency), claim.number), NEW
                ),
            ]
        )


def _claim_item(claim: Claim) -> Item:
    stored: Item = adapter(Claim).dump_python(claim, mode="json", exclude_none=True)
    listed = {
        "state_key": f"claims#{claim.demand.dossier_id}",
        "since": f"{claim.demand.issued_on}#{claim.number:010d}",
    }
    return {**stored, **listed, "pk": f"CLAIM#{claim.number}", "sk": "CLAIM", "entity": "claim"}


def _owed_key(amount: Decimal, currency: str) -> str:
    return f"OWED#{currency}#{int(amount * 100)}"


def _owed_of(claim: Claim) -> str | None:
    return _owed_key(claim.still_owed, claim.demand.money.currency) if claim.still_owed > 0 else None


def _owed_item(pk: str, claim_number: int) -> Item:
    return {"pk": pk, "sk": str(claim_number), "entity": "pointer", "number": claim_number}


def _claim_of(item: Mapping[str, object]) -> Claim:
    fields = Claim.__dataclass_fields__
    return adapter(Claim).validate_python({name: item[name] for name in fields if name in item})
