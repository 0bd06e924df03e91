"""Cursors of real lists: only the list that gave a cursor takes it back."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.runtime.cursors import from_cursor, to_cursor
from sozialakte.runtime.dynamo import InvalidCursorError, Key, Query, Table
from tests.aws import INTAKE

REQUEST = Query(Key("pk").eq("a")).request(INTAKE)
LAST_KEY = {"pk": {"S": "a"}, "sk": {"S": "7"}}


def made_by_hand(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def test_list_takes_its_own_cursor_back() -> None:
    assert from_cursor(REQUEST, to_cursor(REQUEST, {"pk": {"S": "a"}, "sk": {"S": "7"}})) == LAST_KEY


def test_longer_pages_do_not_make_cursors_worthless() -> None:
    cursor = to_cursor(REQUEST | {"Limit": 50}, {"pk": {"S": "a"}, "sk": {"S": "7"}})

    assert from_cursor(REQUEST | {"Limit": 100}, cursor) == LAST_KEY


def test_other_lists_refuse_it() -> None:
    cursor = to_cursor(REQUEST, {"pk": {"S": "a"}, "sk": {"S": "7"}})
    others = [
        Query(Key("pk").eq("b")).request(INTAKE),
        Query(Key("pk").eq("a") & Key("sk").begins_with("x")).request(INTAKE),
        Query(Key("pk").eq("a"), index="by_state").request(INTAKE),
        Query(Key("pk").eq("a"), newest_first=True).request(INTAKE),
        Query(Key("pk").eq("a")).request("another"),
    ]

    for request in others:
        with pytest.raises(InvalidCursorError):
            from_cursor(request, cursor)


def test_keys_that_are_no_texts_are_refused() -> None:
    name = json.loads(base64.b64decode(to_cursor(REQUEST, {}) + "=="))["list"]

    wrong: list[object] = [{"pk": 5}, {"pk": {"S": "a"}}, {"pk": None}, [], None, "a"]
    for after in wrong:
        with pytest.raises(InvalidCursorError):
            from_cursor(REQUEST, made_by_hand({"list": name, "after": after}))


@given(st.text())
def test_no_text_is_more_than_an_invalid_cursor(text: str) -> None:
    with pytest.raises(InvalidCursorError):
        from_cursor(REQUEST, text)


@pytest.mark.usefixtures("aws")
def test_forged_cursor_reads_no_other_partition() -> None:
    table = Table(INTAKE)
    for partition in "ab":
        for number in range(5):
            table.put_new({"pk": partition, "sk": str(number)})
    query = Query(Key("pk").eq("a"))
    forged = to_cursor(query.request(INTAKE), {"pk": {"S": "b"}, "sk": {"S": "1"}})

    page = table.query_page(query, 5, forged)

    assert {item["pk"] for item in page.items} <= {"a"}
