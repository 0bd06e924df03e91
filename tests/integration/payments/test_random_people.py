"""Random people do random things with invoices, in any order, on any day, with old versions; at every step the rules
must hold. What is checked is written down here anew and not asked of the code that decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import TypeVar, cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from sozialakte.payments.acting import Acting, Desk
from sozialakte.payments.approve_invoice import ApproveInvoice
from sozialakte.payments.enter_invoice import EnterInvoice, Fields
from sozialakte.payments.invoice import Act, Duty, IllegalStepError, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.lift_warnings import LiftWarnings
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.settle_invoice import Ending, SettleInvoice
from sozialakte.payments.signatures import signatures_of
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.register import Dossier, DossierStatus, DossierType, Person, RegisterStore, StaffMember
from sozialakte.register.model import Absence
from sozialakte.shared.access import Role
from tests.approvals import (
    ANNA,
    BEAT,
    CARLA,
    CLIENT,
    DAY,
    DORA,
    DOSSIER,
    EMIL,
    LEADS,
    ROLES,
    STAFF,
    TEAMS,
    a_desk,
    coding_of,
    registered,
)
from tests.aws import PAYMENTS
from tests.invoices import RECEIVED, TERMS
from tests.paper_tables import paper_tables

OTHER_IBAN = "CH5604835012345678009"
DONE: Counter[str] = Counter()
PEOPLE, DAYS = st.sampled_from(STAFF), st.integers(0, 3)
WHICH, OLD = st.integers(0, 4), st.sampled_from([0, 0, 0, 1])
MOSTLY = st.sampled_from([True, True, True, False])
Case = TypeVar("Case", bound=Acting)
REFUSED = (RuleBrokenError, InvoiceChangedError, IllegalStepError)


class PaperRegister:
    """The staff, whose absences and deputies change, and one dossier."""

    def __init__(self) -> None:
        deputies = {ANNA: (BEAT,), CARLA: (ANNA, BEAT), DORA: (EMIL,)}
        self.staff = {who: StaffMember(who, "Test", TEAMS[who], deputies.get(who, ())) for who in STAFF}
        self.absences: list[Absence] = []

    def find_staff_member(self, staff_id: str) -> StaffMember | None:
        """Who works here."""
        return self.staff.get(staff_id)

    def find_absences(self, staff_id: str) -> tuple[Absence, ...]:
        """When they do not."""
        return tuple(absence for absence in self.absences if absence.staff_id == staff_id)

    def find_dossier(self, dossier_id: str, _: date) -> Dossier:
        """Anna's."""
        return Dossier(dossier_id, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN, ANNA)

    def find_persons_of_dossier(self, _: str) -> tuple[Person, ...]:
        """The client."""
        return (Person(CLIENT, "Beispiel", "Frieda"),)


@dataclass(frozen=True)
class Turn:
    """Who, which invoice, on which day, how many versions behind, and in whose place."""

    who: str
    which: int
    day: int
    old: int = 0
    lead: str | None = None


class RandomPeople(RuleBasedStateMachine):
    """Five invoices: a small one, a large one and its twin, one with a new IBAN, one whose money goes to staff."""

    @initialize()
    def open_the_office(self) -> None:
        """Tables, people, invoices."""
        self.tables = paper_tables()
        self.tables.__enter__()
        self.register = PaperRegister()
        self.deputies = {ANNA: {BEAT}, CARLA: {ANNA, BEAT}, DORA: {EMIL}}
        self.away: set[tuple[str, int]] = set()
        self.clock = 0
        large = replace(TERMS, amount=Decimal("5200.00"))
        plain = replace(TERMS, reference=None, reference_type="NON", iban=OTHER_IBAN)
        others = [
            replace(TERMS, amount=Decimal("400.00"), reference=None, invoice_number="K-1"),
            large,
            large,
            replace(plain, invoice_number="N-1", amount=Decimal("900.00")),
            replace(TERMS, amount=Decimal("90.00"), reference=None, invoice_number="S-1"),
        ]
        late = {2: RECEIVED + timedelta(days=1)}
        self.ids = [
            registered(
                number, terms, received_at=late.get(number, RECEIVED), payee_staff=EMIL if number == 4 else None
            ).invoice_id
            for number, terms in enumerate(others)
        ]

    def teardown(self) -> None:
        """Everything is gone."""
        if hasattr(self, "tables"):
            self.tables.__exit__(None, None, None)

    @rule(who=PEOPLE, which=WHICH, old=OLD, day=DAYS)
    def submit(self, who: str, which: int, old: int, day: int) -> None:
        """Somebody codes it."""
        amount = self.now_of(which).terms.amount or Decimal(0)
        self.do(EnterInvoice, Turn(who, which, day, old), lambda enter: enter.submit(coding_of(amount)))

    @rule(who=PEOPLE, which=WHICH, old=OLD, day=DAYS, number=st.sampled_from(["R-1", "R-2"]))
    def correct(self, who: str, which: int, old: int, day: int, number: str) -> None:
        """Somebody types another number, so that invoices come to look the same or no longer do."""
        fields = Fields({"invoice_number": number, "reference": None})
        self.do(EnterInvoice, Turn(who, which, day, old), lambda enter: enter.correct(fields))

    @rule(who=PEOPLE, which=WHICH, old=OLD, day=DAYS, dossier=st.sampled_from([None, DOSSIER, DOSSIER, DOSSIER]))
    def assign(self, who: str, which: int, old: int, day: int, dossier: str | None) -> None:
        """Somebody puts it elsewhere."""
        self.do(EnterInvoice, Turn(who, which, day, old), lambda enter: enter.assign(dossier))

    @rule(who=PEOPLE, lead=st.sampled_from([None, None, CARLA, DORA, ANNA]), which=WHICH, old=OLD, day=DAYS)
    def approve(self, who: str, lead: str | None, which: int, old: int, day: int) -> None:
        """Somebody approves, perhaps in the place of somebody."""
        self.do(ApproveInvoice, Turn(who, which, day, old, lead), ApproveInvoice.approve)

    @rule(which=WHICH, day=DAYS, lead=st.sampled_from([None, CARLA, DORA]))
    def everybody_approves(self, which: int, day: int, lead: str | None) -> None:
        """All try, one after the other."""
        for who in STAFF:
            self.do(ApproveInvoice, Turn(who, which, day, 0, lead), ApproveInvoice.approve)

    @rule(who=PEOPLE, which=WHICH, day=DAYS, careful=st.booleans())
    def submit_and_approve(self, who: str, which: int, day: int, careful: bool) -> None:
        """As it should go: somebody opens and codes it, all others say what they may; not all look at warnings."""
        self.end_or_reopen(who, which, day, Ending.REJECTED, back=True)
        self.submit(who, which, 0, day)
        for twin in range(len(self.ids)) if careful else ():
            self.clear(CARLA, which, twin, day)
        if careful:
            self.decide_iban(BEAT, which, day, yes=True)
        self.everybody_approves(which, day, None)
        self.everybody_approves(which, day, CARLA)

    @rule(who=st.sampled_from([ANNA, BEAT]), first=WHICH, second=WHICH, day=DAYS)
    def hurry(self, who: str, first: int, second: int, day: int) -> None:
        """Two at once, and nobody looks."""
        for which in (first, second):
            self.submit_and_approve(who, which, day, careful=False)

    @rule(who=PEOPLE, which=WHICH, day=DAYS)
    def stand_in_for_both_leads(self, who: str, which: int, day: int) -> None:
        """Both leads are away, and one person is the deputy of both."""
        self.end_or_reopen(CARLA, which, day, Ending.REJECTED, back=True)
        self.submit(ANNA, which, 0, day)
        for lead in (CARLA, DORA):
            self.be_away(lead, day)
            self.name_deputies(lead, {who})
        for lead in (CARLA, DORA):
            self.approve(who, lead, which, 0, day)

    @rule(who=PEOPLE, which=WHICH, day=DAYS, payee=st.sampled_from(["", "", EMIL]))
    def name_payee(self, who: str, which: int, day: int, payee: str) -> None:
        """Somebody says that the creditor of all these bills works here, or does not; who it is tries the others."""
        self.do(EnterInvoice, Turn(who, which, day), lambda enter: enter.correct(Fields({}, payee_staff=payee)))
        for other in range(len(self.ids)) if payee else ():
            self.end_or_reopen(payee, other, day, Ending.REJECTED, back=True)
            self.submit(payee, other, 0, day)

    @rule(who=PEOPLE, which=WHICH, old=OLD, day=DAYS)
    def send_back(self, who: str, which: int, old: int, day: int) -> None:
        """Somebody does not agree."""
        self.do(ApproveInvoice, Turn(who, which, day, old), lambda case: case.send_back("Nein"))

    @rule(
        who=PEOPLE,
        which=WHICH,
        day=DAYS,
        ending=st.sampled_from(Ending),
        back=st.sampled_from([True, True, True, False]),
    )
    def end_or_reopen(self, who: str, which: int, day: int, ending: Ending, back: bool) -> None:
        """Somebody ends it, or takes that back."""
        turn = Turn(who, which, day)
        self.do(SettleInvoice, turn, lambda case: case.reopen("Doch") if back else case.reject(ending, "Nein"))

    @rule(who=PEOPLE, which=WHICH, twin=WHICH, day=DAYS)
    def clear(self, who: str, which: int, twin: int, day: int) -> None:
        """Somebody says that it is another one."""
        self.do(LiftWarnings, Turn(who, which, day), lambda lift: lift.clear_twin(self.ids[twin], "So"))

    @rule(who=PEOPLE, which=WHICH, day=DAYS, yes=st.booleans())
    def decide_iban(self, who: str, which: int, day: int, yes: bool) -> None:
        """Somebody decides about the IBAN on it."""
        self.do(LiftWarnings, Turn(who, which, day), lambda lift: lift.decide_iban("Ok", approves=yes))

    @rule(who=PEOPLE, day=DAYS)
    def be_away(self, who: str, day: int) -> None:
        """Somebody is away on a day."""
        when = (DAY + timedelta(days=day)).date()
        self.register.absences.append(Absence(who, when, when))
        self.away.add((who, day))

    @rule(who=PEOPLE, deputies=st.sets(PEOPLE, max_size=2))
    def name_deputies(self, who: str, deputies: set[str]) -> None:
        """Somebody names others to stand in."""
        chosen = deputies - {who}
        self.register.staff[who] = StaffMember(who, "Test", TEAMS[who], deputies=tuple(sorted(chosen)))
        self.deputies[who] = chosen

    def desk(self) -> Desk:
        """With the register as it is now."""
        return a_desk(cast("RegisterStore", self.register))

    def do(self, case: type[Case], turn: Turn, act: Callable[[Case], Invoice]) -> None:
        """An act of somebody, which may be refused; what was not is looked at."""
        self.clock += 1
        at = DAY + timedelta(days=turn.day, seconds=self.clock)
        before = self.now_of(turn.which)
        payees = self.payees_of(before)
        with suppress(*REFUSED):
            actor = self.desk().office.actor(turn.who, ROLES[turn.who], turn.lead, at)
            after = act(case(self.desk(), before.invoice_id, max(1, before.version - turn.old), actor, at))
            for new in after.acts[len(before.acts) :]:
                DONE[new.what] += 1
                self.look_at(before, new, turn.day, payees)
                self.check_all()

    def payees_of(self, invoice: Invoice) -> set[str]:
        """The staff who get the money, by what was said of this bill or of its creditor."""
        creditor = self.desk().creditors.find(invoice.creditor_id)
        return {*filter(None, (invoice.payee_staff, creditor.staff_id if creditor else None))}

    def look_at(self, invoice: Invoice, new: Act, day: int, payees: set[str]) -> None:
        """Nobody acts for themselves, and nobody stands in who must not."""
        for person in new.persons:
            assert person not in payees
            assert not any(person in self.deputies.get(payee, set()) for payee in payees)
        if new.standing_in_for:
            assert new.standing_in_for in LEADS
            assert (new.standing_in_for, day) in self.away
            assert (new.by, day) not in self.away
            assert new.by in self.deputies.get(new.standing_in_for, set())
        if new.duty is Duty.APPROVE:
            assert invoice.state is InvoiceState.CODED

    def check_all(self) -> None:
        """Everything that must hold after every act."""
        invoices = PaymentsStore(PAYMENTS).get_many(self.ids)
        self.nobody_holds_two_duties(invoices)
        self.what_is_approved_has_every_level_and_no_open_warning(invoices)
        self.every_invoice_is_in_one_state_and_the_ledger_proves_it(invoices)
        self.void_approvals_never_count(invoices)

    def now_of(self, which: int) -> Invoice:
        """One as it is."""
        return PaymentsStore(PAYMENTS).get(self.ids[which])

    def nobody_holds_two_duties(self, invoices: list[Invoice]) -> None:
        """In whatever round, whoever stands in for whom."""
        for invoice in invoices:
            entered = {person for act in invoice.acts if act.duty is Duty.ENTER for person in act.persons}
            decided = {
                person
                for act in invoice.acts
                if act.duty in {Duty.APPROVE, Duty.RELEASE} or act.what in {"clear_twin", "approve_iban", "refuse_iban"}
                for person in act.persons
            }
            assert not entered & decided

    def what_is_approved_has_every_level_and_no_open_warning(self, invoices: list[Invoice]) -> None:
        """The approvals of the last submission, of the right people, and only those."""
        approved = [one for one in invoices if one.state is InvoiceState.APPROVED]
        for invoice in approved:
            submitted = max(i for i, act in enumerate(invoice.acts) if act.what == "submit")
            given = [act for act in invoice.acts[submitted:] if act.duty is Duty.APPROVE]
            assert list(invoice.approvals) == given
            assert not any(act.what == "return" for act in invoice.acts[submitted:])
            self.check_levels(abs(invoice.owed.amount if invoice.owed else Decimal(0)), given)
            assert invoice.open_twins == ()
            self.check_iban(invoice)
        for one, other in combinations(approved, 2):
            alike = signatures_of(one) & signatures_of(other)
            assert not alike or other.invoice_id in one.cleared or one.invoice_id in other.cleared

    def check_levels(self, amount: Decimal, given: list[Act]) -> None:
        """All invoices here are of team nord."""
        persons = [act.persons for act in given]
        assert all(not one & other for one, other in combinations(persons, 2))
        leads = [TEAMS[act.standing_in_for or act.by] for act in given]
        if amount <= 500:
            assert len(given) == 1
            assert ROLES[given[0].by] & {Role.CASEWORKER, Role.TEAMLEAD}
            return
        assert all((act.standing_in_for or act.by) in LEADS for act in given)
        assert leads == (["nord"] if amount <= 5000 else ["nord", "sued"])

    def check_iban(self, invoice: Invoice) -> None:
        """Known from the creditor's first bill, or approved by somebody who did not enter this one."""
        creditor = self.desk().creditors.find(invoice.creditor_id)
        assert creditor is not None
        known = creditor.find(invoice.terms.iban)
        assert known is not None
        entered = {person for act in invoice.acts if act.duty is Duty.ENTER for person in act.persons}
        assert known.first or any(one.approves and one.by not in entered for one in known.decisions)

    def every_invoice_is_in_one_state_and_the_ledger_proves_it(self, invoices: list[Invoice]) -> None:
        """Counted anew, and what waits is found in exactly one list."""
        counts = PaymentsStore(PAYMENTS).ledger.by_month()["2026-11"]
        states = Counter(invoice.state for invoice in invoices)
        assert counts.is_proven
        assert (counts.received, dict(counts.by_state)) == (len(self.ids), dict(states))
        owed = Counter({(one.state, "CHF"): 0 for one in invoices})
        for invoice in invoices:
            owed[invoice.state, "CHF"] += int((invoice.owed.amount if invoice.owed else Decimal(0)) * 100)
        assert dict(counts.cents) == {key: cents for key, cents in owed.items() if cents}

    def void_approvals_never_count(self, invoices: list[Invoice]) -> None:
        """What waits to be entered, or ended, has none."""
        for invoice in invoices:
            if invoice.state not in {InvoiceState.CODED, InvoiceState.APPROVED}:
                assert invoice.approvals == ()


def test_the_rules_hold_whatever_people_do() -> None:
    run_state_machine_as_test(RandomPeople, settings=settings(max_examples=40, stateful_step_count=50, deadline=None))

    assert DONE["approve"] > 20, "people got somewhere"
    assert DONE["clear_twin"] + DONE["approve_iban"] > 0
