"""The picture of the lead times: a row for each kind of one team, or for each of several teams."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import date

from sozialakte.dossiers.lead_answers import LeadTimeList
from sozialakte.dossiers.lead_chart import lead_chart
from sozialakte.dossiers.lead_times import Cell, LeadStep, Span, Spread
from sozialakte.shared.bar_chart import BLUE, ORANGE

SVG = "{http://www.w3.org/2000/svg}"
TEN = Spread({Span.H4: 7, Span.D2: 3}, 600)


def drawn(found: Mapping[Cell, Spread]) -> ET.Element:
    picture = lead_chart(LeadTimeList.of(date(2026, 1, 1), date(2026, 1, 31), found))
    return ET.fromstring(picture)  # noqa: S314 (our own)


def words(picture: ET.Element) -> list[str]:
    return [text.text or "" for text in picture.iter(f"{SVG}text")]


def test_bars_within_the_target_are_blue_and_later_ones_orange() -> None:
    picture = drawn({Cell("team-nord", "bill", LeadStep.TO_INBOX): TEN})

    told = {rect.findtext(f"{SVG}title"): rect.get("fill") for rect in picture.iter(f"{SVG}rect")}
    assert (told["bis 4 Stunden: 7"], told["bis 2 Tage: 3"]) == (BLUE, ORANGE)
    assert "10 Briefe: 70 % bis 1 Tag, die Hälfte bis 4 Stunden" in words(picture)


def test_one_team_is_shown_by_kind_and_several_each_with_all_kinds() -> None:
    one = {Cell("team-nord", "bill", LeadStep.TO_INBOX): TEN, Cell("team-nord", "kesb", LeadStep.TO_DONE): TEN}
    two = one | {Cell("team-sued", "bill", LeadStep.TO_INBOX): TEN}

    assert {"Alle Arten", "Rechnung", "KESB"} <= set(words(drawn(one)))
    assert {"Rechnung", "KESB"}.isdisjoint(words(drawn(two)))
    assert {"team-nord", "team-sued"} <= set(words(drawn(two)))


def test_of_a_few_letters_only_the_number_is_drawn() -> None:
    picture = drawn({Cell("team-nord", "kesb", LeadStep.TO_DONE): Spread({Span.MORE: 1}, 9)})

    assert "1 Briefe: zu wenige für eine Aussage" in words(picture)
    assert not [rect for rect in picture.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]


def test_a_name_with_markup_stays_text() -> None:
    assert "<b>&x" in words(drawn({Cell("<b>&x", "bill", LeadStep.TO_INBOX): TEN}))
