"""Runs in which what was paid is booked and its voucher filed; what others pay is passed on; vouchers get lost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import DossierStatus
from tests.aws import PAYMENTS, put_register
from tests.booked import DOSSIER, an_approved, came_back, furnish_categories, paid, released
from tests.builders import a_dossier
from tests.invoices import RECEIVED

if TYPE_CHECKING:
    from tests.crash.scenarios import Run, Scenario

FILE_VOUCHER = "functions.payments.file_voucher"
RECONCILE = "functions.payments.reconcile"


def money_that_came_back(run: Run) -> None:
    """A bill is paid, its voucher filed; then the money comes back."""
    _furnish()
    store = PaymentsStore(PAYMENTS)
    done = _paid(store)
    run.run()
    store.save(done, came_back(done))
    run.run()


def passed_on(run: Run) -> None:
    """Others pay: an approved invoice is booked and its voucher filed."""
    _furnish()
    os.environ["PAYMENTS_LEAD"] = "case_system"
    PaymentsStore(PAYMENTS).save(None, an_approved())
    _run_at_noon(run)


def refused_then_taken(run: Run) -> None:
    """The dossier is closed when the voucher comes, and open when it is asked again."""
    _furnish(DossierStatus.CLOSED)
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    _paid(PaymentsStore(PAYMENTS))
    run.run()
    put_register(a_dossier(DOSSIER))
    run.call_until_done(RECONCILE, {})
    run.run()


def vouchers_lost(run: Run) -> None:
    """All messages about a booking are lost, and those that would have passed an invoice on."""
    _furnish()
    os.environ.update(STUCK_AFTER_MINUTES="0", PAYMENTS_LEAD="creditor_workflow")
    store = PaymentsStore(PAYMENTS)
    _paid(store)
    store.save(None, an_approved(2))
    run.forget()
    run.call_until_done(RECONCILE, {})
    _run_at_noon(run)


def _run_at_noon(run: Run) -> None:
    """What is passed on says when, to the minute, on its voucher: the same in every run."""
    with patch(f"{FILE_VOUCHER}.utc_now", return_value=RECEIVED + timedelta(days=15)):
        run.run()


def _furnish(status: DossierStatus = DossierStatus.OPEN) -> None:
    put_register(a_dossier(DOSSIER, status=status))
    furnish_categories()


def _paid(store: PaymentsStore) -> Invoice:
    approved = an_approved()
    done = paid(released(approved))
    store.save(None, approved)
    store.save(approved, done)
    return done


VOUCHER_SCENARIOS: Mapping[str, Scenario] = {FILE_VOUCHER: money_that_came_back}
MORE_VOUCHERS: Mapping[str, tuple[str, Scenario]] = {
    "vouchers passed on": (FILE_VOUCHER, passed_on),
    "vouchers refused, then taken": (FILE_VOUCHER, refused_then_taken),
    "vouchers refused, asked again": (RECONCILE, refused_then_taken),
    "vouchers lost": (RECONCILE, vouchers_lost),
    "vouchers published": ("functions.payments.publish_changes", passed_on),
    "vouchers answered": ("functions.dossiers.publish_changes", money_that_came_back),
}
