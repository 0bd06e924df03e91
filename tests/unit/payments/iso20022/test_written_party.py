"""A party that is written well takes a short way, and comes out as on the long one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sozialakte.payments.iso20022.sps_text import are_fitted, escaped, fitted
from sozialakte.payments.iso20022.written_party import looked_at, written
from sozialakte.payments.qr_bill import Party

WELL = st.text("ABcd ÄßŠ12&<>'-.", max_size=75)
ODD = st.text(st.characters() | st.sampled_from("\n\t\u00ad\u2019\u0301 ?"), max_size=20)
TEXTS = WELL | ODD
PARTIES = st.builds(
    Party,
    TEXTS,
    TEXTS,
    st.text("12a /", max_size=18),
    TEXTS,
    TEXTS,
    st.sampled_from(["CH", "DE", "XX", ""]),
    st.booleans(),
)


@given(PARTIES)
@example(Party("Müller & Söhne", "Seestrasse", "7a", "6003", "Luzern", "CH"))
@example(Party("A\nB", "", "", "", "Bern", "CH"))
@example(Party("???", "", "", "", "?", "CH"))
@example(Party("Ärzte", "", "", "", "Ü", "CH"))
def test_both_ways_lead_to_the_same(party: Party) -> None:
    assert written(party) == looked_at(party)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_texts_are_fitted_if_each_of_them_is(texts: list[str]) -> None:
    assert are_fitted(tuple(texts)) == all(fitted(text) == text for text in texts)


def test_what_xml_would_take_for_a_tag_is_escaped() -> None:
    assert [escaped(text) for text in ("A & B", "1 < 2 > 0", "Bern")] == ["A &amp; B", "1 &lt; 2 &gt; 0", "Bern"]
