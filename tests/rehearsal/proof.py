"""The proof at the end of a play: bills, books, vouchers and money that came in, against what the bank did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.incoming_money import MoneyState
from sozialakte.payments.invoice import Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal import BANK, WARD_BANK, Entry, EntryKind, voucher_id_of
from sozialakte.payments.journal_proof import prove_journal
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from tests.aws import PAYING_ACCOUNT, PAYMENTS
from tests.rehearsal.bank import Sums
from tests.rehearsal.watch import Watch

_SENT_BACK = frozenset({"bank_rejected", "bank_returned"})
_MONTHS = ("2026-11", "2026-12")
_PAGE = 500
_Days = Counter[tuple[date, str]]


@dataclass(frozen=True)
class Proof:
    """What was counted; amounts in francs.

    ``back``: bills that are back with people, by the bank's reason; ``odd``: payments in the list of what is odd.
    ``difference``: what of the journal settles no bill. ``came``: money that others sent, by the bank and by our books.
    ``vouchers``: wanted; ``asked``: of how many it was looked at that they are asked for once.
    ``wrong``: what does not hold, in words, each with what it does not hold of.
    """

    received: int
    paid: int
    ledger_total: Decimal
    journal_total: Decimal
    difference: Decimal
    bank_total: Decimal
    days: int
    back: Counter[str]
    odd: int
    vouchers: int
    asked: int
    came: tuple[Decimal, Decimal]
    wrong: Mapping[str, tuple[str, ...]]

    @property
    def holds(self) -> bool:
        """Nobody is unpaid, nobody is paid twice, and every sum fits."""
        return not any(self.wrong.values())


UNPAID, TWICE, OTHERWISE = "unbezahlt und in keiner Liste", "zweimal bezahlt", "Rechnung und Bank uneins"
FOREIGN, UNCOUNTED, UNBALANCED = "von niemandem bestellt", "Hauptbuch zählt anders", "Buchhaltung und Bank uneins"
NO_VOUCHER, MONEY = "Beleg fehlt oder doppelt", "Geldeingang und Bank uneins"


def prove(invoices: Sequence[Invoice], sums: Sums, watch: Watch) -> Proof:
    """Compare these invoices, as they stand now, and all books with the bank."""
    store, journal, book = PaymentsStore(PAYMENTS), JournalStore(PAYMENTS), BankBook(Table(PAYMENTS))
    now = store.get_many(one.invoice_id for one in invoices)
    entries = [entry for month in _MONTHS for entry in journal.all_of_month(month)]
    odd = frozenset(_odd(book))
    months = [*store.ledger.by_month().values()]
    proofs = {month: one for month in _MONTHS for one in prove_journal(store, journal, month).values()}
    money = _money()
    received, paid = sum(one.received for one in months), _count(now, InvoiceState.PAID)
    wrong = {
        **_wrong_bills(now, sums, odd),
        FOREIGN: tuple(sorted({*sums.out, *sums.back} - {name for one in now for name in _ids(one)})),
        UNCOUNTED: tuple(_wrong_counts(received, paid, now, [one.is_proven for one in months])),
        UNBALANCED: (
            *(month for month, one in proofs.items() if not one.is_right),
            *_apart(_by_account(sums.days), _booked(entries)),
            *_wrong_payments(now, entries, sums),
        ),
        NO_VOUCHER: tuple(_wrong_vouchers(now, entries, watch)),
        MONEY: (
            *_apart(_by_account(sums.came), money),
            *(() if MoneyStore(Table(PAYMENTS)).counts().is_proven else ("Summe der Zustände",)),
        ),
    }
    return Proof(
        received=received,
        paid=paid,
        ledger_total=Decimal(sum(c for one in months for (s, _), c in one.cents.items() if s == InvoiceState.PAID))
        / 100,
        journal_total=sum((entry.settles for entry in entries), Decimal()),
        difference=sum((entry.difference for entry in entries), Decimal()),
        bank_total=sum((sums.net(name) for name in sums.out), Decimal()),
        days=len(sums.days),
        back=Counter(_why(one) for one in now if _is_back(one)),
        odd=len(odd),
        vouchers=len(watch.wanted),
        asked=len(watch.sampled),
        came=(Decimal(sum(sums.came.values())) / 100, Decimal(sum(money.values())) / 100),
        wrong=wrong,
    )


def _wrong_bills(now: Iterable[Invoice], sums: Sums, odd: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Each bill is paid once and as owed, or a list that people see tells why it is not."""
    found: dict[str, list[str]] = {UNPAID: [], TWICE: [], OTHERWISE: []}
    for one in now:
        net, owed = _net(one, sums), one.owed.amount if one.owed else Decimal()
        told = owed if one.state is InvoiceState.PAID else Decimal()
        listed = _is_back(one) or not odd.isdisjoint(_ids(one))
        if sum(sums.times[name] for name in _ids(one)) > 1 or net > owed:
            found[TWICE].append(one.invoice_id)
        if net < owed and not listed:
            found[UNPAID].append(one.invoice_id)
        if net != told and (one.state is not InvoiceState.PAID or not listed):
            found[OTHERWISE].append(one.invoice_id)
    return {what: tuple(which) for what, which in found.items()}


def _wrong_counts(received: int, paid: int, now: list[Invoice], proven: list[bool]) -> Iterator[str]:
    """The ledger has counted every bill, and each is paid or back."""
    back = sum(map(_is_back, now))
    if not all(proven) or received != len(now):
        yield f"eingegangen {received}, vorhanden {len(now)}"
    if paid + back != len(now):
        yield f"bezahlt {paid}, zurück {back}, vorhanden {len(now)}"


def _wrong_payments(now: Iterable[Invoice], entries: Iterable[Entry], sums: Sums) -> Iterator[str]:
    """The journal has of each bill what the bank moved for it."""
    booked = Counter[str]()
    for entry in entries:
        booked[entry.invoice_id] += int(entry.settles * 100)
    for one in now:
        if booked.pop(one.invoice_id, 0) != int(_net(one, sums) * 100):
            yield one.invoice_id
    yield from booked


def _wrong_vouchers(now: Iterable[Invoice], entries: Iterable[Entry], watch: Watch) -> Iterator[str]:
    """Every entry of the journal has one voucher, and so has every bill that is paid; none is asked for twice."""
    wanted = {entry.voucher_id for entry in entries}
    paid = (one for one in now if one.state is InvoiceState.PAID)
    wanted.update(voucher_id_of(one.invoice_id, one.attempt, EntryKind.BOOKING) for one in paid)
    yield from wanted ^ watch.wanted.keys()
    yield from (name for name, times in watch.wanted.items() if times > 1)
    asked = watch.asked
    yield from (name for name in watch.sampled | asked.keys() if asked[name] != 1 or name not in watch.sampled)


def _booked(entries: Iterable[Entry]) -> _Days:
    """Bookings without reversals, in cents: what left the bank on each day, from our own account and from wards'."""
    found: _Days = Counter()
    for entry in entries:
        for posting in entry.postings:
            for account in (BANK, WARD_BANK):
                sign = (posting.credit == account) - (posting.debit == account)
                found[entry.booked_on, account] += sign * int(posting.amount * 100)
    return found


def _by_account(days: _Days) -> _Days:
    """The bank's accounts as the journal calls them."""
    found: _Days = Counter()
    for (day, iban), cents in days.items():
        found[day, BANK if iban == PAYING_ACCOUNT["iban"] else WARD_BANK] += cents
    return found


def _apart(bank: _Days, ours: _Days) -> Iterator[str]:
    for day, account in sorted(bank.keys() | ours.keys()):
        if bank[day, account] != ours[day, account]:
            yield f"{day} {account}: {bank[day, account]} und {ours[day, account]}"


def _money() -> _Days:
    """Money that came in, in whatever state it is, as it is listed."""
    store, found = MoneyStore(Table(PAYMENTS)), Counter[tuple[date, str]]()
    for state in (one for one in MoneyState if one is not MoneyState.DIVIDED):
        for one in store.in_state(state, _PAGE)[0]:
            if one.booked_on:
                found[one.booked_on, BANK if one.account == PAYING_ACCOUNT["iban"] else WARD_BANK] += int(
                    one.amount * 100
                )
    return found


def _odd(book: BankBook) -> Iterator[str]:
    """The payments that people find in the list of what is odd."""
    cursor: str | None = None
    while True:
        some, cursor = book.payments("odd", _PAGE, cursor)
        yield from (one.end_to_end_id for one in some)
        if cursor is None:
            return


def _count(invoices: Iterable[Invoice], state: InvoiceState) -> int:
    return sum(one.state is state for one in invoices)


def _ids(invoice: Invoice) -> list[str]:
    return [end_to_end_id(invoice.invoice_id, attempt) for attempt in range(1, invoice.attempt + 1)]


def _net(invoice: Invoice, sums: Sums) -> Decimal:
    return sum((sums.net(name) for name in _ids(invoice)), Decimal(0))


def _is_back(invoice: Invoice) -> bool:
    last = invoice.last_act
    return invoice.state is InvoiceState.RETURNED and last is not None and last.what in _SENT_BACK and bool(last.reason)


def _why(invoice: Invoice) -> str:
    last = invoice.last_act
    return last.reason or "" if last else ""
