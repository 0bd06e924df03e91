"""The journal and the vouchers on their way, as the routes give them. Amounts are texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime

from sozialakte.payments.booked_vouchers import BookedVoucher, VoucherState
from sozialakte.payments.invoice import Payer
from sozialakte.payments.journal import Entry, EntryKind, Posting
from sozialakte.payments.journal_store import EntryPage, VoucherPage
from sozialakte.payments.journal_sums import Sums
from sozialakte.payments.voucher_facts import amount_of
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


class PostingAnswer(Model):
    """``amount`` (above zero) goes from ``credit`` to ``debit``."""

    posting_id: str
    debit: str
    credit: str
    amount: str
    category: str | None
    category_name: str | None
    person_id: str | None
    period_from: date | None
    period_to: date | None

    @classmethod
    def of(cls, posting_id: str, posting: Posting, *, hidden: bool) -> PostingAnswer:
        """A posting; of a hidden dossier without the person."""
        facts = {name: value for name, value in vars(posting).items() if name != "support"}
        person_id = None if hidden else posting.person_id
        return cls(posting_id=posting_id, **{**facts, "amount": amount_of(posting.amount), "person_id": person_id})


class EntryAnswer(Model):
    """What one settlement of an invoice put on the account of its client, or took back.

    Of a dossier that is hidden from the viewer only what the sums need: ``hidden``.
    """

    voucher_id: str
    invoice_id: str
    kind: EntryKind
    booked_on: date
    amount: str
    currency: str
    payer: Payer
    dossier_id: str | None
    hidden: bool
    postings: list[PostingAnswer]

    @classmethod
    def of(cls, entry: Entry, hidden_dossiers: AbstractSet[str] = frozenset()) -> EntryAnswer:
        """An entry."""
        hidden = entry.dossier_id in hidden_dossiers
        return cls(
            voucher_id=entry.voucher_id,
            invoice_id=entry.invoice_id,
            kind=entry.kind,
            booked_on=entry.booked_on,
            amount=amount_of(entry.settles),
            currency=entry.currency,
            payer=entry.payer,
            dossier_id=None if hidden else entry.dossier_id,
            hidden=hidden,
            postings=[PostingAnswer.of(*one, hidden=hidden) for one in entry.numbered],
        )


class SumsAnswer(Model):
    """Both sides of all accounts, and what went out (money that came in taken off).

    ``difference``: what of that settles no invoice, as the bank moved otherwise than it should; people clear it up.
    """

    debit: str
    credit: str
    settled: str
    difference: str

    @classmethod
    def of(cls, sums: Sums) -> SumsAnswer:
        """The sums of a currency."""
        return cls(**{name: amount_of(amount) for name, amount in vars(sums).items()})


class AccountAnswer(Model):
    """A page of a client's account, the newest first, and the cursor of the next."""

    entries: list[EntryAnswer]
    next: str | None

    @classmethod
    def of(cls, page: EntryPage) -> AccountAnswer:
        """A page."""
        return cls(entries=list(map(EntryAnswer.of, page.entries)), next=page.next_cursor)


class JournalAnswer(Model):
    """A page of what was booked in a month, by day, the sums of the whole month, and the cursor of the next page."""

    month: str
    sums: dict[str, SumsAnswer]
    entries: list[EntryAnswer]
    next: str | None

    @classmethod
    def of(cls, month: str, page: EntryPage, sums: Mapping[str, Sums], hidden: AbstractSet[str]) -> JournalAnswer:
        """A page."""
        return cls(
            month=month,
            sums={currency: SumsAnswer.of(told) for currency, told in sums.items()},
            entries=[EntryAnswer.of(entry, hidden) for entry in page.entries],
            next=page.next_cursor,
        )


class VoucherAnswer(Model):
    """A voucher that does not lie in its dossier yet; ``why``: what the dossiers said, in words."""

    voucher_id: str
    invoice_id: str
    dossier_id: str | None
    state: VoucherState
    state_name: str
    since: datetime
    booked_on: date
    amount: str
    currency: str
    why: str | None

    @classmethod
    def of(cls, voucher: BookedVoucher, hidden: AbstractSet[str]) -> VoucherAnswer:
        """In words; of a hidden dossier not which one."""
        entry = voucher.entry
        is_hidden = entry.dossier_id in hidden
        return cls(
            voucher_id=entry.voucher_id,
            invoice_id=entry.invoice_id,
            dossier_id=None if is_hidden else entry.dossier_id,
            state=voucher.state,
            state_name=say(Reason(f"voucher_state.{voucher.state}")),
            since=voucher.since,
            booked_on=entry.booked_on,
            amount=amount_of(entry.settles),
            currency=entry.currency,
            why=say(voucher.refusal) if voucher.refusal and not is_hidden else None,
        )


class VoucherList(Model):
    """A page of vouchers, the longest waiting first, and the cursor of the next."""

    vouchers: list[VoucherAnswer]
    next: str | None

    @classmethod
    def of(cls, page: VoucherPage, hidden: AbstractSet[str]) -> VoucherList:
        """A page."""
        return cls(vouchers=[VoucherAnswer.of(one, hidden) for one in page.vouchers], next=page.next_cursor)


def dossiers_of(entries: Iterable[Entry]) -> frozenset[str]:
    """The dossiers of these entries."""
    return frozenset(entry.dossier_id for entry in entries if entry.dossier_id)
