"""What AWS asks, in one table.

List prices of US East (N. Virginia), first tier, without free tier, looked up on 2026-11-21 in copies of Amazon's pages
and in reviews of them. The list of Zurich (eu-central-2) was not at hand. Smaller European regions are dearer (Lambda
in Milan by 17 %), so everything is raised by `SURCHARGE`, an assumption: check with https://calculator.aws before you
quote. A dollar is taken for a franc, which is on the dear side since the end of 2022.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SURCHARGE = 1.3  # Zurich, assumed
CHF_PER_USD = 1.0


@dataclass(frozen=True)
class Price:
    """Dollars for so many of something, and the page that says so."""

    usd: float
    per: int
    source: str

    def chf(self, count: float) -> float:
        """What ``count`` of it costs in Zurich, in francs."""
        return count / self.per * self.usd * SURCHARGE * CHF_PER_USD


PRICES: Mapping[str, Price] = {
    "lambda GB-second (arm64)": Price(13.3334, 1_000_000, "https://aws.amazon.com/lambda/pricing/"),
    "lambda request": Price(0.20, 1_000_000, "https://aws.amazon.com/lambda/pricing/"),
    "lambda disk GB-second above 512 MB": Price(0.0309, 1_000_000, "https://aws.amazon.com/lambda/pricing/"),
    "s3 write": Price(0.005, 1_000, "https://aws.amazon.com/s3/pricing/ (PUT, COPY, POST, LIST)"),
    "s3 read": Price(0.0004, 1_000, "https://aws.amazon.com/s3/pricing/ (GET and all others)"),
    "sqs request": Price(0.40, 1_000_000, "https://aws.amazon.com/sqs/pricing/ (standard queue)"),
    "dynamodb write unit": Price(0.625, 1_000_000, "https://aws.amazon.com/dynamodb/pricing/on-demand/"),
    "dynamodb read unit": Price(0.125, 1_000_000, "https://aws.amazon.com/dynamodb/pricing/on-demand/"),
    "kms request": Price(0.03, 10_000, "https://aws.amazon.com/kms/pricing/"),
}
"""Not in it, because it does not depend on the number of pages: keys, alarms, logs kept, storage of the documents."""


def chf(used: Mapping[str, float]) -> float:
    """What all that was used costs, in francs. Raises ``KeyError`` for something without a price."""
    return sum(PRICES[what].chf(count) for what, count in used.items())
