"""The feed of the case system: all or nothing valid, only differences written, repeatable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sozialakte.register import Address, NameAsked, Person, RegisterStore
from sozialakte.register.import_register import ImportPlan, apply_import, plan_import
from sozialakte.register.records import NAME_KEYS, item_of
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.ahv_number import parse_ahv_number
from sozialakte.shared.texts import say
from tests.aws import REGISTER, rows
from tests.feeds import FEED, NOW, PERSONS_IN_FULL, TODAY, deliver, replaced

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture
def store() -> RegisterStore:
    """An empty register."""
    return RegisterStore(REGISTER)


def run(folder: Path, store: RegisterStore) -> ImportPlan:
    """Plan and apply."""
    plan = plan_import(folder, store, TODAY)
    apply_import(plan, store, "test", NOW, lambda: None)
    return plan


def counts(plan: ImportPlan) -> dict[str, tuple[int, int, int]]:
    """New, changed and unchanged rows by file."""
    return {report.file: (report.new, report.changed, report.unchanged) for report in plan.reports}


def test_a_first_import_writes_everything(tmp_path: Path, store: RegisterStore) -> None:
    plan = run(deliver(tmp_path), store)
    assert counts(plan) == {
        "staff.csv": (3, 0, 0),
        "persons.csv": (3, 0, 0),
        "dossiers.csv": (2, 0, 0),
        "dossier_persons.csv": (3, 0, 0),
        "absences.csv": (1, 0, 0),
    }
    assert [place.dossier.dossier_id for place in store.find_places_of_person("P-000002")] == [
        "SH-2026-00001",
        "SH-2026-00002",
    ]
    assert store.find_recipient("SH-2026-00001", date(2026, 7, 21)).inbox == "ma-102"


def test_importing_again_writes_nothing(tmp_path: Path, store: RegisterStore) -> None:
    run(deliver(tmp_path), store)
    again = run(tmp_path, store)
    assert again.writes == ()
    assert all(new == changed == 0 for new, changed, _ in counts(again).values())


def test_only_what_changed_is_written_and_what_is_missing_is_left_alone(tmp_path: Path, store: RegisterStore) -> None:
    run(deliver(tmp_path), store)
    changes = {
        "persons.csv": FEED["persons.csv"]
        .replace("Rossi", "Bianchi")
        .replace("P-000002;Müller;Beat;01.06.2015;\n", ""),
        "absences.csv": "staff_id;first_day;last_day\nma-101;2026-07-01;2026-07-10\n",  # came back early
    }
    plan = run(deliver(tmp_path, changes), store)
    assert counts(plan)["persons.csv"] == (0, 1, 1)
    assert counts(plan)["absences.csv"] == (0, 1, 0)
    assert store.find_person("P-000002") is not None
    assert store.find_recipient("SH-2026-00001", date(2026, 7, 11)).inbox == "ma-101"


def test_an_absence_and_a_place_in_a_dossier_can_be_taken_back(tmp_path: Path, store: RegisterStore) -> None:
    run(deliver(tmp_path), store)
    back = {
        "absences.csv": "staff_id;first_day;last_day\nma-101;2026-07-01;\n",
        "dossier_persons.csv": "dossier_id;person_id;role\nSH-2026-00002;P-000002;former\n",
    }
    run(deliver(tmp_path, back), store)
    assert store.find_recipient("SH-2026-00001", date(2026, 7, 1)).inbox == "ma-101"
    assert [place.dossier.dossier_id for place in store.find_places_of_person("P-000002")] == ["SH-2026-00001"]


def test_former_names_and_addresses_come_with_the_person(tmp_path: Path, store: RegisterStore) -> None:
    run(deliver(tmp_path, {"persons.csv": PERSONS_IN_FULL}), store)
    anna, beat, carlo = (store.find_person(f"P-00000{number}") for number in (1, 2, 3))
    assert anna is not None
    assert anna.former_family_names == ("Keller", "von Arx")
    assert anna.address == Address("Bahnhofstrasse", "12a", "6003", "Luzern")
    assert beat is not None
    assert beat.address == Address("Bahnhofstrasse 12a", None, "CH-6003", "Luzern")
    assert carlo is not None
    assert (carlo.former_family_names, carlo.address) == ((), None)
    assert run(tmp_path, store).writes == ()


def test_a_row_says_all_about_the_person(tmp_path: Path, store: RegisterStore) -> None:
    run(deliver(tmp_path, {"persons.csv": PERSONS_IN_FULL}), store)
    plan = run(deliver(tmp_path), store)  # a file without these columns
    assert counts(plan)["persons.csv"] == (0, 2, 1)
    anna = store.find_person("P-000001")
    assert anna is not None
    assert (anna.former_family_names, anna.address) == ((), None)


def test_persons_of_an_older_import_are_found_by_name_after_the_next_one(tmp_path: Path, store: RegisterStore) -> None:
    older = item_of(Person("P-000003", "Rossi", "Carlo", ahv_number=parse_ahv_number("7560000000019")))
    Table(REGISTER).put({name: value for name, value in older.items() if name != NAME_KEYS})
    plan = run(deliver(tmp_path), store)
    assert counts(plan)["persons.csv"] == (2, 1, 0)
    assert len(store.find_persons_by_names([NameAsked("Rossi", "Carlo")])[0].matches) == 1


def test_a_plan_alone_writes_nothing(tmp_path: Path, store: RegisterStore) -> None:
    plan_import(deliver(tmp_path), store, TODAY)
    assert rows(REGISTER) == []


def test_one_mistake_is_one_problem_even_if_others_refer_to_the_row(tmp_path: Path, store: RegisterStore) -> None:
    changes = replaced("persons.csv", "P-000002;Müller", "P-000002;")
    assert len(plan_import(deliver(tmp_path, changes), store, TODAY).problems) == 1


def test_no_problem_shows_personal_data(tmp_path: Path, store: RegisterStore) -> None:
    broken = "person_id;family_name;given_names;birth_date;ahv_number\nP-1;Geheim;;99.99.1999;756.1111.1111.11\n"
    problems = plan_import(deliver(tmp_path, {"persons.csv": broken}), store, TODAY).problems
    shown = " ".join(f"{problem} {say(problem.rule)}" for problem in problems)
    assert len(problems) >= 4
    assert not any(secret in shown for secret in ("Geheim", "1999", "1111"))


def test_a_number_that_belongs_to_somebody_else_in_the_register_is_refused(
    tmp_path: Path, store: RegisterStore
) -> None:
    run(deliver(tmp_path), store)
    header = "person_id;family_name;given_names;birth_date;ahv_number\n"
    plan = plan_import(
        deliver(tmp_path, {"persons.csv": f"{header}P-000009;Weber;Ida;;756.9217.0769.85\n"}), store, TODAY
    )
    assert [(problem.line, problem.rule.code) for problem in plan.problems] == [(2, "import.ahv_taken")]


def test_a_number_may_move_to_another_person_in_one_feed(tmp_path: Path, store: RegisterStore) -> None:
    run(deliver(tmp_path), store)
    swapped = (
        FEED["persons.csv"].replace(";756.9217.0769.85", ";").replace("Carlo;;7560000000019", "Carlo;;756.9217.0769.85")
    )
    assert run(deliver(tmp_path, {"persons.csv": swapped}), store).problems == ()


def test_references_may_point_into_the_register(tmp_path: Path, store: RegisterStore) -> None:
    run(deliver(tmp_path), store)
    only_headers = {name: content.partition("\n")[0] + "\n" for name, content in FEED.items()}
    only_headers["absences.csv"] = FEED["absences.csv"].replace("2026-07", "2026-08").replace("07.2026", "08.2026")
    plan = run(deliver(tmp_path, only_headers), store)
    assert counts(plan)["absences.csv"] == (1, 0, 0)


def test_a_misspelt_or_missing_file_is_not_skipped(tmp_path: Path, store: RegisterStore) -> None:
    deliver(tmp_path)
    (tmp_path / "persons.csv").rename(tmp_path / "persnos.csv")
    codes = {(problem.file, problem.rule.code) for problem in plan_import(tmp_path, store, TODAY).problems}
    assert {("persons.csv", "import.file_missing"), ("persnos.csv", "import.file_unknown")} <= codes


class PowerCut(BaseException):
    """The machine goes down."""


def test_an_import_that_broke_off_anywhere_is_finished_by_running_it_again(
    tmp_path: Path, store: RegisterStore
) -> None:
    deliver(tmp_path)
    total = len(plan_import(tmp_path, store, TODAY).writes)
    for after in range(1, total + 1):
        with pytest.raises(PowerCut):
            apply_import(plan_import(tmp_path, store, TODAY), store, "test", NOW, _cut_after(1))
        assert len(plan_import(tmp_path, store, TODAY).writes) == total - after
    assert run(tmp_path, store).writes == ()


def _cut_after(count: int) -> _Cut:
    return _Cut(count)


class _Cut:
    def __init__(self, count: int) -> None:
        self.left = count

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise PowerCut
