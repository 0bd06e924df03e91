"""``sozialakte payments``: state, emergency, import-emergency, sample, ward-account."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from unittest.mock import patch

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.cli.staff_roles import roles_of
from sozialakte.payments.invoice import Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.iso20022.orders import read_sent
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.aws import session
from sozialakte.shared.access import Role
from sozialakte.shared.clock import utc_now
from tests.aws import BANK, PAYMENTS, REGISTER
from tests.emergencies import IMPORTER, furnish_accounting
from tests.office import DOSSIER, furnish_register
from tests.pipeline import Pipeline
from tests.runs import APPROVER, NOW, RELEASER, RUN, add_approved, bank_files_out, iban_of, release, start_run
from tests.stacks import deployed, refusal

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
    furnish_accounting()


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

    asked = ("--execution-day", "2026-11-30", "--releaser", RELEASER, "--last-at-bank", "none", "--out", str(tmp_path))
    made = run("emergency", str(state), *asked)
    file = tmp_path / f"{RUN}-1.xml"
    again = on_demo("import-emergency", str(file), "--by", IMPORTER)

    assert (made.exit_code, again.exit_code) == (0, 0), made.stderr + again.stderr
    assert "3 Zahlungen freigegeben" in again.stdout
    assert "von niemandem geprüft" in made.stdout
    assert "0 Minuten alt" in made.stdout
    assert again.stdout.count("liess sich nicht nachsehen") == 2, "there is no sign-in to ask for their roles"
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
    days = ("--execution-day", "2026-11-30", "--due-until", "2026-12-31")
    asked = (*days, "--out", str(tmp_path), "--last-at-bank", "none")

    own = run("emergency", str(state), *asked, "--releaser", APPROVER)
    half = run("emergency", str(broken), *asked, "--releaser", RELEASER)

    assert (own.exit_code, half.exit_code) == (1, 1)
    assert "gibt nicht frei: 1 Zahlungen" in own.stderr
    assert "kein vollständiger Stand" in half.stderr
    assert not list(tmp_path.glob("*.xml"))


def a_state(folder: Path) -> Path:
    """Two open runs: one invoice each."""
    for number, day in ((1, date(2026, 11, 30)), (2, date(2026, 12, 1))):
        add_approved(number)
        start_run(day=day)
        Pipeline().run()
    Pipeline().call("functions.payments.export_state", {})
    on_demo("state", "--out", str(folder / "state.jsonl"))
    return folder / "state.jsonl"


def test_open_runs_of_two_days_are_paid_one_after_the_other_and_nothing_is_forgotten(tmp_path: Path) -> None:
    state = a_state(tmp_path)
    asked = ("emergency", str(state), "--releaser", RELEASER, "--out", str(tmp_path))

    other = run(*asked, "--execution-day", "2026-12-02", "--last-at-bank", "none")
    first = run(*asked, "--execution-day", "2026-12-01", "--last-at-bank", "none")
    again = run(*asked, "--execution-day", "2026-12-01", "--last-at-bank", "R20261201-01-1")
    second = run(*asked, "--execution-day", "2026-11-30", "--last-at-bank", "R20261201-01-1")

    assert [one.exit_code for one in (other, first, again, second)] == [1, 0, 1, 0], second.stderr
    assert f"Der Lauf {RUN} vom 30.11.2026 ist offen" in other.stderr
    assert "Dieser Lauf ist gesendet" in again.stderr
    assert f"NICHT DABEI: 1 Zahlungen des offenen Laufs {RUN}" in first.stdout
    sent = [one for path in tmp_path.glob("R*.xml") for one in read_sent(path.read_bytes()).orders]
    assert len({one.end_to_end_id for one in sent}) == len(sent) == 2, "though one invoice is in both order books"


def test_an_emergency_file_that_no_bank_takes_is_not_written(tmp_path: Path) -> None:
    state = a_state(tmp_path)
    asked = ("--execution-day", "2026-11-30", "--releaser", RELEASER, "--last-at-bank", "none", "--out", str(tmp_path))

    with patch("sozialakte.payments.runs.check_files.check_payment_file") as check:
        check.return_value.schema_errors, check.return_value.rule_errors = ("CtrlSum <stimmt> nicht",), ()
        made = run("emergency", str(state), *asked, "--execution-day", "2026-12-01")

    assert (made.exit_code, "CtrlSum <stimmt> nicht" in made.stderr) == (1, True)
    assert not list(tmp_path.glob("R*"))


def test_an_import_needs_to_know_who_released(tmp_path: Path) -> None:
    state = a_state(tmp_path)
    asked = ("--execution-day", "2026-12-01", "--releaser", RELEASER, "--last-at-bank", "none", "--out", str(tmp_path))
    run("emergency", str(state), *asked)
    file, beside = tmp_path / "R20261201-01-1.xml", tmp_path / "R20261201-01.emergency.json"
    moved = beside.rename(tmp_path / "freigabe.json")

    missing = on_demo("import-emergency", str(file), "--by", IMPORTER)
    broken = on_demo("import-emergency", str(file), "--by", IMPORTER, "--release", str(state))
    stranger = on_demo("import-emergency", str(file), "--by", "nobody", "--release", str(moved))
    with patch("sozialakte.cli.payment_emergency.roles_of", return_value=frozenset()):
        nobody = on_demo("import-emergency", str(file), "--by", IMPORTER, "--release", str(moved))
    only_importer = {IMPORTER: frozenset({Role.ACCOUNTING}), RELEASER: frozenset()}
    with patch("sozialakte.cli.payment_emergency.roles_of", side_effect=lambda _, who: only_importer[who]):
        found = on_demo("import-emergency", str(file), "--by", IMPORTER, "--release", str(moved))

    assert [one.exit_code for one in (missing, broken, stranger, nobody, found)] == [1, 1, 1, 1, 1]
    assert f"{IMPORTER} darf keine Notfalldateien einlesen" in nobody.stderr
    assert "sagt, wer sie freigegeben hat" in missing.stderr
    assert "sagt nicht, wer" in broken.stderr
    assert "nobody ist niemand vom Personal" in stranger.stderr
    assert "Rolle paymentrelease fehlt" in found.stdout
    assert RunStore(PAYMENTS).get("R20261201-01").state is RunState.EXPORTED, "the money is out all the same"


def test_roles_are_looked_up_where_people_sign_in() -> None:
    assert roles_of("demo", RELEASER) is None, "no sign-in is deployed by the fixture"
    deployed({"demo-entrance": {"UserPoolId": "pool-1"}})

    def groups(params: Mapping[str, str], **_: object) -> object:
        asked = json.loads(params["body"])
        assert asked["UserPoolId"] == "pool-1"
        if asked["Username"] != RELEASER:
            return refusal(400, "UserNotFoundException" if asked["Username"] == "nobody" else "NotAuthorizedException")
        return SimpleNamespace(status_code=200), {"Groups": [{"GroupName": "paymentrelease"}, {"GroupName": "x"}]}

    event = "before-call.cognito-identity-provider.AdminListGroupsForUser"
    session().events.register(event, cast("Callable[..., None]", groups))

    assert roles_of("demo", RELEASER) == frozenset({Role.PAYMENTRELEASE})
    assert roles_of("demo", "nobody") == frozenset()
    assert roles_of("demo", IMPORTER) is None, "whoever imports may not look"


def test_what_does_not_fit_is_listed_and_ends_with_one(tmp_path: Path) -> None:
    invoice = add_approved(1)
    Pipeline().call("functions.payments.export_state", {})
    on_demo("state", "--out", str(tmp_path / "state.jsonl"))
    asked = ("--execution-day", "2026-12-04", "--out", str(tmp_path), "--releaser", RELEASER, "--last-at-bank", "none")
    run("emergency", str(tmp_path / "state.jsonl"), *asked)
    file = tmp_path / "R20261204-01-1.xml"
    file.write_bytes(file.read_bytes().replace(b'"CHF">400.00', b'"CHF">410.00'))

    found = on_demo("import-emergency", str(file), "--by", IMPORTER)

    assert (found.exit_code, f"{invoice.invoice_id}: Bezahlt wurden CHF 410.00" in found.stdout) == (1, True)
    assert "GEGEN DIE REGELN FREIGEGEBEN: R20261204-01-1 ist nicht die Datei" in found.stdout


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

    found = on_demo("import-emergency", str(file), "--by", IMPORTER)

    assert (found.exit_code, said in found.stderr) == (1, True), found.stderr
    assert bank_files_out() == {}


def test_a_run_that_never_reached_the_bank_is_withdrawn() -> None:
    invoices = [add_approved(number) for number in (1, 2)]
    start_run()
    Pipeline().run()
    release()
    Pipeline().run()
    asked = ("withdraw", RUN, "--by", IMPORTER, "--reason", "Liste <falsch>")

    fresh = on_demo(*asked)
    with patch("sozialakte.cli.withdraw_run.utc_now", return_value=utc_now() + timedelta(hours=1)):
        found = on_demo(*asked)
        again = on_demo(*asked)

    assert (fresh.exit_code, "Bitte ab" in fresh.stderr) == (1, True)
    assert (found.exit_code, again.exit_code) == (0, 0), found.stderr
    assert "2 Rechnungen wieder bewilligt" in found.stdout
    assert "liess sich nicht nachsehen" in found.stdout, "there is no sign-in to ask for roles"
    assert "0 Rechnungen wieder bewilligt" in again.stdout
    assert {one.state for one in PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in invoices)} == {
        InvoiceState.APPROVED
    }
    assert bank_files_out() == {}


def test_what_cannot_be_withdrawn_says_why() -> None:
    add_approved(1)
    start_run()
    Pipeline().run()

    unknown = on_demo("withdraw", "R20261130-09", "--by", IMPORTER, "--reason", "x")
    checking = on_demo("withdraw", RUN, "--by", IMPORTER, "--reason", "x")

    assert (unknown.exit_code, checking.exit_code) == (1, 1)
    assert "Es gibt keinen Zahlungslauf R20261130-09" in unknown.stderr
    assert "(in Prüfung)" in checking.stderr


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
