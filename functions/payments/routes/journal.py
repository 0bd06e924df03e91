"""What was booked: by month, on the account of a client; and the vouchers that do not lie in their dossier yet."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from functions.payments.routes.common import Settings, api, hidden_dossiers, register
from sozialakte.payments.journal_answers import AccountAnswer, JournalAnswer, VoucherList, dossiers_of
from sozialakte.payments.journal_store import JournalStore
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation, Role
from sozialakte.shared.ids import DossierId

Month = Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="Year and month, `2026-11`")]


def _journal() -> JournalStore:
    return JournalStore(read_settings(Settings).payments_table)


def _to_account(asked: Asked) -> Relation:
    """What was paid for a client is business of whoever keeps the books; a sealed dossier is nobody's but of those
    named.
    """
    keeps_books = Role.ACCOUNTING in asked.staff.roles
    dossier_id, at = asked.text("dossier_id"), asked.envelope.at
    return register().relation_of(dossier_id, asked.staff.staff_id, at, has_business=keeps_books)


@api.get("/payments/journal", Guard(Action.LIST_JOURNAL, lambda asked: f"journal#{asked.text('month')}"))
def list_journal(month: Month, cursor: Cursor | None = None) -> JournalAnswer:
    """What was booked in a month, by day, with the sums of the whole month."""
    journal = _journal()
    page = journal.of_month(month, PAGE_SIZE, cursor)
    return JournalAnswer.of(month, page, journal.totals(month), hidden_dossiers(dossiers_of(page.entries)))


@api.get(
    "/payments/dossiers/<dossier_id>/account",
    Guard(Action.READ_ACCOUNT, lambda asked: f"dossier#{asked.text('dossier_id')}", _to_account),
)
def read_account(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> AccountAnswer:
    """What was booked for a client, the newest first."""
    return AccountAnswer.of(_journal().of_account(dossier_id, PAGE_SIZE, cursor))


@api.get("/payments/vouchers/unfiled", Guard(Action.LIST_JOURNAL, lambda _: "vouchers#unfiled"))
def list_unfiled_vouchers(cursor: Cursor | None = None) -> VoucherList:
    """Vouchers that do not lie in their dossier yet, the longest waiting first, and why."""
    page = _journal().unfiled(PAGE_SIZE, cursor)
    return VoucherList.of(page, hidden_dossiers(dossiers_of(voucher.entry for voucher in page.vouchers)))
