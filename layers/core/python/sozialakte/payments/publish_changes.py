"""The payments' one publisher (DESIGN 3): which message a row's new version sends, and to which queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sozialakte.payments.booked_vouchers import VoucherState
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal_store import VOUCHER, voucher_of
from sozialakte.payments.messages import AdvanceRun, ExportState, FileVoucher, PassOnInvoice
from sozialakte.payments.pass_on import OURS
from sozialakte.payments.runs.run import CHECKED, RunState
from sozialakte.payments.runs.store import RUN, run_of
from sozialakte.runtime.items import Item, text
from sozialakte.runtime.queues import Queue
from sozialakte.shared.messages import Message


@dataclass(frozen=True)
class Consequence:
    """A row of this entity that comes to one of these states sends a message to a queue, unless that is ``idle``."""

    entity: str
    states: frozenset[str]
    queue: str
    message: Callable[[Item], Message]
    idle: Callable[[Item], bool] = lambda _: False


def _advance(row: Item) -> Message:
    return AdvanceRun(run_id=text(row, "run_id"))


def _export(row: Item) -> Message:
    return ExportState(run_id=text(row, "run_id"))


def _is_found_right(row: Item) -> bool:
    """Somebody found a payment of the sample right: what an emergency file would pay is the same as before."""
    run = run_of(row)
    right = {item.invoice_id for item in run.sample if item.result and item.result.right}
    return run.last_act.what == CHECKED and run.last_act.reason in right


def _file(row: Item) -> Message:
    return FileVoucher(voucher_id=voucher_of(row).voucher_id)


def _pass_on(row: Item) -> Message:
    return PassOnInvoice(invoice_id=text(row, "invoice_id"))


CONSEQUENCES = (
    Consequence(RUN, frozenset({RunState.BUILDING, RunState.RELEASED}), "runs", _advance),
    Consequence(
        RUN, frozenset({RunState.CHECKING, RunState.EXPORTED, RunState.CANCELLED}), "runs", _export, _is_found_right
    ),
    Consequence(VOUCHER, frozenset({VoucherState.WANTED}), "vouchers", _file),
)
"""Wherever we are."""
WHERE_OTHERS_PAY = (Consequence("invoice", frozenset({InvoiceState.APPROVED}), "vouchers", _pass_on),)
"""Where the creditor workflow or the case system leads the payments."""


@dataclass(frozen=True)
class PublishChanges:
    """The use case. ``queues`` by the names in `CONSEQUENCES`; ``payments_lead`` as in services.yaml."""

    queues: Mapping[str, Queue]
    payments_lead: str = OURS

    def __call__(self, row: Item) -> None:
        """Send what a new version of a row asks for."""
        for one in CONSEQUENCES if self.payments_lead == OURS else (*CONSEQUENCES, *WHERE_OTHERS_PAY):
            if row.get("entity") == one.entity and row.get("state") in one.states and not one.idle(row):
                self.queues[one.queue].send(one.message(row).to_json())
