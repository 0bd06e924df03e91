"""Standing rules of a dossier: how the recurring bills of a creditor are coded."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.rule_questions import EndRule, RuleAnswer, RuleId, RuleList, SeenRule, SetRule, words_of_edit
from sozialakte.payments.rule_store import RuleChangedError, RuleStore, UnknownRuleError
from sozialakte.payments.set_rules import SetRules, WrongRuleError
from sozialakte.payments.standing_rules import RuleStepError, SamePersonError
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation
from sozialakte.shared.clock import utc_now, zurich_date
from sozialakte.shared.ids import DossierId


@dataclass(frozen=True)
class RuleSettings:
    """What these routes need to know of their stage."""

    payments_table: str
    register_table: str


@dataclass(frozen=True)
class StandingRuleRoutes:
    """The routes, to be added to the API of the payments."""

    api: Api

    def add(self) -> None:
        """Add them, and what their errors mean."""
        api, path = self.api, "/payments/dossiers/<dossier_id>/rules"
        api.get(path, Guard(Action.READ_RULES, _dossier, _to_dossier))(self.list_rules)
        api.post(path, Guard(Action.SET_RULE, _dossier, _to_dossier))(self.set_rule)
        approves = Guard(Action.APPROVE_RULE, _dossier, _to_dossier, part=_rule)
        api.post(f"{path}/<rule_id>/approval", approves)(self.approve_rule)
        api.post(f"{path}/<rule_id>/ending", Guard(Action.SET_RULE, _dossier, _to_dossier, part=_rule))(self.end_rule)
        api.on(RuleChangedError, _changed)
        api.on(RuleStepError, lambda _: ProblemError(HTTPStatus.CONFLICT, "rule_past"))
        api.on(SamePersonError, lambda _: ProblemError(HTTPStatus.CONFLICT, "rule_same_person"))
        api.on(UnknownRuleError, lambda _: ProblemError(HTTPStatus.NOT_FOUND, "unknown_thing"))
        api.on(WrongRuleError, _wrong)

    def list_rules(self, dossier_id: Annotated[DossierId, Path()]) -> RuleList:
        """The rules of a dossier, those that ended too, the newest first."""
        rules = sorted(_rules().of_dossier(dossier_id), key=lambda rule: rule.edits[0].at, reverse=True)
        return RuleList(rules=[RuleAnswer.of(rule) for rule in rules])

    def set_rule(self, dossier_id: Annotated[DossierId, Path()], body: SetRule) -> RuleAnswer:
        """Enter a rule; it codes bills once a second person has approved it."""
        return RuleAnswer.of(self._set(dossier_id).set(body.rule(dossier_id)))

    def approve_rule(
        self, dossier_id: Annotated[DossierId, Path()], rule_id: Annotated[RuleId, Path()], body: SeenRule
    ) -> RuleAnswer:
        """Agree to a rule that somebody else entered."""
        return RuleAnswer.of(self._set(dossier_id).approve(rule_id, body.version))

    def end_rule(
        self, dossier_id: Annotated[DossierId, Path()], rule_id: Annotated[RuleId, Path()], body: EndRule
    ) -> RuleAnswer:
        """End a rule, or refuse one that waits for approval."""
        return RuleAnswer.of(self._set(dossier_id).end(rule_id, body.version, body.reason))

    def _set(self, dossier_id: str) -> SetRules:
        asked, table = self.api.asked, read_settings(RuleSettings).payments_table
        categories = CategoryStore(table).as_of(asked.envelope.at)
        return SetRules(_rules(), _register(), categories, dossier_id, asked.staff.staff_id, asked.envelope.at)


def _rules() -> RuleStore:
    return RuleStore(read_settings(RuleSettings).payments_table)


def _register() -> RegisterStore:
    return RegisterStore(read_settings(RuleSettings).register_table, zurich_date(utc_now()))


def _dossier(asked: Asked) -> str:
    return f"dossier#{asked.text('dossier_id')}"


def _rule(asked: Asked) -> str:
    return f"rule#{asked.text('rule_id')}"


def _to_dossier(asked: Asked) -> Relation:
    return _register().relation_of(asked.text("dossier_id"), asked.staff.staff_id, asked.envelope.at)


def _changed(error: RuleChangedError) -> ProblemError:
    rule, edit = error.current, error.current.last_edit
    facts: dict[str, str | int | None] = {"by": edit.by, "at": edit.at.isoformat(), "what": edit.what}
    params = {"by": edit.by, "what": words_of_edit(rule)}
    return ProblemError(
        HTTPStatus.CONFLICT, "changed_meanwhile", params=params, facts={**facts, "version": rule.version}
    )


def _wrong(error: WrongRuleError) -> ProblemError:
    return invalid_request([field_problem("body", field, code) for field, code in error.fields])
