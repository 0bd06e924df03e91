"""Buttons and forms that carry their request with them, so that the page's script knows nothing of letters. Pure.

``data-post`` is the path, ``data-body`` the JSON; in it ``@page`` is the page people look at, ``@turn`` how far they
turned it, ``@marked`` the letters marked in the queue. ``data-done`` is said when it is done. ``data-key`` clicks a
button and moves the focus to a field. ``data-stays``: the letter waits on afterwards. ``data-final``: that cannot be
taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sozialakte.intake.desk.views.words import words
from sozialakte.intake.waiting_answers import WaitingLetter
from sozialakte.shared.markup import Attribute, Html, tag


@dataclass(frozen=True)
class Order:
    """What a button or a form asks for: ``what`` is the last word of the path."""

    what: str
    done: str
    body: Mapping[str, object]
    stays: bool = False
    final: bool = False

    def attributes(self, letter: WaitingLetter) -> dict[str, Attribute]:
        """The order about this letter, as attributes of the element that gives it."""
        return {
            "data_post": f"/intake/letters/{letter.letter_id}/{self.what}",
            "data_body": json.dumps(self.body),
            "data_done": self.done,
            "data_stays": self.stays,
            "data_final": self.final,
        }


@dataclass(frozen=True)
class Button:
    """How a button looks: its key and text, its class, the page from which on it can be used."""

    key: str
    text: str
    look: str = ""
    from_page: int | None = None
    disabled: bool = False
    name: str | None = None


def order_button(letter: WaitingLetter, button: Button, order: Order, *inside: Html | None) -> Html:
    """A button that gives the order at once; ``inside`` stands in place of its text."""
    return tag(
        "button",
        tag("kbd", button.key, aria_hidden="true"),
        *(inside or (tag("span", button.text),)),
        type="button",
        class_=button.look or None,
        id=button.name,
        data_key=button.key.lower(),
        aria_keyshortcuts=button.key,
        data_from_page=button.from_page,
        disabled=button.disabled,
        **order.attributes(letter),
    )


def choice_form(
    letter: WaitingLetter, key: str, label: str, field: str, options: Iterable[tuple[str, str]], order: Order
) -> Html:
    """A form with one choice: its key moves the focus to it, Enter gives the order."""
    name = f"choose-{order.what}"
    chosen = [tag("option", text, value=value) for value, text in options]
    return tag(
        "form",
        tag("label", tag("kbd", key, aria_hidden="true"), label, for_=name),
        tag("select", *chosen, id=name, name=field, data_key=key.lower(), aria_keyshortcuts=key),
        tag("button", words("desk.do"), type="submit", aria_label=f"{words('desk.do')}: {label}"),
        class_="choice",
        **order.attributes(letter),
    )
