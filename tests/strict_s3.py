"""What S3 does and moto leaves out: it refuses a part that differs from its checksum, and tells the parts' checksums.

Beside that it cuts the connection where a test wants, and counts the bytes that took effect.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import Any
from unittest.mock import patch

import moto.s3.models
from moto.backends import get_backend

from sozialakte.runtime.aws import client
from tests.aws import ACCOUNT


class CutError(BaseException):
    """The process ended, or its connection. Nothing in the product may catch it."""


@dataclass(frozen=True)
class Cut:
    """Where a run ends: when a call would send byte number ``at_byte``, or at call ``at_call`` (from 1), ``after`` it
    took effect or before.
    """

    at_byte: int | None = None
    at_call: int | None = None
    after: bool = False


@dataclass
class StrictS3:
    """Watches every call to S3. ``arrived``: how often each part or whole object took effect, and ``bytes`` of all."""

    arrived: Counter[tuple[str, int]] = field(default_factory=Counter)
    bytes: int = 0
    _cut: Cut = field(default_factory=Cut)
    _calls: int = 0
    _sent: int = 0
    _dead: bool = False
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def cut_off(self, cut: Cut) -> Iterator[None]:
        """Work until the cut; every call behind it ends too."""
        self._cut, self._calls, self._sent, self._dead = cut, 0, 0, False
        try:
            yield
        except CutError:
            pass
        finally:
            self._cut, self._dead = Cut(), False

    def before(self, params: Mapping[str, object], context: dict[str, object], **_: object) -> None:
        """The call is about to be sent."""
        content = _content(params.get("body"))
        with self._lock:
            self._calls += 1
            number = context["number"] = self._calls
            self._sent += len(content)
            beyond = self._cut.at_byte is not None and self._sent > self._cut.at_byte
            self._dead = self._dead or beyond or (number == self._cut.at_call and not self._cut.after)
            if self._dead:
                raise CutError
        headers = params["headers"]
        asked = headers.get("x-amz-checksum-sha256") if isinstance(headers, Mapping) else None
        assert asked in (None, b64encode(sha256(content).digest()).decode()), "S3 would refuse this body"
        context["place"] = params["url_path"], params["query_string"], len(content)

    def after(self, model: object, parsed: dict[str, object], context: dict[str, Any], **_: object) -> None:
        """The call took effect."""
        operation = getattr(model, "name", "")
        path, query, size = context["place"]
        refused = "Error" in parsed
        with self._lock:
            if operation in {"UploadPart", "PutObject"} and not refused:
                self.arrived[str(path), int(dict(query).get("partNumber", 0))] += 1
                self.bytes += size
            if operation == "ListParts":
                _add_checksums(parsed)
            if context["number"] == self._cut.at_call or self._dead:
                self._dead = True
                raise CutError


@contextmanager
def strict_s3() -> Iterator[StrictS3]:
    """Parts may be as small as a test likes."""
    strict = StrictS3()
    events = client("s3").meta.events
    with patch.object(moto.s3.models, "S3_UPLOAD_PART_MIN_SIZE", 1):
        events.register("before-call.s3", strict.before)
        events.register("after-call.s3", strict.after)
        yield strict
        events.unregister("before-call.s3", strict.before)
        events.unregister("after-call.s3", strict.after)


def _content(body: object) -> bytes:
    if isinstance(body, (bytes, bytearray)):
        return bytes(body)
    return body.getvalue() if isinstance(body, BytesIO) else b""


def _add_checksums(parsed: dict[str, Any]) -> None:
    parts = parsed.get("Parts", [])
    bucket = get_backend("s3")[ACCOUNT]["aws"].buckets[parsed["Bucket"]]
    for part in parts:
        content = bucket.multiparts[parsed["UploadId"]].parts[part["PartNumber"]].value
        part["ChecksumSHA256"] = b64encode(sha256(content).digest()).decode()
