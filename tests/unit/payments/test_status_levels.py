"""What a bank refuses at one level and calls a duplicate at another is no refusal; reasons come down from above."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.bank.answers import BankAnswers
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.sent_orders import SentOrders
from sozialakte.payments.bank.status_levels import DUPLICATE, StatusLevels
from sozialakte.payments.iso20022.bank_message import Status
from sozialakte.payments.iso20022.orders import orders_in
from sozialakte.payments.iso20022.read_bank_message import against_schema, open_bank_message
from sozialakte.shared.reasons import Reason
from tests.bank.office import MESSAGE, NOW, payment_file, released
from tests.bank.words import group, payment, status_report

ORDERS = tuple(orders_in(BytesIO(payment_file([released(1), released(2)]))))
FIRST, SECOND = (order.end_to_end_id for order in ORDERS)
GROUP = ORDERS[0].payment_information_id
NOTHING = ("", "")

Level = tuple[str, str]
"""What a level says: its status, and its reason."""
LEVELS = st.tuples(st.sampled_from(["", "RJCT", "PART", "ACCP"]), st.sampled_from(["", "AC01", *sorted(DUPLICATE)]))


@dataclass(frozen=True)
class Sent:
    """What went out: one file of one group."""

    withdrawn: frozenset[str] = frozenset()

    def of_file(self, message_id: str) -> tuple[object, ...] | None:
        return ORDERS if message_id == MESSAGE else None

    def of_group(self, payment_information_id: str, _: str = "") -> tuple[object, ...]:
        return ORDERS if payment_information_id == GROUP else ()


def answered(file: Level, of_group: Level, of_first: Level) -> tuple[dict[str, str], list[str]]:
    """The payments that go back, with the bank's words, and what is told."""
    inside = payment(FIRST, status=of_first[0] or "PDNG", reason=of_first[1]) if of_first != NOTHING else ""
    report = status_report(
        MESSAGE, group(GROUP, inside, status=of_group[0], reason=of_group[1]), status=file[0], reason=file[1]
    )
    message, told = open_bank_message(BytesIO(report)), list[Reason]()
    assert against_schema(message) == ()
    statuses = [part for part in message.parts() if isinstance(part, Status)]
    answers = BankAnswers(cast("SentOrders", Sent()), cast("BankBook", None), NOW, told, StatusLevels.of(statuses))
    facts = [fact for status in statuses for fact in answers.of_status(status)]
    assert len({fact.end_to_end_id for fact in facts}) == len(facts)
    return {fact.end_to_end_id: fact.why for fact in facts}, [reason.code for reason in told]


def expected(*levels: Level) -> str | None:
    """The reason with which a payment goes back, by the levels above it; None: it does not."""
    if any(reason in DUPLICATE for _, reason in levels):
        return None
    speaking = list(levels)
    while speaking and not speaking[-1][0]:
        speaking.pop()
    if not speaking or speaking[-1][0] != "RJCT":
        return None
    return next((reason for _, reason in reversed(speaking) if reason), "")


@given(LEVELS, LEVELS, LEVELS)
def test_a_payment_goes_back_if_the_last_level_refuses_it_and_none_calls_it_a_duplicate(
    file: Level, of_group: Level, of_first: Level
) -> None:
    first = (of_first[0] or "PDNG", of_first[1]) if of_first != NOTHING else NOTHING
    wanted = {FIRST: expected(file, of_group, first), SECOND: expected(file, of_group)}

    back, told = answered(file, of_group, of_first)

    assert {name: why[:4] for name, why in back.items()} == {n: why for n, why in wanted.items() if why is not None}
    refused = "RJCT" in {file[0], of_group[0], first[0]}
    assert not told or (refused and set(told) == {"bank_told.has_it"})


@pytest.mark.parametrize("code", sorted(DUPLICATE))
@pytest.mark.parametrize(
    "levels",
    [
        (("RJCT", "{}"), NOTHING, NOTHING),
        (("RJCT", "{}"), ("RJCT", ""), NOTHING),
        (("RJCT", "{}"), ("RJCT", ""), ("RJCT", "")),
        (("RJCT", ""), ("RJCT", "{}"), ("RJCT", "")),
        (("RJCT", ""), ("", "{}"), ("RJCT", "")),
        (("", ""), ("", ""), ("RJCT", "{}")),
        (("PART", ""), ("RJCT", "{}"), ("RJCT", "AC01")),
    ],
)
def test_a_duplicate_is_told_wherever_it_stands(code: str, levels: tuple[Level, Level, Level]) -> None:
    file, of_group, of_first = ((status, reason.format(code)) for status, reason in levels)

    assert answered(file, of_group, of_first) == ({}, ["bank_told.has_it"])


def test_a_reason_comes_down_from_the_level_above() -> None:
    back, _ = answered(("RJCT", "FF01"), ("RJCT", ""), ("RJCT", ""))

    assert set(back) == {FIRST, SECOND}
    assert {why[:4] for why in back.values()} == {"FF01"}


def test_what_is_accepted_below_a_refusal_stays_with_the_bank() -> None:
    assert set(answered(("RJCT", "FF01"), NOTHING, ("ACCP", ""))[0]) == {SECOND}
