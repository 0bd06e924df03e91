"""A bank's numbers may be none, short, or used twice: no credit is lost by them, and none is counted twice."""

from __future__ import annotations

import pytest

from sozialakte.payments.incoming_money import MoneyState
from sozialakte.payments.iso20022.bank_message import as_number
from sozialakte.payments.money_store import MoneyStore
from sozialakte.runtime.dynamo import Table
from tests.aws import PAYMENTS
from tests.bank.office import claimed, take
from tests.bank.words import balance, camt, details, entry

pytestmark = pytest.mark.usefixtures("aws")
USED_TWICE = "bank_told.number_used_twice"
FRIDAY, SATURDAY = "2026-11-20", "2026-11-21"


def credit(payer: str = "", ref: str = "1", number: str = "1", amount: str = "50.00", **what: str) -> str:
    """An entry with one payment; without a payer just the sum."""
    inside = details(amount, credit=True, party=payer, ref=number) if payer else ""
    return entry(amount, inside, credit=True, ref=ref, **what)  # type: ignore[arg-type]


def kept() -> list[tuple[str, str]]:
    """Payer and amount of everything that counts."""
    store = MoneyStore(Table(PAYMENTS))
    money = [one for state in MoneyState for one in store.in_state(state, 100)[0]]
    return sorted((one.payer, f"{one.amount:.0f}") for one in money if one.state is not MoneyState.DIVIDED)


def told(*messages: list[str], kind: str = "camt.054") -> list[list[str]]:
    """What is odd in each of these messages."""
    taken = [take(camt(kind, entries, number=number)) for number, entries in enumerate(messages)]
    return [[reason.code for reason in file.told] for file in taken]


@pytest.mark.parametrize(
    "said", ["", "0", "000", "NONREF", "nonref", "NOTPROVIDED", "Not provided", "N/A", "-", "none"]
)
def test_words_for_no_number_are_none(said: str) -> None:
    assert as_number(said) == ""


@pytest.mark.parametrize("said", ["1", "NONREF1", "ZV20261120/1", "10"])
def test_whatever_else_may_be_a_number(said: str) -> None:
    assert as_number(said) == said


@pytest.mark.parametrize("ref", ["NONREF", "1", "ZV20261120/77"])
def test_entries_of_a_message_with_one_number_are_all_kept(ref: str) -> None:
    some = [credit(payer, ref, "") for payer in ("Anna", "Beat", "Beat")]

    told(some, some[::-1])

    assert kept() == [("Anna", "50"), ("Beat", "50"), ("Beat", "50")]


def test_a_number_of_two_days_stands_for_two_credits() -> None:
    odd = told([credit("Anna", day=FRIDAY)], [credit("Anna", day=SATURDAY)], [credit("Anna", day=FRIDAY)])

    assert kept() == [("Anna", "50"), ("Anna", "50")]
    assert odd[1] == [USED_TWICE]


def test_a_number_of_two_amounts_stands_for_two_credits() -> None:
    told([credit(amount="50.00")], [credit(amount="70.00")])

    assert kept() == [("", "50"), ("", "70")]


@pytest.mark.parametrize("number", ["1", "NOTPROVIDED", "SAMMEL-2026"])
def test_a_number_of_two_payers_stands_for_two_credits(number: str) -> None:
    odd = told([credit("Anna", "E1", number)], [credit("Beat", "E1", number)], [credit("Anna", "E1", number)])

    assert kept() == [("Anna", "50"), ("Beat", "50")]
    assert odd[1] == [USED_TWICE]


def test_numbers_that_count_the_payments_of_an_entry_are_of_that_entry() -> None:
    told([credit("Anna", "E1", "1"), credit("Anna", "E2", "1")], [credit("Beat", "E3", "1", "70.00")])

    assert kept() == [("Anna", "50"), ("Anna", "50"), ("Beat", "70")]


@pytest.mark.parametrize("payers", [("Anna", "Beat"), ("Anna", "Anna")])
def test_a_long_number_of_two_payments_of_a_message_stands_for_two(payers: tuple[str, str]) -> None:
    some = [credit(payer, f"E{place}", "SAMMEL-2026") for place, payer in enumerate(payers)]

    told(some, some)

    assert kept() == sorted((payer, "50") for payer in payers)


def test_both_instalments_with_a_number_of_the_entry_pay_the_claim() -> None:
    claim = claimed("500.00")
    for number, day in enumerate(("2026-11-19", "2026-12-19")):
        inside = details("50.00", credit=True, reference=claim.reference, ref="1")
        take(camt("camt.054", [entry("50.00", inside, credit=True, ref=f"E{number}", day=day)], number=number))

    assert kept() == [("", "50"), ("", "50")]


@pytest.mark.parametrize("ref", ["1", "ZV20261120/1"])
@pytest.mark.parametrize("days", [{"day": "", "valued": SATURDAY}, {"day": "", "valued": ""}, {"valued": ""}, {}])
@pytest.mark.parametrize("is_first", [True, False])
def test_notification_and_statement_tell_one_credit(ref: str, days: dict[str, str], is_first: bool) -> None:
    balances = balance("OPBD", "0.00") + balance("CLBD", "50.00")
    statement = camt("camt.053", [credit(ref=ref, day=FRIDAY, valued=SATURDAY)], balances=balances)
    notification = camt("camt.054", [credit("Anna", ref, **({"day": FRIDAY, "valued": SATURDAY} | days))], number=2)

    files = [take(message) for message in ((notification, statement) if is_first else (statement, notification))]

    assert kept() == [("Anna", "50")]
    assert not any(file.told for file in files)


def test_a_payer_may_be_told_shorter_or_not_at_all() -> None:
    full, short, nobody = "Anna Muster-Meier", "MUSTER MEIER AN", ""
    told(*([credit(name, "E1", "")] for name in (full, short, nobody, full)))

    assert kept() == [(full, "50")]
