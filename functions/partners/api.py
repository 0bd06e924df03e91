"""The routes of the partners: what the case system has not receipted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sozialakte.audit import record_attempt
from sozialakte.partners.answers import UNUSABLE_FOR, OpenBundle, OpenList, UnusableAnswer, UnusableList
from sozialakte.partners.store import HandoverStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action


@dataclass(frozen=True)
class Settings:
    """What this function needs to know of its stage."""

    partners_table: str
    register_table: str


api = Api(audit=record_attempt)


def _store() -> HandoverStore:
    return HandoverStore(read_settings(Settings).partners_table)


def _hidden(dossier_ids: Iterable[str]) -> frozenset[str]:
    """Those of the dossiers that are sealed from the caller."""
    register = RegisterStore(read_settings(Settings).register_table)
    return register.access.hidden_from(api.asked.staff.staff_id, dossier_ids)


@api.get("/partners/handover/open", Guard(Action.LIST_HANDOVER, lambda _: "handover#open"))
def list_open_bundles(cursor: Cursor | None = None) -> OpenList:
    """What was handed over and is refused, not receipted in time, or stuck on its way; the longest due first."""
    page = _store().open_bundles(api.asked.envelope.at, PAGE_SIZE, cursor)
    hidden = _hidden({bundle.dossier_id for bundle in page.bundles})
    return OpenList(bundles=[OpenBundle.of(bundle, hidden) for bundle in page.bundles], next=page.next_cursor)


@api.get("/partners/handover/receipts/unusable", Guard(Action.LIST_HANDOVER, lambda _: "handover#receipts"))
def list_unusable_receipts(cursor: Cursor | None = None) -> UnusableList:
    """Receipts of the last 14 days that could not be used, and why; the newest first."""
    now = api.asked.envelope.at
    page = _store().unusable_receipts(now - UNUSABLE_FOR, now, PAGE_SIZE, cursor)
    return UnusableList(receipts=[UnusableAnswer.of(receipt) for receipt in page.receipts], next=page.next_cursor)


handler = api.handle
