"""A message is taken exactly as it is defined, or refused."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sozialakte.intake.messages import IdentifyLetter, ReadPages
from tests.builders import BATCH_ID

LETTER_ID = f"{BATCH_ID}-0001-0002"
READ = {"type": "intake.read-pages", "version": 1, "letter_id": LETTER_ID, "chunk": 0}


def test_a_message_travels_as_json_and_comes_back() -> None:
    message = ReadPages(letter_id=LETTER_ID, chunk=3)

    assert ReadPages.parse(json.loads(message.to_json())) == message


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"type": "intake.identify-letter"}, id="another type"),
        pytest.param({"version": 2}, id="another version"),
        pytest.param({"surprise": 1}, id="an extra field"),
        pytest.param({"chunk": -1}, id="a negative chunk"),
        pytest.param({"letter_id": "x"}, id="no letter id"),
        pytest.param({"letter_id": BATCH_ID + "-000\N{ARABIC-INDIC DIGIT ONE}-0002"}, id="digits of another script"),
        pytest.param({"letter_id": f"{LETTER_ID}\n"}, id="a line end"),
    ],
)
def test_what_does_not_fit_is_refused(change: Mapping[str, object]) -> None:
    with pytest.raises(ValidationError):
        ReadPages.parse({**READ, **change})


@pytest.mark.parametrize("missing", READ)
def test_nothing_may_be_missing_not_even_type_or_version(missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        ReadPages.parse({name: value for name, value in READ.items() if name != missing})


@given(st.text("0123456789abcdef", min_size=32, max_size=32), st.integers(1, 99999), st.integers(0, 99999))
def test_every_letter_id_can_be_sent(batch_id: str, first: int, chunk: int) -> None:
    letter_id = f"{batch_id}-{first:04d}-{first:04d}"

    assert ReadPages(letter_id=letter_id, chunk=chunk).letter_id == IdentifyLetter(letter_id=letter_id).letter_id
