"""A small office for invoices: two teams with their leads, deputies, and one dossier; and ways to act on an invoice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sozialakte.payments.acting import Desk
from sozialakte.payments.approval import Actor, Lead, Limits
from sozialakte.payments.approve_invoice import ApproveInvoice
from sozialakte.payments.coding_rules import Coding
from sozialakte.payments.enter_invoice import EnterInvoice
from sozialakte.payments.invoice import MACHINE, CodingLine, Invoice, Payer
from sozialakte.payments.lift_warnings import LiftWarnings
from sozialakte.payments.office import Office
from sozialakte.payments.settle_invoice import SettleInvoice
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Terms
from sozialakte.register import Dossier, DossierStatus, DossierType, Person, PersonRole, RegisterStore, StaffMember
from sozialakte.register.model import Absence, DossierPerson
from sozialakte.shared.access import Role
from tests.aws import PAYMENTS, REGISTER, put_register
from tests.invoices import RECEIVED, TERMS, an_invoice

ANNA, BEAT, CARLA = "ma-201", "ma-202", "ma-203"
"""Case workers of team nord, Carla its lead."""
DORA, EMIL = "ma-211", "ma-212"
"""Lead and case worker of team sued."""
OFFICE = "ma-220"
STAFF = (ANNA, BEAT, CARLA, DORA, EMIL, OFFICE)
ROLES = {
    ANNA: frozenset({Role.CASEWORKER}),
    BEAT: frozenset({Role.CASEWORKER, Role.ADMINISTRATOR}),
    CARLA: frozenset({Role.TEAMLEAD, Role.CASEWORKER}),
    DORA: frozenset({Role.TEAMLEAD}),
    EMIL: frozenset({Role.CASEWORKER}),
    OFFICE: frozenset({Role.ACCOUNTING}),
}
TEAMS = {ANNA: "nord", BEAT: "nord", CARLA: "nord", DORA: "sued", EMIL: "sued", OFFICE: "finanzen"}
LEADS = frozenset({CARLA, DORA})
DOSSIER, WARDS = "SH-2026-00201", "ES-2026-00202"
CLIENT = "P-000201"
DAY = datetime(2026, 11, 4, 9, tzinfo=UTC)
HOLIDAY = date(2026, 11, 10)
LIMITS = Limits(Decimal(500), Decimal(5000))
RENT = CodingLine(Decimal("1450.00"), "10", CLIENT, date(2026, 11, 1), date(2026, 11, 30))


def furnish_office() -> None:
    """Staff and dossiers. Anna and Beat stand in for Carla, who is away on the holiday."""
    put_register(
        StaffMember(ANNA, "Anna Beispiel", "nord", deputies=(BEAT,)),
        StaffMember(BEAT, "Beat Muster", "nord"),
        StaffMember(CARLA, "Carla Probe", "nord", deputies=(ANNA, BEAT)),
        StaffMember(DORA, "Dora Test", "sued", deputies=(EMIL,)),
        StaffMember(EMIL, "Emil Kurz", "sued"),
        StaffMember(OFFICE, "Fritz Zahl", "finanzen"),
        Absence(CARLA, HOLIDAY, HOLIDAY),
        Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN, ANNA),
        Dossier(WARDS, DossierType.ADULT_PROTECTION, 1061, DossierStatus.OPEN, ANNA),
        Person(CLIENT, "Beispiel", "Frieda"),
        DossierPerson(DOSSIER, CLIENT, PersonRole.MAIN),
        DossierPerson(WARDS, CLIENT, PersonRole.MAIN),
    )


def a_desk(register: RegisterStore | None = None) -> Desk:
    """On the tables of the test; every category from 10 to 99 holds."""
    office = Office(register or RegisterStore(REGISTER, DAY.date()), LEADS)
    return Desk(PaymentsStore(PAYMENTS), office, LIMITS, lambda code, _: 10 <= int(code) <= 99)


def an_actor(staff_id: str, lead: str | None = None) -> Actor:
    """Somebody of this office, perhaps in the place of a lead."""
    absent = Lead(lead, TEAMS[lead]) if lead else None
    return Actor(staff_id, ROLES[staff_id], TEAMS[staff_id], absent)


def registered(number: int = 1, terms: Terms = TERMS, **what: object) -> Invoice:
    """An invoice in its dossier as registration leaves it, its creditor known."""
    store = PaymentsStore(PAYMENTS)
    creditor = store.creditors.meet(terms, MACHINE, RECEIVED)
    assert creditor is not None
    facts = {"dossier_id": DOSSIER, "team": "nord", "creditor_id": creditor.creditor_id, **what}
    invoice = replace(an_invoice(number, terms), **facts)  # type: ignore[arg-type]
    store.save(None, invoice)
    return invoice


def of_amount(amount: str) -> Terms:
    """Terms that ask for this amount."""
    return replace(TERMS, amount=Decimal(amount))


def coding_of(amount: Decimal, payer: Payer = Payer.SERVICE) -> Coding:
    """All of an amount on one category."""
    category = "10" if payer is Payer.SERVICE else None
    return Coding(payer, amount, (replace(RENT, amount=amount, category=category),))


def entering(invoice: Invoice, staff_id: str, now: datetime = DAY) -> EnterInvoice:
    """Somebody enters it."""
    return EnterInvoice(a_desk(), invoice.invoice_id, invoice.version, an_actor(staff_id), now)


def approving(invoice: Invoice, staff_id: str, lead: str | None = None, now: datetime = DAY) -> ApproveInvoice:
    """Somebody approves it."""
    return ApproveInvoice(a_desk(), invoice.invoice_id, invoice.version, an_actor(staff_id, lead), now)


def lifting(invoice: Invoice, staff_id: str, now: datetime = DAY) -> LiftWarnings:
    """Somebody lifts a warning on it."""
    return LiftWarnings(a_desk(), invoice.invoice_id, invoice.version, an_actor(staff_id), now)


def settling(invoice: Invoice, staff_id: str, now: datetime = DAY) -> SettleInvoice:
    """Somebody ends it or opens it again."""
    return SettleInvoice(a_desk(), invoice.invoice_id, invoice.version, an_actor(staff_id), now)


def submitted(number: int = 1, amount: str = "1450.00", by: str = ANNA, **what: object) -> Invoice:
    """An invoice that waits for its first approval."""
    invoice = registered(number, of_amount(amount), **what)
    return entering(invoice, by).submit(coding_of(Decimal(amount)))
