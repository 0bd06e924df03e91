"""Standing payments of a month end: rents and premiums, coded and approved, laid into the table at once.

The rows are those that the platform writes, and so are the ledger's counters; only the way there is shorter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from moto.backends import get_backend
from moto.dynamodb.models.dynamo_type import DynamoType

from sozialakte.payments.categories import Category, CategoryList
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.invoice import MACHINE, CodingLine, Invoice, Payer, Scan
from sozialakte.payments.ledger_books import RowKey, rows_of
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.records import invoice_item
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.runs.ward_accounts import WardAccount
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Terms
from sozialakte.runtime.dynamo import Item
from sozialakte.runtime.items import from_attributes, to_attributes
from tests.aws import ACCOUNT, PAYMENTS, REGION
from tests.bills import creditor_reference, iban_of, qr_reference
from tests.invoices import RECEIVED, TERMS
from tests.runs import APPROVER, ENTERER, approved

INSURERS = 8
PAYMENTS_A_LANDLORD = 100
OF_A_WARD = 40
"""One payment in so many is of a ward."""
WARDS = ("SH-2026-99998", "SH-2026-99999")
"""Their dossiers."""
_RENT, _PREMIUM = "21", "31"  # categories
_CATEGORIES = ((_RENT, "Miete", "5720.3637.21"), (_PREMIUM, "Krankenkassenprämie", "5720.3637.31"))
_QR_IBAN, _PLAIN, _WARD_BANK = 30_000, 700, 720  # numbers of institutions; those from 30000 on are of QR-IBANs


def standing_payments(count: int, seed: int, first: int = 1) -> list[Invoice]:
    """So many approved invoices, not stored; ``first`` numbers them on. The same seed makes the same."""
    return [_payment(number, Random(f"{seed}/{number}"), count) for number in range(first, first + count)]  # noqa: S311


def some_of_wards(invoices: Sequence[Invoice]) -> list[Invoice]:
    """The same, but some are of wards, who pay them from their own accounts (`furnish_office`)."""
    return [
        replace(one, payer=Payer.WARD, dossier_id=WARDS[place // OF_A_WARD % len(WARDS)])
        if place % OF_A_WARD == OF_A_WARD - 1
        else one
        for place, one in enumerate(invoices)
    ]


def furnish_office() -> None:
    """The list of categories, and an approved account for each ward."""
    known = CategoryList(tuple(Category(*one, support=True, valid_from=date(2026, 1, 1)) for one in _CATEGORIES))
    CategoryStore(PAYMENTS).replace(CategoryList(), known, ENTERER, RECEIVED)
    wards = WardAccountStore(PAYMENTS)
    for number, dossier_id in enumerate(WARDS, start=1):
        account = PayingAccount(iban_of(_WARD_BANK, number), f"Mandat {number}")
        proposed = WardAccount(dossier_id).propose(account, ENTERER, RECEIVED)
        wards.save(WardAccount(dossier_id), proposed)
        wards.save(proposed, proposed.approve(account.iban, APPROVER, RECEIVED))


def lay_in(invoices: Sequence[Invoice]) -> None:
    """They lie in the table, their creditors known, and the ledger counts them."""
    store, known = PaymentsStore(PAYMENTS), {}
    for invoice in invoices:
        name = invoice.terms.creditor
        if name not in known:
            met = store.creditors.meet(invoice.terms, MACHINE, RECEIVED)
            known[name] = met.creditor_id if met else None
    met_all = [replace(one, creditor_id=known[one.terms.creditor]) for one in invoices]
    lay_in_rows(map(invoice_item, met_all))
    lay_in_rows(_added_up(key, counted) for key, counted in rows_of(met_all).items())


def lay_in_rows(rows: Iterable[Item]) -> None:
    """Rows straight into moto's memory: asking its API for each would double the time of the rehearsal."""
    table = _payments()
    for row in rows:
        table.put_item(to_attributes(row))


def _added_up(key: RowKey, counted: Counter[str]) -> Item:
    """A row of counters, with what it counted before."""
    pk, sk = (DynamoType({"S": name}) for name in key)
    row = _payments().get_item(pk, sk)
    before: dict[str, Any] = from_attributes(row.to_json()["Attributes"]) if row else {}
    return {
        "pk": key[0],
        "sk": key[1],
        **before,
        **{name: before.get(name, 0) + value for name, value in counted.items()},
    }


def _payments() -> Any:
    return get_backend("dynamodb")[ACCOUNT][REGION].tables[PAYMENTS]


def _payment(number: int, chance: Random, count: int) -> Invoice:
    is_rent = chance.random() < 0.55
    terms = _rent(number, chance, count) if is_rent else _premium(number, chance)
    amount = terms.amount or Decimal(0)
    letter = f"{chance.getrandbits(128):032x}-0001-0001"
    return approved(
        number,
        terms=terms,
        accepted=amount,
        lines=(CodingLine(amount, _RENT if is_rent else _PREMIUM),),
        dossier_id=f"SH-2026-{number % 99_999:05d}",
        scan=Scan(letter, 1, f"letters/{letter}/original.pdf", "v1"),
    )


def _rent(number: int, chance: Random, count: int) -> Terms:
    landlord = chance.randrange(max(1, count // PAYMENTS_A_LANDLORD))
    who = Party(f"Immobilien {landlord} AG", "Seestrasse", str(1 + landlord), "6003", "Luzern", "CH")
    facts = {"iban": iban_of(_PLAIN, landlord), "reference_type": "SCOR", "reference": creditor_reference(f"{number}")}
    return _terms(number, who, Decimal(chance.randrange(650, 2400, 5)), facts)


def _premium(number: int, chance: Random) -> Terms:
    insurer = chance.randrange(INSURERS)
    who = Party(f"Krankenkasse {insurer}", "Bahnhofplatz", str(1 + insurer), "3011", "Bern", "CH")
    facts = {"iban": iban_of(_QR_IBAN, insurer), "reference_type": "QRR", "reference": qr_reference(number)}
    return _terms(number, who, Decimal(chance.randrange(18_000, 52_000, 5)) / 100, facts)


def _terms(number: int, creditor: Party, amount: Decimal, facts: dict[str, str]) -> Terms:
    due = date(2026, 11, 30)
    return replace(TERMS, creditor=creditor, amount=amount, invoice_number=f"2026-{number}", due=due, **facts)  # type: ignore[arg-type] # texts
