"""Whatever the bank says, in whatever order and however often, ends in the same: nobody paid twice, no money lost.

Random sets of payments get random fates; the messages that tell of them come shuffled, repeated, and told in two ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto.backends import get_backend

from sozialakte.payments.bank.book import BankBook, BankFileState
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.incoming_money import IncomingMoney, MoneyState
from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.money_store import MoneyStore, counts_of
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from tests.aws import ACCOUNT, PAYMENTS, REGION, REGISTER, rows
from tests.bank.office import MESSAGE, claimed, released, sent, take
from tests.bank.words import batch, camt, details, entry, group, payment, status_report

FATES = ("accepted", "rejected", "booked", "returned", "older booked", "rejected and booked")
END = {
    "accepted": "released",
    "rejected": "returned",
    "booked": "paid",
    "returned": "returned",
    "older booked": "released",
    "rejected and booked": "returned",
}
GROUP = f"{MESSAGE}-01"


@dataclass(frozen=True)
class Story:
    """What really happens: a fate for each payment, credits (with a reference or not), the order of the telling."""

    fates: tuple[str, ...]
    credits: tuple[int, ...]
    by_sum: bool
    order: tuple[int, ...]

    def invoices(self) -> list[Invoice]:
        """All in their second attempt, so that there is an older one."""
        return [released(number + 1, attempt=2) for number in range(len(self.fates))]


STORIES = st.builds(
    Story,
    st.lists(st.sampled_from(FATES), min_size=1, max_size=4).map(tuple),
    st.lists(st.integers(0, 2), max_size=3).map(tuple),
    st.booleans(),
    st.lists(st.integers(0, 10**6), min_size=3, max_size=8).map(tuple),
)


def messages(story: Story, reference: str) -> list[bytes]:
    """All that tells of what happens."""
    told = [message for number, fate in enumerate(story.fates) for message in _of_payment(number, fate, story)]
    if story.by_sum and (total := _booked_by_sum(story)):
        told.append(camt("camt.054", [entry(f"{total}", batch(GROUP), ref="SUM")]))
    came = [_credit(kind, place, reference) for place, kind in enumerate(story.credits)]
    if came:
        told.append(
            camt("camt.054", [entry(f"{20 * len(came)}", "".join(came), credit=True, ref="IN", code="RCDT/VCOM")])
        )
        told.append(camt("camt.054", [entry(f"{20 * len(came)}", credit=True, ref="IN", code="RCDT/VCOM")], number=8))
    return told


def _of_payment(number: int, fate: str, story: Story) -> list[bytes]:
    invoice = story.invoices()[number]
    amount, name = f"{100 * (number + 1)}.00", end_to_end_id(invoice.invoice_id, 2)
    booked = entry(amount, details(amount, end_to_end_id=name, ref=f"d{number}"), ref=f"E{number}")
    refusal = status_report(MESSAGE, group(GROUP, payment(name)), status="PART")
    inside = details(amount, credit=True, end_to_end_id=name, ref=f"r{number}", returned="AC04")
    back = entry(amount, inside, credit=True, ref=f"R{number}", code="ICDT/RRTN")
    older = details(amount, end_to_end_id=end_to_end_id(invoice.invoice_id, 1), ref=f"o{number}")
    told = {
        "accepted": [status_report(MESSAGE, status="ACCP")],
        "rejected": [refusal],
        "booked": [] if story.by_sum else [camt("camt.054", [booked]), camt("camt.054", [booked], number=2)],
        "returned": [camt("camt.054", [booked]), camt("camt.054", [back])],
        "older booked": [camt("camt.054", [entry(amount, older, ref=f"O{number}")])],
        "rejected and booked": [refusal, camt("camt.054", [booked])],
    }
    return told[fate]


def _booked_by_sum(story: Story) -> int:
    """The group as one sum is only told if it is all of the group that was not rejected."""
    kept = [(number, fate) for number, fate in enumerate(story.fates) if not fate.startswith("rejected")]
    return sum(100 * (number + 1) for number, _ in kept) if kept and all(fate == "booked" for _, fate in kept) else 0


def _credit(kind: int, place: int, reference: str) -> str:
    named = {0: {"reference": reference}, 1: {"party": "Pia Muster"}, 2: {}}[kind]
    return details("20.00", credit=True, ref=f"c{place}", **named)


def settled(invoices: list[Invoice]) -> Mapping[str, object]:
    """The end: where invoices, money and claims stand, without when and through which message."""
    table = Table(PAYMENTS)
    money = [row for row in rows(PAYMENTS) if row.get("entity") == "money"]
    facts = BankBook(table).facts_of(end_to_end_id(one.invoice_id, number) for one in invoices for number in (1, 2))
    now = PaymentsStore(PAYMENTS).get_many([one.invoice_id for one in invoices])
    return {
        "invoices": {one.invoice_id: (one.state, one.booked_on, {doubt.code for doubt in one.doubts}) for one in now},
        "payments": {name: (one.rejected, one.bookings, one.returned, one.problems) for name, one in facts.items()},
        "money": {str(row["money_id"]): (row["state"], row["amount"], row.get("claim")) for row in money},
        "waiting": BankBook(table).sums(10)[0],
    }


def money_now() -> list[IncomingMoney]:
    store = MoneyStore(Table(PAYMENTS))
    return [one for state in MoneyState for one in store.in_state(state, 100)[0]]


@pytest.mark.usefixtures("aws")
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(STORIES)
def test_any_order_and_any_repetition_end_in_the_same(story: Story) -> None:
    assert played(story, shuffled=True) == played(story, shuffled=False)


def played(story: Story, *, shuffled: bool) -> Mapping[str, object]:
    """The end of a story that is told in an empty stage."""
    for table in (PAYMENTS, REGISTER):
        get_backend("dynamodb")[ACCOUNT][REGION].tables[table].items.clear()
    invoices = story.invoices()
    sent(invoices)
    claim = claimed("500.00")
    told = messages(story, claim.reference)
    order = _orders(story, len(told)) if shuffled else range(len(told))
    assert {take(told[place]).state for place in order} <= {BankFileState.TAKEN}
    _check(story, claim.number)
    return settled(invoices)


def _orders(story: Story, count: int) -> list[int]:
    """Some messages in any order, then those that did not come yet."""
    some = [number % count for number in story.order] if count else []
    return [*some, *(place for place in reversed(range(count)) if place not in some)]


def _check(story: Story, claim_number: int) -> None:
    now = {one.invoice_id: one for one in PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in story.invoices())}
    ends = [now[one.invoice_id].state for one in story.invoices()]
    expected = [_end(fate, story) for fate in story.fates]
    assert ends == expected
    # Nobody was paid twice: as often as an invoice was paid, its money went out once and stayed out.
    paid = [one for one in now.values() if one.state is InvoiceState.PAID]
    assert all(sum(act.what == "booked" for act in one.acts) == 1 for one in paid)
    money, counts = money_now(), MoneyStore(Table(PAYMENTS)).counts()
    assert counts.is_proven
    assert counts == counts_of(money)
    alive = [one for one in money if one.state is not MoneyState.DIVIDED]
    assert sum((one.amount for one in alive), Decimal()) == 20 * len(story.credits)
    claim = ClaimStore(PAYMENTS).get(claim_number)
    assert claim
    assert claim.paid_in == 20 * story.credits.count(0)


def _end(fate: str, story: Story) -> str:
    if fate == "booked" and story.by_sum and not _booked_by_sum(story):
        return "released"
    return END[fate]
