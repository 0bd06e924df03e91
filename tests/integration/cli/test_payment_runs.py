"""``sozialakte payments``: state, emergency, import-emergency, sample, ward-account."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.payments.invoice import Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.store import PaymentsStore
from tests.aws import BANK, PAYMENTS, REGISTER
from tests.office import DOSSIER, furnish_register
from tests.pipeline import Pipeline
from tests.runs import APPROVER, NOW, RELEASER, RUN, add_approved, bank_files_out, iban_of, start_run
from tests.stacks import deployed

pytestmark = pytest.mark.usefixtures("stage")
WARD_IBAN = iban_of(77)


@pytest.fixture
def stage(aws: None) -> None:  # noqa: ARG001
    deployed(
        {
            "demo-payments": {"TableName": PAYMENTS, "BankBucketName": BANK},
            "demo-register": {"TableName": REGISTER},
        }
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["payments", *words])


def on_demo(*words: str) -> Result:
    return run(*words, "--stage", "demo")


def test_an_emergency_from_the_command_line_to_its_end(tmp_path: Path) -> None:
    pipeline, invoices, state = Pipeline(), [add_approved(number) for number in range(1, 4)], tmp_path / "state.jsonl"
    start_run()
    pipeline.run()
    pipeline.call("functions.payments.export_state", {})
    assert on_demo("state", "--out", str(state)).exit_code == 0

    made = run("emergency", str(state), "--execution-day", "2026-11-30", "--releaser", RELEASER, "--out", str(tmp_path))
    file = tmp_path / f"{RUN}-1.xml"
    again = on_demo("import-emergency", str(file), "--by", RELEASER)

    assert (made.exit_code, again.exit_code) == (0, 0), made.stderr + again.stderr
    assert "3 Zahlungen freigegeben" in again.stdout
    assert "hat noch niemand geprüft" in made.stdout
    assert len(read_sent(file.read_bytes()).orders) == 3
    assert {one.state for one in PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in invoices)} == {
        InvoiceState.RELEASED
    }
    assert bank_files_out() == {f"{RUN}-1": file.read_bytes()}


def test_an_emergency_needs_somebody_who_did_not_approve_and_a_state_that_is_whole(tmp_path: Path) -> None:
    add_approved(1)
    Pipeline().call("functions.payments.export_state", {})
    state, broken = tmp_path / "state.jsonl", tmp_path / "broken.jsonl"
    on_demo("state", "--out", str(state))
    broken.write_bytes(state.read_bytes()[:-9])
    asked = ("--execution-day", "2026-11-30", "--due-until", "2026-12-31", "--out", str(tmp_path))

    own = run("emergency", str(state), *asked, "--releaser", APPROVER)
    half = run("emergency", str(broken), *asked, "--releaser", RELEASER)

    assert (own.exit_code, half.exit_code) == (1, 1)
    assert "gibt nicht frei: 1 Zahlungen" in own.stderr
    assert "kein vollständiger Stand" in half.stderr
    assert not list(tmp_path.glob("*.xml"))


def test_what_does_not_fit_is_listed_and_ends_with_one(tmp_path: Path) -> None:
    invoice = add_approved(1)
    Pipeline().call("functions.payments.export_state", {})
    on_demo("state", "--out", str(tmp_path / "state.jsonl"))
    asked = ("--execution-day", "2026-12-04", "--out", str(tmp_path), "--releaser", RELEASER)
    run("emergency", str(tmp_path / "state.jsonl"), *asked)
    file = tmp_path / "R20261204-01-1.xml"
    file.write_bytes(file.read_bytes().replace(b'"CHF">400.00', b'"CHF">410.00'))

    found = on_demo("import-emergency", str(file), "--by", RELEASER)

    assert (found.exit_code, f"{invoice.invoice_id}: Bezahlt wurden CHF 410.00" in found.stdout) == (1, True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html/>", "keine Zahlungsdatei"),
        (b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>', "DOCTYPE"),
        (b"", "leer"),
    ],
)
def test_what_is_no_file_of_ours_changes_nothing(tmp_path: Path, body: bytes, said: str) -> None:
    file = tmp_path / "x.xml"
    file.write_bytes(body)

    found = on_demo("import-emergency", str(file), "--by", RELEASER)

    assert (found.exit_code, said in found.stderr) == (1, True), found.stderr
    assert bank_files_out() == {}


def test_the_sample_can_be_drawn_again_and_a_changed_one_is_seen() -> None:
    invoices = [add_approved(number) for number in range(1, 20)]
    start_run()
    Pipeline().run()
    same = on_demo("sample", RUN)
    store, built = RunStore(PAYMENTS), RunStore(PAYMENTS).get(RUN)
    other = next(one.invoice_id for one in invoices if one.invoice_id not in built.unchecked)
    forged = (*built.sample[1:], replace(built.sample[0], invoice_id=other))
    store.save(built, replace(built, sample=forged, version=built.version + 1))

    assert (same.exit_code, "5 Zahlungen, nachgerechnet" in same.stdout) == (0, True)
    assert on_demo("sample", RUN).exit_code == 1
    assert on_demo("sample", "R20261130-09").exit_code == 1


def test_a_ward_pays_from_the_own_account_once_two_people_have_agreed() -> None:
    furnish_register()
    add_approved(1, payer=Payer.WARD)
    start_run()
    Pipeline().run()
    assert RunStore(PAYMENTS).get(RUN).left_out[0].reasons[0].code == "run.no_ward_account"

    typed = on_demo("ward-account", "propose", DOSSIER, f"{WARD_IBAN[:4]} {WARD_IBAN[4:]}", "--name", "Frieda Müller")
    alone = on_demo("ward-account", "approve", DOSSIER, WARD_IBAN)
    wards = WardAccountStore(PAYMENTS)
    known = wards.get(DOSSIER)
    wards.save(known, known.approve(WARD_IBAN, "somebody-else", NOW))
    start_run()
    Pipeline().run()

    assert (typed.exit_code, alone.exit_code) == (0, 1)
    assert "nicht selbst" in alone.stderr
    assert RunStore(PAYMENTS).get("R20261130-02").state is RunState.CHECKING


@pytest.mark.parametrize(
    "iban", ["CH4431999123000889012", "CH0012345678901234567", "DE89370400440532013000", "x" * 10_000]
)
def test_an_account_that_cannot_pay_is_refused(iban: str) -> None:
    furnish_register()

    assert on_demo("ward-account", "propose", DOSSIER, iban, "--name", "<b>x</b>").exit_code == 1
    assert WardAccountStore(PAYMENTS).get(DOSSIER).version == 0
