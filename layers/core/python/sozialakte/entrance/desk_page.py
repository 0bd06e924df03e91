"""The page of the review desk: a frame without any letter in it; what it shows comes from the intake's routes. Pure."""

from __future__ import annotations

from sozialakte.entrance.frame import Page, Surroundings, button, document
from sozialakte.entrance.frame import words as _say
from sozialakte.shared.markup import Html, tag

KEYS = (
    ("J", "desk.key.next"), ("K", "desk.key.previous"), ("1-9", "desk.key.candidate"), ("D", "desk.other_dossier"),
    ("O", "desk.key.forward"), ("A", "desk.key.kind"), ("X", "desk.reject"), ("S", "desk.rescan"),
    ("M", "desk.merge"), ("C", "desk.key.claim"), ("Z", "desk.undo"), ("← →", "desk.key.pages"), ("G", "desk.zoom"),
    ("P", "desk.original"), ("V", "desk.key.list"), ("E", "desk.take"),
    ("R, U", "desk.key.turn"), ("T", "desk.split"), ("B", "desk.blank"), ("L", "desk.reload"), ("?", "desk.keys"),
)  # fmt: skip
"""Every key and what it does, as the help lists it."""


def desk_page(where: Surroundings) -> str:
    """The whole document."""
    page = Page(
        name="desk",
        title=_say("desk.title"),
        skip=_say("desk.skip"),
        opened="letter",
        sign_in_first=_say("desk.sign_in_first"),
        styles=("desk.css",),
        keys=KEYS,
    )
    return document(page, _desk(where), button("undo", "Z", "desk.undo", hidden=True))


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
