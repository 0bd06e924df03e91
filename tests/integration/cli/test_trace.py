"""``sozialakte trace``: what became of pages that went the whole way, of sheets, blanks and letters in review."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from functions.dossiers.api import handler as dossiers_api
from functions.intake.api import handler as intake_api
from sozialakte.cli import app
from sozialakte.intake.letter import letter_id_of
from sozialakte.intake.store import IntakeStore
from sozialakte.partners import HandoverStore
from sozialakte.runtime.aws import session
from sozialakte.shared.clock import utc_now
from tests.aws import AUDIT, DOSSIERS, INTAKE, LETTERS, PARTNERS, REGISTER, counted_calls, put_register, rows, send
from tests.batches import CASE_WORKER, MAILROOM, OPEN, OTHER, STRANGER, batch, register
from tests.handovers import receipt_for, write_receipt
from tests.http_calls import Call, Handler, answer_of
from tests.lambda_events import Context
from tests.pipeline import Pipeline
from tests.stacks import deployed, refusal

pytestmark = pytest.mark.usefixtures("aws")

STACKS = {
    "demo-intake": {"TableName": INTAKE, "LettersBucketName": LETTERS},
    "demo-dossiers": {"TableName": DOSSIERS},
    "demo-partners": {"TableName": PARTNERS},
    "demo-audit": {"TableName": AUDIT},
    "demo-register": {"TableName": REGISTER},
}
REASON = "<b>Falsch</b> [red]abgelegt"


@dataclass(frozen=True)
class Told:
    chapter: str
    text: str


def trace(wanted: str, *arguments: str) -> Result:
    deployed(STACKS)
    return CliRunner().invoke(app, ["trace", wanted, "--stage", "demo", *arguments], env={"COLUMNS": "250"})


def told(wanted: str) -> list[Told]:
    result = trace(wanted, "--json")
    assert result.exit_code == 0, result.output
    lines = json.loads(result.output)["lines"]
    assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)
    return [Told(line["chapter"], line["text"]) for line in lines]


def of(chapter: str, lines: list[Told]) -> list[str]:
    return [line.text for line in lines if line.chapter == chapter]


def status_of(handler: Handler, call: Call) -> int:
    """Somebody asks just now."""
    event = replace(call, request_id=str(uuid4())).event()
    context = event["requestContext"]
    assert isinstance(context, dict)
    context["timeEpoch"] = int(utc_now().timestamp() * 1000) + 1
    return answer_of(handler(event, Context())).status


@pytest.fixture
def batch_id(aws: None) -> str:  # noqa: ARG001 # the tables come first
    """Page 1 is filed and handed over, 2 is a separator, 3 waits in review, 4 is blank."""
    put_register(*register())
    run = Pipeline()
    uploaded = run.drop("scanner-2/Stapel 7.pdf", batch())
    run.run()
    found = IntakeStore(INTAKE).find_upload(uploaded)
    assert found is not None
    return found.batch_id


def moved(batch_id: str) -> str:
    """The filed letter is opened, refused to a stranger, moved, and handed over again."""
    letter_id = letter_id_of(batch_id, (1,))
    path = f"/dossiers/{OPEN}/documents/{letter_id}"
    assert status_of(dossiers_api, Call("GET", path, CASE_WORKER)) == 200
    assert status_of(dossiers_api, Call("GET", path, STRANGER)) == 403
    body = {"version": 1, "to_dossier": OTHER, "reason": REASON}
    assert status_of(dossiers_api, Call("POST", f"{path}/move", CASE_WORKER, body=body)) == 200
    Pipeline().run()
    return letter_id


def test_a_filed_page_tells_file_cut_reading_reason_and_dossier(batch_id: str) -> None:
    lines = told(f"{batch_id}/1")

    assert of("upload", lines) == [f"Tagespost scanner-2/Stapel 7.pdf: Stapel {batch_id} mit 4 Seiten"]
    assert "Der Brief beginnt mit der ersten Seite des Stapels." in of("cut", lines)
    assert of("reading", lines) == ["Seite 1: Text der Datei, Sicherheit 100 %."]
    assert any(OPEN in text for text in of("step", lines) if text.startswith("Grund: "))
    assert of("filing", lines) == [f"Abgelegt im Dossier {OPEN}; Eingang zuletzt: {CASE_WORKER}"]
    assert of("handover", lines) == [
        f"Übergabe 1 an das Fallsystem, Dossier {OPEN}, Fassung 1: liegt dort, noch nicht quittiert"
    ]


def test_a_moved_document_tells_who_saw_it_in_either_dossier_and_both_hand_overs(batch_id: str) -> None:
    letter_id = moved(batch_id)

    lines = told(letter_id)

    assert of("filing", lines) == [f"Abgelegt im Dossier {OPEN}; Eingang zuletzt: {CASE_WORKER}"]
    assert of("move", lines) == [f"Verschoben von {OPEN} nach {OTHER} durch {CASE_WORKER}: {REASON}"]
    seen = of("seen", lines)
    assert any("Test Fall" in text and "ein Dokument geöffnet" in text for text in seen)
    assert any("Test Fremd" in text for text in seen)
    assert len(of("handover", lines)) == 3


def test_a_moved_back_document_tells_each_move_once(batch_id: str) -> None:
    letter_id = moved(batch_id)
    body = {"version": 2, "to_dossier": OPEN, "reason": "Doch richtig"}
    path = f"/dossiers/{OTHER}/documents/{letter_id}/move"
    assert status_of(dossiers_api, Call("POST", path, CASE_WORKER, body=body)) == 200

    lines = told(letter_id)

    assert len(of("move", lines)) == 2
    assert of("filing", lines) == [f"Abgelegt im Dossier {OPEN}; Eingang zuletzt: {CASE_WORKER}"]


def test_a_receipt_stands_in_the_biography(batch_id: str) -> None:
    letter_id = letter_id_of(batch_id, (1,))
    (reference,) = HandoverStore(PARTNERS).bundles_of(letter_id)
    bundle = HandoverStore(PARTNERS).find(reference.bundle_id)
    assert bundle is not None
    send("receipts", write_receipt(bundle, receipt_for(bundle)))
    Pipeline().run()

    assert of("handover", told(letter_id))[-1].endswith("vom Fallsystem angenommen")


@pytest.mark.parametrize(("page", "fate"), [(2, "Trennblatt"), (4, "Leerseite")])
def test_sheets_and_blanks_have_a_biography_too(batch_id: str, page: int, fate: str) -> None:
    lines = told(f"{batch_id}/{page}")

    assert {line.chapter for line in lines} == {"upload", "cut"}
    assert any(text.startswith(f"Seite {page}: {fate}.") for text in of("cut", lines))


def test_a_page_in_review_tells_why_it_begins_the_blank_beside_and_who_looked(batch_id: str) -> None:
    letter_id = letter_id_of(batch_id, (3,))
    assert status_of(intake_api, Call("GET", f"/intake/review/{letter_id}", MAILROOM, "[mailroom]")) == 200

    lines = told(f"{batch_id}/3")

    assert any(text.startswith("Der Brief beginnt hier wegen Seite 2: Trennblatt") for text in of("cut", lines))
    assert "Leerseiten daneben: 4" in of("cut", lines)
    assert any("zur Prüfung" in text for text in of("step", lines))
    assert any("Test Post hat einen Brief angesehen" in text for text in of("seen", lines))
    assert of("filing", lines) == []


def test_a_batch_tells_every_page_and_every_letter(batch_id: str) -> None:
    cut = of("cut", told(batch_id))

    assert [text.split(".")[0] for text in cut if text.startswith("Seite ")] == [
        "Seite 1: abgelegt",
        "Seite 2: Trennblatt",
        "Seite 3: zur Prüfung",
        "Seite 4: Leerseite",
    ]


def test_the_table_is_german_and_shows_markup_as_it_was_written(batch_id: str) -> None:
    output = trace(moved(batch_id)).output

    assert REASON in output
    assert all(
        word in output for word in ("Eingang", "Schnitt", "Lesung", "Entscheid", "Ablage", "Zugriff", "Übergabe")
    )


def test_only_keys_and_indexes_are_asked(batch_id: str) -> None:
    letter_id = moved(batch_id)
    deployed(STACKS)
    with counted_calls() as calls:
        assert CliRunner().invoke(app, ["trace", letter_id, "--stage", "demo"]).exit_code == 0

    assert set(calls) <= {"GetItem", "Query", "BatchGetItem", "TransactWriteItems"}


def refuse(**_: object) -> Any:
    return refusal(400, "AccessDeniedException")


def looks() -> list[tuple[object, ...]]:
    """What the audit has of operators."""
    found = [row for row in rows(AUDIT) if str(row.get("staff_id")).startswith("arn:")]
    return [(row["action"], row["subject"], row.get("part"), row["allowed"], row["roles"]) for row in found]


def test_the_look_is_written_down_for_everything_it_is_about(batch_id: str) -> None:
    letter_id = moved(batch_id)

    told(letter_id)

    about = [
        (f"letter#{letter_id}", None),
        *((f"dossier#{dossier_id}", f"document#{letter_id}") for dossier_id in sorted((OPEN, OTHER))),
    ]
    assert sorted(looks(), key=str) == sorted((("trace_letter", *one, True, []) for one in about), key=str)
    told(batch_id)
    assert ("trace_letter", f"batch#{batch_id}", None, True, []) in looks()


def test_who_looked_before_stands_in_the_next_biography(batch_id: str) -> None:
    letter_id = letter_id_of(batch_id, (1,))
    assert not [text for text in of("seen", told(letter_id)) if "arn:aws" in text]

    seen = of("seen", told(letter_id))

    assert [text for text in seen if text.startswith("arn:aws:sts::") and "den Werdegang eines Briefs" in text]


@pytest.mark.parametrize("operation", ["dynamodb.TransactWriteItems", "sts.GetCallerIdentity"])
def test_what_cannot_be_written_down_is_not_shown(batch_id: str, operation: str) -> None:
    deployed(STACKS)
    session().events.register(f"before-call.{operation}", refuse)

    result = CliRunner().invoke(app, ["trace", letter_id_of(batch_id, (1,)), "--stage", "demo", "--json"])

    assert (result.exit_code, result.stdout) == (3, "")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.usefixtures("batch_id")
@pytest.mark.parametrize(
    "wanted", ["nichts", "0" * 32, f"{'0' * 32}-0001-0001", f"{'0' * 32}/1", "x" * 10_000, "/", "é/1"]
)
def test_what_is_not_there_is_said_in_one_line(wanted: str) -> None:
    result = trace(wanted)

    assert result.exit_code == 1
    assert result.stderr.startswith("Unbekannt: ")


@pytest.mark.parametrize("page", ["0", "5", "99999"])
def test_a_page_the_batch_does_not_have_is_unknown(batch_id: str, page: str) -> None:
    assert trace(f"{batch_id}/{page}").exit_code == 1
