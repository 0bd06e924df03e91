"""What the routes of the coding answer, in words."""

from __future__ import annotations

from datetime import date

from sozialakte.payments.answers import LineAnswer
from sozialakte.payments.categories import Category
from sozialakte.payments.propose import Ground, Proposal
from sozialakte.shared.model import Model
from sozialakte.shared.texts import say


class CategoryAnswer(Model):
    """A category. ``function`` is None for an account of the balance; ``support``: counts under Art. 3 ZUG."""

    code: str
    name: str
    account: str
    function: str | None
    nature: str
    support: bool
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, category: Category) -> CategoryAnswer:
        """The category."""
        return cls(
            code=category.code,
            name=category.name,
            account=category.account,
            function=category.function,
            nature=category.nature,
            support=category.support,
            valid_from=category.valid_from,
            valid_to=category.valid_to,
        )


class CategoryAnswers(Model):
    """The categories of a day, by number."""

    categories: list[CategoryAnswer]


class ProposalAnswer(Model):
    """Lines to confirm, with the reasons and what to mind. ``rule_set_by``: counts as having entered the invoice."""

    ground: Ground
    lines: list[LineAnswer]
    reasons: list[str]
    warnings: list[str]
    rule_id: str | None
    rule_set_by: str | None

    @classmethod
    def of(cls, proposal: Proposal) -> ProposalAnswer:
        """The proposal in words."""
        rule = proposal.rule
        return cls(
            ground=proposal.ground,
            lines=[LineAnswer.of(line) for line in proposal.lines],
            reasons=[say(reason) for reason in proposal.reasons],
            warnings=[say(reason) for reason in proposal.warnings],
            rule_id=rule.rule_id if rule else None,
            rule_set_by=rule.set_by if rule else None,
        )
