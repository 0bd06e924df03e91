"""Uploads of the backfile in S3, which keeps the parts of an unfinished upload for a week.

| to find | how |
|---|---|
| what lies under a key, with its checksum | head of the object |
| unfinished uploads below a folder | list of multipart uploads by prefix |
| the parts of an unfinished upload | list of its parts |

S3 checks every part against its SHA-256 and refuses to complete what lies there already (``If-None-Match``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sozialakte.runtime.aws import client

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef


@dataclass(frozen=True)
class StoredFile:
    """What lies under a key; ``checksum`` is the SHA-256 (of the parts' ones, where there are several), base64."""

    size: int
    checksum: str | None


@dataclass(frozen=True)
class StoredPart:
    """A part of an unfinished upload."""

    etag: str
    checksum: str | None


class BackfileFiles:
    """The bucket that old dossiers are uploaded into."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def find(self, key: str) -> StoredFile | None:
        """What lies under the key, or None."""
        try:
            head = client("s3").head_object(Bucket=self.bucket, Key=key, ChecksumMode="ENABLED")
        except ClientError as error:
            if error.response["Error"]["Code"] in {"404", "NoSuchKey"}:
                return None
            raise
        # Of several parts S3 writes their number behind the checksum.
        checksum = head.get("ChecksumSHA256", "").partition("-")[0]
        return StoredFile(head["ContentLength"], checksum or None)

    def unfinished(self, prefix: str) -> Mapping[str, str]:
        """The id of the unfinished upload of each key that begins so; of several the oldest, which has most parts."""
        pages = client("s3").get_paginator("list_multipart_uploads").paginate(Bucket=self.bucket, Prefix=prefix)
        found = [(upload["Initiated"], upload) for page in pages for upload in page.get("Uploads", [])]
        newest_first = sorted(found, key=lambda one: one[0], reverse=True)
        return {upload["Key"]: upload["UploadId"] for _, upload in newest_first}

    def begin(self, key: str) -> str:
        """Begin an upload in parts; its id."""
        answer = client("s3").create_multipart_upload(Bucket=self.bucket, Key=key, ChecksumAlgorithm="SHA256")
        return answer["UploadId"]

    def parts(self, key: str, upload_id: str) -> Mapping[int, StoredPart]:
        """The parts that have arrived, by number (from 1)."""
        pages = client("s3").get_paginator("list_parts").paginate(Bucket=self.bucket, Key=key, UploadId=upload_id)
        return {
            part["PartNumber"]: StoredPart(part["ETag"], part.get("ChecksumSHA256"))
            for page in pages
            for part in page.get("Parts", [])
        }

    def put_part(self, key: str, upload_id: str, number: int, content: bytes, checksum: str) -> StoredPart:
        """Send a part; one with the same number is replaced."""
        answer = client("s3").upload_part(
            Bucket=self.bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=content, ChecksumSHA256=checksum
        )
        return StoredPart(answer["ETag"], checksum)

    def complete(self, key: str, upload_id: str, parts: Mapping[int, StoredPart]) -> None:
        """Make the object of its parts, unless something lies there."""
        listed: list[CompletedPartTypeDef] = [
            {"PartNumber": number, "ETag": part.etag, "ChecksumSHA256": part.checksum or ""}
            for number, part in sorted(parts.items())
        ]
        with _unless_there():
            client("s3").complete_multipart_upload(
                Bucket=self.bucket, Key=key, UploadId=upload_id, MultipartUpload={"Parts": listed}, IfNoneMatch="*"
            )

    def put(self, key: str, content: bytes, checksum: str) -> None:
        """Send a small file as a whole, unless something lies there."""
        with _unless_there():
            client("s3").put_object(
                Bucket=self.bucket,
                Key=key,
                Body=content,
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=checksum,
                IfNoneMatch="*",
            )

    def replace(self, key: str, content: bytes, checksum: str) -> None:
        """Send a small file as the new version of one that lies there."""
        client("s3").put_object(
            Bucket=self.bucket, Key=key, Body=content, ChecksumAlgorithm="SHA256", ChecksumSHA256=checksum
        )


@contextmanager
def _unless_there() -> Iterator[None]:
    """Another process, or our own call whose answer got lost, has put the object there: the last check compares it."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] != "PreconditionFailed":
            raise
