"""Runs of payments that are built, released, and changed under their feet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sozialakte.payments.invoice import Act, Duty
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.register.model import StaffMember
from tests.aws import PAYMENTS, put_register
from tests.http_calls import Call
from tests.office import furnish_register
from tests.run_calls import RUN_BODIES
from tests.runs import APPROVER, RELEASED_AT, RUN, add_approved, check_sample, release, start_run

if TYPE_CHECKING:
    from tests.crash.scenarios import Run, Scenario

ADVANCE_RUN, PUBLISH_PAYMENTS = "functions.payments.advance_run", "functions.payments.publish_changes"
EXPORT_STATE = "functions.payments.export_state"


def a_payment_run(run: Run) -> None:
    """Two of three invoices go out; the third is sent back after the order book was written."""
    invoices = [add_approved(number) for number in range(1, 4)]
    start_run()
    run.run()
    check_sample()
    _send_back(invoices[2].invoice_id)
    release()
    run.run()


def _send_back(invoice_id: str) -> None:
    store = PaymentsStore(PAYMENTS)
    invoice = store.get(invoice_id)
    act = Act(Duty.SETTLE, "return", APPROVER, RELEASED_AT, 1, reason="Betrag falsch")
    store.save(invoice, invoice.step(InvoiceState.RETURNED, act))


def a_state_for_an_emergency(run: Run) -> None:
    """Of three invoices two are in a run that is being checked."""
    for number in (1, 2):
        add_approved(number)
    start_run()
    run.run()
    add_approved(3)
    run.call_until_done(EXPORT_STATE, {})


RUN_SCENARIOS: Mapping[str, Scenario] = {
    ADVANCE_RUN: a_payment_run,
    PUBLISH_PAYMENTS: a_payment_run,
    EXPORT_STATE: a_state_for_an_emergency,
}


def _asked(route: str, body: Mapping[str, object], role: str) -> Callable[[Run], None]:
    """The request, sent until it is answered; what follows from it goes its way."""

    def ask(run: Run) -> None:
        furnish_register()
        put_register(StaffMember("ma-309", "Eva Buch", "rechnungswesen"))
        invoices = [add_approved(number) for number in (1, 2)]
        if "{run_id}" in route:
            start_run()
            run.run()
        if route.endswith("/release"):
            check_sample()
        values = {"run_id": RUN, "invoice_id": invoices[0].invoice_id}
        version = {"version": RunStore(PAYMENTS).get(RUN).version} if "version" in body else {}
        path = route.partition(" ")[2].format(**values)
        run.ask(Call("POST", path, "ma-309", f"[{role}]", body={**body, **version}))
        run.run()

    return ask


_API = "functions.payments.api"
RUN_ROUTES: Mapping[str, tuple[str, Scenario]] = {
    route: (_API, _asked(route, body, "paymentrelease" if route.endswith("/release") else "accounting"))
    for route, body in RUN_BODIES.items()
}
