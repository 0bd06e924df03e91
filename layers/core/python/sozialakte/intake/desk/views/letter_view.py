"""A letter at the review desk: what it is, why it lies here, what can be decided, and its pages. Pure."""

from __future__ import annotations

import json

from sozialakte.intake.desk.answers import ReviewDetail
from sozialakte.intake.desk.views.decisions_view import candidates_view, claim_button, elsewhere_view, take_button
from sozialakte.intake.desk.views.orders import Button, Order, order_button
from sozialakte.intake.desk.views.words import clock_time, day, kind_name, pages_count, waited, words
from sozialakte.intake.waiting_answers import WaitingLetter
from sozialakte.shared.markup import Html, tag


def letter_view(detail: ReviewDetail, viewer: str) -> Html:
    """The letter for ``viewer`` (a staff id)."""
    letter = detail.letter
    return tag(
        "article",
        tag(
            "div",
            _heading(letter, viewer),
            candidates_view(letter, detail.candidates),
            elsewhere_view(letter),
            class_="decide",
        ),
        _pages(detail),
        data_letter=letter.letter_id,
        data_batch=letter.batch_id,
        aria_labelledby="letter-title",
    )


def letter_said(detail: ReviewDetail) -> str:
    """What a screen reader says when the letter is there."""
    title, count = _title(detail.letter), len(detail.candidates)
    return words("desk.opened_one", letter=title) if count == 1 else words("desk.opened", letter=title, count=count)


def _title(letter: WaitingLetter) -> str:
    return letter.sender or words("desk.no_sender")


def _heading(letter: WaitingLetter, viewer: str) -> Html:
    return tag(
        "header",
        tag("h2", _title(letter), id="letter-title", tabindex=-1),
        tag("p", letter.subject, class_="subject") if letter.subject else None,
        tag("p", " · ".join(_facts(letter)), class_="line"),
        _urgency(letter),
        _claim_notice(letter, viewer),
        tag("ul", *(tag("li", text) for text in _why(letter)), class_="why", aria_label=words("desk.why")),
        _destination(letter),
        tag("p", take_button(letter), claim_button(letter, viewer), class_="buttons"),
    )


def _destination(letter: WaitingLetter) -> Html | None:
    if letter.destination is None:
        return None
    return tag("p", words("desk.forwarded_to", destination=words(f"destination.{letter.destination}")), class_="claim")


def _facts(letter: WaitingLetter) -> list[str]:
    written = words("desk.written", day=day(letter.written_on)) if letter.written_on else None
    facts = [kind_name(letter.kind), written, pages_count(len(letter.pages)), waited(letter.waiting_minutes)]
    return [fact for fact in facts if fact]


def _why(letter: WaitingLetter) -> list[str]:
    cuts = [f"{words('desk.page', page=cut.page)}: {cut.reason}" for cut in letter.proposed_cuts]
    unread = [words("desk.unread", page=page) for page in letter.unread_pages]
    return list(dict.fromkeys([*letter.reasons, *letter.notes, *cuts, *unread]))


def _urgency(letter: WaitingLetter) -> Html | None:
    texts = [
        words("desk.urgent") if letter.urgent else None,
        words("desk.deadline", day=day(letter.deadline)) if letter.deadline else None,
    ]
    said = [tag("span", text, class_="mark urgent") for text in texts if text]
    return tag("p", *said, class_="marks") if said else None


def _claim_notice(letter: WaitingLetter, viewer: str) -> Html | None:
    if letter.claimed_by is None or letter.claimed_until is None:
        return None
    until = clock_time(letter.claimed_until)
    if letter.claimed_by == viewer:
        return tag("p", words("desk.claimed_by_you", until=until), class_="claim")
    return tag("p", words("desk.claimed", by=letter.claimed_by, until=until), class_="claim others")


def _pages(detail: ReviewDetail) -> Html:
    letter, count = detail.letter, len(detail.letter.pages)
    image = tag("img", id="page", alt="", hidden=True)
    waiting = tag("p", words("desk.picture_waits"), id="picture-waits", hidden=True)
    return tag(
        "section",
        tag("h3", words("desk.pages_title"), class_="unseen", id="pages-title"),
        _tools(letter, count),
        tag("div", image, waiting, class_="sheet", id="sheet", tabindex=0, role="group", aria_labelledby="page-number"),
        class_="pages",
        id="pages",
        aria_labelledby="pages-title",
        data_pages=count,
        data_turns=json.dumps({str(page): clockwise for page, clockwise in detail.turns.items()}),
        data_original=f"/intake/review/{letter.letter_id}",
        data_image=f"/intake/letters/{letter.letter_id}/pages/@page/image",
        data_number=words("desk.page_of", page="@page", count=count),
    )


def _tools(letter: WaitingLetter, count: int) -> Html:
    seen = letter.version
    blank = Order("blanks", words("desk.done.blank"), {"version": seen, "pages": ["@page"]})
    split = Order("split", words("desk.done.split"), {"version": seen, "first_pages": ["@page"]})
    turn = Order(
        "turns", words("desk.done.turned"), {"version": seen, "turns": [{"page": "@page", "clockwise": "@turn"}]}
    )
    return tag(
        "div",
        _tool("←", "arrowleft", "previous", words("desk.previous_page"), disabled=True),
        tag("span", words("desk.page_of", page=1, count=count), id="page-number"),
        _tool("→", "arrowright", "next", words("desk.next_page"), disabled=count == 1),
        _tool("G", "g", "zoom", words("desk.zoom")),
        _tool("P", "p", "original", words("desk.original")),
        _tool("R", "r", "turn", words("desk.turn")),
        order_button(letter, Button("U", words("desk.save_turn"), disabled=True, name="save-turn"), turn),
        order_button(letter, Button("T", words("desk.split"), from_page=2, disabled=True), split),
        order_button(letter, Button("B", words("desk.blank"), disabled=count == 1), blank),
        class_="tools",
        role="toolbar",
        aria_label=words("desk.tools"),
    )


def _tool(shown: str, key: str, what: str, text: str, *, disabled: bool = False) -> Html:
    return tag(
        "button",
        tag("kbd", shown, aria_hidden="true"),
        tag("span", text),
        type="button",
        data_key=key,
        data_tool=what,
        disabled=disabled,
        aria_pressed="false" if what == "zoom" else None,
    )
