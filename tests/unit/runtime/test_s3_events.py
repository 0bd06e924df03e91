"""What S3 announces is understood exactly, whatever the scanner called its file."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.runtime.s3_events import new_objects, notification_of

BUCKET = "scans"


def notification(**object_fields: str) -> dict[str, object]:
    record = {
        "eventSource": "aws:s3",
        "eventName": "ObjectCreated:Put",
        "s3": {"bucket": {"name": BUCKET}, "object": {"key": "a.pdf", "versionId": "v1", **object_fields}},
    }
    return {"Records": [record]}


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), st.text("abcXYZ0123.-_", min_size=1))
def test_any_key_survives_the_way_through_a_notification(key: str, version_id: str) -> None:
    body = json.loads(notification_of(BUCKET, key, version_id))

    assert list(new_objects(body, BUCKET)) == [(key, version_id)]


@pytest.mark.parametrize(
    ("travelling", "key"),
    [
        ("Stapel+1.pdf", "Stapel 1.pdf"),
        ("2026/M%C3%BCller+%2B+S%C3%B6hne.pdf", "2026/Müller + Söhne.pdf"),
        ("a%2Bb.pdf", "a+b.pdf"),
        ("100%25.pdf", "100%.pdf"),
    ],
)
def test_keys_arrive_form_encoded(travelling: str, key: str) -> None:
    assert list(new_objects(notification(key=travelling), BUCKET)) == [(key, "v1")]


def test_the_test_event_announces_nothing() -> None:
    assert not list(new_objects({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": BUCKET}, BUCKET))


def test_every_record_of_a_notification_counts() -> None:
    first, second = notification(key="a.pdf"), notification(key="b.pdf")
    body = {"Records": [*_records(first), *_records(second)]}

    assert [key for key, _ in new_objects(body, BUCKET)] == ["a.pdf", "b.pdf"]


def _records(body: Mapping[str, object]) -> list[object]:
    records = body["Records"]
    assert isinstance(records, list)
    return records


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"Records": []}, id="no records"),
        pytest.param({"Records": "x"}, id="records of another form"),
        pytest.param({"type": "intake.read-pages", "version": 1}, id="a message of ours"),
        pytest.param({"Event": "s3:SomethingElse"}, id="another event"),
        pytest.param(json.loads(notification_of("elsewhere", "a.pdf", "v1")), id="another bucket"),
        pytest.param(
            {"Records": [{**json.loads(notification_of(BUCKET, "a", "v"))["Records"][0], "eventName": "x"}]},
            id="no creation",
        ),
    ],
)
def test_anything_else_is_refused(body: Mapping[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 # the rule is that it is refused, the words are pydantic's
        list(new_objects(body, BUCKET))


def test_an_object_without_version_is_refused() -> None:
    body = notification()
    json_body = json.loads(json.dumps(body).replace('"versionId"', '"other"'))

    with pytest.raises(ValueError, match="versionId"):
        list(new_objects(json_body, BUCKET))
