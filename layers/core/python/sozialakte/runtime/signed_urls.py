"""Short-lived addresses under which the browser fetches one file straight from S3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sozialakte.runtime.aws import client

LIFETIME = timedelta(seconds=90)  # long enough for a click and a slow line, too short to be passed on
_PDF = "application/pdf"


@dataclass(frozen=True)
class SignedUrl:
    """The address and when it ends (UTC)."""

    url: str
    expires_at: datetime


def sign_pdf(bucket: str, key: str, *, name: str, now: datetime, version: str | None = None) -> SignedUrl:
    """The address of one PDF (of exactly ``version``, if given), shown as ``<name>.pdf``; ``name`` is an id.

    Signing asks nobody: whether the object exists shows when it is fetched.
    """
    parameters = {
        "Bucket": bucket,
        "Key": key,
        "ResponseContentType": _PDF,
        "ResponseContentDisposition": f'inline; filename="{name}.pdf"',
        "ResponseCacheControl": "private, no-store",
    } | ({"VersionId": version} if version else {})
    seconds = int(LIFETIME.total_seconds())
    url = client("s3").generate_presigned_url("get_object", Params=parameters, ExpiresIn=seconds)
    return SignedUrl(url, now + LIFETIME)
