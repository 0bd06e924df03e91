"""Creditor and debtor from the code of a QR-bill."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.model import Code
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.bill_parties import BillParties, bill_parties

PAYLOADS = Path(__file__).parents[4] / "shared" / "standards" / "qr-bill" / "payloads"
STRUCTURED = (
    "SPC\n0200\n1\nCH4431999123000889012\nS\nStadtwerke Rottal\nWerkhofstrasse\n5\n6004\nLuzern\nCH\n\n\n\n\n\n\n\n"
    "199.95\nCHF\nS\nPia Rutschmann\nMarktgasse\n28\n9400\nRorschach\nCH\nQRR\n210000000003139471430009017\n\nEPD"
)
BILL = BillParties(
    page=1,
    creditor="Stadtwerke Rottal",
    iban="CH4431999123000889012",
    reference="210000000003139471430009017",
    debtor="Pia Rutschmann",
    debtor_street="Marktgasse 28",
    debtor_postal_code="9400",
    debtor_town="Rorschach",
)


def page(*payloads: str, number: int = 1) -> PageReading:
    return PageReading(number, "", TextSource.OCR, codes=tuple(Code("QRCode", payload) for payload in payloads))


def test_a_structured_address_is_read() -> None:
    assert bill_parties([page(STRUCTURED)]) == (BILL,)


def test_a_combined_address_of_an_older_bill_is_read() -> None:
    combined = STRUCTURED.replace("S\nPia Rutschmann\nMarktgasse\n28\n9400\nRorschach\nCH",
                                  "K\nPia Rutschmann\nMarktgasse 28\n9400 Rorschach\n\n\nCH")  # fmt: skip

    assert bill_parties([page(combined)]) == (BILL,)


@pytest.mark.parametrize(
    "spelling",
    [
        STRUCTURED.replace("\n", "\r\n"),
        "\ufeff" + STRUCTURED + "\n",
        STRUCTURED.replace("CH4431999123000889012", "CH44 3199 9123 0008 8901 2"),
        STRUCTURED.replace("210000000003139471430009017", "21 00000 00003 13947 14300 09017"),
    ],
)
def test_spellings_seen_in_the_wild_are_read_alike(spelling: str) -> None:
    assert bill_parties([page(spelling)]) == (BILL,)


def test_utf8_taken_for_latin_is_put_right() -> None:
    payload = STRUCTURED.replace("Rutschmann", "Müller").encode().decode("latin-1")

    assert bill_parties([page(payload)]) == (replace(BILL, debtor="Pia Müller"),)


def test_an_open_bill_has_no_debtor() -> None:
    payload = STRUCTURED.replace("S\nPia Rutschmann\nMarktgasse\n28\n9400\nRorschach\nCH", "\n\n\n\n\n\n")

    (bill,) = bill_parties([page(payload)])
    assert (bill.debtor, bill.debtor_street, bill.debtor_town) == (None, None, None)


def test_every_bill_is_told_once_a_page_and_other_codes_are_none() -> None:
    pages = [page(STRUCTURED, STRUCTURED, "SZ1:S::12"), PageReading(2, "", TextSource.OCR), page(STRUCTURED, number=3)]

    assert [bill.page for bill in bill_parties(pages)] == [1, 3]
    linear = PageReading(1, "", TextSource.OCR, codes=(Code("Code128", STRUCTURED),))
    assert bill_parties([linear]) == ()


@pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the real payloads are not beside the checkout")
def test_real_payloads_give_their_parties() -> None:
    paths = sorted(PAYLOADS.glob("*/*.txt"))

    for path in paths:
        lines = path.read_bytes().decode("utf-8").splitlines()
        (bill,) = bill_parties([page("\n".join(lines))])
        assert bill.creditor == lines[5]
        assert bill.iban == lines[3].replace(" ", "")
        assert bill.debtor == (lines[21] or None)
        assert (bill.debtor_postal_code or "") in "\n".join(lines[22:26])
    assert len(paths) > 25


@given(st.text(max_size=200))
def test_a_damaged_code_still_gives_a_bill(rest: str) -> None:
    (bill,) = bill_parties([page(f"SPC{rest}")])

    assert bill.page == 1
    assert not {" ", "\n"} & set(bill.iban + (bill.reference or ""))
