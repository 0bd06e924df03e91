"""What may be paid and what is refused in words; types, groups, parts, parties and texts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban

from sozialakte.payments import Party
from sozialakte.payments.iso20022.parts import parts
from sozialakte.payments.iso20022.payment import DebtorAccount, Payment, PaymentFile, PaymentGroup, grouped
from sozialakte.payments.iso20022.payment_types import PaymentType, type_for, type_of
from sozialakte.payments.iso20022.refuse_payments import against_payment, refusals
from sozialakte.payments.iso20022.sepa import SEPA_LENGTHS, is_iban
from sozialakte.payments.iso20022.sps_text import fitted, is_identifier, is_permitted
from sozialakte.payments.iso20022.written_party import structured
from sozialakte.payments.iso20022.written_party import written as written_party
from sozialakte.shared.texts import say
from tests.payloads import IBAN, QR_IBAN, QRR, SCOR
from tests.payment_files import (
    ACCOUNT,
    GERMAN_IBAN,
    UTILITY,
    foreign_iban,
    payment,
    payment_file,
    qrr_payment,
    scor_payment,
    sepa_payment,
)

REFUSED: list[tuple[str, Payment]] = [
    ("bank.type", payment(currency="USD")),
    ("bank.type", payment(iban=GERMAN_IBAN, currency="CHF")),
    ("bank.type", payment(iban="TR330006100519786457841326", currency="EUR")),
    ("bank.iban", payment(iban="CH9300762011623852958")),
    ("bank.iban", payment(iban="CH93 0076 2011 6238 5295 7")),
    ("bank.iban", payment(iban=IBAN.lower())),
    ("bank.iban", sepa_payment(iban="DE8937040044053201300")),
    ("bank.iban", payment(iban="<script>")),
    ("bank.amount", payment(amount=Decimal(0))),
    ("bank.amount", payment(amount=Decimal("-5.00"))),
    ("bank.amount", payment(amount=Decimal("10000000000.00"))),
    ("bank.amount", sepa_payment(amount=Decimal("1000000000.00"))),
    ("bank.amount_form", payment(amount=Decimal("1.005"))),
    ("bank.amount_form", payment(amount=Decimal("NaN"))),
    ("bank.end_to_end_id", payment(end_to_end_id="")),
    ("bank.end_to_end_id", payment(end_to_end_id="x" * 36)),
    ("bank.end_to_end_id", payment(end_to_end_id="Zürich")),
    ("bank.reference_type", payment(iban=QR_IBAN)),
    ("bank.reference_type", payment(reference_type="QRR", reference=QRR)),
    ("bank.reference", qrr_payment(reference=QRR[:-1] + "8")),
    ("bank.reference", scor_payment(reference="")),
    ("bank.reference", payment(reference=SCOR)),
    ("bank.reference", payment(reference_type="ESR", reference="1")),
    ("bank.too_long.rmtinf", payment(message="x" * 141)),
    ("bank.too_long.rmtinf", payment(message="…" * 47)),
    ("bank.name_missing", payment(creditor=Party("\u200b \n", town="Luzern", country="CH"))),
    ("bank.name_unreadable", payment(creditor=Party("北京", town="Luzern", country="CH"))),
    ("bank.too_long.nm", payment(creditor=Party("x" * 71, town="Luzern", country="CH"))),
    ("bank.too_long.strtnm", payment(creditor=Party("A", "x" * 71, town="Luzern", country="CH"))),
    ("bank.too_long.twnnm", payment(creditor=Party("A", town="x" * 36, country="CH"))),
    ("bank.town_missing", payment(creditor=Party("A", "Gasse", country="CH"))),
    ("bank.town_unreadable", payment(creditor=Party("A", town="北京", country="CH"))),
    ("bank.country", payment(creditor=Party("A", town="Luzern"))),
    ("bank.country", payment(creditor=Party("A", town="Luzern", country="XX"))),
    ("bank.combined_address", payment(creditor=Party("A", "Gasse 1", "", "", "6004, Luzern", "CH", combined=True))),
]

WRONG_FILES: list[tuple[str, dict[str, Any]]] = [
    ("bank.message_id", {"message_id": "x" * 33}),
    ("bank.message_id", {"message_id": "SOZ/ä"}),
    ("bank.created_at", {"created_at": datetime(2026, 11, 24)}),  # noqa: DTZ001 # that is what is wrong
    ("bank.name_missing", {"initiating_party": " "}),
    ("bank.count", {"groups": []}),
    ("bank.own_iban", {"groups": grouped(DebtorAccount(GERMAN_IBAN, "Stadt"), [payment()])}),
    ("bank.own_qr_iban", {"groups": grouped(DebtorAccount(QR_IBAN, "Stadt"), [payment()])}),
    ("bank.bic", {"groups": grouped(DebtorAccount(IBAN, "Stadt", bic="<x>"), [payment()])}),
    ("bank.name_missing", {"groups": grouped(DebtorAccount(IBAN, ""), [payment()])}),
    ("bank.country", {"groups": grouped(DebtorAccount(IBAN, "Stadt", address=Party("", town="L")), [payment()])}),
]  # fmt: skip


def kinds_of(some: list[Payment]) -> list[str]:
    """Types and currencies of the groups."""
    return [f"{group.kind} {group.currency} {len(group.payments)}" for group in grouped(ACCOUNT, some)]


@pytest.mark.parametrize(("code", "wrong"), REFUSED)
def test_what_no_bank_would_take_is_refused_in_words(code: str, wrong: Payment) -> None:
    (reason,) = against_payment(wrong)

    assert reason.code == code
    assert say(reason)


@pytest.mark.parametrize(("code", "changes"), WRONG_FILES)
def test_a_file_may_be_wrong_as_a_whole(code: str, changes: dict[str, Any]) -> None:
    (refusal,) = refusals(payment_file([payment()], **changes))

    assert [reason.code for reason in refusal.reasons] == [code]
    assert (refusal.end_to_end_id, refusal.invoice_id) == ("", "")


def test_an_empty_group_is_refused() -> None:
    usual = payment_file([payment()])
    empty = payment_file([], groups=[*usual.groups, PaymentGroup(ACCOUNT, "EUR", PaymentType.SEPA, [])])

    assert [reason.code for one in refusals(empty) for reason in one.reasons] == ["bank.empty_group"]


@pytest.mark.parametrize("good", [payment(), qrr_payment(), scor_payment(), sepa_payment(), payment(currency="EUR")])
def test_valid_payments_are_not_refused(good: Payment) -> None:
    assert against_payment(good) == ()


def test_the_type_is_decided_in_the_order_of_the_guidelines() -> None:
    assert type_of("CHK", "SEPA", "CH", "CHF") is PaymentType.CHEQUE
    assert type_of("TRF", "SEPA", "CH", "CHF") is PaymentType.SEPA
    assert type_of("TRF", "", "LI", "EUR") is PaymentType.DOMESTIC
    assert type_of("TRF", "", "CH", "USD") is PaymentType.FOREIGN
    assert type_of("TRF", "", "DE", "EUR") is PaymentType.FOREIGN


def test_sepa_is_asked_for_only_where_it_is_needed() -> None:
    assert type_for(IBAN, "EUR") is PaymentType.DOMESTIC
    assert type_for(GERMAN_IBAN, "EUR") is PaymentType.SEPA
    assert type_for(GERMAN_IBAN, "CHF") is PaymentType.FOREIGN
    assert type_for("US00", "EUR") is PaymentType.FOREIGN


@given(st.sampled_from(sorted(SEPA_LENGTHS)), st.integers(0, 10**11 - 1))
def test_the_account_numbers_of_sepa(country: str, number: int) -> None:
    iban = foreign_iban(country, number)

    assert is_iban(iban)
    assert len(stdnum_iban.compact(iban)) == SEPA_LENGTHS[country]
    assert not is_iban(iban + "0")
    assert not is_iban(iban[:-1] + str((int(iban[-1]) + 1) % 10))


def test_groups_are_in_order_whatever_the_order_of_payments() -> None:
    some = [sepa_payment(1), payment(2), payment(3, currency="EUR"), payment(4)]

    assert kinds_of(some) == kinds_of(some[::-1]) == ["D CHF 2", "D EUR 1", "S EUR 1"]


def ids_of(file: PaymentFile) -> list[str]:
    """The payments of a file in order."""
    return [one.end_to_end_id for group in file.groups for one in group.payments]


@given(st.integers(1, 12), st.integers(0, 12), st.integers(1, 13))
def test_parts_hold_every_payment_once_and_in_order(francs: int, euros: int, most: int) -> None:
    some = [payment(number) for number in range(francs)]
    some += [sepa_payment(number) for number in range(50, 50 + euros)]
    file = payment_file(some)
    divided = parts(file, most)

    assert [one for part in divided for one in ids_of(part)] == ids_of(file)
    assert [part.count for part in divided[:-1]] == [most] * (len(divided) - 1)
    assert sum(part.total for part in divided) == file.total
    assert len({part.message_id for part in divided}) == len(divided)
    assert (divided == (file,)) is (file.count <= most)
    assert not any(list(refusals(part)) for part in divided)


def test_an_address_in_two_lines_is_taken_apart() -> None:
    def street(text: str) -> tuple[str, str]:
        apart = structured(Party("A", text, "", "6004", "Luzern", "CH", combined=True))
        return apart.street, apart.building_number

    assert street("Werkhofstrasse 5") == ("Werkhofstrasse", "5")
    assert street("Rue de l'Église 12b") == ("Rue de l'Église", "12b")
    assert street("Strasse des 17. Juni 135") == ("Strasse des 17. Juni", "135")
    assert street("Gasse 3-5") == ("Gasse", "3-5")
    assert street("Postfach") == ("Postfach", "")
    assert street("5") == ("5", "")
    assert street("x " * 50_000) == (("x " * 50_000).strip(), "")
    assert street("9 9") == ("9 9", "")


def test_a_structured_address_stays_as_it_is() -> None:
    assert structured(UTILITY) == UTILITY
    assert structured(Party("A", "Strasse 5", town="Luzern", country="CH")).street == "Strasse 5"


def test_a_town_alone_is_an_address() -> None:
    assert written_party(Party("A", town="Luzern", country="CH")).address == (
        "<PstlAdr><TwnNm>Luzern</TwnNm><Ctry>CH</Ctry></PstlAdr>"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Müller & Söhne", "Müller & Söhne"),
        ("Mu\u0308ller", "Müller"),
        ("«Zum Löwen»", "«Zum Löwen»"),
        ("\u201eZum Löwen\u201c \u2013 O\u2019Neil\u2026", '"Zum Löwen" - O\'Neil...'),
        ("Nguyễn Thị", "Nguyen Thi"),
        ("Ţară şi ţară Ș", "Ţară şi ţară Ș"),
        ("100\u00a0€", "100 €"),
        (" a\r\n\tb  c ", "a b c"),
        ("a\u200bb\u00adc", "abc"),
        ("ﬁn ①", "fin 1"),
        ("Пётр 北", "???? ?"),
        ("", ""),
    ],
)
def test_texts_are_written_as_banks_know_them(text: str, written: str) -> None:
    assert fitted(text) == written


@given(st.text())
def test_a_fitted_text_is_permitted_and_stays(text: str) -> None:
    once = fitted(text)

    assert is_permitted(once)
    assert fitted(once) == once


def test_identifiers() -> None:
    assert all(map(is_identifier, ("SOZ-1", "a", "x" * 35, "1/2", "A (b), 'c': +?.")))
    assert not any(map(is_identifier, ("", " a", "/a", "a/", "a//b", "x" * 36, "ä", "a_b", "a\n")))
