"""What an invoice is for is proposed from rules, from what was done before, from its words: always with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sozialakte.payments.invoice import CodingLine, Invoice, Payer
from sozialakte.payments.propose import Ground, Proposal, ProposeCoding
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.rule_store import RuleStore
from sozialakte.payments.standing_rules import RuleLine, StandingRule
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Terms
from sozialakte.register import RegisterStore
from sozialakte.register.model import Dossier, DossierPerson, DossierStatus, DossierType, Person, PersonRole
from sozialakte.shared.money import Money
from sozialakte.shared.texts import say
from tests.aws import PAYMENTS, REGISTER, counted_calls, put_register
from tests.builders import DOSSIER, NOW, OTHER_DOSSIER
from tests.coding import CATEGORIES, RENT, a_rule, coded, rent
from tests.invoices import CREDITOR, TERMS, an_invoice

pytestmark = pytest.mark.usefixtures("aws")

ANNA, BEN = Person("P-000123", "Müller", "Anna Maria"), Person("P-000124", "Müller", "Ben")
NEUTRAL = replace(TERMS, creditor=Party("Muster AG", "", "", "6003", "Luzern", "CH"), message=None)


def propose(invoice: Invoice) -> Proposal:
    proposing = ProposeCoding(PaymentsStore(PAYMENTS), RuleStore(PAYMENTS), RegisterStore(REGISTER), CATEGORIES)
    proposal = proposing(invoice)
    assert [say(reason) for reason in (*proposal.reasons, *proposal.warnings)]
    return proposal


def codes(proposal: Proposal) -> list[str]:
    return [reason.code for reason in (*proposal.reasons, *proposal.warnings)]


def approved(number: int, *lines: CodingLine, dossier_id: str = DOSSIER, terms: Terms = TERMS) -> Invoice:
    waiting, done = coded(number, *lines, dossier_id=dossier_id, terms=terms)
    PaymentsStore(PAYMENTS).save(None, waiting)
    PaymentsStore(PAYMENTS).save(waiting, done)
    return done


def keep(rule: StandingRule) -> StandingRule:
    RuleStore(PAYMENTS).save(None, rule)
    return RuleStore(PAYMENTS).save(rule, rule.approve("ma-102", NOW))


def family() -> None:
    put_register(
        Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN, "ma-101"),
        ANNA,
        BEN,
        DossierPerson(DOSSIER, ANNA.person_id, PersonRole.MAIN),
        DossierPerson(DOSSIER, BEN.person_id, PersonRole.MEMBER),
    )


def bill(terms: Terms = TERMS, **what: object) -> Invoice:
    return replace(an_invoice(99, terms, dossier_id=DOSSIER), **what)  # type: ignore[arg-type]


def test_a_standing_rule_comes_first() -> None:
    approved(1, rent(10, category="33"))
    rule = keep(a_rule())

    proposal = propose(bill())

    assert (proposal.ground, proposal.rule) == (Ground.RULE, rule)
    assert proposal.lines == (rent(12),)
    assert codes(proposal) == ["coding.rule", "coding.period_ahead"]


def test_whoever_set_the_rule_has_entered_what_it_codes() -> None:
    rule = keep(a_rule())

    act = rule.act(NOW, 2)

    assert (act.by, act.duty, act.round, act.reason) == ("ma-101", "enter", 2, rule.rule_id)


def test_a_rule_that_nobody_approved_codes_nothing() -> None:
    RuleStore(PAYMENTS).save(None, a_rule())

    assert propose(bill()).ground is Ground.WORDS


@pytest.mark.parametrize(
    ("amount", "fits"), [("1450.00", True), ("1460.00", True), ("1440.00", True), ("1460.05", False)]
)
def test_a_rule_has_a_tolerance(amount: str, fits: bool) -> None:
    keep(a_rule())

    proposal = propose(bill(replace(TERMS, amount=Decimal(amount))))

    assert (proposal.ground is Ground.RULE) is fits
    assert ("coding.other_amount" in codes(proposal)) is not fits
    assert sum(line.amount for line in proposal.lines) == Decimal(amount)


def test_a_rule_is_for_one_currency_and_its_days() -> None:
    keep(a_rule(valid_to=date(2026, 10, 31)))
    keep(a_rule(rule_id="b" * 32, amount=Money(RENT, "EUR")))

    assert propose(bill()).ground is Ground.WORDS


def test_of_two_rules_the_nearer_one_counts() -> None:
    keep(a_rule(tolerance=Decimal("2000.00")))
    parking = keep(a_rule(rule_id="b" * 32, name="Parkplatz", amount=Money(Decimal("120.00"))))

    assert propose(bill(replace(TERMS, amount=Decimal("119.00")))).rule == parking


def test_a_rule_splits_over_persons_to_the_cent() -> None:
    thirds = tuple(RuleLine("31", Decimal(1), person) for person in ("P-000123", "P-000124", "P-000125"))
    keep(a_rule(lines=thirds, amount=Money(Decimal("100.00")), months=3))

    lines = propose(bill(replace(TERMS, amount=Decimal("100.00")))).lines

    assert [line.amount for line in lines] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert {(line.period_from, line.period_to) for line in lines} == {(date(2026, 12, 1), date(2027, 2, 28))}


def test_then_comes_the_last_invoice_of_the_same_creditor_in_the_dossier() -> None:
    approved(1, rent(9, category="33"))
    last = approved(
        2,
        replace(rent(10, "P-000124"), amount=Decimal("1000.00")),
        replace(rent(10, category="22"), amount=Decimal("450.00")),
    )
    for number in range(3, 6):
        approved(number, rent(category="41"), dossier_id=OTHER_DOSSIER)

    proposal = propose(bill(replace(TERMS, amount=Decimal("2900.00"))))

    assert proposal.ground is Ground.LAST
    assert proposal.reasons[0].params == {"invoice_id": last.invoice_id}
    assert [(line.category, line.person_id, line.amount) for line in proposal.lines] == [
        ("21", "P-000124", Decimal("2000.00")),
        ("22", None, Decimal("900.00")),
    ]


def test_then_what_the_creditor_is_mostly_booked_on() -> None:
    for number, category in enumerate(["33", "21", "33"]):
        approved(number, rent(category=category), dossier_id=OTHER_DOSSIER)
    PaymentsStore(PAYMENTS).save(None, coded(7, rent(category="41"), dossier_id=OTHER_DOSSIER)[0])

    proposal = propose(bill(NEUTRAL))

    assert proposal.ground is Ground.CREDITOR
    assert proposal.reasons[0].params == {"category": "33", "count": "2", "of": "3"}
    assert codes(proposal)[1] == "coding.period_date"


def test_then_the_words_on_the_bill() -> None:
    proposal = propose(bill(replace(NEUTRAL, message="Zahnreinigung vom 3.11.")))

    assert (proposal.ground, proposal.lines[0].category) == (Ground.WORDS, "33")


def test_what_nobody_knows_is_not_made_up() -> None:
    assert propose(bill(NEUTRAL)) == Proposal(Ground.NOTHING, reasons=propose(bill(NEUTRAL)).reasons)
    assert propose(bill(creditor_id=None, dossier_id=None)).ground is Ground.WORDS


@pytest.mark.parametrize(
    ("debtor", "person"),
    [
        ("Anna Müller", ANNA),
        ("MUELLER ANNA MARIA", ANNA),
        ("Mu\u0308ller Ben", BEN),
        ("Anna und Ben Müller", None),
        ("Hans Muster", None),
    ],
)
def test_the_debtor_of_the_bill_is_the_person(debtor: str, person: Person | None) -> None:
    family()

    lines = propose(bill(replace(TERMS, debtor=Party(debtor, "", "", "6003", "Luzern", "CH")))).lines

    assert [line.person_id for line in lines] == [person.person_id if person else None]


def test_a_ward_s_bill_has_no_category() -> None:
    proposal = propose(bill(payer=Payer.WARD))

    assert proposal.lines == (CodingLine(RENT),)
    assert codes(proposal) == ["coding.ward"]


def test_without_an_amount_there_are_reasons_but_no_lines() -> None:
    keep(a_rule())

    proposal = propose(bill(replace(TERMS, amount=None)))

    assert (proposal.lines, proposal.ground) == ((), Ground.WORDS)


def test_a_category_that_ended_is_named_and_not_proposed() -> None:
    keep(a_rule(lines=(RuleLine("99", Decimal(1)),)))

    proposal = propose(bill())

    assert (proposal.lines, proposal.warnings[0].params) == ((), {"category": "99"})


def test_the_partly_accepted_amount_is_coded() -> None:
    assert propose(bill(accepted=Decimal("900.00"), partial="zu viel")).lines[0].amount == Decimal("900.00")


def test_at_most_two_queries_are_asked_of_the_payments() -> None:
    for number in range(4):
        approved(number, rent(category="33"), dossier_id=OTHER_DOSSIER)
    proposing = ProposeCoding(PaymentsStore(PAYMENTS), RuleStore(PAYMENTS), RegisterStore(REGISTER), CATEGORIES)

    with counted_calls() as calls:
        proposing(bill(NEUTRAL))

    assert calls == ["Query", "Query"]


def test_a_creditor_of_that_name_is_not_a_person() -> None:
    family()

    assert (
        propose(bill(replace(TERMS, creditor=replace(CREDITOR, name="Zahnpraxis Anna Müller")))).lines[0].person_id
        is None
    )
