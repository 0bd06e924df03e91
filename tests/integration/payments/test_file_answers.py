"""What the bank makes of a file is kept, and a run tells it: the furthest thing it said, in whatever order."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.runs.answers import RunDetail
from sozialakte.runtime.dynamo import Table
from tests.aws import PAYMENTS, counted_calls
from tests.bank.office import MESSAGE, NOW, released, sent, take
from tests.bank.words import group, status_report
from tests.runs import a_run_of_files

pytestmark = pytest.mark.usefixtures("aws")


def heard(message_id: str = MESSAGE) -> str | None:
    answer = BankBook(Table(PAYMENTS)).file_answers([message_id]).get(message_id)
    return answer.status if answer else None


def test_the_furthest_status_counts_whichever_comes_first() -> None:
    sent([released(1)])
    for number, order in enumerate(permutations(["ACTC", "ACCP", "PDNG"])):
        for place, status in enumerate(order):
            take(
                status_report(
                    MESSAGE, status=status, more=f"<OrgnlCreDtTm>2026-11-2{number}T0{place}:00:00</OrgnlCreDtTm>"
                )
            )

        assert heard() == "ACCP"


def test_of_the_same_status_the_first_day_counts() -> None:
    sent([released(1)])
    take(status_report(MESSAGE, status="ACCP"))
    take(status_report(MESSAGE, status="ACCP").replace(b"BANK-77", b"BANK-78"), NOW + timedelta(days=3))

    answer = BankBook(Table(PAYMENTS)).file_answers([MESSAGE])[MESSAGE]
    assert answer.at == NOW


@pytest.mark.parametrize(
    ("groups", "status"),
    [(("ACCP", "ACCP"), "ACCP"), (("ACCP", "RJCT"), "PART"), (("RJCT", "RJCT"), "RJCT"), (("ACSP", "ACTC"), "ACTC")],
)
def test_what_is_only_said_of_the_groups_is_said_of_the_file(groups: tuple[str, str], status: str) -> None:
    sent([released(1)])
    told = "".join(group(f"{MESSAGE}-0{number}", status=one) for number, one in enumerate(groups, start=1))

    take(status_report(MESSAGE, told))

    assert heard() == status


def test_a_duplicate_and_a_foreign_file_say_nothing_of_ours() -> None:
    sent([released(1)])
    take(status_report(MESSAGE, status="RJCT", reason="DU01"))
    take(status_report("OTHER-1", status="ACCP"))

    assert (heard(), heard("OTHER-1")) == (None, None)


def test_a_run_tells_what_the_bank_made_of_its_files() -> None:
    sent([released(1)])
    take(status_report(MESSAGE, status="ACCP"))
    run = a_run_of_files(MESSAGE, "R20261127-01-2")

    with counted_calls() as calls:
        answers = BankBook(Table(PAYMENTS)).file_answers(file.message_id for file in run.files)

    assert len(calls) == 1
    first, second = RunDetail.of(run, answers).files
    assert (first.bank_status, first.bank_status_name) == ("ACCP", "Von der Bank angenommen am 27.11.2026.")
    assert (second.bank_status, second.bank_status_name, second.bank_at) == (None, None, None)
