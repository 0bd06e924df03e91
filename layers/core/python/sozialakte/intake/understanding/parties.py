"""The people at the ends of a letter: who writes it privately, whom it is addressed to, who is billed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from rapidfuzz import fuzz

from sozialakte.intake.understanding.address_lines import find_address
from sozialakte.intake.understanding.addressee import Addressee
from sozialakte.intake.understanding.bill_parties import BillParties
from sozialakte.intake.understanding.letter_parts import LetterParts
from sozialakte.intake.understanding.letter_text import lines_of
from sozialakte.intake.understanding.name_readings import PersonName, read_name
from sozialakte.intake.understanding.offices import office_in
from sozialakte.intake.understanding.people_named import NamedPerson, Part
from sozialakte.intake.understanding.people_words import DEGREES, TITLES, is_noun, is_organisation
from sozialakte.shared.names import fold

_PAYABLE_BY = re.compile(r"(?im)^(?:zahlbar durch|payable par|pagabile da)(?: \(name/adresse\))?\W*$")
_CARE_OF = re.compile(r"(?i)^(?:c ?/ ?o|p\. ?a\.)\b")
_AND = re.compile(r" (?:und|&|\+|et) ")
_LINES_OF_PARTY = 5
_MISREAD = 80  # per cent alike


def private_sender(sender: str | None, parts: LetterParts) -> tuple[NamedPerson, ...]:
    """Who writes the letter, if it is a person and no firm, office or practice."""
    others = [line for line in (*parts.back, *parts.top) if line != sender]
    if set(fold(sender or "").split()) & DEGREES or office_in(others) or is_organisation(fold(" ".join(others))):
        return ()
    written = _people([sender or "", *(parts.back or parts.top)], Part.SENDER, among=1)
    signed = _people(parts.closing, Part.SENDER, among=2)
    return tuple(replace(person, names=_with_signature(person, signed)) for person in written)


def _with_signature(person: NamedPerson, signed: Sequence[NamedPerson]) -> tuple[PersonName, ...]:
    """The name under the letter too, if it is nearly the one above it: one of them may be misread."""
    more = (name for other in signed for name in other.names if _nearly(person.names[0], other.names[0]))
    return tuple(dict.fromkeys((*person.names, *more)))


def _nearly(one: PersonName, other: PersonName) -> bool:
    return fuzz.ratio(f"{one.given} {one.family}", f"{other.given} {other.family}") >= _MISREAD


def people_addressed(addressee: Addressee) -> tuple[NamedPerson, ...]:
    """To whom the letter is addressed: at home, or in the care of an office; an office's own staff are mentioned."""
    lines = addressee.lines
    cared_for = any(_CARE_OF.match(line) for line in lines)
    people = _people([line for line in lines if not _CARE_OF.match(line)], Part.ADDRESSEE)
    if addressee.office is None or cared_for:
        return people
    return tuple(replace(person, part=Part.MENTIONED, relation="zuhanden") for person in people)


def debtors(bills: Sequence[BillParties], text: str) -> Iterator[NamedPerson]:
    """Who is billed, from the codes; without one from the printed payment part."""
    for bill in bills:
        street, code, town = bill.debtor_street, bill.debtor_postal_code, bill.debtor_town
        for person in _people([bill.debtor or ""], Part.DEBTOR):
            yield replace(person, page=bill.page, street=street, postal_code=code, town=town)
    printed = None if bills else _PAYABLE_BY.search(text)
    if printed:
        yield from _people(lines_of(text[printed.end() :])[:_LINES_OF_PARTY], Part.DEBTOR)


def _people(lines: Sequence[str], part: Part, *, among: int = _LINES_OF_PARTY) -> tuple[NamedPerson, ...]:
    """The first line (``among`` so many) that is a name or two names and the names right below, with their address."""
    named = list(takewhile(bool, dropwhile(lambda names: not names, map(_names_in, lines[:among]))))
    home = find_address("\n".join(lines[_end_of_names(lines, among) :]))
    person = NamedPerson(part, (), street=home.street, postal_code=home.postal_code, town=home.town)
    return tuple(replace(person, names=read_name(words)) for names in named for words in names)


def _end_of_names(lines: Sequence[str], among: int) -> int:
    """The first line below the names."""
    named = [bool(_names_in(line)) for line in lines[:among]]
    start = named.index(True) if any(named) else 0
    return start + len(list(takewhile(bool, named[start:])))


def _names_in(line: str) -> list[list[str]]:
    """The words of each name: "Peter und Anna Muster" are two Musters. Nothing if the line is no name."""
    halves = [[word for word in half.split() if fold(word) not in TITLES | DEGREES] for half in _AND.split(line)]
    if len(halves) == 2 and len(halves[0]) == 1:
        halves[0] += halves[1][-1:]
    return halves if not is_organisation(fold(line)) and all(map(_is_name, halves)) else []


def _is_name(words: Sequence[str]) -> bool:
    """Two to five capitalised words, particles in small letters between them, and none that is a noun."""
    return (
        2 <= len(words) <= 5
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
        and all(word.replace("-", "").replace("'", "").replace(".", "").isalpha() for word in words)
        and not any(is_noun(fold(word)) for word in words)
    )
