"""The samples in ``events/`` are the contract: every message has one, and each is exactly what we read and write."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from sozialakte.shared.messages import Message
from tests.contract.message_schemas import EVENTS, message_types, sample_file, schema_file, schema_text

TYPES = message_types()
# Fields that came after their message was first sent. We always write them; a body without them is still understood,
# because during a deployment the queue holds messages of the version before. What they have no default for breaks that.
CAME_LATER: dict[str, dict[str, object]] = {
    "dossiers.document-filed": {"filing_version": 0, "moved_by": None},
    "dossiers.file-document": {
        "written_on": None,
        "sender": None,
        "subject": None,
        "urgent": False,
        "deadline": None,
        "unread_pages": (),
        "notes": (),
        "section": None,
        "for_inbox": True,
        "asked_by": "intake",
    },
}
every_message = pytest.mark.parametrize("type_name", sorted(TYPES))


def sample(type_name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(sample_file(type_name).read_text(encoding="utf-8"))
    return found


def validator(type_name: str) -> Draft202012Validator:
    schema = json.loads(schema_file(type_name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def test_every_message_has_a_sample_and_every_sample_a_message() -> None:
    samples = {
        path for path in EVENTS.glob("*/*.v[0-9].json") if "schema" not in path.name and path.parent.name != "aws"
    }

    assert samples == {sample_file(name) for name in TYPES}
    assert set(EVENTS.glob("*/*.schema.json")) == {schema_file(name) for name in TYPES}


def test_every_type_names_its_context() -> None:
    assert {name: message.__module__ for name, message in TYPES.items()} == {
        name: f"sozialakte.{name.split('.')[0]}.messages" for name in TYPES
    }


@every_message
def test_a_sample_is_read_and_written_unchanged(type_name: str) -> None:
    assert json.loads(TYPES[type_name].parse(sample(type_name)).to_json()) == sample(type_name)


@every_message
def test_a_sample_matches_its_schema(type_name: str) -> None:
    validator(type_name).validate(sample(type_name))


@every_message
def test_the_committed_schema_is_the_one_of_the_code(type_name: str) -> None:
    committed = schema_file(type_name).read_text(encoding="utf-8")

    assert committed == schema_text(TYPES[type_name]), "run: python -m tests.contract.message_schemas"


def changes(type_name: str) -> list[dict[str, object]]:
    """The sample with another type, another version, one field more, and each field missing that was always there."""
    good = sample(type_name)
    always = good.keys() - CAME_LATER.get(type_name, {}).keys()
    less = [{name: value for name, value in good.items() if name != missing} for missing in sorted(always)]
    return [good | {"type": "somebody.elses"}, good | {"version": 99}, good | {"more": 1}, *less]


@every_message
def test_code_and_schema_refuse_the_same(type_name: str) -> None:
    for body in changes(type_name):
        with pytest.raises(ValueError):  # noqa: PT011 # that it is refused is the rule, the words are pydantic's
            TYPES[type_name].parse(body)
        with pytest.raises(ValidationError):
            validator(type_name).validate(body)


@pytest.mark.parametrize("type_name", CAME_LATER)
def test_a_message_of_the_version_before_is_understood_but_no_longer_written(type_name: str) -> None:
    later = CAME_LATER[type_name]
    before = {name: value for name, value in sample(type_name).items() if name not in later}

    understood = TYPES[type_name].parse(before)

    assert {name: getattr(understood, name) for name in later} == later
    with pytest.raises(ValidationError):
        validator(type_name).validate(before)


@pytest.mark.parametrize("body", [{}, {"type": "intake.read-pages"}, {"version": 1}, {"type": None, "version": None}])
def test_no_message_takes_an_empty_body(body: dict[str, object]) -> None:
    for message in TYPES.values():
        with pytest.raises(ValueError):  # noqa: PT011 # as above
            message.parse(body)


@every_message
def test_no_message_is_mistaken_for_another(type_name: str) -> None:
    others: list[type[Message]] = [message for name, message in TYPES.items() if name != type_name]

    for other in others:
        with pytest.raises(ValueError):  # noqa: PT011 # as above
            other.parse(sample(type_name))
