"""The intake's files in S3.

| what | bucket: key | written by |
|---|---|---|
| a scanned batch or its manifest | scans: the scanner's own key | scanning centre; we add a tag once it is settled |
| the same, of old dossiers | backfile: folder and name on disk | `sozialakte upload`; as above |
| a letter as cut | letters: ``letters/<letter_id>/original.pdf`` | split_batch; rows name the exact version |
| a letter to read and search | letters: ``letters/<letter_id>/searchable.pdf`` | read_pages |
| what was read, by chunk | letters: ``letters/<letter_id>/reading-<chunk>.json`` | read_pages |
| pictures of pages, for people | letters: ``letters/<letter_id>/page-<number>-<turn>.jpg`` | serve_desk |
| separators and blanks, kept aside | letters: ``batches/<batch_id>/set-aside.pdf`` | split_batch |
| a file of which more than pages would be lost | letters: ``batches/<batch_id>/upload.pdf`` | split_batch |
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sozialakte.intake.batch import Upload
from sozialakte.intake.letter import StoredObject
from sozialakte.intake.model import Lane
from sozialakte.intake.upload_pairs import Arrival, stem_of
from sozialakte.runtime.aws import client

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, TaggingTypeDef

GONE = frozenset({"NoSuchKey", "NoSuchVersion"})
READ_BLOCK = 1 << 20  # bytes held in memory while a file is streamed to disk
PDF, JPEG = "application/pdf", "image/jpeg"
SETTLED_TAG: TaggingTypeDef = {"TagSet": [{"Key": "settled", "Value": "yes"}]}


class UploadGoneError(LookupError):
    """The upload's version does not exist (any more): nothing can be read."""


@dataclass(frozen=True)
class FetchedUpload:
    """An upload on disk, with what S3 knows about it."""

    path: Path
    size: int
    sha256: str
    received_at: datetime


class IntakeFiles:
    """Reads uploads and keeps letters. ``scans``, ``letters`` and ``backfile`` are bucket names."""

    def __init__(self, scans: str, letters: str, backfile: str = "") -> None:
        self.scans = scans
        self.letters = letters
        self.backfile = backfile

    def bucket_of(self, lane: Lane) -> str:
        """Where the uploads of a lane lie."""
        return self.backfile if lane is Lane.BACKFILE else self.scans

    def fetch_upload(self, upload: Upload, path: Path) -> FetchedUpload:
        """Stream exactly this version of the upload to ``path``. Raises `UploadGoneError`."""
        answer = self._open_upload(upload)
        _save(answer["Body"], path)
        return FetchedUpload(path, path.stat().st_size, sha256_of(path), answer["LastModified"])

    def read_upload(self, upload: Upload, most: int) -> bytes:
        """A small upload; at most ``most`` bytes of it. Raises `UploadGoneError`."""
        return self._open_upload(upload)["Body"].read(most)

    def fetch(self, stored: StoredObject, path: Path) -> None:
        """Stream one exact version of a letter's file to ``path``."""
        answer = client("s3").get_object(Bucket=self.letters, Key=stored.key, VersionId=stored.version_id)
        _save(answer["Body"], path)

    def fetch_latest(self, key: str, path: Path) -> None:
        """Stream the newest version of a file that is not a record (a searchable part) to ``path``."""
        path.write_bytes(self.read(key))

    def read(self, key: str) -> bytes:
        """A small file of ours."""
        return client("s3").get_object(Bucket=self.letters, Key=key)["Body"].read()

    def read_if_there(self, key: str) -> bytes | None:
        """A small file of ours; None if it is gone."""
        try:
            return self.read(key)
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return None
            raise

    def keep_once(self, key: str, path: Path) -> tuple[StoredObject, str]:
        """Put a record into the letters bucket unless it lies there; its exact version and SHA-256 (hex).

        A process that died after the put finds its own file again, so a record never has a second version.
        """
        digest = sha256_of(path)
        try:
            version_id = self._put(key, path, digest, IfNoneMatch="*")
        except ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
            return self._present(key)
        return StoredObject(key, version_id), digest

    def keep(self, key: str, path: Path) -> None:
        """Put a PDF that can be made again into the letters bucket."""
        self._put(key, path, sha256_of(path))

    def write(self, key: str, body: bytes) -> None:
        """Put a small JSON file into the letters bucket."""
        client("s3").put_object(Bucket=self.letters, Key=key, Body=body, ContentType="application/json")

    def keep_picture(self, key: str, body: bytes) -> None:
        """Put the picture of a page, which can be made again, into the letters bucket."""
        client("s3").put_object(Bucket=self.letters, Key=key, Body=body, ContentType=JPEG)

    def has(self, key: str) -> bool:
        """Whether a file lies in the letters bucket."""
        return client("s3").list_objects_v2(Bucket=self.letters, Prefix=key, MaxKeys=1)["KeyCount"] > 0

    def settle(self, upload: Upload) -> None:
        """Let the transport copy expire by the bucket's lifecycle rule; an upload without this tag stays for ever.

        One that is gone already needs no rule: failing would stop the table's stream for everybody.
        """
        try:
            client("s3").put_object_tagging(
                Bucket=self.bucket_of(upload.lane),
                Key=upload.key,
                VersionId=upload.version_id,
                Tagging=SETTLED_TAG,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in GONE:
                raise

    def uploads(self, prefix: str = "", lane: Lane = Lane.DAILY) -> Iterator[Arrival]:
        """Every upload version of a lane whose key begins so."""
        bucket = self.bucket_of(lane)
        pages = client("s3").get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix)
        for page in pages:
            for version in page.get("Versions", []):
                upload = Upload(version["Key"], version["VersionId"], lane)
                yield Arrival(upload, version["Size"], version["LastModified"])

    def beside(self, upload: Upload) -> list[Arrival]:
        """Every version of every upload of the same name but for the ending: a batch and its manifests."""
        stem = stem_of(upload.key)
        prefix = upload.key[: len(stem) + 1]  # with the dot: "1" has to find "1.csv", and not "10.csv" to "19.csv"
        return [found for found in self.uploads(prefix, upload.lane) if stem_of(found.upload.key) == stem]

    def _open_upload(self, upload: Upload) -> GetObjectOutputTypeDef:
        try:
            bucket = self.bucket_of(upload.lane)
            return client("s3").get_object(Bucket=bucket, Key=upload.key, VersionId=upload.version_id)
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                raise UploadGoneError(upload.upload_id) from error
            raise

    def _put(self, key: str, path: Path, digest: str, **condition: str) -> str:
        with path.open("rb") as body:
            answer = client("s3").put_object(
                Bucket=self.letters,
                Key=key,
                Body=body,
                ContentType=PDF,
                ChecksumSHA256=_base64(digest),
                Metadata={"sha256": digest},
                **condition,  # type: ignore[arg-type]  # the stubs want literals
            )
        return answer["VersionId"]

    def _present(self, key: str) -> tuple[StoredObject, str]:
        head = client("s3").head_object(Bucket=self.letters, Key=key)
        return StoredObject(key, head["VersionId"]), head["Metadata"]["sha256"]


def _save(body: StreamingBody, path: Path) -> None:
    with path.open("wb") as file:
        for block in body.iter_chunks(READ_BLOCK):
            file.write(block)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hex, without holding it in memory."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()
