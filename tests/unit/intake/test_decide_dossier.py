"""Whose letter it is: the rules of `decide_dossier` and `weigh_dossiers` on evidence as it comes."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialakte.intake.identifying.decide_dossier import FILE_AT, decide
from sozialakte.intake.identifying.evidence import (
    FORMER,
    MISREAD,
    PARTLY,
    Against,
    Clue,
    Doubt,
    Evidence,
    Sort,
    clue_weight,
    total,
)
from sozialakte.intake.understanding.kinds import Kind
from sozialakte.register import Dossier, DossierStatus, DossierType, PersonRole, Place
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

HELP = Dossier("SH-2026-00001", DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.OPEN)
WARD = Dossier("ES-2026-00002", DossierType.ADULT_PROTECTION, 2939, DossierStatus.OPEN)
OTHER = Dossier("SH-2026-00003", DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.OPEN)
CHILD = Dossier("KS-2026-00004", DossierType.CHILD_PROTECTION, 2939, DossierStatus.OPEN)
CLOSED = Dossier("AL-2020-00009", DossierType.ALIMONY, 2939, DossierStatus.CLOSED)
ENDED = Dossier("SH-2020-00010", DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.CLOSED)
DOSSIERS = {dossier.dossier_id: dossier for dossier in (HELP, WARD, OTHER, CHILD, CLOSED, ENDED)}

# Who stands in which dossiers.
PLACES = {
    "P-1": (Place(HELP, PersonRole.MAIN),),
    "P-2": (Place(OTHER, PersonRole.MAIN),),
    "P-3": (Place(HELP, PersonRole.MEMBER), Place(WARD, PersonRole.MAIN)),
    "P-4": (Place(HELP, PersonRole.MEMBER), Place(CHILD, PersonRole.MAIN)),
    "P-5": (Place(CLOSED, PersonRole.MAIN),),
    "P-6": (Place(CHILD, PersonRole.MEMBER),),
    "P-7": (Place(ENDED, PersonRole.MAIN), Place(WARD, PersonRole.MAIN)),
    "P-8": (),
}
SOMEBODY, PARTNER, OF_BOTH, MINOR, FORMER_CLIENT, PARENT, RETURNED, NO_DOSSIER = PLACES

CODES = {Sort.OWN_CODE: "label", Sort.COVER: "cover"}
NUMBERS = {Sort.DOSSIER_NUMBER: "dossier_number", Sort.DOSSIER_NUMBER_ALONE: "dossier_number"}


def about(person_id: str, sort: Sort = Sort.AHV_NUMBER, *, own: bool = True, less: float = 0.0) -> Clue:
    """Somebody recognised in the letter."""
    weight = clue_weight(sort, own=own, less=less)
    return Clue(sort, weight, Reason(f"identify.{sort}", {"person_id": person_id}), person_id=person_id)


def names(dossier: Dossier, sort: Sort = Sort.OWN_CODE) -> Clue:
    """Something that names a dossier."""
    facts = {"dossier_id": dossier.dossier_id, "letter_id": "l", "day": "2026-11-16"}
    code = (CODES | NUMBERS).get(sort, sort.value)
    return Clue(sort, clue_weight(sort, own=True), Reason(f"identify.{code}", facts), dossier_id=dossier.dossier_id)


def evidence(*clues: Clue, kind: str = "other", doubts: tuple[Against, ...] = ()) -> Evidence:
    """The evidence of a letter, with a register behind it."""
    told = tuple(Doubt(against, Reason("identify.subject_unknown")) for against in doubts)
    return Evidence(kind, clues, told, (), PLACES, DOSSIERS)


ADDRESS, BIRTH, NAME = Sort.NAME_AND_ADDRESS, Sort.NAME_AND_BIRTH_DATE, Sort.NAME


@pytest.mark.parametrize(
    "letter",
    [
        evidence(names(HELP)),
        evidence(names(HELP, Sort.COVER)),
        evidence(names(HELP, Sort.DOSSIER_NUMBER)),
        evidence(about(SOMEBODY)),
        evidence(about(SOMEBODY, BIRTH)),
        evidence(about(SOMEBODY, BIRTH, less=MISREAD + FORMER)),
        evidence(about(SOMEBODY, BIRTH, less=PARTLY)),
        evidence(about(SOMEBODY, ADDRESS)),
        evidence(about(SOMEBODY, Sort.BILL_DEBTOR)),
        evidence(about(SOMEBODY, NAME), names(HELP, Sort.REFERENCE)),
        evidence(about(SOMEBODY), about(MINOR), kind="bill"),  # a family
        evidence(names(HELP), about(OF_BOTH)),  # the code says which of two dossiers
        evidence(names(HELP, Sort.DOSSIER_NUMBER_ALONE), about(SOMEBODY, BIRTH)),
        evidence(about(OF_BOTH), kind="bill"),
        evidence(about(SOMEBODY), about(PARTNER, own=False)),  # the partner is merely mentioned
        evidence(about(SOMEBODY, BIRTH), about(PARTNER, BIRTH, own=False)),
        evidence(names(HELP), about(SOMEBODY, NAME), doubts=(Against.AHV_UNKNOWN,)),  # our own code decides
        evidence(about(SOMEBODY), about(SOMEBODY, ADDRESS), doubts=(Against.NUMBER_UNKNOWN,)),
    ],
)
def test_what_clearly_leads_to_one_dossier_is_filed_there(letter: Evidence) -> None:
    decision = decide(letter)
    assert decision.dossier_id == HELP.dossier_id
    assert decision.confidence >= FILE_AT
    assert decision.reasons
    assert all(say(reason) for reason in decision.reasons)


@pytest.mark.parametrize(
    ("letter", "why", "candidates"),
    [
        (evidence(), "nothing_found", []),
        (evidence(doubts=(Against.SUBJECT_UNKNOWN,)), "subject_unknown", []),
        (evidence(names(CLOSED)), "dossier_closed", []),
        (evidence(about(FORMER_CLIENT)), "dossier_closed", []),
        (evidence(about(RETURNED), kind="bill"), "dossier_closed", [WARD]),  # the open one is of another type
        (evidence(about(NO_DOSSIER)), "person_without_dossier", []),
        (evidence(about(PARENT)), "member_only", [CHILD]),
        (evidence(names(HELP, Sort.DOSSIER_NUMBER_ALONE)), "number_alone", [HELP]),
        (evidence(about(SOMEBODY, NAME)), "not_sure", [HELP]),
        (evidence(names(HELP, Sort.COVER), doubts=(Against.SUBJECT_UNKNOWN,)), "subject_unknown", [HELP]),
        (evidence(about(SOMEBODY, own=False), doubts=(Against.SUBJECT_UNKNOWN,)), "subject_unknown", [HELP]),
        (evidence(about(SOMEBODY, own=False)), "not_sure", [HELP]),  # of somebody else's letter, perhaps
        (evidence(about(SOMEBODY), doubts=(Against.OTHER_BIRTH_DATE,)), "subject_unknown", [HELP]),
        (evidence(names(HELP), about(PARTNER)), "conflict", [HELP, OTHER]),
        (evidence(names(HELP), names(OTHER)), "conflict", [HELP, OTHER]),
        (evidence(about(SOMEBODY), about(PARTNER)), "conflict", [HELP, OTHER]),
        (evidence(about(SOMEBODY, NAME), about(PARTNER, own=False)), "conflict", [OTHER, HELP]),
        (evidence(names(HELP, Sort.REFERENCE), names(OTHER, Sort.REFERENCE)), "conflict", [HELP, OTHER]),
        (evidence(about(OF_BOTH)), "several_dossiers", [WARD, HELP]),
        (evidence(about(OF_BOTH), kind="decision"), "several_dossiers", [WARD, HELP]),
        # Mother and child share the assistance, but a letter of the KESB is about the child's own dossier.
        (evidence(about(SOMEBODY), about(MINOR), kind="kesb"), "conflict", [CHILD, HELP]),
    ],
)
def test_what_is_not_certain_goes_to_a_person_with_the_reason_first_and_the_likeliest_dossier_first(
    letter: Evidence, why: str, candidates: list[Dossier]
) -> None:
    decision = decide(letter)
    assert decision.dossier_id is None
    assert decision.reasons[0].code == f"identify.{why}"
    assert list(decision.candidates) == [dossier.dossier_id for dossier in candidates]
    assert all(say(reason) for reason in decision.reasons)


def test_the_kind_chooses_among_the_dossiers_of_a_person() -> None:
    assert decide(evidence(about(OF_BOTH), kind="kesb")).dossier_id == WARD.dossier_id
    filed = decide(evidence(about(OF_BOTH), kind="landlord"))
    assert filed.dossier_id == HELP.dossier_id
    assert filed.reasons[-1].code == "identify.kind_decides"


def test_only_what_does_not_rest_on_a_known_reference_teaches() -> None:
    assert decide(evidence(about(SOMEBODY))).teaches
    assert decide(evidence(about(SOMEBODY), names(HELP, Sort.REFERENCE))).teaches
    assert not decide(evidence(about(SOMEBODY, NAME), names(HELP, Sort.REFERENCE))).teaches


def test_one_sort_of_clue_counts_once() -> None:
    one = about(SOMEBODY, ADDRESS)
    assert total([one, one]) == one.weight
    assert total([one, about(SOMEBODY, Sort.BILL_DEBTOR)]) == one.weight
    assert total([one, about(SOMEBODY, NAME)]) == one.weight  # the name is part of it
    assert total([about(SOMEBODY), about(SOMEBODY, NAME)]) == clue_weight(Sort.AHV_NUMBER, own=True) + 1.0


PERSONAL = (Sort.AHV_NUMBER, BIRTH, ADDRESS, Sort.BILL_DEBTOR, NAME)
CLUES = st.one_of(
    st.builds(about, st.sampled_from(sorted(PLACES)), st.sampled_from(PERSONAL), own=st.booleans()),
    st.builds(names, st.sampled_from(list(DOSSIERS.values())), st.sampled_from([s for s in Sort if s not in PERSONAL])),
)
EVIDENCE = st.builds(
    lambda clues, kind, doubts: evidence(*clues, kind=kind, doubts=tuple(doubts)),
    st.lists(CLUES, max_size=4),
    st.sampled_from([kind.value for kind in Kind]),
    st.lists(st.sampled_from(Against), max_size=2),
)


@given(EVIDENCE)
def test_only_an_open_dossier_that_a_clue_leads_to_is_decided_for(letter: Evidence) -> None:
    decision = decide(letter)
    assert decision.reasons
    assert 0 <= decision.confidence <= 1
    if decision.dossier_id is not None:
        led_to = {clue.dossier_id for clue in letter.clues}
        led_to |= {place.dossier.dossier_id for clue in letter.clues for place in PLACES.get(clue.person_id or "", ())}
        assert decision.dossier_id in led_to
        assert DOSSIERS[decision.dossier_id].is_open


@given(EVIDENCE)
def test_an_objection_leaves_it_to_a_person(letter: Evidence) -> None:
    objection = Reason("page.codes_contradict")
    decision = decide(replace(letter, objections=(objection,)))
    assert decision.dossier_id is None
    assert decision.reasons[0] == objection


@given(EVIDENCE, st.randoms())
def test_the_order_of_clues_does_not_matter(letter: Evidence, order: Random) -> None:
    shuffled = list(letter.clues)
    order.shuffle(shuffled)
    assert decide(replace(letter, clues=tuple(shuffled))).dossier_id == decide(letter).dossier_id


@settings(max_examples=400)  # most combinations go to a person
@given(EVIDENCE, st.sampled_from(Against))
def test_a_doubt_never_decides(letter: Evidence, against: Against) -> None:
    doubt = Doubt(against, Reason("identify.subject_unknown"))
    doubted = decide(replace(letter, doubts=(*letter.doubts, doubt)))
    assert doubted.dossier_id in {decide(letter).dossier_id, None}
    assert doubted.confidence <= decide(letter).confidence


@settings(max_examples=400)
@given(EVIDENCE, CLUES)
def test_a_clue_about_another_dossier_never_makes_the_machine_surer(letter: Evidence, clue: Clue) -> None:
    before = decide(letter)
    after = decide(replace(letter, clues=(*letter.clues, clue)))
    leads = {clue.dossier_id, *(place.dossier.dossier_id for place in PLACES.get(clue.person_id or "", ()))}
    if before.dossier_id and before.dossier_id not in leads and after.dossier_id == before.dossier_id:
        assert after.confidence <= before.confidence


@pytest.mark.parametrize(
    "other",
    [
        (),
        (about(SOMEBODY, NAME),),
        (about(SOMEBODY, ADDRESS, less=PARTLY),),  # would be enough together with anything else
        (about(OF_BOTH),),  # does not say which of two dossiers
        (names(HELP, Sort.DOSSIER_NUMBER_ALONE),),
    ],
)
def test_a_sender_says_where_to_look_and_never_decides(other: tuple[Clue, ...]) -> None:
    decision = decide(evidence(*other, names(HELP, Sort.SENDER)))

    assert (decision.dossier_id, HELP.dossier_id in decision.candidates) == (None, True)
    (ground,) = [ground for ground in decision.grounds if ground.dossier_id == HELP.dossier_id]
    assert "gleichen Absenders" in " ".join(map(say, ground.reasons))


@pytest.mark.parametrize(
    "letter", [evidence(about(SOMEBODY)), evidence(about(SOMEBODY, ADDRESS)), evidence(names(HELP))]
)
def test_nor_does_a_sender_who_writes_about_others_too_hold_anything_up(letter: Evidence) -> None:
    decision = decide(replace(letter, clues=(*letter.clues, names(OTHER, Sort.SENDER))))

    assert (decision.dossier_id, decision.teaches) == (HELP.dossier_id, True)
