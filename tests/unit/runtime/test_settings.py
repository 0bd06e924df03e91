"""Settings are complete and well-formed, or the function says at once what is missing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from sozialakte.runtime.settings import SettingsError, read_settings


@dataclass(frozen=True)
class Example:
    """Settings of a function."""

    intake_table: str
    scans_bucket: str
    stuck_after_minutes: int = 60


COMPLETE = {"INTAKE_TABLE": "intake", "SCANS_BUCKET": "scans"}


def test_each_field_comes_from_the_variable_of_its_name() -> None:
    assert read_settings(Example, COMPLETE | {"STUCK_AFTER_MINUTES": "5"}) == Example("intake", "scans", 5)


def test_defaults_stand_in_for_what_is_not_set() -> None:
    assert read_settings(Example, COMPLETE).stuck_after_minutes == 60
    assert read_settings(Example, COMPLETE | {"STUCK_AFTER_MINUTES": ""}).stuck_after_minutes == 60


def test_everything_that_is_missing_or_wrong_is_named_at_once_without_its_value() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(Example, {"SCANS_BUCKET": "", "STUCK_AFTER_MINUTES": "secret"})

    assert str(refused.value) == "missing or wrong in the environment: INTAKE_TABLE, SCANS_BUCKET, STUCK_AFTER_MINUTES"


def test_environment_is_read_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for table in ("one", "two"):
        monkeypatch.setenv("INTAKE_TABLE", table)
        monkeypatch.setenv("SCANS_BUCKET", "scans")
        assert read_settings(Example).intake_table == table


def test_settings_hold_texts_and_numbers_only() -> None:
    @dataclass(frozen=True)
    class Odd:
        intake_table: list[str]

    with pytest.raises(TypeError):
        read_settings(Odd, COMPLETE)
