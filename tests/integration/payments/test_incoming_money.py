"""Money that comes in finds its claim, or waits until somebody says what it is; none of it is ever lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from functions.payments.api import handler
from sozialakte.payments.assign_money import AssignMoney
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import Claim, ClaimState, creditor_reference_of
from sozialakte.payments.incoming_money import IncomingMoney, MoneyState
from sozialakte.payments.money_store import MoneyStore, counts_of
from sozialakte.runtime.dynamo import Table
from tests.aws import PAYMENTS, counted_calls
from tests.bank.office import DOSSIER, NOW, claimed, released, sent, take
from tests.bank.words import balance, camt, details, entry
from tests.http_calls import Answer, Call
from tests.money_calls import MONEY_ID, WHY, add_money, assignment
from tests.office import CLERK, RESPONSIBLE, furnish

FOREIGN = "210000000003139471430009017"
pytestmark = pytest.mark.usefixtures("aws")


def store() -> MoneyStore:
    return MoneyStore(Table(PAYMENTS))


def credited(*inside: str, amount: str, ref: str = "C1", number: int = 1) -> bytes:
    return camt("camt.054", [entry(amount, "".join(inside), credit=True, ref=ref, code="RCDT/VCOM")], number=number)


def came(amount: str, ref: str = "c1", **what: str) -> str:
    return details(amount, credit=True, ref=ref, **what)


def everything() -> list[IncomingMoney]:
    return [one for state in MoneyState for one in store().in_state(state, 100)[0]]


def counted() -> list[IncomingMoney]:
    assert store().counts() == counts_of(everything())
    assert store().counts().is_proven
    return [one for one in everything() if one.state is not MoneyState.DIVIDED]


def claim_now(claim: Claim) -> Claim:
    found = ClaimStore(PAYMENTS).get(claim.number)
    assert found
    return found


@pytest.mark.parametrize("creditor_reference", [False, True])
def test_money_with_the_reference_of_a_claim_pays_it(creditor_reference: bool) -> None:
    claim = claimed("250.00")
    reference = creditor_reference_of(claim.number) if creditor_reference else claim.reference

    take(credited(came("250.00", reference=reference), amount="250.00"))

    (money,) = counted()
    assert (money.state, money.claim) == (MoneyState.MATCHED, claim.number)
    assert (claim_now(claim).state, claim_now(claim).still_owed) == (ClaimState.PAID, Decimal(0))


def test_a_claim_says_how_far_it_is_paid() -> None:
    claim = claimed("250.00")
    states = []
    for number, amount in enumerate(("100.00", "150.00", "1.00")):
        inside = came(amount, ref=f"c{number}", reference=claim.reference)
        take(credited(inside, amount=amount, ref=f"C{number}", number=number))
        states.append(claim_now(claim).state)

    assert states == [ClaimState.PARTLY_PAID, ClaimState.PAID, ClaimState.OVERPAID]
    assert claim_now(claim).still_owed == Decimal("-1.00")


@pytest.mark.parametrize(
    "payer", ["Pia Muster", "MUSTER PIA ANNA", "Muster-Pia, Frau", "Frau Pia Mu\N{COMBINING CEDILLA}ster"]
)
def test_money_without_a_reference_is_proposed_by_amount_and_name(payer: str) -> None:
    claim = claimed("250.00")

    take(credited(came("250.00", party=payer), amount="250.00"))

    (money,) = counted()
    assert (money.state, money.claim, money.proposals) == (MoneyState.PROPOSED, None, (claim.number,))
    assert claim_now(claim).state is ClaimState.ISSUED


@pytest.mark.parametrize(("amount", "payer"), [("250.00", "Peter Muster"), ("249.95", "Pia Muster"), ("250.00", "")])
def test_what_only_half_fits_is_not_proposed(amount: str, payer: str) -> None:
    claimed("250.00")

    take(credited(came(amount, party=payer), amount=amount))

    assert [money.state for money in counted()] == [MoneyState.UNMATCHED]


def test_another_currency_is_proposed_never_matched() -> None:
    claim = claimed("250.00")
    inside = details("250.00", credit=True, reference=claim.reference, currency="EUR")
    euros = entry("250.00", inside, credit=True, ref="E", currency="EUR")

    take(camt("camt.054", [euros]))

    (money,) = counted()
    assert (money.state, money.proposals) == (MoneyState.PROPOSED, (claim.number,))


@pytest.mark.parametrize("sum_first", [True, False])
def test_a_sum_and_its_payments_are_the_same_money(sum_first: bool) -> None:
    claim = claimed("250.00")
    whole = camt("camt.054", [entry("262.00", credit=True, ref="C1")], number=9)
    told = credited(came("250.00", "c1", reference=claim.reference), came("12.00", "c2"), amount="262.00")

    for message in (whole, told) if sum_first else (told, whole):
        take(message)

    assert sorted((str(money.state), money.amount) for money in counted()) == [
        ("matched", Decimal("250.00")),
        ("unmatched", Decimal("12.00")),
    ]


def test_payments_that_do_not_make_the_sum_leave_it_to_people() -> None:
    file = take(credited(came("250.00", "c1"), came("1.00", "c2"), amount="262.00"))

    assert [reason.code for reason in file.told] == ["bank_message.details"]
    assert [(money.state, money.amount) for money in counted()] == [(MoneyState.UNMATCHED, Decimal("262.00"))]


def test_two_like_payments_are_two() -> None:
    twice = [entry("50.00", details("50.00", credit=True, party="A"), credit=True) for _ in range(2)]
    first = take(camt("camt.054", twice))
    take(camt("camt.054", twice, number=2))

    assert len(counted()) == 2
    assert {reason.code for reason in first.told} == {"bank_told.unnumbered"}


def unnumbered(*inside: str, amount: str = "50.00", number: int = 1) -> bytes:
    """A notification of an entry to which the bank gives no number."""
    return camt("camt.054", [entry(amount, "".join(inside), credit=True)], number=number)


@pytest.mark.parametrize("refs", [("d1", "d2"), ("", "")])
def test_two_notifications_of_like_credits_are_two_credits(refs: tuple[str, str]) -> None:
    for number, (payer, ref) in enumerate(zip(("Anna", "Beat"), refs, strict=True), 1):
        take(unnumbered(came("50.00", ref, party=payer), number=number))

    assert sorted(money.payer for money in counted()) == ["Anna", "Beat"]


def test_a_statement_adds_what_no_notification_told() -> None:
    balances = balance("OPBD", "0.00") + balance("CLBD", "100.00")
    statement = camt("camt.053", [entry("50.00", credit=True)] * 2, balances=balances)

    for message in (unnumbered(came("50.00", "", party="Anna")), statement, statement):
        take(message)

    assert sorted((money.payer, money.amount) for money in counted()) == [("", Decimal(50)), ("Anna", Decimal(50))]


def test_a_number_that_stands_twice_in_an_entry_names_two_payments() -> None:
    take(unnumbered(came("50.00", "d1", party="Anna"), came("50.00", "d1", party="Beat"), amount="100.00"))

    assert sum(money.amount for money in counted()) == 100


def test_what_somebody_said_of_a_sum_holds_for_its_payments() -> None:
    claim = claimed("250.00")
    take(credited(amount="250.00"))
    (whole,) = counted()
    AssignMoney(store(), ClaimStore(PAYMENTS), whole.money_id, 1, CLERK, NOW).pays(claim.reference, WHY)

    take(credited(came("200.00", "c1"), came("50.00", "c2"), amount="250.00", number=2))

    assert [(money.state, money.last_act.by) for money in counted() if money.last_act] == [
        (MoneyState.ASSIGNED, CLERK),
        (MoneyState.ASSIGNED, CLERK),
    ]
    assert claim_now(claim).paid_in == 250


def test_a_credit_that_the_bank_takes_back_is_money_too() -> None:
    take(camt("camt.054", [entry("50.00", details("50.00"), ref="X", reversal=True)]))

    assert [(money.state, money.amount) for money in counted()] == [(MoneyState.UNMATCHED, Decimal("-50.00"))]


def test_a_statement_sent_twice_changes_nothing() -> None:
    claim = claimed("250.00")
    message = credited(came("250.00", reference=claim.reference), amount="250.00")
    take(message)

    take(message.replace(b"BANK-1", b"BANK-7"))

    assert len(counted()) == 1
    assert claim_now(claim).paid_in == 250


def asked(method: str, path: str, body: object = None, staff: str = CLERK, role: str = "[accounting]") -> Answer:
    return Call(method, path, staff, role, body=body).to(handler)


def assigned(body: dict[str, object], staff: str = CLERK) -> Answer:
    return asked("POST", f"/payments/money/{MONEY_ID}/assignment", body, staff)


def test_somebody_says_which_claim_it_pays() -> None:
    furnish()
    claim = claimed("250.00")
    add_money("250.00")

    answer = assigned(assignment(claim.reference))

    assert (answer.status, answer.body["state"], answer.body["claim"]) == (200, "assigned", claim.reference)
    assert claim_now(claim).state is ClaimState.PAID
    (money,) = counted()
    assert money.last_act
    assert (money.last_act.by, money.last_act.reason) == (CLERK, WHY)


def test_the_same_answer_to_the_same_question_twice() -> None:
    furnish()
    claim = claimed("250.00")
    add_money("250.00")
    first = assigned(assignment(claim.reference))

    again = assigned(assignment(claim.reference))

    assert again.body == first.body
    assert claim_now(claim).paid_in == 250


def test_money_moves_from_a_wrong_claim_to_the_right_one() -> None:
    furnish()
    wrong, right = claimed("250.00"), claimed("250.00", "Kostenbeteiligung")
    add_money("250.00")
    assigned(assignment(wrong.reference))

    assigned(assignment(right.reference, version=2))

    assert (claim_now(wrong).state, claim_now(right).state) == (ClaimState.ISSUED, ClaimState.PAID)
    assert [claim.number for claim in ClaimStore(PAYMENTS).owed(Decimal("250.00"), "CHF")] == [wrong.number]


def test_money_to_be_paid_back_leaves_the_list_with_a_reason() -> None:
    add_money()

    answer = assigned({"version": 1, "fate": "paid_back", "reason": WHY})

    assert answer.body["state_name"] == "zurückbezahlt"
    assert [money.state for money in counted()] == [MoneyState.PAID_BACK]


def test_who_comes_second_learns_who_came_first() -> None:
    add_money()
    assigned({"version": 1, "fate": "paid_back", "reason": WHY})

    answer = assigned({"version": 1, "fate": "booked_elsewhere", "reason": WHY}, staff="ma-201")

    assert (answer.status, answer.problem) == (409, "money_changed")
    assert (answer.body["by"], answer.body["what"]) == (CLERK, "zurückbezahlt")


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({"version": 1, "fate": "claim", "reason": WHY}, 422, "invalid_request"),
        ({"version": 1, "fate": "paid_back", "claim": FOREIGN, "reason": WHY}, 422, "invalid_request"),
        ({"version": 1, "fate": "claim", "claim": FOREIGN, "reason": WHY}, 422, "invalid_request"),
        ({"version": 1, "fate": "claim", "claim": "x" * 10_000, "reason": WHY}, 422, "invalid_request"),
        ({"version": 1, "fate": "divided", "reason": WHY}, 422, "invalid_request"),
        ({"version": 1, "fate": "paid_back", "reason": ""}, 422, "invalid_request"),
        ({"version": 1, "fate": "paid_back", "reason": "x" * 10_000}, 422, "invalid_request"),
        (assignment("000000000000000000000000994"[:26] + "8"), 409, "unknown_claim"),
    ],
)  # fmt: skip
def test_what_says_nothing_usable_is_refused(body: dict[str, object], status: int, problem: str) -> None:
    add_money()

    answer = assigned(body)

    assert (answer.status, answer.problem) in {(status, problem), (422, "invalid_request")}
    assert [money.state for money in counted()] == [MoneyState.UNMATCHED]


def test_a_sum_that_was_told_one_by_one_is_nothing_to_assign() -> None:
    add_money(state=MoneyState.DIVIDED)

    assert assigned({"version": 1, "fate": "paid_back", "reason": WHY}).problem == "money_divided"


def test_a_sum_that_was_told_one_by_one_leads_to_what_was_in_it() -> None:
    furnish()
    invoice = released(1)
    sent([invoice])
    ours = details("100.00", credit=True, end_to_end_id=f"{invoice.invoice_id}-01", returned="AC04")
    take(camt("camt.054", [entry("120.00", ours + came("20.00"), credit=True, ref="A")]))
    (divided,) = (one for one in everything() if one.state is MoneyState.DIVIDED)
    (kept,) = counted()

    shown = asked("GET", f"/payments/books/money/{divided.money_id}").body["html"]

    assert isinstance(shown, str)
    assert f"bills#{invoice.invoice_id}" in shown
    assert f"#money/{kept.money_id}" in shown


def test_unknown_money_is_not_found() -> None:
    assert assigned({"version": 1, "fate": "paid_back", "reason": WHY}).status == 404


def test_lists_take_one_query() -> None:
    furnish()
    claimed("250.00")
    add_money()

    for path in ("/payments/money", "/payments/money/ledger"):
        with counted_calls() as calls:
            assert asked("GET", path).status == 200
        assert calls.count("Query") == 1
    with counted_calls() as calls:
        answer = asked("GET", f"/payments/dossiers/{DOSSIER}/claims", staff=RESPONSIBLE, role="[caseworker]")
    assert calls[-1] == "Query", "one, after those that ask who may see the dossier"
    assert [claim["still_owed"] for claim in answer.body["claims"]] == ["250.00"]  # type: ignore[attr-defined]


def test_the_ledger_of_money_is_proven() -> None:
    add_money("250.00")
    add_money("-20.00", "f" * 32)

    answer = asked("GET", "/payments/money/ledger")

    assert (answer.body["proven"], answer.body["received"]) == (True, 2)
    assert answer.body["received_amounts"] == {"CHF": "230.00"}
