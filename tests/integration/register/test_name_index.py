"""Persons by name: who is found, with how many calls, and that no name leads to who does not bear it any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from sozialakte.register import (
    MAX_NAMES_ASKED,
    MAX_PERSONS_OF_NAME,
    NameAsked,
    NameFit,
    Person,
    RegisterStore,
    TooManyNamesError,
)
from sozialakte.register.typo_keys import keys_to_find
from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import WriteConflictError
from tests.aws import REGISTER, counted_calls, put_register, rows

pytestmark = pytest.mark.usefixtures("aws")

EXACT, MISREAD, PART = NameFit.EXACT, NameFit.MISREAD, NameFit.PART
ANNA = Person("P-000001", "Müller-Meier", "Anna Maria", former_family_names=("Keller",))
BEAT = Person("P-000002", "Müller", "Beat")
NAMESAKE = Person("P-000003", "Mueller", "Beat")
HANS = NameAsked("Müller", "Hans")


@pytest.fixture
def store() -> RegisterStore:
    """A register with three persons."""
    put_register(ANNA, BEAT, NAMESAKE)
    return RegisterStore(REGISTER)


def found(store: RegisterStore, family_name: str, given_names: str) -> list[tuple[str, NameFit, bool]]:
    """The answer for one name."""
    (answer,) = store.find_persons_by_names([NameAsked(family_name, given_names)])
    return [(match.person.person_id, match.fit, match.former) for match in answer.matches]


def names_and_bearers() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The keys that lead to somebody and to whom; and what they should be, by the persons stored."""
    leads: dict[str, set[str]] = {}
    should: dict[str, set[str]] = {}
    for row in rows(REGISTER):
        sort, _, identity = str(row["pk"]).partition("#")
        if sort == "name" and "persons" in row:
            leads[identity] = row["persons"]  # type: ignore[assignment]
        if sort == "person":
            person = RegisterStore(REGISTER).find_person(identity)
            assert person is not None
            for key in keys_to_find(person):
                should.setdefault(key, set()).add(identity)
    return leads, should


def test_people_are_found_by_every_name_they_bear(store: RegisterStore) -> None:
    assert found(store, "Müller-Meier", "Anna") == [("P-000001", EXACT, False)]
    assert found(store, "Mu¨ller-Meler", "Anna") == [("P-000001", MISREAD, False)]
    assert found(store, "Meier", "Anna Maria") == [("P-000001", PART, False)]
    assert found(store, "Keller", "Anna") == [("P-000001", EXACT, True)]
    assert found(store, "KeIIer", "Anna") == [("P-000001", MISREAD, True)]
    assert found(store, "Müller", "Carla") == found(store, "", "") == []


def test_namesakes_all_come_the_best_fit_first(store: RegisterStore) -> None:
    assert found(store, "Müller", "Beat") == [("P-000002", EXACT, False), ("P-000003", EXACT, False)]
    assert found(store, "Mueller", "Beat") == [("P-000002", EXACT, False), ("P-000003", EXACT, False)]
    assert found(store, "Muller", "Beat") == [("P-000002", EXACT, False), ("P-000003", MISREAD, False)]


def test_the_parts_of_a_double_name_count_only_if_nobody_has_the_whole_one(store: RegisterStore) -> None:
    put_register(Person("P-000004", "Meier", "Anna"))
    assert found(store, "Müller-Meier", "Anna") == [("P-000001", EXACT, False)]
    assert found(store, "Egli-Meier", "Anna") == [("P-000004", PART, False)]


def test_every_name_gets_its_answer_in_order(store: RegisterStore) -> None:
    names = [NameAsked("Nobody", "At All"), NameAsked("Müller", "Beat"), NameAsked("Nobody", "At All")]
    answers = store.find_persons_by_names(names)
    assert [answer.asked for answer in answers] == names
    assert [len(answer.matches) for answer in answers] == [0, 2, 0]


def test_a_letter_takes_two_calls_whatever_the_size_of_the_register(store: RegisterStore) -> None:
    names = [NameAsked("Müller", "Beat"), NameAsked("Keller", "Anna")]
    names += [NameAsked("Niemand", f"Vorname{letter}") for letter in "abcdefghijklmnopqr"]
    for size in (3, 150):
        put_register(*(Person(f"P-1{number:05d}", f"Niemand{number}", "Anna") for number in range(3, size)))
        with counted_calls() as calls:
            answers = store.find_persons_by_names(names)
        assert sum(len(answer.matches) for answer in answers) == 3
        assert calls == ["BatchGetItem", "BatchGetItem"]


def test_nobody_found_takes_one_call_and_nothing_asked_none(store: RegisterStore) -> None:
    with counted_calls() as calls:
        assert store.find_persons_by_names([]) == ()
        assert calls == []
        store.find_persons_by_names([NameAsked("Niemand", "Ida")])
    assert calls == ["BatchGetItem"]


def test_the_longest_question_has_an_end(store: RegisterStore) -> None:
    names = [NameAsked(f"Aa{number}x Bb{number}x Cc{number}x Dd", "Hans Peter") for number in range(MAX_NAMES_ASKED)]
    with counted_calls() as calls:
        store.find_persons_by_names(names)
    assert calls == ["BatchGetItem"] * 4
    with pytest.raises(TooManyNamesError):
        store.find_persons_by_names([*names, HANS])


def test_a_name_that_too_many_bear_says_so(store: RegisterStore) -> None:
    put_register(*(Person(f"P-1{number:05d}", "Müller", "Hans") for number in range(MAX_PERSONS_OF_NAME)))
    (answer,) = store.find_persons_by_names([HANS])
    assert (len(answer.matches), answer.too_many) == (MAX_PERSONS_OF_NAME, False)
    put_register(*(Person(f"P-2{number:05d}", "Müller", "Hans") for number in range(MAX_PERSONS_OF_NAME)))
    with counted_calls() as calls:
        (answer,) = store.find_persons_by_names([HANS])
    assert (len(answer.matches), answer.too_many) == (MAX_PERSONS_OF_NAME, True)
    assert calls == ["BatchGetItem", "BatchGetItem"]


def test_a_name_that_has_changed_leads_nowhere_any_more(store: RegisterStore) -> None:
    put_register(Person("P-000002", "Rossi", "Beat"))
    assert found(store, "Müller", "Beat") == [("P-000003", EXACT, False)]
    assert found(store, "Rossi", "Beat") == [("P-000002", EXACT, False)]
    put_register(Person("P-000003", "Rossi", "Beat"))
    assert found(store, "Müller", "Beat") == []
    leads, should = names_and_bearers()
    assert leads == should


def test_a_name_that_has_become_a_former_one_still_leads_there(store: RegisterStore) -> None:
    put_register(Person("P-000002", "Rossi", "Beat", former_family_names=("Müller",)))
    assert found(store, "Müller", "Beat") == [("P-000003", EXACT, False), ("P-000002", EXACT, True)]


def test_a_new_person_takes_one_call_a_changed_one_two() -> None:
    with counted_calls() as calls:
        put_register(Person("P-000009", "Egli", "Ida"))
        put_register(Person("P-000009", "Frei", "Ida"))
    assert calls == ["TransactWriteItems"] * 3


def test_saving_twice_is_saving_once() -> None:
    put_register(ANNA, BEAT, NAMESAKE)
    before = rows(REGISTER)
    for person in (ANNA, BEAT, NAMESAKE):
        put_register(person)
    assert rows(REGISTER) == before


@contextmanager
def meanwhile(change: Callable[[], None], times: int) -> Iterator[None]:
    """Another import writes just before each of the first so many writes of ours."""
    left = [times]

    def interfere(**_: object) -> None:
        if left[0]:
            left[0] -= 1
            events.unregister("before-call.dynamodb.TransactWriteItems", interfere)
            change()
            events.register("before-call.dynamodb.TransactWriteItems", interfere)

    events = client("dynamodb").meta.events
    events.register("before-call.dynamodb.TransactWriteItems", interfere)
    yield
    events.unregister("before-call.dynamodb.TransactWriteItems", interfere)


@pytest.mark.parametrize("times", [1, 2])
def test_two_imports_at_once_leave_no_name_behind(store: RegisterStore, times: int) -> None:
    with meanwhile(lambda: put_register(Person("P-000002", f"Rossi {len(rows(REGISTER))}", "Beat")), times):
        put_register(Person("P-000002", "Bianchi", "Beat"))
    leads, should = names_and_bearers()
    assert leads == should
    assert found(store, "Bianchi", "Beat") == [("P-000002", EXACT, False)]


def test_imports_that_never_stop_changing_a_person_end_in_an_error() -> None:
    put_register(ANNA, BEAT, NAMESAKE)
    endless = meanwhile(lambda: put_register(Person("P-000002", f"Rossi{len(rows(REGISTER))}", "Beat")), 99)
    with endless, pytest.raises(WriteConflictError):
        put_register(Person("P-000002", "Bianchi", "Beat"))
    leads, should = names_and_bearers()
    assert leads == should
