"""A batch is one upload, cut once, and closed once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.batch import (
    BATCH_STEPS,
    Batch,
    BatchState,
    IllegalBatchStepError,
    ManifestCheck,
    Upload,
    aside_id_for,
    batch_id_for,
    letter_key,
    set_aside_key,
)
from sozialakte.intake.model import CutPlan, PageAccountError, PageFate, PageFinding, PlannedLetter
from sozialakte.shared.reasons import Reason
from tests.builders import BATCH_ID, CONTENT, LATER, UPLOADS, a_batch, a_plan, batches, plans


@pytest.mark.parametrize("state", BatchState)
@pytest.mark.parametrize(("step", "target"), [("cut", BatchState.CUT), ("close", BatchState.CLOSED)])
def test_only_legal_steps_are_possible(state: BatchState, step: str, target: BatchState) -> None:
    batch = a_batch(state=state)

    if target in BATCH_STEPS[state]:
        assert getattr(batch, step)(LATER).state is target
    else:
        with pytest.raises(IllegalBatchStepError):
            getattr(batch, step)(LATER)


def test_a_step_moves_time_and_version() -> None:
    closed = a_batch(state=BatchState.RECEIVED).cut(LATER).close(LATER)

    assert (closed.state, closed.since, closed.version) == (BatchState.CLOSED, LATER, 3)


@given(batches())
def test_a_batch_is_final_when_no_step_follows(batch: Batch) -> None:
    assert batch.is_final == (batch.state in {BatchState.CLOSED, BatchState.REJECTED, BatchState.DUPLICATE})


@given(batches())
def test_the_pages_of_a_batch_are_those_of_its_file_and_the_missing_ones(batch: Batch) -> None:
    assert batch.pages_in == batch.pages_found + batch.pages_missing
    assert batch.plan is None or batch.pages_found == batch.plan.pages_in


@pytest.mark.parametrize(
    ("found", "counted", "pages_in", "missing"),
    [(4, 6, 6, 2), (4, 3, 4, 0), (4, 4, 4, 0), (4, None, 4, 0), (0, 40, 40, 0), (0, None, 0, 0)],
)
def test_the_larger_count_is_taken_and_what_lacks_is_missing(
    found: int, counted: int | None, pages_in: int, missing: int
) -> None:
    """Of a file nobody can read no page is known: all that were counted share its fate."""
    batch = replace(a_batch(), plan=None, pages_in=found).checked(ManifestCheck(counted=counted))

    assert (batch.pages_in, batch.pages_missing) == (pages_in, missing)


def test_a_corrected_count_forgets_the_first() -> None:
    batch = a_batch(a_plan("LLLL")).checked(ManifestCheck(counted=9))

    assert batch.compare_late(ManifestCheck(counted=4)).pages_missing == 0


def test_only_doubted_letters_bear_the_reason() -> None:
    reason = Reason("manifest.pages_differ", {"counted": "5", "found": "4"})
    batch = a_batch().checked(ManifestCheck(reason=reason, doubted=(1, 2)))

    assert [batch.doubts_about(letter) for letter in range(3)] == [(), (reason,), ()]
    assert a_batch().doubts_about(0) == ()


def test_what_comes_late_is_shown_and_doubts_no_letter() -> None:
    reason = Reason("manifest.pages_differ", {"counted": "5", "found": "4"})

    late = a_batch().compare_late(ManifestCheck(reason=reason, doubted=(0, 2)))

    assert (late.version, late.doubts_about(0)) == (2, ())
    assert [note.code for note in late.notes] == ["manifest.pages_differ", "manifest.late"]


def test_a_batch_and_its_manifest_expire_together() -> None:
    manifest = Upload("2026-01/Stapel 1.csv", "v1")
    batch = a_batch()

    assert batch.transport_copies == (batch.upload,)
    assert batch.checked(ManifestCheck(manifest)).transport_copies == (batch.upload, manifest)


@given(UPLOADS, UPLOADS)
def test_upload_id_names_one_version_of_one_key(one: Upload, other: Upload) -> None:
    assert (one.upload_id == other.upload_id) == (one == other)


@given(UPLOADS)
def test_upload_id_shows_nothing_of_the_file_name(upload: Upload) -> None:
    assert len(upload.upload_id) == 32
    assert set(upload.upload_id) <= set("0123456789abcdef")


def test_a_replaced_file_is_another_upload() -> None:
    assert Upload("a.pdf", "v1").upload_id != Upload("a.pdf", "v2").upload_id


@given(UPLOADS)
def test_a_repeated_file_has_a_batch_of_its_own(upload: Upload) -> None:
    assert aside_id_for(CONTENT, upload) == f"{batch_id_for(CONTENT)}d{upload.upload_id[:8]}"


def test_keys_hold_ids_only() -> None:
    assert set_aside_key(BATCH_ID) == f"batches/{BATCH_ID}/set-aside.pdf"
    assert letter_key("x-0001-0002", "reading-000.json") == "letters/x-0001-0002/reading-000.json"


def test_file_name_is_the_end_of_the_key() -> None:
    assert a_batch().file_name == "Stapel 1.pdf"


# -- the cut plan --


@given(plans())
def test_a_plan_gives_every_letter_page_to_one_letter(plan: CutPlan) -> None:
    in_letters = [page for letter in plan.letters for page in letter.pages]

    assert sorted(in_letters) == sorted(set(in_letters))
    assert set(in_letters) == {finding.page for finding in plan.findings if finding.fate is PageFate.LETTER}


@given(plans(), st.data())
def test_a_plan_that_forgets_a_page_is_refused(plan: CutPlan, data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, plan.pages_in - 1))

    with pytest.raises(PageAccountError):
        CutPlan(plan.pages_in, plan.findings[:lost] + plan.findings[lost + 1 :], plan.letters)


@pytest.mark.parametrize(
    "letters",
    [
        pytest.param((PlannedLetter((1,)),), id="a letter page in no letter"),
        pytest.param((PlannedLetter((1, 2)), PlannedLetter((2,))), id="a page in two letters"),
        pytest.param((PlannedLetter((1, 2, 3)),), id="a separator in a letter"),
        pytest.param((PlannedLetter((1, 2)), PlannedLetter((9,))), id="a page that does not exist"),
    ],
)
def test_letters_hold_every_letter_page_once(letters: tuple[PlannedLetter, ...]) -> None:
    with pytest.raises(PageAccountError):
        CutPlan(3, a_plan("LLS").findings, letters)


def test_the_same_page_never_gets_two_fates() -> None:
    page = PageFinding(1, PageFate.BLANK, Reason("page.blank"))

    with pytest.raises(PageAccountError):
        CutPlan(1, (page, page))
