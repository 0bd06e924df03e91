"""The list of the letters that were forwarded to a destination and that nobody there has taken yet. Pure."""

from __future__ import annotations

from sozialakte.intake.desk.views.queue_view import filters, letters_view, more_view
from sozialakte.intake.desk.views.words import words
from sozialakte.intake.letter import Destination
from sozialakte.intake.waiting_answers import WaitingList
from sozialakte.shared.markup import Html, join, tag


def forwarded_view(waiting: WaitingList, destination: Destination, *, first_page: bool) -> Html:
    """As the queue; what narrows that has no use here."""
    title = words("desk.forwarded_to", destination=words(f"destination.{destination}"))
    return join(
        [
            tag("h2", title, id="queue-title", tabindex=-1),
            tag("p", forwarded_said(waiting), class_="summary"),
            filters(destination),
            letters_view(waiting.letters) if waiting.letters else None,
            more_view(waiting.next, first_page=first_page),
        ]
    )


def forwarded_said(waiting: WaitingList) -> str:
    """How many letters are listed, in words."""
    count = len(waiting.letters)
    if not count:
        return words("desk.nothing_forwarded")
    number = words("desk.at_least", count=count) if waiting.next else str(count)
    return words("desk.one_to_take") if number == "1" else words("desk.to_take", count=number)
