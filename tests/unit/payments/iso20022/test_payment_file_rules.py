"""Every Swiss rule: a valid file with one thing changed breaks exactly this rule."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sozialakte.payments.iso20022 import rule_book
from sozialakte.payments.iso20022.bank_profile import PROFILES
from sozialakte.payments.iso20022.check_payment_file import NOTHING_ELSE, Asked
from sozialakte.payments.iso20022.fields import Fields
from sozialakte.payments.iso20022.group_rules import FURTHEST_AHEAD, FURTHEST_BACK
from sozialakte.payments.iso20022.header_rules import against_totals
from sozialakte.payments.iso20022.rule_book import Rule
from tests.payloads import IBAN, QR_IBAN, QRR, SCOR
from tests.payment_files import (
    DAY,
    GERMAN_IBAN,
    checked,
    payment,
    payment_file,
    qrr_payment,
    scor_payment,
    sepa_payment,
    written,
)

FILE = written(payment_file([qrr_payment(1), scor_payment(2), payment(3), sepa_payment(4)])).decode()
FRANCS, EUROS = "<PmtInfId>SOZ-20261124-0001-01</PmtInfId>", "<PmtInfId>SOZ-20261124-0001-02</PmtInfId>"
CREDITOR = "<Cdtr><Nm>Stadtwerke Rottal</Nm><PstlAdr>"
STREET = "<StrtNm>Werkhofstrasse</StrtNm><BldgNb>5</BldgNb>"
TOWN = "<TwnNm>Luzern</TwnNm>"
SALARY = "<PmtTpInf><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf>"
LONG = "".join(f"<RfrdDocInf><Nb>{'x' * 35}</Nb></RfrdDocInf>" for _ in range(257))
SHORT = "<RfrdDocInf><Nb>4711</Nb></RfrdDocInf>" * 4
ID = "<EndToEndId>SOZ-000003</EndToEndId>"
TEXT = "<Ustrd>Rechnung 1188</Ustrd>"
QR_KIND, SCOR_KIND = "<Prtry>QRR</Prtry>", "<Cd>SCOR</Cd>"
REFERENCE = f"<CdtrRefInf><Tp><CdOrPrtry>{SCOR_KIND}</CdOrPrtry></Tp><Ref>{SCOR}</Ref></CdtrRefInf>"

# Rule, what stands in the file, what is put in its place (once, at its first appearance).
BROKEN: list[tuple[Rule, str, str]] = [
    (rule_book.BYTE_ORDER_MARK, "<?xml", "\ufeff<?xml"),
    (rule_book.CDATA, "<Nm>Stadt Rottal</Nm>", "<Nm><![CDATA[Stadt Rottal]]></Nm>"),
    (rule_book.CHARACTERS, "Werkhofstrasse", "Werkhofstrasse\u2026"),
    (rule_book.CHARACTERS, "<Nm>Stadt Rottal</Nm>", "<Nm>Stadt\tRottal</Nm>"),
    (rule_book.CHARACTERS, "<Nm>Stadt Rottal, Soziale Dienste</Nm>", "<Nm>Stadt \u00ad Rottal</Nm>"),
    (rule_book.COUNTRY, "<Ctry>CH</Ctry>", "<Ctry>XX</Ctry>"),
    (rule_book.ADDRESS_UNSTRUCTURED, TOWN, ""),
    (rule_book.ADDRESS_UNSTRUCTURED, "<Ctry>CH</Ctry>", ""),
    (rule_book.ADDRESS_UNSTRUCTURED, STREET + "<PstCd>6004</PstCd>" + TOWN + "<Ctry>CH</Ctry>",
     "<AdrLine>Werkhofstrasse 5</AdrLine><AdrLine>6004 Luzern</AdrLine>"),
    (rule_book.ADDRESS_WITHOUT_NAME, "<UltmtDbtr><Nm>Pia Müller</Nm>", "<UltmtDbtr>"),
    (rule_book.ADDRESS_LINES, "<Ctry>CH</Ctry>", "<Ctry>CH</Ctry>" + "".join(f"<AdrLine>{n}</AdrLine>" for n in "abc")),
    (rule_book.ADDRESS_TWICE, "<Ctry>CH</Ctry>", "<Ctry>CH</Ctry><AdrLine>Rorschach</AdrLine>"),
    (rule_book.MESSAGE_ID, "<MsgId>SOZ-20261124-0001</MsgId>", "<MsgId>/SOZ</MsgId>"),
    (rule_book.MESSAGE_ID, "<MsgId>SOZ-20261124-0001</MsgId>", "<MsgId>SOZ//1</MsgId>"),
    (rule_book.MESSAGE_ID, "<MsgId>SOZ-20261124-0001</MsgId>", "<MsgId>Zürich</MsgId>"),
    (rule_book.COUNT, "<NbOfTxs>4</NbOfTxs>", "<NbOfTxs>5</NbOfTxs>"),
    (rule_book.SUM, "<CtrlSum>799.80</CtrlSum>", "<CtrlSum>799.81</CtrlSum>"),
    (rule_book.INITIATOR_ADDRESS, "<Nm>Stadt Rottal</Nm>",
     "<Nm>Stadt Rottal</Nm><PstlAdr><TwnNm>Rottal</TwnNm><Ctry>CH</Ctry></PstlAdr>"),
    (rule_book.INITIATOR, "<Nm>Stadt Rottal</Nm>", ""),
    (rule_book.CONTACT, "<ChanlTp>NAME</ChanlTp>", "<ChanlTp>FAX</ChanlTp>"),
    (rule_book.CONTACT, "<ChanlTp>NAME</ChanlTp>", "<ChanlTp>SPSV</ChanlTp>"),
    (rule_book.CONTACT, "<CtctDtls>", "<CtctDtls><Nm>Pia Müller</Nm>"),
    (rule_book.GROUP_ID, FRANCS, "<PmtInfId>SOZ_1</PmtInfId>"),
    (rule_book.DUPLICATE_GROUP, EUROS, FRANCS),
    (rule_book.GROUP_COUNT, "<NbOfTxs>3</NbOfTxs>", "<NbOfTxs>2</NbOfTxs>"),
    (rule_book.GROUP_SUM, "<CtrlSum>599.85</CtrlSum>", "<CtrlSum>599.9</CtrlSum>"),
    (rule_book.METHOD, "<PmtMtd>TRF</PmtMtd>", "<PmtMtd>TRA</PmtMtd>"),
    (rule_book.OWN_ACCOUNT, "CH7280005000088877766", "CH7280005000088877767"),
    (rule_book.OWN_QR_IBAN, "CH7280005000088877766", QR_IBAN),
    (rule_book.DEBTOR_NAME, "<Dbtr><Nm>Stadt Rottal, Soziale Dienste</Nm></Dbtr>",
     "<Dbtr><Id><OrgId><AnyBIC>KBAGCH22</AnyBIC></OrgId></Id></Dbtr>"),
    (rule_book.DEBTOR_BANK,
     "<ClrSysMmbId><ClrSysId><Cd>CHBCC</Cd></ClrSysId><MmbId>80005</MmbId></ClrSysMmbId>", "<Nm>Bank</Nm>"),
    (rule_book.TIME_OF_DAY, "<Dt>2026-11-26</Dt>", "<DtTm>2026-11-26T12:00:00</DtTm>"),
    (rule_book.CURRENCIES, 'Ccy="CHF"', 'Ccy="EUR"'),
    (rule_book.ACCOUNT_TYPE, "</IBAN></Id></DbtrAcct>", "</IBAN></Id><Tp><Prtry>ALL</Prtry></Tp></DbtrAcct>"),
    (rule_book.PAYMENT_ID, ID, "<EndToEndId>SOZ/</EndToEndId>"),
    (rule_book.PAYMENT_ID, ID, f"<InstrId>_</InstrId>{ID}"),
    (rule_book.CURRENCY, 'Ccy="EUR"', 'Ccy="CHF"'),
    (rule_book.ACCOUNT, GERMAN_IBAN, "DE89370400440532013001"),
    (rule_book.ACCOUNT, IBAN, IBAN[:-1] + "8"),
    (rule_book.NO_ACCOUNT, f"<CdtrAcct><Id><IBAN>{GERMAN_IBAN}</IBAN></Id></CdtrAcct>", ""),
    (rule_book.NO_CREDITOR, f"{CREDITOR}{STREET}<PstCd>6004</PstCd>{TOWN}<Ctry>CH</Ctry></PstlAdr></Cdtr>", ""),
    (rule_book.ON_BOTH_LEVELS, "<Amt><InstdAmt Ccy=\"EUR\">",
     "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><Amt><InstdAmt Ccy=\"EUR\">"),
    (rule_book.ON_BOTH_LEVELS, "Ccy=\"EUR\">199.95</InstdAmt></Amt>",
     "Ccy=\"EUR\">199.95</InstdAmt></Amt><ChrgBr>SLEV</ChrgBr>"),
    (rule_book.NAME_TOO_LONG, f"EUR\">199.95</InstdAmt></Amt>{CREDITOR}",
     f"EUR\">199.95</InstdAmt></Amt><Cdtr><Nm>{'x' * 71}</Nm><PstlAdr>"),
    (rule_book.CHARGES, "<ChrgBr>SLEV</ChrgBr>", "<ChrgBr>SHAR</ChrgBr>"),
    (rule_book.SEPA_ACCOUNT, GERMAN_IBAN, "TR330006100519786457841326"),
    (rule_book.PURPOSE_HERE, f"{ID}</PmtId>", f"{ID}</PmtId>{SALARY}"),
    (rule_book.CHEQUE_HERE, "</InstdAmt></Amt>", "</InstdAmt></Amt><ChqInstr><ChqTp>BCHQ</ChqTp></ChqInstr>"),
    (rule_book.ADDRESS_TYPE, CREDITOR, f"{CREDITOR}<AdrTp><Cd>ADDR</Cd></AdrTp>"),
    (rule_book.QRR_MISSING, QR_KIND, SCOR_KIND),
    (rule_book.QRR_HERE, SCOR_KIND, QR_KIND),
    (rule_book.TEXT_BESIDE_REFERENCE, f"<RmtInf><Strd>{REFERENCE}", f"<RmtInf>{TEXT}<Strd>{REFERENCE}"),
    (rule_book.TEXT_BESIDE_REFERENCE, "<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Prtry>",
     f"<RmtInf>{TEXT}<Strd><CdtrRefInf><Tp><CdOrPrtry><Prtry>"),
    (rule_book.REFERENCE_KIND, SCOR_KIND, "<Cd>RADM</Cd>"),
    (rule_book.REFERENCE, QRR, QRR[:-1] + "8"),
    (rule_book.REFERENCE, SCOR, "RF720191230100405JSH0438"),
    (rule_book.NO_REFERENCE, f"<Ref>{SCOR}</Ref>", ""),
    (rule_book.NO_REFERENCE, REFERENCE, ""),
    (rule_book.REMITTANCE_TWICE, TEXT, TEXT * 2),
    (rule_book.REMITTANCE_TWICE, "</AddtlRmtInf>", "</AddtlRmtInf><AddtlRmtInf>2</AddtlRmtInf>"),
    (rule_book.REMITTANCE_TOO_LONG, f"<Strd>{REFERENCE}", f"<Strd>{LONG}{REFERENCE}"),
]  # fmt: skip


def changed(old: str, new: str, text: str = FILE) -> bytes:
    """The file with this put in place of that, once."""
    assert old in text
    return text.replace(old, new, 1).encode()


def last(old: str, new: str) -> bytes:
    """The file with its last such thing changed, which is in the payment to Germany."""
    head, tail = FILE.rsplit(old, 1)
    return f"{head}{new}{tail}".encode()


def broken(data: bytes, asked: Asked = NOTHING_ELSE) -> list[str]:
    """The rules that a file breaks."""
    return [error.rule for error in checked(data, asked).rule_errors]


def with_amount(amount: str, currency: str = "CHF") -> bytes:
    """A file of one payment of so much."""
    text = written(payment_file([payment() if currency == "CHF" else sepa_payment()])).decode()
    return text.replace("199.95", amount).encode()


def test_the_file_is_valid() -> None:
    findings = checked(FILE.encode())

    assert findings.valid
    assert (findings.payments, str(findings.total)) == (4, "799.80")
    assert checked(FILE.encode(), Asked(day=DAY, sent={"SOZ-20261124-0002"})).valid


@pytest.mark.parametrize(("rule", "old", "new"), BROKEN, ids=[f"{rule.number} {rule.code}" for rule, *_ in BROKEN])
def test_one_thing_changed_breaks_one_rule(rule: Rule, old: str, new: str) -> None:
    (error,) = checked(changed(old, new)).rule_errors

    assert (error.rule, error.code) == (rule.number, rule.code)
    assert error.path.startswith("/")
    assert error.message


def test_empty_elements_are_refused() -> None:
    assert broken(changed("<UltmtDbtr>", "<UltmtDbtr></UltmtDbtr><UltmtDbtr>")) == ["F.3"]


def test_payments_of_two_types_do_not_share_a_group() -> None:
    francs = written(payment_file([payment(1), payment(2)])).decode()

    assert broken(changed(IBAN, "TR330006100519786457841326", francs)) == ["B.14"]


def test_ids_of_instructions_are_unique_in_a_group() -> None:
    twice = FILE.replace("<EndToEndId>SOZ-00000", "<InstrId>1</InstrId><EndToEndId>SOZ-00000", 2)
    over_groups = changed(ID, f"<InstrId>1</InstrId>{ID}").decode()

    assert broken(twice.encode()) == ["C.2"]
    assert broken(changed("<EndToEndId>SOZ-000004", "<InstrId>1</InstrId><EndToEndId>SOZ-000004", over_groups)) == []


@pytest.mark.parametrize(
    ("amount", "currency", "rule"),
    [
        ("0.01", "CHF", []),
        ("0", "CHF", ["C.3"]),
        ("0.00", "CHF", ["C.3"]),
        ("9999999999.99", "CHF", []),
        ("10000000000.00", "CHF", ["C.4"]),
        ("999999999.99", "EUR", []),
        ("1000000000.00", "EUR", ["C.4"]),
        ("1.005", "CHF", ["C.6"]),
        ("1.10000", "CHF", []),
    ],
)
def test_amounts(amount: str, currency: str, rule: list[str]) -> None:
    assert broken(with_amount(amount, currency)) == rule


@pytest.mark.parametrize("amount", ["1E9", "9E999999999", "NaN", "INF", "1,5", "1'000", "-", "", "x" * 1000])
def test_what_is_no_number_is_not_counted(amount: str) -> None:
    findings = checked(with_amount(amount))

    assert (findings.payments, str(findings.total)) == (1, "0")
    assert findings.schema_errors


def test_a_reference_in_sepa_is_short() -> None:
    text = f"<RmtInf>{TEXT}</RmtInf>"
    fits, too_long = (f"<RmtInf><Strd>{more}{REFERENCE}</Strd></RmtInf>" for more in ("", SHORT))

    assert broken(last(text, fits)) == []
    assert broken(last(text, too_long)) == ["C.24"]


def test_a_message_is_sent_once() -> None:
    assert broken(FILE.encode(), Asked(sent={"SOZ-20261124-0001"})) == ["A.8"]


def test_dates_are_judged_only_when_asked() -> None:
    day = timedelta(days=1)

    assert broken(FILE.encode(), Asked(day=DAY - FURTHEST_AHEAD - day)) == ["B.10"] * 2
    assert broken(FILE.encode(), Asked(day=DAY - FURTHEST_AHEAD)) == []
    assert broken(FILE.encode(), Asked(day=DAY + FURTHEST_BACK + day)) == ["B.11"] * 2
    assert broken(FILE.encode(), Asked(day=DAY + FURTHEST_BACK)) == []
    assert broken(changed("2026-11-26", "1999-01-01")) == []
    assert broken(changed("2026-11-26", "2026-11-26Z"), Asked(day=date(2026, 11, 20))) == []


def test_a_bank_may_refuse_a_postal_code_beside_a_line() -> None:
    hybrid = changed(f"{STREET}<PstCd>6004</PstCd>{TOWN}<Ctry>CH</Ctry>",
                     f"<PstCd>6004</PstCd>{TOWN}<Ctry>CH</Ctry><AdrLine>Werkhofstrasse 5</AdrLine>")  # fmt: skip

    assert broken(hybrid) == []
    assert broken(hybrid, Asked(PROFILES["lines-without-postal-code"])) == ["P.2"]
    assert broken(FILE.encode(), Asked(PROFILES["lines-without-postal-code"])) == []


def test_a_bank_may_want_ids_of_instructions() -> None:
    assert broken(FILE.encode(), Asked(PROFILES["instruction-ids"])) == ["P.1"] * 4


def test_the_path_names_the_group_and_the_payment() -> None:
    (error,) = checked(last(GERMAN_IBAN, "DE89370400440532013001")).rule_errors

    assert error.path == "/Document/CstmrCdtTrfInitn/PmtInf[2]/CdtTrfTxInf[1]/CdtrAcct/Id/IBAN"


def test_a_payment_to_the_rest_of_the_world_is_not_judged_by_rules_of_switzerland() -> None:
    abroad = written(payment_file([payment()])).decode().replace(IBAN, "TR330006100519786457841326")

    assert broken(abroad.replace('"CHF"', '"USD"').encode()) == []


def test_a_cheque_is_a_type_of_its_own() -> None:
    cheque = written(payment_file([payment()])).decode().replace("TRF", "CHK")
    account = f"<CdtrAcct><Id><IBAN>{IBAN}</IBAN></Id></CdtrAcct>"

    assert broken(cheque.replace(account, "").encode()) == []


def test_a_file_has_at_most_99_999_payments() -> None:
    header = Fields({"NbOfTxs": "100000", "CtrlSum": "1"}, frozenset())
    breaches = against_totals(header, 100_000, Decimal(1), (rule_book.COUNT, rule_book.SUM))

    assert [(breach.rule.number, breach.rule.code) for breach in breaches] == [("A.3", "AM18")]


def test_every_rule_of_the_book_is_tested_here() -> None:
    rules = [rule for rule in vars(rule_book).values() if isinstance(rule, Rule)]
    elsewhere = set(re.findall(r'"([A-Z]\.[0-9]+)"', Path(__file__).read_text(encoding="utf-8")))

    assert {rule.number for rule in rules} == {rule.number for rule, *_ in BROKEN} | elsewhere
    assert len({rule.number for rule in rules}) == len(rules)
