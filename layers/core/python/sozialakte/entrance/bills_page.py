"""The page on which bills are entered and approved: a frame that the payments' routes fill. Pure."""

from __future__ import annotations

from sozialakte.entrance.frame import Page, Surroundings, document, words
from sozialakte.shared.markup import Html, tag

KEYS = (
    ("J", "bills.key.next"), ("K", "bills.key.previous"), ("F", "bills.confirm"), ("P", "bills.take_proposal"),
    ("C", "bills.key.code"), ("D", "bills.key.dossier"), ("E", "bills.correct"), ("A", "bills.approve"),
    ("R", "bills.return"), ("X", "bills.reject"), ("T", "bills.key.twin"), ("I", "bills.key.iban"),
    ("V", "bills.key.list"), ("G", "desk.zoom"), ("L", "desk.reload"), ("?", "desk.keys"),
)  # fmt: skip
"""Every key and what it does, as the help lists it."""


def bills_page(where: Surroundings) -> str:
    """The whole document."""
    page = Page(
        name="bills",
        title=words("bills.title"),
        skip=words("bills.skip"),
        opened="bill",
        sign_in_first=words("bills.sign_in_first"),
        styles=("desk.css", "bills.css"),
        keys=KEYS,
    )
    return document(page, _place(where))


def _place(where: Surroundings) -> Html:
    choose = tag("p", words("bills.choose"), class_="empty")
    return tag(
        "div",
        tag("section", id="queue", aria_label=words("bills.work")),
        tag("section", choose, id="bill", aria_label=words("bills.bill")),
        id="desk",
        hidden=True,
        data_sign_in=where.sign_in,
        data_client=where.client_id,
        data_unreachable=words("desk.unreachable"),
        data_choose=words("bills.choose"),
        data_sign_in_failed=words("desk.sign_in_failed"),
    )
