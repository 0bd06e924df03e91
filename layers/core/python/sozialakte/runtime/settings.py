"""Typed settings: a frozen dataclass per function, read from the environment when first needed.

    @dataclass(frozen=True)
    class Settings:
        intake_table: str                # from INTAKE_TABLE
        stuck_after_minutes: int = 60    # from STUCK_AFTER_MINUTES, or the default

    settings = read_settings(Settings)

Reading takes microseconds, so nothing is cached: a test that sets the environment needs no reset.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, TypeVar, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


class SettingsError(RuntimeError):
    """The environment lacks a variable or holds one of the wrong form. Names variables, never their values."""


def read_settings(wanted: type[T], environment: Mapping[str, str] | None = None) -> T:
    """An instance of the dataclass, each field from the variable of its name in capitals.

    Fields are ``str`` or ``int``. Raises ``SettingsError`` that lists every missing or wrong variable at once.
    """
    found = os.environ if environment is None else environment
    hints = get_type_hints(wanted)
    values: dict[str, str | int] = {}
    wrong: list[str] = []
    for field in fields(wanted):
        variable = field.name.upper()
        text = found.get(variable, "")
        if text == "" and field.default is not MISSING:
            continue
        if text == "" or not _fits(text, hints[field.name]):
            wrong.append(variable)
            continue
        values[field.name] = int(text) if hints[field.name] is int else text
    if wrong:
        raise SettingsError(f"missing or wrong in the environment: {', '.join(wrong)}")
    return wanted(**values)


def _fits(text: str, kind: object) -> bool:
    if kind is str:
        return True
    if kind is int:
        return text.removeprefix("-").isdecimal()
    raise TypeError(f"settings hold str and int, not {kind}")
