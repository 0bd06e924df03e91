"""A voucher on its way into the dossier: whatever is said of it, in whatever order, it ends where it lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.booked_vouchers import BookedVoucher, VoucherFile, VoucherState
from sozialakte.payments.journal import entry_of_step
from sozialakte.shared.reasons import Reason
from tests.booked import DOSSIER, an_approved, known, paid, released

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
FILE = VoucherFile("letters/v/original.pdf", "v1", "0" * 64, 2)
WHY = Reason("filing.closed_dossier", {"dossier_id": DOSSIER})


def wanted() -> BookedVoucher:
    invoice = paid(released(an_approved()))
    entry = entry_of_step(None, invoice, known)
    assert entry
    return BookedVoucher(entry, NOW, invoice)


def test_filed_it_needs_the_invoice_no_more() -> None:
    filed = wanted().ask(FILE, NOW).filed(DOSSIER, 1, NOW)

    assert (filed.state, filed.filed_in, filed.invoice, filed.file) == (VoucherState.FILED, DOSSIER, None, FILE)


def test_an_answer_to_an_older_question_refuses_nothing() -> None:
    again = wanted().ask(FILE, NOW).refused(1, WHY, NOW).ask_again(NOW)

    assert again.refused(1, WHY, NOW) is again
    assert again.refused(2, WHY, NOW).state is VoucherState.REFUSED
    assert again.filed(DOSSIER, 1, NOW).refused(2, WHY, NOW).is_filed


def test_what_was_refused_and_then_filed_says_no_reason() -> None:
    filed = wanted().ask(FILE, NOW).refused(1, WHY, NOW).filed(DOSSIER, 1, NOW)

    assert (filed.is_filed, filed.refusal) == (True, None)


@given(st.permutations(range(4)))
def test_the_last_word_of_the_dossiers_counts_in_whatever_order_they_come(order: list[int]) -> None:
    voucher = wanted().ask(FILE, NOW)
    places = [DOSSIER, "SH-2026-00002", DOSSIER, "SH-2026-00003"]

    for number in order:
        voucher = voucher.filed(places[number], number, NOW)

    assert voucher.filed_in == places[3]


def test_the_same_word_again_changes_nothing() -> None:
    filed = wanted().ask(FILE, NOW).filed(DOSSIER, 1, NOW)

    assert filed.filed(DOSSIER, 1, NOW) is filed
    assert filed.filed(DOSSIER, 2, NOW) is filed
    assert replace(filed, version=9).voucher_id == filed.voucher_id
