"""Files of letters, and the pictures of bills.

| what | key in the letters bucket | written by |
|---|---|---|
| a letter as cut | as its message says, in one exact version | intake |
| the page of an invoice, for people | ``bills/<invoice_id>.jpg`` | register_bills, the API |
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sozialakte.runtime.aws import client

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CopySourceTypeDef

_GONE = frozenset({"NoSuchKey", "404"})
_READ_BLOCK = 1 << 20  # bytes held in memory while a file is streamed to disk


def picture_key(invoice_id: str) -> str:
    """Where the picture of an invoice's page lies."""
    return f"bills/{invoice_id}.jpg"


class BillFiles:
    """The letters bucket."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def fetch(self, key: str, version_id: str, path: Path) -> Path:
        """Stream one exact version of a letter's file to ``path``."""
        answer = client("s3").get_object(Bucket=self.bucket, Key=key, VersionId=version_id)
        with path.open("wb") as file:
            for block in answer["Body"].iter_chunks(_READ_BLOCK):
                file.write(block)
        return path

    def take_picture(self, key: str, invoice_id: str) -> None:
        """Take over the picture that the review desk has of the page, if it has one."""
        source: CopySourceTypeDef = {"Bucket": self.bucket, "Key": key}
        try:
            client("s3").copy_object(Bucket=self.bucket, Key=picture_key(invoice_id), CopySource=source)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _GONE:
                raise

    def keep_picture(self, invoice_id: str, body: bytes) -> None:
        """Put the picture of an invoice's page, which can be made again."""
        client("s3").put_object(Bucket=self.bucket, Key=picture_key(invoice_id), Body=body, ContentType="image/jpeg")
