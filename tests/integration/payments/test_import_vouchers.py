"""What the creditor workflow released is booked here once, checked, with the names of who approved it there."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.invoice import Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Field
from sozialakte.register.model import Dossier, DossierStatus, DossierType
from tests.aws import PAYMENTS, REGISTER, put_register, rows
from tests.builders import DOSSIER, NOW
from tests.coding import CATEGORIES
from tests.invoices import TERMS, an_invoice
from tests.stacks import deployed
from tests.unit.payments.test_vouchers import CREDIT, RENT, changed, file_of

pytestmark = pytest.mark.usefixtures("stage")

BOTH = file_of(RENT, CREDIT, CHF="1414.80")
ONE = file_of(RENT, CHF="1450.00")


@pytest.fixture
def stage(aws: None) -> None:  # noqa: ARG001
    put_register(Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN))
    store = CategoryStore(PAYMENTS)
    store.replace(store.get(), CATEGORIES, "operator", NOW)
    leads("creditor_workflow")


def leads(who: str) -> None:
    outputs = {"TableName": PAYMENTS, "ReceivingAccount": "null", "PaymentsLead": who}
    deployed({"demo-payments": outputs, "demo-register": {"TableName": REGISTER}})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vouchers.jsonl"


def take(path: Path, content: bytes) -> Result:
    path.write_bytes(content)
    arguments = ["payments", "import-vouchers", str(path), "--stage", "demo"]
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})


def receipts(path: Path) -> list[dict[str, object]]:
    told = path.with_name("vouchers.jsonl.receipt.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in told.splitlines()]


def outcomes(path: Path) -> list[tuple[object, list[str]]]:
    *lines, total = receipts(path)
    assert total["count"] == len(lines)
    return [(line["outcome"], [reason["code"] for reason in line["reasons"]]) for line in lines]  # type: ignore[attr-defined]


def invoices() -> list[Invoice]:
    return list(PaymentsStore(PAYMENTS).in_state("approved", 50).invoices)


def scanned(number: int = 1, **what: object) -> Invoice:
    """The bill as it was registered from the post, with the creditor it was found to be from."""
    store = PaymentsStore(PAYMENTS)
    creditor = store.creditors.meet(TERMS, "machine", NOW)
    assert creditor
    bill = replace(an_invoice(number), creditor_id=creditor.creditor_id, **what)  # type: ignore[arg-type]
    store.save(None, bill)
    return bill


def test_vouchers_become_approved_invoices_with_the_names_of_the_workflow(path: Path) -> None:
    result = take(path, BOTH)

    assert result.exit_code == 0
    assert "2 Belege: 2 neu, 0 schon da, 0 abgewiesen." in result.output
    assert outcomes(path) == [("accepted", []), ("accepted", [])]
    rent = PaymentsStore(PAYMENTS).get(str(receipts(path)[0]["invoice_id"]))
    assert rent.state is InvoiceState.APPROVED
    assert rent.persons_with(Duty.ENTER) == {"kv-12"}
    assert [act.by for act in rent.approvals] == ["kv-07", "kv-03"]
    assert [line.amount for line in rent.lines] == [Decimal("1250.00"), Decimal("200.00")]
    counts = PaymentsStore(PAYMENTS).ledger.by_month()["2026-11"]
    assert (counts.received, counts.by_state, counts.is_proven) == (2, {InvoiceState.APPROVED: 2}, True)


def test_the_same_file_again_changes_nothing(path: Path) -> None:
    take(path, BOTH)
    before = rows(PAYMENTS)

    assert take(path, BOTH).exit_code == 0

    assert outcomes(path) == [("again", []), ("again", [])]
    assert rows(PAYMENTS) == before


def test_a_voucher_does_not_change_once_it_is_released(path: Path) -> None:
    take(path, ONE)

    assert take(path, file_of(changed(due="2026-12-15"), CHF="1450.00")).exit_code == 1

    assert outcomes(path) == [("refused", ["voucher.changed"])]


def test_the_scanned_bill_is_the_one_that_is_approved(path: Path) -> None:
    bill = scanned(unconfirmed=(Field.IBAN,))

    take(path, ONE)

    assert [one.invoice_id for one in invoices()] == [bill.invoice_id]
    assert invoices()[0].scan == bill.scan
    assert invoices()[0].unconfirmed == ()


def test_what_is_approved_already_is_not_paid_twice(path: Path) -> None:
    take(path, ONE)

    result = take(path, file_of(changed(voucher_id="K-2"), CHF="1450.00"))

    assert (result.exit_code, outcomes(path)) == (1, [("refused", ["voucher.duplicate"])])
    assert len(invoices()) == 1


def test_of_two_scans_of_a_bill_the_older_one_is_taken(path: Path) -> None:
    scanned(1)
    older = scanned(2, received_at=NOW)

    take(path, ONE)

    assert [one.invoice_id for one in invoices()] == [older.invoice_id]


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ({"dossier_id": "SH-2026-99999"}, ["voucher.unknown_dossier"]),
        ({"lines": [{"amount": "1450.00", "category": "99"}]}, ["coding.no_category"]),
        ({"lines": [{"amount": "1400.00", "category": "21"}]}, ["coding.wrong_sum"]),
        ({"lines": [{"amount": "1450.00", "category": "21", "person_id": "P-000999"}]}, ["coding.foreign_person"]),
        ({"entered_by": "kv-03"}, ["voucher.same_person"]),
        ({"approved_by": "kv-03"}, ["voucher.wrong_fields"]),
    ],
)
def test_what_does_not_hold_is_refused_line_by_line(path: Path, what: dict[str, object], codes: list[str]) -> None:
    result = take(path, file_of(changed(**what), CREDIT, CHF="1414.80"))

    assert result.exit_code == 1
    assert outcomes(path) == [("refused", codes), ("accepted", [])]
    assert all(reason["text"] for reason in receipts(path)[0]["reasons"])  # type: ignore[attr-defined]


def test_another_iban_of_a_known_creditor_is_shown(path: Path) -> None:
    take(path, ONE)
    other = changed(voucher_id="K-2", invoice_number="2026-12", invoice_date="2026-12-01", reference_type="NON",
                    reference=None, iban="CH9300762011623852957")  # fmt: skip

    assert take(path, file_of(other, CHF="1450.00")).exit_code == 0

    doubts = [[doubt.code for doubt in one.doubts] for one in invoices()]
    assert sorted(doubts) == [[], ["creditor.iban_changed"]]


def test_of_a_file_that_is_not_whole_nothing_is_taken(path: Path) -> None:
    result = take(path, RENT.encode())

    assert (result.exit_code, "unvollständig" in result.output) == (1, True)
    assert invoices() == []


def test_where_we_approve_nothing_is_imported(path: Path) -> None:
    leads("sozialakte")

    result = take(path, ONE)

    assert (result.exit_code, "payments_lead" in result.output) == (1, True)
    assert invoices() == []
