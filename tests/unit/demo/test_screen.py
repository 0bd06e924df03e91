"""What the demo shows: forwarded, urgent and proposed cuts are to be seen, also without colours."""

from __future__ import annotations

import io
from datetime import date

from rich.console import Console

from sozialakte.intake.answers import LedgerCounts
from tests.demo.judge import DemoOutcome, LetterOutcome, Verdict
from tests.demo.screen import show


def a_letter(**changes: object) -> LetterOutcome:
    letter = LetterOutcome(
        batch="x.pdf",
        pages=[1, 2],
        kind="reminder",
        dossier=None,
        expected_dossier=None,
        outcome="review",
        reasons=["Nicht sicher"],
        inbox=None,
    )
    return letter.model_copy(update=changes)


def shown(letter: LetterOutcome, *differences: str) -> str:
    counts = LedgerCounts(**dict.fromkeys(LedgerCounts.model_fields, 0))
    outcome = DemoOutcome(ledger=counts, letters=[letter], wrong_dossier=0, auto_filed_share=1.0, forwarded=3, urgent=2)
    console = Console(file=io.StringIO(), width=160)
    show(Verdict(outcome, differences), {}, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_urgent_letter_has_a_mark_and_its_day() -> None:
    assert "! 27.11.2026" in shown(a_letter(urgent=True, deadline=date(2026, 11, 27)))
    assert "! 27.11.2026" not in shown(a_letter(deadline=date(2026, 11, 27)))


def test_forwarded_letter_says_where_it_goes() -> None:
    assert "→ Bewerbungen" in shown(a_letter(outcome="forwarded", destination="job_applications"))


def test_proposed_cut_stands_beside_the_pages() -> None:
    assert "1-2 ✂2" in shown(a_letter(proposed_cuts=[2]))


def test_pages_scanned_fronts_first_are_all_named_in_reading_order() -> None:
    assert "6, 14, 7" in shown(a_letter(pages=[6, 14, 7]))


def test_difference_and_sum_are_shown() -> None:
    text = shown(a_letter(), "x.pdf, Seite 1: review statt filed")

    assert "Abweichung x.pdf, Seite 1" in text
    assert "100% der zuordenbaren Briefe" in text
    assert "3 weitergeleitet, 2 dringend" in text
