"""A corpus: seeded letters about a seeded population, each with its truth, as a scan of it would be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.corpus import assignable, undecided
from tests.corpus.author import Author, CorpusLetter
from tests.corpus.noise import RATES, misread
from tests.corpus.population import Population, populate

Case = Callable[[Author], list[CorpusLetter]]

# How often each case comes: about the mix of a mailroom's day, with more of what is difficult.
MIX: Mapping[Case, int] = {
    assignable.ahv_number: 13,
    assignable.birth_date: 12,
    assignable.address: 8,
    assignable.dossier_number: 7,
    assignable.bill_debtor: 7,
    assignable.known_reference: 4,
    assignable.printed_code: 4,
    assignable.private_letter: 4,
    assignable.maiden_name: 4,
    assignable.namesake_told_apart: 4,
    assignable.twin_told_apart: 3,
    assignable.couple: 3,
    assignable.child: 4,
    assignable.ward: 5,
    assignable.client_and_somebody_else: 5,
    assignable.application_of_client: 2,
    undecided.name_only: 3,
    undecided.namesakes: 2,
    undecided.either_twin: 1,
    undecided.two_clients: 3,
    undecided.several_of_one: 2,
    undecided.nobody: 3,
    undecided.namesake_of_client: 4,
    undecided.nobody_and_a_client: 4,
    undecided.named_client_and_another: 3,
    undecided.closed_dossier: 2,
    undecided.list_of_people: 2,
    undecided.bill_of_nobody: 2,
    undecided.new_case: 3,
    undecided.other_office: 3,
    undecided.job_application: 3,
}
QUALITY = {"clean": 5, "good": 35, "poor": 10}
"""How often scans come in which quality; see `noise.RATES`."""


@dataclass(frozen=True)
class Corpus:
    """The people and the letters about them, in the order in which they come."""

    people: Population
    letters: list[CorpusLetter]


def corpus(seed: int, size: int) -> Corpus:
    """At least ``size`` letters. The same seed gives the same corpus."""
    people, random = populate(seed), Random(seed + 1)
    author = Author(people, random)
    letters: list[CorpusLetter] = []
    while len(letters) < size:
        case = random.choices(list(MIX), weights=list(MIX.values()))[0]
        letters.extend(_scanned(replace(letter, case=letter.case or case.__name__), random) for letter in case(author))
    return Corpus(people, letters)


def _scanned(letter: CorpusLetter, random: Random) -> CorpusLetter:
    quality = random.choices(list(QUALITY), weights=list(QUALITY.values()))[0]
    return replace(letter, text=misread(letter.text, RATES[quality], random))
