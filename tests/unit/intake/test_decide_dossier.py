"""Whose letter it is: every rule of `decide_dossier`, and that more clues never move a letter elsewhere."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.intake.decide_dossier import Clue, Evidence, Source, decide
from sozialakte.intake.kinds import Kind
from sozialakte.register import Dossier, DossierStatus, DossierType
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

HELP = Dossier("SH-2026-00001", DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.OPEN)
WARD = Dossier("SH-2026-00002", DossierType.ADULT_PROTECTION, 2939, DossierStatus.OPEN)
OTHER = Dossier("SH-2026-00003", DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.OPEN)
CHILD = Dossier("SH-2026-00004", DossierType.CHILD_PROTECTION, 2939, DossierStatus.OPEN)
CLOSED = Dossier("SH-2020-00009", DossierType.ALIMONY, 2939, DossierStatus.CLOSED)
DOUBT = Reason("identify.ahv_unknown")


def code(*dossiers: Dossier) -> Clue:
    """A cover, label or reply slip of ours."""
    about = {"dossier_id": dossiers[0].dossier_id if dossiers else "SH-2026-99999"}
    return Clue(Source.CODE, Reason("identify.label", about), Reason("identify.code_unknown", about), dossiers)


def number(dossier: Dossier, *, proven: bool = True) -> Clue:
    """A dossier's number in the text."""
    reason = Reason("identify.dossier_number", {"dossier_id": dossier.dossier_id})
    return Clue(Source.DOSSIER_NUMBER, reason, reason, (dossier,), proven)


def person(*dossiers: Dossier, person_id: str = "P-000001", how: str = "ahv_number") -> Clue:
    """Somebody recognised in the text."""
    about = {"person_id": person_id}
    nothing = Reason("identify.person_without_dossier", about)
    return Clue(Source.PERSON, Reason(f"identify.{how}", about), nothing, dossiers)


def evidence(*clues: Clue, kind: str = "other", doubts: tuple[Reason, ...] = ()) -> Evidence:
    """The clues of a letter."""
    return Evidence(kind, clues, doubts)


@pytest.mark.parametrize(
    "letter",
    [
        evidence(code(HELP)),
        evidence(person(HELP)),
        evidence(person(HELP, CLOSED)),
        evidence(number(HELP)),
        evidence(person(HELP), person(HELP, how="name_and_birth_date")),
        evidence(person(HELP), person(HELP, person_id="P-000002")),  # a family
        evidence(code(HELP), person(HELP, WARD)),
        evidence(number(HELP), person(HELP, WARD)),
        evidence(number(HELP, proven=False), person(HELP)),
        evidence(code(HELP), number(HELP), person(HELP)),
        evidence(code(HELP), doubts=(DOUBT,)),  # our own code decides
        evidence(person(HELP, WARD), kind="bill"),
    ],
)
def test_agreeing_evidence_decides(letter: Evidence) -> None:
    decision = decide(letter)
    assert decision.dossier_id == HELP.dossier_id
    assert decision.reasons
    assert all(say(reason) for reason in decision.reasons)


@pytest.mark.parametrize(
    ("letter", "why", "candidates"),
    [
        (evidence(), "nothing_found", []),
        (evidence(doubts=(DOUBT,)), "ahv_unknown", []),
        (evidence(code()), "code_unknown", []),
        (evidence(code(), person(HELP)), "code_unknown", [HELP]),
        (evidence(code(CLOSED)), "dossier_closed", []),
        (evidence(person(CLOSED)), "dossier_closed", []),
        (evidence(person()), "person_without_dossier", []),
        (evidence(number(CLOSED), person(HELP)), "dossier_closed", [HELP]),
        (evidence(number(HELP, proven=False)), "number_alone", [HELP]),
        (evidence(person(HELP), doubts=(DOUBT,)), "ahv_unknown", [HELP]),
        (evidence(code(HELP), person(OTHER)), "conflict", [HELP, OTHER]),
        (evidence(code(HELP), number(OTHER)), "conflict", [HELP, OTHER]),
        (evidence(number(HELP), number(OTHER)), "conflict", [HELP, OTHER]),
        (evidence(number(OTHER, proven=False), person(HELP)), "conflict", [HELP, OTHER]),
        (evidence(person(HELP), person(OTHER, person_id="P-000002")), "conflict", [HELP, OTHER]),
        (evidence(person(HELP, WARD)), "several_dossiers", [HELP, WARD]),
        (evidence(person(HELP, OTHER), kind="bill"), "several_dossiers", [HELP, OTHER]),
        (evidence(person(HELP, WARD), kind="decision"), "several_dossiers", [HELP, WARD]),
        # Mother and child share the assistance, but a letter of the KESB is about the child's own dossier.
        (evidence(person(HELP), person(HELP, CHILD, person_id="P-2"), kind="kesb"), "several_dossiers", [HELP, CHILD]),
    ],
)
def test_what_is_not_certain_goes_to_a_person_with_the_reason_first(
    letter: Evidence, why: str, candidates: list[Dossier]
) -> None:
    decision = decide(letter)
    assert decision.dossier_id is None
    assert decision.reasons[0].code == f"identify.{why}"
    assert list(decision.candidates) == [dossier.dossier_id for dossier in candidates]
    assert all(say(reason) for reason in decision.reasons)


def test_the_kind_chooses_among_the_dossiers_of_a_person() -> None:
    assert decide(evidence(person(HELP, WARD), kind="kesb")).dossier_id == WARD.dossier_id
    assert decide(evidence(person(HELP, WARD), kind="landlord")).dossier_id == HELP.dossier_id


DOSSIERS = st.sampled_from([HELP, WARD, OTHER, CHILD, CLOSED])
PERSONS = st.builds(lambda found: person(*found), st.lists(DOSSIERS, max_size=3, unique=True))
CODES = st.builds(code, DOSSIERS)
NUMBERS = st.builds(lambda dossier, proven: number(dossier, proven=proven), DOSSIERS, st.booleans())
CLUES = st.one_of(PERSONS, CODES, NUMBERS)
EVIDENCE = st.builds(
    Evidence,
    st.sampled_from([kind.value for kind in Kind]),
    st.lists(CLUES, max_size=4).map(tuple),
    st.lists(st.just(DOUBT), max_size=1).map(tuple),
)


@given(EVIDENCE)
def test_a_letter_goes_only_where_every_clue_leads(letter: Evidence) -> None:
    decision = decide(letter)
    if decision.dossier_id is not None:
        assert all(decision.dossier_id in clue.open for clue in letter.clues)
    assert decision.reasons


@settings(max_examples=600)  # most combinations go to a person
@given(EVIDENCE, CLUES)
def test_a_further_clue_never_moves_a_letter_unless_it_names_the_dossier(letter: Evidence, clue: Clue) -> None:
    before = decide(letter).dossier_id
    if before is None:
        return
    after = decide(replace(letter, clues=(*letter.clues, clue))).dossier_id
    if clue.source is Source.PERSON:
        assert after in {before, None}
    else:
        assert after in {before, None, *clue.open}


@given(EVIDENCE, st.randoms())
def test_the_order_of_clues_does_not_matter(letter: Evidence, order: Random) -> None:
    shuffled = list(letter.clues)
    order.shuffle(shuffled)
    assert decide(replace(letter, clues=tuple(shuffled))).dossier_id == decide(letter).dossier_id


@given(EVIDENCE)
def test_a_doubt_never_decides(letter: Evidence) -> None:
    doubted = decide(replace(letter, doubts=(DOUBT,))).dossier_id
    assert doubted in {decide(replace(letter, doubts=())).dossier_id, None}
