"""Letters a careful person could assign: each case is a way of telling whose letter it is."""

from __future__ import annotations

from dataclasses import replace

from sozialakte.intake.model import NamedBy
from tests.corpus import clues, mentions
from tests.corpus.author import ABOUT_PEOPLE, CERTAIN_CLUES, MONEY, SOME_CLUES, Author, CorpusLetter
from tests.corpus.templates import templates


def ahv_number(author: Author) -> list[CorpusLetter]:
    """The AHV number stands beside the name."""
    return [author.about_client(clues.with_ahv)]


def birth_date(author: Author) -> list[CorpusLetter]:
    """Name and birth date."""
    return [author.about_client(clues.with_birth_date)]


def address(author: Author) -> list[CorpusLetter]:
    """Name and address."""
    return [author.about_client(clues.with_address)]


def dossier_number(author: Author) -> list[CorpusLetter]:
    """The sender repeats our number and writes the name."""
    person = author.random.choice(author.people.plain)
    refs = clues.number_of_ours(author.people.dossier_of(person), author.random)
    letter = author.letter(author.random.choice(ABOUT_PEOPLE), person, clues.with_name, refs=refs)
    return [author.to(person, letter)]


def bill_debtor(author: Author) -> list[CorpusLetter]:
    """The QR code of a bill names who has to pay it; sent to the client, who hands it in, or straight to us."""
    person = author.random.choice(author.people.plain)
    template = author.random.choice([template for template in templates("bill") if template.payment])
    window = f"{person.title}\n{person.name}\n{person.street}\n{person.postal_code} {person.town}"
    to_client = {"window": window} if author.random.random() < 0.5 else {}
    letter = author.letter("bill", person, clues.with_name, template=template, **to_client)
    return [replace(author.to(person, letter), codes=(clues.bill_code(person, author.random),))]


def known_reference(author: Author) -> list[CorpusLetter]:
    """Two letters with the same number of the sender's: the first one also tells the AHV number."""
    person = author.random.choice(author.people.plain)
    template = author.template(author.random.choice(["insurer", "landlord", "employer", "reminder"]))
    refs = author.number(template)
    first = author.letter(template.kind, person, clues.with_ahv, template=template, refs=refs)
    second = author.letter(template.kind, person, clues.with_name, template=template, refs=refs)
    return [replace(author.to(person, first), case="ahv_number", comes_again=True), author.to(person, second)]


def printed_code(author: Author) -> list[CorpusLetter]:
    """Our own label, reply slip or cover sheet; a cover needs the name in the letter."""
    person = author.random.choice(author.people.plain)
    letter = author.letter(author.random.choice(ABOUT_PEOPLE), person, clues.with_birth_date)
    by = author.random.choice([NamedBy.LABEL, NamedBy.REPLY, NamedBy.COVER])
    return [replace(author.to(person, letter), named=(author.people.dossier_of(person), by))]


def private_letter(author: Author) -> list[CorpusLetter]:
    """The client writes: name and address above, the name below."""
    person = author.random.choice(author.people.plain)
    return [author.to(person, author.letter("other", person, template=author.template("other", private=True)))]


def maiden_name(author: Author) -> list[CorpusLetter]:
    """A sender who still knows the name before the marriage."""
    person = author.random.choice(author.people.married)
    before = replace(person, last=author.people.former_names[person.person_id])
    letter = author.letter(author.random.choice(ABOUT_PEOPLE), before, author.random.choice(SOME_CLUES))
    return [author.to(person, letter)]


def namesake_told_apart(author: Author) -> list[CorpusLetter]:
    """Two clients have this name; number, birth date or address says which one."""
    person = author.random.choice(author.random.choice(author.people.namesakes))
    letter = author.letter(author.random.choice(ABOUT_PEOPLE), person, author.random.choice(SOME_CLUES))
    return [author.to(person, letter)]


def twin_told_apart(author: Author) -> list[CorpusLetter]:
    """Twins: the given name or the AHV number says which one."""
    person = author.random.choice(author.random.choice(author.people.twins))
    letter = author.letter(author.random.choice(ABOUT_PEOPLE), person, author.random.choice(CERTAIN_CLUES))
    return [author.to(person, letter)]


def couple(author: Author) -> list[CorpusLetter]:
    """About both of a couple, who share a dossier."""
    mother, father = author.random.choice(author.people.couples)
    partner = f"\n{clues.written(father, author.random)}, geb. {father.born:%d.%m.%Y}"
    template = author.template(author.random.choice(MONEY))
    about = clues.with_birth_date(template, mother, author.random) + partner
    return [author.to(mother, author.letter(template.kind, mother, about, template=template))]


def child(author: Author) -> list[CorpusLetter]:
    """A child in the family's dossier with one of its own: the authority's letters belong into that."""
    person, family, protection = author.random.choice(author.people.children)
    kind = author.random.choice(["kesb", "insurer", "bill", "medical"])
    letter = author.letter(kind, person, author.random.choice(CERTAIN_CLUES))
    return [replace(letter, dossier=protection.dossier_id if kind == "kesb" else family.dossier_id)]


def ward(author: Author) -> list[CorpusLetter]:
    """A person with assistance and a guardian: the kind of the letter decides."""
    person, assistance, protection = author.random.choice(author.people.wards)
    kind = author.random.choice(["kesb", *MONEY])
    letter = author.letter(kind, person, author.random.choice(CERTAIN_CLUES))
    return [replace(letter, dossier=protection.dossier_id if kind == "kesb" else assistance.dossier_id)]


def client_and_somebody_else(author: Author) -> list[CorpusLetter]:
    """About a client; another client is mentioned in it."""
    person, other = author.random.sample(author.people.plain, 2)
    mention = author.random.choice([mentions.certain, mentions.passing])(other, author.random)
    letter = author.letter(
        author.random.choice(ABOUT_PEOPLE), person, author.random.choice(CERTAIN_CLUES), mention=mention
    )
    return [author.to(person, letter)]


def application_of_client(author: Author) -> list[CorpusLetter]:
    """A client applies for something new."""
    person = author.random.choice(author.people.plain)
    template = author.random.choice(templates("application"))
    about = "" if template.private else author.random.choice(CERTAIN_CLUES)
    return [author.to(person, author.letter("application", person, about, template=template))]
