"""What a bundle may become, and where it comes among the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.partners.compare import missing
from sozialakte.partners.model import (
    Bundle,
    BundleState,
    ContradictionError,
    Patience,
    Place,
    Reference,
    Result,
    bundle_id_of,
)
from tests.builders import DOSSIER, LATER, NOW, OTHER_DOSSIER
from tests.handovers import a_document, document_id

PATIENCE = Patience(timedelta(hours=1), timedelta(hours=24))
ID = bundle_id_of(document_id(), 1, "filed", DOSSIER)
ASSIGNED = Bundle(
    ID, 7, document_id(), DOSSIER, 1, "filed", "{}", (), BundleState.ASSIGNED, NOW, NOW + PATIENCE.on_its_way
)
WAITING = ASSIGNED.hand_over(NOW, PATIENCE)
ACCEPTED = WAITING.receive(Result.ACCEPTED, None, NOW)
REFUSED = WAITING.receive(Result.REFUSED, "unknown_dossier", NOW)


def a_reference(version: int, change: str = "relabelled", dossier_id: str = DOSSIER) -> Reference:
    return Reference(f"{version:032x}", version, dossier_id, version, change)


def test_a_bundle_that_lies_there_waits_for_its_receipt() -> None:
    assert (WAITING.state, WAITING.due, WAITING.version) == (BundleState.WAITING, NOW + timedelta(hours=24), 2)


@pytest.mark.parametrize("bundle", [WAITING, ACCEPTED, REFUSED])
def test_handing_over_again_changes_nothing(bundle: Bundle) -> None:
    assert bundle.hand_over(LATER, PATIENCE) is bundle


@pytest.mark.parametrize("bundle", [ASSIGNED, WAITING, REFUSED])
def test_what_is_accepted_needs_nobody_any_more(bundle: Bundle) -> None:
    accepted = bundle.receive(Result.ACCEPTED, "whatever", LATER)

    assert (accepted.state, accepted.due, accepted.refusal) == (BundleState.ACCEPTED, None, None)


def test_what_is_refused_needs_somebody_at_once() -> None:
    assert (REFUSED.state, REFUSED.due, REFUSED.refusal) == (BundleState.REFUSED, NOW, "unknown_dossier")


def test_the_same_receipt_again_changes_nothing_and_another_reason_does() -> None:
    assert ACCEPTED.receive(Result.ACCEPTED, None, LATER) is ACCEPTED
    assert REFUSED.receive(Result.REFUSED, "unknown_dossier", LATER) is REFUSED
    assert REFUSED.receive(Result.REFUSED, "wrong_hash", LATER).refusal == "wrong_hash"


def test_what_is_accepted_cannot_be_refused() -> None:
    with pytest.raises(ContradictionError):
        ACCEPTED.receive(Result.REFUSED, "unknown_dossier", LATER)


@pytest.mark.parametrize("bundle", [ASSIGNED, WAITING, ACCEPTED, REFUSED])
def test_any_bundle_can_be_sent_again_as_it_was(bundle: Bundle) -> None:
    again = bundle.resend(LATER, PATIENCE)

    assert (again.state, again.attempt, again.refusal) == (BundleState.ASSIGNED, 2, None)
    assert (again.sequence, again.sha256, again.key("bundle.json")) == (7, bundle.sha256, bundle.key("bundle.json"))


def test_a_key_sorts_by_its_number() -> None:
    keys = [replace(ASSIGNED, sequence=number).key("bundle.json") for number in (9, 10, 99, 1_000_000_000)]

    assert keys == sorted(keys)
    assert keys[0] == f"out/0000000009-{ID}/bundle.json"


@given(st.lists(st.tuples(st.text("ab-", max_size=4), st.integers(1, 30), st.sampled_from("mo"), st.text("ab"))))
def test_two_changes_have_the_same_id_only_if_they_are_the_same(changes: list[tuple[str, int, str, str]]) -> None:
    assert len({bundle_id_of(*change) for change in changes}) == len(set(changes))


def test_a_place_knows_what_is_corrected_and_what_came_too_late() -> None:
    place = Place(9, 8, (a_reference(1), a_reference(3), a_reference(2), a_reference(8, dossier_id=OTHER_DOSSIER)))

    assert place.corrects(DOSSIER, 4) == a_reference(3)
    assert place.superseded_by(DOSSIER, 4) is None
    assert place.corrects(DOSSIER, 2) == a_reference(1)
    assert place.superseded_by(DOSSIER, 2) == a_reference(3)
    assert place.corrects(DOSSIER, 1) is None


def told(version: int, *handed_over: Reference) -> list[tuple[str, str, int]]:
    """What is missing of a document that lies in ``DOSSIER``."""
    document = replace(a_document(), version=version, change="relabelled" if version > 1 else "filed")
    return [(one.change, one.dossier_id, one.document_version) for one in missing(document, handed_over)]


def test_nothing_is_missing_once_the_last_version_was_told() -> None:
    assert told(1, a_reference(1, "filed")) == []
    assert told(3, a_reference(1, "filed"), a_reference(3)) == []


def test_a_document_that_was_never_told_is_missing() -> None:
    assert told(1) == [("filed", DOSSIER, 1)]


def test_only_the_last_version_is_missing_of_what_was_lost() -> None:
    assert told(4, a_reference(1, "filed")) == [("relabelled", DOSSIER, 4)]


def test_a_dossier_that_was_never_told_that_it_lost_the_document_is_missing() -> None:
    there = a_reference(1, "filed", OTHER_DOSSIER)

    assert told(2, there, a_reference(2)) == [("moved_out", OTHER_DOSSIER, 2)]
    assert told(2, there, a_reference(2), a_reference(2, "moved_out", OTHER_DOSSIER)) == []
