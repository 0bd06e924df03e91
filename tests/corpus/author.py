"""Writes the letters of a corpus about a population, with the truth about each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from sozialakte.intake.letter import Destination
from sozialakte.intake.model import Code, NamedBy
from tests.corpus import clues
from tests.corpus.population import Population
from tests.corpus.templates import Template, fill, templates
from tests.demo.people import Person

MONEY = ("bill", "reminder", "medical", "employer", "landlord", "insurer")
"""Kinds that belong to economic assistance where somebody has several dossiers."""
ABOUT_PEOPLE = (*MONEY, "decision", "kesb", "other")

Clue = Callable[[Template, Person, Random], str]
CERTAIN_CLUES: Sequence[Clue] = (clues.with_ahv, clues.with_birth_date)
SOME_CLUES: Sequence[Clue] = (*CERTAIN_CLUES, clues.with_address)


@dataclass(frozen=True)
class CorpusLetter:
    """A letter and what a careful person would make of it.

    ``dossier``: it can be assigned, to this one. Without one a person must decide, or it goes to ``destination``.
    ``sender``: who wrote it. ``comes_again``: the sender's number stands in a later letter too.
    """

    kind: str
    text: str
    case: str = ""
    dossier: str | None = None
    destination: Destination | None = None
    codes: tuple[Code, ...] = ()
    named: tuple[str, NamedBy] | None = None
    sender: str = ""
    comes_again: bool = False


@dataclass(frozen=True)
class Author:
    """Writes letters about a population."""

    people: Population
    random: Random

    def letter(
        self,
        kind: str,
        person: Person,
        about: str | Clue = "",
        *,
        refs: str = "",
        template: Template | None = None,
        mention: str = "",
        **blanks: str,
    ) -> CorpusLetter:
        """The letter; ``about`` is the line about the person, or the way to write it."""
        template = template or self.template(kind)
        line = about if isinstance(about, str) else about(template, person, self.random)
        filled = {"about": line, "refs": refs or self.number(template), "mention": mention, **blanks}
        text = fill(template, person, filled, self.random)
        return CorpusLetter(kind, text, sender=template.sender or person.name)

    def template(self, kind: str, *, private: bool = False) -> Template:
        """A wording of the kind."""
        fitting = [template for template in templates(kind) if template.private is private]
        return self.random.choice(fitting)

    def number(self, template: Template) -> str:
        """A number of the sender's for the person."""
        return clues.number_of_theirs(template, str(self.random.randrange(10**7, 10**8)))

    def about_client(self, clue: Clue, kinds_of: Sequence[str] = ABOUT_PEOPLE) -> CorpusLetter:
        """An ordinary letter about a client with one dossier."""
        person = self.random.choice(self.people.plain)
        return self.to(person, self.letter(self.random.choice(kinds_of), person, clue))

    def to(self, person: Person, letter: CorpusLetter) -> CorpusLetter:
        """The letter belongs to the person's dossier."""
        return replace(letter, dossier=self.people.dossier_of(person))
