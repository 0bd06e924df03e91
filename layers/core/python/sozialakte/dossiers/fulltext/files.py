"""The indexes in S3: what can be made again at any time, in a bucket of its own that is not locked.

| what | bucket: key | how |
|---|---|---|
| the index of a dossier | fulltext: ``dossiers/<dossier_id>.sqlite`` | written only over the version that was read |
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sozialakte.dossiers.fulltext.page_index import IndexUnusableError
from sozialakte.runtime.aws import client

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetObjectRequestTypeDef

LARGEST = 128 << 20  # bytes; an index of 600 pages has three million
_BLOCK = 1 << 20
_UNCHANGED = frozenset({"304", "NotModified"})
_GONE = frozenset({"NoSuchKey", "404"})
_OVERTAKEN = frozenset({"PreconditionFailed", "ConditionalRequestConflict", *_GONE})


@dataclass(frozen=True)
class Version:
    """A version of an index by its ETag; ``is_new``: it was fetched, because the one at hand is another."""

    etag: str
    is_new: bool = True


class IndexFiles:
    """The fulltext bucket."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def fetch(self, dossier_id: str, path: Path, at_hand: str | None = None) -> Version | None:
        """Stream a dossier's index to ``path`` unless its ETag is ``at_hand``; None: there is none.

        Raises `IndexUnusableError` for one that is larger than any index of ours.
        """
        request: GetObjectRequestTypeDef = {"Bucket": self.bucket, "Key": key_of(dossier_id)}
        if at_hand:
            request["IfNoneMatch"] = at_hand
        try:
            answer = client("s3").get_object(**request)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if at_hand and code in _UNCHANGED:
                return Version(at_hand, is_new=False)
            if code in _GONE:
                return None
            raise
        if answer["ContentLength"] > LARGEST:
            raise IndexUnusableError(dossier_id)
        with path.open("wb") as file:
            for block in answer["Body"].iter_chunks(_BLOCK):
                file.write(block)
        return Version(answer["ETag"])

    def etag_of(self, dossier_id: str) -> str | None:
        """Of the index as it lies there, usable or not."""
        try:
            return client("s3").head_object(Bucket=self.bucket, Key=key_of(dossier_id))["ETag"]
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return None
            raise

    def store(self, dossier_id: str, path: Path, over: str | None) -> bool:
        """Put an index over the version with this ETag, or where there is none; False if somebody was faster."""
        condition = {"IfMatch": over} if over else {"IfNoneMatch": "*"}
        try:
            with path.open("rb") as body:
                client("s3").put_object(Bucket=self.bucket, Key=key_of(dossier_id), Body=body, **condition)  # type: ignore[arg-type]  # the stubs want literals
        except ClientError as error:
            if error.response["Error"]["Code"] not in _OVERTAKEN:
                raise
            return False
        return True


def key_of(dossier_id: str) -> str:
    """Where a dossier's index lies."""
    return f"dossiers/{dossier_id}.sqlite"
