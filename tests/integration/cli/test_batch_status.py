"""``sozialakte batch status`` as somebody calls it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.intake.batch import BatchState, ManifestCheck, Upload
from sozialakte.intake.letter import Destination, LetterState
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.aws import reset_clients
from sozialakte.shared.reasons import Reason
from tests.aws import INTAKE
from tests.builders import BATCH_ID, NOW, a_batch, a_letter_in, a_plan
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("aws")


def status(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["batch", "status", *arguments], env={"COLUMNS": "250"})


@pytest.fixture
def batches(aws: None) -> None:  # noqa: ARG001 # the table comes first
    """On one day: a batch with one letter filed and one in review, and an empty file."""
    store = IntakeStore(INTAKE)
    store.add_batch(a_batch(a_plan("LL S L B")))
    store.add_letter(a_letter_in(LetterState.FILED, (1, 2)))
    store.add_letter(a_letter_in(LetterState.REVIEW, (4,)))
    rejected = replace(a_batch(state=BatchState.REJECTED), plan=None, pages_in=0, reason=Reason("file.empty"))
    later = NOW + timedelta(hours=1)
    store.add_batch(replace(rejected, batch_id="f" * 32, upload=Upload("leer.pdf", "v1"), received_at=later))


@pytest.mark.usefixtures("batches")
def test_a_day_shows_its_batches_with_their_ledgers_newest_first() -> None:
    result = status("--day", "2026-01-05")

    assert result.exit_code == 0
    assert result.output.index("f" * 32) < result.output.index(BATCH_ID)
    assert all(word in result.output for word in ("zurückgewiesen", "geschnitten", "zur Prüfung", "Trennblatt"))


@pytest.mark.usefixtures("batches")
def test_a_day_as_json_has_the_ledger_of_every_batch() -> None:
    shown = json.loads(status("--day", "2026-01-05", "--json").output)

    assert shown["day"] == "2026-01-05"
    assert [entry["batch"]["state"] for entry in shown["batches"]] == ["rejected", "cut"]
    assert shown["batches"][1]["ledger"] == {
        "pages_in": 5,
        "filed": 2,
        "review": 1,
        "forwarded": 0,
        "separators": 1,
        "blanks": 1,
        "duplicates": 0,
        "rejected": 0,
        "in_progress": 0,
    }


@pytest.mark.usefixtures("batches")
def test_one_batch_shows_its_letters_and_why() -> None:
    result = status(BATCH_ID)

    assert result.exit_code == 0
    assert all(word in result.output for word in ("1, 2", "abgelegt", "ma-101", "SH-2026-00123", "Seite eines Briefs"))


def test_a_batch_shows_what_the_scanning_centre_counted_and_what_differs() -> None:
    reason = Reason("manifest.pages_differ", {"counted": "6", "found": "4"})
    late = a_batch().compare_late(ManifestCheck(Upload("Stapel 1.csv", "v1"), 6, reason=reason))
    IntakeStore(INTAKE).add_batch(late)

    shown = status(BATCH_ID).output
    assert "6 !" in shown
    assert "Das Scanzentrum zählte 6 Seiten, die Datei hat 4." in shown
    assert "Das Verzeichnis kam erst nach dem Schnitt." in shown
    answer = json.loads(status(BATCH_ID, "--json").output)
    assert (answer["batch"]["pages_in"], answer["batch"]["pages_counted"]) == (6, 6)
    assert len(answer["batch"]["notes"]) == 2
    assert [page["fate"] for page in answer["pages"]][4:] == ["rejected", "rejected"]


def test_a_batch_shows_where_forwarded_letters_go_and_what_is_urgent() -> None:
    store, read = IntakeStore(INTAKE), a_letter_in(LetterState.READ, (1,))
    store.add_batch(a_batch(a_plan("L L")))
    dated = LetterFacts("decision", urgent=True, deadline=date(2026, 2, 1))
    store.add_letter(read.know(dated).forward(Destination.NEW_CASE, (), NOW))
    store.add_letter(a_letter_in(LetterState.READ, (2,)).know(LetterFacts(urgent=True)).review((), (), NOW))

    shown = status(BATCH_ID).output

    assert all(word in shown for word in ("weitergeleitet", "Neuer Fall", "01.02.2026", "dringend"))


@pytest.mark.usefixtures("batches")
def test_one_batch_as_json_accounts_for_every_page() -> None:
    shown = json.loads(status(BATCH_ID, "--json").output)

    assert [page["fate"] for page in shown["pages"]] == ["filed", "filed", "separator", "review", "blank"]
    assert [letter["state"] for letter in shown["letters"]] == ["filed", "review"]


@pytest.mark.usefixtures("batches")
def test_a_rejected_batch_says_why() -> None:
    assert "Die Datei ist leer." in status("f" * 32).output


def test_more_batches_than_one_look_up_are_all_shown() -> None:
    store = IntakeStore(INTAKE)
    for number in range(60):
        store.add_batch(replace(a_batch(batch_id=f"{number:032x}"), upload=Upload(f"{number}.pdf", "v1")))

    assert len(json.loads(status("--day", "2026-01-05", "--json").output)["batches"]) == 60


def test_a_day_without_batches_says_so() -> None:
    result = status()

    assert result.exit_code == 0
    assert result.output.startswith("Keine Stapel vom ")


def test_the_table_is_found_by_the_name_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    deployed({"demo-intake": {"TableName": INTAKE}})
    monkeypatch.delenv("INTAKE_TABLE")

    assert status("--stage", "demo").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["f" * 32], f"Es gibt keinen Stapel {'f' * 32}."),
        (["--stage", "nirgends"], "Der Dienst nirgends ist nicht installiert."),
    ],
)
def test_what_does_not_exist_is_said_in_one_line(arguments: list[str], line: str) -> None:
    deployed({})

    result = status(*arguments)

    assert (result.exit_code, result.stderr) == (1, f"{line}\n")


def test_a_stage_without_the_table_is_said_in_one_line() -> None:
    deployed({"demo-intake": {"SomethingElse": "x"}})

    result = status("--stage", "demo")

    assert (result.exit_code, result.stderr) == (1, "Der Stack demo-intake nennt TableName nicht.\n")


def test_an_unknown_table_is_said_in_one_line() -> None:
    result = status("--table", "nothing")

    assert (result.exit_code, result.stderr) == (3, "Diese Tabelle gibt es nicht.\n")


def test_missing_credentials_are_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    reset_clients()

    result = status()

    assert result.exit_code == 3
    assert result.stderr.startswith("Keine gültigen Zugangsdaten für AWS.")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--day", "gestern"], ["--nothing"]])
def test_wrong_usage_has_its_own_exit_code(arguments: list[str]) -> None:
    assert status(*arguments).exit_code == 2


def test_neither_table_nor_service_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTAKE_TABLE")

    assert status().exit_code == 2
