"""What banks say is read as it is; what cannot be trusted is refused in words."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from sozialakte.payments.iso20022.bank_message import BankReason, Entry, Status
from sozialakte.payments.iso20022.bank_reasons import KNOWN, in_words
from sozialakte.payments.iso20022.read_bank_message import BankMessage, against_schema, open_bank_message
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.shared.texts import say
from tests.bank.words import ACCOUNT, balance, batch, camt, details, entry, group, payment, status_report

SAMPLES = Path(__file__).parents[5] / "shared" / "standards" / "iso20022"
NEEDS_SAMPLES = pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs the samples beside the repository")
IBAN_8 = sorted((SAMPLES / "samples-camt").glob("genkgo__camt05[34].v8*.xml"))
OLD = sorted(
    path
    for path in (*(SAMPLES / "samples-camt").glob("*.xml"), *(SAMPLES / "samples-pain002").glob("*.xml"))
    if path not in IBAN_8
)


def opened(content: bytes) -> BankMessage:
    return open_bank_message(BytesIO(content))


def read(content: bytes) -> list[Entry | Status]:
    message = opened(content)
    parts = list(message.parts())
    assert message.schema_errors == []
    return parts


def entries(content: bytes) -> list[Entry]:
    return [part for part in read(content) if isinstance(part, Entry)]


def statuses(content: bytes) -> list[Status]:
    return [part for part in read(content) if isinstance(part, Status)]


def told(content: bytes) -> list[str]:
    message = opened(content)
    assert against_schema(message) == ()
    return [reason.code for reason in message.told]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableMessageError) as refused:
        list(opened(content).parts())
    return say(refused.value.reason)


@NEEDS_SAMPLES
@pytest.mark.parametrize("path", IBAN_8, ids=lambda path: path.stem)
def test_a_sample_is_read_as_its_authors_read_it(path: Path) -> None:
    wanted: list[dict[str, Any]] = json.loads(path.with_suffix(".json").read_text())["getEntries"]

    found = entries(path.read_bytes())

    assert [_facts(one) for one in found] == [_wanted(one) for one in wanted]


def _facts(one: Entry) -> tuple[object, ...]:
    first = one.transfers[0]
    return one.signed, one.currency, one.status, one.own_ref, first.end_to_end_id, len(one.transfers)


def _wanted(one: dict[str, Any]) -> tuple[object, ...]:
    amount, currency = one["getAmount"]["getAmount"], one["getAmount"]["getCurrency"]["getCode"]
    refs = one["getTransactionDetail"]["getReference"] or {}
    cents = Decimal(amount) / 100
    own, named = one["getAccountServicerReference"], refs.get("getEndToEndId")
    return cents, currency, one["getStatus"], own or "", named or "", len(one["getTransactionDetails"])


@NEEDS_SAMPLES
@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_every_other_version_is_refused_in_words(path: Path) -> None:
    words = refusal(path.read_bytes())

    assert re.search(r"Version|wird nicht angenommen|Namensraum", words)


@NEEDS_SAMPLES
def test_a_partly_rejected_file_says_which_payment_and_why() -> None:
    found = statuses((SAMPLES / "samples-selfmade" / "pain002_10_PART.xml").read_bytes())

    whole, part, rejected = found
    assert (whole.message_id, whole.status, whole.count, whole.total) == (
        "SOZ-20260203-0001",
        "PART",
        3,
        Decimal("3210.70"),
    )
    assert (part.payment_information_id, part.end_to_end_id, part.status) == ("SOZ-20260203-0001-01", "", "PART")
    assert (rejected.payment_information_id, rejected.end_to_end_id) == ("SOZ-20260203-0001-01", "E2E-2026-0002")
    assert rejected.reason == BankReason("AC01", "Account number incorrect")


def test_every_payment_of_a_group_keeps_its_group() -> None:
    groups = (
        group("M-1", payment("A") + payment("B"))
        + group("M-2", payment("C"), status="PART")
        + group("M-3", status="RJCT", reason="DU02")
    )

    found = [
        (one.payment_information_id, one.end_to_end_id, one.status) for one in statuses(status_report("M", groups))[1:]
    ]

    assert found == [
        ("M-1", "A", "RJCT"),
        ("M-1", "B", "RJCT"),
        ("M-2", "", "PART"),
        ("M-2", "C", "RJCT"),
        ("M-3", "", "RJCT"),
    ]


def test_an_entry_is_read_with_all_its_payments() -> None:
    inside = batch("M-1", "M", 2) + details("10.00", end_to_end_id="a", ref="r1") + details("2.50", end_to_end_id="b")
    (one,) = entries(camt("camt.053", [entry("12.50", inside, ref="E1")], balances=balance("OPBD", "0.00")))

    assert (one.account, one.signed, one.booked_on, one.own_ref) == (
        ACCOUNT,
        Decimal("-12.50"),
        date(2026, 11, 20),
        "E1",
    )
    assert (one.message_id, one.payment_information_id, one.is_booked) == ("M", "M-1", True)
    assert [(each.end_to_end_id, each.amount, each.own_ref) for each in one.transfers] == [
        ("a", Decimal("10.00"), "r1"),
        ("b", Decimal("2.50"), ""),
    ]


def test_the_batch_of_an_entry_is_not_that_of_the_next() -> None:
    first, second = entries(camt("camt.054", [entry("1.00", batch("M-1")), entry("2.00", details("2.00"))]))

    assert (first.payment_information_id, second.payment_information_id) == ("M-1", "")
    assert (len(first.transfers), len(second.transfers)) == (0, 1)


def test_a_returned_payment_says_why_and_who_should_have_got_it() -> None:
    inside = details("9.00", credit=True, end_to_end_id="x", returned="AC04", party="Muster & Söhne <b>")
    (one,) = entries(camt("camt.054", [entry("9.00", inside, credit=True, code="ICDT/RRTN")]))

    (transfer,) = one.transfers
    assert transfer.is_return
    assert transfer.party == "Muster & Söhne <b>"
    assert in_words(transfer.reason) == "AC04: Das Konto ist aufgehoben."


def test_the_only_payment_of_an_entry_moved_what_the_entry_moved() -> None:
    (one,) = entries(camt("camt.054", [entry("95.10", details("100.00", currency="EUR"))]))

    (transfer,) = one.transfers
    assert (transfer.amount, transfer.currency) == (Decimal("95.10"), "CHF")
    assert transfer.ordered == (Decimal("100.00"), "EUR")


@pytest.mark.parametrize("form", ["Zoe\N{COMBINING DIAERESIS}", "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}"])
def test_names_have_one_form(form: str) -> None:
    (one,) = entries(camt("camt.054", [entry("1.00", details("1.00", credit=True, party=form), credit=True)]))

    assert one.transfers[0].party == "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}"


def test_balances_that_do_not_fit_the_entries_are_told() -> None:
    wrong = balance("OPBD", "100.00") + balance("CLBD", "80.00")
    right = balance("OPBD", "100.00") + balance("CLBD", "-20.00")
    booked, pending = entry("120.00", ref="a"), entry("7.00", status="PDNG", ref="b")

    assert told(camt("camt.053", [booked, pending], balances=wrong)) == ["bank_message.balance"]
    assert told(camt("camt.053", [booked, pending], balances=right)) == []


def test_payments_that_are_not_the_sum_of_their_entry_are_told() -> None:
    inside = details("10.00") + details("2.00")

    assert told(camt("camt.054", [entry("13.00", inside)])) == ["bank_message.details"]
    assert told(camt("camt.054", [entry("12.00", inside)])) == []


def test_a_wrong_number_or_sum_of_entries_is_told() -> None:
    summary = "<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries><Sum>5.00</Sum></TtlNtries></TxsSummry>"

    assert told(camt("camt.054", [entry("4.00")], summary=summary)) == ["bank_message.count", "bank_message.sum"]


def test_what_breaks_the_schema_is_not_taken() -> None:
    message = opened(camt("camt.054", [entry("12.00", status="BOOOKED")]))

    assert [reason.code for reason in against_schema(message)][:1] == ["bank_message.schema"]


@pytest.mark.parametrize("amount", ["1e5000000", "-1", "NaN", "1,50", "9" * 400])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    reasons = against_schema(opened(camt("camt.054", [entry(amount)])))

    assert reasons
    assert all(len(say(reason)) < 1000 for reason in reasons)


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "prolog",
    [
        f'<!DOCTYPE x [<!ENTITY a0 "lol">{BOMB}]>',
        '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_doctypes_are_refused(prolog: str) -> None:
    content = camt("camt.053", [entry("1.00")]).replace(b"<Document", prolog.encode() + b"<Document")

    assert "DOCTYPE" in refusal(content.replace(b"BANK-1", b"&a11;"))


@pytest.mark.parametrize("content", [b"", b"{}", b"<Document", b"\x00" * 100, b"<a>" * 100_000])
def test_what_is_no_message_is_refused(content: bytes) -> None:
    assert refusal(content)


def test_a_text_without_end_is_refused() -> None:
    assert refusal(camt("camt.054", [entry("1.00", details("1.00", text="x" * 20_000_000))]))


def test_a_message_of_another_standard_is_refused() -> None:
    content = camt("camt.053", []).replace(b"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", b"urn:example:camt")

    assert refusal(content) == "Das ist keine Meldung einer Bank nach ISO 20022."


def test_a_large_statement_is_read_without_holding_it() -> None:
    many = (entry("1.00", details("1.00", ref=f"r{number}", text="x" * 140)) for number in range(20_000))
    message = opened(camt("camt.054", many))

    assert sum(1 for _ in message.parts()) == 20_000


def test_every_known_reason_has_words() -> None:
    assert all(in_words(BankReason(code)).startswith(f"{code}: ") for code in KNOWN)


def test_an_unknown_reason_is_shown_with_the_banks_words() -> None:
    assert in_words(BankReason("XY99", "kein <i>Konto</i>")) == "XY99: kein <i>Konto</i>"
    assert in_words(BankReason("XY99")) == "XY99"
    assert in_words(BankReason("", "nur Text")) == "nur Text"
    assert in_words(BankReason()) == ""
