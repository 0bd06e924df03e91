"""The bucket between us and the bank, in S3.

| what | key | written by |
|---|---|---|
| a payment file that went out | ``out/<message id>.xml`` | the payment runs; read here |
| one that was withdrawn before it should have gone out | ``replaced/<message id>-withdrawn.xml`` | read here |
| a message of the bank | ``in/<any name>`` | the bank's channel |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from botocore.exceptions import ClientError

from sozialakte.payments.runs.files import out_key, withdrawn_key
from sozialakte.runtime.aws import client

INCOMING = "in/"
_BLOCK = 1 << 20  # bytes in memory while a file is streamed to disk
_OUR_MESSAGE = re.compile(r"[A-Za-z0-9-]{1,35}")
_GONE = frozenset({"NoSuchKey", "NoSuchVersion"})


@dataclass(frozen=True)
class Arrival:
    """One version of a file that the bank has put there, and when."""

    key: str
    version_id: str
    at: datetime


@dataclass(frozen=True)
class BankFiles:
    """The files of a bucket."""

    bucket: str

    def fetch(self, key: str, version_id: str, path: Path) -> str:
        """Stream a message to ``path``; its SHA-256 (hex)."""
        digest = sha256()
        body = client("s3").get_object(Bucket=self.bucket, Key=key, VersionId=version_id)["Body"]
        with path.open("wb") as file:
            for block in body.iter_chunks(_BLOCK):
                digest.update(block)
                file.write(block)
        return digest.hexdigest()

    def arrivals(self) -> Iterator[Arrival]:
        """Every version of every file of the bank."""
        pages = client("s3").get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=INCOMING)
        for page in pages:
            for version in page.get("Versions", []):
                yield Arrival(version["Key"], version["VersionId"], version["LastModified"])

    def sent(self, message_id: str) -> BinaryIO | None:
        """A payment file of ours as it went out; None if there is none of this id."""
        return self._ours(message_id, out_key)

    def withdrawn(self, message_id: str) -> BinaryIO | None:
        """A payment file of ours that people took away, sure that nobody had carried it to the bank; None if none."""
        return self._ours(message_id, withdrawn_key)

    def _ours(self, message_id: str, key_of: Callable[[str], str]) -> BinaryIO | None:
        if not _OUR_MESSAGE.fullmatch(message_id):
            return None  # a name of somebody else, and no key of ours
        try:
            return BytesIO(client("s3").get_object(Bucket=self.bucket, Key=key_of(message_id))["Body"].read())
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return None
            raise
