"""The writing routes of the payments as scenarios: one request each, sent again when its answer is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sozialakte.intake.store import IntakeStore
from tests.aws import INTAKE
from tests.http_calls import Call
from tests.invoice_calls import INVOICE_BODIES, add_category, add_invoice, invoice_asked, twin_asked
from tests.office import CLERK, COLLEAGUE, DOSSIER, RESPONSIBLE, furnish_register, letter_in_review
from tests.pipeline import Pipeline

FUNCTION = "functions.payments.api"
_NEEDED = {"approval": "coded", "return": "coded", "twins": "twin", "iban": "iban", "reopening": "rejected"}
_BY_LEAD = {"approval", "return", "twins", "iban"}


def scenario_of(route: str) -> Callable[[Pipeline], None]:
    """The request, sent until it is answered, as a patient person does."""
    path = route.partition(" ")[2]
    last = path.rsplit("/", 1)[-1]
    body = INVOICE_BODIES[route] | ({"twin": twin_asked("responsible")} if last == "twins" else {})
    sent = path.format(invoice_id=invoice_asked(path, "responsible"))
    staff, role = (COLLEAGUE, "[teamlead]") if last in _BY_LEAD else (RESPONSIBLE, "[caseworker]")
    staff, role = (CLERK, "[accounting]") if last == "invoices" else (staff, role)

    def ask(run: Pipeline) -> None:
        furnish_register()
        add_category()
        add_invoice(_NEEDED.get(last, "open"), DOSSIER)
        IntakeStore(INTAKE).add_letter(letter_in_review())
        for _ in range(3):
            answer = run.call(FUNCTION, Call("POST", sent, staff, role, body=body).event())
            if isinstance(answer, Mapping) and answer["statusCode"] == 200:
                return

    return ask


INVOICE_ROUTES: Mapping[str, tuple[str, Callable[[Pipeline], None]]] = {
    route: (FUNCTION, scenario_of(route)) for route in INVOICE_BODIES
}
