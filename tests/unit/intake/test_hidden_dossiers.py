"""Of what lies in a hidden dossier a letter says that it is kept, and nothing that leads to the dossier."""

from __future__ import annotations

from dataclasses import replace

from sozialakte.intake.hidden_dossiers import NOT_SHOWN, shown_letter, shown_page
from sozialakte.intake.ledger import Fate, PageAccount
from sozialakte.intake.letter import MACHINE, LetterState, Step
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say
from tests.builders import DOSSIER, LATER, NOW, OTHER_DOSSIER, STAFF, a_letter_in
from tests.office import FACTS

HIDDEN = frozenset({DOSSIER})
NAMING = Reason("review.assigned", {"staff_id": STAFF, "dossier_id": DOSSIER})
SEVERAL = Reason("identify.several_dossiers", {"dossier_ids": f"{OTHER_DOSSIER}, {DOSSIER}"})
FILED = replace(
    a_letter_in(LetterState.FILED),
    dossier_id=DOSSIER,
    inbox="ma-7",
    facts=FACTS,
    confidence=0.9,
    reasons=(NAMING,),
    decided_by="ma-7",
    history=(Step(LetterState.IDENTIFIED, NOW, STAFF, NAMING), Step(LetterState.FILED, LATER, "ma-7")),
)


def test_a_letter_of_a_hidden_dossier_says_only_that_it_is_kept() -> None:
    shown = shown_letter(FILED, HIDDEN)

    assert (shown.dossier_id, shown.inbox, shown.facts, shown.kind, shown.confidence) == (None,) * 5
    assert shown.reasons == (NOT_SHOWN,)
    assert (shown.state, shown.pages, shown.version) == (FILED.state, FILED.pages, FILED.version)
    assert say(NOT_SHOWN) == "In welchem Dossier das liegt, wird hier nicht gezeigt."


def test_who_works_in_it_is_not_told_and_who_assigned_it_is() -> None:
    shown = shown_letter(FILED, HIDDEN)

    assert [(step.state, step.by, step.reason) for step in shown.history] == [
        (LetterState.IDENTIFIED, STAFF, None),
        (LetterState.FILED, MACHINE, None),
    ]
    assert shown.decided_by == MACHINE
    assert shown_letter(replace(FILED, decided_by=STAFF), HIDDEN).decided_by == STAFF


def test_other_letters_lose_only_the_reasons_that_name_it() -> None:
    plain = Reason("page.letter")
    letter = replace(FILED, dossier_id=OTHER_DOSSIER, reasons=(SEVERAL, plain))

    shown = shown_letter(letter, HIDDEN)

    assert (shown.reasons, shown.dossier_id, shown.facts, shown.decided_by) == ((plain,), OTHER_DOSSIER, FACTS, "ma-7")
    assert shown_letter(letter, frozenset()) == letter


def test_the_sheet_of_a_hidden_dossier_does_not_name_it() -> None:
    cover = PageAccount(3, Fate.SEPARATOR, Reason("page.separator_cover", {"dossier_id": DOSSIER}))

    assert shown_page(cover, HIDDEN) == PageAccount(3, Fate.SEPARATOR, NOT_SHOWN)
    assert shown_page(cover, frozenset({OTHER_DOSSIER})) == cover
