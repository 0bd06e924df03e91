"""What we write is what a bank takes: by the schemas, by the rules, to the cent, and the same every time."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sozialakte.payments import Party
from sozialakte.payments.iso20022.bank_profile import PROFILES
from sozialakte.payments.iso20022.check_payment_file import Asked
from sozialakte.payments.iso20022.pain001 import NAMESPACE, write_payment_file
from sozialakte.payments.iso20022.payment import (
    DebtorAccount,
    Payment,
    PaymentGroup,
    PaymentsRefusedError,
    grouped,
    payment_information_id,
)
from sozialakte.payments.iso20022.payment_types import PaymentType
from sozialakte.payments.iso20022.schemas import pain_001_schema
from tests.payloads import IBAN, QRR, SCOR
from tests.payment_files import (
    ACCOUNT,
    CLIENT,
    UTILITY,
    checked,
    payment,
    payment_file,
    payments,
    qrr_payment,
    scor_payment,
    sepa_payment,
    swiss_schema,
    written,
)

NAMES = {"p": NAMESPACE}


def found(data: bytes, path: str) -> list[str]:
    """The texts at a path without prefixes, anywhere in the file."""
    steps = "/".join(f"p:{step}" for step in path.split("/"))
    return [str(node.text) for node in etree.fromstring(data).iterfind(f".//{steps}", NAMES)]


@settings(max_examples=60, deadline=None)
@given(st.lists(payments(), min_size=1, max_size=12, unique_by=lambda one: one.end_to_end_id))
def test_any_valid_payments_make_a_file_that_schemas_and_rules_accept(some: list[Payment]) -> None:
    file = payment_file(some)
    data = written(file)

    for schema in filter(None, (pain_001_schema(), swiss_schema())):
        findings = checked(data, schema=schema)
        assert (findings.schema_errors, findings.rule_errors) == ((), ())
        assert (findings.payments, findings.total) == (len(some), sum(one.amount for one in some))
    assert written(file) == data
    assert sorted(found(data, "PmtId/EndToEndId")) == sorted(one.end_to_end_id for one in some)


def test_a_qr_reference_goes_with_its_message_and_the_client_it_is_paid_for() -> None:
    data = written(payment_file([qrr_payment()]))

    assert found(data, "Strd/CdtrRefInf/Tp/CdOrPrtry/Prtry") == ["QRR"]
    assert found(data, "Strd/CdtrRefInf/Ref") == [QRR]
    assert found(data, "Strd/AddtlRmtInf") == ["Rechnung 1188"]
    assert found(data, "RmtInf/Ustrd") == []
    assert found(data, "UltmtDbtr/Nm") == ["Pia Müller"]
    assert found(data, "UltmtDbtr/PstlAdr/TwnNm") == ["Rorschach"]


def test_a_creditor_reference_has_a_code_of_its_own() -> None:
    data = written(payment_file([scor_payment(message="")]))

    assert found(data, "Strd/CdtrRefInf/Tp/CdOrPrtry/Cd") == ["SCOR"]
    assert found(data, "Strd/CdtrRefInf/Ref") == [SCOR]
    assert found(data, "Strd/AddtlRmtInf") == []


def test_without_a_reference_the_message_stands_alone() -> None:
    assert found(written(payment_file([payment()])), "RmtInf/Ustrd") == ["Rechnung 1188"]
    assert b"RmtInf" not in written(payment_file([payment(message="")]))


def test_sepa_is_said_of_the_group_and_charges_are_shared() -> None:
    data = written(payment_file([sepa_payment()]))

    assert found(data, "PmtInf/PmtTpInf/SvcLvl/Cd") == ["SEPA"]
    assert found(data, "PmtInf/ChrgBr") == ["SLEV"]
    assert b"SvcLvl" not in written(payment_file([payment()]))


def test_each_currency_and_type_is_a_group_with_its_own_sum() -> None:
    some = [payment(1), sepa_payment(2), payment(3, currency="EUR"), payment(4, amount=Decimal("0.05"))]
    data = written(payment_file(some))

    assert found(data, "PmtInf/PmtInfId") == [f"SOZ-20261124-0001-0{number}" for number in (1, 2, 3)]
    assert found(data, "PmtInf/NbOfTxs") == ["2", "1", "1"]
    assert found(data, "PmtInf/CtrlSum") == ["200.00", "199.95", "199.95"]
    assert (found(data, "GrpHdr/NbOfTxs"), found(data, "GrpHdr/CtrlSum")) == (["4"], ["599.90"])
    assert found(data, "PmtId/EndToEndId") == ["SOZ-000001", "SOZ-000004", "SOZ-000003", "SOZ-000002"]


def test_the_software_and_the_version_of_the_guidelines_are_named() -> None:
    data = written(payment_file([payment()]))

    assert found(data, "CtctDtls/Othr/ChanlTp") == ["NAME", "PRVD", "VRSN", "SPSV"]
    assert found(data, "CtctDtls/Othr/Id")[-1] == "0202"
    assert found(data, "InitgPty/PstlAdr") == []


def test_the_bank_is_named_by_its_bic_or_by_the_number_in_the_account() -> None:
    with_bic = DebtorAccount(IBAN, "Stadt Rottal", bic="KBAGCH22", address=UTILITY)

    assert found(written(payment_file([payment()])), "DbtrAgt/FinInstnId/ClrSysMmbId/MmbId") == ["80005"]
    data = written(payment_file([], groups=grouped(with_bic, [payment()])))
    assert found(data, "DbtrAgt/FinInstnId/BICFI") == ["KBAGCH22"]
    assert found(data, "Dbtr/PstlAdr/TwnNm") == ["Luzern"]
    assert checked(data).valid


def test_the_day_and_whether_the_account_shows_one_sum_are_said() -> None:
    data = written(payment_file([], groups=grouped(ACCOUNT, [payment()], batch_booking=False)))

    assert found(data, "ReqdExctnDt/Dt") == ["2026-11-26"]
    assert found(data, "PmtInf/BtchBookg") == ["false"]
    assert found(data, "GrpHdr/CreDtTm") == ["2026-11-24T09:15:00+00:00"]


def test_markup_in_a_text_stays_text() -> None:
    creditor = Party('<Nm>&amp; "O\'Neil" ]]>', "a<b", "&1", "6004", "Lu>zern", "CH")
    data = written(payment_file([payment(creditor=creditor, message="<script>&</script>")]))

    assert found(data, "Cdtr/Nm") == [creditor.name]
    assert found(data, "RmtInf/Ustrd") == ["<script>&</script>"]
    assert checked(data).valid


def test_a_bank_that_wants_instruction_ids_gets_them() -> None:
    profile = PROFILES["instruction-ids"]
    data, usual = (written(payment_file([payment()]), one) for one in (profile, PROFILES["sps"]))

    assert found(data, "PmtId/InstrId") == ["SOZ-000001"]
    assert checked(data, Asked(profile)).valid
    assert [error.rule for error in checked(usual, Asked(profile)).rule_errors] == ["P.1"]
    assert checked(usual).valid


def test_what_is_only_for_information_does_not_stop_a_payment() -> None:
    homeless = Party("Pia Müller", country="CH")

    data = written(payment_file([payment(ultimate_debtor=homeless)]))
    assert found(data, "UltmtDbtr/Nm") == ["Pia Müller"]
    assert b"UltmtDbtr><Nm>Pia M\xc3\xbcller</Nm></UltmtDbtr" in data
    assert b"UltmtDbtr" not in written(payment_file([payment(ultimate_debtor=Party("", country="CH"))]))


def test_nothing_is_written_if_one_payment_is_refused() -> None:
    target = io.BytesIO()
    some = [payment(1), payment(2, amount=Decimal(0)), payment(3, iban="CH9300762011623852958")]

    with pytest.raises(PaymentsRefusedError) as refused:
        write_payment_file(payment_file(some), target)

    assert target.getvalue() == b""
    told = [(one.invoice_id, [reason.code for reason in one.reasons]) for one in refused.value.refusals]
    assert told == [("invoice-2", ["bank.amount"]), ("invoice-3", ["bank.iban"])]


def test_a_payment_is_in_a_file_once() -> None:
    with pytest.raises(PaymentsRefusedError, match=r"bank\.twice"):
        written(payment_file([payment(1), payment(2), sepa_payment(1)]))


def test_a_payment_in_the_wrong_group_is_refused() -> None:
    groups = [PaymentGroup(ACCOUNT, "CHF", PaymentType.DOMESTIC, [sepa_payment()])]

    with pytest.raises(PaymentsRefusedError, match=r"bank\.group"):
        written(payment_file([], groups=groups))


def test_the_id_of_a_group_comes_from_the_message_and_its_number() -> None:
    assert payment_information_id("SOZ-1", 7) == "SOZ-1-07"


class _Repeated(Sequence[Payment]):
    """The same payments again and again, none of them held."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at):  # type: ignore[no-untyped-def] # two kinds of questions, two kinds of answers
        numbers = range(self._count)[at]
        return [payment(one, creditor=CLIENT) for one in numbers] if isinstance(at, slice) else self._one(numbers)

    def _one(self, number: int) -> Payment:
        return payment(number, creditor=CLIENT)


class _Counted(io.RawIOBase):
    """Takes everything, keeps its size."""

    size = 0

    def write(self, data: bytes) -> int:  # type: ignore[override] # only bytes are written
        self.size += len(data)
        return len(data)


def test_memory_does_not_grow_with_the_file() -> None:
    target = _Counted()
    groups = [PaymentGroup(ACCOUNT, "CHF", PaymentType.DOMESTIC, _Repeated(20_000))]
    tracemalloc.start()
    write_payment_file(payment_file([], groups=groups), target)  # type: ignore[arg-type] # it has what is used
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert target.size > 7_000_000
    assert peak < 5_000_000  # the ids are held, a hundred bytes a payment, so that none is there twice
