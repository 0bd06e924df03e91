"""Money that came in, and whose it is. Pure.

Every credit that is no payment of ours coming back is one `IncomingMoney`, and stays one: it is found to pay a claim,
or waits until a person has said what it is, with a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from sozialakte.payments.iso20022.bank_message import Days, Entry, Transfer
from sozialakte.shared.names import fold

_ID_DIGITS = 32
_NUMBERED = "n:"
_SHORTEST = 6
"""Characters of a number that may name one payment of an account. Shorter ones count within an entry, or a day."""
_FORMS = {"herr", "frau", "und", "herrn", "familie"}


class MoneyState(StrEnum):
    """``MATCHED``: its reference names a claim. ``PROPOSED``: amount and name fit claims, a person has to say.
    ``UNMATCHED``: nobody knows yet. ``ASSIGNED``: a person said which claim it pays. ``PAID_BACK``: a person said that
    it goes, or went, back to who paid it. ``BOOKED_ELSEWHERE``: a person said that it is no matter of claims.
    ``DIVIDED``: the sum of other money that the bank told one by one; it counts no more.
    """

    MATCHED = "matched"
    PROPOSED = "proposed"
    UNMATCHED = "unmatched"
    ASSIGNED = "assigned"
    PAID_BACK = "paid_back"
    BOOKED_ELSEWHERE = "booked_elsewhere"
    DIVIDED = "divided"


WAITING = frozenset({MoneyState.PROPOSED, MoneyState.UNMATCHED})
"""A person has to say what it is."""


@dataclass(frozen=True)
class MoneyAct:
    """``by`` said at ``at`` that it is ``state``, of this claim (its number) if any, and why."""

    state: MoneyState
    by: str
    at: datetime
    claim: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class IncomingMoney:
    """``amount`` is negative where the bank took back a credit. ``proposals``: numbers of claims it may pay.

    ``days``: see `Entry`. Of a sum that was divided, ``told_by``: which payments did (`telling_of`); ``parts``: the
    ids of the first of them; ``orders``: payments of ours that came back in it, by their end to end ids, and
    ``returned``: how much that was.
    """

    money_id: str
    account: str
    amount: Decimal
    currency: str
    state: MoneyState = MoneyState.UNMATCHED
    booked_on: date | None = None
    reference: str = ""
    text: str = ""
    payer: str = ""
    payer_iban: str = ""
    claim: int | None = None
    proposals: tuple[int, ...] = ()
    acts: tuple[MoneyAct, ...] = ()
    version: int = 1
    told_by: str = ""
    days: Days = (None, None)
    parts: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    returned: Decimal = Decimal()

    @property
    def last_act(self) -> MoneyAct | None:
        """Who said last what it is."""
        return self.acts[-1] if self.acts else None

    @property
    def claims(self) -> frozenset[int]:
        """The numbers of all claims that it has ever had to do with."""
        said = (self.claim, *(act.claim for act in self.acts))
        return frozenset({*self.proposals, *(number for number in said if number is not None)})

    @property
    def bare(self) -> IncomingMoney:
        """What the sum needs, without anything that tells who paid what."""
        acts = tuple(replace(act, claim=None, reason="") for act in self.acts)
        known = replace(self, claim=None, proposals=(), acts=acts)
        return replace(known, reference="", text="", payer="", payer_iban="")

    def said(self, act: MoneyAct) -> IncomingMoney:
        """The next version: what somebody says that it is."""
        return replace(self, state=act.state, claim=act.claim, acts=(*self.acts, act), version=self.version + 1)


def entry_id(entry: Entry, position: int = 0) -> str:
    """An entry, in whichever message it is told: by the bank's number if there is one, else by its day.

    What it says of the payments inside does not count: a notification says more than the statement. ``position``:
    among the entries alike, those with the same amount and number, or day. The day of one with a number stands beside
    (`is_same_day`): a notification may tell none of booking.
    """
    named = f"number {entry.own_ref}" if entry.own_ref else f"day {entry.booked_on}"
    alike = f"{named}|{_plain(entry.amount)}|{entry.currency}|{position}"
    return _hashed("entry", entry.account, _direction(entry), str(entry.is_reversal), alike)


def transfer_id(entry: Entry, transfer: Transfer, within: str) -> str:
    """A payment inside an entry: by the bank's own number, else by ``within`` (its entry and place there).

    A short number, such as 1, 2, 3, is none without its entry's.
    """
    if not transfer.own_ref:
        return _hashed("inside", within)
    alike = f"{transfer.own_ref}|{_plain(transfer.amount)}|{transfer.currency}"
    inside = "" if is_of_account(transfer) else entry_id(entry)
    return _hashed("transfer", entry.account, _direction(entry), str(entry.is_reversal), alike, inside)


def another_id(money_id: str, position: int) -> str:
    """What has the same id as other money is kept under one of these."""
    return _hashed("another", money_id, str(position)) if position else money_id


def is_of_account(transfer: Transfer) -> bool:
    """Its number may name one payment of the whole account."""
    return len(transfer.own_ref) >= _SHORTEST


def telling_of(entry: Entry, same: int = 0) -> str:
    """The payments of an entry, the same in whichever message and order the bank tells them.

    ``same``: which of the entries of its message that tell just the same; two such entries are two.
    """
    told = sorted("\n".join(_content(one)) for one in entry.transfers)
    prefix = _NUMBERED if all(map(is_of_account, entry.transfers)) else ""
    return prefix + _hashed("telling", entry_id(entry), str(same), *told)


def is_numbered(telling: str) -> bool:
    """The bank gives each payment in it a number of its own."""
    return telling.startswith(_NUMBERED)


def money_in(entry: Entry, transfers: Sequence[Transfer], telling: str) -> Iterator[IncomingMoney]:
    """The money of an entry, payment by payment, each under an id of its own."""
    alike: Counter[tuple[str, ...]] = Counter()
    for one in transfers:
        content = _content(one)
        # A short number does not name it, and one that stands twice in the entry names the first alone.
        is_named = is_of_account(one) and not alike[content]
        named = one if is_named else replace(one, own_ref="")
        within = "\n".join((telling, *content, str(alike[content])))
        alike[content] += 1
        yield money_of(entry, one, transfer_id(entry, named, within))


def money_of(entry: Entry, transfer: Transfer, money_id: str) -> IncomingMoney:
    """One payment that came in (or, negative, was taken back)."""
    return IncomingMoney(
        money_id,
        entry.account,
        transfer.amount if transfer.is_credit else -transfer.amount,
        transfer.currency or entry.currency,
        booked_on=entry.booked_on,
        reference="".join(transfer.reference.split()).upper(),
        text=transfer.text,
        payer=transfer.party,
        payer_iban=transfer.party_iban,
        days=entry.days,
    )


def whole_of(entry: Entry, money_id: str) -> IncomingMoney:
    """A sum whose payments the bank has not told, or told so that they do not make this sum."""
    day = entry.booked_on
    return IncomingMoney(money_id, entry.account, entry.signed, entry.currency, booked_on=day, days=entry.days)


def is_same_day(one: IncomingMoney, days: Days) -> bool:
    """Whether two tellings are of one day: of booking if both tell it, else of value. What says nothing may be."""
    compared = [(mine, yours) for mine, yours in zip(one.days, days, strict=True) if mine and yours]
    return not compared or compared[0][0] == compared[0][1]


def is_other(one: IncomingMoney, another: IncomingMoney) -> bool:
    """Both tell who paid, or with which reference, and they differ; a name may be cut or turned round."""
    pairs = ((one.payer_iban, another.payer_iban), (one.reference, another.reference))
    said, names = {*fold(one.payer).split()}, {*fold(another.payer).split()}
    return any(a and b and a != b for a, b in pairs) or bool(said and names and not said & names)


def is_same_name(payer: str, family_name: str, given_names: str) -> bool:
    """Whether the one who paid may be this person: the family name and one given name stand there, in any order."""
    said = {*fold(payer).split()} - _FORMS
    family, given = {*fold(family_name).split()}, {*fold(given_names).split()}
    return bool(family) and family <= said and bool(given & said)


def _content(transfer: Transfer) -> tuple[str, ...]:
    """What tells payments apart: the bank's own number and the amount, else everything that it says of them."""
    moved = (transfer.own_ref, _plain(transfer.amount), transfer.currency, str(transfer.is_credit))
    if is_of_account(transfer):
        return moved
    told = (transfer.end_to_end_id, transfer.reference, transfer.text, transfer.party, transfer.party_iban)
    return (*moved, *told)


def _direction(entry: Entry) -> str:
    return "C" if entry.is_credit else "D"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _hashed(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:_ID_DIGITS]
