"""What all routes of the payments share: the API, the desk, who stands how to an invoice, how errors are answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from sozialakte.audit import record_attempt
from sozialakte.payments.acting import Desk
from sozialakte.payments.approval import Actor, Level, Limits, holds
from sozialakte.payments.categories import CategoryList
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.coding_rules import IsCategory
from sozialakte.payments.creditors import TooManyIbansError
from sozialakte.payments.invoice import IllegalStepError, Invoice
from sozialakte.payments.invoice_states import UNPAID
from sozialakte.payments.office import Office
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore, UnknownInvoiceError
from sozialakte.payments.words import words_of_act, words_of_person
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Asked
from sozialakte.runtime.http import Api
from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.signed_urls import SignedUrl, sign_jpeg
from sozialakte.shared.access import Relation, Role
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.ids import InvoiceId
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


@dataclass(frozen=True)
class Settings:
    """What this function needs to know of its stage. Limits in CHF; ``team_leads``: staff ids with blanks between."""

    payments_table: str
    register_table: str
    letters_bucket: str
    caseworker_limit: str
    teamlead_limit: str
    team_leads: str = ""
    payments_lead: str = "sozialakte"


api = Api(audit=record_attempt)
InvoiceInPath = Annotated[InvoiceId, Path()]
CreditorInPath = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]


def store() -> PaymentsStore:
    """The invoices."""
    return PaymentsStore(read_settings(Settings).payments_table)


def register() -> RegisterStore:
    """Who looks after what, today."""
    return RegisterStore(read_settings(Settings).register_table, zurich_date(api.asked.envelope.at))


def office() -> Office:
    """Who leads, and who stands in."""
    return Office(register(), frozenset(read_settings(Settings).team_leads.split()))


def desk() -> Desk:
    """Where invoices are worked on."""
    settings = read_settings(Settings)
    limits = Limits(Decimal(settings.caseworker_limit), Decimal(settings.teamlead_limit))
    is_category = _categories(settings.payments_table)
    lead = settings.payments_lead
    return Desk(store(), office(), limits, is_category, lead == "creditor_workflow", lead == "sozialakte")


def categories() -> CategoryList:
    """What money may be booked on, as this function has read it."""
    return CategoryStore(read_settings(Settings).payments_table).as_of(api.asked.envelope.at)


def actor(standing_in_for: str | None = None) -> Actor:
    """Who asks. Raises `RuleBrokenError` if they cannot stand in for that person today."""
    asked = api.asked
    return office().actor(asked.staff.staff_id, asked.staff.roles, standing_in_for, asked.envelope.at)


def picture_of(invoice: Invoice) -> SignedUrl:
    """The page as a picture, made when the invoice was registered."""
    settings = read_settings(Settings)
    return sign_jpeg(settings.letters_bucket, f"bills/{invoice.invoice_id}.jpg", name=invoice.invoice_id, now=utc_now())


def invoice_subject(asked: Asked) -> str:
    """The invoice as the subject of a request."""
    return f"invoice#{asked.text('invoice_id')}"


def to_invoice(asked: Asked) -> Relation:
    """How the caller stands to the dossier of an invoice; ``OFFICE`` to one without. To an unknown one: not at all."""
    return _relation(asked, accounts=Role.ACCOUNTING in asked.staff.roles)


def to_approval(asked: Asked) -> Relation:
    """As `to_invoice`; what makes an invoice of other people's dossiers one's business is only its next approval."""
    return _relation(asked, accounts=False)


def hidden_dossiers(dossier_ids: Iterable[str]) -> frozenset[str]:
    """Those that are sealed from the caller; one batch get."""
    return register().access.hidden_from(api.asked.staff.staff_id, frozenset(dossier_ids))


def visible(invoices: tuple[Invoice, ...]) -> frozenset[str]:
    """The ids of those that do not belong to a dossier hidden from the caller; one batch get."""
    hidden = hidden_dossiers(invoice.dossier_id for invoice in invoices if invoice.dossier_id)
    return frozenset(invoice.invoice_id for invoice in invoices if invoice.dossier_id not in hidden)


def hidden_invoices(invoice_ids: Iterable[str]) -> frozenset[str]:
    """Those of these invoices that belong to a dossier hidden from the caller; two batch gets."""
    invoices = tuple(store().get_many(one for one in invoice_ids if one))
    return frozenset(invoice.invoice_id for invoice in invoices) - visible(invoices)


def _relation(asked: Asked, *, accounts: bool) -> Relation:
    invoice = store().find(asked.text("invoice_id"))
    if invoice is None:
        return Relation.NONE
    if invoice.dossier_id is None:
        return Relation.OFFICE
    business = (accounts and invoice.state in UNPAID) or _waits_for(asked, invoice)
    return register().relation_of(invoice.dossier_id, asked.staff.staff_id, asked.envelope.at, has_business=business)


def _waits_for(asked: Asked, invoice: Invoice) -> bool:
    """It waits for an approval of a team lead, which the caller can give for the own team or as a deputy."""
    body = asked.arguments.get("body")
    lead = getattr(body, "standing_in_for", None) or asked.text("standing_in_for") or None
    if invoice.waits_for not in {Level.TEAMLEAD, Level.OTHER_TEAMLEAD}:
        return False
    try:
        return holds(actor(lead), Level(invoice.waits_for), invoice.team)
    except RuleBrokenError:
        return False


def _categories(table: str) -> IsCategory:
    """By the list as it is now, read once and only if something is coded."""
    read = lru_cache(maxsize=1)(CategoryStore(table).get)
    return lambda code, day: read().find(code, day) is not None


def _changed(error: InvoiceChangedError) -> ProblemError:
    return _conflict("invoice_changed", error.current)


def _conflict(code: str, invoice: Invoice) -> ProblemError:
    """409 that tells who was last at the invoice, what they did, when, and where it stands."""
    last = invoice.last_act
    by, what = (words_of_person(last.by), words_of_act(last)) if last else ("-", "-")
    facts: dict[str, str | int | None] = {
        "by": last.by if last else None,
        "at": (last.at if last else invoice.since).isoformat(),
        "what": what,
        "state": str(invoice.state),
        "version": invoice.version,
    }
    return ProblemError(HTTPStatus.CONFLICT, code, params={"by": by, "what": what}, facts=facts)


def _against_the_rules(error: RuleBrokenError) -> ProblemError:
    why = " ".join(say(reason) for reason in error.reasons)
    rules = " ".join(reason.code for reason in error.reasons)
    return ProblemError(HTTPStatus.CONFLICT, "invoice_rule", params={"why": why}, facts={"rules": rules})


api.on(InvoiceChangedError, _changed)
api.on(IllegalStepError, lambda error: _conflict("invoice_step", error.invoice))
api.on(RuleBrokenError, _against_the_rules)
api.on(TooManyIbansError, lambda _: _against_the_rules(RuleBrokenError(Reason("creditor.too_many_ibans"))))
api.on(UnknownInvoiceError, lambda _: ProblemError(HTTPStatus.NOT_FOUND, "unknown_invoice"))
