"""Wards' accounts in the payments table.

| to find | how |
|---|---|
| the account of a ward | get ``WARD#<dossier_id>`` / ``WARD`` |
| those of the invoices of a run | batch get of the same |
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.ward_accounts import WardAccount
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import NEW, Attr, Item, Table


@dataclass(frozen=True)
class WardAccountStore:
    """The wards' accounts."""

    table: str

    def get(self, dossier_id: str) -> WardAccount:
        """The account of a ward; one without any if nobody has typed one."""
        item = Table(self.table).get(*_key(dossier_id), consistent=True)
        return _account_of(item) if item else WardAccount(dossier_id)

    def approved(self, dossier_ids: Iterable[str]) -> dict[str, PayingAccount]:
        """The accounts in use of these dossiers."""
        keys = [_key(dossier_id) for dossier_id in sorted(set(dossier_ids))]
        found = map(_account_of, Table(self.table).get_many(keys, consistent=True))
        return {one.dossier_id: one.account for one in found if one.account}

    def save(self, before: WardAccount, after: WardAccount) -> None:
        """The next version. Raises `ConditionFailedError` if somebody was quicker."""
        if after != before:
            when = Attr("version").eq(before.version) if before.version else NEW
            Table(self.table).put(_item(after), when=when)


def _key(dossier_id: str) -> tuple[str, str]:
    return f"WARD#{dossier_id}", "WARD"


def _item(account: WardAccount) -> Item:
    pk, sk = _key(account.dossier_id)
    # `dossier_id` is the key of an index of invoices: here it is another attribute.
    stored = adapter(WardAccount).dump_python(account, mode="json", exclude_none=True)
    stored["of_dossier"] = stored.pop("dossier_id")
    return {**stored, "pk": pk, "sk": sk, "entity": "ward_account"}


def _account_of(item: Item) -> WardAccount:
    fields = {**item, "dossier_id": item["of_dossier"]}
    names = WardAccount.__dataclass_fields__
    return adapter(WardAccount).validate_python({name: fields[name] for name in names if name in fields})
