"""S3's notifications of new objects, as they arrive on a queue, both ways."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import quote_plus, unquote_plus

from pydantic import Field

from sozialakte.shared.messages import UnknownMessageError
from sozialakte.shared.model import Model


class _Object(Model):
    key: str
    version_id: str = Field(alias="versionId")


class _Bucket(Model):
    name: str


class _S3(Model):
    bucket: _Bucket
    object: _Object


class _Record(Model):
    event_source: str = Field(alias="eventSource", pattern="^aws:s3$")
    event_name: str = Field(alias="eventName", pattern="^ObjectCreated:")
    s3: _S3


class _Notification(Model):
    records: list[_Record] = Field(alias="Records", min_length=1)


def new_objects(body: Mapping[str, object], bucket: str) -> Iterator[tuple[str, str]]:
    """Key and version id of every object of a bucket the notification announces. Raises as `objects_in`."""
    for _, key, version_id in objects_in(body, {bucket}):
        yield key, version_id


def objects_in(body: Mapping[str, object], buckets: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Bucket, key and version id of every object the notification announces.

    S3 sends one test event when the notification is set up; it announces nothing. Keys travel form-encoded (a space
    is ``+``). Raises pydantic's ``ValidationError`` or `UnknownMessageError` (another bucket) for anything else.
    """
    if body.get("Event") == "s3:TestEvent":
        return
    for record in _Notification.model_validate(body).records:
        if record.s3.bucket.name not in buckets:
            raise UnknownMessageError("a notification of another bucket")
        yield record.s3.bucket.name, unquote_plus(record.s3.object.key), record.s3.object.version_id


def notification_of(bucket: str, key: str, version_id: str) -> str:
    """The notification S3 would send for this object version."""
    record = {
        "eventSource": "aws:s3",
        "eventName": "ObjectCreated:Reconciled",
        "s3": {"bucket": {"name": bucket}, "object": {"key": quote_plus(key, safe="/"), "versionId": version_id}},
    }
    return json.dumps({"Records": [record]})
