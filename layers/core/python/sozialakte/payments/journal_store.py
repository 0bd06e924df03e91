"""The journal in the payments table.

| to find | how |
|---|---|
| the account of a client, the newest first | query ``ACCOUNT#<dossier_id>``, sorted by day of booking |
| the entries of a month, by day of booking | index ``by_journal``: ``journal_key`` (the month) / ``journal_order`` |
| how much was booked in each month | query ``JOURNAL``: a row per month and shard, as in `ledger_counters` |
| a voucher on its way into the dossier | get ``BOOKED#<voucher_id>`` / ``BOOKED`` |
| vouchers that do not lie in a dossier yet, the longest waiting first | index ``by_journal``: ``unfiled`` / since |

Entries are written in the transaction that settles an invoice, or takes that back, and never change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sozialakte.payments.booked_vouchers import BookedVoucher
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.journal import Entry, FindCategory, entry_of_step
from sozialakte.payments.journal_sums import Sums
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import Attr, Change, ConditionFailedError, Item, Key, Part, Put, Query, Table, Update
from sozialakte.runtime.items import number

JOURNAL, UNFILED = "JOURNAL", "unfiled"
VOUCHER = "booked_voucher"
"""Entity of the rows of vouchers."""
_INDEX = "by_journal"


class UnknownVoucherError(LookupError):
    """There is no such voucher."""


class VoucherChangedError(Exception):
    """Another process wrote the voucher meanwhile: the message comes again."""


@dataclass(frozen=True)
class EntryPage:
    """A page of the journal and the cursor of the next."""

    entries: tuple[Entry, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class VoucherPage:
    """A page of vouchers and the cursor of the next."""

    vouchers: tuple[BookedVoucher, ...]
    next_cursor: str | None


def journal_parts(table: str, before: Invoice | None, after: Invoice) -> Iterator[Part]:
    """What a change of an invoice books, and the voucher that has to tell of it, as parts of a transaction."""
    entry = entry_of_step(before, after, categories_at(table, after.since))
    if entry is not None:
        yield from entry_parts(table, [(entry, after)], after.since)


def categories_at(table: str, at: datetime) -> FindCategory:
    """The list of categories as it was then; read when the first is looked for."""
    return lambda code, day: CategoryStore(table).as_of(at).find(code, day)


def entry_parts(table: str, booked: Iterable[tuple[Entry, Invoice]], at: datetime) -> Iterator[Part]:
    """Entries, each with the invoice that its voucher tells of, as parts of a transaction; a counter is in it once."""
    counted: dict[str, Counter[str]] = {}
    for entry, invoice in booked:
        yield Put(table, entry_item(entry))
        counted.setdefault(_row_of(entry), Counter()).update(_counted(entry))
        if entry.dossier_id is not None:
            yield Put(table, voucher_item(BookedVoucher(entry, at, invoice)))
    for row, numbers in counted.items():
        yield Update(table, JOURNAL, row, Change(add=dict(numbers)))


def entry_item(entry: Entry) -> Item:
    """The row of an entry."""
    order = f"{entry.booked_on}#{entry.voucher_id}"
    lists = {"journal_key": f"{entry.booked_on:%Y-%m}", "journal_order": order}
    return {**_stored(entry), **lists, "pk": _account(entry.dossier_id), "sk": order, "entity": "journal_entry"}


def voucher_item(voucher: BookedVoucher) -> Item:
    """The row of a voucher; in the list of those not filed as long as it is not."""
    stored = adapter(BookedVoucher).dump_python(voucher, mode="json", exclude_none=True)
    lists = {} if voucher.is_filed else {"journal_key": UNFILED, "journal_order": voucher.since.isoformat()}
    pk, sk = _key(voucher.voucher_id)
    return {**stored, **lists, "pk": pk, "sk": sk, "entity": VOUCHER}


def voucher_of(item: Item) -> BookedVoucher:
    """The voucher of a row."""
    return adapter(BookedVoucher).validate_python(_known(BookedVoucher, item))


@dataclass(frozen=True)
class JournalStore:
    """The journal; ``table`` is the payments table."""

    table: str

    def of_account(self, dossier_id: str, limit: int, cursor: str | None = None) -> EntryPage:
        """The entries of a client, the newest first."""
        query = Query(Key("pk").eq(_account(dossier_id)), newest_first=True)
        return self._entries(query, limit, cursor)

    def of_month(self, month: str, limit: int, cursor: str | None = None) -> EntryPage:
        """The entries booked in a month (``2026-11``), by day."""
        return self._entries(Query(Key("journal_key").eq(month), index=_INDEX), limit, cursor)

    def all_of_month(self, month: str) -> Iterator[Entry]:
        """Every entry booked in a month, by day; fetched as they are consumed."""
        rows = Table(self.table).query(Query(Key("journal_key").eq(month), index=_INDEX))
        return map(_entry_of, rows)

    def totals(self, month: str | None = None) -> dict[str, Sums]:
        """What was booked in a month, or ever, by currency, as counted when it was booked."""
        where = Key("pk").eq(JOURNAL)
        narrowed = where & Key("sk").begins_with(f"{month}#") if month else where
        counted: Counter[str] = Counter()
        for row in Table(self.table).query(Query(narrowed, consistent=True)):
            counted.update({name: number(row, name) for name in row if name not in {"pk", "sk"}})
        currencies = sorted({name.split("/")[1] for name in counted})
        return {currency: _sums(counted, currency) for currency in currencies}

    def find_voucher(self, voucher_id: str) -> BookedVoucher | None:
        """The voucher, or None."""
        item = Table(self.table).get(*_key(voucher_id), consistent=True)
        return voucher_of(item) if item else None

    def get_voucher(self, voucher_id: str) -> BookedVoucher:
        """The voucher. Raises `UnknownVoucherError`."""
        found = self.find_voucher(voucher_id)
        if found is None:
            raise UnknownVoucherError(voucher_id)
        return found

    def save_voucher(self, before: BookedVoucher, after: BookedVoucher) -> None:
        """Its next version. Raises `VoucherChangedError`."""
        try:
            Table(self.table).put(voucher_item(after), when=Attr("version").eq(before.version))
        except ConditionFailedError as error:
            raise VoucherChangedError(after.voucher_id) from error

    def unfiled(self, limit: int, cursor: str | None = None) -> VoucherPage:
        """Vouchers that do not lie in a dossier yet, the longest waiting first."""
        page = Table(self.table).query_page(Query(Key("journal_key").eq(UNFILED), index=_INDEX), limit, cursor)
        return VoucherPage(tuple(map(voucher_of, page.items)), page.next_cursor)

    def _entries(self, query: Query, limit: int, cursor: str | None) -> EntryPage:
        page = Table(self.table).query_page(query, limit, cursor)
        return EntryPage(tuple(map(_entry_of, page.items)), page.next_cursor)


def _counted(entry: Entry) -> dict[str, int]:
    """What an entry adds to the counters, by attribute; cents."""
    turnover = sum((posting.amount for posting in entry.postings), Decimal())
    return {
        f"turnover/{entry.currency}": int(turnover * 100),
        f"settled/{entry.currency}": int(entry.settles * 100),
        **({f"difference/{entry.currency}": int(entry.difference * 100)} if entry.difference else {}),
    }


def _sums(counted: Counter[str], currency: str) -> Sums:
    names = ("turnover", "settled", "difference")
    turnover, settled, difference = (Decimal(counted[f"{name}/{currency}"]) / 100 for name in names)
    return Sums(turnover, turnover, settled, difference)


def _account(dossier_id: str | None) -> str:
    return f"ACCOUNT#{dossier_id or '-'}"


def _key(voucher_id: str) -> tuple[str, str]:
    return f"BOOKED#{voucher_id}", "BOOKED"


def _row_of(entry: Entry) -> str:
    return f"{entry.booked_on:%Y-%m}#{entry.invoice_id[0]}"


def _stored(entry: Entry) -> Item:
    stored: Item = adapter(Entry).dump_python(entry, mode="json", exclude_none=True)
    return stored


def _entry_of(item: Item) -> Entry:
    return adapter(Entry).validate_python(_known(Entry, item))


def _known(kind: type[Entry | BookedVoucher], item: Item) -> Item:
    return {name: item[name] for name in kind.__dataclass_fields__ if name in item}
