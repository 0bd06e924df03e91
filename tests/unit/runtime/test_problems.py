"""Problem details: stable types, German words, no values of the request."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from sozialakte.runtime.problems import ProblemError, field_problem, fields_of, invalid_request, problem_of
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import CATALOGUES, say

SOURCES = [*Path("functions").rglob("*.py"), *Path("layers/core/python/sozialakte").rglob("*.py")]


def codes_of_problems() -> Iterator[str]:
    """Every code that stands as second argument of a ``ProblemError`` (or first of ``_conflict``) in the code."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                index = {"ProblemError": 1, "_conflict": 0}.get(node.func.id)
                if index is not None and isinstance(node.args[index], ast.Constant):
                    yield str(ast.literal_eval(node.args[index]))


def test_every_problem_has_its_title_and_detail_in_every_language() -> None:
    codes = set(codes_of_problems())

    assert len(codes) > 10
    for catalogue in CATALOGUES.values():
        for code in codes:
            assert {f"problem.{code}", f"problem.{code}.detail"} <= set(catalogue)


def test_every_problem_in_the_catalogue_is_used() -> None:
    texts = {code for code in CATALOGUES["de"] if code.startswith("problem.")}
    codes = {code.removeprefix("problem.").removesuffix(".detail") for code in texts}

    assert codes - set(codes_of_problems()) == set()


def test_problem_says_what_rfc_9457_wants_and_the_number_to_ask_with() -> None:
    error = ProblemError(HTTPStatus.CONFLICT, "letter_changed", params={"by": "ma-101"}, facts={"version": 4})

    assert problem_of(error, "r-1").model_dump(exclude_none=True) == {
        "type": "urn:sozialakte:problem:letter_changed",
        "title": "Inzwischen geändert",
        "status": 409,
        "detail": "Der Brief wurde inzwischen von ma-101 bearbeitet. Bitte neu laden.",
        "request_id": "r-1",
        "version": 4,
    }


def test_wrong_fields_are_told_without_their_values() -> None:
    error = {"loc": ("body", "dossier", 0, "id"), "type": "string_pattern_mismatch", "input": "Anna", "msg": "Anna"}

    (field,) = fields_of([error])

    assert (field.place, field.field, field.code) == ("body", "dossier.0.id", "string_pattern_mismatch")
    assert field.detail == "Der Wert hat nicht die verlangte Form."
    assert "Anna" not in field.model_dump_json()


@pytest.mark.parametrize("code", ["missing", "extra_forbidden", "date_parsing", "json_invalid", "never heard of"])
def test_every_broken_rule_has_words(code: str) -> None:
    assert field_problem("query", "day", code).detail in CATALOGUES["de"].values()


def test_list_of_wrong_fields_is_part_of_the_answer() -> None:
    problem = problem_of(invalid_request([field_problem("query", "day", "missing")]), "r-1")

    assert problem.status == 422
    assert problem.errors is not None
    assert problem.errors[0].detail == say(Reason("field.missing"))
