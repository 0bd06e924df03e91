"""What is handed over and receipted, in S3.

| what | bucket: key | written by |
|---|---|---|
| a letter's original and its searchable copy | letters: the keys the document names | intake; read here |
| a bundle | partner: ``out/<sequence>-<bundle_id>/{document,searchable}.pdf``, last ``bundle.json`` | export_document |
| a receipt | partner: ``receipts/<sequence>-<bundle_id>.json`` | the partner |

What the partner has accepted gets the tag ``settled=yes`` and expires by the bucket's rule; all else stays.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from botocore.exceptions import ClientError

from sozialakte.runtime.aws import client

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetObjectRequestTypeDef, TaggingTypeDef

READ_BLOCK = 1 << 20  # bytes held in memory while a file is streamed to disk
PDF, JSON = "application/pdf", "application/json"
GONE = frozenset({"NoSuchKey", "NoSuchVersion"})
SETTLED_TAG: TaggingTypeDef = {"TagSet": [{"Key": "settled", "Value": "yes"}]}


class ReceiptGoneError(LookupError):
    """The receipt's version does not exist any more."""


@dataclass(frozen=True)
class Fetched:
    """Which version of a letter's file lies on disk now, with its SHA-256 (hex) and size in bytes."""

    version_id: str
    sha256: str
    size: int


class HandoverFiles:
    """Reads the ``letters`` bucket and works on the ``partner`` bucket."""

    def __init__(self, letters: str, partner: str) -> None:
        self.letters = letters
        self.partner = partner

    def fetch(self, key: str, version_id: str | None, path: Path) -> Fetched:
        """Stream a letter's file to ``path``: one version, or the newest."""
        request: GetObjectRequestTypeDef = {"Bucket": self.letters, "Key": key}
        if version_id:
            request["VersionId"] = version_id
        answer = client("s3").get_object(**request)
        digest = sha256()
        with path.open("wb") as file:
            for block in answer["Body"].iter_chunks(READ_BLOCK):
                digest.update(block)
                file.write(block)
        return Fetched(answer["VersionId"], digest.hexdigest(), path.stat().st_size)

    def put_file(self, key: str, path: Path, digest: str, *, anew: bool) -> None:
        """Put a PDF into the partner's bucket; if not ``anew``, what lies there already (our own) stays."""
        with path.open("rb") as body:
            self._put(key, body, PDF, digest, anew=anew)

    def put_json(self, key: str, body: str, digest: str, *, anew: bool) -> None:
        """Put ``bundle.json`` into the partner's bucket, as `put_file` does."""
        self._put(key, body.encode(), JSON, digest, anew=anew)

    def read_receipt(self, key: str, version_id: str, most: int) -> bytes:
        """At most ``most`` bytes of a receipt. Raises `ReceiptGoneError`."""
        try:
            answer = client("s3").get_object(Bucket=self.partner, Key=key, VersionId=version_id)
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                raise ReceiptGoneError(version_id) from error
            raise
        return answer["Body"].read(most)

    def settle(self, key: str) -> None:
        """Let a file of an accepted bundle expire; one that is gone needs no rule."""
        try:
            client("s3").put_object_tagging(Bucket=self.partner, Key=key, Tagging=SETTLED_TAG)
        except ClientError as error:
            if error.response["Error"]["Code"] not in GONE:
                raise

    def _put(self, key: str, body: IO[bytes] | bytes, media_type: str, digest: str, *, anew: bool) -> None:
        condition = {} if anew else {"IfNoneMatch": "*"}
        checksum = b64encode(bytes.fromhex(digest)).decode()
        try:
            client("s3").put_object(
                Bucket=self.partner,
                Key=key,
                Body=body,
                ContentType=media_type,
                ChecksumSHA256=checksum,
                **condition,  # type: ignore[arg-type]  # the stubs want literals
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
