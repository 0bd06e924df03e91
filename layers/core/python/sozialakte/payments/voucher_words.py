"""What stands on a voucher, in words: facts of the payment, postings, and who did what, when and in whose place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from sozialakte.payments.booked_vouchers import BookedVoucher
from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal import Entry, EntryKind, Posting
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.words import words_of_act
from sozialakte.shared.clock import zurich_time
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_POSTING_HEAD = ("category", "person", "period", "debit", "credit", "amount")
_ACT_HEAD = ("when", "what", "who")
_NOT_DONE = "-"


def content_of(voucher: BookedVoucher, staff: Mapping[str, str], service: str) -> dict[str, object]:
    """All that the page shows, every value as people read it. ``staff``: names by id."""
    entry, invoice = voucher.entry, voucher.invoice
    shown = str(Money(abs(_told(entry)), entry.currency))
    return {
        "service": service,
        "title": _word(f"title_{entry.kind}"),
        "day": {"year": entry.booked_on.year, "month": entry.booked_on.month, "day": entry.booked_on.day},
        "amount": _word("credit_note", amount=shown) if _comes_in(entry) else shown,
        "why": _why(entry, invoice) if invoice else None,
        "foot": _word("foot", voucher_id=voucher.voucher_id),
        "words": {name: _word(name) for name in ("payment", "postings", "acts", "page")},
        "facts": [[_word(name), value] for name, value in _facts(entry, invoice) if value] if invoice else [],
        "posting_head": [_word(name) for name in _POSTING_HEAD],
        "postings": [_posting_row(posting) for posting in entry.postings],
        "sum": [_word("sum"), "", "", "", "", _amount(sum((one.amount for one in entry.postings), Decimal()))],
        "act_head": [_word(name) for name in _ACT_HEAD],
        "acts": [_act_row(act, staff) for act in acts_that_hold(invoice)] if invoice else [],
    }


def acts_that_hold(invoice: Invoice) -> Iterator[Act]:
    """What was done to an invoice and still counts: approvals of earlier rounds are void."""
    last = invoice.last_act
    for act in invoice.acts:
        void = act.duty is Duty.APPROVE and act.round < _round_of(invoice)
        beside = act.duty is Duty.SETTLE and act.what == "return" and act is not last
        if not void and not beside:
            yield act


def _round_of(invoice: Invoice) -> int:
    """The last round in which somebody approved: what came back from the bank begins a new one."""
    return max((act.round for act in invoice.acts if act.duty is Duty.APPROVE), default=0)


def _facts(entry: Entry, invoice: Invoice) -> Iterator[tuple[str, str]]:
    terms, is_paid = invoice.terms, invoice.run_id is not None
    yield "creditor", _address(terms.creditor)
    yield "iban", _in_fours(terms.iban)
    yield "reference", _reference(terms.reference_type, terms.reference or "")
    yield "message", terms.message or ""
    yield "invoice_number", terms.invoice_number or ""
    yield "invoice_date", _day(terms.invoice_date)
    yield "asked", str(terms.money) if terms.money else ""
    yield "partial", invoice.partial or ""
    yield "dossier", entry.dossier_id or ""
    yield "payer", say(Reason(f"bills.payer.{entry.payer}"))
    yield "run", invoice.run_id or ""
    yield "end_to_end", end_to_end_id(entry.invoice_id, entry.attempt) if is_paid else ""
    yield "bank_reference", (_settling(invoice).reason or "") if is_paid and _settling(invoice) else ""
    yield "booked_on", _day(entry.booked_on)


def _settling(invoice: Invoice) -> Act:
    """The last thing done to it: the bank's booking, or its taking back."""
    return invoice.acts[-1]


def _why(entry: Entry, invoice: Invoice) -> str | None:
    if entry.kind is EntryKind.REVERSAL:
        how = "held" if not entry.settles else "reversed" if entry.takes_back else "part_back"
        return _word(how, why=_settling(invoice).reason or _NOT_DONE)
    if entry.settles == entry.difference:
        return _word("more_out")
    return _word("passed_on") if invoice.state is InvoiceState.PASSED_ON else None


def _comes_in(entry: Entry) -> bool:
    return (_told(entry) < 0) != (entry.kind is EntryKind.REVERSAL)


def _told(entry: Entry) -> Decimal:
    """What went out; if nothing did, what is not settled any more."""
    return entry.settles or -entry.difference


def _posting_row(posting: Posting) -> list[str]:
    category = " ".join(filter(None, (posting.category, posting.category_name)))
    return [
        category or _word("difference" if posting.difference else "no_category"),
        posting.person_id or _word("unit"),
        _period(posting),
        _account(posting.debit),
        _account(posting.credit),
        _amount(posting.amount),
    ]


def _account(account: str) -> str:
    return account if account[0].isdigit() else say(Reason(f"account.{account.replace('.', '_')}"))


def _period(posting: Posting) -> str:
    first, last = posting.period_from, posting.period_to
    if first is None or last is None:
        return _NOT_DONE
    return f"{first:%m.%Y}" if (first.year, first.month) == (last.year, last.month) else f"{first:%m.%Y}-{last:%m.%Y}"


def _act_row(act: Act, staff: Mapping[str, str]) -> list[str]:
    what = f"{words_of_act(act)}: {act.reason}" if act.reason else words_of_act(act)
    who = _person(act.by, staff)
    if act.standing_in_for:
        who = _word("in_place_of", who=who, lead=_person(act.standing_in_for, staff))
    return [_moment(act.at), what, who]


def _person(staff_id: str, staff: Mapping[str, str]) -> str:
    if staff_id == MACHINE:
        return _word("machine")
    return f"{staff[staff_id]} ({staff_id})" if staff_id in staff else staff_id


def _address(party: Party) -> str:
    street = f"{party.street} {party.building_number}".strip()
    place = f"{party.postal_code} {party.town}".strip()
    return ", ".join(filter(None, (party.name, street, place)))


def _reference(kind: str, reference: str) -> str:
    if kind != "QRR":
        return _in_fours(reference)
    return " ".join((reference[:2], *(reference[start : start + 5] for start in range(2, len(reference), 5))))


def _in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _amount(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", "'")


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _moment(at: datetime) -> str:
    return f"{zurich_time(at):%d.%m.%Y %H:%M}"


def _word(name: str, **params: str) -> str:
    return say(Reason(f"voucher_page.{name}", params))
