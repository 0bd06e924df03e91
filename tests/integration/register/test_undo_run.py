"""After any imports and undos the register says of every day what a plain list of days says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.register import Dossier, DossierStatus, DossierType, Person, RegisterStore, StaffMember
from sozialakte.register.import_register import apply_import, plan_import
from sozialakte.register.records import NAME_KEYS, item_of
from sozialakte.register.runs import Run, RunKind, RunState, UnknownRunError
from sozialakte.register.undo_run import undo_run
from sozialakte.runtime.aws import client
from sozialakte.runtime.dynamo import Table
from tests.aws import REGISTER, local_aws, put_register, rows
from tests.daily import Daily, said
from tests.feeds import FEED, NOW, TODAY, deliver, replaced

FIRST = date(2026, 3, 1)
LAST = 8
DOSSIER = "SH-2026-00001"
PERSON = "P-000001"


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@dataclass
class Entry:
    """An entry of the model: a value a day, and which run wrote it last."""

    days: Daily = field(default_factory=lambda: [None] * LAST)
    run: str | None = None


@dataclass
class Model:
    """What the register should hold, and for every run what its entries were before."""

    entries: dict[str, Entry] = field(default_factory=dict)
    before: dict[str, dict[str, Entry]] = field(default_factory=dict)

    def hear(self, run: str, entry: str, since: int | None, today: int, value: Mapping[str, object]) -> None:
        known = self.entries.get(entry, Entry())
        start = today if since is None else since
        until = max(start, today)
        if any(known.days[at] != value for at in range(until if since is None else start, until + 1)):
            self.before.setdefault(run, {})[entry] = known
            self.entries[entry] = Entry(said(known.days, start, until, value), run)

    def undo(self, run: str) -> set[str]:
        """The entries that stay."""
        entries = self.before.get(run, {})
        stay = {entry for entry in entries if self.entries[entry].run != run}
        for entry in entries.keys() - stay:
            self.entries[entry] = entries.pop(entry)
        return stay


PERSONS = st.tuples(st.sampled_from(["Frei", "Rossi", "Egli"]), st.none() | st.integers(0, 3))
DOSSIERS = st.tuples(st.sampled_from(["ma-1", "ma-2", ""]), st.sampled_from(["open", "closed"]),
                     st.none() | st.integers(0, LAST - 1))  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), st.integers(0, 1), PERSONS, DOSSIERS),
        st.tuples(st.just("undo"), st.integers(0, 5)),
    ),
    max_size=9,
)


@given(STEPS)
@settings(max_examples=40, deadline=None)
def test_as_of_any_day_the_register_says_what_the_list_says(steps: list[Step]) -> None:
    with local_aws(), TemporaryDirectory() as folder:
        model, today, runs = Model(), 3, list[str]()
        put_register(*(StaffMember(f"ma-{number}", "Name", "nord") for number in (1, 2)))
        register = RegisterStore(REGISTER)
        for step in steps:
            if step[0] == "import":
                today = min(today + int(str(step[1])), LAST - 1)
                run = _import(Path(folder), register, model, today, step)
                runs += [run] if run else []
            elif runs:
                run = runs[int(str(step[1])) % len(runs)]
                undone = undo_run(register, run)
                assert {refused.entry for refused in undone.refused} == model.undo(run)
                again = undo_run(register, run)
                assert (again.restored, again.refused) == (undone.restored, undone.refused)
            _compare(register, model)
        _nothing_leads_astray(register)


Step = tuple[Any, ...]
"""An import: days since the last one, a person, a dossier; or an undo: of which run."""


def _import(folder: Path, register: RegisterStore, model: Model, today: int, step: Step) -> str | None:
    _, _, (name, born_since), (responsible, status, since) = step
    known = f"dossier#{DOSSIER}" in model.entries and model.entries[f"dossier#{DOSSIER}"].run is not None
    since = since if known or since is None or since <= today else None  # what is new is not planned
    begins = ["" if one is None else day(one).isoformat() for one in (born_since, since)]
    files = {name: content.partition("\n")[0] + "\n" for name, content in FEED.items()}
    head = FEED["persons.csv"].partition("\n")[0]
    files["persons.csv"] = f"{head};valid_from\n{PERSON};{name};Ida;;;{begins[0]}\n"
    head = FEED["dossiers.csv"].partition("\n")[0]
    files["dossiers.csv"] = f"{head};valid_from\n{DOSSIER};alimony;2939;{status};{responsible};{begins[1]}\n"
    plan = plan_import(deliver(folder, files), register, day(today))
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=today)
    run = apply_import(plan, register, "test", moment, lambda: None)
    person = _value(Person(PERSON, name, "Ida"))
    dossier = _value(Dossier(DOSSIER, DossierType.ALIMONY, 2939, DossierStatus(status), responsible or None))
    model.hear(run.run_id if run else "", f"person#{PERSON}", born_since, today, person)
    model.hear(run.run_id if run else "", f"dossier#{DOSSIER}", since, today, dossier)
    return run.run_id if run else None


def _value(record: Person | Dossier) -> dict[str, object]:
    return {name: content for name, content in item_of(record).items() if name not in {"pk", "sk"}}


def _compare(register: RegisterStore, model: Model) -> None:
    nothing = Entry()
    for number in range(LAST):
        person = register.find_person(PERSON, day(number))
        then = register.past.dossier(DOSSIER, day(number))
        assert (person and _value(person)) == model.entries.get(f"person#{PERSON}", nothing).days[number]
        assert (then and _value(then.dossier)) == model.entries.get(f"dossier#{DOSSIER}", nothing).days[number]


def _nothing_leads_astray(register: RegisterStore) -> None:
    """Name keys and case loads are exactly those of what is stored, and no earlier version is left over."""
    stored = {(str(row["pk"]), str(row["sk"])): row for row in rows(REGISTER)}
    person = stored.get((f"person#{PERSON}", "current"), {})
    named = {pk for (pk, _), row in stored.items() if pk.startswith("name#") and row.get("persons")}
    assert named == {f"name#{key}" for key in person.get(NAME_KEYS, [])}  # type: ignore[attr-defined]
    was = {key for key in stored if key[1].startswith("was#")}
    mains = [stored.get((f"{kind}", "current"), {}) for kind in (f"person#{PERSON}", f"dossier#{DOSSIER}")]
    assert was == {
        (str(row["pk"]), f"was#current#{begins}")
        for row in mains
        for begins in row.get("earlier", [])  # type: ignore[attr-defined]
    }
    for staff_id in ("ma-1", "ma-2"):
        for number in range(LAST - 1, LAST):
            had = [one.dossier_id for one in register.dossiers_of_staff(staff_id, day(number))]
            assert had == [DOSSIER] * (register.responsible_on(DOSSIER, day(number)) == staff_id)


@pytest.fixture
def register() -> Iterator[RegisterStore]:
    """An empty register."""
    with local_aws():
        yield RegisterStore(REGISTER)


def imported(folder: Path, register: RegisterStore, changes: Mapping[str, str] | None = None) -> Run:
    """A run of the small feed."""
    run = apply_import(plan_import(deliver(folder, changes), register, TODAY), register, "eva", NOW, lambda: None)
    assert run
    return run


def data() -> list[dict[str, object]]:
    """All rows but those of runs, and those that lead from a name or a person to nothing any more."""
    found = (row for row in rows(REGISTER) if not str(row["pk"]).startswith("run"))
    return [row for row in found if set(row) != {"pk", "sk"}]


def test_undone_is_exactly_as_before(tmp_path: Path, register: RegisterStore) -> None:
    imported(tmp_path, register)
    before = data()
    changed = imported(tmp_path, register, replaced("persons.csv", "Rossi", "Bianchi"))
    assert data() != before

    undone = undo_run(register, changed.run_id)

    assert (undone.restored, undone.refused, undone.run.state) == (1, (), RunState.UNDONE)
    assert data() == before


def test_the_first_import_can_be_undone_to_an_empty_register(tmp_path: Path, register: RegisterStore) -> None:
    run = imported(tmp_path, register)

    assert undo_run(register, run.run_id).restored == 12
    assert data() == []


def test_what_somebody_changed_since_stays_and_is_named(tmp_path: Path, register: RegisterStore) -> None:
    first = imported(tmp_path, register)
    imported(tmp_path, register, replaced("persons.csv", "Rossi", "Bianchi"))

    undone = undo_run(register, first.run_id)

    assert [refused.entry for refused in undone.refused] == ["person#P-000003"]
    assert undone.refused[0].since.by == "feed"
    assert undone.run.state is RunState.PARTLY_UNDONE
    person = register.find_person("P-000003")
    assert person is not None
    assert person.family_name == "Bianchi"


def test_what_is_gone_since_is_named_too(tmp_path: Path, register: RegisterStore) -> None:
    run = imported(tmp_path, register)
    Table(REGISTER).delete("dossier#SH-2026-00002", "person#P-000002")

    undone = undo_run(register, run.run_id)

    assert [(one.entry, one.since.change) for one in undone.refused] == [
        ("dossier#SH-2026-00002/person#P-000002", None)
    ]


def test_what_was_undone_can_be_imported_again_as_another_run(tmp_path: Path, register: RegisterStore) -> None:
    run = imported(tmp_path, register)
    undo_run(register, run.run_id)

    assert imported(tmp_path, register).run_id == f"{run.run_id}-2"
    assert [one.state for one in register.runs.newest(RunKind.IMPORT)] == [RunState.DONE, RunState.UNDONE]


def test_a_run_tells_who_when_which_files_and_how_much(tmp_path: Path, register: RegisterStore) -> None:
    run = imported(tmp_path, register)

    assert (run.by, run.at, run.counts) == (
        "eva",
        NOW,
        {"staff.csv": 3, "persons.csv": 3, "dossiers.csv": 2, "dossier_persons.csv": 3, "absences.csv": 1},
    )
    assert run.files.keys() == FEED.keys()
    assert register.runs.find(run.run_id) == replace(run, state=RunState.DONE)


def test_nobody_can_undo_a_run_that_is_none(register: RegisterStore) -> None:
    with pytest.raises(UnknownRunError):
        undo_run(register, "import-2026-01-01-0000000000000000")


class PowerCut(BaseException):
    """The machine goes down."""


@contextmanager
def cut_before(call: int) -> Iterator[None]:
    """The so-maniest write to the table is never sent."""
    events, seen = client("dynamodb").meta.events, [0]

    def count(**_: object) -> None:
        seen[0] += 1
        if seen[0] == call:
            raise PowerCut

    names = [f"before-call.dynamodb.{name}" for name in ("TransactWriteItems", "UpdateItem", "GetItem", "Query")]
    for name in names:
        events.register(name, count)
    try:
        yield
    finally:
        for name in names:
            events.unregister(name, count)


def test_an_undo_that_broke_off_anywhere_is_finished_by_running_it_again(
    tmp_path: Path, register: RegisterStore
) -> None:
    imported(tmp_path, register)
    before = data()
    more = {
        **replaced("persons.csv", "Müller", "Frei"),
        **replaced("dossiers.csv", "open;ma-101", "open;ma-102"),
    }
    for call in range(1, 12):
        run = imported(tmp_path, register, more)
        with suppress(PowerCut), cut_before(call):
            undo_run(register, run.run_id)
        assert undo_run(register, run.run_id).run.state is RunState.UNDONE
        assert data() == before


def test_an_import_that_broke_off_is_one_run_with_what_follows(tmp_path: Path, register: RegisterStore) -> None:
    deliver(tmp_path)
    with pytest.raises(PowerCut), cut_before(6):
        imported(tmp_path, register)
    (run,) = register.runs.newest(RunKind.IMPORT)
    assert run.state is RunState.RUNNING

    assert imported(tmp_path, register).run_id == run.run_id
    assert undo_run(register, run.run_id).restored == 12


def test_an_import_run_again_after_another_one_is_a_run_of_its_own(tmp_path: Path, register: RegisterStore) -> None:
    deliver(tmp_path)
    with pytest.raises(PowerCut), cut_before(9):
        imported(tmp_path, register)
    broken = register.runs.newest(RunKind.IMPORT)[0]
    other = imported(tmp_path, register, replaced("persons.csv", "Müller;Anna", "Frei;Anna"))

    last = imported(tmp_path, register)

    assert last.run_id == f"{broken.run_id}-2"
    person = register.find_person("P-000001")
    assert person is not None
    assert person.family_name == "Müller"
    undo_run(register, last.run_id)
    undone = undo_run(register, other.run_id)
    assert undone.refused == ()
