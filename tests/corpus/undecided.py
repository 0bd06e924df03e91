"""Letters no machine may assign: nobody, several people, or somebody else is meant; and post for other offices."""

from __future__ import annotations

from dataclasses import replace

from sozialakte.intake.letter import Destination
from tests.corpus import clues, mentions
from tests.corpus.author import ABOUT_PEOPLE, CERTAIN_CLUES, SOME_CLUES, Author, CorpusLetter
from tests.corpus.population import stranger
from tests.corpus.templates import OTHERS, templates


def name_only(author: Author) -> list[CorpusLetter]:
    """A name is not enough: others are called so."""
    person = author.random.choice([*author.people.plain, *author.people.namesakes[0]])
    return [author.letter(author.random.choice(ABOUT_PEOPLE), person, clues.with_name)]


def namesakes(author: Author) -> list[CorpusLetter]:
    """Two clients have this name, and nothing says which one."""
    person = author.random.choice(author.random.choice(author.people.namesakes))
    return [author.letter(author.random.choice(ABOUT_PEOPLE), person, clues.with_name)]


def either_twin(author: Author) -> list[CorpusLetter]:
    """Family name and birth date of twins."""
    twin = author.random.choice(author.random.choice(author.people.twins))
    about = f"{twin.title} {twin.last}, geb. {twin.born:%d.%m.%Y}"
    template = author.template(author.random.choice(["medical", "insurer", "decision"]))
    nameless = replace(twin, first=f"{twin.title}", last=twin.last)
    return [author.letter(template.kind, nameless, about, template=template)]


def two_clients(author: Author) -> list[CorpusLetter]:
    """About two clients with a dossier each."""
    one, other = author.random.sample(author.people.plain, 2)
    template = author.template(author.random.choice(ABOUT_PEOPLE))
    about = "\n".join(clues.with_birth_date(template, person, author.random) for person in (one, other))
    return [author.letter(template.kind, one, about, template=template)]


def several_of_one(author: Author) -> list[CorpusLetter]:
    """A person with two dossiers, and a kind that may belong into either."""
    person, _, _ = author.random.choice(author.people.wards)
    kind = author.random.choice(["decision", "other"])
    return [author.letter(kind, person, author.random.choice(CERTAIN_CLUES))]


def nobody(author: Author) -> list[CorpusLetter]:
    """About somebody who is no client."""
    person = stranger(author.people, author.random)
    return [author.letter(author.random.choice(ABOUT_PEOPLE), person, author.random.choice(SOME_CLUES))]


def namesake_of_client(author: Author) -> list[CorpusLetter]:
    """About somebody who is no client but is called like one."""
    person = stranger(author.people, author.random, like=author.random.choice(author.people.plain))
    return [author.letter(author.random.choice(ABOUT_PEOPLE), person, author.random.choice(SOME_CLUES))]


def nobody_and_a_client(author: Author) -> list[CorpusLetter]:
    """About somebody who is no client; a client is mentioned, with number or birth date even."""
    person = stranger(author.people, author.random)
    mention = mentions.certain(author.random.choice(author.people.plain), author.random)
    clue = author.random.choice([*SOME_CLUES, clues.with_name])
    return [author.letter(author.random.choice(ABOUT_PEOPLE), person, clue, mention=mention)]


def named_client_and_another(author: Author) -> list[CorpusLetter]:
    """About a client by name alone; another client is mentioned with what the register knows."""
    person, other = author.random.sample(author.people.plain, 2)
    mention = mentions.certain(other, author.random)
    return [author.letter(author.random.choice(ABOUT_PEOPLE), person, clues.with_name, mention=mention)]


def closed_dossier(author: Author) -> list[CorpusLetter]:
    """About somebody whose dossier is closed."""
    person = author.random.choice(author.people.closed)
    return [author.letter(author.random.choice(ABOUT_PEOPLE), person, author.random.choice(SOME_CLUES))]


def list_of_people(author: Author) -> list[CorpusLetter]:
    """An employer or a landlord writes about many."""
    people = author.random.sample(author.people.plain, author.random.randint(3, 14))
    template = author.template(author.random.choice(["employer", "landlord"]))
    about = "\n".join(f"{person.name}  {person.ahv_shown}" for person in people)
    return [author.letter(template.kind, people[0], about, template=template)]


def bill_of_nobody(author: Author) -> list[CorpusLetter]:
    """A bill whose debtor is called like a client and lives elsewhere."""
    person = stranger(author.people, author.random, like=author.random.choice(author.people.plain))
    letter = author.letter("bill", person, clues.with_name, template=author.random.choice(templates("bill")))
    return [replace(letter, codes=(clues.bill_code(person, author.random),))]


def new_case(author: Author) -> list[CorpusLetter]:
    """Somebody who is no client applies for assistance."""
    person = stranger(author.people, author.random)
    template = author.random.choice(templates("application"))
    clue = "" if template.private else author.random.choice(SOME_CLUES)
    return [replace(author.letter("application", person, clue, template=template), destination=Destination.NEW_CASE)]


def other_office(author: Author) -> list[CorpusLetter]:
    """Addressed to another office, about whomever."""
    person = author.random.choice([author.random.choice(author.people.plain), stranger(author.people, author.random)])
    office = author.random.choice(OTHERS)
    template = author.template(author.random.choice(["insurer", "employer", "landlord", "other"]))
    clue = author.random.choice(SOME_CLUES)
    letter = author.letter(template.kind, person, clue, template=template, me=office, window=office)
    return [replace(letter, destination=Destination.OTHER_OFFICE)]


def job_application(author: Author) -> list[CorpusLetter]:
    """Somebody wants to work for us."""
    person = stranger(author.people, author.random)
    template = author.random.choice(templates("job_application"))
    letter = author.letter("job_application", person, template=template)
    return [replace(letter, destination=Destination.JOB_APPLICATIONS)]
