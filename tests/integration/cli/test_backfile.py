"""``sozialakte backfile``: from the list of boxes to the release of their paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.intake.backfile.sample import sample_size
from sozialakte.intake.batch import BatchState, Upload
from sozialakte.intake.desk.steps import replaced
from sozialakte.intake.letter import Letter, LetterState
from sozialakte.intake.model import Lane, Section
from sozialakte.intake.store import IntakeStore
from sozialakte.shared.clock import utc_now
from tests.aws import INTAKE, counted_calls, rows
from tests.builders import BATCH_ID, DOSSIER, OTHER_DOSSIER, a_batch, a_letter_in

pytestmark = pytest.mark.usefixtures("aws")


def backfile(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["backfile", *arguments, "--table", INTAKE], env={"COLUMNS": "200"})


def scanned(
    pages: int,
    *,
    state: LetterState = LetterState.FILED,
    section: Section | None = None,
    dossier_id: str = DOSSIER,
    batch_id: str = BATCH_ID,
    at: datetime | None = None,
) -> Letter:
    """A stack of today with one document."""
    store, batch = IntakeStore(INTAKE), a_batch(batch_id=batch_id)
    upload = replace(batch.upload, version_id=batch_id, lane=Lane.BACKFILE)
    received_at = at or utc_now()
    store.add_batch(replace(batch, upload=upload, received_at=received_at, state=BatchState.CLOSED))
    numbers = tuple(range(1, pages + 1))
    letter = replace(a_letter_in(state, numbers, batch_id=batch_id), received_at=received_at)
    filed = dossier_id if letter.dossier_id else None
    letter = replace(letter, lane=Lane.BACKFILE, named_dossier=dossier_id, dossier_id=filed, section=section)
    store.add_letter(letter)
    return letter


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "boxes.csv"
    path.write_text(f"box;dossier;pages\nK-00001;{DOSSIER};30\nK-00002;{OTHER_DOSSIER};\n")
    return path


def judged(count: int, *, good: str = "--good") -> list[Result]:
    return [backfile("judge", "K-00001", str(number + 1), good, "--by", "ma-1") for number in range(count)]


def test_each_dossier_is_shown_against_its_list(packed: Path, tmp_path: Path) -> None:
    assert backfile("expect", str(packed)).output == "2 Dossiers stehen auf der Liste.\n"
    scanned(30)

    result = backfile("report", "--svg", str(tmp_path / "pages.svg"))

    assert result.exit_code == 0
    lines = [line for line in result.output.splitlines() if "SH-" in line]
    assert [[cell.strip() for cell in line.strip("│").split("│")] for line in lines] == [
        ["K-00001", DOSSIER, "30", "30", "", "vollständig", "Papier"],
        ["K-00002", OTHER_DOSSIER, "-", "0", "", "nicht gefunden", "Papier"],
    ]
    assert "1 von 2 Dossiers fertig, 4 Seiten gescannt. Ende: " in result.output
    assert "<rect" in (tmp_path / "pages.svg").read_text()


def test_a_new_scan_is_counted_though_it_came_with_the_daily_post(packed: Path) -> None:
    backfile("expect", str(packed))
    old = scanned(30, state=LetterState.RESCAN)
    store, daily = IntakeStore(INTAKE), a_batch(batch_id="f" * 32)
    store.add_batch(replace(daily, upload=Upload("neu.pdf", "v2"), received_at=utc_now(), state=BatchState.CLOSED))
    new = replace(a_letter_in(LetterState.FILED, tuple(range(1, 31)), batch_id="f" * 32), lane=Lane.BACKFILE)
    new = replace(new, received_at=utc_now())
    store.add_letter(new)
    store.save_letter(replaced(old, [new.letter_id], utc_now()))

    lines = [line for line in backfile("report").output.splitlines() if DOSSIER in line]

    assert [cell.strip() for cell in lines[0].split("│")[3:7]] == ["30", "30", "", "vollständig"]


@pytest.mark.parametrize("command", [("sample", "K-00001"), ("release", "K-00001", "--by", "ma-1"), ("report",)])
def test_a_command_reads_what_it_needs_however_much_else_came_in(packed: Path, command: tuple[str, ...]) -> None:
    backfile("expect", str(packed))
    scanned(30)
    backfile("sample", "K-00001")
    if "release" in command:
        judged(sample_size(30))
    anew = ["--anew"] if "sample" in command else []
    with counted_calls() as few:
        assert backfile(*command, *anew).exit_code == 0

    for number in range(5):
        scanned(7, dossier_id=OTHER_DOSSIER, batch_id=f"{number:032x}")
    with counted_calls() as many:
        assert backfile(*command, *anew).exit_code == 0

    assert many.count("Query") + many.count("GetItem") <= few.count("Query") + few.count("GetItem") + 1


def test_a_document_moved_into_a_dossier_counts_there_whatever_its_cover_says(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(30)
    moved = scanned(4, dossier_id=OTHER_DOSSIER, batch_id="e" * 32)
    IntakeStore(INTAKE).save_letter(moved.refile(DOSSIER, "ma-1", moved.filing_version + 1, "ma-1", utc_now()))

    assert "ist nicht vollständig" in backfile("sample", "K-00001").output
    assert "│ 34 " in backfile("report").output


def test_a_list_sent_again_changes_counts_and_nothing_else(packed: Path) -> None:
    backfile("expect", str(packed))
    backfile("keep", DOSSIER, "--by", "ma-1")
    packed.write_text(f"box;dossier;pages\nK-00001;{DOSSIER};31\n")

    backfile("expect", str(packed))

    (row,) = [row for row in rows(INTAKE) if row.get("dossier_id") == DOSSIER]
    assert (row["pages"], row["keeps"]) == (31, "ma-1")


def test_paper_may_go_only_after_every_page_of_the_sample_was_seen_and_good(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(30)
    assert backfile("release", "K-00001", "--by", "ma-1").exit_code == 1
    assert backfile("sample", "K-00001").exit_code == 0
    size = sample_size(30)
    assert all(result.exit_code == 0 for result in judged(size - 1))

    early = backfile("release", "K-00001", "--by", "ma-1")
    assert (early.exit_code, early.output) == (
        1,
        "Von der Stichprobe der Schachtel K-00001 sind 1 Seiten noch nicht angesehen.\n",
    )
    judged(size)

    late = backfile("release", "K-00001", "--by", "ma-1")
    assert (late.exit_code, late.output) == (
        0,
        "Die Schachtel K-00001 ist zur Vernichtung frei. Originale bleiben: -\n",
    )
    assert "digital" in backfile("report").output


def test_a_failed_sample_releases_nothing_and_a_new_one_is_drawn(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(30)
    backfile("sample", "K-00001")
    judged(sample_size(30) - 1)
    backfile("judge", "K-00001", str(sample_size(30)), "--bad", "--by", "ma-1")

    assert backfile("release", "K-00001", "--by", "ma-1").output.startswith(
        "Die Stichprobe der Schachtel K-00001 ist nicht"
    )
    backfile("sample", "K-00001")
    assert "noch nicht angesehen" in backfile("release", "K-00001", "--by", "ma-1").output


@pytest.mark.parametrize(("section", "marked"), [(Section.PERSON, False), (Section.FINANCES, True)])
def test_originals_that_must_stay_make_the_dossier_mixed(packed: Path, section: Section, marked: bool) -> None:
    backfile("expect", str(packed))
    scanned(30, section=section)
    if marked:
        backfile("keep", DOSSIER, "--by", "ma-1")
    backfile("sample", "K-00001")
    judged(sample_size(30))

    assert backfile("release", "K-00001", "--by", "ma-1").output.endswith(f"Originale bleiben: {DOSSIER}\n")
    assert "gemischt" in backfile("report").output


def test_what_came_into_the_box_after_the_sample_was_drawn_holds_its_paper_back(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(30)
    backfile("sample", "K-00001")
    judged(sample_size(30))
    packed.write_text(f"box;dossier;pages\nK-00001;{OTHER_DOSSIER};\n")
    backfile("expect", str(packed))
    more = scanned(5, dossier_id=OTHER_DOSSIER, batch_id="e" * 32)

    held = backfile("release", "K-00001", "--by", "ma-1")
    assert (held.exit_code, "--anew" in held.output) == (1, True)
    assert more.letter_id in backfile("sample", "K-00001", "--anew").output
    judged(sample_size(35))
    assert backfile("release", "K-00001", "--by", "ma-1").exit_code == 0


def test_a_bad_page_that_nobody_mended_is_drawn_again(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(200)
    packed.write_text(f"box;dossier;pages\nK-00001;{DOSSIER};200\n")
    backfile("expect", str(packed))
    first = backfile("sample", "K-00001").output.splitlines()
    (shown,) = [line for line in first if line.startswith("│ 1 ")]
    backfile("judge", "K-00001", "1", "--bad", "--by", "ma-1")

    again = backfile("sample", "K-00001").output.splitlines()

    page = [cell.strip() for cell in shown.split("│")][2:5]
    assert page in [[cell.strip() for cell in line.split("│")][2:5] for line in again if line.startswith("│ ")]


def test_who_released_a_box_first_is_remembered(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(30)
    backfile("sample", "K-00001")
    judged(sample_size(30))
    backfile("release", "K-00001", "--by", "ma-1")

    assert backfile("release", "K-00001", "--by", "ma-2").exit_code == 0
    (released,) = [row["released"] for row in rows(INTAKE) if row.get("released")]
    assert "ma-1" in str(released)


def test_files_that_were_refused_are_named_in_the_report(packed: Path) -> None:
    backfile("expect", str(packed))
    upload = replace(a_batch().upload, lane=Lane.BACKFILE)
    broken = replace(a_batch(batch_id="d" * 32), upload=upload, received_at=utc_now(), plan=None)
    IntakeStore(INTAKE).add_batch(replace(broken, state=BatchState.REJECTED))

    result = backfile("report")

    assert (result.exit_code, f"Abgewiesene Dateien, von denen keine Seite zählt: {'d' * 32}" in result.output) == (
        0,
        True,
    )


def test_no_sample_is_drawn_of_a_box_of_which_something_waits(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(30, state=LetterState.REVIEW)

    result = backfile("sample", "K-00001")

    assert (result.exit_code, result.output) == (1, f"Die Schachtel K-00001 ist nicht vollständig: {DOSSIER}\n")


def test_a_page_is_judged_once_and_who_did_is_told(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(30)
    backfile("sample", "K-00001")
    backfile("judge", "K-00001", "1", "--good", "--by", "ma-1")

    assert backfile("judge", "K-00001", "1", "--good", "--by", "ma-1").exit_code == 0
    second = backfile("judge", "K-00001", "1", "--bad", "--by", "ma-2")
    assert (second.exit_code, second.output) == (1, "Über diese Seite hat schon ma-1 anders entschieden.\n")
    assert "gut (ma-1)" in backfile("sample", "K-00001").output


def test_scans_of_before_the_list_count_if_it_says_so(packed: Path) -> None:
    backfile("expect", str(packed))
    scanned(30, at=utc_now() - timedelta(days=3))
    (day,) = {str(row["since"]) for row in rows(INTAKE) if row.get("entity") == "packed"}

    assert "nicht gefunden" in backfile("report").output.partition("K-00002")[0]
    backfile("expect", str(packed), "--since", f"{utc_now() - timedelta(days=5):%Y-%m-%d}")
    assert "vollständig" in backfile("report").output.partition("K-00002")[0]

    backfile("expect", str(packed))
    assert {str(row["since"]) < day for row in rows(INTAKE) if row.get("entity") == "packed"} == {True}, (
        "never later again"
    )


@pytest.mark.parametrize("by", ["", "[/x]", "Anna Beispiel", "x" * 65, "<b>"])
def test_only_a_staff_id_stands_for_a_person(packed: Path, by: str) -> None:
    backfile("expect", str(packed))

    assert backfile("keep", DOSSIER, "--by", by).exit_code == 2
    assert not [row for row in rows(INTAKE) if row.get("keeps")]


def test_a_chart_that_cannot_be_written_is_told_in_one_line(packed: Path, tmp_path: Path) -> None:
    backfile("expect", str(packed))

    result = backfile("report", "--svg", str(tmp_path / "missing/pages.svg"))

    assert result.exit_code == 1
    assert "pages.svg: lässt sich nicht lesen oder schreiben" in result.output


def test_what_does_not_exist_is_told(packed: Path) -> None:
    assert backfile("report").output == "Es gibt noch keine Liste der Schachteln.\n"
    backfile("expect", str(packed))
    assert backfile("sample", "K-99999").output == "Keine Schachtel K-99999 steht auf der Liste.\n"
    assert backfile("judge", "K-00001", "1", "--good", "--by", "x").exit_code == 1
    assert backfile("keep", "SH-1999-00001", "--by", "x").exit_code == 1
    scanned(30)
    backfile("sample", "K-00001")
    assert backfile("judge", "K-00001", "999", "--good", "--by", "x").output.endswith("hat keine Seite 999.\n")
