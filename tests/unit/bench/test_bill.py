"""What a journey costs follows from what it used, and everything that is used has a price with a source."""

from __future__ import annotations

import pytest

from tests.bench import prices
from tests.bench.bill import Size, price_of_pages, used
from tests.bench.journey import Journey
from tests.bench.prices import PRICES, Price, chf
from tests.bench.recorder import NOBODY, Call

SIZES = {"intake.read_pages": Size(memory=2048, disk=512), "intake.settle_letter": Size(memory=256, disk=1536)}


def a_journey(*calls: Call, pages: int = 10, seconds: dict[str, float] | None = None) -> Journey:
    return Journey(pages, 5, 5, calls, runs=dict.fromkeys(seconds or {}, 3), seconds=seconds or {})


def test_a_small_function_has_less_of_a_processor_and_runs_longer() -> None:
    assert Size(memory=2048, disk=512).seconds(1.0) == 1.0
    assert Size(memory=256, disk=512).seconds(1.0) == pytest.approx(1769 / 256)


def test_all_that_is_used_is_counted() -> None:
    journey = a_journey(
        Call("intake.read_pages", "s3", "GetObject"),
        Call("intake.read_pages", "s3", "PutObject"),
        Call("intake.read_pages", "s3", "PutObjectTagging"),
        Call("intake.settle_letter", "dynamodb", "Query", reads=1.5),
        Call("intake.settle_letter", "dynamodb", "PutItem", writes=3),
        Call(NOBODY, "sqs", "ReceiveMessage"),
        seconds={"intake.read_pages": 2.0},
    )

    assert used(journey, SIZES) == {
        "lambda GB-second (arm64)": 4.0,
        "lambda disk GB-second above 512 MB": 0.0,
        "lambda request": 3,
        "s3 write": 2,
        "s3 read": 1,
        "sqs request": 1,
        "dynamodb write unit": 3,
        "dynamodb read unit": 1.5,
        "kms request": 4,
    }


def test_disk_beyond_the_free_one_is_paid_for() -> None:
    journey = a_journey(seconds={"intake.settle_letter": 256 / 1769})

    assert used(journey, SIZES)["lambda disk GB-second above 512 MB"] == pytest.approx(1.0)


def test_what_event_sources_ask_for_is_no_call_of_ours() -> None:
    journey = a_journey(Call(NOBODY, "sqs", "ReceiveMessage"), Call("intake.read_pages", "sqs", "SendMessage"))

    assert [call.operation for call in journey.own_calls] == ["SendMessage"]


def test_a_letter_takes_its_part_of_everything() -> None:
    journey = a_journey(
        Call("intake.read_pages", "s3", "GetObject"),
        Call("intake.settle_letter", "dynamodb", "Query", reads=2.5),
        Call(NOBODY, "sqs", "ReceiveMessage"),
    )

    assert journey.a_letter() == {
        "AWS calls of our functions": 2 / 5,
        "S3 requests": 1 / 5,
        "DynamoDB read units": 2.5 / 5,
        "DynamoDB write units": 0,
    }


def test_pages_cost_in_proportion() -> None:
    journey = a_journey(Call("intake.read_pages", "s3", "PutObject"), pages=10)

    assert price_of_pages(journey, SIZES, 1000) == pytest.approx(100 * price_of_pages(journey, SIZES, 10))


def test_a_price_is_dollars_for_so_many_raised_for_zurich() -> None:
    assert Price(0.40, 1_000_000, "").chf(2_000_000) == pytest.approx(0.80 * prices.SURCHARGE * prices.CHF_PER_USD)


def test_everything_used_has_a_price_with_its_source() -> None:
    assert used(a_journey(), SIZES).keys() == PRICES.keys()
    assert all(price.source.startswith("https://aws.amazon.com/") for price in PRICES.values())


def test_nothing_is_free_by_mistake() -> None:
    with pytest.raises(KeyError):
        chf({"something new": 1})
