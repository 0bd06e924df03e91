"""Every rule of a QR-bill has a number, and a bill that breaks it is told so by this number and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments import QrBill, qr_rules, read_bill, write_payload
from tests.payloads import BY_CREDITOR, COMBINED, IBAN, ORDINARY, QR_IBAN, QRR, SCOR, bills, payload

PAYLOADS = Path(__file__).parents[4] / "shared" / "standards" / "qr-bill" / "payloads"
NO_DEBTOR = dict.fromkeys(range(21, 28), "")

ERRORS: list[tuple[str, bytes]] = [
    ("0.1", payload().replace("ü".encode(), "ü".encode("latin-1"))),
    ("0.2", payload({6: "Stadtwerke 北"})),
    ("0.2", payload({6: "Stadtwerke\tRottal"})),
    ("0.3", payload().replace(b"\n", b"\r\n", 3)),
    ("0.3", payload(end="\r")),
    ("0.4", payload({35: "more"})),
    ("0.5", payload({30: "", 32: "//" + "x" * 1000})),
    ("1.1", payload({1: "SPD"})),
    ("2.1", payload({2: "0300"})),
    ("2.1", payload({2: "200"})),
    ("3.1", payload({3: "2"})),
    ("4.1", payload({4: "DE89370400440532013000"})),
    ("4.1", payload({4: QR_IBAN.lower()})),
    ("4.1", payload({4: ""})),
    ("4.2", payload({4: "CH44 3199 9123 0008 8901 2"})),
    ("4.3", payload({4: "CH4431999123000889013"})),
    ("5.1", payload({5: ""})),
    ("5.4", payload({5: "X"})),
    ("6.1", payload({6: ""})),
    ("6.2", payload({6: "x" * 71})),
    ("7.2", payload({7: "x" * 71})),
    ("8.2", payload({8: "x" * 17})),
    ("8.1", payload({**COMBINED, 8: ""})),
    ("9.1", payload({9: ""})),
    ("9.3", payload({**COMBINED, 9: "6004"})),
    ("10.1", payload({10: ""})),
    ("10.2", payload({10: "x" * 36})),
    ("10.3", payload({**COMBINED, 10: "Luzern"})),
    ("11.1", payload({11: ""})),
    ("11.4", payload({11: "XX"})),
    *((f"{line}.3", payload({line: "x"})) for line in range(12, 19)),
    ("19.1", payload({19: "12"})),
    ("19.1", payload({19: "012.00"})),
    ("19.1", payload({19: "1'012.00"})),
    ("19.1", payload({19: "1000000000.00"})),
    ("19.2", payload({19: "0.00"})),
    ("20.1", payload({20: "USD"})),
    ("20.1", payload({20: ""})),
    ("21.1", payload({21: ""})),
    ("21.4", payload({21: "s"})),
    ("22.1", payload({22: ""})),
    ("25.1", payload({25: ""})),
    ("26.1", payload({26: ""})),
    ("27.1", payload({27: ""})),
    ("27.4", payload({27: "ch"})),
    ("28.1", payload({28: "ABC", 29: ""})),
    ("28.2", payload({28: "NON", 29: ""})),
    ("28.2", payload({28: "SCOR", 29: SCOR})),
    ("28.3", payload({4: IBAN})),
    ("29.1", payload({29: ""})),
    ("29.1", payload({**BY_CREDITOR, 29: ""})),
    ("29.2", payload({29: QRR[1:]})),
    ("29.2", payload({29: "0" * 27})),
    ("29.2", payload({29: "21 00000 00003 13947 14300 09017"})),
    ("29.3", payload({29: QRR[:-1] + "8"})),
    ("29.4", payload({**BY_CREDITOR, 29: "RF1853900754703400000000000"})),
    ("29.4", payload({**BY_CREDITOR, 29: "539007547034"})),
    ("29.5", payload({**BY_CREDITOR, 29: "RF19539007547034"})),
    ("29.6", payload({**ORDINARY, 29: SCOR})),
    ("30.1", payload({30: "x" * 141})),
    ("31.1", payload({31: "EPX"})),
    ("32.1", payload({32: "S1/10/1188"})),
    ("32.2", payload({30: "x" * 100, 32: "//" + "x" * 50})),
    ("33.1", payload({33: "x" * 101})),
    ("34.1", payload({33: "x", 34: "x" * 101})),
]
WARNINGS: list[tuple[str, bytes]] = [
    ("5.4", payload(COMBINED)),
    ("21.4", payload({21: "K", 23: "Marktgasse 28", 24: "9400 Rorschach", 25: "", 26: ""})),
    ("19.3", payload({19: "0.00", 30: "NICHT ZUR ZAHLUNG VERWENDEN"})),
    ("19.3", payload({19: "0.00", 30: "NE PAS UTILISER POUR LE PAIEMENT"})),
    ("19.3", payload({19: "0.00", 30: "NON UTILIZZARE PER IL PAGAMENTO"})),
    ("19.3", payload({19: "0.00", 30: "DO NOT USE FOR PAYMENT"})),
    ("20.2", payload({20: "EUR"})),
    ("30.2", payload({30: "DO NOT USE FOR PAYMENT"})),
    ("32.3", payload({32: "//S1/10/1188/11/notadate"})),
    ("32.4", payload({32: "//S1/10/1188/32/8.1:100.00"})),
]
FOLLOWS = {"0.5": {"32.2"}, "0.3": set[str]()}  # what a bill cannot help breaking along with it


def numbers(code: bytes) -> tuple[list[str], list[str]]:
    found = read_bill(code)
    return [one.rule for one in found.errors], [one.rule for one in found.warnings]


def named(cases: list[tuple[str, bytes]]) -> list[str]:
    return [f"{rule}-{number}" for number, (rule, _) in enumerate(cases)]


def test_a_valid_bill_breaks_no_rule() -> None:
    for changes in ({}, ORDINARY, BY_CREDITOR, NO_DEBTOR, {19: ""}, {2: "0210"}, {**ORDINARY, 20: "EUR"}):
        assert numbers(payload(changes)) == ([], [])


@pytest.mark.parametrize(("rule", "code"), ERRORS, ids=named(ERRORS))
def test_a_broken_rule_is_told_by_its_number(rule: str, code: bytes) -> None:
    errors, _ = numbers(code)

    assert set(errors) - FOLLOWS.get(rule, set()) == {rule}
    assert not read_bill(code).valid


@pytest.mark.parametrize(("rule", "code"), WARNINGS, ids=named(WARNINGS))
def test_what_a_person_should_know_is_a_warning(rule: str, code: bytes) -> None:
    assert numbers(code) == ([], [rule])
    assert read_bill(code).valid


def test_every_rule_of_the_module_is_broken_by_an_example() -> None:
    """Numbers in the source, the line for those that hold for many lines."""
    source = Path(qr_rules.__file__).read_text(encoding="utf-8")
    literal = set(re.findall(r'Finding\("([0-9]+\.[0-9]+)"', source))
    generic = {
        pattern.replace("{first}", "5").replace("{line}", "8") for pattern in ("{first}.4", "{line}.1", "{line}.2")
    }

    assert len(literal) > 25
    assert literal | generic <= {rule for rule, _ in (*ERRORS, *WARNINGS)}


def test_a_mark_of_byte_order_is_no_permitted_character() -> None:
    assert numbers(b"\xef\xbb\xbf" + payload())[0] == ["0.2", "1.1"]


def test_a_short_code_says_how_short_it_is() -> None:
    errors, _ = numbers(b"SPC\n0200\n1\n")

    assert {"0.4", "4.1", "6.1", "31.1"} <= set(errors)


def test_an_error_says_number_and_words() -> None:
    (error,) = read_bill(payload({29: QRR[:-1] + "8"})).errors

    assert error.said() == "QR-29.3: Zeile 29: Die Prüfziffer der QR-Referenz stimmt nicht."


def test_errors_come_in_the_order_of_the_lines() -> None:
    errors, _ = numbers(payload({31: "X", 4: "X", 19: "x", 11: ""}))

    assert errors == ["4.1", "11.1", "19.1", "31.1"]


def test_what_is_wrong_is_read_all_the_same() -> None:
    bill = read_bill(payload({4: "CH44 3199 9123 0008 8901 2", 29: "21 00000 00003 13947 14300 09017"})).bill

    assert (bill.iban, bill.reference) == (QR_IBAN, QRR)


def test_errors_repeat_nothing_personal() -> None:
    secret = "Erika Vertraulich"
    broken = payload(
        {6: secret * 9, 7: secret * 9, 11: secret, 22: secret * 9, 28: secret, 30: secret * 20, 19: secret}
    )

    assert read_bill(broken).errors
    assert not [one for one in read_bill(broken).errors if "Vertraulich" in one.said()]


@given(bills(), st.data())
def test_a_wrong_check_digit_is_always_refused(bill: QrBill, data: st.DataObject) -> None:
    lines = write_payload(bill).split("\n")
    line, rules = data.draw(
        st.sampled_from([(3, {"4.3"}), (28, {"29.3", "29.5"})] if bill.reference else [(3, {"4.3"})])
    )
    places = {3: [2, 3], 28: [26] if bill.reference_type == "QRR" else [2, 3]}[line]
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != lines[line][at]]))
    lines[line] = lines[line][:at] + other + lines[line][at + 1 :]

    assert set(numbers("\n".join(lines).encode())[0]) & rules


@pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the real payloads are not beside the checkout")
def test_examples_of_the_guidelines_are_valid_but_for_the_one_printed_wrong() -> None:
    broken = {path.name: numbers(path.read_bytes())[0] for path in sorted(PAYLOADS.glob("six-annexA/*.txt"))}

    assert broken.pop("example4.txt") == ["29.5"]
    assert set(map(tuple, broken.values())) == {()}
