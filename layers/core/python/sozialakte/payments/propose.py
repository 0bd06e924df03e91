"""Propose how an invoice is coded, with the reason; a person decides.

In this order: a standing rule of the dossier for this creditor, how the creditor's last approved invoice in the dossier
was coded, what the creditor's bills are mostly booked on in all dossiers, the words on the bill. Two queries at most on
the payments table; persons are read only where the bill names a debtor and nothing else says for whom it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sozialakte.payments.categories import CategoryList
from sozialakte.payments.entitlement import Period, period_of
from sozialakte.payments.invoice import CodingLine, Invoice, Payer
from sozialakte.payments.invoice_states import FIRM
from sozialakte.payments.rule_store import KnownCoding, LastCoding, RuleStore
from sozialakte.payments.standing_rules import RuleLine, StandingRule, shared_out
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import Person, RegisterStore
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.money import Money
from sozialakte.shared.names import fold
from sozialakte.shared.reasons import Reason

LOOKED_AT = 50
"""So many of a creditor's newest invoices tell what they are mostly for."""
_WHOLE = Decimal(1)


class Ground(StrEnum):
    """What a proposal rests on, the strongest first."""

    RULE = "rule"
    LAST = "last"
    CREDITOR = "creditor"
    WORDS = "words"
    WARD = "ward"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Proposal:
    """Lines to confirm, why, and what to mind. ``rule``: whose setter counts as having entered the invoice, if used."""

    ground: Ground
    lines: tuple[CodingLine, ...] = ()
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    rule: StandingRule | None = None


@dataclass(frozen=True)
class _Known:
    """Shares on categories and persons, why, and for how many months."""

    ground: Ground
    lines: tuple[RuleLine, ...]
    reason: Reason
    months: int = 1
    rule: StandingRule | None = None


@dataclass(frozen=True)
class ProposeCoding:
    """Proposes for one invoice after the other. ``categories``: the list as the function has read it."""

    store: PaymentsStore
    rules: RuleStore
    register: RegisterStore
    categories: CategoryList

    def __call__(self, invoice: Invoice) -> Proposal:
        """The proposal; without an amount, or with nothing known, it has no lines."""
        money = invoice.owed
        if invoice.payer is Payer.WARD:
            lines = (CodingLine(money.amount),) if money else ()
            return Proposal(Ground.WARD, lines, (Reason("coding.ward"),))
        known = self._known_coding(invoice)
        found = _by_rule(invoice, known) or self._by_last(invoice, known.last) or self._by_others(invoice)
        warnings = tuple(_rule_warnings(invoice, known)) if not (found and found.rule) else ()
        if found is None:
            return Proposal(Ground.NOTHING, reasons=(Reason("coding.nothing"),), warnings=warnings)
        return self._proposal(invoice, found, money, warnings)

    def _known_coding(self, invoice: Invoice) -> KnownCoding:
        if invoice.dossier_id is None or invoice.creditor_id is None:
            return KnownCoding()
        return self.rules.known(invoice.dossier_id, invoice.creditor_id)

    def _by_last(self, invoice: Invoice, last: LastCoding | None) -> _Known | None:
        if last is None or last.invoice_id == invoice.invoice_id or not self._all_hold(invoice, last.lines):
            return None
        reason = Reason("coding.last", {"invoice_id": last.invoice_id})
        return _Known(Ground.LAST, last.lines, reason, months=last.months)

    def _by_others(self, invoice: Invoice) -> _Known | None:
        day = _day(invoice)
        if invoice.creditor_id:
            bills = self.store.of_creditor(invoice.creditor_id, LOOKED_AT).invoices
            most = most_frequent(one for one in bills if one.invoice_id != invoice.invoice_id)
            if most and self.categories.find(most[0], day):
                facts = {"category": most[0], "count": str(most[1]), "of": str(most[2])}
                return _Known(Ground.CREDITOR, (RuleLine(most[0], _WHOLE),), Reason("coding.creditor", facts))
        said = self.categories.said_by(_words(invoice), day)
        if said is None:
            return None
        reason = Reason("coding.words", {"category": said[0].code, "word": said[1]})
        return _Known(Ground.WORDS, (RuleLine(said[0].code, _WHOLE),), reason)

    def _proposal(self, invoice: Invoice, found: _Known, money: Money | None, warnings: tuple[Reason, ...]) -> Proposal:
        period = self._period(invoice, found)
        lines, person = self._for_person(invoice, found.lines)
        gone = [line.category for line in lines if self.categories.find(line.category, period.first) is None]
        if gone:
            warnings = (*warnings, Reason("coding.category_ended", {"category": gone[0]}))
        reasons = (found.reason, period.reason, *person)
        shared = shared_out(money.amount, lines, period.first, period.last) if money and not gone else ()
        return Proposal(found.ground, shared, reasons, warnings, found.rule)

    def _period(self, invoice: Invoice, found: _Known) -> Period:
        received = zurich_date(invoice.received_at)
        category = self.categories.find(found.lines[0].category, invoice.terms.invoice_date or received)
        return period_of(invoice.terms, received, ahead=bool(category and category.ahead), months=found.months)

    def _for_person(
        self, invoice: Invoice, lines: tuple[RuleLine, ...]
    ) -> tuple[tuple[RuleLine, ...], tuple[Reason, ...]]:
        """A single line that names nobody gets the person whom the bill names as debtor, if it is one of the dossier.

        What a rule or the last invoice booked for the whole support unit stays so.
        """
        debtor = invoice.terms.debtor
        open_line = len(lines) == 1 and lines[0].person_id is None and lines[0].share == _WHOLE
        if debtor is None or invoice.dossier_id is None or not open_line:
            return lines, ()
        person = person_named(debtor.name, self.register.find_persons_of_dossier(invoice.dossier_id))
        if person is None:
            return lines, ()
        line = RuleLine(lines[0].category, _WHOLE, person.person_id)
        return (line,), (Reason("coding.debtor", {"person_id": person.person_id}),)

    def _all_hold(self, invoice: Invoice, lines: Sequence[RuleLine]) -> bool:
        return all(self.categories.find(line.category, _day(invoice)) for line in lines)


def most_frequent(invoices: Iterable[Invoice]) -> tuple[str, int, int] | None:
    """The category of most approved invoices (of each its largest line), on how many of how many; None: no such."""
    approved = [one for one in invoices if one.state in FIRM]
    largest = [max(one.lines, key=lambda line: abs(line.amount)).category for one in approved if one.lines]
    counted = Counter(category for category in largest if category)
    if not counted:
        return None
    category, count = min(counted.items(), key=lambda one: (-one[1], one[0]))
    return category, count, counted.total()


def person_named(name: str, persons: Sequence[Person]) -> Person | None:
    """The one person of a dossier whose names all stand in ``name``, in whatever order; None if none or several."""
    said = set(fold(name).split())
    fitting = [one for one in persons if _names(one) and _names(one) <= said]
    return fitting[0] if len(fitting) == 1 else None


def _names(person: Person) -> set[str]:
    """The family name and the first given name."""
    return {*fold(person.family_name).split(), *fold(person.given_names).split()[:1]}


def _by_rule(invoice: Invoice, known: KnownCoding) -> _Known | None:
    """The rule that expects this amount; of several the one that is nearest."""
    money = invoice.owed
    holding = [rule for rule in known.rules if money and rule.holds_on(_day(invoice)) and rule.expects(money)]
    if money is None or not holding:
        return None
    rule = min(holding, key=lambda one: (one.differs_by(money), one.rule_id))
    facts = {"rule": rule.name, "amount": str(rule.amount)}
    return _Known(Ground.RULE, rule.lines, Reason("coding.rule", facts), rule.months, rule)


def _rule_warnings(invoice: Invoice, known: KnownCoding) -> Iterable[Reason]:
    """Rules that would code it, had it the amount they expect."""
    for rule in known.rules:
        if rule.holds_on(_day(invoice)):
            yield Reason("coding.other_amount", {"rule": rule.name, "amount": str(rule.amount)})


def _day(invoice: Invoice) -> date:
    return invoice.terms.invoice_date or zurich_date(invoice.received_at)


def _words(invoice: Invoice) -> str:
    return " ".join(filter(None, (invoice.terms.creditor.name, invoice.terms.message)))
