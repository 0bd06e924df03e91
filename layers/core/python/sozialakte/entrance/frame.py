"""What the pages of the entrance share: a frame without any data in it, which the API's routes fill. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozialakte.entrance.assets import asset
from sozialakte.shared.markup import Html, join, tag
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

Keys = Sequence[tuple[str, str]]
"""Keys and the codes of what they do, as the help lists them."""


@dataclass(frozen=True)
class Surroundings:
    """Where the page finds what is not its own: the sign-in, and the pictures of pages (origin and path)."""

    sign_in: str
    client_id: str
    pictures: str


def content_security_policy(where: Surroundings) -> str:
    """Nothing but our own script and style, our API, the sign-in, and pictures of our own bucket."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {where.pictures}",
            f"connect-src 'self' {where.sign_in}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    )


@dataclass(frozen=True)
class Page:
    """A page: its files lie under ``<name>/``; ``title`` and ``skip`` (to what is opened) are texts.

    ``opened`` is the place to which that link leads.
    """

    name: str
    title: str
    skip: str
    opened: str
    sign_in_first: str
    styles: tuple[str, ...]
    keys: Keys


def document(page: Page, inside: Html, *buttons: Html) -> str:
    """The whole document around what is only this page's; ``buttons`` stand beside the last result."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", page.title),
        *(tag("link", rel="stylesheet", href=f"{page.name}/{asset(file).name}") for file in page.styles),
        tag("script", type="module", src=f"{page.name}/{asset(f'{page.name}.js').name}"),
    )
    main = tag("main", _signed_out(page), inside)
    body = tag("body", _banner(page), _messages(buttons), main, _help(page.keys))
    return f"<!doctype html>\n{tag('html', head, body, lang='de-CH')}\n"


def words(code: str) -> str:
    """A text of the catalogue."""
    return say(Reason(code))


def button(name: str, key: str, text: str, **more: bool) -> Html:
    """A button of the frame with its key; ``text`` is a code."""
    shown = tag("kbd", key, aria_hidden="true")
    return tag("button", shown, tag("span", words(text)), type="button", id=name, data_key=key.lower(), **more)


def _banner(page: Page) -> Html:
    return tag(
        "header",
        tag("a", page.skip, href=f"#{page.opened}", class_="skip", id="skip"),
        tag("h1", page.title),
        button("reload", "L", "desk.reload"),
        button("help", "?", "desk.keys"),
        tag("button", words("desk.sign_out"), type="button", id="sign-out", hidden=True),
        class_="banner",
    )


def _messages(buttons: Sequence[Html]) -> Html:
    """Results are polite, refusals are not. Both are there from the start, or no screen reader would hear them."""
    return tag(
        "section",
        tag("p", role="status", aria_live="polite", id="status"),
        *buttons,
        tag("div", role="alert", id="problem"),
        tag("p", role="status", aria_live="polite", id="said", class_="unseen"),
        class_="messages",
        aria_label=words("desk.messages"),
    )


def _signed_out(page: Page) -> Html:
    return tag(
        "section",
        tag("p", page.sign_in_first),
        tag("button", words("desk.sign_in"), type="button", id="sign-in"),
        tag("noscript", tag("p", words("desk.needs_script"))),
        id="signed-out",
        class_="signed-out",
        aria_label=words("desk.sign_in"),
    )


def _help(keys: Keys) -> Html:
    listed = [join([tag("dt", tag("kbd", key)), tag("dd", words(text))]) for key, text in keys]
    switch = tag("input", type="checkbox", id="keys-on", checked=True)
    return tag(
        "dialog",
        tag("h2", words("desk.keys"), id="help-title"),
        tag("label", switch, words("desk.keys_on"), class_="check", for_="keys-on"),
        tag("dl", *listed),
        tag("button", words("desk.close"), type="button", id="close-help"),
        id="help-text",
        aria_labelledby="help-title",
    )
