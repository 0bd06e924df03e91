"""The records in S3: originals that must not change or go.

| what | bucket, key | how |
|---|---|---|
| the original of a document | letters, the key and version its row names | legal hold from the moment it is filed |
"""

from __future__ import annotations

from hashlib import sha256

from sozialakte.runtime.aws import client

READ_BLOCK = 1 << 20  # bytes held in memory while an original is checked


class OriginalChangedError(Exception):
    """The stored original is not the one that was cut: its SHA-256 differs. Nothing is filed."""


class RecordFiles:
    """The letters bucket, as the dossiers see it."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def protect(self, key: str, version: str, expected_sha256: str) -> None:
        """Check an original's SHA-256 and put it under legal hold. Raises `OriginalChangedError`."""
        digest = sha256()
        body = client("s3").get_object(Bucket=self.bucket, Key=key, VersionId=version)["Body"]
        for block in body.iter_chunks(READ_BLOCK):
            digest.update(block)
        if digest.hexdigest() != expected_sha256:
            raise OriginalChangedError(key)
        client("s3").put_object_legal_hold(Bucket=self.bucket, Key=key, VersionId=version, LegalHold={"Status": "ON"})
