"""The chart of the backfile says what a council asks: how much is done, how fast it goes, when it ends."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from sozialakte.intake.backfile.progress import Progress
from sozialakte.intake.backfile.progress_chart import MOST_DAYS, chart

TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(progress: Progress) -> ET.Element:
    return ET.fromstring(chart(progress, TODAY))  # noqa: S314 (our own)


def texts(picture: ET.Element) -> list[str]:
    return [text.text or "" for text in picture.findall(f"{SVG}text")]


def bars(picture: ET.Element) -> list[tuple[str, str]]:
    """What each bar tells, and how high it is."""
    found = [(bar.findtext(f"{SVG}title"), bar.get("height")) for bar in picture.findall(f"{SVG}rect")]
    return [(told, height) for told, height in found if told and height]


def test_it_says_how_much_is_done_and_when_all_will_be() -> None:
    picture = drawn(Progress(200, 50, {YESTERDAY: 300, TODAY: 1200}, {TODAY: 50}))

    title, sentence = texts(picture)[:2]
    assert title == picture.findtext(f"{SVG}title") == "Alte Dossiers: Stand vom 02.03.2026"
    assert sentence == "50 von 200 Dossiers fertig, 1500 Seiten gescannt. Ende: 13.04.2026"


def test_pages_and_dossiers_stand_day_by_day_below_each_other() -> None:
    picture = drawn(Progress(200, 6, {YESTERDAY: 300, TODAY: 1200}, {TODAY: 6}))

    assert bars(picture) == [
        ("01.03.2026: 300", "22"),
        ("02.03.2026: 1200", "90"),
        ("01.03.2026: 0", "0"),
        ("02.03.2026: 6", "90"),
    ]
    assert {"Seiten pro Tag", "Fertige Dossiers pro Tag", "300", "1200", "01.03."} <= set(texts(picture))


@pytest.mark.parametrize(("done", "width"), [(0, "0"), (100, "453"), (200, "906")])
def test_a_bar_shows_the_share_that_is_done(done: int, width: str) -> None:
    whole, share = drawn(Progress(200, done, {}, {})).findall(f"{SVG}rect")[1:3]

    assert (whole.get("width"), share.get("width")) == ("906", width)


def test_of_many_days_the_last_ones_are_shown_and_nothing_runs_out_of_the_picture() -> None:
    days = {TODAY - timedelta(days=ago): 10 + ago for ago in range(400)}
    picture = drawn(Progress(4000, 812, days, {}))

    assert len(bars(picture)) == 2 * MOST_DAYS
    assert bars(picture)[MOST_DAYS - 1][0] == "02.03.2026: 10"
    width = int((picture.get("viewBox") or "").split()[2])
    assert (
        max(int(bar.get("x", "0")) + int(bar.get("width", "0")) for bar in picture.findall(f"{SVG}rect")[1:]) <= width
    )


def test_before_the_first_list_there_is_an_empty_one() -> None:
    assert bars(drawn(Progress(0, 0, {}, {}))) == []
