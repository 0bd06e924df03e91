"""Every reason can be said, in Swiss German spelling, with the facts it has; and no text is there for nobody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from string import Formatter

import pytest

from sozialakte.shared.texts import CATALOGUES
from sozialakte.shared.texts_de import GERMAN
from tests.architecture.sources import Source, called_name, calls, core, functions

SOURCES = tuple(source for source in (*core(), *functions()) if not source.parts[-1].startswith("texts_"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def literal_reasons() -> Iterator[tuple[Source, str, ast.Call]]:
    """Every ``Reason("code", ...)`` whose code stands there."""
    for source in SOURCES:
        for call in calls(source.tree):
            match call:
                case ast.Call(args=[ast.Constant(value=str(code)), *_]) if called_name(call) == "Reason":
                    yield source, code, call


def literal_params(call: ast.Call) -> set[str] | None:
    """The names of the facts, None where they are put together elsewhere."""
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg == "params")]
    match given:
        case []:
            return set()
        case [ast.Dict(keys=keys)]:
            names = [key.value if isinstance(key, ast.Constant) else None for key in keys]
            return {str(name) for name in names} if None not in names else None
    return None


def said_codes() -> set[str]:
    """The codes in the source: whole, or put together (``f"fate.{fate}"`` says every code that fits)."""
    constants: set[str] = set()
    patterns: set[str] = set()
    for source in SOURCES:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add(_pattern(node))
    return {code for code in GERMAN if code in constants or any(re.fullmatch(one, code) for one in patterns)}


def _pattern(joined: ast.JoinedStr) -> str:
    parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[a-z0-9_]+" for v in joined.values]
    return "".join(parts) if "\\." in "".join(parts) else "(?!)"  # a pattern without a dot would fit anything


def test_every_reason_is_in_the_catalogue() -> None:
    missing = {f"{source.module}: {code}" for source, code, _ in literal_reasons() if code not in GERMAN}

    assert missing == set()


def test_every_text_is_used() -> None:
    assert set(GERMAN) - said_codes() == set()


def test_every_reason_brings_the_facts_its_text_needs() -> None:
    wrong = {
        f"{source.module}: {code} lacks {placeholders(GERMAN[code]) - params}"
        for source, code, call in literal_reasons()
        if (params := literal_params(call)) is not None and placeholders(GERMAN.get(code, "")) - params
    }

    assert wrong == set()


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_language_says_everything_with_the_same_facts(language: str) -> None:
    other = CATALOGUES[language]

    assert set(other) == set(GERMAN)
    assert _facts(other) == _facts(GERMAN)


def test_german_is_spelt_the_swiss_way() -> None:
    assert [code for code, text in GERMAN.items() if "ß" in text] == []


def test_texts_are_clean() -> None:
    assert [code for code, text in GERMAN.items() if not text or text != text.strip() or "  " in text] == []
    assert [code for code in GERMAN if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", code)] == []


def _facts(catalogue: Mapping[str, str]) -> dict[str, set[str]]:
    return {code: placeholders(text) for code, text in catalogue.items()}
