"""Short-lived addresses under which the browser fetches one file straight from S3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sozialakte.runtime.aws import client

LIFETIME = timedelta(seconds=90)  # long enough for a click and a slow line, too short to be passed on
_PDF, _JPEG = "application/pdf", "image/jpeg"


@dataclass(frozen=True)
class SignedUrl:
    """The address and when it ends (UTC)."""

    url: str
    expires_at: datetime


def sign_pdf(bucket: str, key: str, *, name: str, now: datetime, version: str | None = None) -> SignedUrl:
    """The address of one PDF (of exactly ``version``, if given), shown as ``<name>.pdf``; ``name`` is an id.

    Signing asks nobody: whether the object exists shows when it is fetched.
    """
    exactly = {"VersionId": version} if version else {}
    return _sign({"Bucket": bucket, "Key": key, **exactly}, _PDF, f"{name}.pdf", now)


def sign_jpeg(bucket: str, key: str, *, name: str, now: datetime) -> SignedUrl:
    """The address of one JPEG, shown as ``<name>.jpg``; otherwise as `sign_pdf`."""
    return _sign({"Bucket": bucket, "Key": key}, _JPEG, f"{name}.jpg", now)


def _sign(which: Mapping[str, str], content_type: str, name: str, now: datetime) -> SignedUrl:
    parameters = {
        **which,
        "ResponseContentType": content_type,
        "ResponseContentDisposition": f'inline; filename="{name}"',
        "ResponseCacheControl": "private, no-store",
    }
    seconds = int(LIFETIME.total_seconds())
    url = client("s3").generate_presigned_url("get_object", Params=parameters, ExpiresIn=seconds)
    return SignedUrl(url, now + LIFETIME)
