"""What lies in the bank bucket.

| what | key | written by |
|---|---|---|
| the order book of a run, once | ``orders/<run_id>.jsonl`` | advance_run |
| which of its orders did not go out, once | ``orders/<run_id>-dropped.jsonl`` | advance_run |
| a file for the bank, once | ``out/<message_id>.xml`` | advance_run, import-emergency |
| what lay there before an emergency file took its place | ``replaced/<message_id>-<sha256>.xml`` | import-emergency |
| what lay there and is not to go out | ``replaced/<message_id>-withdrawn.xml`` | withdraw |
| all that is to be paid, for an emergency | ``state/<instant>.jsonl`` | export_state |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from botocore.exceptions import ClientError

from sozialakte.runtime.aws import client

_GONE = frozenset({"NoSuchKey", "404"})
_STATE = "state/"


def orders_key(run_id: str) -> str:
    """Where the order book of a run lies."""
    return f"orders/{run_id}.jsonl"


def dropped_key(run_id: str) -> str:
    """Where it stands which orders of a run did not go out."""
    return f"orders/{run_id}-dropped.jsonl"


def out_key(message_id: str) -> str:
    """Where a file for the bank lies."""
    return f"out/{message_id}.xml"


def replaced_key(message_id: str, digest: str) -> str:
    """Where a file for the bank lies that another one took the place of."""
    return f"replaced/{message_id}-{digest}.xml"


def withdrawn_key(message_id: str) -> str:
    """Where a file for the bank lies that was taken away before anybody carried it there."""
    return f"replaced/{message_id}-withdrawn.xml"


def state_key(at: datetime) -> str:
    """Where the state of a moment lies; the keys sort by time."""
    return f"{_STATE}{at.astimezone(UTC):%Y%m%dT%H%M%S%fZ}.jsonl"


@dataclass(frozen=True)
class BankFiles:
    """The bank bucket."""

    bucket: str

    def keep_first(self, key: str, body: bytes) -> bytes:
        """Put a file unless there is one already; what lies there then."""
        try:
            client("s3").put_object(Bucket=self.bucket, Key=key, Body=body, IfNoneMatch="*")
        except ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
            return self.get(key)
        return body

    def put(self, key: str, body: bytes) -> None:
        """Put a file, over another if there is one; the older version stays behind it."""
        client("s3").put_object(Bucket=self.bucket, Key=key, Body=body)

    def get(self, key: str) -> bytes:
        """A file. Raises ``ClientError``: its key says it is there."""
        return client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def find(self, key: str) -> bytes | None:
        """A file, None if there is none."""
        try:
            return self.get(key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return None
            raise

    def written(self, message_id: str) -> bytes | None:
        """The file for the bank of this id, also if it was taken away; None if there never was one."""
        found = self.find(out_key(message_id))
        return self.find(withdrawn_key(message_id)) if found is None else found

    def take_away(self, message_id: str) -> None:
        """From now on nobody carries this file to the bank. It is kept; again: nothing."""
        body = self.find(out_key(message_id))
        if body is not None:
            self.put(withdrawn_key(message_id), body)
            client("s3").delete_object(Bucket=self.bucket, Key=out_key(message_id))

    def newest_state(self) -> tuple[str, bytes] | None:
        """The newest state and its key, None if none was ever written."""
        pages = client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=_STATE)
        keys = [one["Key"] for page in pages for one in page.get("Contents", [])]
        return (max(keys), self.get(max(keys))) if keys else None
