"""The lists of sealed days in S3, beside the table: who changes one of the two cannot change both unseen.

| what | key | how |
|---|---|---|
| a sealed day: its seal, key and digest of each entry | seals, ``<day>/<head>.json`` | governance lock |
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date

from botocore.exceptions import ClientError

from sozialakte.audit.chain import DaySeal, Line
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.aws import client

_LIST = re.compile(r"(\d{4}-\d{2}-\d{2})/([0-9a-f]{64})\.json")


class SealFiles:
    """The seals bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def keep(self, seal: DaySeal, lines: Sequence[Line]) -> None:
        """Write the list of a sealed day; the same again is the same file."""
        listed = [[line.key, line.digest] for line in lines]
        content = {**adapter(DaySeal).dump_python(seal, mode="json"), "lines": listed}
        body = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
        client("s3").put_object(Bucket=self._bucket, Key=_key(seal), Body=body, ContentType="application/json")

    def find_lines(self, seal: DaySeal) -> tuple[Line, ...] | None:
        """The entries listed under this seal; None if the file is gone or is no such list."""
        try:
            body = client("s3").get_object(Bucket=self._bucket, Key=_key(seal))["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            return None
        try:
            return tuple(Line(str(key), str(digest)) for key, digest in json.loads(body)["lines"])
        # somebody wrote something else there: no JSON, no list, no pairs
        except (ValueError, KeyError, TypeError):
            return None

    def days(self, first: date, last: date) -> Iterator[tuple[date, str]]:
        """Day and head of every list that was ever written for these days, both included, in order.

        Also of one that is deleted: the lock keeps its versions, but a delete marker would hide it from a list of keys.
        """
        pages = client("s3").get_paginator("list_object_versions").paginate(Bucket=self._bucket)
        listed = sorted({version["Key"] for page in pages for version in page.get("Versions", [])})
        keys = map(_LIST.fullmatch, listed)
        found = ((date.fromisoformat(key[1]), key[2]) for key in keys if key)
        return ((day, head) for day, head in found if first <= day <= last)


def _key(seal: DaySeal) -> str:
    return f"{seal.day.isoformat()}/{seal.head}.json"
