"""Who may do what: one pure rule over one table (DESIGN 5).

A person may act if one of the roles is listed for the action together with the relation they stand in. What is not
listed is refused. Administrators set the system up and therefore see no contents:
the ids in the list of the hand-over are all they get.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from sozialakte.shared.roles import Relation, Role

__all__ = ["TABLE", "Action", "Decision", "Relation", "Role", "decide", "roles_named"]


class Action(StrEnum):
    """What the routes let people do."""

    LIST_BATCHES = "list_batches"
    READ_BATCH = "read_batch"
    LIST_REVIEW = "list_review"
    LIST_FORWARDED = "list_forwarded"
    READ_LETTER = "read_letter"
    ASSIGN_LETTER = "assign_letter"
    FORWARD_LETTER = "forward_letter"
    TAKE_LETTER = "take_letter"
    CLAIM_LETTER = "claim_letter"
    REARRANGE_LETTERS = "rearrange_letters"
    TURN_PAGES = "turn_pages"
    RECLASSIFY_LETTER = "reclassify_letter"
    REJECT_LETTER = "reject_letter"
    ORDER_RESCAN = "order_rescan"
    LIST_RESCANS = "list_rescans"
    UNDO_DECISION = "undo_decision"
    TRACE_LETTER = "trace_letter"
    READ_INBOX = "read_inbox"
    READ_LEADTIMES = "read_leadtimes"
    LIST_DOCUMENTS = "list_documents"
    READ_DOCUMENT = "read_document"
    LIST_HANDOVER = "list_handover"
    BREAK_GLASS = "break_glass"
    LIST_BROKEN_GLASS = "list_broken_glass"
    NOTE_BROKEN_GLASS = "note_broken_glass"
    READ_SEAL = "read_seal"
    SEAL_DOSSIER = "seal_dossier"
    UNSEAL_DOSSIER = "unseal_dossier"
    TRACE_DOSSIER = "trace_dossier"
    TRACE_PERSON = "trace_person"
    READ_REGISTER = "read_register"
    CLOSE_DOSSIER = "close_dossier"
    REOPEN_DOSSIER = "reopen_dossier"
    GIVE_DOSSIER = "give_dossier"
    READ_ABSENCES = "read_absences"
    PLAN_ABSENCE = "plan_absence"
    HAND_OVER_CASES = "hand_over_cases"
    LIST_HANDOVERS = "list_handovers"
    SEARCH_DOSSIERS = "search_dossiers"
    SEARCH_PAGES = "search_pages"
    LABEL_DOCUMENT = "label_document"
    MOVE_DOCUMENT = "move_document"
    LIST_MOVES = "list_moves"
    READ_NOTES = "read_notes"
    WRITE_NOTE = "write_note"
    LIST_TASKS = "list_tasks"
    LIST_OWN_TASKS = "list_own_tasks"
    WRITE_TASK = "write_task"
    SETTLE_ENTRY = "settle_entry"
    FORWARD_ENTRY = "forward_entry"
    LIST_CATEGORIES = "list_categories"
    READ_RULES = "read_rules"
    SET_RULE = "set_rule"
    APPROVE_RULE = "approve_rule"
    LIST_PAYMENT_WORK = "list_payment_work"
    LIST_INVOICES = "list_invoices"
    LIST_DOSSIER_INVOICES = "list_dossier_invoices"
    READ_LEDGER = "read_ledger"
    LIST_JOURNAL = "list_journal"
    READ_ACCOUNT = "read_account"
    READ_INVOICE = "read_invoice"
    REGISTER_INVOICE = "register_invoice"
    ENTER_INVOICE = "enter_invoice"
    SETTLE_INVOICE = "settle_invoice"
    APPROVE_INVOICE = "approve_invoice"
    RETURN_INVOICE = "return_invoice"
    LIFT_WARNING = "lift_warning"
    LIST_MONEY = "list_money"
    ASSIGN_MONEY = "assign_money"
    LIST_BANK = "list_bank"
    DECIDE_MONEY_BACK = "decide_money_back"
    LIST_CLAIMS = "list_claims"
    HAND_INBOX_OVER = "hand_inbox_over"
    HAND_TASKS_OVER = "hand_tasks_over"
    MAKE_RUN = "make_run"
    READ_RUN = "read_run"
    CHECK_PAYMENT = "check_payment"
    RELEASE_RUN = "release_run"


_ANY = frozenset(Relation)
# A team shares its cases: whoever picks up the telephone must be able to answer.
_CASE = frozenset({Relation.RESPONSIBLE, Relation.DEPUTY, Relation.TEAM, Relation.NAMED})
# Broken glass lets people see, never change.
_SEE = _CASE | {Relation.BREAK_GLASS}
_BUSINESS = frozenset({Relation.OPEN_BUSINESS})
_DESK = frozenset({Relation.OWN, Relation.DEPUTY, Relation.TEAM})
_OWN_DESK = frozenset({Relation.OWN, Relation.DEPUTY})
_OFFICE = frozenset({Relation.OFFICE})
_NAMED = frozenset({Relation.NAMED})
_IN_CHARGE = frozenset({Relation.RESPONSIBLE, Relation.DEPUTY, Relation.NAMED})
_OWN = frozenset({Relation.OWN})
_LEADS = frozenset({Relation.OWN, Relation.TEAM})
_BOOKS = {Role.ACCOUNTING: _BUSINESS | _CASE - {Relation.NAMED}, Role.AUDITOR: _ANY}
_STAFF = (Role.MAILROOM, Role.CASEWORKER, Role.ACCOUNTING, Role.PAYMENTRELEASE)

TABLE: Mapping[Action, Mapping[Role, frozenset[Relation]]] = MappingProxyType(
    {
        # Batches carry no contents but page counts, fates and kinds of letters (no sender, no subject); a batch that
        # closed must be provable to the auditor.
        Action.LIST_BATCHES: {Role.MAILROOM: _ANY, Role.AUDITOR: _ANY},
        Action.READ_BATCH: {Role.MAILROOM: _ANY, Role.AUDITOR: _ANY},
        # A letter in review or forwarded belongs to no dossier: deciding whose it is, is the mailroom's work.
        Action.LIST_REVIEW: {Role.MAILROOM: _ANY},
        Action.LIST_FORWARDED: {Role.MAILROOM: _ANY},
        Action.READ_LETTER: {Role.MAILROOM: _ANY},
        Action.ASSIGN_LETTER: {Role.MAILROOM: _ANY},
        Action.FORWARD_LETTER: {Role.MAILROOM: _ANY},
        Action.TAKE_LETTER: {Role.MAILROOM: _ANY},
        Action.CLAIM_LETTER: {Role.MAILROOM: _ANY},
        Action.REARRANGE_LETTERS: {Role.MAILROOM: _ANY},
        Action.TURN_PAGES: {Role.MAILROOM: _ANY},
        Action.RECLASSIFY_LETTER: {Role.MAILROOM: _ANY},
        Action.REJECT_LETTER: {Role.MAILROOM: _ANY},
        Action.ORDER_RESCAN: {Role.MAILROOM: _ANY},
        Action.LIST_RESCANS: {Role.MAILROOM: _ANY},
        Action.UNDO_DECISION: {Role.MAILROOM: _ANY},
        # As a batch does, it proves the way of a page and shows no contents.
        Action.TRACE_LETTER: {Role.MAILROOM: _ANY, Role.AUDITOR: _ANY},
        Action.READ_INBOX: {
            Role.CASEWORKER: _DESK,
            Role.TEAMLEAD: _DESK,
            Role.MAILROOM: frozenset({Relation.OFFICE}),
        },
        # Numbers of letters only. A team lead looks after the own team; the auditor compares. Others need none of it.
        Action.READ_LEADTIMES: {Role.TEAMLEAD: frozenset({Relation.TEAM}), Role.AUDITOR: _ANY},
        # What the case system has not receipted: ids, numbers and codes for those who mend it and those who check it.
        Action.LIST_HANDOVER: {Role.ADMINISTRATOR: _ANY, Role.AUDITOR: _ANY},
        # The mailroom compares the letter it has claimed with what lies in the dossier; accounting reads what an
        # invoice rests on.
        Action.LIST_DOCUMENTS: {
            Role.CASEWORKER: _SEE,
            Role.TEAMLEAD: _SEE,
            Role.ACCOUNTING: _BUSINESS,
            Role.MAILROOM: _BUSINESS,
        },
        Action.READ_DOCUMENT: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE, Role.ACCOUNTING: _BUSINESS},
        # Whoever has a relation is told that it is not needed.
        Action.BREAK_GLASS: {
            Role.CASEWORKER: _SEE | {Relation.FOREIGN},
            Role.TEAMLEAD: _SEE | {Relation.FOREIGN},
        },
        # Notices: to the responsible person (and who stands in), and to the team lead.
        Action.LIST_BROKEN_GLASS: {Role.CASEWORKER: _OWN_DESK, Role.TEAMLEAD: _DESK | {Relation.OFFICE}},
        Action.NOTE_BROKEN_GLASS: {Role.CASEWORKER: _OWN_DESK, Role.TEAMLEAD: _DESK | {Relation.OFFICE}},
        # The auditor, who never sees contents, is the way out when nobody named is left.
        Action.READ_SEAL: {Role.CASEWORKER: _NAMED, Role.TEAMLEAD: _CASE, Role.AUDITOR: _ANY},
        Action.SEAL_DOSSIER: {Role.TEAMLEAD: _CASE, Role.AUDITOR: _ANY},
        Action.UNSEAL_DOSSIER: {Role.TEAMLEAD: _NAMED, Role.AUDITOR: _ANY},
        Action.TRACE_DOSSIER: {Role.TEAMLEAD: _CASE, Role.AUDITOR: _ANY},
        Action.TRACE_PERSON: {Role.AUDITOR: _ANY},
        # A dossier that nobody has would else be out of everybody's reach: a team lead gives it to somebody.
        Action.READ_REGISTER: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE | {Relation.OFFICE}},
        Action.GIVE_DOSSIER: {Role.TEAMLEAD: _CASE | {Relation.OFFICE}},
        Action.CLOSE_DOSSIER: {Role.CASEWORKER: _IN_CHARGE, Role.TEAMLEAD: _CASE},
        Action.REOPEN_DOSSIER: {Role.CASEWORKER: _IN_CHARGE, Role.TEAMLEAD: _CASE},
        # Whoever works here is away sometimes; a team knows of its own people.
        Action.READ_ABSENCES: {**dict.fromkeys(_STAFF, _OWN), Role.CASEWORKER: _DESK, Role.TEAMLEAD: _DESK},
        Action.PLAN_ABSENCE: {**dict.fromkeys(_STAFF, _OWN), Role.TEAMLEAD: _LEADS},
        Action.HAND_OVER_CASES: {Role.TEAMLEAD: _LEADS},
        Action.LIST_HANDOVERS: {Role.CASEWORKER: _OWN, Role.TEAMLEAD: _LEADS},
        # Searching is open to all who have cases, but finds only dossiers whose documents they may list: who answers
        # the telephone for a team finds the team's clients; of anybody else not even that there is a dossier.
        Action.SEARCH_DOSSIERS: {Role.CASEWORKER: _ANY, Role.TEAMLEAD: _ANY},
        # Whoever searches the pages reads of all of them at once: that is for the work on the case, not for one
        # invoice or one letter.
        Action.SEARCH_PAGES: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE},
        # Corrections, notes and tasks are part of the work on a case. A move needs the relation to both dossiers.
        Action.LABEL_DOCUMENT: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        Action.MOVE_DOCUMENT: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        Action.LIST_MOVES: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE},
        Action.READ_NOTES: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE},
        Action.WRITE_NOTE: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        Action.LIST_TASKS: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE},
        Action.LIST_OWN_TASKS: {Role.CASEWORKER: _ANY, Role.TEAMLEAD: _ANY},
        Action.WRITE_TASK: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        # Of an entry the relation to its dossier counts. What lies in the office's inbox is the mailroom's to pass on
        # to who looks after the dossier by now.
        Action.SETTLE_ENTRY: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        Action.FORWARD_ENTRY: {
            Role.CASEWORKER: _CASE,
            Role.TEAMLEAD: _CASE,
            Role.MAILROOM: frozenset({Relation.OFFICE}),
        },
        # What money may be booked on is no secret of any client.
        Action.LIST_CATEGORIES: {
            Role.CASEWORKER: _ANY,
            Role.TEAMLEAD: _ANY,
            Role.ACCOUNTING: _ANY,
            Role.AUDITOR: _ANY,
        },
        # Standing rules say how recurring bills of a dossier are coded; a second person of the case approves each.
        Action.READ_RULES: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE},
        Action.SET_RULE: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        Action.APPROVE_RULE: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE},
        # An invoice is part of the work on its dossier. Whose it is, accounting finds out; it reads what is unpaid.
        # Approving takes more (`payments.approval`): the level, and no other duty on the same invoice. A team lead of
        # another team, and a deputy of one who is away, has open business with what waits for that level.
        Action.LIST_PAYMENT_WORK: {
            Role.CASEWORKER: frozenset({Relation.TEAM, Relation.DEPUTY}),
            Role.TEAMLEAD: frozenset({Relation.TEAM, Relation.DEPUTY, Relation.OWN}),
            Role.ACCOUNTING: _OFFICE,
        },
        Action.LIST_INVOICES: {Role.ACCOUNTING: _ANY, Role.AUDITOR: _ANY},
        Action.LIST_DOSSIER_INVOICES: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE, Role.AUDITOR: _ANY},
        Action.READ_LEDGER: {Role.ACCOUNTING: _ANY, Role.AUDITOR: _ANY},
        # What was booked is the accounts' business in every dossier that is not sealed; clients' names are not in it.
        Action.LIST_JOURNAL: {Role.ACCOUNTING: _ANY, Role.AUDITOR: _ANY},
        Action.READ_ACCOUNT: {**dict.fromkeys((Role.CASEWORKER, Role.TEAMLEAD), _SEE), **_BOOKS},
        Action.READ_INVOICE: {
            Role.CASEWORKER: _SEE | _BUSINESS,
            Role.TEAMLEAD: _SEE | _BUSINESS,
            Role.ACCOUNTING: _OFFICE | _BUSINESS,
        },
        # What no program finds on the paper, whoever has the paper registers: nothing is shown for it.
        Action.REGISTER_INVOICE: {Role.MAILROOM: _ANY, Role.ACCOUNTING: _ANY},
        Action.ENTER_INVOICE: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE, Role.ACCOUNTING: _OFFICE},
        Action.SETTLE_INVOICE: {Role.CASEWORKER: _CASE, Role.TEAMLEAD: _CASE, Role.ACCOUNTING: _OFFICE},
        Action.APPROVE_INVOICE: {Role.CASEWORKER: _CASE | _BUSINESS, Role.TEAMLEAD: _CASE | _BUSINESS},
        Action.RETURN_INVOICE: {Role.CASEWORKER: _CASE | _BUSINESS, Role.TEAMLEAD: _CASE | _BUSINESS},
        Action.LIFT_WARNING: {Role.CASEWORKER: _CASE | _BUSINESS, Role.TEAMLEAD: _CASE | _BUSINESS},
        # Whose money came in, accounting finds out. What clients owe is part of the work on their dossier.
        Action.LIST_MONEY: {Role.ACCOUNTING: _ANY},
        Action.ASSIGN_MONEY: {Role.ACCOUNTING: _OFFICE | _BUSINESS | _CASE},
        # What the bank told that somebody has to look at: ids, amounts, and the bank's words; no client, no creditor.
        Action.LIST_BANK: {Role.ACCOUNTING: _ANY, Role.AUDITOR: _ANY},
        Action.DECIDE_MONEY_BACK: {Role.ACCOUNTING: _OFFICE | _BOOKS[Role.ACCOUNTING]},
        Action.LIST_CLAIMS: {Role.CASEWORKER: _SEE, Role.TEAMLEAD: _SEE, Role.AUDITOR: _ANY},
        # Checking a sample needs the contents of invoices; releasing takes more (`payments.runs`): no other duty.
        Action.READ_RUN: {Role.ACCOUNTING: _ANY, Role.PAYMENTRELEASE: _ANY, Role.AUDITOR: _ANY},
        Action.MAKE_RUN: {Role.ACCOUNTING: _ANY, Role.PAYMENTRELEASE: _ANY},
        # A sample is right only if somebody has looked: who may see the invoice. Of a sealed dossier that may be nobody
        # who keeps the books, so whoever is named for it can look.
        Action.CHECK_PAYMENT: {
            **dict.fromkeys((Role.CASEWORKER, Role.TEAMLEAD), _NAMED),
            Role.ACCOUNTING: _OFFICE | _BUSINESS | _CASE - {Relation.NAMED},
        },
        Action.RELEASE_RUN: {Role.PAYMENTRELEASE: _ANY},
        # As a case load: whoever takes it over must have to do with each dossier.
        Action.HAND_INBOX_OVER: {Role.TEAMLEAD: _LEADS},
        Action.HAND_TASKS_OVER: {Role.TEAMLEAD: _LEADS},
    }
)


@dataclass(frozen=True)
class Decision:
    """Whether ``action`` is allowed, in which relation, and by which role (None if refused)."""

    action: Action
    relation: Relation
    role: Role | None

    @property
    def allowed(self) -> bool:
        """Some role allows it."""
        return self.role is not None


def decide(roles: Iterable[Role], relation: Relation, action: Action) -> Decision:
    """The decision for somebody with these roles and this relation; several roles add up."""
    permitted = TABLE[action]
    granting = sorted(role for role in roles if relation in permitted.get(role, frozenset()))
    return Decision(action, relation, granting[0] if granting else None)


def roles_named(names: Iterable[str]) -> frozenset[Role]:
    """The roles among group names; groups that are no role of ours give nothing."""
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in names if name in known)
