"""Runs in which bills are registered, hear of their letters, and are found again when their messages got lost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sozialakte.intake.letter import Letter, LetterState, Step
from sozialakte.intake.letter_news import news_of
from sozialakte.intake.store import IntakeStore
from sozialakte.payments import ask_for_bills
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.clock import utc_now
from tests.aws import INTAKE, PAYMENTS, send
from tests.bill_letters import GREETING, NO_BILL, RENT, SLIP, Sheet, kept, read_letter
from tests.builders import BATCH_ID, LATER, NOW, a_batch, a_letter, a_plan
from tests.invoice_calls import add_invoice
from tests.office import DOSSIER, furnish_register

if TYPE_CHECKING:
    from tests.crash.scenarios import Run, Scenario

REGISTER_BILLS = "functions.payments.register_bills"
RECONCILE_BILLS = "functions.payments.reconcile"
_RENT = Sheet((*GREETING, *SLIP), (RENT,))


def a_bill(run: Run) -> None:
    """A letter with a bill was read; it goes its way into the dossier."""
    IntakeStore(INTAKE).add_letter(read_letter((1,), [_RENT]))
    run.run()


def a_bill_in_a_letter_made_anew(run: Run) -> None:
    """The page of a letter with a bill comes to lie in another letter, which goes its way; the old one is looked
    through once more, late.
    """
    old = read_letter((1, 2), [Sheet(NO_BILL), _RENT])
    asked = _asked(old)
    send("bills", asked)
    run.run()
    letter_id = f"{BATCH_ID}-0002-0002-0123abcd"
    cut = replace(a_letter((2,)), letter_id=letter_id, made_from=(old.letter_id,), received_at=old.received_at)
    original = replace(cut.original, key=f"letters/{letter_id}/original.pdf")
    begun = replace(cut, original=original, state=LetterState.CUT, history=(Step(LetterState.CUT, NOW),))
    IntakeStore(INTAKE).add_letter(kept(begun, [_RENT]).read(LATER))
    run.run()
    send("bills", asked)
    run.run()


def _asked(letter: Letter) -> str:
    news = news_of(letter)
    assert news
    return ask_for_bills(news).to_json()


def bills_lost(run: Run) -> None:
    """A letter is filed, and all messages about its bills get lost."""
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    store = IntakeStore(INTAKE)
    store.add_batch(replace(a_batch(a_plan("L")), received_at=utc_now()))
    store.add_letter(read_letter((1,), [_RENT]))
    while run.round(queues=("identify", "file", "settle", "index", "handover", "desk")):
        continue
    run.forget()
    run.call_until_done(RECONCILE_BILLS, {})
    run.run()


def a_dossier_that_changed_hands(run: Run) -> None:
    """A bill waits in the team of who had its dossier before."""
    furnish_register()
    add_invoice("coded", DOSSIER)
    invoices = PaymentsStore(PAYMENTS)
    (invoice,) = invoices.in_state("coded", 10).invoices
    invoices.save(invoice, replace(invoice, team="former", version=invoice.version + 1))
    run.call_until_done(RECONCILE_BILLS, {})
    run.run()


BILL_SCENARIOS: Mapping[str, Scenario] = {REGISTER_BILLS: a_bill, RECONCILE_BILLS: bills_lost}
MORE_BILLS: Mapping[str, tuple[str, Scenario]] = {
    "bills in letters made anew": (REGISTER_BILLS, a_bill_in_a_letter_made_anew),
    "bills of a dossier that changed hands": (RECONCILE_BILLS, a_dossier_that_changed_hands),
}
