"""What opens and what closes a dossier beyond the standing relations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.register.dossier_access import (
    GLASS_LASTS,
    LONGEST_REASON,
    GuardedDossier,
    Seal,
    break_glass,
    plain_reason,
    recipient_of_sealed,
    relation_under,
    says_enough,
)
from sozialakte.register.model import Absence, Dossier, DossierStatus, DossierType, StaffMember
from sozialakte.register.responsibility import Staffing
from sozialakte.shared.access import Relation

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
DOSSIER = Dossier("SH-2026-00123", DossierType.ECONOMIC_ASSISTANCE, 2939, DossierStatus.OPEN, "anna")
ANNA, BEAT = StaffMember("anna", "Anna", "nord"), StaffMember("beat", "Beat", "sued")
REASON = "Die Klientin ist im Spital und braucht Bescheid."
SEAL = Seal(DOSSIER.dossier_id, ("beat", "carla"), REASON, "anna", NOW, 1)
GLASS = break_glass(DOSSIER.dossier_id, "beat", REASON, NOW, ANNA)
STANDING = st.sampled_from([Relation.RESPONSIBLE, Relation.DEPUTY, Relation.TEAM, Relation.NONE])


def relation(
    guarded: GuardedDossier,
    viewer: StaffMember | None = BEAT,
    standing: Relation = Relation.NONE,
    at: datetime = NOW,
    *,
    has_business: bool = False,
) -> Relation:
    return relation_under(guarded, viewer, standing, at, has_business=has_business)


@given(STANDING, st.booleans(), st.booleans())
def test_nothing_but_being_named_opens_a_sealed_dossier(standing: Relation, has_business: bool, broken: bool) -> None:
    guarded = GuardedDossier(DOSSIER, SEAL, (replace(GLASS, staff_id="anna"),) if broken else ())

    assert relation(guarded, ANNA, standing, has_business=has_business) is Relation.NONE
    assert relation(guarded, BEAT, standing, has_business=has_business) is Relation.NAMED
    assert guarded.hides_from("anna")
    assert not guarded.hides_from("beat")


@given(STANDING, st.booleans())
def test_who_has_left_or_is_unknown_has_no_relation_even_if_named(standing: Relation, sealed: bool) -> None:
    guarded = GuardedDossier(DOSSIER, SEAL if sealed else None, (GLASS,))

    for viewer in (None, replace(BEAT, active=False)):
        assert relation(guarded, viewer, standing, has_business=True) is Relation.NONE


def test_a_standing_relation_comes_before_business_and_business_before_broken_glass() -> None:
    guarded = GuardedDossier(DOSSIER, None, (GLASS,))

    assert relation(guarded, standing=Relation.TEAM, has_business=True) is Relation.TEAM
    assert relation(guarded, has_business=True) is Relation.OPEN_BUSINESS
    assert relation(guarded) is Relation.BREAK_GLASS
    assert relation(GuardedDossier(DOSSIER)) is Relation.NONE


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOW - timedelta(milliseconds=1), Relation.NONE),
        (NOW, Relation.BREAK_GLASS),
        (NOW + GLASS_LASTS - timedelta(milliseconds=1), Relation.BREAK_GLASS),
        (NOW + GLASS_LASTS, Relation.NONE),
    ],
)
def test_broken_glass_lasts_for_its_time(at: datetime, expected: Relation) -> None:
    assert relation(GuardedDossier(DOSSIER, None, (GLASS,)), at=at) is expected


def test_broken_glass_is_for_who_broke_it() -> None:
    assert relation(GuardedDossier(DOSSIER, None, (GLASS,)), StaffMember("dario", "Dario", "ost")) is Relation.NONE


def test_those_who_look_after_the_dossier_are_told() -> None:
    assert GLASS.told == ("anna", "team-nord")
    assert break_glass(DOSSIER.dossier_id, "beat", REASON, NOW, None).told == ("office",)


def test_mail_of_a_sealed_dossier_goes_to_named_persons_whoever_is_away() -> None:
    day = date(2026, 11, 21)
    members = {"beat": BEAT, "carla": StaffMember("carla", "Carla", "ost", ("dario",)), "anna": ANNA}
    both_away = [Absence("beat", day, day), Absence("carla", day, day)]

    inboxes = [recipient_of_sealed(day, SEAL.named, Staffing(members, both_away[:n])).inbox for n in range(3)]

    assert inboxes == ["beat", "carla", "beat"]
    assert recipient_of_sealed(day, SEAL.named, Staffing()).inbox == "beat", "nobody else, even if all have left"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " " * 50,
        "." * 50,
        "\u200b" * 50,
        "Notfall",
        "a\u0301" * 19,
        "\x00" * 30 + "kurz",
        "eins zwei drei ..... !!!!",
    ],
)
def test_a_reason_that_says_too_little_is_none(text: str) -> None:
    assert not says_enough(plain_reason(text))


@pytest.mark.parametrize(
    "text", [REASON, "  Spital\nverlangt\tdringend Auskunft ", "<script>alert(1)</script> im Spital jetzt"]
)
def test_a_reason_somebody_can_judge_is_enough(text: str) -> None:
    assert says_enough(plain_reason(text))


@given(st.text(max_size=600))
def test_a_plain_reason_is_one_visible_line_and_stays_as_it_is(text: str) -> None:
    reason = plain_reason(text)

    assert plain_reason(reason) == reason
    assert "\n" not in reason
    assert says_enough(reason) <= (len(reason) <= LONGEST_REASON)


def test_composed_and_decomposed_reasons_are_the_same() -> None:
    assert plain_reason("Grossmu\u0308tter") == plain_reason("Grossm\u00fctter")
