"""Files of letters, the pictures of bills, and vouchers.

| what | key in the letters bucket | written by |
|---|---|---|
| a letter as cut | as its message says, in one exact version | intake |
| the page of an invoice, for people | ``bills/<invoice_id>.jpg`` | register_bills, the API |
| a voucher as people read it | ``letters/<voucher_id>/original.pdf`` | file_voucher |
| the same for programs (`VoucherFacts`) | ``letters/<voucher_id>/voucher.json`` | file_voucher, before it is filed |

Vouchers lie under ``letters/`` because each is a document of its dossier like any letter: on hold, shown, handed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sozialakte.payments.invoice import Scan
from sozialakte.runtime.aws import client

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CopySourceTypeDef

_GONE = frozenset({"404", "NoSuchKey", "NoSuchVersion"})
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


@dataclass(frozen=True)
class Kept:
    """A file that lies there, in exactly this version."""

    key: str
    version_id: str
    body: bytes

    @property
    def sha256(self) -> str:
        """Of what lies there, hex."""
        return sha256(self.body).hexdigest()


def pdf_key(voucher_id: str) -> str:
    """Where a voucher lies as people read it."""
    return f"letters/{voucher_id}/original.pdf"


def facts_key(voucher_id: str) -> str:
    """Where a voucher lies for programs."""
    return f"letters/{voucher_id}/voucher.json"


class VoucherFiles:
    """The letters bucket, as vouchers use it."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def fetch_page(self, scan: Scan, path: Path) -> Path | None:
        """The file a bill lies in, at ``path``; None if there was no paper, or it is gone."""
        if not scan.key:
            return None
        try:
            return BillFiles(self.bucket).fetch(scan.key, scan.version_id, path)
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return None
            raise

    def keep_pdf(self, voucher_id: str, body: bytes) -> Kept:
        """Put a voucher, once: what an interrupted run has put stays, and is what counts."""
        key = pdf_key(voucher_id)
        try:
            answer = client("s3").put_object(
                Bucket=self.bucket, Key=key, Body=body, ContentType="application/pdf", IfNoneMatch="*"
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
            there = client("s3").get_object(Bucket=self.bucket, Key=key)
            return Kept(key, there["VersionId"], there["Body"].read())
        return Kept(key, answer["VersionId"], body)

    def keep_facts(self, voucher_id: str, facts: str) -> None:
        """Put what programs are told; the same again is no harm."""
        client("s3").put_object(
            Bucket=self.bucket, Key=facts_key(voucher_id), Body=facts.encode(), ContentType="application/json"
        )
