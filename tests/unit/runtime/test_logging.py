"""Log lines: JSON, a constant event name, ids; never what an error message quotes."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from sozialakte.runtime.logging import describe, logger


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_event_is_a_line_of_json_with_its_ids_and_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    logger.bind(function_request_id="r-1")
    logger.info("letter_filed", letter_id="abc-0001-0002")

    (line,) = lines(capsys)
    assert (line["level"], line["message"], line["letter_id"]) == ("INFO", "letter_filed", "abc-0001-0002")
    assert line["function_request_id"] == "r-1"
    assert str(line["location"]).startswith("test_event_is_a_line")


def test_ids_of_the_invocation_before_are_gone(capsys: pytest.CaptureFixture[str]) -> None:
    logger.bind(function_request_id="r-1", letter_id="old")
    logger.bind(function_request_id="r-2")
    logger.warning("access_refused")

    (line,) = lines(capsys)
    assert "letter_id" not in line
    assert line["function_request_id"] == "r-2"


def test_error_is_told_by_type_and_place_not_by_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    logger.bind(function_request_id="r-1")
    try:
        raise KeyError("Anna Beispiel, 756.1234.5678.97")  # noqa: TRY301 (a message that quotes its input)
    except KeyError as error:
        logger.error("letter_failed", error, letter_id="abc")

    text = capsys.readouterr().out
    assert json.loads(text)["error"] == "KeyError"
    assert "test_logging.py" in text
    assert "Beispiel" not in text
    assert "756" not in text


def test_errors_of_aws_are_told_by_their_code() -> None:
    error = ClientError({"Error": {"Code": "AccessDenied", "Message": "user Anna may not"}}, "PutItem")

    assert describe(error)["error_code"] == "AccessDenied"
    assert "Anna" not in str(describe(error))


@pytest.mark.parametrize("key", ["name", "msg", "args", "levelname", "module", "message", "timestamp"])
def test_no_key_breaks_the_log(capsys: pytest.CaptureFixture[str], key: str) -> None:
    logger.bind(function_request_id="r-1")
    logger.info("something", **{key: "x"})

    assert lines(capsys)[0]["redacted_keys"] == [key]
