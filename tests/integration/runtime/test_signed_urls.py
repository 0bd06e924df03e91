"""Short-lived addresses: one file, one version, the bucket's own region, soon over."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from sozialakte.runtime.signed_urls import LIFETIME, sign_pdf
from sozialakte.shared.clock import utc_now
from tests.aws import LETTERS, REGION, keep_letter_file

pytestmark = pytest.mark.usefixtures("aws")


def test_address_lives_a_minute_or_two() -> None:
    now = utc_now()

    signed = sign_pdf(LETTERS, "k", name="n", now=now)

    assert timedelta(seconds=60) <= LIFETIME <= timedelta(seconds=120)
    assert signed.expires_at == now + LIFETIME
    assert parse_qs(urlsplit(signed.url).query)["X-Amz-Expires"] == [str(LIFETIME.seconds)]


def test_address_names_the_region_as_opt_in_regions_need() -> None:
    assert urlsplit(sign_pdf(LETTERS, "k", name="n", now=utc_now()).url).netloc == f"s3.{REGION}.amazonaws.com"


def test_address_gives_exactly_the_version_that_was_signed() -> None:
    first = keep_letter_file("k", b"first")
    keep_letter_file("k", b"second")

    record = sign_pdf(LETTERS, "k", name="n", now=utc_now(), version=first)
    newest = sign_pdf(LETTERS, "k", name="n", now=utc_now())

    assert f"versionId={first}" in record.url
    assert "versionId" not in newest.url
