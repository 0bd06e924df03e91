"""Our reading of DynamoDB's answers gives what botocore's gives, whatever an item holds."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache

import pytest
from botocore.model import OperationModel
from botocore.parsers import JSONParser, ResponseParser
from botocore.session import get_session
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.runtime.quick_answers import QuickAnswers

NUMBERS = st.integers().map(str)
BYTES = st.binary(max_size=8).map(lambda raw: base64.b64encode(raw).decode())
SCALARS = st.one_of(
    st.builds(lambda text: {"S": text}, st.text(max_size=8)),
    st.builds(lambda number: {"N": number}, NUMBERS),
    st.builds(lambda raw: {"B": raw}, BYTES),
    st.builds(lambda yes: {"BOOL": yes}, st.booleans()),
    st.just({"NULL": True}),
    st.builds(lambda members: {"SS": members}, st.lists(st.text(max_size=4), max_size=3)),
    st.builds(lambda members: {"NS": members}, st.lists(NUMBERS, max_size=3)),
    st.builds(lambda members: {"BS": members}, st.lists(BYTES, max_size=3)),
)
ATTRIBUTES: st.SearchStrategy[Mapping[str, object]] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.builds(lambda entries: {"L": entries}, st.lists(inner, max_size=3)),
        st.builds(lambda entries: {"M": entries}, st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    ),
    max_leaves=12,
)
ITEMS = st.dictionaries(st.text(min_size=1, max_size=6), ATTRIBUTES, max_size=4)


@cache
def operation(name: str) -> OperationModel:
    return get_session().get_service_model("dynamodb").operation_model(name)


def read(parser: ResponseParser, name: str, body: object, status: int = 200) -> object:
    response = {"headers": {}, "body": json.dumps(body).encode(), "status_code": status}
    shape = operation(name).output_shape
    assert shape is not None
    return parser.parse(response, shape)


def both(name: str, body: object, status: int = 200) -> tuple[object, object]:
    return read(QuickAnswers().create_parser("json"), name, body, status), read(JSONParser(), name, body, status)


@given(st.lists(ITEMS, max_size=3), ITEMS)
def test_a_page_of_a_query_is_read_alike(items: list[dict[str, object]], last: dict[str, object]) -> None:
    ours, botocores = both("Query", {"Items": items, "LastEvaluatedKey": last, "Count": len(items)})

    assert ours == botocores


@given(ITEMS)
def test_one_item_and_many_by_key_are_read_alike(item: dict[str, object]) -> None:
    keys = {"t": {"Keys": [item]}}

    for ours, botocores in (
        both("GetItem", {"Item": item}),
        both("BatchGetItem", {"Responses": {"t": [item]}, "UnprocessedKeys": keys}),
        both("UpdateItem", {"Attributes": item, "ConsumedCapacity": {"TableName": "t", "CapacityUnits": 0.5}}),
    ):
        assert ours == botocores


@given(ITEMS)
def test_a_refusal_with_the_row_that_stands_there_is_read_alike(item: dict[str, object]) -> None:
    kind = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException"
    reasons = [{"Code": "ConditionalCheckFailed", "Item": item}, {"Code": "None"}]

    ours, botocores = both("TransactWriteItems", {"__type": kind, "CancellationReasons": reasons}, status=400)

    assert ours == botocores


@pytest.mark.parametrize("protocol", ["rest-xml", "rest-json", "query"])
def test_other_protocols_stay_botocores(protocol: str) -> None:
    assert type(QuickAnswers().create_parser(protocol)).__module__ == "botocore.parsers"
