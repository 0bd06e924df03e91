"""A manifest belongs to the batch beside it that came closest in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sozialakte.intake.batch import Upload
from sozialakte.intake.model import Lane
from sozialakte.intake.upload_pairs import (
    Arrival,
    UploadRules,
    batch_file_of,
    is_manifest,
    manifests_of,
    stem_of,
)
from tests.builders import NOW


def arrival(key: str, minutes: float, version: str = "v1", lane: Lane = Lane.DAILY) -> Arrival:
    return Arrival(Upload(key, version, lane), 10, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("key", "stem", "manifest"),
    [
        ("2026/0001.pdf", "2026/0001", False),
        ("2026/0001.csv", "2026/0001", True),
        ("2026/0001.CSV", "2026/0001", True),
        ("Post vom 1.3. + Süd.tif", "Post vom 1.3. + Süd", False),
        ("2026.11/0001", "2026.11/0001", False),
        ("2026.11/.csv", "2026.11/.csv", False),
        ("0001.csv.pdf", "0001.csv", False),
    ],
)
def test_a_batch_and_its_manifest_share_their_name_but_for_the_ending(key: str, stem: str, manifest: bool) -> None:
    assert (stem_of(key), is_manifest(key)) == (stem, manifest)


@pytest.mark.parametrize("minutes", [-30, -0.1, 0, 0.1, 700])
def test_it_may_come_before_or_after_the_batch(minutes: float) -> None:
    file, manifest = arrival("1.pdf", 0), arrival("1.csv", minutes)
    beside = [manifest, file]

    assert batch_file_of(manifest, beside) == file
    assert manifests_of(file, beside) == [manifest]


def test_the_same_name_the_next_day_is_another_batch() -> None:
    day = 24 * 60
    files = [arrival("1.pdf", 0, "v1"), arrival("1.pdf", day, "v2")]
    manifests = [arrival("1.csv", 1, "m1"), arrival("1.csv", day - 1, "m2")]
    beside = [*files, *manifests]

    assert [batch_file_of(manifest, beside) for manifest in manifests] == files
    assert [manifests_of(file, beside) for file in files] == [[manifest] for manifest in manifests]


def test_a_manifest_waits_for_a_batch_of_its_own_day() -> None:
    manifest = arrival("1.csv", 13 * 60)

    assert batch_file_of(manifest, [arrival("1.pdf", 0), manifest]) is None


def test_of_old_dossiers_only_the_name_counts_however_long_the_upload_took() -> None:
    days = 6 * 24 * 60
    manifest, file = arrival("1.csv", 0, lane=Lane.BACKFILE), arrival("1.pdf", days, lane=Lane.BACKFILE)

    assert batch_file_of(manifest, [manifest, file]) == file
    assert manifests_of(file, [manifest, file]) == [manifest]


def test_a_corrected_manifest_comes_before_the_first() -> None:
    file, first, second = arrival("1.pdf", 0), arrival("1.csv", 1, "m1"), arrival("1.csv", 9, "m2")

    assert manifests_of(file, [file, first, second]) == [second, first]


def test_a_batch_alone_has_no_manifest() -> None:
    file = arrival("1.pdf", 0)

    assert manifests_of(file, [file]) == []


@pytest.mark.parametrize(("minutes", "over"), [(0, False), (59.9, False), (60, True), (10_000, True)])
def test_waiting_ends(minutes: float, over: bool) -> None:
    rules = UploadRules(manifests_expected=True, manifest_wait=timedelta(hours=1), largest=1)

    assert rules.is_over(arrival("1.pdf", 0), NOW + timedelta(minutes=minutes)) == over


@pytest.mark.parametrize(("days", "over"), [(0, False), (2.9, False), (3, True)])
def test_a_manifest_of_old_dossiers_waits_over_a_weekend(days: float, over: bool) -> None:
    rules = UploadRules(manifests_expected=True, manifest_wait=timedelta(hours=1), largest=1)

    assert rules.is_over(arrival("1.csv", 0, lane=Lane.BACKFILE), NOW + timedelta(days=days)) == over


def test_manifests_are_expected_of_the_scanning_centre_only() -> None:
    rules = UploadRules(manifests_expected=True, manifest_wait=timedelta(hours=1), largest=1)

    assert [rules.expects_manifest(Upload("1.pdf", "v1", lane)) for lane in Lane] == [True, False]
    assert not UploadRules(False, timedelta(0), 1).expects_manifest(Upload("1.pdf", "v1"))
