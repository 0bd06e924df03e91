"""``sozialakte dossier reindex``: which indexes lack something, and having them made anew."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.dossiers import DossierStore
from sozialakte.dossiers.model import Filing, FilingState
from sozialakte.intake.kept_readings import reading_key
from sozialakte.intake.letter import LetterState
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.aws import client
from sozialakte.shared.clock import zurich_date
from tests.aws import DOSSIERS, FULLTEXT, INTAKE, LETTERS, queue_url, take_json
from tests.builders import NOW, a_batch, a_letter_in, a_plan
from tests.fulltext import changed, file_read_document, index, move, rebuild, spoil
from tests.office import DOSSIER, SISTER, file_document, furnish_register
from tests.stacks import deployed


@pytest.fixture(autouse=True)
def stage(aws: None) -> None:  # noqa: ARG001 # opens the tables
    furnish_register()
    here = {"TableName": DOSSIERS, "FulltextBucketName": FULLTEXT, "IndexQueueUrl": queue_url("index")}
    deployed({"demo-dossiers": here, "demo-intake": {"TableName": INTAKE}})


def reindex(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["dossier", "reindex", *arguments, "--stage", "demo"], env={"COLUMNS": "200"})


def asked() -> list[object]:
    return [message["dossier_id"] for message in take_json("index")]


def test_the_dossiers_named_are_made_anew_each_once() -> None:
    result = reindex(DOSSIER, SISTER, DOSSIER)

    assert (result.exit_code, result.output) == (0, "2 Wortverzeichnisse werden neu erstellt\n")
    assert asked() == [DOSSIER, SISTER]


def test_all_dossiers_that_got_something_since_a_day() -> None:
    """Where a document lies now, not where it was filed first."""
    letter = a_letter_in(LetterState.FILED)
    IntakeStore(INTAKE).add_batch(a_batch(a_plan("LL")))
    IntakeStore(INTAKE).add_letter(letter)
    file_document(letter.letter_id, DOSSIER)
    move(letter.letter_id, 1)

    reindex("--since", zurich_date(NOW).isoformat())

    assert asked() == [SISTER]


def test_a_letter_that_no_dossier_took_makes_no_work() -> None:
    letter = a_letter_in(LetterState.REVIEW)
    IntakeStore(INTAKE).add_batch(a_batch(a_plan("LL")))
    IntakeStore(INTAKE).add_letter(letter)
    DossierStore(DOSSIERS).save_filing(Filing(letter.letter_id, DOSSIER, 1, FilingState.REFUSED, NOW))

    reindex("--since", zurich_date(NOW).isoformat())

    assert asked() == []


def test_compared_it_is_said_what_an_index_lacks_or_has_too_much() -> None:
    indexed, gone = file_read_document(1, "Miete"), file_read_document(2, "Miete")
    index(changed(indexed), changed(gone))
    assert reindex(DOSSIER, "--check").exit_code == 0
    move(gone, 1)
    file_read_document(3, "Miete")

    result = reindex(DOSSIER, SISTER, "--check")

    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{DOSSIER}: 1 Dokumente fehlen im Wortverzeichnis, 1 sind zu viel",
        f"{SISTER}: 1 Dokumente fehlen im Wortverzeichnis, 0 sind zu viel",
    ]
    assert asked() == []
    rebuild()
    assert reindex(DOSSIER, "--check").output == ""


def test_pages_of_which_no_text_was_kept_are_named() -> None:
    document = file_read_document(1, "Miete", "Rechnung")
    client("s3").delete_object(Bucket=LETTERS, Key=reading_key(document, 0))
    rebuild()

    result = reindex(DOSSIER, "--check")

    told = f"{DOSSIER}: Vom Dokument {document} ist kein Text aufbewahrt für Seite 1, 2\n"
    assert (result.exit_code, result.output) == (1, told)


def test_a_broken_index_is_named() -> None:
    spoil()

    result = reindex(DOSSIER, "--check")

    assert (result.exit_code, result.output) == (1, f"{DOSSIER}: Das Wortverzeichnis ist unbrauchbar\n")


@pytest.mark.parametrize("arguments", [(), ("SH-2026-1",), ("--since", "gestern")])
def test_wrong_usage_is_said(arguments: tuple[str, ...]) -> None:
    assert reindex(*arguments).exit_code == 2
    assert asked() == []


def test_a_stage_that_is_not_there_is_said_in_one_line() -> None:
    result = CliRunner().invoke(app, ["dossier", "reindex", DOSSIER, "--stage", "nirgends"])

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
