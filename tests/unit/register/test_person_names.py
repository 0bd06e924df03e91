"""Which names are a person's, and that whoever's name fits is found under a key."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sozialakte.register import NameAsked, NameFit, Person, fit_of_name
from sozialakte.register.feed_fields import MAX_FORMER_NAMES
from sozialakte.register.person_names import keys_asked, keys_of_person
from sozialakte.register.typo_keys import is_close, keys_sought, keys_to_find

EXACT, MISREAD, PART = NameFit.EXACT, NameFit.MISREAD, NameFit.PART
CHANGES_OF_A_TRANSACTION = 100
NAMES = st.text(st.sampled_from([*string.ascii_letters, *"äöüéçØ -'"]), min_size=1, max_size=24)
# What a scanner does to a letter it cannot tell from another.
MISREADINGS = (("O", "0"), ("l", "1"), ("l", "I"), ("I", "l"), ("i", "l"), ("S", "5"), ("B", "8"), ("m", "rn"),
               ("w", "vv"), ("ü", "ii"), ("ü", "u¨"), ("ö", "o"), ("ä", "ae"))  # fmt: skip


def person(family_name: str, given_names: str, *former: str) -> Person:
    """Somebody of this name."""
    return Person("P-000001", family_name, given_names, former_family_names=former)


def found(asked: NameAsked, somebody: Person) -> bool:
    """A key that is asked for leads to the person."""
    whole, parts = keys_asked(asked)
    return not set(keys_of_person(somebody)).isdisjoint((*whole, *parts))


@pytest.mark.parametrize(
    ("read", "known", "fit"),
    [
        (("Müller", "Hans"), ("Müller", "Hans"), EXACT),
        (("MUELLER", "hans"), ("Müller", "Hans"), EXACT),
        (("Muller", "Jurg"), ("Müller", "Jürg"), EXACT),
        (("Muller", "Juerg"), ("Mueller", "Jürg"), MISREAD),
        (("Mu¨ller", "J¨urg"), ("Müller", "Jürg"), EXACT),
        (("Saric", "Sime"), ("Šarić", "Šime"), EXACT),
        (("Müller Meier", "Anna"), ("Müller-Meier", "Anna"), EXACT),
        (("DAngelo", "Ugo"), ("D'Angelo", "Ugo"), EXACT),
        (("Müller", "Hans-Peter"), ("Müller", "Hanspeter"), EXACT),
        (("Müller", "Hanspeter"), ("Müller", "Hans Peter Rudolf"), EXACT),
        (("Müller", "Hans"), ("Müller", "Hans Peter"), EXACT),
        (("Müller", "Hans P."), ("Müller", "Hans Peter"), EXACT),
        (("Müller", "Anna Luisa"), ("Müller", "Anna Maria Luisa"), EXACT),
        (("MUIIer", "Hans"), ("Müller", "Hans"), MISREAD),
        (("Miiller", "Hans"), ("Müller", "Hans"), MISREAD),
        (("Herrnann", "Ida"), ("Hermann", "Ida"), MISREAD),
        (("R0th", "lda"), ("Roth", "Ida"), MISREAD),
        (("Roth", "Krirn"), ("Roth", "Krim"), MISREAD),
        (("Müller", "Anna"), ("Müller-Meier", "Anna"), PART),
        (("Müller-Meier", "Anna"), ("Meier", "Anna"), PART),
        (("Meier-Müller", "Anna"), ("Müller-Meier", "Anna"), PART),
        (("Arx", "Urs"), ("von Arx", "Urs"), PART),
        (("da Silva", "Rui"), ("da Silva Santos", "Rui"), PART),
        (("Müller", "Hans Rudolf"), ("Müller", "Hans Peter"), PART),
        (("Meyer", "Hans"), ("Meier", "Hans"), None),
        (("Müller", "Peter"), ("Müller", "Hans Peter"), None),
        (("Müller", "H."), ("Müller", "Hans"), None),
        (("Hans", "Müller"), ("Müller", "Hans"), None),
        (("Meier-Keller", "Anna"), ("Müller-Meier", "Anna"), None),
        (("von Gunten", "Urs"), ("von Arx", "Urs"), None),
        (("da Costa", "Rui"), ("da Silva Santos", "Rui"), None),
        (("", "Hans"), ("Müller", "Hans"), None),
        (("Müller", "***"), ("Müller", "Hans"), None),
        (("--", "Hans"), ("..", "Hans"), None),
    ],
)
def test_how_exactly_a_name_fits(read: tuple[str, str], known: tuple[str, str], fit: NameFit | None) -> None:
    asked, somebody = NameAsked(*read), person(*known)
    match = fit_of_name(asked, somebody)
    assert (match and match.fit) == fit
    assert match is None or not match.former
    assert fit is None or found(asked, somebody), "whose name fits is found by it"


def test_a_maiden_name_leads_to_the_person_and_says_so() -> None:
    anna = person("Meier", "Anna", "Keller", "Müller-Frei")
    for read, fit in {"Keller": EXACT, "Ke11er": MISREAD, "Müller": PART}.items():
        match = fit_of_name(NameAsked(read, "Anna"), anna)
        assert match is not None
        assert (match.fit, match.former) == (fit, True)
        assert found(NameAsked(read, "Anna"), anna)


def test_the_better_fit_counts_and_the_current_name_if_both_fit_as_well() -> None:
    match = fit_of_name(NameAsked("Müller", "Anna"), person("Müller-Meier", "Anna", "Müller"))
    assert match is not None
    assert (match.fit, match.former) == (EXACT, True)
    match = fit_of_name(NameAsked("Müller", "Anna"), person("Müller", "Anna", "Müller"))
    assert match is not None
    assert not match.former


def test_keys_do_not_show_names() -> None:
    assert all(set(key) <= set(string.hexdigits) and len(key) == 32 for key in keys_of_person(person("Müller", "Anna")))


def test_one_name_is_one_key() -> None:
    """A letter's names cost one key each, unless they are double."""
    assert len(keys_of_person(person("Müller", "Anna"))) == 1
    assert keys_asked(NameAsked("Müller", "Anna")) == (keys_of_person(person("Mueller", "Anna")), ())


@given(NAMES, NAMES)
def test_everybody_is_found_by_their_own_name(family_name: str, given_names: str) -> None:
    somebody, asked = person(family_name, given_names), NameAsked(family_name, given_names)
    assume(keys_of_person(somebody))
    match = fit_of_name(asked, somebody)
    assert match is not None
    assert match.fit is EXACT
    assert found(asked, somebody)


@given(
    st.sampled_from(["Bühlmann", "Odermatt", "Imgrüt", "Wüest", "Schmid", "Gisler", "Bossert", "Lötscher-Imhof"]),
    st.sampled_from(["Selina", "Jürg", "Wim", "Ossi", "Ida Maria", "Hans-Jörg"]),
    st.lists(st.sampled_from(MISREADINGS), max_size=4),
)
def test_whoever_is_misread_in_the_usual_ways_is_found(
    family_name: str, given_names: str, misread: list[tuple[str, str]]
) -> None:
    read = NameAsked(family_name, given_names)
    for right, wrong in misread:
        read = NameAsked(read.family_name.replace(right, wrong), read.given_names.replace(right, wrong))
    match = fit_of_name(read, person(family_name, given_names))
    assert match is not None
    assert match.fit in {EXACT, MISREAD}
    assert found(read, person(family_name, given_names))


@given(NAMES, NAMES, NAMES, NAMES, NAMES)
def test_whose_name_fits_is_found_by_it(
    family_name: str, given_names: str, former: str, read_family: str, read_given: str
) -> None:
    somebody = person(family_name, given_names, former)
    for asked in (
        NameAsked(read_family, read_given),
        NameAsked(f"{family_name}-{read_family}", given_names),
        NameAsked(former, f"{given_names} {read_given}"),
    ):
        assert fit_of_name(asked, somebody) is None or found(asked, somebody)


def test_a_person_can_be_saved_in_one_transaction_with_all_keys_coming_and_going() -> None:
    families = [f"Aa{letter} Bb{letter} Cc{letter} Dd{letter} Ee{letter}" for letter in "fghjkx"]
    assert len(families) == 1 + MAX_FORMER_NAMES
    keys = keys_of_person(person(families[0], "Hans Peter", *families[1:]))
    assert 1 + 2 * len(keys) <= CHANGES_OF_A_TRANSACTION


SPELT = {"ä": ("ä", "ae", "a"), "ö": ("ö", "oe", "o"), "ü": ("ü", "ue", "u")}
SPELLABLE = st.lists(st.sampled_from(["bär", "möss", "müll", "köb", "rütt", "hand", "zim"]), min_size=1, max_size=3)


@given(SPELLABLE, st.data())
def test_whoever_searches_finds_a_name_in_every_way_to_write_umlauts(parts: list[str], data: st.DataObject) -> None:
    def spelt() -> str:
        letters = (data.draw(st.sampled_from(SPELT.get(letter, (letter,)))) for letter in "".join(parts))
        return "".join(letters).capitalize()

    typed, known = spelt(), person(spelt(), "Hans")

    for name in (typed, f"Hans {typed}", f"{typed} Hans"):
        assert not set(keys_sought(name)).isdisjoint(keys_to_find(known))
        assert is_close(name, known)
