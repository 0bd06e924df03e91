"""The page of the review desk: a frame without any letter in it; what it shows comes from the intake's routes. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.entrance.assets import asset
from sozialakte.shared.markup import Html, join, tag
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

KEYS = (
    ("J", "desk.key.next"), ("K", "desk.key.previous"), ("1-9", "desk.key.candidate"), ("D", "desk.other_dossier"),
    ("O", "desk.key.forward"), ("A", "desk.key.kind"), ("X", "desk.reject"), ("S", "desk.rescan"),
    ("M", "desk.merge"), ("C", "desk.key.claim"), ("Z", "desk.undo"), ("← →", "desk.key.pages"), ("G", "desk.zoom"),
    ("P", "desk.original"), ("V", "desk.key.list"), ("E", "desk.take"),
    ("R, U", "desk.key.turn"), ("T", "desk.split"), ("B", "desk.blank"), ("L", "desk.reload"), ("?", "desk.keys"),
)  # fmt: skip
"""Every key and what it does, as the help lists it."""


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


def desk_page(where: Surroundings) -> str:
    """The whole document."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", _say("desk.title")),
        tag("link", rel="stylesheet", href=f"desk/{asset('desk.css').name}"),
        tag("script", type="module", src=f"desk/{asset('desk.js').name}"),
    )
    body = tag("body", _banner(), _messages(), tag("main", _signed_out(), _desk(where)), _help())
    return f"<!doctype html>\n{tag('html', head, body, lang='de-CH')}\n"


def _say(code: str) -> str:
    return say(Reason(code))


def _banner() -> Html:
    return tag(
        "header",
        tag("a", _say("desk.skip"), href="#letter", class_="skip", id="skip"),
        tag("h1", _say("desk.title")),
        _button("reload", "L", "desk.reload"),
        _button("help", "?", "desk.keys"),
        tag("button", _say("desk.sign_out"), type="button", id="sign-out", hidden=True),
        class_="banner",
    )


def _button(name: str, key: str, text: str, **more: bool) -> Html:
    shown = tag("kbd", key, aria_hidden="true")
    return tag("button", shown, tag("span", _say(text)), type="button", id=name, data_key=key.lower(), **more)


def _messages() -> Html:
    """Results are polite, refusals are not. Both are there from the start, or no screen reader would hear them."""
    return tag(
        "section",
        tag("p", role="status", aria_live="polite", id="status"),
        _button("undo", "Z", "desk.undo", hidden=True),
        tag("div", role="alert", id="problem"),
        tag("p", role="status", aria_live="polite", id="said", class_="unseen"),
        class_="messages",
        aria_label=_say("desk.messages"),
    )


def _signed_out() -> Html:
    return tag(
        "section",
        tag("p", _say("desk.sign_in_first")),
        tag("button", _say("desk.sign_in"), type="button", id="sign-in"),
        tag("noscript", tag("p", _say("desk.needs_script"))),
        id="signed-out",
        class_="signed-out",
        aria_label=_say("desk.sign_in"),
    )


def _desk(where: Surroundings) -> Html:
    return tag(
        "div",
        tag("section", id="queue", aria_label=_say("desk.letters")),
        tag("section", tag("p", _say("desk.choose"), class_="empty"), id="letter", aria_label=_say("desk.letter")),
        id="desk",
        hidden=True,
        data_sign_in=where.sign_in,
        data_client=where.client_id,
        data_unreachable=_say("desk.unreachable"),
        data_latest=_say("desk.latest"),
        data_undone=_say("desk.done.undone"),
        data_choose=_say("desk.choose"),
        data_sign_in_failed=_say("desk.sign_in_failed"),
    )


def _help() -> Html:
    keys = [join([tag("dt", tag("kbd", key)), tag("dd", _say(text))]) for key, text in KEYS]
    switch = tag("input", type="checkbox", id="keys-on", checked=True)
    return tag(
        "dialog",
        tag("h2", _say("desk.keys"), id="help-title"),
        tag("label", switch, _say("desk.keys_on"), class_="check", for_="keys-on"),
        tag("dl", *keys),
        tag("button", _say("desk.close"), type="button", id="close-help"),
        id="help-text",
        aria_labelledby="help-title",
    )
