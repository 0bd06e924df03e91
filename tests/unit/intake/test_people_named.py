"""Who a letter names, in which part, and what stands with whom."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.understanding.name_readings import PersonName, read_name
from sozialakte.intake.understanding.names_in_text import find_mentions
from sozialakte.intake.understanding.people_named import Lines, NamedPerson, Part, people_in

RECEIVED = date(2026, 11, 18)
AHV, OTHER_AHV = "7569217076985", "7569999113915"
PETER, ANNA = PersonName("Muster", "Peter"), PersonName("Beispiel", "Anna")


def people(subject: str = "", text: str = "", references: str = "", **more: bool) -> tuple[NamedPerson, ...]:
    lines = Lines(subject.split("\n"), references.split("\n"), ((1, text.split("\n")),))
    return people_in(lines, RECEIVED, **more)


def part_of(name: PersonName, named: tuple[NamedPerson, ...]) -> NamedPerson:
    (found,) = [person for person in named if name in person.names]
    return found


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Herr Hans Müller", PersonName("Müller", "Hans")),
        ("für Herrn H. Müller in Bern", PersonName("Müller", "H.")),
        ("Müller Hans, geb. 1.2.1980", PersonName("Müller", "Hans")),
        ("MÜLLER Anna Maria, geb. 1.2.1980", PersonName("MÜLLER", "Anna Maria")),
        ("Müller-Meier Anna, AHV 756.9217.0769.85", PersonName("Müller-Meier", "Anna")),
        ("Frau Anna Müller geb. Meier", PersonName("Meier", "Anna")),
        ("Patient/in: Joana da Silva", PersonName("da Silva", "Joana")),
        ("Name, Vorname: Müller, Hans", PersonName("Müller", "Hans")),
        ("Frau Anna Richter", PersonName("Richter", "Anna")),
        ("Versicherte Person Hans Mül1er", PersonName("Mül1er", "Hans")),
        ("Herr Müller", PersonName("Müller", "")),
        ("Familie Peter und Anna Muster", PETER),
        ("die Rechnung von Frau Thi Lan Nguyen bezahlt", PersonName("Nguyen", "Thi Lan")),
    ],
)
def test_a_name_is_read_however_it_is_written(line: str, name: PersonName) -> None:
    assert name in {reading for mention in find_mentions(line) for reading in mention.names}


@pytest.mark.parametrize(
    "line",
    [
        "Meldung Häusliche Gewalt",
        "in Sachen Wohnbau Seetal AG",
        "Sehr geehrte Damen und Herren",
        "Obligatorische Krankenpflegeversicherung",
        "Kontakt: Sekretariat Soziale Dienste",
        "Postfach 6002 Luzern",
        "",
    ],
)
def test_other_capitals_are_nobody(line: str) -> None:
    assert find_mentions(line, bare=True) == []


def test_capitals_say_which_word_is_the_family_name_else_both_orders_are_asked() -> None:
    assert read_name(["MÜLLER", "Hans"]) == (PersonName("MÜLLER", "Hans"),)
    assert set(read_name(["Müller", "Hans"])) == {PersonName("Müller", "Hans"), PersonName("Hans", "Müller")}


def test_a_childs_letter_is_about_the_child_and_the_number_is_the_mothers() -> None:
    named = people("in Sachen Peter Muster, geb. 03.09.2014, Kindsmutter Anna Beispiel (AHV 756.9217.0769.85)")

    peter, anna = part_of(PETER, named), part_of(ANNA, named)
    assert (peter.part, peter.birth_date, peter.ahv_number) == (Part.SUBJECT, date(2014, 9, 3), None)
    assert (anna.part, anna.relation, anna.ahv_number) == (Part.MENTIONED, "kindsmutter", AHV)


def test_a_partner_is_mentioned_and_keeps_her_birth_date() -> None:
    named = people(text="Wir berichten zu Herrn Peter Muster. Seine Partnerin Anna Beispiel, geb. 3.4.1985, hilft ihm.")

    peter, anna = part_of(PETER, named), part_of(ANNA, named)
    assert (peter.part, peter.birth_date) == (Part.SUBJECT, None)
    assert (anna.part, anna.birth_date) == (Part.MENTIONED, date(1985, 4, 3))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Seine Ehefrau, Frau Anna Beispiel, arbeitet.", "ehefrau"),
        ("Vertreten durch Rechtsanwältin Anna Beispiel", "rechtsanwaeltin"),
        ("Anna Beispiel (Kindsmutter)", "kindsmutter"),
        ("Frau Anna Beispiel, Sachbearbeiterin", "sachbearbeiterin"),
        ("Dr. med. Anna Beispiel", "dr"),
        ("Im Haushalt lebt zudem Anna Beispiel, 03.04.1985.", "haushalt lebt zudem"),
        ("Bei Fragen wenden Sie sich an Frau Anna Beispiel.", "wenden sie sich an"),
        ("Als Kontaktperson ist Frau Anna Beispiel, Weg 3, 6010 Kriens, angegeben.", "kontaktperson"),
        ("Ehepartner: Anna Beispiel, geboren am 03.04.1985", "ehepartner"),
    ],
)
def test_a_relation_makes_somebody_mentioned_not_the_subject(text: str, relation: str) -> None:
    anna = part_of(ANNA, people(text=text))

    assert (anna.part, anna.relation) == (Part.MENTIONED, relation)


def test_the_mark_after_a_name_is_not_the_next_persons() -> None:
    named = people("Peter Muster, geb. 3.9.2014, Mutter: Anna Beispiel, geb. 3.4.1985")

    assert part_of(PETER, named).part is Part.SUBJECT
    assert part_of(ANNA, named).relation == "mutter"


@pytest.mark.parametrize("mark", ["Versicherte Person", "Mieter/in", "Schuldner", "Patientin", "Kind", "gegen"])
def test_a_mark_makes_the_subject(mark: str) -> None:
    assert part_of(PETER, people(f"Mitteilung\n{mark}: Peter Muster")).part is Part.SUBJECT


def test_the_subject_line_outweighs_the_text() -> None:
    named = people("Rechnung, Peter Muster, geb. 1.2.1980", "Herr Anton Vogel hat bestellt. Frau Anna Beispiel zahlt.")

    assert [person.names[0] for person in named if person.part is Part.SUBJECT] == [PETER]


def test_a_bare_line_below_the_heading_is_a_certain_name_and_one_in_it_is_not() -> None:
    below, inside = people("Neue Police\nPeter Muster"), people("Einsatzvertrag Peter Muster")

    assert part_of(PETER, below).certain
    assert not part_of(PETER, inside).certain
    assert part_of(PETER, inside).part is Part.SUBJECT


def test_capitals_make_a_name_in_the_subject_whatever_stands_before_it() -> None:
    named = people("Urteil\nIri Sachen MUSTER Peter", "Als Zeugin kam Frau Anna Beispiel.")

    assert [person.names[0].family for person in named if person.part is Part.SUBJECT] == ["MUSTER"]


def test_a_misread_street_is_put_right() -> None:
    (peter,) = people("Mieter: Peter Muster, Felsenrainstrossc 16, 6010 Kriens")

    assert peter.street == "Felsenrainstrasse 16"


def test_everybody_in_a_list_is_a_subject() -> None:
    named = people(text="Betroffen sind:\n- Herr Peter Muster, geb. 1.2.1980\n- Frau Anna Beispiel, geb. 3.4.1985")

    assert {person.names[0] for person in named if person.part is Part.SUBJECT} == {PETER, ANNA}


def test_a_private_persons_letter_is_about_nobody_else_unless_its_subject_is() -> None:
    assert people(text="Ich wohne bei Frau Anna Beispiel.", writes_for_self=True)[0].part is Part.MENTIONED
    (mother,) = people("Meine Mutter Anna Beispiel, geb. 3.4.1948", writes_for_self=True)
    assert (mother.part, mother.relation) == (Part.SUBJECT, None)


def test_a_forms_lines_belong_to_the_name_above_them() -> None:
    (peter,) = people("Zeugnis\nName: Muster\nVorname: Peter\nGeburtsdatum: 1.2.1980\nAHV-Nr. 756.9217.0769.85")

    assert (peter.names[0], peter.birth_date, peter.ahv_number) == (PETER, date(1980, 2, 1), AHV)


def test_a_clerks_lines_do_not() -> None:
    clerk, case = people(references="Sachbearbeiterin: Frau Anna Beispiel\nAHV-Nr. 756.9217.0769.85")[::-1]

    assert (clerk.part, clerk.ahv_number) == (Part.MENTIONED, None)
    assert (case.part, case.names, case.ahv_number) == (Part.SUBJECT, (), AHV)


def test_an_address_belongs_to_the_name_before_it() -> None:
    (peter,) = people("Mieter: Peter Muster, Alte Landstrasse 5a, 6010 Kriens")

    assert (peter.street, peter.postal_code, peter.town) == ("Alte Landstrasse 5a", "6010", "Kriens")


def test_somebody_named_again_adds_what_was_not_known() -> None:
    (peter,) = people("Peter Muster, geb. 1.2.1980", "Herr Muster kam. Herr Peter Muster, AHV 756.9217.0769.85, ging.")

    assert (peter.part, peter.birth_date, peter.ahv_number) == (Part.SUBJECT, date(1980, 2, 1), AHV)


def test_two_people_of_one_name_with_other_numbers_are_two() -> None:
    named = people(f"Peter Muster, AHV {AHV}\nPeter Muster, AHV {OTHER_AHV}")

    assert {person.ahv_number for person in named} == {AHV, OTHER_AHV}


NAMES = st.sampled_from(["Peter Muster", "Anna Beispiel", "MÜLLER Hans", "Herr", "Frau", "geb. 1.2.1980", "Mieter:"])
PIECES = st.sampled_from([" ", ", ", "\n", " und ", " Kindsmutter ", " (", ")", "\nAHV 756.9217.0769.85 "])


@given(st.lists(st.one_of(NAMES, PIECES, st.text(max_size=8)), max_size=25))
def test_whatever_a_letter_says_a_number_is_told_once_a_person(pieces: list[str]) -> None:
    text = "".join(pieces)
    named = people(text, text)

    assert [person.part for person in named] == sorted((person.part for person in named), key=list(Part).index)
    assert all(person.names or person.birth_date or person.ahv_number for person in named)
