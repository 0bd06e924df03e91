"""The tests' DynamoDB takes no row that Amazon's would refuse for the key of an index."""

from __future__ import annotations

import pytest

from sozialakte.runtime.dynamo import Table
from tests.aws import PAYMENTS, local_aws


def test_a_number_where_an_index_has_a_text_is_found() -> None:
    with pytest.raises(AssertionError, match="LEDGER received"), local_aws():
        Table(PAYMENTS).put({"pk": "LEDGER", "sk": "2026-11", "received": 3})
