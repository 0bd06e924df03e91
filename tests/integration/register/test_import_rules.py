"""Every rule of the feed: named by file, line and column, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sozialakte.register import RegisterStore
from sozialakte.register.feed_fields import name as feed_name
from sozialakte.register.import_register import InvalidFeedError, apply_import, plan_import
from tests.aws import REGISTER, local_aws, rows
from tests.feeds import FEED, NOW, TODAY, deliver, replaced, replaced_in_full


def _garbled(name: str) -> str:
    """As a program exports it that takes its own UTF-8 for Windows-1252."""
    return name.encode().decode("cp1252")


@pytest.mark.parametrize("name", ["JOÃO", "Ångström", "Ägerter", "D\u2019Âme", "Đorđević", "Müller-Šimić", "O'Neill"])
def test_names_of_all_countries_are_taken_as_they_are(name: str) -> None:
    assert feed_name(name) == name


@pytest.fixture(scope="module")
def store() -> Iterator[RegisterStore]:
    """One empty register for all: nothing here writes."""
    with local_aws():
        yield RegisterStore(REGISTER)


@pytest.mark.parametrize(
    ("changes", "place", "rule"),
    [
        (replaced("persons.csv", "0769.85", "0769.84"), ("persons.csv", 2, "ahv_number"), "no_ahv_number"),
        (replaced("persons.csv", "1975-03-12", "1975-02-30"), ("persons.csv", 2, "birth_date"), "no_date"),
        (replaced("persons.csv", "1975-03-12", "12.3.75"), ("persons.csv", 2, "birth_date"), "no_date"),
        (replaced("persons.csv", "1975-03-12", "2026-11-22"), ("persons.csv", 2, "birth_date"), "not_born"),
        (replaced("persons.csv", "7560000000019", "7569217076985"), ("persons.csv", 4, "ahv_number"), "ahv_twice"),
        (replaced("persons.csv", "P-000003;Rossi", "P-000003;"), ("persons.csv", 4, "family_name"), "empty"),
        (replaced("persons.csv", "Rossi", "Ro\u0007ssi"), ("persons.csv", 4, "family_name"), "no_name"),
        (replaced("persons.csv", "Rossi", "R\ufffdssi"), ("persons.csv", 4, "family_name"), "wrong_encoding"),
        (replaced("persons.csv", "Rossi", _garbled("Müßig")), ("persons.csv", 4, "family_name"), "wrong_encoding"),
        (replaced("persons.csv", "Rossi", _garbled("Petrović")), ("persons.csv", 4, "family_name"), "wrong_encoding"),
        (replaced("persons.csv", "Rossi", _garbled("ÖZGÜR")), ("persons.csv", 4, "family_name"), "wrong_encoding"),
        (replaced("persons.csv", "P-000003", "7560000000019"), ("persons.csv", 4, "person_id"), "wrong_shape"),
        (replaced("persons.csv", "P-000003", "P-000001"), ("persons.csv", 4, "person_id"), "twice"),
        (replaced_in_full("Keller|von Arx", "Keller||Arx"), ("persons.csv", 2, "former_family_names"), "empty"),
        (replaced_in_full("Keller", "Kel\u0007ler"), ("persons.csv", 2, "former_family_names"), "no_name"),
        (replaced_in_full("Keller", "A|B|C|D|E"), ("persons.csv", 2, "former_family_names"), "too_many_names"),
        (replaced_in_full(";12a;", ";a;"), ("persons.csv", 2, "house_number"), "no_house_number"),
        (replaced_in_full(";12a;", ";12 im Hinterhaus;"), ("persons.csv", 2, "house_number"), "no_house_number"),
        (replaced_in_full("12a;6003", "12a;Luzern"), ("persons.csv", 2, "postal_code"), "no_postal_code"),
        (replaced_in_full("12a;6003", "12a;"), ("persons.csv", 2, "postal_code"), "empty"),
        (replaced_in_full("CH-6003;Luzern", "CH-6003;"), ("persons.csv", 3, "town"), "empty"),
        (replaced_in_full("019;;;;;", "019;;;;;Luzern"), ("persons.csv", 4, "postal_code"), "empty"),
        (replaced_in_full("Bahnhofstrasse;", "Bahnhof\u0007strasse;"), ("persons.csv", 2, "street"), "no_name"),
        (replaced("dossiers.csv", "economic_assistance", "pension"), ("dossiers.csv", 2, "type"), "no_choice"),
        (replaced("dossiers.csv", "2939;open", "Schaffhausen;open"), ("dossiers.csv", 2, "commune"), "no_commune"),
        (replaced("dossiers.csv", "2939;open", "0;open"), ("dossiers.csv", 2, "commune"), "no_commune"),
        (replaced("dossiers.csv", ";ma-101", ";ma-999"), ("dossiers.csv", 2, "responsible"), "unknown_reference"),
        (replaced("staff.csv", "sued;;", "sued;ma-103;"), ("staff.csv", 4, "deputies"), "own_deputy"),
        (replaced("staff.csv", "sued;;", "sued;ma-102 ma-102;"), ("staff.csv", 4, "deputies"), "deputy_twice"),
        (replaced("staff.csv", "sued;;", "sued;ma-999;"), ("staff.csv", 4, "deputies"), "unknown_reference"),
        (replaced("staff.csv", "ma-103;", "team-nord;"), ("staff.csv", 2, "deputies"), "wrong_shape"),
        (replaced("staff.csv", ";no", ";perhaps"), ("staff.csv", 4, "active"), "no_choice"),
        (
            replaced("dossier_persons.csv", "00002;P-000002", "00002;P-000009"),
            ("dossier_persons.csv", 4, "person_id"),
            "unknown_reference",
        ),
        (replaced("dossier_persons.csv", "member", "aunt"), ("dossier_persons.csv", 3, "role"), "no_choice"),
        (replaced("absences.csv", "21.07.2026", "2026-06-30"), ("absences.csv", 2, "last_day"), "ends_before_start"),
    ],
)
def test_a_broken_rule_is_named_by_place_and_nothing_is_written(
    tmp_path: Path, store: RegisterStore, changes: dict[str, str], place: tuple[str, int, str], rule: str
) -> None:
    plan = plan_import(deliver(tmp_path, changes), store, TODAY)
    first = plan.problems[0]
    assert ((first.file, first.line, first.column), first.rule.code) == (place, f"import.{rule}")
    with pytest.raises(InvalidFeedError):
        apply_import(plan, store, "test", NOW, lambda: None)
    assert rows(REGISTER) == []


@pytest.mark.parametrize("name", ["staff.csv", "persons.csv", "dossiers.csv"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_in_another_encoding_is_one_problem_and_no_hundred_others(
    tmp_path: Path, store: RegisterStore, name: str, encoding: str
) -> None:
    folder = deliver(tmp_path)
    (folder / name).write_bytes(FEED[name].replace("a", "ä").encode(encoding))

    assert [(one.file, one.rule.code) for one in plan_import(folder, store, TODAY).problems] == [
        (name, "import.not_utf8")
    ]


def test_a_line_that_cannot_be_read_is_one_problem_too(tmp_path: Path, store: RegisterStore) -> None:
    folder = deliver(tmp_path, replaced("persons.csv", "P-000002;", "P-000002;;;"))

    assert [one.rule.code for one in plan_import(folder, store, TODAY).problems] == ["import.field_count"]
