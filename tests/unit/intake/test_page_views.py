"""Others look at the pages of a file through what the intake publishes, within its limits."""

from __future__ import annotations

import os
import signal
import time
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from sozialakte.intake import (
    PageText,
    PageView,
    UnreadableFileError,
    letter_date,
    page_texts,
    page_views,
    payment_deadlines,
    view_pages,
)
from sozialakte.shared.reasons import Reason
from tests.scans import CLEAN, letter, scan_file

TOO_COSTLY = Reason("page.too_costly")


def sizes(view: PageView) -> tuple[tuple[int, int], tuple[int, int]]:
    return view.coarse().size, view.fine().size


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return scan_file(tmp_path / "pages.pdf", [letter("Rechnung"), letter("Beilage")], CLEAN)


def test_pages_are_seen_coarsely_and_finely(pages: Path) -> None:
    assert list(view_pages(pages, sizes)) == [(1, ((1240, 1754), (2480, 3508))), (2, ((1240, 1754), (2480, 3508)))]


def test_a_picture_is_one_page(tmp_path: Path) -> None:
    Image.new("RGB", (4000, 6000), "white").save(tmp_path / "photo.jpg")

    assert list(view_pages(tmp_path / "photo.jpg", sizes)) == [(1, ((1133, 1700), (3333, 5000)))]


def test_a_photo_lies_as_the_camera_says(tmp_path: Path) -> None:
    lying = Image.Exif()
    lying[0x0112] = 6  # turned by a quarter (Exif 2.32, Orientation)
    Image.new("L", (300, 200), 255).save(tmp_path / "photo.jpg", exif=lying)

    assert list(view_pages(tmp_path / "photo.jpg", lambda view: view.fine().size)) == [(1, (200, 300))]


def test_a_look_that_crashes_costs_its_page_only(pages: Path) -> None:
    def crash_first(view: PageView) -> int:
        if not (pages.parent / "crashed").exists():
            (pages.parent / "crashed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return view.coarse().width

    seen = [number for number, found in view_pages(pages, crash_first) if found == 1240]
    assert seen == [1, 2]  # a fresh process looks again


def test_a_look_that_takes_too_long_is_ended(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_views, "_SECONDS", 1)

    assert list(view_pages(pages, lambda _: time.sleep(30))) == [(1, TOO_COSTLY), (2, TOO_COSTLY)]


def test_a_file_of_too_many_pages_is_refused(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_views, "MOST_PAGES", 1)

    with pytest.raises(UnreadableFileError) as refused:
        list(view_pages(pages, sizes))
    assert refused.value.reason == Reason("file.too_many_pages", {"pages": "2", "most": "1"})


def test_texts_are_read_page_by_page(pages: Path) -> None:
    assert [(one.page, one.text.strip()) for one in page_texts(pages, [2, 1])] == [(2, "Beilage"), (1, "Rechnung")]


def test_a_photo_is_read_too(tmp_path: Path) -> None:
    letter("Rechnung Nr. 4711").save(tmp_path / "photo.png")

    (found,) = page_texts(tmp_path / "photo.png", [1])
    assert found == PageText(1, "Rechnung Nr. 4711", certain=True)


def test_days_are_understood_as_the_intake_understands_them() -> None:
    lines = ["Luzern, 3. November 2026", "Zahlbar innert 30 Tagen"]
    written_on = letter_date(lines, date(2026, 11, 22))

    assert written_on == date(2026, 11, 3)
    assert payment_deadlines(lines[1], written_on, date(2026, 11, 22)) == (date(2026, 12, 3),)
    assert payment_deadlines("Bitte melden Sie sich bis 5.12.2026.", written_on, date(2026, 11, 22)) == ()
