"""Markup in which every text stays a text, whatever is in it."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.shared.markup import Html, join, tag


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((name, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_children_stand_inside_their_element() -> None:
    assert tag("p", "a & b", tag("strong", "c"), None, 3) == "<p>a &amp; b<strong>c</strong>3</p>"


def test_attributes_are_named_as_in_html() -> None:
    assert tag("input", class_="x", data_key="1", disabled=True, checked=False, title=None) == (
        '<input class="x" data-key="1" disabled>'
    )


def test_an_empty_text_is_an_attribute_and_none_is_none() -> None:
    assert tag("img", alt="", src=None) == '<img alt="">'


def test_finished_markup_is_not_escaped_again() -> None:
    assert join([tag("b", "<"), "<"]) == "<b>&lt;</b>&lt;"


def test_texts_are_no_markup_even_if_they_were_cut_from_some() -> None:
    assert type(tag("b", "x")[:3]) is not Html
    assert join([tag("b", "x")[:3]]) == "&lt;b&gt;"


def test_control_characters_are_shown_as_unknown() -> None:
    assert (
        tag("p", "a\x00b\x1b\ud800")
        == "<p>a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}</p>"
    )
    assert tag("p", "Zeile\n\tund\N{NO-BREAK SPACE}mehr") == "<p>Zeile\n\tund\N{NO-BREAK SPACE}mehr</p>"


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])))
def test_any_text_arrives_as_it_is_and_brings_no_element(text: str) -> None:
    seen = Seen(tag("p", text, title=text))

    assert "".join(seen.texts) == text
    assert seen.tags == [("p", {"title": text})]
