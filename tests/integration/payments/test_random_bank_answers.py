"""Whatever the bank says, in whatever order and however often, ends in the same: nobody paid twice, no money lost.

Random sets of payments get random fates; the messages that tell of them come shuffled, repeated, and told in two ways.
What the bank rejects and yet books, or takes back and books anew, may end in two ways, with the same movements: paid
if the booking was told first, else back with people and a doubt that keeps it from being paid again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto.backends import get_backend

from sozialakte.payments.bank.book import BankBook, BankFileState
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.incoming_money import IncomingMoney, MoneyState
from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal import BANK, Entry
from sozialakte.payments.journal_proof import prove_journal
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.journal_sums import balances
from sozialakte.payments.money_store import MoneyStore, counts_of
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from tests.aws import ACCOUNT, PAYMENTS, REGION, REGISTER, rows
from tests.bank.office import DOSSIER, MESSAGE, claimed, released, sent, take
from tests.bank.words import balance, batch, camt, details, entry, group, payment, status_report

END = {
    "accepted": "released",
    "rejected": "returned",
    "booked": "paid",
    "returned": "returned",
    "returned in part": "paid",
    "returned in parts": "returned",
    "other amount": "paid",
    "older booked": "released",
    "rejected and booked": "returned",
    "booked twice": "paid",
    "booked anew": "returned",
    "returned in halves": "returned",
}
EITHER = frozenset({"rejected and booked", "booked anew"})
TWICE = frozenset({"booked twice", "booked anew"})
FATES = tuple(END)
GROUP = f"{MESSAGE}-01"
OUT, BACK, LATER = "2026-11-20", "2026-12-30", "2026-12-31"
LEVELS = ("", "file", "group", "payments", "file and group")
"""Where the bank says that it has the file already, and refuses it once more."""


@dataclass(frozen=True)
class Story:
    """What really happens: a fate for each payment, credits (with a reference or not), the order of the telling.

    ``duplicate``: see `LEVELS`. ``statement``: what was booked is told once more, under other numbers. ``late``: the
    bank accepts the file, and refuses it at any time later in words of its own.
    """

    fates: tuple[str, ...]
    credits: tuple[int, ...]
    by_sum: bool
    order: tuple[int, ...]
    duplicate: str = ""
    statement: bool = False
    late: bool = False

    def invoices(self) -> list[Invoice]:
        """All in their second attempt, so that there is an older one."""
        return [released(number + 1, attempt=2) for number in range(len(self.fates))]


STORIES = st.builds(
    Story,
    st.lists(st.sampled_from(FATES), min_size=1, max_size=4).map(tuple),
    st.lists(st.integers(0, 2), max_size=3).map(tuple),
    st.booleans(),
    st.lists(st.integers(0, 10**6), min_size=3, max_size=8).map(tuple),
    st.sampled_from(LEVELS),
    st.booleans(),
    st.booleans(),
)


def messages(story: Story, reference: str) -> list[bytes]:
    """All that tells of what happens."""
    told = [message for number, fate in enumerate(story.fates) for message in _of_payment(number, fate, story)]
    if story.by_sum and (total := _booked_by_sum(story)):
        told.append(camt("camt.054", [entry(f"{total}", batch(GROUP), ref="SUM")]))
    if story.duplicate:
        told.append(_duplicate(story))
    if story.late:
        told.append(status_report(MESSAGE, status="RJCT", reason="NARR"))
    came = [_credit(kind, place, reference) for place, kind in enumerate(story.credits)]
    if came:
        told.append(
            camt("camt.054", [entry(f"{20 * len(came)}", "".join(came), credit=True, ref="IN", code="RCDT/VCOM")])
        )
        told.append(camt("camt.054", [entry(f"{20 * len(came)}", credit=True, ref="IN", code="RCDT/VCOM")], number=8))
    return told


def _of_payment(number: int, fate: str, story: Story) -> list[bytes]:
    invoice = story.invoices()[number]
    whole, name, older = 100 * (number + 1), end_to_end_id(invoice.invoice_id, 2), end_to_end_id(invoice.invoice_id, 1)
    refusal = status_report(MESSAGE, group(GROUP, payment(name)), status="PART")
    booked = _booked(whole, name, story)
    told = {
        "accepted": [status_report(MESSAGE, status="ACCP")],
        "rejected": [refusal],
        "booked": [] if story.by_sum else [*booked, booked[0].replace(b"BANK-1", b"BANK-2")],
        "returned": [*booked, _back(whole, name, BACK)],
        "returned in part": [*booked, _back(40, name, BACK)],
        "returned in parts": [*booked, _back(40, name, BACK), _back(whole - 40, name, LATER)],
        "other amount": _booked(whole - 5, name, story),
        "older booked": _booked(whole, older, story),
        "rejected and booked": [refusal, *booked],
        "booked twice": [*booked, *_booked(whole, name, story, "again")],
        "booked anew": [*booked, _back(whole, name, BACK), *_booked(whole, name, story, "again")],
        "returned in halves": [*booked, _back(whole // 2, name, BACK, "1"), _back(whole // 2, name, BACK, "2")],
    }
    return told[fate]


def _booked(amount: int, name: str, story: Story, ref: str = "") -> list[bytes]:
    """In a notification, and perhaps in a statement that numbers everything otherwise."""
    told = [camt("camt.054", [_debit(amount, name, f"d{ref}")])]
    if story.statement:
        balances = balance("OPBD", "0.00") + balance("CLBD", f"-{amount}.00")
        told.append(camt("camt.053", [_debit(amount, name, f"s{ref}")], balances=balances))
    return told


def _debit(amount: int, name: str, ref: str) -> str:
    day = LATER if ref.endswith("again") else OUT
    ref += _short(name)
    return entry(f"{amount}", details(f"{amount}", end_to_end_id=name, ref=ref), ref=f"E{ref}", day=day)


def _back(amount: int, name: str, day: str, part: str = "") -> bytes:
    inside = details(f"{amount}", credit=True, end_to_end_id=name, ref=f"r{part}{day}{_short(name)}", returned="AC04")
    return camt("camt.054", [entry(f"{amount}", inside, credit=True, day=day, code="ICDT/RRTN")])


def _short(name: str) -> str:
    return f"{name[:8]}{name[-3:]}"


def _duplicate(story: Story) -> bytes:
    """The file was sent twice: the bank refuses it as a whole, and says why at one level or another."""
    at = {level: "DU01" for level in LEVELS if level and level in story.duplicate}
    names = [end_to_end_id(invoice.invoice_id, 2) for invoice in story.invoices()]
    inside = "".join(payment(name, reason=at["payments"]) for name in names) if "payments" in at else ""
    told = group(GROUP, inside, status="RJCT", reason=at.get("group", ""))
    return status_report(MESSAGE, told, status="RJCT", reason=at.get("file", ""))


def _moves(story: Story) -> Counter[str]:
    """What the bank does to our account, day by day; francs."""
    days = Counter[str]()
    for number, fate in enumerate(story.fates):
        whole = 100 * (number + 1)
        if (_end(fate, story) in {"paid", "returned"} and fate != "rejected") or fate == "older booked":
            days[OUT] -= whole - 5 if fate == "other amount" else whole
        if fate.startswith("returned"):
            days[BACK] += whole if fate in {"returned", "returned in halves"} else 40
            days[LATER] += whole - 40 if fate == "returned in parts" else 0
        days[BACK] += whole if fate == "booked anew" else 0
        days[LATER] -= whole if fate in TWICE else 0
    return Counter({day: francs for day, francs in days.items() if francs})


def _booked_by_sum(story: Story) -> int:
    """The group as one sum is only told if it is all of the group that was not rejected."""
    kept = [(number, fate) for number, fate in enumerate(story.fates) if not fate.startswith("rejected")]
    return sum(100 * (number + 1) for number, _ in kept) if kept and all(fate == "booked" for _, fate in kept) else 0


def _credit(kind: int, place: int, reference: str) -> str:
    named = {0: {"reference": reference}, 1: {"party": "Pia Muster"}, 2: {}}[kind]
    return details("20.00", credit=True, ref=f"c{place}", **named)


def settled(invoices: list[Invoice]) -> Mapping[str, Any]:
    """The end: where invoices, money and claims stand, without when and through which message."""
    table = Table(PAYMENTS)
    money = [row for row in rows(PAYMENTS) if row.get("entity") == "money"]
    facts = BankBook(table).facts_of(end_to_end_id(one.invoice_id, number) for one in invoices for number in (1, 2))
    now = PaymentsStore(PAYMENTS).get_many([one.invoice_id for one in invoices])
    return {
        "invoices": {one.invoice_id: (one.state, one.booked_on, {doubt.code for doubt in one.doubts}) for one in now},
        "payments": {
            name: (one.rejected, one.bookings, one.backs, one.returned, one.problems) for name, one in facts.items()
        },
        "money": {str(row["money_id"]): (row["state"], row["amount"], row.get("claim")) for row in money},
        "waiting": BankBook(table).sums(10)[0],
        "journal": Counter((str(one.kind), one.booked_on, one.postings) for one in journal()),
    }


def journal() -> list[Entry]:
    return list(JournalStore(PAYMENTS).of_account(DOSSIER, 100).entries)


def money_now() -> list[IncomingMoney]:
    store = MoneyStore(Table(PAYMENTS))
    return [one for state in MoneyState for one in store.in_state(state, 100)[0]]


@pytest.mark.usefixtures("aws")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(STORIES)
def test_any_order_and_any_repetition_end_in_the_same(story: Story) -> None:
    one, other = played(story, shuffled=True), played(story, shuffled=False)
    assert _without_chance(one, story) == _without_chance(other, story)


def _without_chance(end: Mapping[str, Any], story: Story) -> Mapping[str, Any]:
    """Without what may be one thing or another: which of two ends, and of two debits which one settled the bill."""
    fates = {invoice.invoice_id: fate for invoice, fate in zip(story.invoices(), story.fates, strict=True)}
    left = {name for name, fate in fates.items() if fate in EITHER}
    invoices = {
        name: (state, None if fates[name] in TWICE else day, doubts)
        for name, (state, day, doubts) in end["invoices"].items()
        if name not in left
    }
    payments = {name: told for name, told in end["payments"].items() if name[:-3] not in left}
    journal = None if (EITHER | TWICE) & {*story.fates} else end["journal"]
    return {**end, "invoices": invoices, "payments": payments, "journal": journal}


def played(story: Story, *, shuffled: bool) -> Mapping[str, Any]:
    """The end of a story that is told in an empty stage."""
    for table in (PAYMENTS, REGISTER):
        get_backend("dynamodb")[ACCOUNT][REGION].tables[table].items.clear()
    invoices = story.invoices()
    sent(invoices)
    claim = claimed("500.00")
    told = messages(story, claim.reference)
    order = _orders(story, len(told)) if shuffled else range(len(told))
    if story.late:
        take(status_report(MESSAGE, status="ACCP"))
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
    both = [fate in EITHER for fate in story.fates]
    assert [end for end, two in zip(ends, both, strict=True) if not two] == [
        end for end, two in zip(expected, both, strict=True) if not two
    ]
    assert {end for end, two in zip(ends, both, strict=True) if two} <= {"paid", "returned"}
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
    _check_books(story)


def _check_books(story: Story) -> None:
    """The journal moved the bank's account as the bank did; each entry has its voucher; the proof goes through."""
    entries, days = journal(), Counter[str]()
    for one in entries:
        days[str(one.booked_on)] += int(balances([one]).get((BANK, "CHF"), Decimal()))
    assert Counter({day: francs for day, francs in days.items() if francs}) == _moves(story)
    assert all(JournalStore(PAYMENTS).find_voucher(one.voucher_id) for one in entries)
    for month in ("2026-11", "2026-12"):
        proofs = prove_journal(PaymentsStore(PAYMENTS), JournalStore(PAYMENTS), month)
        assert all(proof.is_right for proof in proofs.values())


def _end(fate: str, story: Story) -> str:
    if fate == "booked" and story.by_sum and not _booked_by_sum(story):
        return "released"
    return END[fate]
