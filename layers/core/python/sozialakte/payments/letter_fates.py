"""What becomes of an invoice because of what became of its letter. Pure.

What a person did no message changes: then the invoice only says what happened to the letter, and what was coded or
approved goes back to people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, Payer
from sozialakte.payments.invoice_states import SETTLED, TO_ENTER, UNPAID, InvoiceState
from sozialakte.payments.letter_book import LetterAccount
from sozialakte.shared.reasons import Reason

FILED, FORWARDED = "filed", "forwarded"
STAYS_OURS = "new_case"
"""A letter that goes there is one of somebody who becomes a client: its bills wait for the dossier."""
_ENDS: Mapping[str, InvoiceState] = MappingProxyType(
    {
        FORWARDED: InvoiceState.ELSEWHERE,
        "rejected": InvoiceState.REJECTED,
        "blank": InvoiceState.REJECTED,
        "rescan": InvoiceState.REPLACED,
    }
)
_DECIDED = frozenset({InvoiceState.CODED, InvoiceState.APPROVED})
_GONE = SETTLED | {InvoiceState.RELEASED}
"""Its money is on the way or has gone: what is booked where stays so until people correct it."""
_BACK = "letter_back"


@dataclass(frozen=True)
class Filing:
    """The dossier in which the letter lies: the team of its responsible person, its commune, whose money pays."""

    dossier_id: str
    team: str | None = None
    commune: int | None = None
    payer: Payer = Payer.SERVICE


def after_fate(invoice: Invoice, letter: LetterAccount, filing: Filing | None, at: datetime) -> Invoice:
    """The invoice as its letter's fate wants it; the same one if it is so already. ``filing`` of a filed letter."""
    if filing is not None:
        return _filed(_brought_back(invoice, at), filing, at)
    end = _end_of(letter)
    if end is not None and letter.fate:
        return _ended(invoice, end, letter.fate, at)
    return invoice if letter.fate == "replaced" else _brought_back(invoice, at)


def ends_it(letter: LetterAccount) -> bool:
    """Whether nothing in the letter is to be paid here any more."""
    return _end_of(letter) is not None


def _end_of(letter: LetterAccount) -> InvoiceState | None:
    if letter.fate == FORWARDED and letter.destination == STAYS_OURS:
        return None
    return _ENDS.get(letter.fate or "")


def _filed(invoice: Invoice, filing: Filing, at: datetime) -> Invoice:
    if invoice.dossier_id == filing.dossier_id:
        return invoice
    where = Reason("invoice.letter_moved", {"dossier_id": filing.dossier_id})
    if invoice.dossier_by is not None or invoice.state in _GONE:
        return _told(invoice, where, _act("letter_moved", at))
    place = {
        "dossier_id": filing.dossier_id,
        "team": filing.team,
        "commune": filing.commune,
        "payer": filing.payer,
    }
    if invoice.state not in _DECIDED:
        return invoice.changed(_act("letter_filed", at), **place)
    # What was coded and approved was so for another dossier, with other persons in it.
    told = {"doubts": (*invoice.doubts, where), "lines": (), "waits_for": None}
    return invoice.step(InvoiceState.RETURNED, _act("letter_moved", at), **place, **told)


def _ended(invoice: Invoice, end: InvoiceState, fate: str, at: datetime) -> Invoice:
    act = _act(f"letter_{fate}", at)
    if _people_acted(invoice):
        return _told(invoice, Reason(f"invoice.letter_{fate}"), act)
    before = _brought_back(invoice, at) if invoice.state is not end else invoice
    return before.step(end, act) if before.state in TO_ENTER else before


def _brought_back(invoice: Invoice, at: datetime) -> Invoice:
    """Open again if it was the letter's fate that ended it."""
    if invoice.state in UNPAID or not _ended_by_letter(invoice):
        return invoice
    return invoice.step(InvoiceState.OPEN, _act(_BACK, at))


def _told(invoice: Invoice, what: Reason, act: Act) -> Invoice:
    """With the doubt; what was decided goes back to people. Told before: the same."""
    if what in invoice.doubts or invoice.state not in UNPAID | SETTLED:
        return invoice
    doubts = (*invoice.doubts, what)
    if invoice.state in _DECIDED:
        return invoice.step(InvoiceState.RETURNED, act, doubts=doubts, waits_for=None)
    return invoice.changed(act, doubts=doubts)


def _ended_by_letter(invoice: Invoice) -> bool:
    ends = {f"letter_{fate}" for fate in _ENDS}
    return any(act.by == MACHINE and act.what in ends and act.at == invoice.since for act in invoice.acts)


def _people_acted(invoice: Invoice) -> bool:
    return any(act.by != MACHINE for act in invoice.acts)


def _act(what: str, at: datetime) -> Act:
    return Act(Duty.SETTLE, what, MACHINE, at)
