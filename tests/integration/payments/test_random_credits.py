"""Whatever a bank tells of credits, in whatever order and however often: in the end there is just the money it has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from moto.backends import get_backend

from sozialakte.payments.bank.book import BankFileState
from sozialakte.payments.incoming_money import IncomingMoney, MoneyState
from sozialakte.payments.money_store import MoneyStore, counts_of
from sozialakte.runtime.dynamo import Table
from tests.aws import ACCOUNT, PAYMENTS, REGION
from tests.bank.office import take
from tests.bank.words import balance, camt, details, entry

DAYS = ("2026-11-19", "2026-11-20")
OWN, COUNTED = "own", "counted"
"""Numbers that no other entry or payment has; those that count the payments of an entry."""


@dataclass(frozen=True)
class Credit:
    """An entry on the account with what is in it: ``payers`` of CHF 50 each.

    ``numbered``: which number the bank gives the entry; ``numbers``: which it gives each payment; `OWN`: one that no
    other has. ``notified`` and ``stated``: whether the notification, and the statement, tell the payments;
    ``together``: in one notification with the others of the day, else in one of its own; ``booked``: whether the
    notification tells the day of booking.
    """

    day: str
    payers: tuple[str, ...]
    numbered: str
    numbers: str
    notified: bool
    stated: bool
    together: bool
    booked: bool

    @property
    def amount(self) -> Decimal:
        """What is on the account."""
        return Decimal(50) * len(self.payers)

    def told(self, place: int, *, inside: bool, booked: bool = True) -> str:
        """As a message has it; ``place`` tells the numbers of credits apart."""
        within = [
            details("50.00", credit=True, party=payer, ref=self._number(place, number))
            for number, payer in enumerate(self.payers)
        ]
        ref, told = f"ENTRY-{place}" if self.numbered == OWN else self.numbered, "".join(within) if inside else ""
        # Of value a day later only where the bank's own number says what is the same.
        valued = f"{self.day[:-1]}9" if self.numbered == OWN else self.day
        day = self.day if booked else ""
        return entry(f"{self.amount}.00", told, credit=True, ref=ref, day=day, valued=valued)

    def notice(self, place: int) -> str:
        """As the notification has it."""
        return self.told(place, inside=self.notified, booked=self.booked)

    def _number(self, place: int, number: int) -> str:
        return {OWN: f"DETAIL-{place}.{number}", COUNTED: str(number + 1)}.get(self.numbers, self.numbers)


@dataclass(frozen=True)
class Story:
    """What came in, which messages are told before the others, and again, in which order."""

    credits: tuple[Credit, ...]
    order: tuple[int, ...]

    @property
    def is_ambiguous(self) -> bool:
        """A number stands for several entries of a day."""
        return any(times > 1 for times in Counter(one.day for one in self.credits if one.numbered == "1").values())

    def messages(self) -> list[bytes]:
        """A statement of each day, with all of it, and notifications."""
        placed = sorted(enumerate(self.credits), key=lambda one: one[1].day)
        told = []
        for _, several in groupby(placed, key=lambda one: one[1].day):
            some = list(several)
            all_of_it = [one.told(place, inside=one.stated) for place, one in some]
            total = sum(one.amount for _, one in some)
            balances = balance("OPBD", "0.00") + balance("CLBD", f"{total}.00")
            told.append(camt("camt.053", all_of_it, balances=balances))
            told += [camt("camt.054", [one.notice(place)]) for place, one in some]
            joined = [one.notice(place) for place, one in reversed(some) if one.together]
            told += [camt("camt.054", joined)] if joined else []
        return told


CREDITS = st.builds(
    Credit,
    st.sampled_from(DAYS),
    st.lists(st.sampled_from(["Anna", "Beat"]), min_size=1, max_size=2).map(tuple),
    st.sampled_from(["", OWN, "1", "NONREF"]),
    st.sampled_from(["", OWN, COUNTED, "NOTPROVIDED"]),
    *[st.booleans()] * 4,
)
STORIES = st.builds(
    Story,
    st.lists(CREDITS, min_size=1, max_size=4).map(tuple),
    st.lists(st.integers(0, 10**6), max_size=8).map(tuple),
)
TOLD = {"notified": True, "stated": False, "booked": True}
ANNA = Credit(DAYS[1], ("Anna",), numbered="", numbers=OWN, together=False, **TOLD)
BEAT = Credit(DAYS[1], ("Beat",), numbered="", numbers="", together=True, **TOLD)
FIRST, SECOND = (Credit(DAYS[1], (one,), "1", COUNTED, together=False, **TOLD) for one in ("Anna", "Beat"))
SUM = replace(SECOND, notified=False)
TWO = replace(FIRST, payers=("Anna", "Beat"))
EARLIER = replace(FIRST, day=DAYS[0], booked=False)


@pytest.mark.usefixtures("aws")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@example(Story((ANNA, BEAT), ()))
@example(Story((BEAT, BEAT), (1, 1)))
@example(Story((FIRST, SECOND, FIRST), (2, 3, 1)))
@example(Story((SUM, replace(FIRST, stated=True), SECOND), (1,)))
@example(Story((TWO, replace(TWO, payers=("Anna", "Anna"))), (2, 1)))
@example(Story((EARLIER, FIRST, replace(EARLIER, numbered=OWN)), (4, 3, 2, 1)))
@given(STORIES)
def test_any_order_and_any_repetition_end_in_what_is_on_the_account(story: Story) -> None:
    in_order = kept(story, range(len(story.messages())))
    in_any = kept(story, order_of(story))
    # Whose payment an entry is whose number stands for several of a day, nobody can always tell; how much came, yes.
    assert in_any == in_order or (story.is_ambiguous and total(in_any) == total(in_order))
    assert total(in_order) == sum(one.amount for one in story.credits)


def total(money: Counter[tuple[Decimal, str]]) -> Decimal:
    """The sum of a list of money."""
    return sum((amount for amount, _ in money.elements()), Decimal())


def order_of(story: Story) -> list[int]:
    """Some messages in any order and repetition, then those that did not come yet."""
    count = len(story.messages())
    some = [number % count for number in story.order]
    return [*some, *(place for place in reversed(range(count)) if place not in some)]


def kept(story: Story, order: range | list[int]) -> Counter[tuple[Decimal, str]]:
    """The list of money after these messages, in an empty stage; each message is another file every time."""
    get_backend("dynamodb")[ACCOUNT][REGION].tables[PAYMENTS].items.clear()
    messages = story.messages()
    for turn, place in enumerate(order):
        file = take(messages[place].replace(b"BANK-1", f"BANK-{turn}".encode()))
        assert file.state is BankFileState.TAKEN
    store = MoneyStore(Table(PAYMENTS))
    money: list[IncomingMoney] = [one for state in MoneyState for one in store.in_state(state, 100)[0]]
    assert store.counts() == counts_of(money)
    return Counter((one.amount, one.payer) for one in money if one.state is not MoneyState.DIVIDED)
