"""``sozialakte handover``: what is open is shown, what is asked for is sent again, what got lost is found."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.dossiers import DocumentChanged
from sozialakte.intake.letter import LetterState
from sozialakte.intake.store import IntakeStore
from sozialakte.partners.messages import ResendBundle
from sozialakte.shared.clock import utc_now, zurich_date
from tests.aws import DOSSIERS, INTAKE, PARTNERS, queue_url, take, take_json
from tests.builders import a_batch, a_letter_in, a_plan
from tests.handovers import STORE, bundle_of, deliver, file_document, receipt_for, write_receipt
from tests.handovers import take as take_receipt
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture(autouse=True)
def stage(aws: None) -> None:  # noqa: ARG001 # opens the tables
    tables = {"partners": PARTNERS, "intake": INTAKE, "dossiers": DOSSIERS}
    stacks = {f"demo-{context}": {"TableName": table} for context, table in tables.items()}
    deployed({**stacks, "demo-links": {"HandoverQueueUrl": queue_url("handover")}})


def handover(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["handover", *arguments, "--stage", "demo"], env={"COLUMNS": "200"})


def refuse_one() -> str:
    filed = file_document()
    deliver(filed)
    bundle = bundle_of(filed)
    take_receipt(write_receipt(bundle, receipt_for(bundle, result="refused", reason="unknown_dossier")))
    return bundle.bundle_id


def test_nothing_open_is_said_with_the_last_number() -> None:
    deliver(file_document(1), file_document(11))

    result = handover("status")

    assert (result.exit_code, result.output) == (0, "Letzte vergebene Nummer: 2\n")


def test_what_is_open_is_listed_and_the_exit_code_says_so() -> None:
    refuse_one()
    filed = file_document(11)
    deliver(filed)
    take_receipt(write_receipt(bundle_of(filed), b"?"))

    result = handover("status")

    assert result.exit_code == 1
    assert "vom Fallsystem abgelehnt" in result.output
    assert "unknown_dossier" in result.output
    assert "Unbrauchbare Quittung zu 2" in result.output


def test_programs_get_json() -> None:
    bundle_id = refuse_one()

    found = json.loads(handover("status", "--json").output)

    assert (found["last_sequence"], found["receipts"]) == (1, [])
    assert [(one["bundle_id"], one["state"]) for one in found["bundles"]] == [(bundle_id, "refused")]


@pytest.mark.parametrize("how", ["id", "number", "open", "from"])
def test_a_bundle_is_sent_again_by_its_id_its_number_or_because_it_is_open(how: str) -> None:
    bundle_id = refuse_one()
    arguments = {"id": [bundle_id], "number": ["1"], "open": ["--open"], "from": ["--from", "1"]}[how]

    result = handover("resend", *arguments)

    assert (result.exit_code, result.output) == (0, "1 Übergaben in Auftrag gegeben\n")
    (message,) = take_json("handover")
    assert deliver(ResendBundle.parse(message)) == []
    found = STORE.find(bundle_id)
    assert found is not None
    assert (found.attempt, found.sequence) == (2, 1)


def test_a_bundle_named_twice_is_sent_once() -> None:
    bundle_id = refuse_one()

    handover("resend", bundle_id, "1", "--open", "--from", "1", "--to", "9")

    assert len(take("handover")) == 1


@pytest.mark.parametrize("named", ["7", "0" * 32, "<script>", "9" * 40])
def test_a_bundle_that_does_not_exist_is_named_in_one_line_and_nothing_is_sent(named: str) -> None:
    bundle_id = refuse_one()

    result = handover("resend", bundle_id, named)

    assert (result.exit_code, result.stderr) == (1, f"Es gibt keine Übergabe {named}.\n")
    assert take("handover") == []


def test_what_to_send_again_must_be_said() -> None:
    assert handover("resend").exit_code == 2


def test_a_filed_document_whose_message_got_lost_is_found_and_handed_over() -> None:
    told, lost = file_document(1), file_document(3)
    deliver(told)
    _the_intake_filed((1, 2), (3, 4))
    day = (zurich_date(utc_now()) - timedelta(days=400)).isoformat()

    found = handover("compare", "--since", day)
    assert found.exit_code == 1
    assert found.output == f"{lost.dossier_id} {lost.document_id} filed\n1 Angaben fehlen dem Fallsystem.\n"
    assert take("handover") == []

    assert handover("compare", "--since", day, "--send").exit_code == 0
    (message,) = take_json("handover")
    assert deliver(DocumentChanged.parse(message)) == []
    assert handover("compare", "--since", day).exit_code == 0


@pytest.mark.parametrize("state", [LetterState.IDENTIFIED, LetterState.REPLACED, LetterState.REVIEW])
def test_a_document_the_intake_does_not_know_to_be_filed_is_compared_too(state: LetterState) -> None:
    """Others took its place, or nobody told the intake yet; a letter without a document is none."""
    filed = file_document(1)
    _the_intake_filed((1, 2), (3, 4), state=state)

    found = handover("compare", "--since", "2026-01-01")

    assert found.output == f"{filed.dossier_id} {filed.document_id} filed\n1 Angaben fehlen dem Fallsystem.\n"


def _the_intake_filed(*letters: tuple[int, ...], state: LetterState = LetterState.FILED) -> None:
    store, batch_id = IntakeStore(INTAKE), "0123456789abcdef" * 2
    store.add_batch(a_batch(a_plan("LL LL"), batch_id=batch_id))
    for pages in letters:
        store.add_letter(a_letter_in(state, pages, batch_id=batch_id))
