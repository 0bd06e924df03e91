"""A reader takes in a file at one sitting and a function at one look."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from statistics import median

from tests.architecture.sources import Source, product

LONGEST_FILE = 300
LONGEST_FUNCTION = 45
MEDIAN_FUNCTION = 10


def function_lengths(source: Source) -> Iterator[tuple[str, int]]:
    """Name and lines of every function, its documentation not counted."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            told = ast.get_docstring(node) is not None
            documentation = (first.end_lineno or 0) - first.lineno + 1 if told else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - documentation


def test_no_file_is_too_long() -> None:
    lengths = {source.module: len(source.text.splitlines()) for source in product() if not _is_catalogue(source)}

    assert {module: lines for module, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {f"{source.module}.{name}": lines for source in product() for name, lines in function_lengths(source)}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_most_functions_are_short() -> None:
    assert median(lines for source in product() for _, lines in function_lengths(source)) <= MEDIAN_FUNCTION


def _is_catalogue(source: Source) -> bool:
    """Texts by code are looked up, not read."""
    return source.parts[-1].startswith("texts_")
