"""Letters as a mailroom gets them (`example_letters.yaml`), and what is understood of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.letter_contents import LetterContents, read_letter
from sozialakte.intake.understanding.people_named import NamedPerson, Part


class Example(TypedDict, total=False):
    """A letter and what a careful reader takes from it; what is left out is not asked."""

    name: str
    text: str
    kind: str
    sender: str
    written_on: date
    deadline: date
    urgent: bool
    office: str
    about: list[str]
    not_about: list[str]
    references: list[str]


EXAMPLES: list[Example] = yaml.safe_load(Path(__file__).with_name("example_letters.yaml").read_text(encoding="utf-8"))


def read(text: str) -> LetterContents:
    return read_letter([PageReading(1, text, TextSource.OCR)], date(2026, 11, 18))


def names(people: list[NamedPerson]) -> set[str]:
    """Every reading of every name, family name first."""
    return {f"{name.family} {name.given}" for person in people for name in person.names}


def about(contents: LetterContents) -> list[NamedPerson]:
    """The subjects; of a letter that names none, whom it is from or to."""
    subjects = [person for person in contents.people if person.part is Part.SUBJECT]
    ends = [person for person in contents.people if person.part in {Part.SENDER, Part.ADDRESSEE}]
    return subjects or ends


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
class TestExample:
    def test_the_facts_are_those_a_reader_finds(self, example: Example) -> None:
        contents = read(example["text"])
        facts = contents.facts
        understood = {
            "kind": facts.kind,
            "sender": facts.sender,
            "written_on": facts.written_on,
            "deadline": facts.deadline,
            "urgent": facts.urgent,
            "office": contents.addressee.office,
        }

        asked = understood.keys() & example.keys()
        assert {fact: understood[fact] for fact in asked} == {fact: dict(example)[fact] for fact in asked}

    def test_a_deadline_is_told_only_where_there_is_one(self, example: Example) -> None:
        facts = read(example["text"]).facts

        assert facts.deadline is None or facts.written_on is None or facts.deadline >= facts.written_on

    def test_the_letter_is_about_those_it_is_about(self, example: Example) -> None:
        contents = read(example["text"])
        everybody = names(list(contents.people))

        assert set(example.get("about", [])) <= names(about(contents))
        assert len(about(contents)) >= len(example.get("about", []))
        assert set(example.get("not_about", [])) <= everybody - names(about(contents))

    def test_the_references_are_the_senders_numbers(self, example: Example) -> None:
        found = [f"{reference.label} {reference.value}" for reference in read(example["text"]).references]

        assert found == example.get("references", found)


def test_nobody_else_is_taken_for_the_subject() -> None:
    asked = [example for example in EXAMPLES if "about" in example]
    extra = [
        (example["name"], person.names[0])
        for example in asked
        for person in about(read(example["text"]))
        if person.names and not names([person]) & set(example["about"])
    ]

    assert extra == []


def test_every_kind_has_several_examples() -> None:
    kinds = [example["kind"] for example in EXAMPLES]

    assert min(kinds.count(kind) for kind in set(kinds)) >= 2
    assert len(set(kinds)) == 11
