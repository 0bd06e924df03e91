"""``sozialakte payments issue``: the bill can be read, printed where the standard wants it, and its money matched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path

import page as validator
import pytest
from pypdfium2 import PdfDocument
from typer.testing import CliRunner, Result

from sozialakte.cli import app
from sozialakte.payments import find_bills
from sozialakte.payments.bill_words import WORDS
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import Claim
from sozialakte.register.model import Address, Dossier, DossierPerson, DossierStatus, DossierType, Person, PersonRole
from sozialakte.runtime.dynamo import ConditionFailedError, WriteConflictError
from tests.aws import PAYMENTS, REGISTER, put_register, rows
from tests.builders import DOSSIER
from tests.stacks import deployed
from tests.unit.payments.test_claims import ACCOUNT, DEMAND

pytestmark = pytest.mark.usefixtures("stage")

ANNA = Person("P-000123", "Müller", "Anna Maria", address=Address("Bundesstrasse", "12a", "6003", "Luzern"))
HOMELESS = Person("P-000124", "Muster", "Ben")
MM = 25.4 / 72  # of a point


@pytest.fixture
def stage(aws: None) -> None:  # noqa: ARG001
    put_register(
        Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN),
        *(ANNA, HOMELESS),
        *(DossierPerson(DOSSIER, one.person_id, PersonRole.MEMBER) for one in (ANNA, HOMELESS)),
    )
    deploy(asdict(ACCOUNT))


def deploy(account: object) -> None:
    outputs = {"TableName": PAYMENTS, "ReceivingAccount": json.dumps(account), "PaymentsLead": "sozialakte"}
    deployed({"demo-payments": outputs, "demo-register": {"TableName": REGISTER}})


def issue(
    path: Path, *more: str, person: str = "P-000123", amount: str = "1234.50", reason: str = "Vorschuss ALV"
) -> Result:
    arguments = ["payments", "issue", DOSSIER, person, amount, reason, "--stage", "demo", "-o", str(path), *more]
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})


def claims() -> list[object]:
    return [row["number"] for row in rows(PAYMENTS) if row["entity"] == "claim"]


def test_our_own_reader_reads_the_bill_and_its_reference_names_the_claim(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"

    result = issue(path)

    assert (result.exit_code, result.output) == (0, f"Forderung 1, Referenz 000000000000000000000000011: {path}\n")
    found = find_bills(path)
    assert [(one.page, one.checked.valid, one.checked.warnings) for one in found.bills] == [(1, True, ())]
    bill = found.bills[0].bill
    assert (bill.iban, bill.amount, bill.message) == (ACCOUNT.qr_iban, Decimal("1234.50"), "Vorschuss ALV")
    assert bill.debtor
    assert (bill.debtor.name, bill.debtor.building_number) == ("Anna Maria Müller", "12a")
    claim = ClaimStore(PAYMENTS).find(bill.reference or "")
    assert claim
    assert (claim.demand.person_id, claim.demand.dossier_id, claim.state) == ("P-000123", DOSSIER, "issued")


def test_a_scan_of_the_printed_bill_is_read_too(tmp_path: Path) -> None:
    issue(tmp_path / "bill.pdf")
    scan = PdfDocument(tmp_path / "bill.pdf")[0].render(scale=200 / 72).to_pil().convert("L").rotate(2, fillcolor=255)
    scan.save(tmp_path / "scan.png")

    assert [one.checked.valid for one in find_bills(tmp_path / "scan.png").bills] == [True]


@pytest.mark.parametrize("language", ["de", "fr", "it", "en"])
def test_everything_stands_where_the_standard_wants_it(tmp_path: Path, language: str) -> None:
    issue(tmp_path / "bill.pdf", "--language", language, "--kind", "cost_share")
    words = WORDS[language]
    places = dict(_placed(tmp_path / "bill.pdf"))

    # the foot is 105 mm high; its parts begin 5 mm from their edges, the payment part 62 mm from the left
    assert places[words.receipt] == pytest.approx((5, 192 + 5), abs=1)
    assert places[words.payment_part] == pytest.approx((67, 192 + 5), abs=1)
    assert places[words.account] == pytest.approx((118, 192 + 5), abs=1)
    assert places["1 234.50"] == pytest.approx((83, 192 + 68 + 4), abs=1.5)
    assert places[words.acceptance_point][1] == pytest.approx(192 + 82, abs=1)
    assert {words.cost_share + ", " + DOSSIER, words.acceptance_point, words.reference} <= set(places)


def test_it_is_a_record_that_lasts_and_can_be_heard(tmp_path: Path) -> None:
    issue(tmp_path / "bill.pdf")
    content = (tmp_path / "bill.pdf").read_bytes()

    for profile in (validator.ValidationProfile.PDF_A_2A, validator.ValidationProfile.PDF_UA_1):
        assert validator.is_pdf_compliant_bytes(content, profile=profile)


def test_the_same_again_on_the_same_day_is_the_same_bill(tmp_path: Path) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    issue(first)
    issue(second)
    issue(tmp_path / "3.pdf", reason="Anderes")

    assert first.read_bytes() == second.read_bytes()
    assert claims() == [1, 2]


def test_texts_that_look_like_markup_are_printed_as_they_are(tmp_path: Path) -> None:
    reason = '<b>#panic("x")</b> $a_1$ *Miete* `x` // @y'

    assert issue(tmp_path / "bill.pdf", reason=reason).exit_code == 0

    assert find_bills(tmp_path / "bill.pdf").bills[0].bill.message == reason
    assert reason in "\n".join(dict(_placed(tmp_path / "bill.pdf")))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"person": "P-000124"}, "Von P-000124 ist keine Adresse bekannt."),
        ({"person": "P-000999"}, "Die Person P-000999 gehört nicht zum Dossier"),
        ({"reason": "x" * 141}, "140"),
        ({"amount": "0.00"}, "0.00"),
    ],
)
def test_what_cannot_be_billed_is_refused_and_claims_nothing(tmp_path: Path, asked: dict[str, str], said: str) -> None:
    result = issue(tmp_path / "bill.pdf", **asked)

    assert result.exit_code == 1
    assert said in result.output
    assert claims() == []
    assert not (tmp_path / "bill.pdf").exists()


@pytest.mark.parametrize("amount", ["12.345", "viel", "NaN", "1'000.00"])
def test_what_is_no_amount_is_wrong_usage(tmp_path: Path, amount: str) -> None:
    assert issue(tmp_path / "bill.pdf", amount=amount).exit_code == 2


def test_without_an_account_there_is_no_bill(tmp_path: Path) -> None:
    deploy(None)

    result = issue(tmp_path / "bill.pdf")

    assert (result.exit_code, "receiving_account" in result.output) == (1, True)


def test_of_two_who_issue_at_once_each_gets_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    store = ClaimStore(PAYMENTS)
    other = replace(DEMAND, person_id="P-000124")
    write = ClaimStore._write  # noqa: SLF001
    monkeypatch.setattr(ClaimStore, "_write", _first(lambda: write(store, Claim(1, other, "other"), 0), write))

    assert store.issue(DEMAND, "me").number == 2
    assert claims() == [1, 2]


def test_who_never_gets_through_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise ConditionFailedError

    monkeypatch.setattr(ClaimStore, "_write", refused)

    with pytest.raises(WriteConflictError):
        ClaimStore(PAYMENTS).issue(DEMAND, "me")


def _first(before: object, then: object) -> object:
    """The write of somebody else comes between our reading and our writing, once."""
    waiting = [before]

    def write(store: ClaimStore, claim: Claim, last: int) -> None:
        while waiting:
            waiting.pop()()  # type: ignore[operator]
        then(store, claim, last)  # type: ignore[operator]

    return write


def _placed(path: Path) -> Iterator[tuple[str, tuple[float, float]]]:
    """Lines of text with the place of their upper left corner in millimetres."""
    page = PdfDocument(path)[0]
    text = page.get_textpage()
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        said = text.get_text_bounded(left, bottom, right, top).strip()
        yield said, (left * MM, 297 - top * MM)
