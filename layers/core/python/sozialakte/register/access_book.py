"""Seals and broken glass in the register's table.

| access pattern | how | reads |
|---|---|---|
| a dossier with its seal and the glass still broken | query pk=dossier#<id>, sk from access#<now> to current | 1 |
| which of these dossiers are sealed | batch get of pk=dossier#<id> sk=access#seal | dossiers / 100 |
| all dossiers sealed from a person | query pk=seals, sk=<dossier> | 1 |
| the last decision about a seal | get pk=dossier#<id> sk=access#seal | 1 |
| a new decision | transaction: sk=access#seal of the next version, sk=sealing#<version> that stays, pk=seals | 1 |
| break the glass | transaction: sk=access#<until>#<staff>, and a notice for each inbox told | 1 |
| notices of an inbox, newest first | query pk=glass#<inbox>, sk=<at>_<dossier>_<staff> | 1 |
| a notice was seen | update of that notice, once | 1 |

Digits come before letters: what expired sorts before ``access#<now>`` and is never read again, the seal comes after it.
Reads are consistent: a seal closes the dossier from the moment it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sozialakte.register.dossier_access import BrokenGlass, GuardedDossier, Seal
from sozialakte.register.records import CURRENT, dossier_key, dossier_of
from sozialakte.register.stored_history import on_day
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    Change,
    ConditionFailedError,
    Item,
    Key,
    Put,
    Query,
    Table,
    transact,
)
from sozialakte.runtime.items import optional_text, texts
from sozialakte.shared.clock import zurich_date

_ACCESS = "access#"
_SEAL = "access#seal"
_SEALS = "seals"


class StaleSealError(Exception):
    """Somebody decided about the seal meanwhile; ``current`` is that decision (None: there is none)."""

    def __init__(self, current: Seal | None) -> None:
        super().__init__("the seal was decided about meanwhile")
        self.current = current


class UnknownNoticeError(LookupError):
    """No such notice lies in this inbox."""


@dataclass(frozen=True)
class Notice:
    """Broken glass as those see it who are told; ``notice_id`` names it inside its inbox."""

    notice_id: str
    inbox: str
    glass: BrokenGlass
    seen_by: str | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True)
class NoticePage:
    """A page of notices and the cursor of the next."""

    notices: tuple[Notice, ...]
    next_cursor: str | None


class AccessBook:
    """Who may see what beyond the standing relations."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, dossier_id: str, at: datetime) -> GuardedDossier | None:
        """The dossier as it is then, with what opens or closes it at this moment; None if there is no such dossier."""
        pk, _ = dossier_key(dossier_id)
        where = Key("pk").eq(pk) & Key("sk").between(f"{_ACCESS}{_sortable(at)}", CURRENT)
        found = {str(item["sk"]): item for item in self._table.query(Query(where, consistent=True))}
        current, sealed = found.pop(CURRENT, None), found.pop(_SEAL, None)
        if current is None:
            return None
        seal = seal_of(sealed) if sealed else None
        glass = tuple(_glass_of(item) for sk, item in found.items() if sk.startswith(_ACCESS))
        dossier = dossier_of(on_day(current, zurich_date(at)) or current)
        return GuardedDossier(dossier, seal if seal and seal.holds else None, glass)

    def find_seal(self, dossier_id: str) -> Seal | None:
        """The last decision about the dossier's seal, one that lifted it too."""
        item = self._table.get(*seal_key(dossier_id), consistent=True)
        return seal_of(item) if item else None

    def hidden_from(self, staff_id: str, dossier_ids: Iterable[str]) -> frozenset[str]:
        """Those of the dossiers that do not exist for this person: sealed, and they are not named."""
        seals = self.seals_of(dossier_ids)
        return frozenset(dossier_id for dossier_id, seal in seals.items() if staff_id not in seal.named)

    def all_hidden_from(self, staff_id: str) -> frozenset[str]:
        """All dossiers that do not exist for this person."""
        rows = self._table.query(Query(Key("pk").eq(_SEALS), consistent=True))
        return frozenset(str(row["sk"]) for row in rows if row["holds"] and staff_id not in texts(row, "named"))

    def seals_of(self, dossier_ids: Iterable[str]) -> dict[str, Seal]:
        """The seals that hold, by dossier."""
        keys = list(map(seal_key, sorted(set(dossier_ids))))
        seals = map(seal_of, self._table.get_many(keys, consistent=True))
        return {seal.dossier_id: seal for seal in seals if seal.holds}

    def decide(self, seal: Seal) -> None:
        """Write a decision about a seal, which comes after the version before it. Raises `StaleSealError`."""
        pk, _ = dossier_key(seal.dossier_id)
        stored = adapter(Seal).dump_python(seal, mode="json")
        expected = NEW if seal.version == 1 else Attr("version").eq(seal.version - 1)
        name = self._table.name
        try:
            transact(
                [
                    Put(name, {"pk": pk, "sk": _SEAL, **stored}, expected),
                    Put(name, {"pk": pk, "sk": f"sealing#{seal.version:06}", **stored}, NEW),
                    Put(name, {"pk": _SEALS, "sk": seal.dossier_id, "named": stored["named"], "holds": seal.holds}),
                ]
            )
        except ConditionFailedError as error:
            raise StaleSealError(self.find_seal(seal.dossier_id)) from error

    def open(self, glass: BrokenGlass) -> None:
        """Write broken glass and its notices; the same again changes nothing."""
        pk, _ = dossier_key(glass.dossier_id)
        stored = adapter(BrokenGlass).dump_python(glass, mode="json")
        grant = {"pk": pk, "sk": f"{_ACCESS}{_sortable(glass.until)}#{glass.staff_id}", **stored}
        notices = [{"pk": f"glass#{inbox}", "sk": _notice_id(glass), **stored} for inbox in glass.told]
        name = self._table.name
        try:
            transact([Put(name, grant, NEW), *(Put(name, notice) for notice in notices)])
        except ConditionFailedError:
            return  # the request came twice

    def notices(self, inbox: str, limit: int, cursor: str | None = None) -> NoticePage:
        """Broken glass that this inbox was told of, newest first."""
        page = self._table.query_page(Query(Key("pk").eq(f"glass#{inbox}"), newest_first=True), limit, cursor)
        return NoticePage(tuple(map(_notice_of, page.items)), page.next_cursor)

    def see(self, inbox: str, notice_id: str, staff_id: str, at: datetime) -> Notice:
        """Note who saw the notice first; later ones change nothing. Raises `UnknownNoticeError`."""
        once = Change(assign_once={"seen_by": staff_id, "seen_at": at.isoformat()})
        try:
            item = self._table.update(f"glass#{inbox}", notice_id, once, when=Attr("told").exists())
        except ConditionFailedError as error:
            raise UnknownNoticeError(notice_id) from error
        return _notice_of(item)


def dossier_of_notice(notice_id: str) -> str:
    """The dossier a notice is about."""
    return notice_id.split("_")[1]


def _sortable(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _notice_id(glass: BrokenGlass) -> str:
    """Fit for a path: ``20261121T083000123Z_SH-2026-00123_ma-101``."""
    at = f"{glass.at.astimezone(UTC):%Y%m%dT%H%M%S}{glass.at.microsecond // 1000:03}Z"
    return f"{at}_{glass.dossier_id}_{glass.staff_id}"


def seal_key(dossier_id: str) -> tuple[str, str]:
    """Key of the last decision about the dossier's seal."""
    return dossier_key(dossier_id)[0], _SEAL


def seal_of(item: Item) -> Seal:
    """The decision in a row."""
    return adapter(Seal).validate_python({name: item[name] for name in Seal.__dataclass_fields__})


def _glass_of(item: Item) -> BrokenGlass:
    return adapter(BrokenGlass).validate_python({name: item[name] for name in BrokenGlass.__dataclass_fields__})


def _notice_of(item: Item) -> Notice:
    seen_at = optional_text(item, "seen_at")
    return Notice(
        notice_id=str(item["sk"]),
        inbox=str(item["pk"]).partition("#")[2],
        glass=_glass_of(item),
        seen_by=optional_text(item, "seen_by"),
        seen_at=datetime.fromisoformat(seen_at) if seen_at else None,
    )
